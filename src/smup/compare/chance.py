"""Is a change more than chance explains?

Three answers, by what is known about the figure:

``difference of shares``  For binomial rates with known counts: R. G. Newcombe's interval for the
    difference of two independent proportions, built on Wilson's (Statistics in Medicine 17 (1998),
    873-890, method 10). Real when it leaves out 0.
``ratio of rates``  For Poisson rates with known counts: given all events of both years together,
    those of the second year are binomial with the share of its base in both bases (J. Przyborowski
    and H. Wilenski, Biometrika 31 (1940)). p is twice the smaller tail. Real when p < 1 - level.
``usual variation``  For everything else: the standard deviation of one yearly step by chance
    (``usual``), that of the unit or the group's median of them, whichever is larger, so that a
    unit that happened to be calm is not called changed by a trifle. Values that vary about a level
    without memory differ between any two years as much as between neighbouring ones, so a change is
    real when it exceeds z * deviation: the limits of an individuals chart (W. A. Shewhart 1931),
    with a median in place of the mean.

One in twenty changes that are nothing but chance passes for real at the level of 95 %: whoever
reads 400 of them at once meets some.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from scipy.special import bdtr

from smup.catalogue import Indicator
from smup.compare.counts import counts_of_unit
from smup.compare.frame import Frame
from smup.compare.intervals import wilson
from smup.compare.usual import Usual, deviation
from smup.compute.cells import references
from smup.panel.panel import Values

Method = Literal["difference_of_shares", "ratio_of_rates", "usual_variation"]
Unsure = Literal["overlapping_years", "few_years"]


@dataclass(frozen=True)
class Chance:
    """``low``-``high`` is the interval of a difference of shares, in the indicator's unit; ``p``
    belongs to a ratio of rates; ``limit`` is the largest change that usual variation explains, in
    the terms of the indicator's ``change:``."""

    method: Method
    real: bool
    low: float | None = None
    high: float | None = None
    p: float | None = None
    limit: float | None = None

    def to_dict(self) -> dict[str, object]:
        return {
            "method": self.method,
            "low": self.low,
            "high": self.high,
            "p": self.p,
            "limit": self.limit,
        }


def by_counts(
    frame: Frame, indicator: Indicator, unit: str, values: Mapping[int, float]
) -> Chance | Unsure | None:
    """The answer from counts; None where they are not known in both years or are no share.

    ``values`` are the published ones of the two years, the earlier first. Sums over several years
    that share a year are not independent: ``overlapping_years``.
    """
    before, after = counts_of_unit(frame, indicator, values, unit)
    if before is None or after is None:
        return None
    (x, n), (y, m) = (before.events, before.base), (after.events, after.base)
    if min(n, m) <= 0 or min(x, y) < 0:
        return None
    if _overlap(frame, indicator, *values):
        return "overlapping_years"
    level = frame.catalogue.uncertainty.level
    if before.model == "poisson":
        p = ratio_of_rates(x, n, y, m)
        return Chance("ratio_of_rates", p < 1 - level, p=p)
    if x > n or y > m:
        return None
    low, high = difference_of_shares(x, n, y, m, level)
    factor = before.factor
    return Chance(
        "difference_of_shares", not low <= 0 <= high, low=factor * low, high=factor * high
    )


def _overlap(frame: Frame, indicator: Indicator, start: int, end: int) -> bool:
    backs = [back for _, back in references(frame.formulas[indicator.id])]
    return end - max(backs) <= start - min(backs)


def difference_of_shares(
    x: float, n: float, y: float, m: float, level: float
) -> tuple[float, float]:
    """Newcombe's limits of y/m - x/n, for 0 <= x <= n and 0 <= y <= m, n and m above 0."""
    lows, highs = wilson(np.array([x, y]), np.array([n, m]), level)
    before, after = x / n, y / m
    down = math.hypot(after - float(lows[1]), float(highs[0]) - before)
    up = math.hypot(float(highs[1]) - after, before - float(lows[0]))
    return after - before - down, after - before + up


def ratio_of_rates(x: float, n: float, y: float, m: float) -> float:
    """Two-sided p of the hypothesis that events x on base n and y on base m have one rate."""
    events, share = round(x) + round(y), m / (n + m)
    at_most = float(bdtr(round(y), events, share))
    at_least = 1.0 - float(bdtr(round(y) - 1, events, share)) if round(y) else 1.0
    return min(1.0, 2 * min(at_most, at_least))


def by_variation(
    change: float, own: Values, usual: Usual, level: float
) -> Chance | Literal["few_years"]:
    """The answer from yearly steps: the unit's ``own`` [step], and what is usual in its group.

    Steps and ``change`` are in the terms of the indicator's ``change:``. A group of fewer than 8
    units with enough steps tells nothing; a unit with too few steps takes the group's variation.
    """
    both = deviation(own - usual.shared), usual.deviation
    found = [one for one in both if not math.isnan(one)]
    if not found:
        return "few_years"
    limit = NormalDist().inv_cdf(0.5 + level / 2) * max(found)
    return Chance("usual_variation", abs(change) > limit, limit=limit)
