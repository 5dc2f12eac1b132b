"""Which values of a year are sure enough to be placed: intervals and small bases, remembered."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smup.compare.intervals import intervals_of
from smup.panel.panel import Values
from smup.store.releases import Release


@dataclass(frozen=True)
class Chance:
    """For each unit of the panel: limits of its value (NaN: none), and is its base too small?"""

    low: Values
    high: Values
    small: NDArray[np.bool_]

    def is_beyond(self, column: int, value: float) -> bool:
        """Does ``value`` lie outside the unit's interval? True where there is no interval."""
        low, high = self.low[column], self.high[column]
        return bool(np.isnan(low)) or not low <= value <= high


@lru_cache(maxsize=1024)
def chance_of(release: Release, indicator: str, year: int) -> Chance | None:
    """None for an indicator without intervals. Raises KeyError for one without data."""
    chosen = release.catalogue.indicators[indicator]
    if chosen.interval == "none":
        return None
    found = intervals_of(release.frame, chosen, year)
    if found is None:
        return None
    smallest = release.catalogue.uncertainty.minimum_denominator[chosen.interval]
    with np.errstate(invalid="ignore"):
        small = found.counts.base < smallest
    return Chance(found.low, found.high, small & found.counts.has_base)
