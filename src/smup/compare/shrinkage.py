"""Rates drawn towards the rate of all together, the more the smaller their base.

Each unit's true rate is seen as one of a family spread around the pooled rate: gamma for Poisson
counts, beta for shares. Its mean and variance are found by the method of moments, and a unit's
smoothed rate is the mean of what its own counts leave probable: R. J. Marshall (1991), "Mapping
disease and mortality rates using empirical Bayes estimators", Applied Statistics 40, 283-294; for
shares J. C. Kleinman (1973), JASA 68, 46-54. An alternative view: it ranks nothing here.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv

from smup.compare.counts import Counts
from smup.compare.kernels import FEWEST
from smup.panel.panel import Values

Columns = NDArray[np.intp]
ShrinkRefusal = Literal["no_base", "few_units", "all_or_nothing"]


@dataclass(frozen=True)
class Shrunk:
    """Smoothed rates of some units in the indicator's unit, with limits of their credible range.

    ``weight`` (0-1) is how much of a unit's own rate remains: base / (base + ``strength``), where
    ``strength`` is the base the family is worth; infinite where units differ by chance alone.
    """

    columns: Columns
    values: Values
    low: Values
    high: Values
    weight: Values
    centre: float
    strength: float


def shrink(counts: Counts, columns: Columns, level: float) -> Shrunk | ShrinkRefusal:
    """Smoothed rates of the units in ``columns`` whose counts are known and base is not empty.

    Refused as a funnel is, and for shares whose bases are all 1, which show no spread.
    """
    if not counts.has_base:
        return "no_base"
    used = columns[(counts.base[columns] > 0) & (counts.events[columns] >= 0)]
    binomial = counts.model == "binomial"
    if binomial:
        used = used[counts.events[used] <= counts.base[used]]
    if used.size < FEWEST:
        return "few_units"
    events, base = counts.events[used], counts.base[used]
    centre = float(events.sum() / base.sum())
    if centre <= 0 or (binomial and (centre >= 1 or base.sum() <= base.size)):
        return "all_or_nothing"
    strength = _share_strength(events, base) if binomial else _rate_strength(events, base)
    weight = base / (base + strength) if np.isfinite(strength) else np.zeros(base.size)
    values = weight * events / base + (1 - weight) * centre
    tails = (1 - level) / 2, (1 + level) / 2
    if not np.isfinite(strength):
        low = high = values
    elif binomial:
        inside = events + strength * centre, base - events + strength * (1 - centre)
        low, high = (betaincinv(*inside, tail) for tail in tails)
    else:
        shape = events + strength * centre
        low, high = (gammaincinv(shape, tail) / (base + strength) for tail in tails)
    return Shrunk(
        used,
        counts.factor * values,
        counts.factor * low,
        counts.factor * high,
        weight,
        counts.factor * centre,
        strength,
    )


def _rate_strength(events: Values, base: Values) -> float:
    """Centre over variance of the family: the mean of the gamma is worth this much base."""
    centre = events.sum() / base.sum()
    spread = _spread(events, base)
    variance = spread - centre / base.mean()
    return float(centre / variance) if variance > 0 else np.inf


def _share_strength(events: Values, base: Values) -> float:
    """a + b of the beta; its variance is c (1 - c) / (a + b + 1).

    E(spread) = [k c (1 - c) + variance (N - k)] / N for k units with N cases together.
    """
    centre = events.sum() / base.sum()
    alone = centre * (1 - centre)
    share = base.size / base.sum()
    variance = (_spread(events, base) - alone * share) / (1 - share)
    return max(float(alone / variance) - 1, 0.0) if variance > 0 else np.inf


def _spread(events: Values, base: Values) -> float:
    """Variance of the rates around the pooled one, weighted by base."""
    centre = events.sum() / base.sum()
    return float(np.sum(base * (events / base - centre) ** 2) / base.sum())
