"""Changes of all units between two years, and the yearly steps of a series, as arrays.

Both are in the terms of the indicator's ``change:``: per cent of the earlier value, or a
difference. NaN: a value is missing, or a per cent has no positive value to start from.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.breaks import Break, between, defined_breaks
from smup.compare.frame import Frame
from smup.compare.positions import group_columns
from smup.compute.rounding import round_half_away, round_one
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


def one_change(before: float, after: float, indicator: Indicator) -> float:
    """``rounded_change`` of one unit; NaN for a per cent of a value that is not positive."""
    if indicator.change != "percent":
        return round_one(after - before, indicator.decimals)
    return round_one(100 * (after - before) / before, PERCENT_DECIMALS) if before > 0 else math.nan


def own_steps(frame: Frame, panel: Panel, indicator: Indicator, unit: str, end: int) -> Values:
    """[year]: the unit's steps from each year to the next, up to ``end``; none across a break."""
    steps = all_steps(frame, panel, indicator, [panel.unit_index[unit]])
    return steps[: steps_until(panel, end), 0]


def steps_of_all(frame: Frame, own: Panel) -> Values:
    """[item, year]: ``own_steps`` of every indicator of the one unit of ``own``, at once."""
    values = own.values[..., 0]
    indicators = [frame.catalogue.indicators[item] for item in own.items]
    relative = np.array([one.change == "percent" for one in indicators], bool)[:, np.newaxis]
    ends = values[:, :-1], values[:, 1:]
    steps = np.where(relative, _change(*ends, "percent"), _change(*ends, "absolute"))
    for item, indicator in enumerate(indicators):
        steps[item, _parted(frame, indicator, own.years)] = np.nan
    return np.where(own.flags[:, 1:, 0] & np.uint8(Flag.BREAK), np.nan, steps)


def group_steps(
    frame: Frame, panel: Panel, indicator: Indicator, unit: Unit, role: Level | None, end: int
) -> Values:
    """[year, unit]: the same for the units of the fixed group, or of all województwa."""
    columns = np.empty(0, np.intp) if role is None else group_columns(frame, unit, indicator, role)
    return all_steps(frame, panel, indicator, columns)[: steps_until(panel, end)]


def all_steps(
    frame: Frame, panel: Panel, indicator: Indicator, columns: Columns | Sequence[int]
) -> Values:
    """[year, column]: the steps of some units from each year of the panel to the next."""
    item = panel.item_index[indicator.id]
    values = panel.values[item][:, columns]
    steps = _change(values[:-1], values[1:], indicator.change)
    steps[_parted(frame, indicator, panel.years)] = np.nan
    flags = panel.flags[item, 1:][:, columns]
    return np.where(flags & np.uint8(Flag.BREAK), np.nan, steps)


def steps_until(panel: Panel, end: int) -> int:
    """How many steps there are up to the year ``end``."""
    return max(bisect_right(panel.years, end) - 1, 0)


def _parted(frame: Frame, indicator: Indicator, years: Sequence[int]) -> list[int]:
    """The steps over a year not held, or over a break of the definitions; worked out once."""
    key = indicator.id, tuple(years)
    if key not in frame.parted_steps:
        breaks = defined_breaks(frame, indicator.id)
        frame.parted_steps[key] = [
            at for at, pair in enumerate(pairwise(years)) if not _next_to(breaks, *pair)
        ]
    return frame.parted_steps[key]


def _next_to(breaks: tuple[Break, ...], sooner: int, later: int) -> bool:
    return later == sooner + 1 and not between(breaks, sooner, later)


def _change(before: Values, after: Values, how: How) -> Values:
    if how != "percent":
        difference: Values = after - before
        return difference
    with np.errstate(all="ignore"):
        return np.where(before > 0, 100 * (after - before) / before, np.nan)
