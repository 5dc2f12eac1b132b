"""``/wskaznik/{indicator}``: card, map, distribution, ranking, trend of the country."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Indicator
from smup.describe.calendar import calendar_lines
from smup.describe.speaker import Speaker
from smup.language import Lang
from smup.present.figure import Figure
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import source_ids, source_titles, variables_of
from smup.telling.charts.funnel import funnel_figure
from smup.telling.charts.spread import distribution
from smup.telling.charts.trend import trend
from smup.telling.feeding import missing_variables
from smup.telling.maps.controls import map_controls
from smup.telling.maps.looking import (
    View,
    asked_unit,
    chosen_view,
    forms_of,
    years_of_level,
)
from smup.telling.maps.section import MapSection, map_section
from smup.telling.maps.shapes import USUAL_CUT, cells_of
from smup.telling.naming import level_name
from smup.telling.strings import strings
from smup.territory import Level, Unit
from smup.web.config.current import release_of
from smup.web.portal.asking.ranking import ranking
from smup.web.portal.page import render
from smup.web.portal.reading import the_indicator
from smup.web.portal.reports.offers import of_indicator
from smup.web.portal.revising import revised
from smup.web.portal.views.unit_indicator import described


def indicator(request: HttpRequest, indicator: str, lang: Lang) -> HttpResponse:
    release = release_of(request)
    chosen = the_indicator(release, indicator, lang)
    view = chosen_view(request.GET, release, chosen)
    country = release.territory.units["PL"]
    drawn = trend(release, country, chosen, Level.KRAJ, lang)
    context: dict[str, Any] = {
        "indicator": described(release, chosen, lang) | _definition(release, chosen, lang),
        "trend": drawn if isinstance(drawn, Figure) else None,
        "trend_words": drawn if isinstance(drawn, str) else "",
        "years": years_of_level(release, chosen, view.level),
        "level": level_name(view.level, lang),
        "year": view.year,
        "missing_variables": missing_variables(release, chosen, lang),
        "coverage_href": Addresses(lang).page("/pokrycie"),
        "report_href": of_indicator(chosen.id, lang),
    }
    if view.year is not None:
        ours = asked_unit(request.GET, release, view.level)
        context |= _picture(release, chosen, view, ours, lang)
        context |= ranking(request, release, chosen, view, lang)
        context["funnel"] = funnel_figure(release, chosen, view.level, view.year, ours, lang)
    return render(request, "indicator.html", context, lang, release)


def _picture(
    release: Release, indicator: Indicator, view: View, ours: Unit | None, lang: Lang
) -> dict[str, Any]:
    """Map and distribution of the chosen year, and a second map where one was asked for."""
    assert view.year is not None
    t = strings(lang)
    cells = cells_of(release, indicator.id, view.level, view.year)
    marked = [ours] if ours else []
    return {
        "map": map_section(release, indicator, view, lang),
        "beside": _beside(release, view, lang),
        "controls": map_controls(release, indicator, view, lang),
        "year_below": t["map_year_below"].format(year=view.year),
        "distribution": distribution(
            release, indicator, cells, view.level, view.year, marked, lang
        ),
    }


def _beside(release: Release, view: View, lang: Lang) -> MapSection | None:
    """The second map; its classes are by the same method, own limits only for the same measure."""
    if view.beside is None:
        return None
    other, year = view.beside
    indicator = release.catalogue.indicators[other]
    usable = forms_of(release, indicator, view.level)
    form = view.form if view.form in usable else usable[0]
    cut = view.cut if view.cut.method != "own" or view.beside_asked.isdecimal() else USUAL_CUT
    second = replace(view, year=year, form=form, cut=cut, beside=None, beside_asked="")
    return map_section(release, indicator, second, lang, "mapa-2")


def _definition(release: Release, indicator: Indicator, lang: Lang) -> dict[str, Any]:
    """Formula with its variables named, and how it is summed to larger areas."""
    t, catalogue = strings(lang), release.catalogue
    rule = indicator.aggregate.split(":")[0]
    return {
        "variables": [
            {
                "id": name,
                "name": getattr(catalogue.variables[name].name, lang),
                "measure": getattr(catalogue.measures[catalogue.variables[name].unit].symbol, lang),
            }
            for name in variables_of(release, indicator)
        ],
        "aggregate": t[f"aggregate_{rule}"],
        "better": t[f"better_{indicator.better}"],
        "dimension": t[f"dimension_{indicator.dimension.value}"] if indicator.dimension else "",
        "sources": _dated_sources(release, indicator, lang),
        "calendar": _calendar(release, indicator, lang),
        "revised": revised(release, indicator, lang),
        "years": release.years_of(indicator.id),
        "version": indicator.version,
        "reviewed": indicator.steward.reviewed.isoformat(),
    }


def _dated_sources(release: Release, indicator: Indicator, lang: Lang) -> list[str]:
    """Titles of the sources, with the days on which their files were retrieved."""
    if release.synthetic:
        return source_titles(release, indicator, lang)
    held = {one["id"]: one["files"] for one in release.sources}
    named, t = source_ids(release, indicator, lang), strings(lang)
    told = []
    for source, words in named.items():
        days = ", ".join(sorted({file["retrieved"] for file in held.get(source, [])}))
        told.append(t["number_source_days"].format(title=words, days=days) if days else words)
    return told


def _calendar(release: Release, indicator: Indicator, lang: Lang) -> list[str]:
    """When each variable is measured and published, each calendar once."""
    speaker, variables = Speaker(release.catalogue, lang), release.catalogue.variables
    found = [calendar_lines(speaker, variables[name]) for name in variables_of(release, indicator)]
    return list(dict.fromkeys("".join(map(str, lines[0])) for lines in found))
