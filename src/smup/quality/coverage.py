"""What is fed and what is not: years and units of every variable, and what a missing one blocks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Catalogue
from smup.compute.formula import names
from smup.compute.formulas import formulas_over_variables
from smup.panel import Panel
from smup.panel.panel import FIRST_GAP
from smup.territory import GMINA_KINDS, Kind, Territory

# The units that provide services; rows above them are made from these.
_SINGLE = frozenset({*GMINA_KINDS, Kind.MIASTO, Kind.POWIAT})


@dataclass(frozen=True, slots=True)
class Covered:
    """The years in which an item has a value, and for how many units in each.

    Single units are counted; where only larger areas have values, those are.
    """

    id: str
    units: Mapping[int, int]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.units)

    @property
    def newest(self) -> int | None:
        return self.years[-1] if self.units else None


@dataclass(frozen=True)
class Coverage:
    """Coverage of every variable with a source and of every indicator that is not a draft.

    ``waits_for`` names, for an indicator, the variables that have no value at all; ``blocks`` is
    the same the other way round.
    """

    variables: Mapping[str, Covered]
    indicators: Mapping[str, Covered]
    waits_for: Mapping[str, tuple[str, ...]]
    blocks: Mapping[str, tuple[str, ...]]

    def suppliers(self, catalogue: Catalogue, indicator: str) -> tuple[str, ...]:
        """Publishers who are to supply what the indicator waits for, first choice of each."""
        found = (
            catalogue.sources[catalogue.variables[one].sources[0].source].publisher
            for one in self.waits_for[indicator]
        )
        return tuple(dict.fromkeys(found))

    def as_dict(self, catalogue: Catalogue) -> dict[str, Any]:
        """The JSON shape of ``smup catalogue coverage`` and of the API."""
        return {
            "variables": [
                {**_one(it), "blocks": list(self.blocks[it.id])} for it in self.variables.values()
            ],
            "indicators": [
                {
                    **_one(it),
                    "waits_for": list(self.waits_for[it.id]),
                    "suppliers": list(self.suppliers(catalogue, it.id)),
                }
                for it in self.indicators.values()
            ],
        }


def coverage_of(
    catalogue: Catalogue, territory: Territory, variables: Panel, indicators: Panel
) -> Coverage:
    """What has data, from the panels of variables and of indicators of one release."""
    kinds = [territory.units[unit].kind for unit in variables.units]
    single = np.array([kind in _SINGLE for kind in kinds], np.bool_)
    told = _covered(variables, [v.id for v in catalogue.inputs], single)
    shown = [i.id for i in catalogue.indicators.values() if i.is_shown]
    formulas = formulas_over_variables(catalogue)
    needs = {one: [name.id for name in names(formulas[one])] for one in shown}
    waits = {one: tuple(v for v in needs[one] if not told[v].units) for one in shown}
    blocks = {v: tuple(one for one in shown if v in waits[one]) for v in told}
    return Coverage(told, _covered(indicators, shown, single), waits, blocks)


def _covered(panel: Panel, items: Collection[str], single: NDArray[np.bool_]) -> dict[str, Covered]:
    """Items that the panel lacks (defined after it was made) have no values in any year."""
    found = {}
    for item in items:
        counts: dict[int, int] = {}
        at = panel.item_index.get(item)
        if at is not None:
            known = panel.status[at] < FIRST_GAP
            of_units = known[:, single].sum(axis=1)
            of_all = known.sum(axis=1)
            for year, one, every in zip(panel.years, of_units, of_all, strict=True):
                if every:
                    counts[year] = int(one or every)
        found[item] = Covered(item, counts)
    return found


def _one(it: Covered) -> dict[str, Any]:
    return {
        "id": it.id,
        "years": list(it.years),
        "units": {str(year): count for year, count in it.units.items()},
    }
