"""JSON Schemas of the catalogue's files, so that editors complete keys and mark mistakes."""

import json
from typing import Any

from smup.catalogue.base import Definition
from smup.catalogue.methods import (
    ExpectedValues,
    FrontierModel,
    Group,
    GroupSystem,
    PeerSet,
    SecrecyRule,
    Uncertainty,
)
from smup.catalogue.models import (
    Area,
    Indicator,
    Measure,
    Prices,
    Service,
    Source,
    Stage,
    Term,
    Variable,
)
from smup.catalogue.quality import Correction, Rules

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# what a file holds: one definition, or definitions under their ids
_FILES: dict[str, tuple[type[Definition], bool]] = {
    "areas": (Area, True),
    "correction": (Correction, False),
    "expected": (ExpectedValues, False),
    "frontier": (FrontierModel, True),
    "glossary": (Term, True),
    "group-systems": (GroupSystem, True),
    "groups": (Group, True),
    "indicator": (Indicator, False),
    "lifecycle": (Stage, True),
    "measures": (Measure, True),
    "peers": (PeerSet, False),
    "prices": (Prices, False),
    "quality": (Rules, False),
    "secrecy": (SecrecyRule, True),
    "services": (Service, True),
    "source": (Source, False),
    "uncertainty": (Uncertainty, False),
    "variables": (Variable, True),
}
_FROM_FILE_NAMES = ("id", "area", "system", "table")


def schemas() -> dict[str, str]:
    """File name -> text of the schema."""
    return {f"{name}.json": _text(*of) for name, of in _FILES.items()}


def _text(model: type[Definition], by_id: bool) -> str:
    schema = model.model_json_schema()
    parts = schema.pop("$defs", {})
    one = without_file_names(schema)
    whole = {"type": "object", "additionalProperties": one} if by_id else one
    schema = {"$schema": DRAFT, **whole, "$defs": parts}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def without_file_names(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without the keys that follow from where the file lies."""
    properties = {k: v for k, v in schema["properties"].items() if k not in _FROM_FILE_NAMES}
    required = [key for key in schema.get("required", ()) if key not in _FROM_FILE_NAMES]
    return {**schema, "properties": properties, "required": required}
