"""From values to places: linear scales, round axis ticks, class limits of maps."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Scale:
    """Maps ``low``..``high`` onto 0..1; a scale without width puts everything in the middle."""

    low: float
    high: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return 0.5
        return (value - self.low) / (self.high - self.low)

    def clipped(self, value: float) -> float:
        return min(1.0, max(0.0, self(value)))


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round numbers (1, 2, 2.5 or 5 times a power of ten) that cover ``low``..``high``.

    About ``count`` steps; the first tick is not above ``low``, the last not below ``high``.
    Values are published to 6 decimals at most, so what is closer than 1e-9 is one value.
    """
    if high - low < 1e-9:
        high = low + (abs(low) or 1.0)
    raw = (high - low) / count
    power = 10.0 ** math.floor(math.log10(raw))
    step = power * next(m for m in (1, 2, 2.5, 5, 10) if raw <= m * power * (1 + 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def decimals_of(values: Sequence[float]) -> int:
    """How many decimal places write all of these round numbers exactly (at most 6)."""
    for places in range(6):
        if all(math.isclose(v, round(v, places), rel_tol=1e-9, abs_tol=1e-12) for v in values):
            return places
    return 6


def year_labels(years: Sequence[int], most: int = 6) -> list[int]:
    """First and last year and evenly spaced ones between, at most ``most``."""
    if len(years) <= most:
        return list(years)
    step = math.ceil((years[-1] - years[0]) / (most - 1))
    inner = [y for y in range(years[0], years[-1] + 1, step) if years[-1] - y >= step / 2]
    return [*inner, years[-1]]


def quantile_limits(values: ArrayLike, classes: int = 5) -> list[float]:
    """Upper limits of all classes but the last, for classes of about equal numbers of units.

    A limit is the greatest value in its class, so limits are published values and ties stay
    together; with few different values there are fewer classes, never an empty one. A value
    belongs to the first class whose limit is not below it.
    """
    data = np.asarray(values, dtype=np.float64)
    data = data[np.isfinite(data)]
    if not data.size:
        return []
    limits = np.unique(np.quantile(data, np.arange(1, classes) / classes, method="lower"))
    return [float(limit) for limit in limits if limit < data.max()]


def class_of(value: float, limits: Sequence[float]) -> int:
    """Index of the class of ``value``, 0 for the lowest."""
    return int(np.searchsorted(np.asarray(limits), value, side="left"))
