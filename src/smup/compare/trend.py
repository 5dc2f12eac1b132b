"""Does a series rise or fall? Mann-Kendall test and Theil-Sen slope within segments of years.

A segment is a run of years between breaks; nothing is compared across a break. Within a segment of
n values, gaps left out:

S      pairs of years in which the later value is larger, minus those in which it is smaller.
p      two-sided. Without ties and up to 10 values from the exact distribution of S over the n!
       orders; else normal, with var S = [n(n-1)(2n+5) - sum over ties t(t-1)(2t+5)] / 18 and the
       continuity correction of 1.
slope  median over all pairs of years of (difference of values) / (difference of years), a year.

Fewer than 5 values are not tested: with 4 even a perfect order has p = 2/24, above 0.05.

Sources: H. B. Mann, Nonparametric tests against trend, Econometrica 13 (1945); M. G. Kendall, Rank
Correlation Methods (1975); R. O. Gilbert, Statistical Methods for Environmental Pollution
Monitoring (1987), 16.4: exact up to n = 10; H. Theil (1950); P. K. Sen, JASA 63 (1968).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from statistics import median
from typing import Literal

FEWEST_POINTS = 5
MOST_EXACT = 10  # values up to which the exact distribution is used
LEVEL = 0.05  # a trend is told where p is below it

Point = tuple[int, float]  # year, value
Direction = Literal["rising", "falling", "none", "few_points"]


@dataclass(frozen=True)
class Segment:
    """Years between two breaks. ``s``, ``p`` and ``slope`` (units a year) are None below 5 values.

    ``direction`` is ``none`` where the order of values may well be chance (p of 0.05 or more).
    """

    start: int
    end: int
    n: int
    s: int | None
    p: float | None
    slope: float | None

    @property
    def direction(self) -> Direction:
        if self.s is None or self.p is None:
            return "few_points"
        if self.p >= LEVEL:
            return "none"
        return "rising" if self.s > 0 else "falling"

    def to_dict(self) -> dict[str, object]:
        return {
            "start": self.start,
            "end": self.end,
            "n": self.n,
            "s": self.s,
            "p": self.p,
            "slope": self.slope,
            "direction": self.direction,
        }


def trend(points: Sequence[Point], cuts: Iterable[int] = ()) -> tuple[Segment, ...]:
    """The segments of a series, oldest first; none without points.

    ``points`` are known values, years ascending. Each of ``cuts`` is a year from which values are
    not comparable with those before it.
    """
    return tuple(_segment(part) for part in segments(points, cuts))


def segments(points: Sequence[Point], cuts: Iterable[int]) -> list[list[Point]]:
    """The points divided before each year of ``cuts``."""
    limits = sorted(set(cuts))
    found: dict[int, list[Point]] = {}
    for year, value in points:
        found.setdefault(sum(limit <= year for limit in limits), []).append((year, value))
    return list(found.values())


def _segment(points: list[Point]) -> Segment:
    start, end, n = points[0][0], points[-1][0], len(points)
    if n < FEWEST_POINTS:
        return Segment(start, end, n, None, None, None)
    values = [value for _, value in points]
    s = score(values)
    return Segment(start, end, n, s, p_value(s, values), theil_sen(points))


def score(values: Sequence[float]) -> int:
    """Mann-Kendall S."""
    return sum((later > sooner) - (later < sooner) for sooner, later in combinations(values, 2))


def p_value(s: int, values: Sequence[float]) -> float:
    """Two-sided p of a score of these values; 1 where all are equal."""
    n, ties = len(values), _ties(values)
    if not ties and n <= MOST_EXACT:
        return _exact(n, abs(s))
    variance = (_weight(n) - sum(_weight(t) for t in ties)) / 18
    if variance == 0 or s == 0:
        return 1.0
    return math.erfc((abs(s) - 1) / math.sqrt(2 * variance))


def theil_sen(points: Sequence[Point]) -> float:
    """The median slope, in units a year. Raises ValueError for fewer than two points."""
    if len(points) < 2:
        raise ValueError("a slope needs two points")
    return median((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2))


def _weight(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


def _ties(values: Sequence[float]) -> list[int]:
    """Sizes of groups of equal values."""
    counts = [values.count(value) for value in dict.fromkeys(values)]
    return [count for count in counts if count > 1]


def _exact(n: int, s: int) -> float:
    """Share of the n! orders whose score is at least as far from 0."""
    pairs = n * (n - 1) // 2
    orders = _orders(n)
    far = sum(count for inverted, count in enumerate(orders) if abs(pairs - 2 * inverted) >= s)
    return far / math.factorial(n)


@cache
def _orders(n: int) -> tuple[int, ...]:
    """How many orders of n things have 0, 1, 2 … inverted pairs: the next thing adds 0 to n-1."""
    if n == 1:
        return (1,)
    fewer = _orders(n - 1)
    most = n * (n - 1) // 2
    return tuple(
        sum(fewer[k] for k in range(max(0, i - n + 1), min(i, len(fewer) - 1) + 1))
        for i in range(most + 1)
    )
