"""Areas and services: what belongs to them, who provides it, which figures there are."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Dimension, Indicator, Service
from smup.language import Lang
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.feeding import fed, waiting_words
from smup.telling.indicators.country_rows import country_row
from smup.telling.methodology import address_of
from smup.telling.strings import strings
from smup.web.config.current import release_of
from smup.web.portal.page import render
from smup.web.portal.reading import the_area, the_service

LEADING = 3  # indicators of a service on the page of its area


def area(request: HttpRequest, area: str, lang: Lang) -> HttpResponse:
    release = release_of(request)
    chosen = the_area(release, area, lang)
    catalogue = release.catalogue
    loose = [i for i in catalogue.indicators_of(area=chosen.id) if i.service is None]
    context = {
        "area": {"name": getattr(chosen.name, lang), "summary": getattr(chosen.summary, lang)},
        "services": [_in_area(release, one, lang) for one in catalogue.services_of(chosen.id)],
        "loose": [country_row(release, one, lang) for one in loose],
    }
    return render(request, "area.html", context, lang, release)


def service(request: HttpRequest, service: str, lang: Lang) -> HttpResponse:
    release = release_of(request)
    chosen = the_service(release, service, lang)
    area, to = release.catalogue.areas[chosen.area], Addresses(lang)
    others = [s for s in release.catalogue.services_of(chosen.area) if s.id != chosen.id]
    context = {
        "service": _introduced(chosen, lang),
        "area": {"name": getattr(area.name, lang), "href": to.area(area.id)},
        "parts": _parts(release, chosen, lang),
        "facts": _facts(chosen, lang),
        "others": [{"name": getattr(one.name, lang), "href": to.service(one.id)} for one in others],
    }
    return render(request, "service.html", context, lang, release)


def _introduced(service: Service, lang: Lang) -> dict[str, str]:
    t = strings(lang)
    return {
        "name": getattr(service.name, lang),
        "what": getattr(service.what, lang),
        "href": Addresses(lang).service(service.id),
        "methodology": address_of(lang)(f"service:{service.id}"),
        "levels": ", ".join(t[f"task_of_{level}"] for level in service.levels),
    }


def _facts(service: Service, lang: Lang) -> list[dict[str, str]]:
    """Who must provide it, how, with whom to compare."""
    t = strings(lang)
    told = {
        "service_duty": service.duty,
        "service_delivery": service.delivery,
        "service_comparing": service.comparing,
        "service_legal": service.legal_basis,
    }
    return [{"name": t[key], "words": getattr(text, lang)} for key, text in told.items()]


def _in_area(release: Release, service: Service, lang: Lang) -> dict[str, Any]:
    """A service with its leading indicators, those with figures first."""
    own = release.catalogue.indicators_of(service=service.id)
    having = fed(release, own)
    leading = [*_first(having), *_first(one for one in own if one not in having)][:LEADING]
    return _introduced(service, lang) | {
        "rows": [country_row(release, one, lang) for one in leading],
        "more": strings(lang)["service_all"].format(n=len(own)) if len(own) > LEADING else "",
        "waiting": waiting_words(len(own) - len(having), lang),
    }


def _first(indicators: Iterable[Indicator]) -> list[Indicator]:
    """Those that say how the service fares before those that describe its surroundings."""
    return sorted(indicators, key=lambda one: one.dimension is None)


def _parts(release: Release, service: Service, lang: Lang) -> list[dict[str, Any]]:
    """The indicators by dimension, a dimension without any with the reason, context last."""
    t = strings(lang)
    own = release.catalogue.indicators_of(service=service.id)
    parts = []
    for dimension in (*Dimension, None):
        members = [one for one in own if one.dimension is dimension]
        missing = service.missing.get(dimension) if dimension else None
        if not members and missing is None:
            continue
        key = f"dimension_{dimension.value}" if dimension else "context"
        parts.append(
            {
                "id": key.replace("_", "-"),
                "name": t[f"{key}_heading"],
                "rows": [country_row(release, one, lang) for one in members],
                "missing": getattr(missing, lang) if missing else "",
            }
        )
    return parts
