"""Changes of all units between two years, and the yearly steps of a series, as arrays.

Both are in the terms of the indicator's ``change:``: per cent of the earlier value, or a
difference. NaN: a value is missing, or a per cent has no positive value to start from.
"""

from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.breaks import Break, between, defined_breaks
from smup.compare.frame import Frame
from smup.compare.positions import group_columns
from smup.compute.rounding import round_half_away
from smup.panel import Flag, Panel
from smup.panel.panel import Values
from smup.territory import Level, Unit

PERCENT_DECIMALS = 1

How = Literal["absolute", "percent", "percentage_points"]
Columns = NDArray[np.intp]


def changes_between(panel: Panel, indicator: Indicator, start: int, end: int) -> Values:
    """[unit]: the change of every unit, rounded. Raises KeyError for a label not held."""
    values = panel.values[panel.item_index[indicator.id]]
    return rounded_change(values[panel.year_index[start]], values[panel.year_index[end]], indicator)


def rounded_change(before: Values, after: Values, indicator: Indicator) -> Values:
    """The change from one array of values to another, as the indicator tells it."""
    decimals = PERCENT_DECIMALS if indicator.change == "percent" else indicator.decimals
    return round_half_away(_change(before, after, indicator.change), decimals)


def own_steps(frame: Frame, panel: Panel, indicator: Indicator, unit: str, end: int) -> Values:
    """[year]: the unit's steps from each year to the next, up to ``end``; none across a break."""
    return _steps(frame, panel, indicator, np.array([panel.unit_index[unit]]), end)[:, 0]


def group_steps(
    frame: Frame, panel: Panel, indicator: Indicator, unit: Unit, role: Level | None, end: int
) -> Values:
    """[year, unit]: the same for the units of the fixed group, or of all województwa."""
    columns = np.empty(0, np.intp) if role is None else group_columns(frame, unit, indicator, role)
    return _steps(frame, panel, indicator, columns, end)


def _steps(frame: Frame, panel: Panel, indicator: Indicator, columns: Columns, end: int) -> Values:
    years = [year for year in panel.years if year <= end]
    values = panel.values[panel.item_index[indicator.id], : len(years)][:, columns]
    steps = _change(values[:-1], values[1:], indicator.change)
    breaks = defined_breaks(frame, indicator.id)
    whole = [_next_to(breaks, a, b) for a, b in pairwise(years)]
    steps[~np.array(whole, bool)] = np.nan
    flags = panel.flags[panel.item_index[indicator.id], 1 : len(years)][:, columns]
    return np.where(flags & np.uint8(Flag.BREAK), np.nan, steps)


def _next_to(breaks: tuple[Break, ...], sooner: int, later: int) -> bool:
    return later == sooner + 1 and not between(breaks, sooner, later)


def _change(before: Values, after: Values, how: How) -> Values:
    if how != "percent":
        difference: Values = after - before
        return difference
    with np.errstate(all="ignore"):
        return np.where(before > 0, 100 * (after - before) / before, np.nan)
