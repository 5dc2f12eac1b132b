"""The leading figures of every area in one table, and the course of a few in one picture."""

from collections.abc import Iterable, Sequence
from itertools import chain, groupby, zip_longest

from smup.catalogue import Indicator
from smup.documents import Block, Paragraph, Section
from smup.documents.blocks import Picture
from smup.reports.matter import Matter
from smup.reports.pictures import picture
from smup.reports.tables import standings_table
from smup.telling.charts.indicators import multiples_of_indicators
from smup.telling.strings import strings
from smup.telling.units.services import leading
from smup.telling.units.standing import Standing

ROWS = 18  # of the table
PANELS = 6  # of the picture
BESIDE = ("group", "peers", "kraj")  # medians that fit a page of two


def key_figures(matter: Matter, _: str = "") -> Section | None:
    """None where the unit has no value at all."""
    t, chosen = strings(matter.lang), leading_figures(matter, ROWS)
    if not chosen:
        return None
    asked = [name for name in BESIDE if name in matter.definition.comparators]
    blocks: list[Block] = [standings_table(matter, chosen, asked, t["report_key_table"])]
    blocks += _course(matter, chosen)
    blocks.append(Paragraph((t["report_key_note"],), "quiet"))
    return Section("key-figures", t["report_key"], tuple(blocks))


def leading_figures(matter: Matter, most: int) -> list[Standing]:
    """The leading figure of each service with a value, area by area in turn until there are
    ``most``; in the order of the catalogue."""
    areas = [leading_of_services(matter.told_of(area)) for area in matter.release.catalogue.areas]
    in_turn = (one for one in chain(*zip_longest(*areas)) if one is not None)
    chosen = {one.indicator.id for one, _ in zip(in_turn, range(most), strict=False)}
    return [one for one in matter.told if one.indicator.id in chosen]


def leading_of_services(found: Iterable[Standing]) -> list[Standing]:
    """Of each service the indicator that represents it, where it has a value; figures of no
    service stand for themselves. Those with a place come first."""
    led: list[Standing] = []
    for service, its in groupby(found, key=lambda one: one.indicator.service):
        members = list(its)
        led += members if service is None else [leading(members)]
    known = [one for one in led if one.value is not None]
    return sorted(known, key=lambda one: not one.has_place)


def _course(matter: Matter, chosen: Sequence[Standing]) -> list[Block]:
    """The first indicators with the most years, on scales of their own."""
    found: list[Indicator] = [
        one.indicator
        for one in chosen
        if one.indicator.comparable_over_time and len(matter.years(one.indicator)) > 2
    ][:PANELS]
    years = sorted({year for one in found for year in matter.years(one)})
    if len(found) < 2:
        return []
    drawn = multiples_of_indicators(matter.release, matter.unit, found, years, matter.lang)
    shown: Picture | None = picture(drawn, matter) if drawn is not None else None
    return [shown] if shown is not None else []
