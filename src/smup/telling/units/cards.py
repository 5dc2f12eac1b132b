"""One indicator of one unit as a card: its value, its course, its place and everybody's medians."""

from collections.abc import Sequence
from dataclasses import dataclass

from smup.catalogue import Indicator
from smup.compare.beside import beside
from smup.compare.positions import part_of
from smup.language import Lang
from smup.present.charts.spark import sparkline
from smup.present.sentences import apart_sentence, trend_sentence
from smup.present.values import number_and_symbol
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title
from smup.telling.units.company import company_words, comparator_name
from smup.telling.units.rows import Row, row
from smup.telling.units.standing import Standing
from smup.territory import GMINA_KINDS, Kind, Level, Unit

STORED = ("group", "wojewodztwo", "kraj")  # comparators whose statistics stand in the release
ORDER = ("neighbours", "group", "peers", "powiat", "wojewodztwo", "kraj")


@dataclass(frozen=True)
class Median:
    """The median of one comparator; its measure stands beside the unit's own value."""

    name: str
    value: str


@dataclass(frozen=True)
class Card:
    """``spark`` (SVG) is empty for fewer than two values; ``number_href`` opens the number and is
    empty in a gap."""

    row: Row
    spark: str
    medians: list[Median]
    limitations: str
    indicator_href: str
    number_href: str
    judged: bool


def cards(
    release: Release, unit: Unit, found: Sequence[Standing], asked: Level | None, lang: Lang
) -> list[Card]:
    """A card for each standing, in their order. All are of one area."""
    among, role = company_words(release, unit, lang), asked.value if asked else ""
    return [
        _card(release, unit, one, medians, row(release, unit, one, role, among, lang), lang)
        for one, medians in zip(found, medians_beside(release, unit, found), strict=True)
    ]


def _card(
    release: Release,
    unit: Unit,
    one: Standing,
    medians: dict[str, float],
    shown: Row,
    lang: Lang,
) -> Card:
    indicator, to = one.indicator, Addresses(lang)
    measure = release.catalogue.measures[indicator.unit]
    return Card(
        shown,
        _spark(release, unit, indicator, lang),
        [
            Median(
                comparator_name(release, unit, name, lang),
                number_and_symbol(medians[name], indicator, measure, lang)[0],
            )
            for name in ORDER
            if name in medians
        ],
        getattr(indicator.limitations, lang),
        to.indicator(indicator.id),
        to.unit_number(unit.code, indicator.id) if one.value is not None else "",
        indicator.better != "neither",
    )


def _spark(release: Release, unit: Unit, indicator: Indicator, lang: Lang) -> str:
    points = [(year, value) for year, value, _, _ in release.series(indicator.id, unit.code)]
    known = [(year, value) for year, value in points if value is not None]
    if len(known) < 2:
        return ""
    measure = release.catalogue.measures[indicator.unit]
    label = (
        trend_sentence(title(unit, lang), known, indicator, measure, lang)
        if indicator.comparable_over_time
        else apart_sentence(lang)
    )
    return sparkline(points, label, connected=indicator.comparable_over_time)


def medians_beside(
    release: Release, unit: Unit, found: Sequence[Standing]
) -> list[dict[str, float]]:
    """For each standing the median of every comparator in its year; none where it is in a gap or
    older than the year in which the others are compared."""
    medians: list[dict[str, float]] = [{} for _ in found]
    alike: dict[Level, list[int]] = {}
    for at, one in enumerate(found):
        if one.beside is not None:
            alike.setdefault(one.role, []).append(at)
            medians[at] |= _stored(release, unit, one)
            if unit.kind not in (Kind.WOJEWODZTWO, Kind.KRAJ) and one.beside.summary:
                medians[at].setdefault("peers", one.beside.summary.median)
    for role, places in alike.items():
        asked = [(found[at].indicator, found[at].year or 0) for at in places]
        for name, codes, itself in _near(release, unit, role):
            compared = beside(release.frame, unit, role, asked, codes, itself=itself)
            for at, its in zip(places, compared, strict=True):
                if its.summary is not None:
                    medians[at][name] = its.summary.median
    return medians


def _stored(release: Release, unit: Unit, one: Standing) -> dict[str, float]:
    positions, year = release.positions.get(one.role), one.year
    if positions is None or year is None:
        return {}
    found = {}
    for name in STORED:
        part = part_of(release.frame, unit, one.indicator, one.role, name)
        summary = positions.summary(one.indicator.id, year, part) if part else None
        if summary is not None:
            found[name] = summary.median
    return found


def _near(release: Release, unit: Unit, role: Level) -> list[tuple[str, tuple[str, ...], bool]]:
    """Comparators that are small sets of a unit's own: name, codes, is the unit a member?"""
    near = [("neighbours", tuple(release.territory.neighbours.get((unit.code, role), ())), False)]
    if unit.kind in GMINA_KINDS:
        units = release.frame.role(role)
        near.append(("powiat", tuple(units.codes[units.powiat == unit.powiat].tolist()), True))
    return near
