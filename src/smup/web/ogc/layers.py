"""The collections: which units each holds, what is told of a unit, and where the units lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from smup.store.releases import Release
from smup.territory import Level, Territory, Unit


@dataclass(frozen=True)
class Layer:
    """One collection: its id in addresses and the level of its units."""

    id: str
    level: Level


LAYERS: Mapping[str, Layer] = {
    one.id: one
    for one in (
        Layer("gminy", Level.GMINA),
        Layer("powiaty", Level.POWIAT),
        Layer("wojewodztwa", Level.WOJEWODZTWO),
    )
}
# Facts of a unit, each with its JSON Schema; those of FILTERS may be asked for by value.
FACTS: Mapping[str, Mapping[str, str]] = {
    "code": {"type": "string"},
    "name": {"type": "string"},
    "kind": {"type": "string"},
    "powiat": {"type": "string"},
    "powiat_name": {"type": "string"},
    "wojewodztwo": {"type": "string"},
    "wojewodztwo_name": {"type": "string"},
    "teryt7": {"type": "string"},
    "nuts3": {"type": "string"},
    "valid_from": {"type": "string", "format": "date"},
}
FILTERS = ("code", "name", "kind", "powiat", "wojewodztwo", "teryt7", "nuts3")


@lru_cache(maxsize=3 * len(LAYERS))
def units_of(release: Release, layer: Layer) -> Mapping[str, Unit]:
    """The units that exist as far as the release knows, by code, in the order of the territory."""
    found = release.territory.of_level(layer.level)
    return {unit.code: unit for unit in found if unit.valid_to is None}


@lru_cache(maxsize=3 * len(LAYERS))
def facts_of(release: Release, layer: Layer) -> Mapping[str, Mapping[str, Any]]:
    """Every key of FACTS for every unit, None where it has none."""
    units = units_of(release, layer)
    return {code: _facts(unit, release.territory) for code, unit in units.items()}


@lru_cache(maxsize=3 * len(LAYERS))
def members_of(release: Release, layer: Layer) -> Mapping[str, bytes]:
    """The same as members of a JSON object, with the mark of invented figures."""
    mark = {"synthetic": True} if release.synthetic else {}
    told = facts_of(release, layer)
    return {code: orjson.dumps({**facts, **mark})[1:-1] for code, facts in told.items()}


def _facts(unit: Unit, territory: Territory) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "powiat": unit.powiat,
        "powiat_name": _name(unit.powiat, territory),
        "wojewodztwo": unit.wojewodztwo,
        "wojewodztwo_name": _name(unit.wojewodztwo, territory),
        "teryt7": unit.teryt7,
        "nuts3": unit.nuts3,
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
    }


def _name(code: str | None, territory: Territory) -> str | None:
    return territory.units[code].name if code else None
