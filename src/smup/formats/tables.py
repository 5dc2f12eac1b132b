"""Units, indicators, variables and findings as flat tables for bulk download."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from smup.catalogue import Catalogue
from smup.compare.group_systems import Membership
from smup.quality import Finding
from smup.quality.findings import sort_key
from smup.territory import Territory

UNIT_COLUMNS = {
    "unit": pa.string(),
    "name": pa.string(),
    "kind": pa.string(),
    "level": pa.string(),
    "powiat": pa.string(),
    "wojewodztwo": pa.string(),
    "nuts3": pa.string(),
    "teryt6": pa.string(),
    "teryt7": pa.string(),
    "bdl_gmina": pa.string(),
    "bdl_powiat": pa.string(),
    "valid_from": pa.date32(),
    "valid_to": pa.date32(),
    "lon": pa.float64(),
    "lat": pa.float64(),
}
FINDING_COLUMNS = {
    "code": pa.string(),
    "severity": pa.string(),
    "source": pa.string(),
    "file": pa.string(),
    "row": pa.int32(),
    "unit": pa.string(),
    "year": pa.int16(),
    "message": pa.string(),
    "variable": pa.string(),
}
INDICATOR_COLUMNS = [
    "indicator",
    "name_pl",
    "name_en",
    "area",
    "service",
    "role",
    "dimension",
    "unit_pl",
    "unit_en",
    "decimals",
    "better",
    "scope",
    "aggregate",
    "formula",
    "what_it_shows_pl",
    "what_it_shows_en",
    "limitations_pl",
    "limitations_en",
    "status",
    "version",
]
VARIABLE_COLUMNS = [
    "variable",
    "name_pl",
    "name_en",
    "unit_pl",
    "unit_en",
    "additive",
    "scope",
    "sources",
    "cadence",
]


def groups_table(memberships: Mapping[str, Membership]) -> pa.Table:
    """One row per unit and system of fixed groups."""
    rows = [
        (system, group, unit)
        for system, one in memberships.items()
        for unit, group in one.units.items()
    ]
    names = ("system", "group", "unit")
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table({n: pa.array(c, pa.string()) for n, c in zip(names, columns, strict=True)})


def units_table(territory: Territory) -> pa.Table:
    """Every unit, abolished ones and sum rows included, with all its codes."""
    rows = [
        {
            "unit": unit.code,
            "kind": unit.kind.value,
            "level": unit.level.value if unit.level else None,
            **{
                name: getattr(unit, name)
                for name in UNIT_COLUMNS
                if name not in ("unit", "kind", "level")
            },
        }
        for unit in territory
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(list(UNIT_COLUMNS.items())))


def indicators_table(catalogue: Catalogue, items: tuple[str, ...]) -> pa.Table:
    """The definitions of ``items``, one row each."""
    return _table([_indicator_row(catalogue, item) for item in items], INDICATOR_COLUMNS)


def variables_table(catalogue: Catalogue, items: tuple[str, ...]) -> pa.Table:
    """The definitions of ``items``, one row each; ``sources`` in order of preference."""
    return _table([_variable_row(catalogue, item) for item in items], VARIABLE_COLUMNS)


def _indicator_row(catalogue: Catalogue, item: str) -> dict[str, Any]:
    it = catalogue.indicators[item]
    measure = catalogue.measures[it.unit].symbol
    return {
        "indicator": it.id,
        "name_pl": it.name.pl,
        "name_en": it.name.en,
        "area": it.area,
        "service": it.service,
        "role": it.role,
        "dimension": it.dimension.value if it.dimension else None,
        "unit_pl": measure.pl,
        "unit_en": measure.en,
        "decimals": it.decimals,
        "better": it.better,
        "scope": it.scope,
        "aggregate": it.aggregate,
        "formula": it.formula,
        "what_it_shows_pl": it.what_it_shows.pl,
        "what_it_shows_en": it.what_it_shows.en,
        "limitations_pl": it.limitations.pl,
        "limitations_en": it.limitations.en,
        "status": it.status,
        "version": it.version,
    }


def _variable_row(catalogue: Catalogue, item: str) -> dict[str, Any]:
    it = catalogue.variables[item]
    measure = catalogue.measures[it.unit].symbol
    return {
        "variable": it.id,
        "name_pl": it.name.pl,
        "name_en": it.name.en,
        "unit_pl": measure.pl,
        "unit_en": measure.en,
        "additive": it.additive,
        "scope": it.scope,
        "sources": " ".join(source.source for source in it.sources),
        "cadence": it.cadence,
    }


def _table(rows: list[dict[str, Any]], names: list[str]) -> pa.Table:
    """Columns in the order of ``names``, present even without rows."""
    kinds = {"decimals": pa.int16(), "version": pa.int16(), "additive": pa.bool_()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
    return pa.Table.from_pylist(rows, schema=schema)


def findings_table(findings: Sequence[Finding]) -> pa.Table:
    """What was noticed in the sources, gravest first within a source."""
    ordered = sorted(findings, key=sort_key)
    columns = {name: [getattr(it, name) for it in ordered] for name in FINDING_COLUMNS}
    return pa.table(columns, schema=pa.schema(list(FINDING_COLUMNS.items())))
