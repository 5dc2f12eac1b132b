"""Areas and services: what belongs to them, which indicators carry figures."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Indicator, Service
from smup.language import Lang
from smup.store.releases import Release
from smup.web.config.current import release_of
from smup.web.portal.addresses import Addresses
from smup.web.portal.feeding import is_fed, suppliers
from smup.web.portal.methodology import address_of
from smup.web.portal.naming import year_span
from smup.web.portal.page import render
from smup.web.portal.reading import the_area, the_service
from smup.web.portal.strings import strings


def area(request: HttpRequest, area: str, lang: Lang) -> HttpResponse:
    release = release_of(request)
    chosen = the_area(release, area, lang)
    catalogue = release.catalogue
    own = catalogue.indicators_of(area=chosen.id)
    services = [service_entry(release, s, lang) for s in catalogue.services_of(chosen.id)]
    context = {
        "area": {"name": getattr(chosen.name, lang), "summary": getattr(chosen.summary, lang)},
        "services": [s for s in services if s["indicators"]],
        "without": [s for s in services if not s["indicators"]],
        "loose": [indicator_entry(release, i, lang) for i in own if i.service is None],
    }
    return render(request, "area.html", context, lang, release)


def service(request: HttpRequest, service: str, lang: Lang) -> HttpResponse:
    release = release_of(request)
    chosen = the_service(release, service, lang)
    area = release.catalogue.areas[chosen.area]
    context = {
        "service": service_entry(release, chosen, lang),
        "area": {"name": getattr(area.name, lang), "href": Addresses(lang).area(area.id)},
    }
    return render(request, "service.html", context, lang, release)


def service_entry(release: Release, service: Service, lang: Lang) -> dict[str, Any]:
    t = strings(lang)
    indicators = release.catalogue.indicators_of(service=service.id)
    return {
        "name": getattr(service.name, lang),
        "what": getattr(service.what, lang),
        "href": Addresses(lang).service(service.id),
        "methodology": address_of(lang)(f"service:{service.id}"),
        "levels": ", ".join(t[f"task_of_{level}"] for level in service.levels),
        "indicators": [indicator_entry(release, i, lang) for i in indicators],
    }


def indicator_entry(release: Release, indicator: Indicator, lang: Lang) -> dict[str, str]:
    measure = release.catalogue.measures[indicator.unit]
    dimension = indicator.dimension
    return {
        "name": getattr(indicator.name, lang),
        "question": getattr(indicator.question, lang),
        "href": Addresses(lang).indicator(indicator.id),
        "measure": getattr(measure.symbol, lang),
        "years": year_span(release.years_of(indicator.id)),
        "suppliers": "" if is_fed(release, indicator) else ", ".join(suppliers(release, indicator)),
        "dimension": strings(lang)[f"dimension_{dimension.value}"] if dimension else "",
    }
