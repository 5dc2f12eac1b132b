"""What an endpoint returns: bytes that depend on release and address alone, open to any origin."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from smup.language import Lang
from smup.store.releases import Release
from smup.web.api.problems import Problem
from smup.web.config.current import NoReleaseServing, release_of
from smup.web.config.page_cache import cacheable


def current(request: HttpRequest) -> Release:
    """The release of the request. Raises Problem 503 while there is none."""
    try:
        return release_of(request)
    except NoReleaseServing:
        detail = "Nie zbudowano jeszcze żadnego wydania danych."
        raise Problem(503, detail, "") from None


def head(release: Release) -> dict[str, Any]:
    """What every answer made of a release begins with: which, and whether its figures are
    invented."""
    return {"release": release.id, "synthetic": release.synthetic}


def json(body: dict[str, Any]) -> HttpResponse:
    return cacheable(_response(body))


def fresh_json(body: dict[str, Any]) -> HttpResponse:
    """For the few answers that are not a function of the release."""
    response = _response(body)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _response(body: dict[str, Any]) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(body),
        content_type="application/json",
        headers={"Access-Control-Allow-Origin": "*"},
    )


def language(lang: str) -> Lang:
    """``lang=pl`` or ``lang=en``. Raises Problem 400."""
    if lang == "pl":
        return "pl"
    if lang == "en":
        return "en"
    raise Problem(400, f"Nieznany język „{lang[:40]}”. Dozwolone: pl, en.", "lang", ["pl", "en"])
