"""Chosen units side by side: lines, dots, bars, small multiples."""

from collections.abc import Sequence

import numpy as np

from smup.catalogue import Indicator
from smup.language import Lang, format_number
from smup.present.charts import (
    Bar,
    BarSpec,
    Dot,
    DotRow,
    DotSpec,
    LineSpec,
    MultiplesSpec,
    Panel,
    Point,
    Series,
    bar_ranking,
    dot_plot,
    line_chart,
    small_multiples,
)
from smup.present.data import Plot
from smup.present.figure import Figure, Heading
from smup.present.gaps import gap_kind
from smup.present.sentences import as_title
from smup.present.values import gap, value_text
from smup.store.release import Cell
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import counted_foot, mark, subtitle
from smup.telling.charts.placing import observations, placed
from smup.telling.charts.trend import OVER_YEARS, breaks, near_zero
from smup.telling.maps.shapes import cells_of
from smup.telling.naming import told_apart, year_span
from smup.telling.strings import strings
from smup.territory import Level, Unit

MOST_LINES, MOST_ROWS, MOST_PANELS, MOST_YEARS = 10, 40, 12, 3


def lines(
    release: Release, units: Sequence[Unit], indicator: Indicator, years: Sequence[int], lang: Lang
) -> Figure | None:
    """Up to ten units over the years, the first as ours; None where none has a value."""
    names = told_apart(units, lang)
    series = [
        unit_series(release, unit, indicator, years, lang, i, name)
        for i, (unit, name) in enumerate(zip(units, names, strict=True))
    ]
    known = [one for one in series if one.known]
    if not known or len(years) < 2:
        return None
    sentence = _between(release, units, indicator, years[-1], lang)
    drawn = line_chart(
        LineSpec(
            _heading(release, "linie", units, indicator, years, sentence, lang),
            tuple(known),
            sentence,
            strings(lang)["year"],
            connected=indicator.comparable_over_time,
            from_zero=near_zero(known),
            lang=lang,
            breaks=breaks(release, units[0], indicator, lang),
        )
    )
    return _placed(release, drawn, "linie", units, indicator, years, OVER_YEARS, lang)


def dots(
    release: Release, units: Sequence[Unit], indicator: Indicator, years: Sequence[int], lang: Lang
) -> Figure | None:
    """Units as rows, highest first, with their values of up to three years and the median of the
    level of the first unit; None where none has a value."""
    names = dict(zip(units, told_apart(units, lang), strict=True))
    rows = [(unit, [_cell(release, unit, indicator, year) for year in years]) for unit in units]
    if not any(cell[1] is not None for _, cells in rows for cell in cells):
        return None
    rows.sort(key=lambda row: -(row[1][-1][1] if row[1][-1][1] is not None else -np.inf))
    sentence = _between(release, units, indicator, years[-1], lang)
    drawn = dot_plot(
        DotSpec(
            _heading(release, "kropki", units, indicator, years, sentence, lang),
            tuple(
                DotRow(
                    names[unit],
                    tuple(Dot(c[1], _shown(release, indicator, c, lang)) for c in cells),
                    unit is units[0],
                )
                for unit, cells in rows
            ),
            tuple(str(year) for year in years),
            strings(lang)["unit_word"],
            sentence,
            _median(release, units[0], indicator, years[-1], lang),
            lang,
        )
    )
    plot = Plot("point", {"x": "value", "y": "name", "color": "year"})
    return _placed(release, drawn, "kropki", units, indicator, years, plot, lang)


def bars(
    release: Release, units: Sequence[Unit], indicator: Indicator, year: int, lang: Lang
) -> Figure | None:
    """Units in the order of their values, from zero; None where none has a value."""
    names = dict(zip(units, told_apart(units, lang), strict=True))
    rows = [(unit, _cell(release, unit, indicator, year)) for unit in units]
    if all(cell[1] is None for _, cell in rows):
        return None
    rows.sort(key=lambda row: -(row[1][1] if row[1][1] is not None else -np.inf))
    sentence, t = _between(release, units, indicator, year, lang), strings(lang)
    made = tuple(
        Bar(names[unit], cell[1], _shown(release, indicator, cell, lang), unit is units[0])
        for unit, cell in rows
    )
    heading = _heading(release, "slupki", units, indicator, [year], sentence, lang)
    drawn = bar_ranking(BarSpec(heading, made, sentence, (t["unit_word"], t["value"])))
    plot = Plot("bar", {"x": "value", "y": "name"}, zero=True)
    return _placed(release, drawn, "slupki", units, indicator, [year], plot, lang)


