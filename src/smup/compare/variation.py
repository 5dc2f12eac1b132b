"""The usual variation of every fixed group in every indicator, worked out once for a release.

The same numbers as ``usual.usual_of`` gives for one group, which remains their naive twin; here all
groups, and all years up to which the steps may be taken, come from one walk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smup.compare.frame import Frame
from smup.compare.kernels import FEWEST
from smup.compare.positions import COMPARATORS, part_labels
from smup.compare.steps import all_steps
from smup.compare.usual import FEWEST_STEPS, TO_DEVIATION, Usual
from smup.compute.compiled import compiled
from smup.compute.parallel import each
from smup.panel.panel import Values
from smup.territory import Level


class Varied(NamedTuple):
    """Arrays [item, part, step]: ``common`` as in ``Usual``, ``spread`` its ``deviation`` were the
    step the last one."""

    common: Values
    spread: Values


@dataclass(frozen=True)
class Variation:
    """Axes: item = ``items``, part = ``parts`` (as in ``Positions``, the fixed groups only), step =
    from each of ``years`` to the next."""

    items: tuple[str, ...]
    years: tuple[int, ...]
    parts: tuple[str, ...]
    varied: Varied

    def of(self, item: str, part: str | None, end: int) -> Usual:
        """The usual variation of a part by the steps up to the year ``end``; of no part nothing is
        known. Raises KeyError for an unknown item."""
        count = max(sum(year <= end for year in self.years) - 1, 0)
        if part not in self._part or not count:
            return Usual(np.zeros(count), np.nan)
        at = self._item[item], self._part[part]
        return Usual(self.varied.common[at][:count], float(self.varied.spread[at][count - 1]))

    @cached_property
    def _item(self) -> Mapping[str, int]:
        return {item: at for at, item in enumerate(self.items)}

    @cached_property
    def _part(self) -> Mapping[str | None, int]:
        return {part: at for at, part in enumerate(self.parts)}


class Varier:
    """What looking for the usual variation at a level needs, worked out once for all indicators.

    Items are independent of one another, so any split into blocks gives the same numbers.
    """

    def __init__(self, frame: Frame, role: Level) -> None:
        self._frame, self._columns = frame, frame.role(role).columns
        panel = frame.indicators
        self._indicators = [frame.catalogue.indicators[item] for item in panel.items]
        names, labelled = part_labels(frame, self._indicators, role)
        comparator = "kraj" if role is Level.WOJEWODZTWO else "group"  # see ``group_part``
        mine = [at for at, name in enumerate(names) if name.partition(":")[0] == comparator]
        self._parts = tuple(names[at] for at in mine)
        self._labels = np.full((len(panel.items), len(self._columns)), -1, np.int32)
        for items, parts in labelled:
            own = parts.labels[COMPARATORS.index(comparator)]
            self._labels[items] = own - mine[0] if mine else own  # names of a comparator are a row

    def vary(self, first: int, last: int, threads: int = 2) -> Varied:
        """Items ``first`` up to below ``last`` of the panel; the axis of items begins at first."""
        panel = self._frame.indicators
        shape = (last - first, len(self._parts), max(len(panel.years) - 1, 0))
        found = Varied(np.zeros(shape), np.full(shape, np.nan))

        def one(number: int) -> None:
            indicator = self._indicators[first + number]
            steps = all_steps(self._frame, panel, indicator, self._columns)
            labels = self._labels[first + number]
            _walk(np.ascontiguousarray(steps.T), labels, *(array[number] for array in found))

        each(one, last - first, threads)
        return found

    def variation(self, varied: Varied) -> Variation:
        """That of all items, labelled."""
        panel = self._frame.indicators
        return Variation(panel.items, panel.years, self._parts, varied)


@compiled
def _walk(steps: Values, labels: NDArray[np.int32], common: Values, spread: Values) -> None:
    """Fill ``common`` and ``spread`` [part, step] from ``steps`` [unit, step]."""
    units, count = steps.shape
    members, some = np.empty(units, np.int64), np.empty(units)
    deviations = np.empty((count, units))
    for part in range(len(common)):
        size = 0
        for unit in range(units):
            if labels[unit] == part:
                members[size] = unit
                size += 1
        for step in range(count):
            known = 0
            for at in range(size):
                value = steps[members[at], step]
                if value == value:
                    some[known] = value
                    known += 1
            if known:
                some[:known].sort()
                lower, upper = some[(known - 1) // 2], some[known // 2]
                common[part, step] = lower + (upper - lower) / 2
        for at in range(size):
            _deviations(steps[members[at]], common[part], deviations[:, at])
        for step in range(count):
            known = 0
            for at in range(size):
                if deviations[step, at] == deviations[step, at]:
                    some[known] = deviations[step, at]
                    known += 1
            if known >= FEWEST:
                some[:known].sort()
                spread[part, step] = (some[(known - 1) // 2] + some[known // 2]) / 2


@compiled
def _deviations(steps: Values, common: Values, out: Values) -> None:
    """Fill ``out`` [step] with the deviation of one unit by its steps up to each; NaN for too few.

    What is left of the steps is kept in order: the median of their distances from the middle is
    then found by going outwards from it.
    """
    left = np.empty(len(steps))
    known, last = 0, np.nan
    for step in range(len(steps)):
        value = steps[step] - common[step]
        if value == value:
            at = known
            while at > 0 and left[at - 1] > value:
                left[at] = left[at - 1]
                at -= 1
            left[at] = value
            known += 1
            if known >= FEWEST_STEPS:
                last = TO_DEVIATION * _typical_distance(left[:known])
        out[step] = last


@compiled
def _typical_distance(ordered: Values) -> float:
    """The median distance of ascending numbers from their median."""
    count = len(ordered)
    low, high = ordered[(count - 1) // 2], ordered[count // 2]
    centre = low + (high - low) / 2
    below, above = (count - 1) // 2, (count - 1) // 2 + 1
    lower = upper = 0.0
    for taken in range(count // 2 + 1):
        down = centre - ordered[below] if below >= 0 else np.inf
        up = ordered[above] - centre if above < count else np.inf
        upper = min(down, up)
        if down <= up:
            below -= 1
        else:
            above += 1
        if taken == (count - 1) // 2:
            lower = upper
    return lower + (upper - lower) / 2
