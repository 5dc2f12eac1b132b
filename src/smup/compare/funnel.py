"""Funnel plots: is a unit's rate further from the rate of all together than chance explains?

D. J. Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in
Medicine 24, 1185-1202. The target is the pooled rate. Limits for a base n are quantiles of the
binomial or Poisson distribution at that rate, interpolated between whole numbers (his A.1.1), each
from the side of its own tail: so a unit stands outside a limit exactly where the probability of a
count as extreme as its own is below the limit's, also with a base of three. Where units differ more
than chance allows, z-scores are winsorised, phi is the mean of their squares (A.3), and the limits
are target +/- z sqrt(phi) standard errors. phi below 1 is taken as 1.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrik, pdtr, pdtrik

from smup.catalogue.methods import Uncertainty
from smup.compare.counts import Counts, Model
from smup.compare.kernels import FEWEST
from smup.panel.panel import Values

Columns = NDArray[np.intp]
Standings = NDArray[np.int8]
FunnelRefusal = Literal["no_base", "few_units", "all_or_nothing"]


@dataclass(frozen=True)
class Funnel:
    """Rates of some units beside the limits for their bases.

    ``target`` and ``rates`` are in the indicator's unit. ``standing`` is 0 within the inner limits,
    +-1 outside them, +-2 outside the outer ones; the sign says above or below. ``dispersion`` is
    phi, 1 where chance explains the differences (then the limits are exact).
    """

    columns: Columns
    base: Values
    rates: Values
    z: Values
    standing: Standings
    target: float
    dispersion: float
    model: Model
    factor: float
    levels: tuple[float, float]

    @property
    def is_exact(self) -> bool:
        """Are the limits those of pure chance?"""
        return self.dispersion == 1.0

    def limits(self, base: Values) -> Values:
        """Lower outer, lower inner, upper inner and upper outer limit [4, base], in the unit."""
        inner, outer = self.levels
        below = [(1 - outer) / 2, (1 - inner) / 2]
        rows = [self._limit(p, base) for p in (*below, 1 - below[1], 1 - below[0])]
        most = self.factor if self.model == "binomial" else np.inf
        return np.clip(np.array(rows), 0.0, most)

    def _limit(self, probability: float, base: Values) -> Values:
        rate = self.target / self.factor
        if self.is_exact:
            return self.factor * exact_limit(self.model, probability, base, rate)
        z = NormalDist().inv_cdf(probability)
        error = standard_error(self.model, rate, base)
        return self.factor * (rate + z * sqrt(self.dispersion) * error)


def funnel(counts: Counts, columns: Columns, rules: Uncertainty) -> Funnel | FunnelRefusal:
    """The funnel of the units in ``columns`` whose counts are known and whose base is not empty.

    Refused for plain counts, which have no base, below eight units, and where the pooled rate is
    nothing (or, for shares, everything): then no unit can differ from it.
    """
    if not counts.has_base:
        return "no_base"
    usable = columns[counts.base[columns] > 0]
    if usable.size < FEWEST:
        return "few_units"
    events, base = counts.events[usable], counts.base[usable]
    rate = float(events.sum() / base.sum())
    if rate <= 0 or (counts.model == "binomial" and rate >= 1):
        return "all_or_nothing"
    z = (events / base - rate) / standard_error(counts.model, rate, base)
    drawn = Funnel(
        columns=usable,
        base=base,
        rates=counts.factor * events / base,
        z=z,
        standing=np.zeros(usable.size, np.int8),
        target=counts.factor * rate,
        dispersion=max(1.0, dispersion(z, rules.winsorised)),
        model=counts.model,
        factor=counts.factor,
        levels=rules.funnel_levels,
    )
    drawn.standing[:] = _standings(drawn, events)
    return drawn


def dispersion(z: Values, winsorised: float) -> float:
    """phi: the mean square of z-scores whose ends are pulled in to their quantiles."""
    low, high = np.quantile(z, (winsorised, 1 - winsorised))
    return float(np.mean(np.clip(z, low, high) ** 2))


def standard_error(model: Model, rate: float, base: Values) -> Values:
    """Of a rate (without its factor) under the pooled rate."""
    variance = rate * (1 - rate) if model == "binomial" else rate
    error: Values = np.sqrt(variance / base)
    return error


def exact_limit(model: Model, probability: float, base: Values, rate: float) -> Values:
    """The rate at which the distribution reaches ``probability``, between whole numbers of events.

    With r the smallest number whose cumulative probability F(r) is at least p and
    a = (F(r) - p) / (F(r) - F(r - 1)), a lower limit (p < 1/2) is (r - a) / base and an upper one
    (r + 1 - a) / base: r is the last number inside it. A binomial base is rounded to whole.
    """
    whole = _whole(model, base)
    if model == "binomial":
        near = bdtrik(probability, whole, rate)
    else:
        near = pdtrik(probability, whole * rate)
    number = np.maximum(np.ceil(np.nan_to_num(near)), 0.0)
    # the inverse is continuous and numerical: it may be off by one
    number -= _cumulative(model, number - 1, whole, rate) >= probability
    number += _cumulative(model, number, whole, rate) < probability
    reach, before = (_cumulative(model, number - back, whole, rate) for back in (0, 1))
    with np.errstate(all="ignore"):
        back = np.clip(np.nan_to_num((reach - probability) / (reach - before)), 0.0, 1.0)
    limit: Values = (number - back + (probability > 0.5)) / whole
    return limit


def _cumulative(model: Model, events: Values, whole: Values, rate: float) -> Values:
    """P(X <= events) under the pooled rate; 0 below no events."""
    at = np.maximum(events, 0.0)
    if model == "binomial":
        found = bdtr(np.minimum(at, whole), whole.astype(np.int64), rate)
    else:
        found = pdtr(at, whole * rate)
    return np.where(events < 0, 0.0, found)


def _whole(model: Model, base: Values) -> Values:
    return np.maximum(np.round(base), 1.0) if model == "binomial" else base


def _standings(drawn: Funnel, events: Values) -> Standings:
    """By tail probabilities where limits are exact, else by z-scores against sqrt(phi)."""
    standing = np.zeros(len(events), np.int8)
    if drawn.is_exact:
        rate, whole = drawn.target / drawn.factor, _whole(drawn.model, drawn.base)
        at_most = _cumulative(drawn.model, events, whole, rate)
        fewer = _cumulative(drawn.model, events - 1, whole, rate)
        for level in drawn.levels:
            tail = (1 - level) / 2
            standing += (fewer >= 1 - tail).astype(np.int8)
            standing -= (at_most < tail).astype(np.int8)
        return standing
    for level in drawn.levels:
        limit = NormalDist().inv_cdf((1 + level) / 2) * sqrt(drawn.dispersion)
        standing += (drawn.z > limit).astype(np.int8)
        standing -= (drawn.z < -limit).astype(np.int8)
    return standing
