"""The kinds of figure that have an address: how each is asked for, and who draws it."""

from collections.abc import Callable, Mapping
from datetime import date

from django.http import HttpRequest

from smup.catalogue import Indicator
from smup.compare import ComparisonError, compare_unit
from smup.language import Lang
from smup.present.figure import Figure
from smup.present.sentences import one_year_sentence
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.charts import choosing
from smup.telling.charts.compared import compared_bars
from smup.telling.charts.funnel import funnel_figure
from smup.telling.charts.indicators import multiples_of_indicators
from smup.telling.charts.mapped import map_figure
from smup.telling.charts.quadrant import change_quadrant
from smup.telling.charts.scattering import Pair, scattered
from smup.telling.charts.spread import distribution
from smup.telling.charts.trend import trend
from smup.telling.maps.looking import asked_unit, chosen_view
from smup.telling.maps.shapes import cells_of
from smup.telling.strings import strings
from smup.telling.unit_indicator.bordering import asked_borders, offered_borders
from smup.telling.unit_indicator.grouping import GROUPS, asked_system
from smup.telling.units.standing import role_of
from smup.territory import Level, Unit
from smup.web.portal.asking.charts import (
    NoFigure,
    asked_indicators,
    asked_units,
    asked_years,
    some_units,
)
from smup.web.portal.asking.comparing import asked_comparison
from smup.web.portal.explorer.answers import figure as explored
from smup.web.portal.reading import asked_prices, asked_role

Maker = Callable[[HttpRequest, Release, Lang], Figure]
Chosen = tuple[list[Unit], Indicator, list[int]]


def _one(request: HttpRequest, release: Release, lang: Lang) -> tuple[Unit, Indicator, Level]:
    """The unit, the indicator and the role in which they are compared."""
    unit = some_units(request, release, 1, lang)[0]
    indicator = asked_indicators(request, release, lang)[0]
    return unit, indicator, role_of(unit, indicator, asked_role(request, unit))


