"""``/metodologia``: how the figures are made, a page for every definition, the printable whole."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from smup.catalogue import Area
from smup.describe import (
    Speaker,
    glossary_page,
    indicator_page,
    method_page,
    methodology,
    service_page,
)
from smup.describe.reading import role_words
from smup.documents.pdf import pdf
from smup.language import Lang
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.methodology import ROOT, address_of, anchor_of, chapters, shown
from smup.telling.strings import strings
from smup.web.config.current import release_of
from smup.web.config.edition import edition
from smup.web.config.etags import held
from smup.web.config.paths import paths
from smup.web.portal.errors import being_made
from smup.web.portal.page import render
from smup.web.portal.printed import printer
from smup.web.portal.reading import the_indicator, the_service


def index(request: HttpRequest, lang: Lang) -> HttpResponse:
    """How figures are made, then every service and indicator by area."""
    release = release_of(request)
    speaker, to = Speaker(release.catalogue, lang), Addresses(lang)
    areas = [_area(speaker, area) for area in release.catalogue.areas.values()]
    context = {
        "page": shown(method_page(speaker), lang, level=3),
        "listed": [area for area in areas if area["services"] or area["loose"]],
        "whole": to.page(f"{ROOT}/calosc"),
        "pdf": to.page(f"{ROOT}.pdf"),
        "glossary": to.page(f"{ROOT}/slownik"),
    }
    return render(request, "methodology.html", context, lang, release)


def indicator(request: HttpRequest, indicator: str, lang: Lang) -> HttpResponse:
    release, to = release_of(request), Addresses(lang)
    one = the_indicator(release, indicator, lang, lambda i: address_of(lang)(f"indicator:{i}"))
    speaker = Speaker(release.catalogue, lang)
    context = {
        "page": shown(indicator_page(speaker, one.id), lang),
        "over": role_words(speaker, one),
        "figures": to.indicator(one.id),
        "figures_words": strings(lang)["to_figures"],
        "crumbs": _crumbs(release, one.area, one.service, lang),
    }
    return render(request, "methodology_page.html", context, lang, release)


def service(request: HttpRequest, service: str, lang: Lang) -> HttpResponse:
    release = release_of(request)
    one = the_service(release, service, lang)
    context = {
        "page": shown(service_page(Speaker(release.catalogue, lang), one.id), lang),
        "over": strings(lang)["in_service"],
        "figures": Addresses(lang).service(one.id),
        "figures_words": strings(lang)["to_service_figures"],
        "crumbs": _crumbs(release, one.area, None, lang),
    }
    return render(request, "methodology_page.html", context, lang, release)


def glossary(request: HttpRequest, lang: Lang) -> HttpResponse:
    release = release_of(request)
    context = {
        "page": shown(glossary_page(Speaker(release.catalogue, lang)), lang),
        "crumbs": [],
    }
    return render(request, "methodology_page.html", context, lang, release)


def whole(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Everything on one page, to be printed."""
    release = release_of(request)
    book = methodology(Speaker(release.catalogue, lang), release.id, release.synthetic)
    context = {
        "book": book,
        "chapters": chapters(book),
        "pdf": Addresses(lang).page(f"{ROOT}.pdf"),
    }
    return render(request, "methodology_whole.html", context, lang, release)


def printed(request: HttpRequest, lang: Lang) -> HttpResponseBase:
    """The whole as a PDF, made when first asked for and kept beside the releases."""
    release = release_of(request)
    path = paths().home / "documents" / f"metodologia-{lang}" / f"{release.id}-{edition()}.pdf"

    def make() -> bytes:
        return pdf(methodology(Speaker(release.catalogue, lang), release.id, release.synthetic))

    if not printer().ready(path, make):
        return being_made(request)
    headers = {"Cache-Control": "public, no-cache", "ETag": f'"{path.stem}"'}
    if held(request.headers.get("If-None-Match", ""), headers["ETag"]):
        return HttpResponse(status=304, headers=headers)
    name = f"metodologia-{lang}-{release.id}.pdf"
    return FileResponse(
        path.open("rb"), content_type="application/pdf", filename=name, headers=headers
    )


def _area(speaker: Speaker, area: Area) -> dict[str, Any]:
    """Every service and indicator of an area with its address and its anchor."""
    catalogue = speaker.catalogue
    own = [i.id for i in catalogue.indicators.values() if i.area == area.id and i.is_shown]
    services = [
        _entry(speaker, f"service:{s.id}", speaker.text(s.name), "")
        | {"indicators": _entries(speaker, [i for i in own if _service_of(speaker, i) == s.id])}
        for s in catalogue.services_of(area.id)
    ]
    return {
        "id": area.id,
        "name": speaker.text(area.name),
        "services": services,
        "loose": _entries(speaker, [i for i in own if _service_of(speaker, i) is None]),
    }


def _service_of(speaker: Speaker, indicator: str) -> str | None:
    return speaker.catalogue.indicators[indicator].service


def _entries(speaker: Speaker, indicators: list[str]) -> list[dict[str, str]]:
    found = []
    for one in (speaker.catalogue.indicators[i] for i in indicators):
        side = speaker.say(f"dimension_{one.dimension}" if one.dimension else "contextual")
        name = speaker.text(one.name)
        found.append(_entry(speaker, f"indicator:{one.id}", name, side.lower()))
    return found


def _entry(speaker: Speaker, page: str, name: str, note: str) -> dict[str, str]:
    href = address_of(speaker.lang)(page)
    return {"id": anchor_of(page), "name": name, "href": href, "note": note}


def _crumbs(release: Release, area: str, service: str | None, lang: Lang) -> list[dict[str, str]]:
    """Area, and service where there is one, as they stand in the methodology."""
    speaker, to = Speaker(release.catalogue, lang), address_of(lang)
    name = speaker.text(release.catalogue.areas[area].name)
    found = [{"name": name, "href": f"{to('method')}#{area}"}]
    if service:
        link = speaker.service_link(service)
        found.append({"name": link.text, "href": to(link.to)})
    return found
