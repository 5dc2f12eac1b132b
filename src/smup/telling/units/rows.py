"""Indicators of one unit as rows: newest value, place among the others, or the reason for a gap."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from smup.language import Lang, format_number
from smup.present.charts import StripSpec, strip
from smup.present.sentences import verdict
from smup.present.values import flag_words, gap, number_and_symbol, value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.methodology import gap_address
from smup.telling.strings import strings
from smup.telling.units.places import place_words
from smup.telling.units.standing import Standing
from smup.territory import Level, Unit


@dataclass(frozen=True)
class Row:
    """``gap`` is empty where there is a value (``gap_href`` explains it), ``symbol`` where it is
    part of the value, ``strip`` (SVG) and ``place`` where nothing is compared."""

    name: str
    href: str
    value: str
    symbol: str
    year: str
    flags: str
    strip: str
    arrow: str
    verdict: str
    judgement: str
    median: str
    place: str
    gap: str
    gap_href: str


@dataclass(frozen=True)
class Block:
    """Rows of one service (or of an area's indicators without service), gaps apart."""

    title: str
    href: str
    rows: list[Row]
    gaps: list[Row]


def blocks(
    release: Release,
    unit: Unit,
    found: Iterable[Standing],
    asked: Level | None,
    among: str,
    lang: Lang,
) -> list[Block]:
    """Rows grouped by service in catalogue order; ``among`` are the others in words."""
    role, made = asked.value if asked else "", []
    for service, members in groupby(found, key=lambda one: one.indicator.service):
        rows = [row(release, unit, standing, role, among, lang) for standing in members]
        name, href = "", ""
        if service is not None:
            name = getattr(release.catalogue.services[service].name, lang)
            href = Addresses(lang).unit_service(unit.code, service, rola=role)
        made.append(Block(name, href, [r for r in rows if not r.gap], [r for r in rows if r.gap]))
    return made


def row(release: Release, unit: Unit, standing: Standing, role: str, among: str, lang: Lang) -> Row:
    """``role`` is the one the reader chose, kept by the address of the row."""
    indicator, number, symbol = standing.indicator, "", ""
    if standing.value is not None:
        measure = release.catalogue.measures[indicator.unit]
        number, symbol = number_and_symbol(standing.value, indicator, measure, lang)
    is_gap = standing.value is None
    return Row(
        name=getattr(indicator.name, lang),
        href=Addresses(lang).unit_indicator(unit.code, indicator.id, rola=role),
        value=number,
        symbol=symbol,
        year=str(standing.year or ""),
        flags=", ".join(flag_words(standing.flags, lang)),
        gap=gap(standing.status, lang) if is_gap else "",
        gap_href=gap_address(standing.status, lang) if is_gap else "",
        **_compared(release, standing, among, lang),
    )


def _compared(release: Release, standing: Standing, among: str, lang: Lang) -> dict[str, str]:
    """The words and the strip of a comparison; empty where nothing is compared."""
    summary, value, indicator = standing.summary, standing.value, standing.indicator
    if summary is None or value is None or standing.beside is None:
        return dict.fromkeys(("arrow", "verdict", "judgement", "median", "place", "strip"), "")
    measure = release.catalogue.measures[indicator.unit]
    judged = verdict(value, summary.median, indicator, lang)
    rank = standing.beside.rank
    return {
        "arrow": judged.arrow,
        "verdict": judged.words,
        "judgement": judged.judgement,
        "median": number_and_symbol(summary.median, indicator, measure, lang)[0],
        "place": place_words(rank.to_dict(), lang) if rank.position else "",
        "strip": strip_of(release, standing, among, lang),
    }


def strip_of(release: Release, standing: Standing, among: str, lang: Lang) -> str:
    """The five numbers of the others with the unit's dot; "" where nothing is compared."""
    summary, value, indicator = standing.summary, standing.value, standing.indicator
    if summary is None or value is None:
        return ""
    measure = release.catalogue.measures[indicator.unit]
    low, median, high = (
        format_number(number, indicator.decimals, lang)
        for number in (summary.low, summary.median, summary.high)
    )
    label = strings(lang)["strip_label"].format(
        value=value_text(value, indicator, measure, lang),
        low=low,
        median=median,
        high=high,
        group=among,
    )
    return strip(
        StripSpec(summary.low, summary.q1, summary.median, summary.q3, summary.high, value, label)
    )
