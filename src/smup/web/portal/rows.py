"""Indicators of one unit as rows: newest value, position in the group, or the reason for a gap."""

from dataclasses import dataclass
from itertools import groupby

from smup.catalogue import DEFAULT_SYSTEM, Indicator
from smup.language import Lang, format_number
from smup.present.charts import StripSpec, strip
from smup.present.sentences import verdict
from smup.present.values import flag_words, gap, number_and_symbol, value_text
from smup.store.releases import Release
from smup.territory import Level, Unit
from smup.web.portal.addresses import Addresses
from smup.web.portal.methodology import gap_address
from smup.web.portal.naming import year_span
from smup.web.portal.standing import Standing, group_of, role_of, standing_of
from smup.web.portal.strings import strings


@dataclass(frozen=True)
class Row:
    """``gap`` is empty where there is a value (``gap_href`` explains it), ``symbol`` where it is
    part of the value, ``strip`` (SVG) without a group."""

    name: str
    href: str
    value: str
    symbol: str
    year: str
    strip: str
    arrow: str
    verdict: str
    judgement: str
    median: str
    flags: str
    gap: str
    gap_href: str
    span: str


@dataclass(frozen=True)
class Block:
    """Rows of one service (or of an area's indicators without service), gaps apart."""

    title: str
    href: str
    rows: list[Row]
    gaps: list[Row]


def blocks(
    release: Release, unit: Unit, indicators: list[Indicator], asked: Level | None, lang: Lang
) -> list[Block]:
    """Rows grouped by service in catalogue order."""
    to = Addresses(lang)
    made = []
    for service, members in groupby(indicators, key=lambda i: i.service):
        rows = [row(release, unit, indicator, asked, lang) for indicator in members]
        name, href = "", ""
        if service is not None:
            name = getattr(release.catalogue.services[service].name, lang)
            href = to.unit_service(unit.code, service)
        made.append(Block(name, href, [r for r in rows if not r.gap], [r for r in rows if r.gap]))
    return made


def row(release: Release, unit: Unit, indicator: Indicator, asked: Level | None, lang: Lang) -> Row:
    """``asked`` is the role the reader chose; the address of the row keeps it."""
    role = role_of(unit, indicator, asked)
    cells = release.series(indicator.id, unit.code)
    stands = standing_of(release, unit, indicator, role, cells)
    measure = release.catalogue.measures[indicator.unit]
    words = {"arrow": "", "verdict": "", "judgement": "", "median": "", "strip": ""}
    if stands.value is not None and stands.summary is not None:
        words = _compared(release, unit, stands, lang)
    number, symbol = "", ""
    if stands.value is not None:
        number, symbol = number_and_symbol(stands.value, indicator, measure, lang)
    return Row(
        name=getattr(indicator.name, lang),
        href=Addresses(lang).unit_indicator(
            unit.code, indicator.id, rola=asked.value if asked else ""
        ),
        value=number,
        symbol=symbol,
        year=str(stands.year or ""),
        flags=", ".join(flag_words(stands.flags, lang)),
        gap=gap(stands.status, lang) if stands.value is None else "",
        gap_href=gap_address(stands.status, lang) if stands.value is None else "",
        span=year_span([year for year, value, _, _ in cells if value is not None]),
        **words,
    )


def _compared(release: Release, unit: Unit, stands: Standing, lang: Lang) -> dict[str, str]:
    summary, value, indicator = stands.summary, stands.value, stands.indicator
    if summary is None or value is None or not summary.is_telling:
        return {"arrow": "", "verdict": "", "judgement": "", "median": "", "strip": ""}
    measure = release.catalogue.measures[indicator.unit]
    median, _ = number_and_symbol(summary.median, indicator, measure, lang)
    judged = verdict(value, summary.median, indicator, lang)
    label = strings(lang)["strip_label"].format(
        value=value_text(value, indicator, measure, lang),
        low=format_number(summary.low, indicator.decimals, lang),
        median=format_number(summary.median, indicator.decimals, lang),
        high=format_number(summary.high, indicator.decimals, lang),
        group=group_words(release, unit, lang),
    )
    drawn = strip(
        StripSpec(summary.low, summary.q1, summary.median, summary.q3, summary.high, value, label)
    )
    return {
        "arrow": judged.arrow,
        "verdict": judged.words,
        "judgement": judged.judgement,
        "median": median,
        "strip": drawn,
    }


def group_words(release: Release, unit: Unit, lang: Lang, system: str = DEFAULT_SYSTEM) -> str:
    """The name of the group a unit is shown in: "gminy wiejskie", "województwa", "" for none."""
    group = group_of(release, unit, system)
    if group is not None:
        return str(getattr(group.name, lang))
    return strings(lang)["voivodeships"] if unit.kind.value == "wojewodztwo" else ""
