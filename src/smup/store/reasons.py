"""Why a figure of a later release is another than that of an earlier one.

Looked for from the outside in: another definition, another unit, something hidden or shown, and
then the inputs – corrected, final instead of provisional, or published anew. What is left changed
because it is computed otherwise. The inputs of a figure are the cells of the variables in its
formula and of the one that weights it, of the unit and of every unit inside it, in the years the
formula reaches.
"""

from collections.abc import Iterator
from dataclasses import replace
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Catalogue
from smup.catalogue.history import meaning
from smup.compute.formula import Lag, Name, Node, RollingSum, atoms, names, to_text
from smup.compute.formulas import derived_of, formulas_over_variables
from smup.panel import Flag, Status
from smup.panel.panel import FIRST_GAP, Codes
from smup.store.diff import CellChange, InputChange, ReleaseDiff
from smup.store.release import Release
from smup.store.since import Since, in_labels_of, since
from smup.store.tables_changed import TablesChanged
from smup.territory import Territory

LARGEST = 20  # changes told with their inputs
INPUTS = 3  # of each
_OF_A_VARIABLE = ("unit", "additive", "scope", "kinds")
Mask = NDArray[np.bool_]


class Reason(IntEnum):
    """Where several hold, the highest is told: it would be enough by itself."""

    COMPUTATION = 0
    SOURCE = 1
    FINAL = 2
    CORRECTION = 3
    SECRECY = 4
    TERRITORY = 5
    DEFINITION = 6


REASON_NAMES = {reason: reason.name.lower() for reason in Reason}


