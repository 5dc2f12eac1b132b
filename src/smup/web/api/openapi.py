"""The OpenAPI document: what ninja reads from the endpoints, with words, examples and refusals.

Polish words stand under ``x-pl``; the page of the portal that shows the document takes them there.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from ninja import NinjaAPI

from smup.formats import media
from smup.reports.definition import Definition
from smup.reports.files import FORMS
from smup.web.open.releasing import PARAMETER

Node = dict[str, Any]
PREFIX = "/api/v1/"
PROBLEM = {"$ref": "#/components/schemas/Problem"}
_NEEDED = {
    "compare": ("unit", "indicator"),
    "changes": ("unit", "since"),
    "trace": ("indicator", "unit", "year"),
    "frontier": ("unit", "service"),
}
_OWN_EXAMPLES = {
    "variables/{id}": {"id": "ludnosc"},
    "groups/{id}": {"id": "miasta-od-200-tys"},
    "frontier": {"service": "biblioteki"},
    "trace": {"year": "2024"},
    "compare": {"year": ""},
    "reports/{id}": {"id": ""},  # of jobs that exist there is none to show
    "reports/{id}/file": {"id": ""},
}
_OF_NO_RELEASE = ("releases", "reports", "reports/{id}", "reports/{id}/file")
_REFUSALS = {
    "400": "Błędne zapytanie",
    "404": "Nie ma takiego zasobu",
    "413": "Zbyt duże zapytanie",
    "429": "Zbyt wiele zapytań",
    "503": "Brak wydania danych",
}


class Api(NinjaAPI):
    """Ninja's API with a document that says all."""

    def get_openapi_schema(self, **more: Any) -> Any:
        if self._document is None:
            self._document = documented(super().get_openapi_schema(**more))
        return self._document

    _document: Node | None = None  # the same for every address it is asked at


@cache
def words() -> Node:
    """``addresses`` and ``parameters`` of words.yaml."""
    text = files("smup.web.api").joinpath("words.yaml").read_text("utf-8")
    loaded: Node = yaml.safe_load(text)
    return loaded


def documented(schema: Node) -> Node:
    """The document with everything that ninja does not know; changes ``schema``."""
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _operation(path.removeprefix(PREFIX), method, operation)
    schema["paths"] |= {f"{PREFIX}geometry/{{level}}.{form}": _geometry(form) for form in _GEO}
    schema["components"]["schemas"]["Problem"] = _PROBLEM
    schema["components"]["schemas"]["Row"].pop("required", None)  # ``fields`` chooses among them
    _report(schema["components"]["schemas"])
    _data(schema["paths"][f"{PREFIX}data"]["get"])
    file = schema["paths"][f"{PREFIX}reports/{{id}}/file"]["get"]
    binary = {"schema": {"type": "string", "format": "binary"}}
    file["responses"]["200"]["content"] = dict.fromkeys(FORMS.values(), binary)
    return schema


def _operation(path: str, method: str, operation: Node) -> None:
    told = words()["addresses"][path if method == "get" else f"{method.upper()} {path}"]
    operation["summary"], operation["x-pl"] = told["en"], told["pl"]
    parameters = operation.setdefault("parameters", [])
    if path not in _OF_NO_RELEASE:
        parameters.append({"in": "query", "name": PARAMETER, "schema": {"type": "string"}})
    for one in parameters:
        _parameter(path, one)
    operation["responses"] = {str(status): one for status, one in operation["responses"].items()}
    for status, title in _REFUSALS.items():
        operation["responses"][status] = {
            "description": title,
            "content": {"application/problem+json": {"schema": PROBLEM}},
        }


def _parameter(path: str, one: Node) -> None:
    name = one["name"]
    told = words()["parameters"][name]
    one["description"], one["x-pl"] = told["en"], told["pl"]
    one["required"] = one["in"] == "path" or name in _NEEDED.get(path, ())
    one["schema"].pop("title", None)
    if one["schema"].get("default") == "":
        del one["schema"]["default"]
    if "values" in told and not (path.startswith("units/") and name in ("level", "role")):
        one["schema"]["enum"] = told["values"]
    example = _OWN_EXAMPLES.get(path, {}).get(name, told.get("example"))
    if example:
        one["example"] = example


def _data(operation: Node) -> None:
    """The formats of ``data``."""
    found = operation["responses"]["200"]["content"]
    columns = {
        "type": "object",
        "required": ["release", "columns", "rows", "complete"],
        "properties": {
            "columns": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": {"type": "array"}},
            "complete": {"const": True},
        },
    }
    dataset = {
        "type": "object",
        "required": ["version", "class", "id", "size", "value"],
        "properties": {"version": {"const": "2.0"}, "class": {"const": "dataset"}},
    }
    objects = found[media.JSON]["schema"]
    found[media.JSON]["schema"] = {"anyOf": [objects, columns, dataset]}
    text, binary = {"type": "string"}, {"type": "string", "format": "binary"}
    found[media.JSON_LINES] = {"schema": text}
    found[media.CSV] = {"schema": text}
    for kind in (media.XLSX, media.PARQUET):
        found[kind] = {"schema": binary}


def _report(schemas: Node) -> None:
    """The definition of a report, which is not read by ninja."""
    told = Definition.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= told.pop("$defs") | {"Definition": told}
    schemas["ReportRequest"]["properties"]["definition"] = {
        "$ref": "#/components/schemas/Definition"
    }


def _geometry(form: str) -> Node:
    operation: Node = {
        "operationId": f"geometry_{form}",
        "parameters": [{"in": "path", "name": "level", "schema": {"type": "string"}}],
        "responses": {"200": {"description": "OK", "content": {_GEO[form]: {"schema": {}}}}},
    }
    told = words()["addresses"][f"geometry/{{level}}.{form}"]
    operation["summary"], operation["x-pl"] = told["en"], told["pl"]
    _parameter("", operation["parameters"][0])
    operation["responses"]["404"] = {
        "description": _REFUSALS["404"],
        "content": {"application/problem+json": {"schema": PROBLEM}},
    }
    return {"get": operation}


_GEO = {"topojson": media.TOPOJSON, "geojson": media.GEOJSON}
_PROBLEM: Node = {
    "type": "object",
    "description": "RFC 9457; parameter names what to change, suggestions what is near.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "parameter": {"type": "string"},
        "suggestions": {"type": "array", "items": {"type": "string"}},
    },
    "example": {
        "type": "/api#zasob",
        "title": "Nie ma takiego zasobu",
        "status": 404,
        "detail": "Nie ma wskaźnika „ludnos”.",
        "instance": "/api/v1/data",
        "parameter": "indicator",
        "suggestions": ["ludnosc"],
    },
}
