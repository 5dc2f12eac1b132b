"""Sending what was found: whole or in a stream, known again by its ETag."""

from collections.abc import Iterator
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from smup.store.releases import Release
from smup.web.config.edition import edition
from smup.web.config.etags import held
from smup.web.config.packing import SMALL, coding_for, packed
from smup.web.open.answers import NO_CACHE, stream
from smup.web.open.releasing import lasting
from smup.web.sdmx.negotiation import Form

Response = TypeVar("Response", bound=HttpResponseBase)
_VARY = "Accept, Accept-Language, Accept-Encoding"
_SUFFIXES = {"csv1": "csv", "csv2": "csv", "json": "json"}


def known_already(request: HttpRequest, release: Release, form: Form) -> HttpResponse | None:
    """304 where the reader has this answer; None where it is to be made."""
    if not held(request.headers.get("If-None-Match", ""), _tag(release, form)):
        return None
    response = HttpResponse(status=304)
    del response.headers["Content-Type"]
    return _labelled(request, response, release, form)


def send(
    request: HttpRequest,
    release: Release,
    form: Form,
    pieces: Iterator[bytes],
    name: str,
    *,
    streamed: bool = False,
) -> HttpResponseBase:
    """The answer; its name is what a browser saves it under, its bytes follow from the release,
    the address and the two headers it varies by."""
    filename = f"{name}.{_SUFFIXES.get(form.format.name, 'xml')}"
    if streamed:
        response: HttpResponseBase = stream(pieces, form.format.content_type, filename=filename)
    else:
        response = _whole(request, b"".join(pieces), form.format.content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return _labelled(request, response, release, form)


def _whole(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """An answer in one piece, compressed here: what is kept for all readers is known by its
    address alone, and this one may vary by headers."""
    coding = coding_for(request) if len(body) > SMALL else None
    if coding is None:
        return HttpResponse(body, content_type=content_type)
    response = HttpResponse(packed(body, coding, lasting=False), content_type=content_type)
    response.headers["Content-Encoding"] = coding
    return response


def _labelled(request: HttpRequest, response: Response, release: Release, form: Form) -> Response:
    asked = request.GET.get("asOf", "")
    fixed = "format" in request.GET and "lang" in request.GET  # nothing is left to the headers
    response.headers["Cache-Control"] = lasting(asked, release) if fixed else NO_CACHE
    response.headers["ETag"] = _tag(release, form)
    response.headers["Vary"] = _VARY
    response.headers["Content-Language"] = form.lang
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _tag(release: Release, form: Form) -> str:
    return f'W/"{release.id}-{edition()}-{form.format.name}-{form.lang}-{form.labels}"'
