"""Charts of the portal: figures of a release turned into specs of ``present``."""

import numpy as np

from smup.catalogue import Indicator
from smup.compare.positions import group_columns
from smup.compute.formula import names
from smup.language import Lang, format_number
from smup.panel import Status
from smup.present.charts import (
    Bar,
    BarSpec,
    HistogramSpec,
    LineSpec,
    Point,
    Series,
    bar_ranking,
    histogram,
    line_chart,
)
from smup.present.figure import Figure, Heading
from smup.present.sentences import apart_sentence, one_year_sentence, trend_sentence, units_counted
from smup.present.shading import Cells
from smup.present.values import gap, value_text, with_symbol
from smup.store.releases import Release
from smup.territory import Level, Unit
from smup.web.portal.bordering import marks
from smup.web.portal.naming import title, year_span
from smup.web.portal.standing import group_summary
from smup.web.portal.strings import strings


def trend(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    role: Level,
    lang: Lang,
    prices: int | None = None,
    borders: int | None = None,
) -> Figure | str:
    """The unit over the years beside the median of its group; a sentence where there is no trend
    to draw (no value, or one year). An amount is in the ``prices`` of a year where one is given,
    the unit on the ``borders`` of a year where one is given."""
    t = strings(lang)
    years = release.years_of(indicator.id)
    own = _series(release, unit, indicator, (prices, borders), lang)
    known = [(p.year, p.value) for p in own.known if p.value is not None]
    if len(years) == 1:
        return one_year_sentence(years[0], lang)
    if not known:
        return t["no_value_any_year"]
    if len(known) == 1:
        return t["unit_one_year"].format(year=known[0][0])
    if not indicator.comparable_over_time:
        sentence = apart_sentence(lang)
    else:
        measure = release.catalogue.measures[indicator.unit]
        sentence = trend_sentence(title(unit, lang), known, indicator, measure, lang)
    series = [own]
    median = _median_series(release, unit, indicator, role, prices, lang)
    if median is not None:
        series.append(median)
    heading = Heading(
        "trend",
        sentence,
        subtitle(release, indicator, _when(years, prices, lang), lang),
        foot(release, indicator, lang),
        mark(release, lang),
    )
    return line_chart(
        LineSpec(
            heading,
            tuple(series),
            sentence,
            t["year"],
            connected=indicator.comparable_over_time,
            from_zero=_near_zero(series),
            lang=lang,
        )
    )


def comparison_bars(
    heading: Heading, rows: list[tuple[str, float | None, str, bool]], sentence: str, lang: Lang
) -> Figure:
    """Named values (name, value, words, ours) side by side."""
    t = strings(lang)
    bars = tuple(Bar(name, value, shown, ours) for name, value, shown, ours in rows)
    return bar_ranking(BarSpec(heading, bars, sentence, (t["unit_word"], t["value"])))


def distribution(
    release: Release,
    indicator: Indicator,
    cells: Cells,
    level_words: str,
    year: int,
    ours: Unit | None,
    lang: Lang,
) -> Figure | None:
    """How the values of a level are spread; None with fewer than eight different values."""
    t = strings(lang)
    values = [value for value, _ in cells.values() if value is not None]
    if len(set(values)) < 8:
        return None
    median = float(np.median(values))
    measure = release.catalogue.measures[indicator.unit]
    shown = with_symbol(format_number(median, indicator.decimals, lang), measure, lang)
    own = cells.get(ours.code, (None, None))[0] if ours else None
    sentence = t["distribution_sentence"].format(
        median=shown,
        low=format_number(min(values), indicator.decimals, lang),
        high=value_text(max(values), indicator, measure, lang),
        n=units_counted(len(values), lang),
    )
    return histogram(
        HistogramSpec(
            Heading(
                "rozklad",
                t["distribution_title"].format(median=shown, level=level_words),
                subtitle(release, indicator, str(year), lang),
                foot(release, indicator, lang),
                mark(release, lang),
            ),
            values,
            median,
            f"{t['median']} {shown}",
            t["and_more"],
            (t["range"], t["number_of_units"]),
            sentence,
            (title(ours, lang), own) if ours and own is not None else None,
            lang,
        )
    )


def subtitle(release: Release, indicator: Indicator, when: str, lang: Lang) -> str:
    """What is measured, in which unit, when."""
    measure = release.catalogue.measures[indicator.unit]
    return f"{getattr(indicator.name, lang)}, {getattr(measure.symbol, lang)}, {when}"


def foot(release: Release, indicator: Indicator, lang: Lang) -> str:
    t = strings(lang)
    publishers = "; ".join(published_by(release, indicator, lang))
    return f"{t['source']}: {publishers}. {t['release']} {release.id}."


def published_by(release: Release, indicator: Indicator, lang: Lang) -> list[str]:
    """Where the values shown come from; nobody published invented ones."""
    if release.synthetic:
        return [strings(lang)["synthetic_source"]]
    return source_titles(release, indicator, lang)


def mark(release: Release, lang: Lang) -> str:
    """What a picture of invented figures says of itself; nothing for official ones."""
    t = strings(lang)
    return f"{t['synthetic_name']}. {t['synthetic_words']}" if release.synthetic else ""


def source_titles(release: Release, indicator: Indicator, lang: Lang) -> list[str]:
    """Publisher and title of every source of the variables a formula names, each once."""
    catalogue = release.catalogue
    found: dict[str, str] = {}
    for variable in variables_of(release, indicator):
        for place in catalogue.variables[variable].sources:
            source = catalogue.sources.get(place.source)
            if source is not None:
                found[source.id] = f"{source.publisher}, {getattr(source.title, lang)}"
    return list(found.values())


def variables_of(release: Release, indicator: Indicator) -> list[str]:
    """Variables behind an indicator, in order of appearance."""
    return [name.id for name in names(release.frame.formulas[indicator.id])]


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
        panel = release.on_borders_of(borders, indicator.id).panel
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
        )
        for year, value, status in _cells(release, unit, indicator, *as_of)
    )
    return Series(title(unit, lang), points, ours=True)


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


def _near_zero(series: list[Series]) -> bool:
    """Put zero on the axis where the values come near it anyway."""
    values = [p.value for s in series for p in s.known if p.value is not None]
    return min(values) >= 0 and min(values) < 0.5 * max(values)
