"""One definition of how a unit, an indicator and a value look as JSON: for CLI and API alike."""

from typing import Any

from smup.catalogue import Catalogue, Indicator, Variable
from smup.territory import Level, Succession, Territory, Unit

Record = dict[str, Any]


def unit_summary(unit: Unit, territory: Territory) -> dict[str, Any]:
    """What a list shows: enough to tell three Bolesławiec apart."""
    powiat = territory.get(unit.powiat) if unit.powiat else None
    wojewodztwo = territory.get(unit.wojewodztwo) if unit.wojewodztwo else None
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "level": unit.level.value if unit.level else None,
        "powiat": powiat.name if powiat else None,
        "wojewodztwo": wojewodztwo.name if wojewodztwo else None,
        "teryt6": unit.teryt6,
        "teryt7": unit.teryt7,
        "bdl_gmina": unit.bdl_gmina,
        "bdl_powiat": unit.bdl_powiat,
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
    }


def unit_record(unit: Unit, territory: Territory) -> dict[str, Any]:
    """Everything known of one unit."""
    return unit_summary(unit, territory) | {
        "parents": list(unit.parents),
        "bdl_ids": {"gmina": unit.bdl_gmina, "powiat": unit.bdl_powiat},
        "nuts3": unit.nuts3,
        "aliases": list(unit.aliases),
        "point": None if unit.lon is None else {"lon": unit.lon, "lat": unit.lat},
        "outline": unit.outline,
        "neighbours": {
            level.value: list(territory.neighbours.get((unit.code, level), ()))
            for level in unit.levels
            if level in (Level.GMINA, Level.POWIAT)
        },
        "changes": [
            {
                "what": change.what,
                "after": change.after.isoformat(),
                "by": change.by.isoformat(),
                "day": change.day.isoformat() if change.day else None,
                "before": change.before,
                "now": change.now,
                "source": change.source,
            }
            for change in territory.changes_of(unit.code)
        ],
        "successors": [succession(one, territory) for one in territory.successors_of(unit.code)],
    }


def succession(one: Succession, territory: Territory) -> dict[str, Any]:
    """Where land of a unit went, and how much of the unit it was, where anyone knows."""
    to = territory.get(one.to_unit)
    return {
        "unit": one.to_unit,
        "name": to.name if to else one.to_unit,
        "level": one.level.value,
        "day": one.day.isoformat(),
        "what": one.what.value,
        "share_population": one.share_population,
        "share_area": one.share_area,
        "source": one.source,
        "note": one.note,
    }


def indicator_summary(
    indicator: Indicator, catalogue: Catalogue, years: list[int], lang: str = "pl"
) -> dict[str, Any]:
    """What a list of indicators shows. ``years`` are those with at least one value."""
    return {
        "id": indicator.id,
        "name": getattr(indicator.name, lang),
        "service": indicator.service,
        "area": indicator.area,
        "role": indicator.role,
        "dimension": indicator.dimension.value if indicator.dimension else None,
        "unit": getattr(catalogue.measures[indicator.unit].symbol, lang),
        "decimals": indicator.decimals,
        "better": indicator.better,
        "status": indicator.status,
        "years": years,
    }


def variable_summary(
    variable: Variable, catalogue: Catalogue, years: list[int], lang: str = "pl"
) -> Record:
    """What a list of variables shows. ``years`` are those with at least one value."""
    return {
        "id": variable.id,
        "name": getattr(variable.name, lang),
        "unit": getattr(catalogue.measures[variable.unit].symbol, lang),
        "additive": variable.additive,
        "scope": variable.scope,
        "cadence": variable.cadence,
        "derived": variable.derived,
        "years": years,
    }
