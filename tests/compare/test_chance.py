"""Change against chance: by statsmodels and scipy, by loops, by properties."""

from statistics import NormalDist, median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.compare.chance import Chance, by_variation, difference_of_shares, ratio_of_rates
from smup.compare.change import change_of
from smup.compare.usual import FEWEST_STEPS, TO_DEVIATION, median_of_known, usual_of
from tests.compare.series import GMINAS, START, figures

UNIT = "020101"
SHARES = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
STEPS = st.lists(
    st.lists(st.none() | st.integers(-30, 30), min_size=7, max_size=7), min_size=0, max_size=14
)


@given(SHARES, SHARES)
def test_the_difference_of_shares_is_that_of_statsmodels(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = difference_of_shares(*map(float, (*before, *after)), 0.95)
    other = confint_proportions_2indep(*after, *before, method="newcomb", compare="diff")
    assert (low, high) == pytest.approx(other, abs=1e-9)


def test_a_published_difference_of_shares() -> None:
    """Newcombe (1998), table II, contrast (a): 56/70 against 48/80, method 10: 0.0524, 0.3339."""
    assert difference_of_shares(48, 80, 56, 70, 0.95) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.2, 5))
def test_the_ratio_of_rates_is_twice_the_smaller_binomial_tail(
    x: int, y: int, times: float
) -> None:
    from scipy.stats import binom

    share = times / (1 + times)
    tails = binom.cdf(y, x + y, share), binom.sf(y - 1, x + y, share)
    assert ratio_of_rates(x, 1.0, y, times) == pytest.approx(min(1.0, 2 * min(tails)), abs=1e-12)


@given(st.integers(0, 60), st.integers(1, 60), st.floats(0.2, 5), st.floats(0.01, 1000))
def test_the_unit_of_the_base_is_of_no_account(x: int, y: int, base: float, factor: float) -> None:
    plain = ratio_of_rates(x, 1.0, y, base)
    assert ratio_of_rates(x, factor, y, base * factor) == pytest.approx(plain, abs=1e-9)


def test_no_events_at_all_are_no_change() -> None:
    assert ratio_of_rates(0, 10, 0, 20) == 1


@given(STEPS)
def test_medians_of_what_is_known(columns: list[list[int | None]]) -> None:
    values = as_array(columns)
    found = median_of_known(values)
    for at, column in enumerate(columns):
        known = [one for one in column if one is not None]
        assert np.isnan(found[at]) if not known else found[at] == median(known)


def as_array(columns: list[list[int | None]]) -> np.ndarray:
    made = np.full((7, len(columns)), np.nan)
    for at, column in enumerate(columns):
        made[:, at] = [np.nan if one is None else float(one) for one in column]
    return made


def naive_limit(own: list[int | None], group: list[list[int | None]]) -> float | None:
    """The largest change that usual variation explains, by loops; None: not enough years."""

    def common(year: int) -> float:
        known = [unit[year] for unit in group if unit[year] is not None]
        return median(known) if known else 0.0

    def deviation(steps: list[int | None], shared: list[float]) -> float | None:
        left = [step - shared[y] for y, step in enumerate(steps) if step is not None]
        if len(left) < FEWEST_STEPS:
            return None
        middle = median(left)
        return TO_DEVIATION * median([abs(one - middle) for one in left])

    shared = [common(year) for year in range(7)]
    each = [d for d in (deviation(unit, shared) for unit in group) if d is not None]
    of_group = median(each) if len(each) >= 8 else None
    ours = deviation(own, shared if of_group is not None else [0.0] * 7)
    found = [one for one in (ours, of_group) if one is not None]
    return NormalDist().inv_cdf(0.975) * max(found) if found else None


@given(st.lists(st.none() | st.integers(-30, 30), min_size=7, max_size=7), STEPS)
def test_usual_variation_by_loops(own: list[int | None], group: list[list[int | None]]) -> None:
    expected = naive_limit(own, group)
    found = by_variation(20.0, as_array([own])[:, 0], usual_of(as_array(group)), 0.95)
    if expected is None:
        assert found == "few_years"
    else:
        assert isinstance(found, Chance)
        assert found.limit == pytest.approx(expected)
        assert found.real == (found.limit < 20.0)


@given(STEPS, st.randoms(use_true_random=False))
def test_the_order_of_units_and_units_without_data_change_nothing(
    group: list[list[int | None]], random: object
) -> None:
    own = as_array([[3, -2, 5, 1, 0, 2, -4]])[:, 0]
    plain = by_variation(5.0, own, usual_of(as_array(group)), 0.95)
    other = [*group[::-1], [None] * 7]
    assert by_variation(5.0, own, usual_of(as_array(other)), 0.95) == plain


def test_counts_decide_where_they_are_known() -> None:
    """20 of 100, then 40 of 100: Newcombe gives 0.0725 to 0.3143 (statsmodels)."""
    frame = figures(
        {UNIT: [20.0, 40.0]},
        more={"b": {UNIT: [100.0, 100.0]}},
        formula="100 * a / b",
        interval="binomial",
        change="percentage_points",
    )
    found = change_of(frame, UNIT, "x", START, START + 1)
    assert found.chance is not None
    assert found.chance.method == "difference_of_shares"
    assert found.real
    from statsmodels.stats.proportion import confint_proportions_2indep

    expected = confint_proportions_2indep(40, 100, 20, 100, method="newcomb", compare="diff")
    low, high = (100 * float(limit) for limit in expected)
    assert (found.chance.low, found.chance.high) == (pytest.approx(low), pytest.approx(high))


def test_few_events_are_chance_and_many_are_not() -> None:
    def asked(before: float, after: float) -> bool | None:
        frame = figures(
            {UNIT: [before, after]},
            more={"b": {UNIT: [1000.0, 1000.0]}},
            formula="1000 * a / b",
            interval="poisson",
        )
        return change_of(frame, UNIT, "x", START, START + 1).real

    assert asked(2, 4) is False
    assert asked(200, 400) is True


def test_sums_that_share_a_year_are_not_tested() -> None:
    frame = figures(
        {UNIT: [5.0, 6.0, 7.0, 8.0, 9.0, 20.0]},
        more={"b": {UNIT: [1000.0] * 6}},
        formula="1000 * sum(a, 3) / sum(b, 3)",
        interval="poisson",
    )
    near = change_of(frame, UNIT, "x", START + 3, START + 5)
    assert (near.real, near.unsure) == (None, "overlapping_years")
    apart = change_of(frame, UNIT, "x", START + 2, START + 5)
    assert apart.chance is not None
    assert apart.chance.method == "ratio_of_rates"


def test_a_jump_beyond_usual_variation_is_real() -> None:
    wobble = [10.0, 11.0, 10.0, 12.0, 11.0, 10.0, 11.0, 12.0, 10.0]
    series = {unit: wobble[at:] + wobble[:at] for at, unit in enumerate(GMINAS)}
    before = change_of(figures(series), UNIT, "x", START, START + 6)
    series[UNIT] = [*wobble[:6], 30.0]
    jumped = change_of(figures(series), UNIT, "x", START, START + 6)
    assert jumped.chance is not None
    assert jumped.chance.method == "usual_variation"
    assert (before.real, jumped.real) == (False, True)


def test_what_moved_all_alike_is_not_chance() -> None:
    series = {unit: [10.0, 11.0, 10.0, 12.0, 11.0, 14.0] for unit in GMINAS}
    assert change_of(figures(series), UNIT, "x", START, START + 5).real is True
