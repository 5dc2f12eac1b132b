"""A table described as a JSON-stat dataset without cells, and what PX adds to any dataset of it."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from smup.catalogue import Indicator
from smup.compute.evaluate import is_amount
from smup.formats.cube import Axis, Cube, Role, outline_of
from smup.formats.extract import Extract
from smup.formats.jsonstat import Document, described
from smup.language import Lang
from smup.store.releases import Release
from smup.web.pxweb.codelists import Codelist, codelists_of
from smup.web.pxweb.links import href, link
from smup.web.pxweb.selecting import Selected, title
from smup.web.pxweb.tables import COUNTRY, IDS, Table


def outline(release: Release, table: Table, told: Selected | None, lang: Lang) -> Cube:
    """The table without its cells, all of it or as selected."""
    if told is None:
        whole = table.extract(release, lang)
        return outline_of(whole, IDS, table.label(lang))
    years = tuple(int(year) for year in told.codes["time"])
    part = Extract.of(release, told.codes["metric"], told.codes["geo"], years, lang)
    return outline_of(part, IDS, title(table, told, lang))


def metadata(
    request: HttpRequest,
    release: Release,
    table: Table,
    cube: Cube,
    applied: Codelist | None,
) -> Document:
    """``cube`` is the outline; with ``applied`` Jst has the values of that code list."""
    if applied is not None:
        cube = replace(cube, axes=tuple(_narrowed(axis, applied) for axis in cube.axes))
    body = dataset(release, table, cube, described(cube))
    dimension = body["dimension"]
    for role, id_ in IDS.items():
        dimension[id_]["extension"] |= _dimension(request, release, role, cube.lang)
    metric = dimension[IDS["metric"]]
    metric["category"]["note"] = {one.id: _notes(one, cube.lang) for one in table.indicators
                                  if one.id in metric["category"]["index"]}  # fmt: skip
    self_link = href(request, f"tables/{table.id}/metadata", lang=cube.lang)
    body["link"] = {"self": [{"type": "application/json", "href": self_link}]}
    return body


def dataset(release: Release, table: Table, cube: Cube, body: Document) -> Document:
    """``body`` with what PX says of a table and of its variables."""
    lang = cube.lang
    stub = [axis.id for axis in cube.axes[: cube.stub]]
    heading = [axis.id for axis in cube.axes[cube.stub :]]
    code, area = table.subject(release, lang)
    dimension = body["dimension"]
    for axis in cube.axes:
        dimension[axis.id]["extension"] = _variable(release, axis)
    extension = body["extension"] | {
        "px": {
            "tableid": table.id,
            "matrix": table.id,
            "decimals": max((one.decimals for one in table.indicators), default=0),
            "official-statistics": False,
            "aggregallowed": False,
            "copyright": False,
            "language": lang,
            "contents": table.name(lang),
            "description": table.description(lang),
            "descriptiondefault": False,
            "heading": heading,
            "stub": stub,
            "subject-code": code,
            "subject-area": area,
        },
        "firstPeriod": str(table.years[0]),
        "lastPeriod": str(table.years[-1]),
        "timeUnit": "Annual",
        "discontinued": table.is_discontinued,
        "contact": [],
    }
    if body["note"]:
        extension["noteMandatory"] = {str(at): True for at in range(len(body["note"]))}
    return body | {"extension": extension}


def _variable(release: Release, axis: Axis) -> dict[str, Any]:
    """What PX says of a variable in metadata and data alike."""
    if axis.role == "geo":
        known = COUNTRY in axis.codes
        return {
            "elimination": known,
            **({"eliminationValueCode": COUNTRY} if known else {}),
            "show": "value",
        }
    if axis.role == "time":
        return {"elimination": False, "show": "value"}
    catalogue = release.catalogue
    amounts = {code: is_amount(catalogue, catalogue.indicators[code]) for code in axis.codes}
    return {
        "elimination": False,
        "show": "value",
        "measuringType": dict.fromkeys(axis.codes, "Other"),
        "priceType": {
            code: "Current" if amount else "NotApplicable" for code, amount in amounts.items()
        },
        "adjustment": dict.fromkeys(axis.codes, "None"),
    }


def _dimension(request: HttpRequest, release: Release, role: Role, lang: Lang) -> dict[str, Any]:
    """The code lists that may be applied to a variable."""
    if role != "geo":
        return {"codelists": []}
    return {
        "codelists": [
            {
                "id": name,
                "label": label,
                "type": "Aggregation" if name.startswith("agg_") else "Valueset",
                "links": [link(request, "metadata", f"codelists/{name}", lang)],
            }
            for name, label in codelists_of(release, lang).items()
        ]
    }


def _narrowed(axis: Axis, applied: Codelist) -> Axis:
    if axis.role != "geo":
        return axis
    at = {code: place for place, code in enumerate(axis.codes)}
    codes = [code for code in applied.values if code in at]
    return replace(axis, codes=tuple(codes), labels=tuple(axis.labels[at[c]] for c in codes))


def _notes(one: Indicator, lang: Lang) -> list[str]:
    """What an indicator shows and what it does not."""
    return [str(getattr(words, lang)) for words in (one.what_it_shows, one.limitations)]
