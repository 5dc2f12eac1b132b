"""Against ``decimal`` on the printed number, which is the definition."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smup.compute.rounding import round_half_away


def by_decimal(value: float, decimals: int) -> float:
    """ROUND_HALF_UP of ``decimal`` rounds halves away from zero."""
    exact = Decimal(repr(value)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=400)
    )
    return float(exact)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (2.675, 2, 2.68),  # stored just below the half
        (-2.675, 2, -2.68),
        (1.005, 2, 1.01),
        (0.285, 2, 0.29),
        (2.5, 0, 3.0),
        (-0.5, 0, -1.0),
        (0.49999999999999994, 0, 0.0),  # adding a half and cutting off would give 1
        (6.7029, 1, 6.7),
        (999_999_999_999.995, 2, 1e12),
        (1e22, 2, 1e22),
    ],
)
def test_examples(value: float, decimals: int, rounded: float) -> None:
    assert round_half_away(np.array([value]), decimals).tolist() == [rounded]


@given(st.floats(-1e18, 1e18), st.integers(0, 6))
@example(4_503_599_627_370_495.5, 0)
@example(1e15 / 10**3 + 0.125, 2)
@example(70368744177663.98, 1)
def test_any_number_as_decimal_rounds_it(value: float, decimals: int) -> None:
    assert round_half_away(np.array([value]), decimals)[0] == by_decimal(value, decimals)


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from((-1, 0, 1)))
def test_halves_and_their_neighbours(steps: int, decimals: int, side: int) -> None:
    half = (2 * steps + 1) / (2 * 10**decimals)
    value = half if side == 0 else math.nextafter(half, math.inf * side)
    assert round_half_away(np.array([value]), decimals)[0] == by_decimal(value, decimals)


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_rounding_twice_changes_nothing(value: float, decimals: int) -> None:
    once = round_half_away(np.array([value]), decimals)
    assert round_half_away(once, decimals).tolist() == once.tolist()


def test_gaps_shape_and_the_sign_of_zero() -> None:
    values = np.array([[np.nan, -0.001], [-0.0, 1.25]])
    rounded = round_half_away(values, 1)
    assert math.isnan(rounded[0, 0])
    assert rounded[1, 1] == 1.3
    assert not np.signbit(rounded[~np.isnan(rounded)]).any()
    assert values[1, 1] == 1.25, "the input is left as it was"


@pytest.mark.parametrize("decimals", [-1, 7])
def test_other_precisions_are_refused(decimals: int) -> None:
    with pytest.raises(ValueError, match="decimals"):
        round_half_away(np.zeros(1), decimals)
