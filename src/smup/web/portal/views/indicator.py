"""``/wskaznik/{indicator}``: card, map, distribution, ranking, trend of the country."""

from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Indicator
from smup.language import Lang
from smup.present.figure import Figure
from smup.present.maps import legend_swatch
from smup.present.sentences import units_counted
from smup.present.shading import Cells
from smup.store.releases import Release
from smup.territory import Level, Unit
from smup.territory.search import search
from smup.web.config.current import release_of
from smup.web.portal.addresses import Addresses
from smup.web.portal.feeding import missing_variables
from smup.web.portal.figures import distribution, source_titles, subtitle, trend, variables_of
from smup.web.portal.looking import View, chosen_view, levels_with_data, years_of_level
from smup.web.portal.maps import (
    FORMS,
    TILES,
    cells_of,
    has_borders,
    map_shape,
    not_on_map,
    shading_of,
)
from smup.web.portal.naming import level_name, title
from smup.web.portal.page import render
from smup.web.portal.ranking import PAGE, gap_counts, order, page_of, places
from smup.web.portal.reading import the_indicator
from smup.web.portal.strings import strings
from smup.web.portal.uncertainty import funnel_figure, places_within_reach, small_base_words
from smup.web.portal.views.unit_indicator import described


def indicator(request: HttpRequest, indicator: str, lang: Lang) -> HttpResponse:
    release = release_of(request)
    chosen = the_indicator(release, indicator, lang)
    view = chosen_view(request, release, chosen)
    country = release.territory.units["PL"]
    drawn = trend(release, country, chosen, Level.KRAJ, lang)
    context: dict[str, Any] = {
        "indicator": described(release, chosen, lang) | _definition(release, chosen, lang),
        "trend": drawn if isinstance(drawn, Figure) else None,
        "trend_words": drawn if isinstance(drawn, str) else "",
        "levels": _levels(release, chosen, view, lang),
        "years": _years(release, chosen, view, lang),
        "forms": _forms(release, chosen, view, lang),
        "level": level_name(view.level, lang),
        "year": view.year,
        "missing_variables": missing_variables(release, chosen, lang),
        "coverage_href": Addresses(lang).page("/pokrycie"),
    }
    if view.year is not None:
        context |= _picture(release, chosen, view, lang)
        context |= _ranking(request, release, chosen, view, lang)
        ours = _asked(request, release, view.level)
        context["funnel"] = funnel_figure(release, chosen, view.level, view.year, ours, lang)
    return render(request, "indicator.html", context, lang, release)


def _picture(release: Release, indicator: Indicator, view: View, lang: Lang) -> dict[str, Any]:
    """Map and distribution of the chosen year."""
    assert view.year is not None
    to, t = Addresses(lang), strings(lang)
    shape = map_shape(release, view.level, view.form, lang)
    shading = shading_of(release, indicator.id, view.level, view.year, lang)
    cells = cells_of(release, indicator.id, view.level, view.year)
    missing = not_on_map(release, view.level, view.form, cells)
    level = level_name(view.level, lang)
    return {
        "map": {
            "title": f"{getattr(indicator.name, lang)}: {level}, {view.year}",
            "subtitle": subtitle(release, indicator, str(view.year), lang),
            "geometry": f"{to.prefix}/mapa/{view.level.value}-{view.form}-{shape.digest}.json",
            "values": to.page(f"/wskaznik/{indicator.id}/mapa.json", **view.query()),
            "picture": to.page(f"/wskaznik/{indicator.id}/mapa.svg", **view.query()),
            "link": to.unit_indicator("CODE", indicator.id),
            "ratio": f"{shape.shape['viewBox'][2]:g} / {shape.shape['viewBox'][3]:g}",
            "width": f"{shape.shape['viewBox'][2]:g}",
            "height": f"{shape.shape['viewBox'][3]:g}",
            "legend": [
                {
                    "swatch": legend_swatch(row.key, shading.palette),
                    "words": row.words,
                    "count": row.count,
                }
                for row in shading.legend
            ],
            "missing": t["not_on_map"].format(n=missing) if missing else "",
            "no_borders": not has_borders(release, view.level),
            "tiles": view.form == TILES,
        }
        if shape
        else None,
        "distribution": distribution(release, indicator, cells, level, view.year, None, lang),
    }


