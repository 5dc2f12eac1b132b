"""The documents that lead to the features: landing page, conformance, collections, schemas."""

from collections.abc import Mapping, Sequence
from typing import Any

from smup.language import format_number
from smup.web.ogc.asked import CRS84, Asked
from smup.web.ogc.columns import Column
from smup.web.ogc.layers import FACTS, FILTERS, LAYERS, Layer, units_of
from smup.web.ogc.links import GEOJSON, HTML, OPENAPI, QUERYABLES, SCHEMA, Link
from smup.web.ogc.words import words
from smup.web.open.answers import head
from smup.web.open.shapes import shapes_of

Document = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/{one}"
    for one in (
        "ogcapi-common-1/1.0/conf/core",
        "ogcapi-common-2/1.0/conf/collections",
        "ogcapi-features-1/1.0/conf/core",
        "ogcapi-features-1/1.0/conf/oas30",
        "ogcapi-features-1/1.0/conf/html",
        "ogcapi-features-1/1.0/conf/geojson",
        "ogcapi-features-3/1.0/conf/queryables",
        "ogcapi-features-3/1.0/conf/queryables-query-parameters",
    )
)


def landing(asked: Asked) -> Document:
    t, links = words(asked.lang), asked.links
    return {
        **head(asked.release),
        "title": titled(asked, t["title"]),
        "description": t["lead"],
        "links": [
            *links.both("/", t["landing"], asked.form),
            links.link("service-desc", "/api", t["api"], OPENAPI),
            links.link("service-doc", "/api", t["api"], HTML),
            links.link("conformance", "/conformance", t["conformance"]),
            links.link("data", "/collections", t["collections"]),
            _license(asked),
        ],
    }


def conformance(asked: Asked) -> Document:
    t = words(asked.lang)
    return {
        "conformsTo": list(CONFORMANCE),
        "links": asked.links.both("/conformance", t["conformance"], asked.form),
    }


def collections(asked: Asked) -> Document:
    t = words(asked.lang)
    return {
        **head(asked.release),
        "links": asked.links.both("/collections", t["collections"], asked.form),
        "collections": [collection(asked, layer) for layer in LAYERS.values()],
    }


def collection(asked: Asked, layer: Layer) -> Document:
    """One layer: where it lies and where its features, properties and filters are."""
    t, links, path = words(asked.lang), asked.links, f"/collections/{layer.id}"
    bounds = shapes_of(asked.release, layer.level).bounds
    spatial = {"spatial": {"bbox": [list(bounds)], "crs": CRS84}} if bounds else {}
    return {
        "id": layer.id,
        "title": titled(asked, t[layer.id]),
        "description": description(asked, layer),
        "itemType": "feature",
        "extent": {**spatial, "temporal": {"interval": [[None, None]], "trs": GREGORIAN}},
        "crs": [CRS84],
        "storageCrs": CRS84,
        "links": [
            *links.both(path, t[layer.id], asked.form),
            links.link("items", f"{path}/items", t["items"], GEOJSON),
            links.link("items", f"{path}/items", t["items"], HTML),
            links.link("describedby", f"{path}/schema", t["schema"], SCHEMA),
            links.link(QUERYABLES, f"{path}/queryables", t["queryables"], SCHEMA),
            _license(asked),
        ],
    }


def description(asked: Asked, layer: Layer) -> str:
    """How many units, and what their geometry is: never an outline that is none."""
    t, units = words(asked.lang), units_of(asked.release, layer)
    shapes = shapes_of(asked.release, layer.level)
    without = [code for code in units if code not in shapes.encoded]
    told = [
        t[f"{layer.id}_lead"].format(n=format_number(len(units), 0, asked.lang)),
        t[shapes.form],
    ]
    if without:
        told.append(t["without"].format(codes=", ".join(without)))
    return " ".join(told)


def queryables(asked: Asked, layer: Layer) -> Document:
    """Properties that may be asked for by value."""
    path = f"/collections/{layer.id}/queryables"
    return {
        "$schema": DIALECT,
        "$id": asked.links.address(path),
        "type": "object",
        "title": titled(asked, words(asked.lang)[layer.id]),
        "properties": {name: _fact(asked, name) for name in FILTERS},
        "additionalProperties": False,
    }


def schema(asked: Asked, layer: Layer, columns: Sequence[Column]) -> Document:
    """A feature of the collection with the columns asked for; a gap is null in any of them."""
    found: dict[str, Mapping[str, Any]] = {name: _fact(asked, name) for name in FACTS}
    for column in columns:
        found |= column.schema(asked)
    if asked.release.synthetic:
        found["synthetic"] = {"type": "boolean"}
    return {
        "$schema": DIALECT,
        "$id": asked.links.address(f"/collections/{layer.id}/schema"),
        "type": "object",
        "title": titled(asked, words(asked.lang)[layer.id]),
        "description": words(asked.lang)["schema_lead"],
        "properties": {
            "type": {"type": "string"},
            "id": {"type": "string"},
            "geometry": {"type": "object"},
            "properties": {"type": "object", "properties": found},
        },
    }


def titled(asked: Asked, title: str) -> str:
    """A name that says so where the figures are invented."""
    mark = words(asked.lang)["synthetic_name"]
    return f"[{mark}] {title}" if asked.release.synthetic else title


def _fact(asked: Asked, name: str) -> dict[str, Any]:
    return {**FACTS[name], "title": words(asked.lang)[f"fact_{name}"]}


def _license(asked: Asked) -> Link:
    """Every source has its own; the page of releases lists them."""
    prefix = "/en" if asked.lang == "en" else ""
    origin = asked.links.root.removesuffix("/ogc")
    title = words(asked.lang)["license"]
    return {"rel": "license", "type": HTML, "title": title, "href": f"{origin}{prefix}/wydania"}
