"""Class limits of a map: equal numbers of units, natural breaks, equal widths, or one's own.

Values above and below zero are shown as differences: at most two classes a side, zero between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import jenkspy
import numpy as np
import numpy.typing as npt

from smup.present.scales import quantile_limits

Method = Literal["quantile", "natural", "equal", "own"]
Floats = npt.NDArray[np.float64]

MOST = 5  # as many as a palette has colours; more are not told apart on a map


@dataclass(frozen=True)
class Classes:
    """``limits`` ascend; a value belongs to the first class whose limit is not below it, the last
    class has none. ``colours`` gives each class its place in the palette (0 to 4). A class of zeros
    stands before the class numbered ``zero_at``.
    """

    limits: tuple[float, ...]
    colours: tuple[int, ...]
    zero_at: int
    diverging: bool = False

    def colour_of(self, values: npt.ArrayLike) -> npt.NDArray[np.intp]:
        """Place in the palette of each value."""
        found = np.searchsorted(np.asarray(self.limits), np.asarray(values), side="left")
        return np.asarray(self.colours, np.intp)[found]


def classes(
    values: npt.ArrayLike, method: Method, decimals: int, own: Sequence[float] = ()
) -> Classes:
    """Limits for published ``values``; zeros and NaN are left out, zero being a class of its own.

    Equal values stay together. With few different ones there are fewer classes; by ``quantile`` and
    ``natural`` none is empty. ``own`` limits are taken as given and may leave a class empty.
    """
    data = np.asarray(values, dtype=np.float64)
    data = data[np.isfinite(data) & (data != 0)]
    if method == "own":
        limits = sorted(set(own))[: MOST - 1]
        return _sequential(limits, int(np.searchsorted(limits, 0.0)))
    if data.size and data.min() < 0 < data.max():
        below = _limits(data[data < 0], method, 2, decimals, _half(data))
        above = _limits(data[data > 0], method, 2, decimals, _half(data))
        colours = (*((0, 1) if below else (1,)), *((3, 4) if above else (3,)))
        return Classes((*below, 0.0, *above), colours, len(below) + 1, diverging=True)
    limits = _limits(data, method, MOST, decimals)
    return _sequential(limits, 0 if not data.size or data.min() > 0 else len(limits) + 1)


def _sequential(limits: Sequence[float], zero_at: int) -> Classes:
    """Fewer classes than five are spread over the palette, so that they stay easy to tell apart."""
    if not limits:
        return Classes((), (2,), zero_at)
    colours = np.linspace(0, MOST - 1, len(limits) + 1).round().astype(int).tolist()
    return Classes(tuple(limits), tuple(colours), zero_at)


def _half(data: Floats) -> float:
    """The width of an equal class on either side of zero: two reach the value farthest from it."""
    return float(np.abs(data).max()) / 2


def _limits(
    data: Floats, method: Method, count: int, decimals: int, width: float | None = None
) -> list[float]:
    """Upper limits of all classes of ``data`` but the last."""
    if method == "equal":
        return _equal_limits(data, count, decimals, width)
    if method == "natural":
        return _natural_limits(data, count)
    return quantile_limits(data, count)


def _natural_limits(data: Floats, count: int) -> list[float]:
    """The limits with the least sum of squares within classes (Fisher-Jenks)."""
    different = np.unique(data).size
    if different < 2:
        return []
    breaks = jenkspy.jenks_breaks(data, n_classes=min(count, different))
    return [float(limit) for limit in np.unique(breaks[1:-1]) if limit < data.max()]


def _equal_limits(data: Floats, count: int, decimals: int, width: float | None) -> list[float]:
    if not data.size:
        return []
    low, high = float(data.min()), float(data.max())
    ends = [-width, width] if width is not None else np.linspace(low, high, count + 1)[1:-1]
    limits = {round(float(end), decimals) for end in ends}
    return sorted(limit for limit in limits if low <= limit < high and limit != 0)
