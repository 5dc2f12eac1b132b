"""The naive twin of ranking: one comparison of two units at a time, exact fractions."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Standing:
    position: int
    percentile: float
    quartile: int


@dataclass(frozen=True)
class Summary:
    n: int
    mean: float
    median: float
    q1: float
    q3: float
    min: float
    max: float


def standings(
    values: Mapping[str, float], members: int, *, higher_is_better: bool
) -> dict[str, Standing]:
    """By counting, for every unit, who is better and who is equal. Empty where none is given."""
    count = len(values)
    if count < 8 or Fraction(count, members) < Fraction(7, 10):
        return {}
    found = {}
    for unit, value in values.items():
        better = sum(v > value if higher_is_better else v < value for v in values.values())
        equal = sum(v == value for v in values.values())
        worse = count - better - equal
        percentile = Fraction(100) * (worse + Fraction(equal, 2)) / count
        middle = Fraction(2 * better + equal, 2 * count)  # 0 best … 1 worst
        quartile = 1 + sum(middle >= Fraction(q, 4) for q in (1, 2, 3))
        found[unit] = Standing(better + 1, float(percentile), quartile)
    return found


def summary(values: list[float]) -> Summary | None:
    """On the decimals as printed; quantiles by Hyndman and Fan's definition 7."""
    if not values:
        return None
    exact = sorted(Fraction(Decimal(repr(v))) for v in values)

    def quantile(share: Fraction) -> float:
        place = (len(exact) - 1) * share
        below = place.numerator // place.denominator
        above = min(below + 1, len(exact) - 1)
        return float(exact[below] + (place - below) * (exact[above] - exact[below]))

    mean = float(sum(exact, Fraction(0)) / len(exact))
    middle, low, high = (quantile(Fraction(q, 4)) for q in (2, 1, 3))
    return Summary(len(exact), mean, middle, low, high, float(exact[0]), float(exact[-1]))
