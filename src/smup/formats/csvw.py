"""CSV on the Web: what each column of a CSV holds, in the words of W3C, beside the file.

Made of ``datapackage.json``, so that the two descriptions cannot differ
(https://www.w3.org/TR/tabular-metadata/).
"""

from collections.abc import Mapping, Sequence
from typing import Any

CONTEXT = "http://www.w3.org/ns/csvw"
_DATATYPES = {
    "string": "string",
    "number": "double",
    "integer": "integer",
    "date": "date",
    "boolean": "boolean",
}
Resource = Mapping[str, Any]


def table(resource: Resource, release: str, url: str) -> dict[str, Any]:
    """The description of one CSV at ``url``, which stands beside it."""
    return {"@context": CONTEXT, **_table(resource, url), "dc:identifier": release}


def tables(package: Mapping[str, Any]) -> dict[str, Any]:
    """All CSV of a package that lie in one folder, and how they refer to each other."""
    names = {str(one["name"]): one for one in package["resources"]}
    described = []
    for one in names.values():
        told = _table(one, str(one["path"]))
        told["tableSchema"]["foreignKeys"] = [
            {
                "columnReference": list(key["fields"]),
                "reference": {
                    "resource": names[key["reference"]["resource"]]["path"],
                    "columnReference": list(key["reference"]["fields"]),
                },
            }
            for key in one["schema"]["foreignKeys"]
        ]
        described.append(told)
    return {"@context": CONTEXT, "dc:identifier": package["version"], "tables": described}


def _table(resource: Resource, url: str) -> dict[str, Any]:
    schema = resource["schema"]
    told: dict[str, Any] = {
        "url": url,
        "dc:title": resource["title"],
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "lineTerminators": "\n"},
        "tableSchema": {"columns": [_column(field) for field in schema["fields"]]},
    }
    key: Sequence[str] = schema["primaryKey"]
    if key:
        told["tableSchema"]["primaryKey"] = list(key)
    return told


def _column(field: Mapping[str, Any]) -> dict[str, Any]:
    limits = field.get("constraints", {})
    datatype: Any = _DATATYPES[field["type"]]
    if "enum" in limits:
        datatype = {"base": datatype, "format": "|".join(limits["enum"])}
    column = {"name": field["name"], "titles": field["name"], "datatype": datatype, "null": ""}
    if "description" in field:
        column["dc:description"] = field["description"]
    if limits.get("required"):
        column["required"] = True
    return column
