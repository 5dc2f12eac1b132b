"""Areas, services, indicators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.catalogue import Indicator
from smup.formats.records import indicator_summary
from smup.language import Lang
from smup.store.releases import Release
from smup.territory import Level
from smup.web.api.answering import answering, asked_release
from smup.web.api.schemas import definitions as schemas
from smup.web.open.answers import head, json, language
from smup.web.open.parameters import one_of, the_indicator

router = Router()


@router.get("/indicators", response=schemas.Indicators)
@answering("area", "service", "lang")
def indicators(
    request: HttpRequest, area: str = "", service: str = "", lang: str = "pl"
) -> HttpResponse:
    """Indicators of the release, of one area or service where asked."""
    release, words = asked_release(request), language(lang)
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
@answering("lang")
def indicator(request: HttpRequest, id: str, lang: str = "pl") -> HttpResponse:  # noqa: A002 (name in the address)
    """One indicator: definition, formula, limitations, years."""
    release, words = asked_release(request), language(lang)
    found = the_indicator(release, id, "id")
    return json(head(release) | _record(release, found, words))


@router.get("/areas", response=schemas.Areas)
@answering("lang")
def areas(request: HttpRequest, lang: str = "pl") -> HttpResponse:
    release, words = asked_release(request), language(lang)
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
@answering("lang")
def services(request: HttpRequest, lang: str = "pl") -> HttpResponse:
    release, words = asked_release(request), language(lang)
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
