"""Intervals of rates: how far a value could have come out otherwise by chance alone.

A rate of counts is seen as one draw from a process: the number of events out of a known base is
binomial (a share), or Poisson where an event may befall one base unit several times.

* ``wilson``: the score interval of a share, E. B. Wilson (1927), "Probable inference, the law of
  succession, and statistical inference", JASA 22, 209-212; in the form of R. G. Newcombe (1998),
  Statistics in Medicine 17, 857-872, method 3.
* ``byar``: Byar's approximation to the exact Poisson limits, N. E. Breslow and N. E. Day (1987),
  "Statistical Methods in Cancer Research" II, IARC, p. 69.
* ``exact_poisson``: F. Garwood (1936), Biometrika 28, 437-442, by quantiles of the gamma
  distribution; used below ``FEW`` events, as public-health practice does (Public Health England,
  "Commonly used public health statistics and their confidence intervals", 2018).
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from scipy.special import gammainccinv, gammaincinv

from smup.catalogue import Indicator
from smup.compare.counts import Counts, counts_of
from smup.compare.frame import Frame
from smup.compute.rounding import round_half_away
from smup.panel.panel import Values

FEW = 10  # events below which Byar's approximation gives way to the exact limits

Method = Literal["wilson", "byar", "exact"]
Refusal = Literal["no_value", "not_counts", "no_counts", "outside"]


@dataclass(frozen=True)
class Interval:
    """Limits in the indicator's unit, rounded as its values are, and how they were found."""

    low: float
    high: float
    method: Method
    level: float

    def to_dict(self) -> dict[str, object]:
        return {"low": self.low, "high": self.high, "method": self.method, "level": self.level}


@dataclass(frozen=True)
class Intervals:
    """Limits of every column of the indicators in one year, rounded; NaN where there is none."""

    low: Values
    high: Values
    counts: Counts
    level: float

    def of(self, column: int) -> Interval | None:
        """The interval of one column; None where it has none."""
        if np.isnan(self.low[column]):
            return None
        few = self.counts.events[column] < FEW
        method: Method = "wilson" if self.counts.model == "binomial" else "exact" if few else "byar"
        return Interval(float(self.low[column]), float(self.high[column]), method, self.level)


def wilson(cases: Values, base: Values, level: float) -> tuple[Values, Values]:
    """Limits (0-1) of shares ``cases / base``; NaN unless 0 <= cases <= base and base > 0."""
    z = _normal(level)
    with np.errstate(all="ignore"):
        share = cases / base
        weight = 1 + z**2 / base
        middle = (share + z**2 / (2 * base)) / weight
        reach = z * np.sqrt(share * (1 - share) / base + z**2 / (4 * base**2)) / weight
    usable = (cases >= 0) & (cases <= base) & (base > 0)
    # at 0 and at all the limit is exactly there, whatever the last bit of the sum says
    low = np.where(cases == 0, 0.0, np.maximum(middle - reach, 0.0))
    high = np.where(cases == base, 1.0, np.minimum(middle + reach, 1.0))
    return np.where(usable, low, np.nan), np.where(usable, high, np.nan)


def byar(events: Values, level: float) -> tuple[Values, Values]:
    """Limits of Poisson counts by Byar's approximation; NaN for negative counts.

    The lower limit of no events is 0.
    """
    z = _normal(level)
    with np.errstate(all="ignore"):
        low = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
        more = events + 1
        high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    low = np.where(events == 0, 0.0, np.maximum(low, 0.0))
    return np.where(events >= 0, low, np.nan), np.where(events >= 0, high, np.nan)


def exact_poisson(events: Values, level: float) -> tuple[Values, Values]:
    """Exact limits of Poisson counts (half of a chi-square quantile); NaN for negative counts."""
    tail = (1 - level) / 2
    usable = events >= 0
    counted = np.where(usable, events, 0.0)
    low = np.where(counted == 0, 0.0, gammaincinv(np.where(counted == 0, 1.0, counted), tail))
    high = gammainccinv(counted + 1, tail)
    return np.where(usable, low, np.nan), np.where(usable, high, np.nan)


def poisson(events: Values, level: float) -> tuple[Values, Values]:
    """Limits of Poisson counts: exact below ``FEW`` events, Byar's from there on."""
    low, high = byar(events, level)
    few = events < FEW
    exact_low, exact_high = exact_poisson(np.where(few, events, np.nan), level)
    return np.where(few, exact_low, low), np.where(few, exact_high, high)


def intervals_of(frame: Frame, indicator: Indicator, year: int) -> Intervals | None:
    """Intervals of all units in one year, at the level of the catalogue's ``uncertainty``.

    None for an indicator without intervals: it asks for none, or is no rate of counts. Raises
    KeyError for an indicator or year the frame does not hold.
    """
    counts = counts_of(frame, indicator, year)
    if counts is None:
        return None
    level = frame.catalogue.uncertainty.level
    low, high = limits(counts, level)
    return Intervals(
        round_half_away(low, indicator.decimals),
        round_half_away(high, indicator.decimals),
        counts,
        level,
    )


def limits(counts: Counts, level: float) -> tuple[Values, Values]:
    """Unrounded limits in the indicator's unit."""
    if counts.model == "binomial":
        low, high = wilson(counts.events, counts.base, level)
        return counts.factor * low, counts.factor * high
    with np.errstate(all="ignore"):
        scale = np.where(counts.base > 0, counts.factor / counts.base, np.nan)
    low, high = poisson(counts.events, level)
    return scale * low, scale * high


def interval_of(
    frame: Frame, indicator: Indicator, year: int, unit: str
) -> tuple[Interval | None, Refusal | None]:
    """The interval of one unit, or why it has none; (None, None) for an indicator without any.

    Raises KeyError for an unknown indicator, year or unit.
    """
    found = intervals_of(frame, indicator, year)
    return interval_and_refusal(frame, indicator, year, unit, found)


def interval_and_refusal(
    frame: Frame, indicator: Indicator, year: int, unit: str, found: Intervals | None
) -> tuple[Interval | None, Refusal | None]:
    """``interval_of`` where the intervals of the year are at hand."""
    panel = frame.indicators
    column = panel.unit_index[unit]
    if indicator.interval == "none":
        return None, None
    if np.isnan(panel.values[panel.item_index[indicator.id], panel.year_index[year], column]):
        return None, "no_value"
    if found is None:
        return None, "not_counts"
    interval = found.of(column)
    if interval is not None:
        return interval, None
    return None, "no_counts" if np.isnan(found.counts.events[column]) else "outside"


def _normal(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)
