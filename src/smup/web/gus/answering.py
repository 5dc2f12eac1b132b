"""Which page of which rows: what all paths of the façade do with a list in the same way."""

import orjson
from django.http import HttpRequest, HttpResponse

from smup.formats.gus.records import Record
from smup.language import Lang
from smup.store.releases import Release
from smup.web.gus.sieve import filtered, sorted_by
from smup.web.open.answers import content, head, language
from smup.web.open.parameters import one_of, whole_number

PAGING = ("filters", "sorts", "page", "page-size", "lang", "koperta")
MOST = 5000  # rows of a page, as in the official interface


def lang_of(request: HttpRequest) -> Lang:
    return language(request.GET.get("lang") or "pl")


def listed(
    request: HttpRequest, release: Release, rows: list[Record], *, wrapped: bool = False
) -> HttpResponse:
    """The page asked for: a bare array, or with ``wrapped`` an object with it under ``data``.

    ``koperta=1`` or ``0`` chooses the other one. How many rows there are stands in headers too.
    """
    given = request.GET
    found = sorted_by(filtered(rows, given.get("filters", "")), given.get("sorts", ""))
    size = whole_number(given.get("page-size") or str(MOST), "page-size", most=MOST)
    page = whole_number(given.get("page") or "1", "page")
    told = found[(page - 1) * size : page * size]
    pages = -(-len(found) // size)
    if asked := given.get("koperta", ""):
        wrapped = one_of(asked, ("0", "1"), "koperta") == "1"
    place = {"page-number": page, "page-size": size, "page-count": pages, "total": len(found)}
    body: object = {**head(release), **place, "data": told} if wrapped else told
    response = content(orjson.dumps(body), "application/json")
    for name, value in place.items():
        response.headers[f"SMUP-{name.title()}"] = str(value)
    return _marked(response, release)


def card(release: Release, record: Record) -> HttpResponse:
    return _marked(content(orjson.dumps(record), "application/json"), release)


def _marked(response: HttpResponse, release: Release) -> HttpResponse:
    """A bare array has no place to say which release it is of and whether that is invented."""
    response.headers["SMUP-Release"] = release.id
    response.headers["SMUP-Synthetic"] = "true" if release.synthetic else "false"
    return response
