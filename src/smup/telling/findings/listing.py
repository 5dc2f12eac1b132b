"""Findings of a release: chosen, counted by kind, and as rows of a list."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from smup.catalogue.quality import State
from smup.language import Lang, format_number
from smup.quality import CODES, Severity
from smup.quality.codes import SEVERITIES
from smup.quality.decisions import Stated, stated
from smup.quality.findings import Finding
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.units.facts import day_words

_OURS = {"poprawki": "corrections", "decyzje": "decisions", "wydanie": "release"}


@dataclass(frozen=True)
class Wanted:
    """Conditions; "" (() of ``severities``) is none."""

    code: str = ""
    severities: tuple[Severity, ...] = ()
    source: str = ""
    unit: str = ""
    state: State | str = ""

    def holds(self, one: Stated) -> bool:
        finding = one.finding
        return (
            self.code in ("", finding.code)
            and (not self.severities or finding.severity in self.severities)
            and self.source in ("", finding.source)
            and self.unit in ("", finding.unit)
            and self.state in ("", one.state)
        )


@dataclass(frozen=True)
class Kind:
    """One code of a release with how many findings it has."""

    code: str
    name: str
    href: str
    severity: str
    count: str
    open: str


@dataclass(frozen=True)
class Row:
    """One finding as a row of a list."""

    id: str
    severity: str
    kind: str
    kind_href: str
    unit: str
    unit_href: str
    year: str
    about: str
    place: str
    message: str
    state: str
    decided: str


@lru_cache(maxsize=4)
def findings_of(release: Release) -> tuple[Stated, ...]:
    """The findings of a release with what was decided about them, the gravest first."""
    found = stated(release.findings, release.catalogue.decisions)
    return tuple(sorted(found, key=_gravest))


def _gravest(one: Stated) -> tuple[int, str, str, str, int]:
    it = one.finding
    return SEVERITIES.index(it.severity), it.code, it.about, it.unit or "", -(it.year or 0)


def kinds(found: Iterable[Stated], lang: Lang) -> list[Kind]:
    """The codes that occur, the gravest first and among them the most frequent."""
    every, opened = Counter[str](), Counter[str]()
    for one in found:
        every[one.finding.code] += 1
        opened[one.finding.code] += one.state == "open"
    to, t = Addresses(lang), strings(lang)
    return [
        Kind(
            code,
            kind_name(code, lang),
            to.page(f"/jakosc/{code}"),
            t[f"quality_severity_{CODES[code].severity}"],
            format_number(every[code], 0, lang),
            format_number(opened[code], 0, lang),
        )
        for code in sorted(
            every, key=lambda one: (SEVERITIES.index(CODES[one].severity), -every[one], one)
        )
    ]


def kind_name(code: str, lang: Lang) -> str:
    """What a code means, without the full stop."""
    return str(getattr(CODES[code].meaning, lang)).removesuffix(".")


def sources(release: Release, found: Sequence[Stated], lang: Lang) -> dict[str, str]:
    """The sources that findings name, with titles, in order of these."""
    named = {one.finding.source: source_name(release, one.finding.source, lang) for one in found}
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def source_name(release: Release, source: str, lang: Lang) -> str:
    if source in _OURS:
        return strings(lang)[f"quality_from_{_OURS[source]}"]
    known = release.catalogue.sources.get(source)
    return getattr(known.title, lang) if known else source


def rows(release: Release, found: Iterable[Stated], lang: Lang) -> list[Row]:
    return [_row(release, one, lang) for one in found]


def _row(release: Release, one: Stated, lang: Lang) -> Row:
    t, to, it = strings(lang), Addresses(lang), one.finding
    unit = release.territory.get(it.unit) if it.unit else None
    decision = one.decision
    decided = (
        ""
        if decision is None
        else t["quality_decided"].format(
            reason=decision.reason, who=decision.who, day=day_words(decision.day, lang)
        )
    )
    return Row(
        it.id,
        t[f"quality_severity_{it.severity}"],
        kind_name(it.code, lang),
        to.page(f"/jakosc/{it.code}"),
        title(unit, lang) if unit else it.unit or "",
        to.unit(unit.code) if unit else "",
        str(it.year or ""),
        _about(release, it, lang),
        t["quality_place"].format(file=it.file, row=it.row) if it.row else it.file,
        it.message,
        t[f"quality_state_{one.state}"],
        decided,
    )


def _about(release: Release, it: Finding, lang: Lang) -> str:
    variable = release.catalogue.variables.get(it.variable or "")
    return getattr(variable.name, lang) if variable else source_name(release, it.source, lang)
