"""The weighted value of several units together: the ratio of their sums."""

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.frame import Frame
from smup.compute.aggregate import ENOUGH
from smup.compute.cells import HAS_VALUE, Cells, Source, evaluate_cells, references
from smup.compute.secrecy import about_persons
from smup.compute.secrecy_levels import FEWEST_UNITS
from smup.panel import Status
from smup.territory import Kind

Columns = NDArray[np.intp]


def weighted_value(frame: Frame, indicator: Indicator, columns: Columns, year: int) -> float | None:
    """The indicator for the units in ``columns`` of ``frame.indicators`` taken as one area.

    ``ratio_of_sums``: each variable summed over the units that have all variables of the formula,
    a powiat without them standing for its gminas, then the formula. ``weighted: w``: the mean of
    the published values weighted by w. None where the indicator is a sum or cannot be added up,
    and where less than 90 % of the units (that exist, and to which it applies) have what it needs.

    Only figures that a release tells are added up, so the difference of two lists is a figure that
    is told as well. Figures about persons are given for at least ``FEWEST_UNITS`` units together.
    """
    status = frame.indicators.status[
        frame.indicators.item_index[indicator.id], frame.indicators.year_index[year]
    ]
    concerned = columns[~np.isin(status[columns], (Status.NOT_EXISTING, Status.NOT_APPLICABLE))]
    if not concerned.size:
        return None
    if indicator.aggregate == "ratio_of_sums":
        return _ratio_of_sums(frame, indicator, concerned, year)
    if indicator.aggregate.startswith("weighted: "):
        return _weighted_mean(frame, indicator, concerned, year)
    return None


def _ratio_of_sums(frame: Frame, indicator: Indicator, columns: Columns, year: int) -> float | None:
    node = frame.formulas[indicator.id]
    source = Source(frame.variables)
    looked = {(name, back): source.in_year(name, year - back) for name, back in references(node)}
    complete = np.all([cells.known for cells in looked.values()], axis=0)
    summands = _summands(frame, columns, complete, year)
    used = summands[complete[summands]]
    if not used.size or used.size < ENOUGH * summands.size:
        return None
    if used.size < FEWEST_UNITS and not about_persons(frame.catalogue).isdisjoint(
        name for name, _ in looked
    ):
        return None

    def summed(variable: str, back: int) -> Cells:
        total = np.sum(looked[variable, back].values[used], keepdims=True)
        return Cells(total, np.full(1, HAS_VALUE, np.uint8), np.zeros(1, np.uint8))

    return _single(evaluate_cells(node, summed, (1,)))


def _summands(frame: Frame, columns: Columns, complete: NDArray[np.bool_], year: int) -> Columns:
    """Columns of the variables to add up: the units themselves, or the gminas of a powiat."""
    units, held = frame.indicators.units, frame.variables.unit_index
    own = frame.variable_columns[columns]
    known = (own >= 0) & complete[own]
    found = [int(column) for column in own[known]]
    for column in columns[~known]:
        unit = frame.territory.units[units[column]]
        members = frame.territory.members(unit.code) if unit.kind is Kind.POWIAT else (unit,)
        found += [held[m.code] for m in members if m.exists_in(year) and m.code in held]
    return np.array(found, np.intp)


def _weighted_mean(frame: Frame, indicator: Indicator, columns: Columns, year: int) -> float | None:
    panel = frame.indicators
    values = panel.values[panel.item_index[indicator.id], panel.year_index[year]][columns]
    weight = Source(frame.variables).in_year(indicator.aggregate.removeprefix("weighted: "), year)
    own = frame.variable_columns[columns]
    weights = np.where(own >= 0, weight.values[own], np.nan)
    used = ~np.isnan(values) & ~np.isnan(weights)
    total = float(weights[used].sum())
    if used.sum() < ENOUGH * columns.size or total == 0:
        return None
    return float((values[used] * weights[used]).sum()) / total


def _single(cells: Cells) -> float | None:
    return float(cells.values[0]) if cells.known[0] else None
