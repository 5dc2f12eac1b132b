"""The formula on a unit's own figures, one number at a time."""

import math
from collections.abc import Iterable, Mapping, Sequence

from smup.catalogue import Indicator
from smup.compute.cells import Reference
from smup.compute.evaluate import exact_kinds
from smup.compute.formula import Node, evaluate_scalar
from smup.compute.trace.parts import Given, Result, numbers_of
from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP
from smup.territory import GMINA_KINDS, Kind, Territory, Unit

_Row = tuple[list[float], list[int], list[int]]  # values, statuses and flags by unit


class Figures:
    """The variables of a panel one cell at a time, without figures of units that did not exist."""

    def __init__(self, variables: Panel, territory: Territory) -> None:
        self.territory = territory
        self._panel = variables
        self._rows: dict[Reference, _Row] = {}

    def given(self, variable: str, unit: Unit, year: int) -> Given:
        panel = self._panel
        if variable not in panel.item_index or year not in panel.year_index:
            return Given(variable, unit.code, year, None, Status.NOT_COLLECTED, 0)
        if not unit.exists_in(year):
            return Given(variable, unit.code, year, None, Status.NOT_EXISTING, 0)
        values, status, flags = self._row(variable, year)
        at = panel.unit_index[unit.code]
        value = values[at] if status[at] < FIRST_GAP else None
        return Given(variable, unit.code, year, value, Status(status[at]), flags[at])

    def inputs(self, needed: Sequence[Reference], unit: Unit, year: int) -> tuple[Given, ...]:
        """Variables, each so many years back."""
        return tuple(self.given(name, unit, year - back) for name, back in needed)

    def _row(self, variable: str, year: int) -> _Row:
        """All units at once: a country has thousands of members."""
        if (variable, year) not in self._rows:
            panel = self._panel
            at = panel.item_index[variable], panel.year_index[year]
            parts = panel.values[at], panel.status[at], panel.flags[at]
            self._rows[variable, year] = (parts[0].tolist(), parts[1].tolist(), parts[2].tolist())
        return self._rows[variable, year]


def own_result(
    indicator: Indicator, node: Node, given: tuple[Given, ...], unit: Unit, year: int
) -> Result:
    """The formula on the unit's own figures; a gap takes the first reason of its inputs."""
    if not unit.exists_in(year):
        return Result.gap(Status.NOT_EXISTING)
    if not is_for(indicator, unit):
        return Result.gap(Status.NOT_APPLICABLE)
    return formula_on(node, given, year)


def formula_on(node: Node, given: tuple[Given, ...], year: int) -> Result:
    """A formula on inputs of the year."""
    flags = union(one.flags for one in given)
    gaps = [one.status for one in given if one.value is None]
    if gaps:
        return Result.gap(min(gaps), flags)
    return result_of(node, numbers_of(given, year), flags)


def result_of(node: Node, numbers: Mapping[str, float], flags: int = 0) -> Result:
    """The formula on numbers; a division by zero, or a result that is no number, has no
    denominator. Raises KeyError for a number that is not given."""
    try:
        value = evaluate_scalar(node, numbers)
    except ZeroDivisionError:
        return Result.gap(Status.NO_DENOMINATOR, flags)
    if not math.isfinite(value):
        return Result.gap(Status.NO_DENOMINATOR, flags)
    return Result(value, None, flags)


def is_for(indicator: Indicator, unit: Unit) -> bool:
    """Is the indicator for this unit, or for several units that it stands for?"""
    kinds = exact_kinds(indicator)
    if unit.kind in kinds or unit.kind in (Kind.WOJEWODZTWO, Kind.KRAJ):
        return True
    if not kinds & set(GMINA_KINDS):
        return False
    over_gminas = unit.kind is Kind.POWIAT and indicator.scope == "territory"
    return over_gminas or unit.kind is Kind.GMINY_POWIATU


def union(flags: Iterable[int]) -> int:
    found = 0
    for one in flags:
        found |= one
    return found
