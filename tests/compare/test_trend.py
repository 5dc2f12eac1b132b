"""Mann-Kendall and Theil-Sen: by counting, by scipy, by every order of a few values."""

from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smup.compare.trend import FEWEST_POINTS, Segment, p_value, score, segments, theil_sen, trend

VALUES = st.lists(st.integers(-50, 50).map(float), min_size=5, max_size=20)
DIFFERENT = st.lists(st.integers(-500, 500).map(float), min_size=5, max_size=10, unique=True)


def points(values: list[float], start: int = 2010) -> list[tuple[int, float]]:
    return [(start + at, value) for at, value in enumerate(values)]


@given(VALUES)
def test_the_score_counts_pairs(values: list[float]) -> None:
    by_hand = 0
    for later in range(len(values)):
        for sooner in range(later):
            if values[later] > values[sooner]:
                by_hand += 1
            elif values[later] < values[sooner]:
                by_hand -= 1
    assert score(values) == by_hand


def test_the_exact_probability_by_all_orders_of_six() -> None:
    scores = [score(order) for order in permutations((1.0, 2.0, 3.0, 4.0, 5.0, 6.0))]
    for s in range(16):
        share = sum(abs(one) >= s for one in scores) / len(scores)
        values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
        assert p_value(s, values) == pytest.approx(share)


@given(DIFFERENT)
def test_without_ties_scipy_says_the_same(values: list[float]) -> None:
    from scipy.stats import kendalltau

    other = kendalltau(list(range(len(values))), values, method="exact").pvalue
    assert p_value(score(values), values) == pytest.approx(other)


@given(VALUES)
def test_with_ties_scipy_says_the_same_but_for_the_continuity_correction(
    values: list[float],
) -> None:
    from scipy.stats import kendalltau, norm

    values = [*values, values[0]]
    s = score(values)
    assume(s != 0)
    other = kendalltau(list(range(len(values))), values, method="asymptotic").pvalue
    uncorrected = float(norm.isf(other / 2))
    corrected = uncorrected * (abs(s) - 1) / abs(s)
    assert p_value(s, values) == pytest.approx(2 * float(norm.sf(corrected)), rel=1e-6)


@given(VALUES)
def test_the_slope_is_that_of_scipy(values: list[float]) -> None:
    from scipy.stats import theilslopes

    made = points(values)
    other = theilslopes(values, [year for year, _ in made]).slope
    assert theil_sen(made) == pytest.approx(float(other))


@given(VALUES, st.floats(0.01, 100), st.floats(-1000, 1000))
def test_the_unit_of_measure_changes_the_slope_alone(
    values: list[float], factor: float, shift: float
) -> None:
    (plain,), (scaled,) = (
        trend(points(values)),
        trend(points([factor * value + shift for value in values])),
    )
    if plain.slope is not None and scaled.slope is not None and len(set(values)) > 1:
        assert scaled.slope == pytest.approx(factor * plain.slope, abs=1e-6)
    assert plain.direction == trend([(y + 7, v) for y, v in points(values)])[0].direction


@given(VALUES)
def test_a_series_turned_round_falls_as_much_as_it_rose(values: list[float]) -> None:
    (one,), (other,) = trend(points(values)), trend(points([-value for value in values]))
    assert (one.p, one.s) == (other.p, -(other.s or 0))


def test_breaks_divide_and_nothing_crosses_them() -> None:
    made = points([1, 2, 3, 4, 5, 100, 99, 98, 97, 96])
    assert [[year for year, _ in part] for part in segments(made, [2015, 2015])] == [
        [2010, 2011, 2012, 2013, 2014],
        [2015, 2016, 2017, 2018, 2019],
    ]
    first, second = trend(made, [2015])
    assert (first.direction, first.slope) == ("rising", 1)
    assert (second.direction, second.slope) == ("falling", -1)
    assert first.p == second.p == pytest.approx(2 / 120)  # two of the 120 orders of five


def test_slopes_know_the_years_that_are_missing() -> None:
    made = [(2010, 0.0), (2011, 1.0), (2015, 5.0), (2016, 6.0), (2020, 10.0)]
    assert theil_sen(made) == 1


@pytest.mark.parametrize("n", range(FEWEST_POINTS))
def test_fewer_than_five_points_are_not_tested(n: int) -> None:
    found = trend(points([float(at) for at in range(n)]))
    expected = (Segment(2010, 2009 + n, n, None, None, None),) if n else ()
    assert found == expected
    assert all(one.direction == "few_points" for one in found)


def test_all_equal_is_no_trend() -> None:
    (one,) = trend(points([3.0] * 8))
    assert (one.s, one.p, one.slope, one.direction) == (0, 1.0, 0, "none")


def test_a_slope_needs_two_points() -> None:
    with pytest.raises(ValueError, match="two points"):
        theil_sen([(2020, 1.0)])
