"""``/api/opis``: the OpenAPI document as a page that needs no script."""

from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from smup.language import Lang
from smup.web.config.current import release_of
from smup.web.portal.page import render

DOCUMENT = "/api/v1/openapi.json"
Node = dict[str, Any]


def reference(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Every address of the API with its parameters, an example and the fields of its answer."""
    document = _document()
    endpoints = [
        _endpoint(document, path, method, operation, lang)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    context = {"endpoints": endpoints, "document": DOCUMENT}
    return render(request, "api_reference.html", context, lang, release_of(request))


def _document() -> Node:
    """What the API says of itself; the portal knows it by its address alone."""
    found, asked = resolve(DOCUMENT), HttpRequest()
    asked.method, asked.path = "GET", DOCUMENT
    document: Node = orjson.loads(found.func(asked, *found.args, **found.kwargs).content)
    return document


def _endpoint(document: Node, path: str, method: str, operation: Node, lang: Lang) -> Node:
    parameters = operation["parameters"]
    return {
        "path": path if method == "get" else f"{method.upper()} {path}",
        "anchor": operation["operationId"].rpartition("_api_")[2].replace("_", "-"),
        "summary": operation["x-pl"] if lang == "pl" else operation["summary"],
        "parameters": [
            {
                "name": one["name"],
                "needed": one["required"],
                "meaning": one["x-pl"] if lang == "pl" else one["description"],
                "values": ", ".join(one["schema"].get("enum", ())),
                "example": one.get("example", ""),
            }
            for one in parameters
        ],
        "example": _example(path, parameters) if method == "get" else "",
        "body": _body(document, operation),
        "linked": not path.endswith(".topojson"),  # a server may hold no borders
        "fields": _fields(document, operation),
    }


def _body(document: Node, operation: Node) -> str:
    """An example of what is sent; "" where nothing is."""
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json")
    example = _opened(document, sent["schema"]).get("example") if sent else None
    return orjson.dumps(example).decode() if example else ""


def _example(path: str, parameters: list[Node]) -> str:
    """An address that works: the path filled in, with what is required; "" where there is none."""
    known = {one["name"]: one["example"] for one in parameters if one.get("example")}
    if any(one["required"] and one["name"] not in known for one in parameters):
        return ""
    asked = {one["name"]: known[one["name"]] for one in parameters if one["required"]}
    if path.endswith("/data"):
        asked = {name: known[name] for name in ("indicator", "unit", "year")}
    inside = {one["name"] for one in parameters if one["in"] == "path"}
    query = urlencode({name: value for name, value in asked.items() if name not in inside})
    return path.format(**known) + (f"?{query}" if query else "")


def _fields(document: Node, operation: Node) -> list[Node]:
    """Keys of the answer, with the keys of what a list of it holds."""
    answered = next(one for status, one in operation["responses"].items() if status[0] == "2")
    told = answered["content"].get("application/json", {}).get("schema", {})
    answer = _opened(document, told.get("anyOf", [told])[0])
    return [
        {"name": name, "inside": _keys(document, one.get("items", one))}
        for name, one in answer.get("properties", {}).items()
    ]


def _keys(document: Node, schema: Node) -> list[str]:
    return list(_opened(document, schema).get("properties", ()))


def _opened(document: Node, schema: Node) -> Node:
    reference = schema.get("$ref", "")
    name = reference.rpartition("/")[2]
    opened: Node = document["components"]["schemas"][name] if name else schema
    return opened
