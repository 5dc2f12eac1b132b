"""What of an indicator is looked at: level, year and form of the map, from the parameters."""

from dataclasses import dataclass

from django.http import HttpRequest

from smup.catalogue import Indicator
from smup.store.releases import Release
from smup.territory import Level
from smup.web.portal.maps import BORDERS, FORMS, LEVELS, TILES, has_borders, known_counts


@dataclass(frozen=True)
class View:
    """What of an indicator is looked at: decided from the parameters, always drawable."""

    level: Level
    year: int | None
    form: str

    def query(self, **other: object) -> dict[str, object]:
        asked: dict[str, object] = {"poziom": self.level.value, "rok": self.year, "mapa": self.form}
        return asked | other


def chosen_view(request: HttpRequest, release: Release, indicator: Indicator) -> View:
    """Level, year and form asked for where they exist, else the best there is."""
    usable = levels_with_data(release, indicator)
    asked = request.GET.get("poziom")
    level = next((lv for lv in usable if lv.value == asked), usable[0] if usable else Level.GMINA)
    years = years_of_level(release, indicator, level)
    wanted = request.GET.get("rok", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted) in years else None
    if year is None:
        year = release.default_year(indicator.id, level) or (years[-1] if years else None)
    form = request.GET.get("mapa", "")
    if form not in FORMS or (form == BORDERS and not has_borders(release, level)):
        form = BORDERS if has_borders(release, level) else TILES
    return View(level, year, form)


def levels_with_data(release: Release, indicator: Indicator) -> list[Level]:
    """Map levels at which more than one unit has a value in some year, finest first; a level that
    is only cities with powiat rights among gminas comes last."""
    found = []
    for level in LEVELS:
        most = max(known_counts(release, indicator.id, level).values(), default=0)
        if most > 1:
            found.append((most < 0.1 * len(release.territory.of_level(level)), level))
    return [level for _, level in sorted(found, key=lambda pair: pair[0])]


def years_of_level(release: Release, indicator: Indicator, level: Level) -> list[int]:
    return [y for y, n in known_counts(release, indicator.id, level).items() if n]