def _ranking(
    request: HttpRequest, release: Release, indicator: Indicator, view: View, lang: Lang
) -> dict[str, Any]:
    """One page of the ranking; ``?jst=`` opens the page of that unit."""
    assert view.year is not None
    cells = cells_of(release, indicator.id, view.level, view.year)
    placed = order(cells, indicator, release)
    pages = max(1, ceil(len(placed) / PAGE))
    asked = request.GET.get("jst", "").strip()
    unit = _asked(request, release, view.level)
    number = request.GET.get("strona", "")
    page = min(int(number), pages) if number.isdecimal() and int(number) > 0 else 1
    if unit is not None and not number:
        page = page_of(placed, unit.code)
    to, t = Addresses(lang), strings(lang)

    def link(target: int) -> str:
        query = view.query(strona=target, jst=unit.code if unit else "")
        return to.indicator(indicator.id, **query) + "#ranking"

    reach = places_within_reach(release, indicator.id, view.level, view.year)
    own = unit.code if unit else ""
    return {
        "places": places(release, placed, page, indicator, own, reach, lang),
        "has_reach": bool(reach),
        "small_base_note": small_base_words("small_base_note", release, indicator, lang)
        if None in reach.values()
        else "",
        "gaps": gap_counts(cells, lang),
        "page": page,
        "pages": pages,
        "previous": link(page - 1) if page > 1 else "",
        "next": link(page + 1) if page < pages else "",
        "first": link(1) if page > 1 else "",
        "last": link(pages) if page < pages else "",
        "asked": asked,
        "find_words": _find_words(asked, unit, cells, lang),
        "order_words": t[f"ranking_best_{indicator.better}"],
        "counted_words": f"{units_counted(len(placed), lang)}.",
        "page_words": t["page_of"].format(page=page, pages=pages),
        "hidden": view.query(),
    }


def _find_words(asked: str, unit: Unit | None, cells: Cells, lang: Lang) -> str:
    """Why the unit asked for is not in the order; "" where it is, or none was asked for."""
    t = strings(lang)
    if not asked:
        return ""
    if unit is None:
        return t["find_unknown"].format(asked=asked[:80])
    if cells.get(unit.code, (None, None))[0] is None:
        return t["find_gap"].format(name=title(unit, lang))
    return ""


def _asked(request: HttpRequest, release: Release, level: Level) -> Unit | None:
    """The unit of the level named by ``?jst=``."""
    asked = request.GET.get("jst", "").strip()
    return _found(release, asked, level) if asked else None


def _found(release: Release, asked: str, level: Level) -> Unit | None:
    """The unit of this level meant by a code or a name."""
    exact = release.territory.get(asked)
    if exact is not None and level in exact.levels:
        return exact
    return next((h.unit for h in search(release.territory, asked) if level in h.unit.levels), None)


def _levels(release: Release, indicator: Indicator, view: View, lang: Lang) -> list[dict[str, Any]]:
    to = Addresses(lang)
    return [
        {
            "name": level_name(level, lang),
            "href": to.indicator(indicator.id, poziom=level.value, mapa=view.form),
            "chosen": level is view.level,
        }
        for level in levels_with_data(release, indicator)
    ]


def _years(release: Release, indicator: Indicator, view: View, lang: Lang) -> list[dict[str, Any]]:
    to = Addresses(lang)
    return [
        {
            "year": year,
            "href": to.indicator(indicator.id, **view.query(rok=year)),
            "chosen": year == view.year,
        }
        for year in years_of_level(release, indicator, view.level)
    ]


def _forms(release: Release, indicator: Indicator, view: View, lang: Lang) -> list[dict[str, Any]]:
    """The two map forms as a switch; nothing to switch where borders are not known."""
    if not has_borders(release, view.level) or release.tiles(view.level) is None:
        return []
    to, t = Addresses(lang), strings(lang)
    return [
        {
            "name": t[f"map_{form}"],
            "href": to.indicator(indicator.id, **view.query(mapa=form)),
            "chosen": form == view.form,
        }
        for form in FORMS
    ]


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
        "sources": source_titles(release, indicator, lang),
        "years": release.years_of(indicator.id),
        "version": indicator.version,
        "reviewed": indicator.steward.reviewed.isoformat(),
    }
