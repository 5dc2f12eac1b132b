"""All units of a level in order, a page at a time, with the reader's own unit found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smup.catalogue import Indicator
from smup.language import Lang, sort_key
from smup.panel import Status
from smup.present.shading import Cells
from smup.present.svg import percent
from smup.present.values import reason, value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.methodology import gap_address
from smup.telling.naming import title, where
from smup.telling.strings import strings
from smup.telling.units.places import reach_words

PAGE = 50
LISTED = 60  # units without a value, for one reason


@dataclass(frozen=True)
class Place:
    """One line: ``rank`` in 1224 order on published values."""

    rank: str  # "–" on too small a base
    reach: str  # places within reach; "" where not known
    code: str
    name: str
    where: str
    href: str
    value: str
    width: str
    ours: bool


@dataclass(frozen=True)
class GapList:
    """Units without a value for one reason; ``more`` words stand for those not listed."""

    reason: str
    href: str  # where it is explained
    count: int
    units: list[tuple[str, str]]  # name, and address of why
    more: str


def order(cells: Cells, indicator: Indicator, release: Release) -> list[tuple[int, str, float]]:
    """(rank, code, value), best first (highest first where no direction is better); ties share
    the lower number and stand in the order of names."""
    units = release.territory.units
    sign = 1 if indicator.better == "lower" else -1
    known = [(value, code) for code, (value, _) in cells.items() if value is not None]
    known.sort(key=lambda pair: (sign * pair[0], sort_key(units[pair[1]].name), pair[1]))
    placed: list[tuple[int, str, float]] = []
    for position, (value, code) in enumerate(known, start=1):
        tied = placed and placed[-1][2] == value
        placed.append((placed[-1][0] if tied else position, code, value))
    return placed


def page_of(placed: Sequence[tuple[int, str, float]], code: str) -> int:
    """The page (from 1) that shows a unit; 1 where it has no place."""
    index = next((i for i, (_, found, _) in enumerate(placed) if found == code), 0)
    return index // PAGE + 1


def places(
    release: Release,
    placed: Sequence[tuple[int, str, float]],
    page: int,
    indicator: Indicator,
    ours: str,
    reach: Mapping[str, tuple[int, int] | None],
    lang: Lang,
) -> list[Place]:
    """One page of the ranking. ``width`` is the length of the bar from zero; ``reach`` as of
    ``places_within_reach``."""
    measure = release.catalogue.measures[indicator.unit]
    longest = max((abs(value) for _, _, value in placed), default=0.0) or 1.0
    to = Addresses(lang)
    units = release.territory.units
    return [
        Place(
            rank=str(rank) if reach.get(code, ()) is not None else "–",
            reach=_reach(reach.get(code), lang),
            code=code,
            name=title(units[code], lang),
            where=where(units[code], release.territory, lang),
            href=to.unit_indicator(code, indicator.id),
            value=value_text(value, indicator, measure, lang),
            width=percent(abs(value) / longest),
            ours=code == ours,
        )
        for rank, code, value in placed[(page - 1) * PAGE : page * PAGE]
    ]


def _reach(found: tuple[int, int] | None, lang: Lang) -> str:
    return reach_words(*found, lang) if found else ""


def gap_lists(
    release: Release, cells: Cells, indicator: Indicator, year: int, lang: Lang
) -> list[GapList]:
    """Who has no value, for each reason, the most frequent first."""
    units, to, without = release.territory.units, Addresses(lang), dict[Status, list[str]]()
    for code, (value, status) in cells.items():
        if value is None:
            without.setdefault(status, []).append(code)
    found = []
    for status, codes in sorted(without.items(), key=lambda pair: -len(pair[1])):
        named = sorted((sort_key(units[code].name), code) for code in codes)[:LISTED]
        links = [(title(units[c], lang), to.number(c, indicator.id, year)) for _, c in named]
        rest = len(codes) - len(named)
        more = strings(lang)["number_and_others"].format(n=rest) if rest else ""
        gaps = GapList(reason(status, lang), gap_address(status, lang), len(codes), links, more)
        found.append(gaps)
    return found
