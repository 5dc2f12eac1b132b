"""``/jst/{code}/usluga/{service}``: one service of one unit in its four dimensions."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Dimension, Service
from smup.language import Lang
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.feeding import fed, waiting
from smup.telling.strings import strings
from smup.telling.units.cards import cards
from smup.telling.units.frontier import frontier_section, has_frontier
from smup.telling.units.services import dimension_names, indicators_by_service
from smup.telling.units.standing import Standing, standings
from smup.territory import Level, Unit
from smup.web.config.current import release_of
from smup.web.portal.page import render
from smup.web.portal.reading import asked_role, the_service, the_unit
from smup.web.portal.reports.offers import of_service
from smup.web.portal.views.unit import introduction

FRONTIER = "granica"  # worked out when asked for: it takes up to half a second


def unit_service(request: HttpRequest, code: str, service: str, lang: Lang) -> HttpResponse:
    """What the indicators of one service say about one unit, dimension by dimension."""
    release, to = release_of(request), Addresses(lang)
    chosen = the_service(release, service, lang)
    unit = the_unit(release, code, lang, f"/usluga/{service}")
    role = asked_role(request, unit)
    indicators = indicators_by_service(release).get(chosen.id, ())
    found = standings(release, unit, fed(release, indicators), role)
    dimensions = _dimensions(release, unit, found, role, lang)
    context = introduction(release, unit, role, lang) | {
        "roles": _roles(unit, chosen, role, lang),
        "service": getattr(chosen.name, lang),
        "what": getattr(chosen.what, lang),
        "service_href": to.service(chosen.id),
        "area": getattr(release.catalogue.areas[chosen.area].name, lang),
        "area_href": to.area(chosen.area),
        "compare_href": to.compare([unit.code], usluga=chosen.id, rola=role.value if role else ""),
        "reports": of_service(unit, chosen.id, role, lang) if found else [],
        "dimensions": [one for one in dimensions if one["cards"]],
        "without": _without([one["name"] for one in dimensions if not one["cards"]], lang),
        "context": cards(release, unit, _of(found, None), role, lang),
        "has_data": bool(found),
        "compared": any(one.summary for one in found),
        "waiting": waiting(release, indicators, lang),
    }
    if has_frontier(release, unit, chosen.id):
        if request.GET.get(FRONTIER) == "tak":
            context |= frontier_section(release, unit, chosen.id, lang)
        kept = {"rola": role.value if role else "", FRONTIER: "tak"}
        context["frontier_href"] = to.unit_service(unit.code, chosen.id, **kept)
    return render(request, "unit_service.html", context, lang, release)


def _roles(unit: Unit, service: Service, asked: Level | None, lang: Lang) -> list[dict[str, Any]]:
    """The switch of a city's role, which stays on the page of the service."""
    if len(unit.levels) < 2:
        return []
    to = Addresses(lang)
    return [
        {
            "name": strings(lang)[f"role_{level.value}"],
            "href": to.unit_service(unit.code, service.id, rola=level.value),
            "chosen": level is (asked or unit.level),
        }
        for level in unit.levels
    ]


def _dimensions(
    release: Release, unit: Unit, found: list[Standing], role: Level | None, lang: Lang
) -> list[dict[str, Any]]:
    return [
        {
            "id": dimension.value,
            "name": name,
            "cards": cards(release, unit, _of(found, dimension), role, lang),
        }
        for dimension, name in zip(Dimension, dimension_names(lang), strict=True)
    ]


def _of(found: list[Standing], dimension: Dimension | None) -> list[Standing]:
    return [one for one in found if one.indicator.dimension is dimension]


def _without(names: list[str], lang: Lang) -> str:
    """The dimensions nobody has data in; "" for none."""
    return strings(lang)["dimensions_without"].format(names=", ".join(names)) if names else ""
