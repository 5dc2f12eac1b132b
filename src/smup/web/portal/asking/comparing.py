"""What the address of a comparison asks for, as far as it exists."""

from dataclasses import dataclass

from django.http import HttpRequest

from smup.language import Lang
from smup.present.charts.spine import MOST_UNITS
from smup.present.figure import Figure
from smup.store.releases import Release
from smup.telling.comparing.profile import (
    Side,
    Subject,
    common_level,
    profile,
    sides,
    subject_of,
)
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.territory import Level, Unit

LONGEST = 400  # characters of a list of codes looked at


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as far as it exists; ``notices`` say what was left out."""

    units: tuple[Unit, ...]
    subject: Subject
    level: Level | None
    year: int | None
    role: str
    notices: tuple[str, ...]

    def query(self) -> dict[str, object]:
        return {self.subject.key: self.subject.id, "rola": self.role, "rok": self.year or ""}

    def sides(self, release: Release) -> list[Side]:
        return sides(release, self.units, self.subject, self.level, self.year)

    def profile(self, release: Release, lang: Lang) -> Figure | None:
        """The spine chart; None where nothing can be drawn."""
        if self.level is None:
            return None
        found = self.sides(release)
        return profile(release, self.units, self.subject, found, self.level, self.year, lang)


def asked_comparison(request: HttpRequest, release: Release, lang: Lang) -> Asked:
    """Unknown codes, years and subjects are passed over, the former two with a word."""
    units, notices = _units(request, release, lang)
    service, area = (request.GET.get(key, "")[:80] for key in ("usluga", "obszar"))
    subject = subject_of(release, service, area, units, lang)
    role = request.GET.get("rola", "")
    level = common_level(units, role)
    year = request.GET.get("rok", "")
    known = {str(y): y for one in subject.indicators for y in release.years_of(one.id)}
    if year and year not in known:
        notices.append(strings(lang)["compare_no_year"].format(year=year[:20]))
    if len(units) > 1 and level is None:
        notices.append(strings(lang)["compare_levels"])
    chosen = role if level and role == level.value else ""
    return Asked(tuple(units), subject, level, known.get(year), chosen, tuple(notices))


def _units(request: HttpRequest, release: Release, lang: Lang) -> tuple[list[Unit], list[str]]:
    t, to, notices = strings(lang), release.territory, []
    codes = [code.strip() for code in request.GET.get("jst", "")[:LONGEST].split(",")]
    found = {code: to.get(code) or to.get(code.upper()) for code in codes if code}
    if unknown := [code[:20] for code, unit in found.items() if unit is None]:
        notices.append(t["compare_unknown"].format(codes=", ".join(unknown[:5])))
    units = list(dict.fromkeys(unit for unit in found.values() if unit is not None))
    if len(units) > MOST_UNITS:
        left = ", ".join(title(unit, lang) for unit in units[MOST_UNITS:][:5])
        notices.append(t["compare_too_many"].format(most=MOST_UNITS, names=left))
    return units[:MOST_UNITS], notices
