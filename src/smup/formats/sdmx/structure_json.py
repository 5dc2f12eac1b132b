"""Structures as an SDMX-JSON 2.0 structure message."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from smup.formats.extract import Extract
from smup.formats.sdmx.header import json_meta
from smup.formats.sdmx.model import (
    TIME,
    VALUE,
    Artefact,
    Component,
    Constraint,
    Flow,
    Item,
    Names,
    Scheme,
    Structure,
    Structures,
    codelist_urn,
    concept_urn,
    flow_urn,
    structure_urn,
)

SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/"
    "structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json"
)
Json = dict[str, Any]


def structure_json(found: Structures, about: Extract) -> bytes:
    """The message; ``about`` says of which release and in which language its names stand first."""
    lang = about.lang
    data: Json = {
        "agencySchemes": [_scheme(one, "agencies", lang) for one in found.agencies],
        "codelists": [_scheme(one, "codes", lang) for one in found.codelists],
        "conceptSchemes": [_scheme(one, "concepts", lang) for one in found.concepts],
        "dataStructures": [_structure(one, lang) for one in found.structures],
        "dataflows": [_flow(one, lang) for one in found.flows],
        "dataConstraints": [_constraint(one, lang) for one in found.constraints],
    }
    told = {name: artefacts for name, artefacts in data.items() if artefacts}
    return orjson.dumps({"meta": json_meta(about, SCHEMA), "data": told})


def _named(names: Names, about: Names, lang: str) -> Json:
    found: Json = {"name": names[lang], "names": dict(names)}
    if about:
        found |= {"description": about[lang], "descriptions": dict(about)}
    return found


def _artefact(one: Artefact, lang: str) -> Json:
    found: Json = {"id": one.id, **_named(one.names, one.about, lang), "agencyID": one.agency}
    if one.kind != "agencyscheme":
        found["version"] = one.version
    if one.stub:
        found["isExternalReference"] = True
    # SDMX 3.0 calls a content constraint a data constraint
    urn = one.urn.replace("registry.ContentConstraint", "registry.DataConstraint")
    return found | {"links": [{"rel": "self", "urn": urn}]}


def _scheme(one: Scheme, items: str, lang: str) -> Json:
    found = _artefact(one, lang) | ({"isPartial": True} if one.partial else {})
    return found | ({items: [_item(item, lang) for item in one.items]} if one.items else {})


def _item(item: Item, lang: str) -> Json:
    found: Json = {"id": item.id, **_named(item.names, item.about, lang)}
    if item.written:
        found["coreRepresentation"] = _representation(item.written)
    return found | ({"parent": item.parent} if item.parent else {})


def _flow(one: Flow, lang: str) -> Json:
    found = _artefact(one, lang)
    return found if one.stub else found | {"structure": structure_urn(one.structure)}


def _structure(one: Structure, lang: str) -> Json:
    if one.stub:
        return _artefact(one, lang)

    def component(of: Component, **more: Any) -> Json:
        represented = {"localRepresentation": _representation(of)}
        return {"id": of.id, "conceptIdentity": concept_urn(one.concepts, of.id)} | (
            represented | more
        )

    return _artefact(one, lang) | {
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": [
                    component(dimension, position=place)
                    for place, dimension in enumerate(one.dimensions)
                ],
                "timeDimension": component(Component(TIME, text="GregorianYear")),
            },
            "measureList": {
                "id": "MeasureDescriptor",
                "measures": [component(Component(VALUE, text="Double"), usage="optional")],
            },
            "attributeList": {
                "id": "AttributeDescriptor",
                "attributes": [_attribute(of, component) for of in one.attributes],
            },
        }
    }


def _attribute(of: Component, component: Callable[..., Json]) -> Json:
    related: Mapping[str, Json] = {
        "dataset": {"dataflow": {}},
        "series": {"dimensions": ["INDICATOR"]},
        "observation": {"observation": {}},
    }
    usage = "mandatory" if of.mandatory else "optional"
    more: Json = {"usage": usage, "attributeRelationship": related[of.level]}
    return component(
        of, **more, **({"measureRelationship": [VALUE]} if of.level == "observation" else {})
    )


def _representation(of: Component) -> Json:
    if of.codelist:
        return {"enumeration": codelist_urn(of.codelist)}
    return {"format": {"dataType": of.text}}


def _constraint(one: Constraint, lang: str) -> Json:
    found = _artefact(one, lang)
    if one.counts:
        found["annotations"] = [
            {"id": name, "type": "sdmx_metrics", "title": str(count)}
            for name, count in one.counts.items()
        ]
    if one.stub:
        return found
    values = [
        {"id": name, "values": [{"value": code} for code in codes]}
        for name, codes in one.values.items()
        if codes
    ]
    return found | {
        "role": one.role,
        "constraintAttachment": {"dataflows": [flow_urn(one.flow)]},
        "cubeRegions": [{"include": True, "keyValues": values}],
    }