def _trend(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    unit, indicator, role = _one(request, release, lang)
    prices = asked_prices(request, release, indicator)
    offered = offered_borders(release, unit, indicator)
    borders = asked_borders(request.GET.get("granice", ""), offered) if prices is None else None
    drawn = trend(release, unit, indicator, role, lang, prices, borders)
    if isinstance(drawn, str):
        raise NoFigure(drawn)
    return drawn


def _compared(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    unit, indicator, role = _one(request, release, lang)
    system = asked_system(request.GET.get(GROUPS, ""), release)
    try:
        found = compare_unit(release.frame, unit.code, indicator.id, role=role, groups=system)
    except ComparisonError as error:
        raise NoFigure(strings(lang)["no_comparison"]) from error
    return _drawn(compared_bars(release, unit, indicator, found.to_dict(), lang), lang)


def _change(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    unit, indicator, role = _one(request, release, lang)
    prices = asked_prices(request, release, indicator)
    return _drawn(change_quadrant(release, unit, indicator, role, prices, lang), lang)


def _distribution(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    indicator = asked_indicators(request, release, lang)[0]
    view = chosen_view(request.GET, release, indicator)
    ours = [unit for unit in asked_units(request, release, 10, lang) if view.level in unit.levels]
    if view.year is None:
        raise NoFigure(strings(lang)["one_level_no_data"])
    cells = cells_of(release, indicator.id, view.level, view.year)
    return _drawn(distribution(release, indicator, cells, view.level, view.year, ours, lang), lang)


def _funnel(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    indicator = asked_indicators(request, release, lang)[0]
    view = chosen_view(request.GET, release, indicator)
    if view.year is None:
        raise NoFigure(strings(lang)["one_level_no_data"])
    ours = asked_unit(request.GET, release, view.level)
    return _drawn(funnel_figure(release, indicator, view.level, view.year, ours, lang), lang)


def _map(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    indicator = asked_indicators(request, release, lang)[0]
    return _drawn(
        map_figure(release, indicator, chosen_view(request.GET, release, indicator), lang), lang
    )


def _scatter(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    """``wskaznik`` names x, y and, third, what the size of the marks shows."""
    found = asked_indicators(request, release, lang)
    if len(found) < 2:
        raise NoFigure(strings(lang)["chart_needs_two"])
    view = chosen_view(request.GET, release, found[1])
    chosen = asked_units(request, release, 10, lang)
    year = _common_year(release, view.year, found)
    if year is None:
        raise NoFigure(strings(lang)["chart_cannot"])
    size = found[2] if len(found) > 2 and year in release.years_of(found[2].id) else None
    query: dict[str, object] = {
        "wskaznik": ",".join(one.id for one in found[:3]),
        "poziom": view.level.value,
        "rok": year,
        "jst": ",".join(unit.code for unit in chosen),
    }
    units = list(release.territory.of_level(view.level, date(year, 12, 31)))
    page = Addresses(lang).indicator(found[1].id, poziom=view.level.value, rok=year)
    pair = Pair(units, found[0], found[1], size, year, chosen)
    drawn = scattered(release, pair, lang, page, query)
    return _drawn(drawn, lang)


def _common_year(release: Release, wanted: int | None, pair: list[Indicator]) -> int | None:
    """The year wanted where both have values in it, else the newest in which both have."""
    years = [set(release.years_of(one.id)) for one in pair[:2]]
    common = years[0] & years[1]
    return wanted if wanted in common else max(common, default=None)


def _chosen(request: HttpRequest, release: Release, most: int, lang: Lang) -> Chosen:
    units = some_units(request, release, most, lang)
    indicator = asked_indicators(request, release, lang)[0]
    return units, indicator, asked_years(request, release.years_of(indicator.id))


def _several(chosen: Chosen, lang: Lang) -> Chosen:
    """The same where there is more than one year to draw."""
    if len(chosen[2]) < 2:
        raise NoFigure(one_year_sentence(chosen[2][0], lang))
    return chosen


def _lines(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    units, indicator, years = _several(_chosen(request, release, choosing.MOST_LINES, lang), lang)
    return _drawn(choosing.lines(release, units, indicator, years, lang), lang)


def _dots(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    """The years asked for, at most three; the first and the last where all are meant."""
    units, indicator, years = _chosen(request, release, choosing.MOST_ROWS, lang)
    if len(years) > choosing.MOST_YEARS:
        years = [years[0], years[-1]]
    return _drawn(choosing.dots(release, units, indicator, years, lang), lang)


def _bars(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    units, indicator, years = _chosen(request, release, choosing.MOST_ROWS, lang)
    return _drawn(choosing.bars(release, units, indicator, years[-1], lang), lang)


def _multiples(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    """One indicator of several units, or several indicators of one unit."""
    indicators = asked_indicators(request, release, lang)
    units = some_units(request, release, choosing.MOST_PANELS, lang)
    if len(indicators) > choosing.MOST_PANELS:
        words = strings(lang)["chart_too_many"]
        raise NoFigure(words.format(most=choosing.MOST_PANELS, n=len(indicators)))
    if len(indicators) > 1:
        known = sorted({y for one in indicators for y in release.years_of(one.id)})
        years = asked_years(request, known)
        return _drawn(multiples_of_indicators(release, units[0], indicators, years, lang), lang)
    chosen = _chosen(request, release, choosing.MOST_PANELS, lang)
    return _drawn(choosing.multiples_of_units(release, *_several(chosen, lang), lang), lang)


def _profile(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    asked = asked_comparison(request, release, lang)
    if asked.level is None:
        raise NoFigure(strings(lang)["compare_levels" if asked.units else "compare_none"])
    return _drawn(asked.profile(release, lang), lang)


def _drawn(figure: Figure | None, lang: Lang) -> Figure:
    if figure is None:
        raise NoFigure(strings(lang)["chart_cannot"])
    return figure


KINDS: Mapping[str, Maker] = {
    "trend": _trend,
    "porownanie": _compared,
    "zmiana": _change,
    "rozklad": _distribution,
    "lejek": _funnel,
    "rozrzut": _scatter,
    "linie": _lines,
    "kropki": _dots,
    "slupki": _bars,
    "male-wykresy": _multiples,
    "profil": _profile,
    "mapa": _map,
    "analiza": explored,
}
