"""What counts as better: the order in which values of an indicator are placed."""

import numpy as np

from smup.catalogue import Indicator
from smup.compute.rounding import MOST_DECIMALS, round_half_away
from smup.panel.panel import Values


def best_first(indicator: Indicator) -> bool:
    """Is the largest value placed first?

    Where neither is better the order is descending too: a plain list by size that must never be
    called good or bad. Indicators with a target are placed by ``distance_to_target``.
    """
    return indicator.better != "lower"


def distance_to_target(values: Values, indicator: Indicator) -> tuple[Values, int]:
    """How far each value is on the wrong side of the target, and to how many decimals.

    0 for all that meet it: they share the first place. The decimals are those of the indicator
    or of the target, whichever are more, so that rounding makes no ties.
    Raises ValueError for an indicator without a target.
    """
    if indicator.target is None:
        raise ValueError(f"{indicator.id} has no target")
    above = values - indicator.target.value
    distance = {
        "exactly": np.abs(above),
        "at_least": np.maximum(-above, 0.0),
        "at_most": np.maximum(above, 0.0),
    }[indicator.target.at]
    decimals = max(indicator.decimals, _decimals_of(indicator.target.value))
    return round_half_away(distance, decimals), decimals


def _decimals_of(value: float) -> int:
    return next((d for d in range(MOST_DECIMALS) if round(value, d) == value), MOST_DECIMALS)
