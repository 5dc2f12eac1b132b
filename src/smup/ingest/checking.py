"""The rules of ``quality`` over everything that has landed."""

from collections.abc import Sequence

import numpy as np

from smup.catalogue import Catalogue
from smup.panel import Panel
from smup.quality import Finding, finding
from smup.quality.rules import Breach, breaches, level_breaches
from smup.store.tidy import TidyTable
from smup.territory import Territory


def rule_findings(
    tables: Sequence[TidyTable], territory: Territory, catalogue: Catalogue
) -> list[Finding]:
    """What the rules say, each under the table that holds the variable in question."""
    if not tables:
        return []
    panel = as_panel(tables, territory)
    additive = [v.id for v in catalogue.variables.values() if v.additive]
    found = [*breaches(panel), *level_breaches(panel, territory, additive)]
    results = []
    for breach in found:
        source = _holder(tables, breach)
        file = f"data/{source}.csv"
        results.append(
            finding(breach.code, source, file, breach.detail, unit=breach.unit, year=breach.year)
        )
    return results


def _holder(tables: Sequence[TidyTable], breach: Breach) -> str:
    """The source whose table has the figure; the last one if several do, as in ``as_panel``."""
    for table in reversed(tables):
        there = (table.year == breach.year) & (table.unit == breach.unit)
        if (table.variable[there] == breach.variable).any():
            return table.source
    raise KeyError(f"{breach} is in no table")


def as_panel(tables: Sequence[TidyTable], territory: Territory) -> Panel:
    """All tables in one panel. A figure that stands in two of them is taken from the last."""
    items = sorted({v for table in tables for v in table.variable})
    years = sorted({int(y) for table in tables for y in table.year})
    unknown = {u for table in tables for u in table.unit} - territory.units.keys()
    panel = Panel.empty(items, years, (*territory.units, *sorted(unknown)))
    values, status, flags = panel.values.copy(), panel.status.copy(), panel.flags.copy()
    for table in tables:
        at = (
            np.array([panel.item_index[v] for v in table.variable], np.intp),
            np.array([panel.year_index[int(y)] for y in table.year], np.intp),
            np.array([panel.unit_index[u] for u in table.unit], np.intp),
        )
        values[at], status[at], flags[at] = table.value, table.status, table.flags
    return Panel(panel.items, panel.years, panel.units, values, status, flags)