def multiples_of_units(
    release: Release, units: Sequence[Unit], indicator: Indicator, years: Sequence[int], lang: Lang
) -> Figure | None:
    """One small chart a unit, all on one scale; None where none has a value."""
    panels = tuple(
        Panel(unit_series(release, unit, indicator, years, lang, 0, name))
        for unit, name in zip(units, told_apart(units, lang), strict=True)
    )
    if not any(panel.series.known for panel in panels) or len(years) < 2:
        return None
    sentence, t = _between(release, units, indicator, years[-1], lang), strings(lang)
    drawn = small_multiples(
        MultiplesSpec(
            _heading(release, "male-wykresy", units, indicator, years, sentence, lang),
            panels,
            sentence,
            t["year"],
            connected=indicator.comparable_over_time,
            lang=lang,
        )
    )
    plot = Plot("line", {"x": "year", "y": "value", "facet": "name"})
    return _placed(release, drawn, "male-wykresy", units, indicator, years, plot, lang)


def _cell(release: Release, unit: Unit, indicator: Indicator, year: int) -> Cell:
    return next(c for c in release.series(indicator.id, unit.code) if c[0] == year)


def _shown(release: Release, indicator: Indicator, cell: Cell, lang: Lang) -> str:
    _, value, status, _ = cell
    measure = release.catalogue.measures[indicator.unit]
    return gap(status, lang) if value is None else value_text(value, indicator, measure, lang)


def unit_series(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    years: Sequence[int],
    lang: Lang,
    order: int,
    name: str,
) -> Series:
    """The unit over the years asked for: ours for the order 0, else told apart by the order."""
    wanted = set(years)
    points = tuple(
        Point(cell[0], cell[1], _shown(release, indicator, cell, lang), gap_kind(cell[2]))
        for cell in release.series(indicator.id, unit.code)
        if cell[0] in wanted
    )
    return Series(name, points, ours=order == 0, order=order or None)


def _median(
    release: Release, unit: Unit, indicator: Indicator, year: int, lang: Lang
) -> tuple[str, float] | None:
    """The median of all units of the level of the chosen ones, where there are enough."""
    level = unit.level if unit.level in unit.levels else Level.GMINA
    cells = cells_of(release, indicator.id, level, year).values()
    known = [value for value, _ in cells if value is not None]
    if len(known) < 8:
        return None
    median = float(np.median(known))
    measure = release.catalogue.measures[indicator.unit]
    shown = value_text(median, indicator, measure, lang)
    return f"{strings(lang)['median']} {shown}", median


def _between(
    release: Release, units: Sequence[Unit], indicator: Indicator, year: int, lang: Lang
) -> str:
    """Between which values the chosen units lie, and whose these are."""
    t, measure = strings(lang), release.catalogue.measures[indicator.unit]
    found = [
        (cell[1], name)
        for unit, name in zip(units, told_apart(units, lang), strict=True)
        if (cell := _cell(release, unit, indicator, year))[1] is not None
    ]
    if not found:
        return t["chart_no_values"]
    (low, lowest), (high, highest) = min(found), max(found)
    if len(found) == 1:
        shown = value_text(low, indicator, measure, lang)
        return t["chart_alone"].format(year=year, name=lowest, shown=shown)
    return t["chart_between"].format(
        year=year,
        low=format_number(low, indicator.decimals, lang),
        lowest=lowest,
        high=value_text(high, indicator, measure, lang),
        highest=highest,
    )


def _heading(
    release: Release,
    ident: str,
    units: Sequence[Unit],
    indicator: Indicator,
    years: Sequence[int],
    sentence: str,
    lang: Lang,
) -> Heading:
    known = sum(
        any(c[1] is not None and c[0] in years for c in release.series(indicator.id, u.code))
        for u in units
    )
    return Heading(
        ident,
        as_title(sentence),
        subtitle(release, indicator, year_span(list(years)), lang),
        counted_foot(release, indicator, known, len(units), lang),
        mark(release, lang),
    )


def _placed(
    release: Release,
    drawn: Figure,
    kind: str,
    units: Sequence[Unit],
    indicator: Indicator,
    years: Sequence[int],
    plot: Plot,
    lang: Lang,
) -> Figure:
    wanted = set(years)
    found = (
        (unit, indicator, year, value, status)
        for unit in units
        for year, value, status, _ in release.series(indicator.id, unit.code)
        if year in wanted
    )
    codes = ",".join(unit.code for unit in units)
    asked = ",".join(str(year) for year in years) if kind == "kropki" else span(years)
    return placed(
        drawn,
        kind,
        Addresses(lang).page("/porownaj", jst=codes),
        lambda: observations(release, found, plot, lang),
        jst=codes,
        wskaznik=indicator.id,
        **({"rok": years[0]} if kind == "slupki" else {"lata": asked}),
    )


def span(years: Sequence[int]) -> str:
    """Years as an address writes them: "2019-2024"."""
    return f"{years[0]}-{years[-1]}"
