"""The places a unit reaches when every unit moves within its interval.

A unit is surely ahead of another when the worse end of its interval is better than the better end
of the other's. The best place a unit can reach is one behind those surely ahead of it; the worst
leaves behind only those it is surely ahead of. M. Klein, T. Wright and J. Wieczorek (2020), "A
joint confidence region for an overall ranking of populations", JRSS C 69, 589-606; on league
tables without intervals: H. Goldstein and D. J. Spiegelhalter (1996), JRSS A 159, 385-443.

Each interval holds its own level; the places of all units together hold a lower one. A value
without an interval stands still, so without any intervals the places are those of a tie.
"""

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.intervals import Intervals
from smup.compare.score import best_first, distance_to_target
from smup.panel.panel import Values

Places = NDArray[np.int64]


def costs(values: Values, found: Intervals | None, indicator: Indicator) -> tuple[Values, Values]:
    """Better and worse end of every unit as costs, less is better; NaN without a value.

    ``values`` and ``found`` are by column of the indicators. Targets are met at cost 0.
    """
    low = values if found is None else np.where(np.isnan(found.low), values, found.low)
    high = values if found is None else np.where(np.isnan(found.high), values, found.high)
    low, high = (np.where(np.isnan(values), np.nan, end) for end in (low, high))
    if indicator.target is None:
        return (-high, -low) if best_first(indicator) else (low, high)
    ends = distance_to_target(low, indicator)[0], distance_to_target(high, indicator)[0]
    around = (low <= indicator.target.value) & (high >= indicator.target.value)
    return np.where(around, 0.0, np.minimum(*ends)), np.maximum(*ends)


def reached(better: Values, worse: Values) -> tuple[Places, Places]:
    """Best and worst place of every unit among all of these; 0 for one without a value.

    ``better`` and ``worse`` are the ends of ``costs``; NaN stands outside the comparison.
    """
    known = ~np.isnan(better)
    surely_ahead = np.searchsorted(np.sort(worse[known]), better[known], side="left")
    not_behind = np.searchsorted(np.sort(better[known]), worse[known], side="right")
    low, high = np.zeros(len(better), np.int64), np.zeros(len(better), np.int64)
    low[known] = surely_ahead + 1
    high[known] = not_behind
    return low, high
