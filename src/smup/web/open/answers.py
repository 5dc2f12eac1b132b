"""What a face returns: bytes that depend on release and address alone, open to any origin."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpResponse, StreamingHttpResponse

from smup.language import Lang
from smup.store.releases import Release
from smup.web.config.page_cache import cacheable
from smup.web.open.problems import Problem

NO_CACHE, FOREVER = "public, no-cache", "public, max-age=31536000, immutable"
_OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*"}


def head(release: Release) -> dict[str, Any]:
    """What every answer made of a release begins with: which, and whether its figures are
    invented."""
    return {"release": release.id, "synthetic": release.synthetic}


def json(body: dict[str, Any], cache_control: str = NO_CACHE) -> HttpResponse:
    """An answer that is a function of release and address: kept in memory, asked again by ETag."""
    return content(orjson.dumps(body), "application/json", cache_control=cache_control)


def content(
    body: bytes, content_type: str, *, filename: str = "", cache_control: str = NO_CACHE
) -> HttpResponse:
    """The same of any type; ``filename`` is what a browser saves it under."""
    return cacheable(
        HttpResponse(body, content_type=content_type, headers=_headers(filename)), cache_control
    )


def fresh_json(body: dict[str, Any]) -> HttpResponse:
    """For the few answers that are not a function of the release."""
    headers = {**_OPEN, "Cache-Control": "no-cache"}
    return HttpResponse(orjson.dumps(body), content_type="application/json", headers=headers)


def stream(
    chunks: Iterable[bytes],
    content_type: str,
    *,
    filename: str = "",
    cache_control: str = NO_CACHE,
) -> StreamingHttpResponse:
    """An answer too large to hold: sent while it is made, kept by nobody here.

    An error on the way leaves what cannot be read to its end (``config.front``), so that half an
    answer never looks whole.
    """
    headers = {**_headers(filename), "Cache-Control": cache_control}
    response = StreamingHttpResponse(chunks, content_type=content_type, headers=headers)
    response.smup_streamed = True  # the page cache compresses it on its way
    return response


def _headers(filename: str) -> dict[str, str]:
    """``filename`` is ours and plain ASCII."""
    return _OPEN | (
        {"Content-Disposition": f'attachment; filename="{filename}"'} if filename else {}
    )


def language(lang: str) -> Lang:
    """``lang=pl`` or ``lang=en``. Raises Problem 400."""
    if lang == "pl":
        return "pl"
    if lang == "en":
        return "en"
    raise Problem(400, f"Nieznany język „{lang[:40]}”. Dozwolone: pl, en.", "lang", ["pl", "en"])
