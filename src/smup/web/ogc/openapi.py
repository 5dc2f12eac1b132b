"""The definition of the face as OpenAPI 3.0: every address and parameter, read by clients."""

from collections.abc import Sequence
from typing import Any

from smup.web.ogc.asked import CRS84, EVERYWHERE, FORMS, MOST, PAGING, Asked
from smup.web.ogc.documents import Document, titled
from smup.web.ogc.layers import FACTS, FILTERS, LAYERS
from smup.web.ogc.links import GEOJSON, HTML, JSON, OPENAPI, SCHEMA
from smup.web.ogc.words import words

_SCHEMAS: dict[str, dict[str, Any]] = {
    "f": {"type": "string", "enum": list(FORMS)},
    "lang": {"type": "string", "enum": ["pl", "en"], "default": "pl"},
    "indicator": {"type": "string", "example": "ludnosc"},
    "year": {"type": "string", "example": "2020-2024"},
    "asOf": {"type": "string"},
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": MOST},
    "offset": {"type": "integer", "minimum": 0, "maximum": 10**9, "default": 0},
    "bbox": {
        "type": "array",
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    },
    "bbox-crs": {"type": "string", "enum": [CRS84], "default": CRS84},
    "crs": {"type": "string", "enum": [CRS84], "default": CRS84},
    "datetime": {"type": "string", "example": "2020-01-01/.."},
}


def definition(asked: Asked) -> Document:
    """The whole document; its paths are relative to the landing page."""
    t = words(asked.lang)
    paths = {
        "/": _path(t["landing"], "landing", [JSON, HTML]),
        "/conformance": _path(t["conformance"], "conformance", [JSON, HTML]),
        "/api": _path(t["api"], "api", [OPENAPI, HTML]),
        "/collections": _path(t["collections"], "collections", [JSON, HTML]),
    }
    for name in LAYERS:
        paths |= _of_layer(name, t[name], asked)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": titled(asked, t["title"]),
            "description": t["lead"],
            "version": asked.release.id,
        },
        "servers": [{"url": asked.links.root}],
        "paths": paths,
        "components": {
            "parameters": {name: _parameter(name, asked) for name in (*EVERYWHERE, *PAGING)},
            "schemas": {"problem": _PROBLEM},
        },
    }


def _of_layer(name: str, title: str, asked: Asked) -> dict[str, Any]:
    t, path = words(asked.lang), f"/collections/{name}"
    items = _path(f"{title}: {t['items']}", f"{name}.items", [GEOJSON, HTML], PAGING)
    items["get"]["parameters"] += [
        {"name": one, "in": "query", "description": t[f"fact_{one}"], "schema": dict(FACTS[one])}
        for one in FILTERS
    ]
    one = _path(title, f"{name}.feature", [GEOJSON, HTML], ("crs",))
    one["get"]["parameters"].append(
        {
            "name": "featureId",
            "in": "path",
            "required": True,
            "description": t["p_featureId"],
            "schema": {"type": "string"},
        }
    )
    return {
        path: _path(title, name, [JSON, HTML]),
        f"{path}/items": items,
        f"{path}/items/{{featureId}}": one,
        f"{path}/queryables": _path(t["queryables"], f"{name}.queryables", [SCHEMA, HTML]),
        f"{path}/schema": _path(t["schema"], f"{name}.schema", [SCHEMA, HTML]),
    }


def _path(
    summary: str, operation: str, kinds: Sequence[str], more: Sequence[str] = ()
) -> dict[str, Any]:
    wrong = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {
        "get": {
            "summary": summary,
            "operationId": operation,
            "parameters": [
                {"$ref": f"#/components/parameters/{name}"} for name in (*EVERYWHERE, *more)
            ],
            "responses": {
                "200": {
                    "description": summary,
                    "content": {
                        kind: {"schema": {"type": "string" if kind == HTML else "object"}}
                        for kind in kinds
                    },
                },
                "400": {"description": "Błędne zapytanie", "content": wrong},
                "404": {"description": "Nie ma takiego zasobu", "content": wrong},
            },
        }
    }


def _parameter(name: str, asked: Asked) -> dict[str, Any]:
    told = words(asked.lang)["p_crs" if name == "bbox-crs" else f"p_{name}"]
    found = {"name": name, "in": "query", "description": told, "schema": _SCHEMAS[name]}
    return found | ({"style": "form", "explode": False} if name == "bbox" else {})


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "parameter": {"type": "string"},
        "suggestions": {"type": "array", "items": {"type": "string"}},
    },
}