class Reasons:
    """Reasons of all cells of ``after`` that differ from ``before``, indicator by indicator."""

    def __init__(self, before: Release, after: Release) -> None:
        self.before, self.after = before, after
        self._changes: dict[str, Codes] = {}

    def codes(self, indicator: str) -> Codes:
        """Codes of ``Reason`` [year, unit] in the labels of ``after.indicators``. They mean
        something only where the two releases differ."""
        panel = self.after.indicators
        shape = (len(panel.years), len(panel.units))
        if self._defined_otherwise(indicator):
            return np.full(shape, Reason.DEFINITION, np.uint8)
        found = self._by_inputs(indicator)
        found[self._hidden_or_shown(indicator)] = Reason.SECRECY
        found[self._other_units] = Reason.TERRITORY
        return found

    def counts(self) -> dict[str, int]:
        """How many cells of the later release say something else for which reason, the most
        frequent first. A renamed indicator is compared with its former self."""
        found = np.zeros(len(Reason), np.int64)
        for item in self.after.indicators.items:
            one = self.after.indicators.select([item])
            how = since(self.before.indicators, one, self._former(item))
            differ = (how != Since.SAME) & (how != Since.FLAGS)
            if differ.any():
                found += np.bincount(self.codes(item)[differ], minlength=len(Reason))
        named = {REASON_NAMES[Reason(code)]: int(n) for code, n in enumerate(found) if n}
        return dict(sorted(named.items(), key=lambda pair: -pair[1]))

    def explained(self, diff: ReleaseDiff) -> ReleaseDiff:
        """The differences with the reason of every cell, and inputs of the largest changes."""
        years, units = self.after.indicators.year_index, self.after.indicators.unit_index
        by_item = {item: self.codes(item) for item in {cell.indicator for cell in diff.cells}}
        cells = tuple(
            replace(
                cell,
                reason=REASON_NAMES[
                    Reason(int(by_item[cell.indicator][years[cell.year], units[cell.unit]]))
                ],
            )
            for cell in diff.cells
        )
        largest = sorted(cells, key=lambda cell: -cell.share)[:LARGEST]
        told = tuple((cell, tuple(self.inputs(cell))[:INPUTS]) for cell in largest)
        return replace(diff, cells=cells, largest=told)

    def inputs(self, cell: CellChange) -> Iterator[InputChange]:
        """The inputs of a figure that changed, the unit's own first."""
        variables = self.after.variables
        for variable, lag in self._reach(cell.indicator):
            year = variables.year_index.get(cell.year - lag)
            if year is None or variable not in variables.item_index:
                continue
            changed = self._change_of(variable)[year]
            inside = [cell.unit, *(u for u in variables.units if is_inside(u, cell.unit))]
            for unit in inside:
                if unit in variables.unit_index and changed[variables.unit_index[unit]]:
                    yield self._tables.input(variable, cell.year - lag, unit)

    def _defined_otherwise(self, indicator: str) -> bool:
        old, new = self._formulas
        former = self._former(indicator)
        before = _definition(self.before.catalogue, old, former)
        return before != _definition(self.after.catalogue, new, indicator)

    def _reach(self, indicator: str) -> tuple[tuple[str, int], ...]:
        """What the formula reads, and the variable by which values are weighted, if any."""
        found = reach(self._formulas[1].get(indicator))
        weight = self.after.catalogue.indicators[indicator].weight
        if weight is None:
            return found
        return (*found, *reach(derived_of(self.after.catalogue).get(weight, Name(weight))))

    def _former(self, indicator: str) -> str:
        """The id under which the earlier release holds it."""
        if indicator in self.before.indicators.item_index:
            return indicator
        renamed = {now: once for once, now in self.after.catalogue.renamed.items()}
        return renamed.get(indicator, indicator)

    def _by_inputs(self, indicator: str) -> Codes:
        panel, variables = self.after.indicators, self.after.variables
        found = np.zeros((len(panel.years), len(panel.units)), np.uint8)
        units = np.array([variables.unit_index.get(u, -1) for u in panel.units], np.intp)
        known = np.flatnonzero(units >= 0)
        for variable, lag in self._reach(indicator):
            if variable not in variables.item_index:
                continue
            inside = self._with_what_is_inside(variable)
            for y, year in enumerate(panel.years):
                at = variables.year_index.get(year - lag)
                if at is not None:
                    found[y, known] = np.maximum(found[y, known], inside[at, units[known]])
        definition = self.after.catalogue.indicators[indicator]
        if definition.against == "country" and "PL" in panel.unit_index:
            found = np.maximum(found, found[:, [panel.unit_index["PL"]]])
        return found

    def _with_what_is_inside(self, variable: str) -> Codes:
        """Changes of the variable [year, unit], those of the units inside each unit added."""
        found = self._change_of(variable).copy()
        inner, outer = self._inside
        np.maximum.at(found.T, outer, found.T[inner])
        return found

    def _change_of(self, variable: str) -> Codes:
        """Codes of ``Reason`` [year, unit] for the cells of a variable that say something else."""
        if variable not in self._changes:
            self._changes[variable] = self._changed(variable)
        return self._changes[variable]

    def _changed(self, variable: str) -> Codes:
        new = self.after.variables
        old, at = in_labels_of(new, self.before.variables, variable), new.item_index[variable]
        status, values, flags = new.status[at], new.values[at], new.flags[at]
        differ: Mask = (old.status[0] != status) | (
            (old.values[0] != values) & (status < FIRST_GAP) & (old.status[0] < FIRST_GAP)
        )
        found = np.zeros(status.shape, np.uint8)
        found[differ & self._tables.published_anew(variable, differ)] = Reason.SOURCE
        final = (old.flags[0] & Flag.PROVISIONAL > 0) & (flags & Flag.PROVISIONAL == 0)
        found[differ & final & (status < FIRST_GAP)] = Reason.FINAL
        found[differ & ((old.flags[0] | flags) & Flag.CORRECTED > 0)] = Reason.CORRECTION
        found[differ & _one_hidden(old.status[0], status)] = Reason.SECRECY
        return found

    def _hidden_or_shown(self, indicator: str) -> Mask:
        new = self.after.indicators
        old = in_labels_of(new, self.before.indicators, self._former(indicator))
        return _one_hidden(old.status[0], new.status[new.item_index[indicator]])

    @cached_property
    def _other_units(self) -> Mask:
        """[year, unit]: the unit is not what it was: not there, of another kind, of other parts."""
        panel = self.after.indicators
        found = np.zeros((len(panel.years), len(panel.units)), np.bool_)
        old, new = self.before.territory, self.after.territory
        if old.units == new.units and old.successions == new.successions:
            return found
        for u, unit in enumerate(panel.units):
            moved = old.land_moves.get(unit) != new.land_moves.get(unit)
            for y, year in enumerate(panel.years):
                found[y, u] = moved or _made_of(old, unit, year) != _made_of(new, unit, year)
        return found

    @cached_property
    def _formulas(self) -> tuple[dict[str, Node], dict[str, Node]]:
        return (
            formulas_over_variables(self.before.catalogue),
            formulas_over_variables(self.after.catalogue),
        )

    @cached_property
    def _inside(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Pairs of places in the variables' units: one inside the other."""
        index = self.after.variables.unit_index
        pairs = [
            (at, index[outer])
            for unit, at in index.items()
            for outer in (unit[:4], f"{unit[:4]}G", unit[:2], "PL")
            if outer in index and is_inside(unit, outer)
        ]
        return np.array([a for a, _ in pairs], np.intp), np.array([b for _, b in pairs], np.intp)

    @cached_property
    def _tables(self) -> TablesChanged:
        return TablesChanged(self.before, self.after)


def reach(node: Node | None) -> tuple[tuple[str, int], ...]:
    """(variable, years back) of everything a formula over variables reads."""
    found: dict[tuple[str, int], None] = {}
    for atom in atoms(node) if node is not None else ():
        match atom:
            case Name(id):
                found[id, 0] = None
            case Lag(of, years):
                found[of.id, years] = None
            case RollingSum(of, years):
                found.update(((of.id, back), None) for back in range(years))
    return tuple(found)


def is_inside(unit: str, other: str) -> bool:
    """Does the code of a unit lie below another: a gmina in its powiat, and all in the country?"""
    if unit == other or unit == "PL":
        return False
    if other.endswith("G"):
        return len(unit) == 6 and unit[:4] == other[:4]
    return other == "PL" or (len(other) < len(unit) and unit.startswith(other))


def _definition(catalogue: Catalogue, formulas: dict[str, Node], indicator: str) -> object:
    """What decides the figure: the definition, what its formula comes to, what its inputs are."""
    one = catalogue.indicators.get(indicator)
    if one is None:
        return None
    node = formulas[indicator]
    used = [catalogue.variables[name.id] for name in names(node)]
    inputs = [v.model_dump_json(include=set(_OF_A_VARIABLE)) for v in used]
    return meaning(one), one.version, to_text(node), inputs


def _one_hidden(before: Codes, after: Codes) -> Mask:
    """Exactly one of the two is hidden by us, so that nobody can be recognised."""
    hidden: Mask = (before == Status.SUPPRESSED_SMALL) != (after == Status.SUPPRESSED_SMALL)
    return hidden


def _made_of(territory: Territory, code: str, year: int) -> object:
    unit = territory.units.get(code)
    if unit is None:
        return None
    members = tuple(m.code for m in territory.members(code) if m.exists_in(year))
    return unit.kind, unit.exists_in(year), members
