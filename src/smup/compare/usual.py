"""How much a figure usually varies from year to year: of one unit, and of a group.

The yearly steps of each unit of a group are freed of what all had in common (the group's median
step of that year) and of the unit's own trend (its median step); 1.4826 times the median of what
remains in size (MAD: F. R. Hampel, JASA 69 (1974)) is the standard deviation of one step by chance.
Steps are in the terms of the indicator's ``change:``, NaN for none.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.compare.kernels import FEWEST
from smup.panel.panel import Values

FEWEST_STEPS = 4  # yearly steps of a unit from which its variation is worked out
TO_DEVIATION = 1.4826  # from the median size of normal deviations to their standard deviation


@dataclass(frozen=True)
class Usual:
    """``common`` [step] is the median step of each year over the units of a group, 0 where none has
    one; ``deviation`` the median of the units' deviations, NaN for fewer than 8 units with one."""

    common: Values
    deviation: float

    @property
    def shared(self) -> Values:
        """What is taken off a step of a unit: a group that tells nothing has nothing in common."""
        return np.zeros_like(self.common) if math.isnan(self.deviation) else self.common


def usual_of(steps: Values) -> Usual:
    """The usual variation of a group from the steps [step, unit] of its units."""
    common = np.nan_to_num(median_of_known(steps.T))
    left = steps - common[:, None]
    left = left - median_of_known(left)
    deviations: Values = TO_DEVIATION * median_of_known(np.abs(left))
    known = deviations[(~np.isnan(left)).sum(axis=0) >= FEWEST_STEPS]
    return Usual(common, float(np.median(known)) if known.size >= FEWEST else math.nan)


def deviation(steps: Values) -> float:
    """Standard deviation by chance of one step of a unit [step]; NaN for fewer than four steps."""
    known = sorted(step for step in steps.tolist() if not math.isnan(step))
    if len(known) < FEWEST_STEPS:
        return math.nan
    centre = _middle(known)
    return TO_DEVIATION * _middle(sorted(abs(step - centre) for step in known))


def _middle(ordered: Sequence[float]) -> float:
    lower, upper = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return lower + (upper - lower) / 2


def median_of_known(values: Values) -> Values:
    """Median over the first axis without NaN; NaN where all are. ``np.nanmedian`` takes ten times
    as long on some thousands of short columns."""
    if not values.shape[0]:
        return np.full(values.shape[1:], np.nan)
    in_order = np.sort(values, axis=0)  # NaN last
    count: NDArray[np.intp] = (~np.isnan(in_order)).sum(axis=0)
    at = np.maximum(count - 1, 0) // 2, count // 2
    lower, upper = (np.take_along_axis(in_order, one[None], axis=0)[0] for one in at)
    middle: Values = lower + (upper - lower) / 2
    return middle
