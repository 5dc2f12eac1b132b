"""How sure one answer of a comparison is: interval of the value, places within reach."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from smup.compare.comparison import Basis, Smoothed
from smup.compare.intervals import (
    Interval,
    Intervals,
    Refusal,
    interval_and_refusal,
    intervals_of,
)
from smup.compare.question import Question
from smup.compare.rank_interval import costs, reached
from smup.compare.shrinkage import Shrunk, shrink
from smup.compute.rounding import round_one
from smup.panel.panel import Values

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Certainty:
    """Works out the intervals of the question's year once; everything else is read off them."""

    question: Question

    @cached_property
    def _found(self) -> Intervals | None:
        asked = self.question
        return intervals_of(asked.frame, asked.indicator, asked.year)

    @cached_property
    def interval(self) -> tuple[Interval | None, Refusal | None]:
        """The unit's interval, or why it has none; see ``intervals.interval_of``."""
        asked = self.question
        return interval_and_refusal(
            asked.frame, asked.indicator, asked.year, asked.unit.code, self._found
        )

    @property
    def basis(self) -> Basis | None:
        """The unit's events and base, where they are known."""
        found, at = self._found, self._column
        if found is None or np.isnan(found.counts.events[at]):
            return None
        base = float(found.counts.base[at]) if found.counts.has_base else None
        return Basis(float(found.counts.events[at]), base)

    @property
    def too_small(self) -> bool:
        """Does the unit's rate stand on a base too small for a place of its own?"""
        found, basis = self._found, self.basis
        if found is None or basis is None or basis.base is None:
            return False
        smallest = self.question.frame.catalogue.uncertainty.minimum_denominator
        return basis.base < smallest[found.counts.model]

    def places(self, among: Mask) -> tuple[int, int]:
        """Best and worst place within reach among these units of the role; 0 without a value."""
        if not among[self.question.place]:
            return 0, 0
        better, worse = self._costs
        at = int(among[: self.question.place].sum())
        low, high = reached(better[among], worse[among])
        return int(low[at]), int(high[at])

    @property
    def smoothed(self) -> Smoothed | None:
        """The unit's rate drawn towards that of its whole stratum; None where refused."""
        if self._found is None or not self.question.takes_part:
            return None
        frame, role = self.question.frame, self.question.role
        strata = frame.strata(self.question.indicator, role)
        columns = frame.role(role).columns[strata == strata[self.question.place]]
        found = shrink(self._found.counts, columns, self._found.level)
        if not isinstance(found, Shrunk):
            return None
        mine = np.flatnonzero(found.columns == self._column)
        if not mine.size:
            return None
        decimals, at = self.question.indicator.decimals, mine[0]
        value, low, high = (
            round_one(float(numbers[at]), decimals)
            for numbers in (found.values, found.low, found.high)
        )
        centre = round_one(found.centre, decimals)
        return Smoothed(value, low, high, float(found.weight[at]), centre)

    @property
    def _column(self) -> int:
        return self.question.frame.indicators.unit_index[self.question.unit.code]

    @cached_property
    def _costs(self) -> tuple[Values, Values]:
        columns = self.question.frame.role(self.question.role).columns
        better, worse = costs(self.question.values, self._found, self.question.indicator)
        return better[columns], worse[columns]
