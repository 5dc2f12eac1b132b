"""The addresses of the face: parameters in, a document out as JSON or as a page."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from smup.web.ogc import documents, features, openapi, pages
from smup.web.ogc.asked import PAGING, Asked, asked_of, form_of, layer_of, part_of
from smup.web.ogc.columns import columns_of
from smup.web.ogc.layers import FILTERS, LAYERS, Layer, units_of
from smup.web.ogc.links import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Link
from smup.web.ogc.words import words
from smup.web.open.answers import content
from smup.web.open.problems import Problem, face

View = Callable[..., HttpResponseBase]
Draw = Callable[[], pages.Content]


def _address(view: View) -> View:
    """A view of the face; who asked for a page gets a refusal as a page."""

    @wraps(view)
    def kindly(request: HttpRequest, **places: str) -> HttpResponseBase:
        try:
            return view(request, **places)
        except Problem as problem:
            if form_of(request) != "html":
                raise
            body = pages.refusal(request, problem)
            headers = {"Cache-Control": "no-store", "Vary": "Accept"}
            return HttpResponse(body, status=problem.status, headers=headers)

    return face()(kindly)


@_address
def landing(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request)
    return _answer(request, asked, JSON, documents.landing(asked), lambda: pages.landing(asked), ())


@_address
def conformance(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request)
    told = documents.conformance(asked)
    return _answer(request, asked, JSON, told, lambda: pages.conformance(asked), ("conformance",))


@_address
def api(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request)
    told = openapi.definition(asked)
    return _answer(request, asked, OPENAPI, told, lambda: pages.api(asked, told), ("api",))


@_address
def collections(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request)
    told = documents.collections(asked)
    return _answer(request, asked, JSON, told, lambda: pages.collections(asked), ("collections",))


@_address
def collection(request: HttpRequest, name: str) -> HttpResponse:
    layer, asked = layer_of(LAYERS, name), asked_of(request)
    told = documents.collection(asked, layer)
    return _answer(
        request, asked, JSON, told, lambda: pages.collection(asked, layer), ("collections", name)
    )


@_address
def queryables(request: HttpRequest, name: str) -> HttpResponse:
    layer, asked = layer_of(LAYERS, name), asked_of(request)
    told = documents.queryables(asked, layer)
    way = ("collections", name, "queryables")
    return _answer(request, asked, SCHEMA, told, lambda: pages.queryables(asked, layer), way)


@_address
def schema(request: HttpRequest, name: str) -> HttpResponse:
    layer, asked = layer_of(LAYERS, name), asked_of(request)
    columns = columns_of(asked, layer)
    told = documents.schema(asked, layer, columns)
    way = ("collections", name, "schema")
    return _answer(
        request, asked, SCHEMA, told, lambda: pages.properties(asked, layer, columns), way
    )


@_address
def items(request: HttpRequest, name: str) -> HttpResponse:
    """A page of features: GeoJSON, or a table."""
    layer, asked = layer_of(LAYERS, name), asked_of(request, *PAGING, *FILTERS)
    part, columns = part_of(request, asked.form), columns_of(asked, layer)
    page = features.page_of(asked, layer, part, columns)
    links = _links(request, asked, layer, page)
    way = ("collections", name, "items")
    if asked.form == "html":
        drawn = pages.items(asked, layer, columns, page) | {"pager": links}
        return _answer(request, asked, HTML, {}, lambda: drawn, way)
    body = features.collection(asked, layer, columns, page, links)
    return _negotiated(asked, content(body, GEOJSON))


@_address
def feature(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """One unit by its code or any alias."""
    layer, asked = layer_of(LAYERS, name), asked_of(request, "crs")
    part_of(request, asked.form)  # refuses another system of coordinates
    unit = asked.release.territory.get(code)
    if unit is None or unit.code not in units_of(asked.release, layer):
        raise Problem(404, f"W kolekcji „{name}” nie ma jednostki „{code[:40]}”.", "featureId")
    columns = columns_of(asked, layer)
    path = f"/collections/{name}/items/{unit.code}"
    if asked.form == "html":
        way = ("collections", name, "items", unit.code)
        return _answer(
            request, asked, HTML, {}, lambda: pages.feature(asked, layer, columns, unit.code), way
        )
    t = words(asked.lang)
    links = [
        *asked.links.both(path, unit.name, asked.form, GEOJSON),
        asked.links.link("collection", f"/collections/{name}", t[name]),
    ]
    body = features.feature(asked, layer, columns, unit.code, links)
    return _negotiated(asked, content(body, GEOJSON))


@_address
def unknown(request: HttpRequest) -> HttpResponse:
    known = ["/ogc", "/ogc/api", "/ogc/conformance", "/ogc/collections"]
    raise Problem(404, f"Nie ma adresu {request.path[:80]}.", "", known)


def _links(request: HttpRequest, asked: Asked, layer: Layer, page: features.Page) -> list[Link]:
    """This page, its other form, the pages beside it and the collection."""
    t, path = words(asked.lang), f"/collections/{layer.id}/items"
    kind = HTML if asked.form == "html" else GEOJSON
    own = {n: request.GET[n] for n in (*PAGING, *FILTERS) if request.GET.get(n)}
    found = asked.links.both(path, t["items"], asked.form, GEOJSON, own)
    for rel, offset in (("next", page.next), ("prev", page.previous)):
        if offset is not None:
            beside = own | {"limit": page.limit, "offset": offset}
            title = t["next" if rel == "next" else "previous"]
            found.append(asked.links.link(rel, path, title, kind, beside))
    return [*found, asked.links.link("collection", f"/collections/{layer.id}", t[layer.id])]


def _answer(
    request: HttpRequest,
    asked: Asked,
    kind: str,
    told: Mapping[str, Any],
    draw: Draw,
    way: Sequence[str],
) -> HttpResponse:
    """A document in the form asked for."""
    if asked.form == "html":
        body = pages.drawn(request, asked, draw(), way).encode()
        kind = "text/html; charset=utf-8"
    else:
        body = orjson.dumps(told)
    return _negotiated(asked, content(body, kind))


def _negotiated(asked: Asked, response: HttpResponse) -> HttpResponse:
    if asked.negotiated:
        patch_vary_headers(response, ["Accept"])
    return response
