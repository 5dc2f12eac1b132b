"""Areas, services, indicators, units, releases."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.catalogue import Indicator
from smup.formats.records import indicator_summary, unit_record, unit_summary
from smup.language import Lang
from smup.store.releases import Release
from smup.territory import Kind, Level
from smup.territory.search import search
from smup.web.api import schemas
from smup.web.api.answers import current, fresh_json, head, json, language
from smup.web.api.parameters import one_of, only, the_indicator, the_unit
from smup.web.config.current import releases

router = Router()
FOUND = 50


@router.get("/units", response=schemas.Units)
@only("query", "kind")
def units(request: HttpRequest, query: str = "", kind: str = "") -> HttpResponse:
    """Units whose name or code matches ``query``, best first; all units without it.

    ``kind`` is an exact kind, or ``gmina`` / ``powiat`` for the level with its cities.
    """
    release = current(request)
    hits: list[tuple[Any, float | None]] = (
        [(hit.unit, hit.score) for hit in search(release.territory, query, limit=FOUND)]
        if query
        else [(unit, None) for unit in release.territory]
    )
    if kind:
        one_of(kind, [*Level, *Kind], "kind")
        hits = [(u, s) for u, s in hits if kind in (u.kind, *u.levels)]
    rows = [unit_summary(u, release.territory) | {"score": score} for u, score in hits]
    return json(head(release) | {"units": rows})


@router.get("/units/{code}", response=schemas.UnitRecord)
@only()
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit by its code or any alias; the answer gives the stable code."""
    release = current(request)
    found = the_unit(release, code, "code")
    return json(head(release) | unit_record(found, release.territory))


@router.get("/indicators", response=schemas.Indicators)
@only("area", "service", "lang")
def indicators(
    request: HttpRequest, area: str = "", service: str = "", lang: str = "pl"
) -> HttpResponse:
    """Indicators of the release, of one area or service where asked."""
    release, words = current(request), language(lang)
    if area:
        one_of(area, release.catalogue.areas, "area")
    if service:
        one_of(service, release.catalogue.services, "service")
    rows = [
        indicator_summary(i, release.catalogue, release.years_of(i.id), words)
        for i in _published(release)
        if area in ("", i.area) and service in ("", i.service)
    ]
    return json(head(release) | {"indicators": rows})


@router.get("/indicators/{id}", response=schemas.IndicatorRecord)
@only("lang")
def indicator(request: HttpRequest, id: str, lang: str = "pl") -> HttpResponse:  # noqa: A002 (name in the address)
    """One indicator: definition, formula, limitations, years."""
    release, words = current(request), language(lang)
    found = the_indicator(release, id, "id")
    return json(head(release) | _record(release, found, words))


@router.get("/areas", response=schemas.Areas)
@only("lang")
def areas(request: HttpRequest, lang: str = "pl") -> HttpResponse:
    release, words = current(request), language(lang)
    rows = [
        {
            "id": area.id,
            "number": area.number,
            "name": getattr(area.name, words),
            "summary": getattr(area.summary, words),
        }
        for area in release.catalogue.areas.values()
    ]
    return json(head(release) | {"areas": rows})


@router.get("/services", response=schemas.Services)
@only("lang")
def services(request: HttpRequest, lang: str = "pl") -> HttpResponse:
    release, words = current(request), language(lang)
    rows = [
        {
            "id": service.id,
            "area": service.area,
            "name": getattr(service.name, words),
            "what": getattr(service.what, words),
            "levels": list(service.levels),
            "indicators": [i.id for i in _published(release) if i.service == service.id],
        }
        for service in release.catalogue.services.values()
    ]
    return json(head(release) | {"services": rows})


@router.get("/releases", response=schemas.Releases)
@only()
def release_list(request: HttpRequest) -> HttpResponse:
    """Every release of the store, oldest source date first."""
    return fresh_json({"releases": [info.as_dict() for info in releases().list()]})


def _published(release: Release) -> list[Indicator]:
    return list(release.catalogue.shown)


def _record(release: Release, indicator: Indicator, lang: Lang) -> dict[str, Any]:
    summary = indicator_summary(indicator, release.catalogue, release.years_of(indicator.id), lang)
    texts = ("question", "what_it_shows", "limitations")
    return summary | {
        "names": indicator.name.model_dump(),
        **{key: getattr(indicator, key).model_dump() for key in texts},
        "formula": indicator.formula,
        "aggregate": indicator.aggregate,
        "comparable_over_time": indicator.comparable_over_time,
        "kinds": list(indicator.kinds),
        "cities": indicator.cities,
        "version": indicator.version,
        "default_year": {
            level.value: release.default_year(indicator.id, level)
            for level in (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)
        },
    }
