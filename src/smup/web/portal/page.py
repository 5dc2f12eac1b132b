"""What every page shares: words, addresses, release, and the answer that may be cached."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from smup.language import Lang
from smup.store.releases import Release
from smup.telling.addresses import Addresses, in_other_language
from smup.telling.strings import strings
from smup.web.config.origin import origin
from smup.web.config.page_cache import cacheable
from smup.web.portal.older import older_notice, stay_in


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    lang: Lang,
    release: Release,
    status: int = 200,
) -> HttpResponse:
    """A page about numbers: a function of release and address alone, so it is cached."""
    shared = common(request, lang) | {"release": release.id, "areas_nav": areas(release, lang)}
    body = render_to_string(f"portal/{template}", shared | dict(context))
    if shared["older"]:
        body = stay_in(body, release.id)
    response = HttpResponse(body, status=status)
    return cacheable(response) if status == 200 else response


def common(request: HttpRequest, lang: Lang) -> dict[str, Any]:
    """Context that needs no release: error pages use it too."""
    return {
        "lang": lang,
        "t": strings(lang),
        "home": Addresses(lang).page("/"),
        "prefix": Addresses(lang).prefix,
        "address": request.path,
        "whole_address": request.get_full_path(),
        "other_language": in_other_language(request.path, request.GET.urlencode()),
        "in_polish": request.path if lang == "pl" else in_other_language(request.path, ""),
        "in_english": request.path if lang == "en" else in_other_language(request.path, ""),
        "figure_forms": figure_forms(lang),
        "operator": settings.SMUP_OPERATOR or strings(lang)["operator_unnamed"],
        "operator_named": bool(settings.SMUP_OPERATOR),
        "contact": settings.SMUP_CONTACT,
        "synthetic": _synthetic(request),
        "older": older_notice(request, lang),
        "origin": origin(request),
    }


def figure_forms(lang: Lang) -> list[tuple[str, str]]:
    """The files of a figure, each with its name."""
    t = strings(lang)
    return [(form, t[f"chart_{form}"]) for form in ("svg", "png", "csv", "xlsx", "json")]


def _synthetic(request: HttpRequest) -> bool:
    """Do invented figures serve? Pages without any figure say so too: one never has to wonder."""
    release: Release | None = getattr(request, "release", None)
    return release is not None and release.synthetic


def areas(release: Release, lang: Lang) -> list[dict[str, str]]:
    to = Addresses(lang)
    return [
        {"name": getattr(area.name, lang), "href": to.area(area.id)}
        for area in release.catalogue.areas.values()
    ]
