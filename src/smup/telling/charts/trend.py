"""A unit over the years beside the median of its group."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from smup.catalogue import Indicator
from smup.compare.breaks import breaks_of
from smup.compare.positions import group_columns
from smup.language import Lang
from smup.panel import Status
from smup.present.changing import breaks_sentence
from smup.present.charts import LineSpec, Point, Series, line_chart
from smup.present.data import Data, Plot
from smup.present.figure import Figure, Heading
from smup.present.gaps import gap_kind
from smup.present.sentences import (
    apart_sentence,
    as_title,
    one_year_sentence,
    trend_sentence,
)
from smup.present.values import gap, value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import foot, mark, subtitle
from smup.telling.charts.placing import observations, placed
from smup.telling.naming import title, year_span
from smup.telling.strings import strings
from smup.telling.unit_indicator.bordering import marks
from smup.telling.units.standing import group_summary
from smup.territory import Level, Unit

OVER_YEARS = Plot("line", {"x": "year", "y": "value", "color": "name"})


def trend(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    role: Level,
    lang: Lang,
    prices: int | None = None,
    borders: int | None = None,
    *,
    within: Sequence[int] | None = None,
) -> Figure | str:
    """The unit over the years beside the median of its group; a sentence where there is no trend
    to draw (no value, or one year). An amount is in the ``prices`` of a year where one is given,
    the unit on the ``borders`` of a year where one is given; only years ``within`` are shown."""
    t, years = strings(lang), release.years_of(indicator.id)
    if within is not None:
        years = [year for year in years if year in set(within)]
    own = _only(_series(release, unit, indicator, (prices, borders), lang), years)
    if len(years) == 1:
        return one_year_sentence(years[0], lang)
    if not own.known:
        return t["no_value_any_year"]
    if len(own.known) == 1:
        return t["unit_one_year"].format(year=own.known[0].year)
    beside = _median_series(release, unit, indicator, role, prices, lang)
    median = _only(beside, years) if beside else None
    median = median if median and median.known else None
    query = {
        "rola": role.value if len(unit.levels) > 1 else "",
        "ceny": prices,
        "granice": borders,
    }
    return placed(
        _drawn(release, unit, indicator, (own, median), _when(years, prices, lang), lang),
        "trend",
        Addresses(lang).unit_indicator(unit.code, indicator.id, **query),
        lambda: _trend_data(release, unit, indicator, (prices, borders), (own, median), lang),
        jst=unit.code,
        wskaznik=indicator.id,
        **query,
    )


def _drawn(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    beside: tuple[Series, Series | None],  # our series, the median of the group
    when: str,
    lang: Lang,
) -> Figure:
    series = tuple(one for one in beside if one is not None)
    sentence = _sentence(release, unit, indicator, beside[0], lang)
    heading = Heading(
        "trend",
        as_title(sentence),
        subtitle(release, indicator, when, lang),
        foot(release, indicator, lang),
        mark(release, lang),
    )
    return line_chart(
        LineSpec(
            heading,
            series,
            sentence,
            strings(lang)["year"],
            connected=indicator.comparable_over_time,
            from_zero=near_zero(series),
            lang=lang,
            breaks=breaks(release, unit, indicator, lang),
        )
    )


def _sentence(release: Release, unit: Unit, indicator: Indicator, own: Series, lang: Lang) -> str:
    """How the value changed, or that years do not compare."""
    if not indicator.comparable_over_time:
        return apart_sentence(lang)
    known = [(p.year, p.value) for p in own.known if p.value is not None]
    measure = release.catalogue.measures[indicator.unit]
    return trend_sentence(title(unit, lang), known, indicator, measure, lang)


def _trend_data(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    as_of: tuple[int | None, int | None],
    beside: tuple[Series, Series | None],  # our series, the median of the group
    lang: Lang,
) -> Data:
    """Our values, and below them the medians of the group, which have no code."""
    own, median = beside
    shown = {point.year for point in own.points}
    cells = _cells(release, unit, indicator, *as_of)
    found = ((unit, indicator, *cell) for cell in cells if cell[0] in shown)
    data = observations(release, found, OVER_YEARS, lang)
    if median is None:
        return data
    name, symbol = data.rows[0][2], data.rows[0][3]
    medians = ((p.year, p.value) for p in median.known)
    rows = [("", median.name, name, symbol, year, value, "") for year, value in medians]
    return replace(data, rows=(*data.rows, *rows))


def breaks(
    release: Release, unit: Unit, indicator: Indicator, lang: Lang
) -> tuple[tuple[int, str], ...]:
    """Years from which the values are made in another way, with the reason."""
    if indicator.id not in release.indicators.item_index:
        return ()
    found = breaks_of(release.frame, indicator.id, unit.code)
    return tuple((one.since, breaks_sentence([one], lang).rstrip(".")) for one in found)


def _when(years: list[int], prices: int | None, lang: Lang) -> str:
    """The years shown and, for an amount, whose prices it is in."""
    span = year_span(years)
    return span if prices is None else f"{span}, {strings(lang)['prices_of'].format(year=prices)}"


def _cells(
    release: Release, unit: Unit, indicator: Indicator, prices: int | None, borders: int | None
) -> list[tuple[int, float | None, Status]]:
    if prices is not None:
        panel = release.in_prices_of(prices, indicator.id)
    elif borders is not None:
        panel = release.unit_on_borders_of(borders, indicator.id, unit.code).panel
    else:
        return [cell[:3] for cell in release.series(indicator.id, unit.code)]
    years = release.years_of(indicator.id)
    return [(year, *panel.cell(indicator.id, year, unit.code)[:2]) for year in years]


def _series(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    as_of: tuple[int | None, int | None],  # prices and borders
    lang: Lang,
) -> Series:
    measure = release.catalogue.measures[indicator.unit]
    told = marks(release, unit, indicator, as_of[1], lang)
    points = tuple(
        Point(
            year,
            value,
            gap(status, lang)
            if value is None
            else _marked(value_text(value, indicator, measure, lang), told.get(year)),
            gap_kind(status) if value is None else "",
        )
        for year, value, status in _cells(release, unit, indicator, *as_of)
    )
    return Series(title(unit, lang), points, ours=True)


def _only(series: Series, years: Sequence[int]) -> Series:
    wanted = set(years)
    return replace(series, points=tuple(p for p in series.points if p.year in wanted))


def _marked(text: str, mark: str | None) -> str:
    return f"{text} ({mark})" if mark else text


def _median_series(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    role: Level,
    prices: int | None,
    lang: Lang,
) -> Series | None:
    """The median of the unit's fixed group in every year in which enough of it has a value."""
    measure = release.catalogue.measures[indicator.unit]
    points = []
    for year in release.years_of(indicator.id):
        found = group_summary(release, unit, indicator, role, year)
        if found is None or not found.is_telling:
            points.append(Point(year, None, "–"))
            continue
        median: float | None = found.median
        if prices is not None:
            median = _median_in_prices(release, unit, indicator, role, year, prices)
        text = "–" if median is None else value_text(median, indicator, measure, lang)
        points.append(Point(year, median, text))
    series = Series(strings(lang)["median_of_group"], tuple(points))
    return series if series.known else None


def _median_in_prices(
    release: Release, unit: Unit, indicator: Indicator, role: Level, year: int, prices: int
) -> float | None:
    """The median of the units that the median in current prices stands for; None where the prices
    of the year are not known."""
    level = unit.level if unit.level is Level.WOJEWODZTWO else role
    columns = group_columns(release.frame, unit, indicator, level)
    panel = release.in_prices_of(prices, indicator.id)
    values = panel.values[0, panel.year_index[year]][columns]
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else None


def near_zero(series: Sequence[Series]) -> bool:
    """Put zero on the axis where the values come near it anyway."""
    values = [p.value for s in series for p in s.known if p.value is not None]
    return min(values) >= 0 and min(values) < 0.5 * max(values)
