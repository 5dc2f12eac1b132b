"""Situation and change of a unit within its group."""

from dataclasses import dataclass

import numpy as np

from smup.catalogue import Indicator
from smup.compare.change import Change
from smup.compare.kernels import FEWEST
from smup.compare.positions import group_columns
from smup.compare.score import distance_to_target
from smup.compare.steps import changes_between
from smup.language import Lang
from smup.panel import Panel
from smup.present.changing import (
    quarter_names,
)
from smup.present.charts import QuadrantSpec, quadrant, quarter
from smup.present.data import Column, Data, Plot
from smup.present.figure import Figure, Heading
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import foot, mark, subtitle
from smup.telling.charts.placing import placed, table
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.unit_indicator.changing import change_query, recent_change
from smup.telling.units.company import group_words
from smup.territory import Level, Unit


def change_quadrant(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    role: Level,
    prices: int | None,
    lang: Lang,
) -> Figure | None:
    """Situation and change of the unit within its group; None where it has no such place."""
    found = recent_change(release, unit, indicator, role, prices)
    if found is None:
        return None
    panel, change = found
    field = _field(release, panel, unit, indicator, change)
    if field is None:
        return None
    axes, query = _axes(indicator, change, lang), change_query(unit, role, prices)
    return placed(
        _drawn(release, field, unit, indicator, change, axes, lang),
        "zmiana",
        Addresses(lang).unit_indicator(unit.code, indicator.id, **query),
        lambda: _data(release, field, indicator, axes, lang),
        jst=unit.code,
        wskaznik=indicator.id,
        **query,
    )


@dataclass(frozen=True)
class Field:
    """Situation and change of the units of a group that have both, and those of our unit."""

    codes: list[str]
    points: list[tuple[float, float]]
    own: tuple[float, float]

    @property
    def medians(self) -> tuple[float, float]:
        situations, moves = np.array(self.points).T
        return float(np.median(situations)), float(np.median(moves))


def _field(
    release: Release, panel: Panel, unit: Unit, indicator: Indicator, change: Change
) -> Field | None:
    """None without a change of our own, without a group, or where few of it have one. Where there
    is a target, situation is the distance to it."""
    role = unit.level if unit.level is Level.WOJEWODZTWO else change.role
    if change.amount is None or change.after is None or role is None:
        return None
    columns = group_columns(release.frame, unit, indicator, role)
    item = panel.item_index[indicator.id]
    before, after = (
        panel.values[item, panel.year_index[year]][columns] for year in (change.start, change.end)
    )
    moves = changes_between(panel, indicator, change.start, change.end)[columns]
    own = change.after, change.amount
    if indicator.target is not None:
        (before, after), _ = distance_to_target(np.array([before, after]), indicator)
        moves = after - before
        sooner, later = distance_to_target(np.array([change.before, change.after]), indicator)[0]
        own = float(later), float(later - sooner)
    known = ~np.isnan(after) & ~np.isnan(moves)
    if np.count_nonzero(known) < FEWEST:
        return None
    codes = [panel.units[column] for column in columns[known]]
    return Field(codes, list(zip(after[known].tolist(), moves[known].tolist(), strict=True)), own)


def _drawn(
    release: Release,
    field: Field,
    unit: Unit,
    indicator: Indicator,
    change: Change,
    axes: tuple[str, str],
    lang: Lang,
) -> Figure:
    t, names, medians = strings(lang), quarter_names(indicator, lang), field.medians
    side = quarter(field.own, medians)
    sentence = t["quadrant_sentence"].format(
        name=title(unit, lang),
        place=t["on_median_line"] if side is None else names[side],
        group=group_words(release, unit, lang),
        n=len(field.points),
    )
    heading = Heading(
        "sytuacja-zmiana",
        sentence,
        subtitle(release, indicator, f"{change.start}–{change.end}", lang),
        foot(release, indicator, lang),
        mark(release, lang),
    )
    return quadrant(
        QuadrantSpec(
            heading,
            field.points,
            medians,
            field.own,
            title(unit, lang),
            names,
            axes,
            (t["quarter"], t["number_of_units"]),
            t["on_median_line"],
            t["this_unit"],
            sentence,
            lang,
        )
    )


def _axes(indicator: Indicator, change: Change, lang: Lang) -> tuple[str, str]:
    t = strings(lang)
    situation = t["axis_situation" if indicator.target is None else "axis_distance"]
    moved = t["axis_change"].format(start=change.start, end=change.end)
    return situation.format(year=change.end), moved


def _data(
    release: Release, field: Field, indicator: Indicator, axes: tuple[str, str], lang: Lang
) -> Data:
    """Every unit of the chart with its situation and its change."""
    t, units = strings(lang), release.territory.units
    head = (
        Column("unit", t["chart_code"]),
        Column("name", t["unit_word"]),
        Column("situation", axes[0], indicator.decimals),
        Column("change", axes[1], max(indicator.decimals, 1)),
    )
    rows = [
        (code, title(units[code], lang), *at)
        for code, at in zip(field.codes, field.points, strict=True)
    ]
    return table(head, rows, Plot("point", {"x": "situation", "y": "change"}))
