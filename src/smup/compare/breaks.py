"""Years from which a figure is made in another way, and which pairs of years they stand between.

A break of a variable in year B parts the values of the variable up to B-1 from those since B. An
indicator whose formula looks back uses the variable of years y-m … y-k for its value of year y. Its
values of years s < e are comparable only where all of them stand on one side: never when
s - m < B <= e - k. Beside the breaks that the catalogue knows there are those that a source marks
at a value of the unit itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from smup.catalogue.base import Text
from smup.compare.frame import Frame
from smup.compute.cells import references
from smup.panel import Flag, Panel


@dataclass(frozen=True)
class Break:
    """A pair of years s < e is parted when s < ``until`` and e >= ``since``.

    ``variables`` and ``reason`` are empty where the source marks the value and says no more.
    """

    year: int
    variables: tuple[str, ...]
    reason: Text | None
    since: int
    until: int

    def parts(self, start: int, end: int) -> bool:
        return start < self.until and end >= self.since

    def to_dict(self) -> dict[str, object]:
        reason = None if self.reason is None else self.reason.model_dump()
        return {"year": self.year, "variables": list(self.variables), "reason": reason}


def breaks_of(
    frame: Frame, indicator: str, unit: str, panel: Panel | None = None
) -> tuple[Break, ...]:
    """Every break in the series of a unit, oldest first. Raises KeyError for an unknown label.

    ``panel`` holds the unit; by default the indicators of the frame.
    """
    known = defined_breaks(frame, indicator)
    panel = panel or frame.indicators
    flags = panel.flags[panel.item_index[indicator], :, panel.unit_index[unit]]
    marked = [panel.years[at] for at in np.flatnonzero(flags & np.uint8(Flag.BREAK)).tolist()]
    if not marked:
        return known
    explained = {year for one in known for year in range(one.since, one.until + 1)}
    told = [Break(y, (), None, y, y) for y in marked if y not in explained]
    return tuple(sorted((*known, *told), key=lambda one: one.year))


def defined_breaks(frame: Frame, indicator: str) -> tuple[Break, ...]:
    """The breaks of the variables of a formula; one of several variables for one reason is one."""
    if indicator not in frame.breaks:
        frame.breaks[indicator] = _defined_breaks(frame, indicator)
    return frame.breaks[indicator]


def _defined_breaks(frame: Frame, indicator: str) -> tuple[Break, ...]:
    back: dict[str, list[int]] = {}
    for variable, lag in references(frame.formulas[indicator]):
        back.setdefault(variable, []).append(lag)
    found: dict[tuple[int, str], Break] = {}
    for variable, lags in back.items():
        definition = frame.catalogue.variables.get(variable)
        for each in definition.breaks if definition else ():
            key = each.year, each.reason.pl
            same = found.get(key)
            since, until = each.year + min(lags), each.year + max(lags)
            found[key] = Break(
                each.year,
                (*(same.variables if same else ()), variable),
                each.reason,
                min(since, same.since) if same else since,
                max(until, same.until) if same else until,
            )
    return tuple(sorted(found.values(), key=lambda one: one.year))


def between(breaks: Sequence[Break], start: int, end: int) -> tuple[Break, ...]:
    """Those that part two years."""
    return tuple(one for one in breaks if one.parts(start, end))


def cuts(breaks: Sequence[Break], years: Sequence[int]) -> list[int]:
    """The years (of those with values, ascending) that must not be compared with the one before."""
    pairs = pairwise(years)
    return [later for sooner, later in pairs if between(breaks, sooner, later)]
