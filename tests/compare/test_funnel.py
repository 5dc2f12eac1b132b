"""Limits of a funnel against scipy, its overdispersion against a naive twin, and bad input."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.catalogue.methods import Uncertainty
from smup.compare.counts import Counts, Model
from smup.compare.funnel import Funnel, dispersion, exact_limit, funnel

RULES = Uncertainty()


def counted(
    events: list[float], base: list[float], model: Model = "binomial", factor: float = 100.0
) -> Counts:
    return Counts(model, factor, np.array(events, float), np.array(base, float), True)


def drawn(counts: Counts, rules: Uncertainty = RULES) -> Funnel:
    found = funnel(counts, np.arange(len(counts.events)), rules)
    assert isinstance(found, Funnel)
    return found


UNITS = st.lists(
    st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=8,
    max_size=30,
).filter(lambda units: 0 < sum(x for x, _ in units) < sum(n for _, n in units))


@given(st.integers(1, 5000), st.floats(0.01, 0.99), st.sampled_from((0.001, 0.025, 0.975, 0.999)))
@settings(deadline=None)
def test_exact_limits_against_scipy_quantiles(base: int, rate: float, probability: float) -> None:
    from scipy.stats import binom, poisson

    for model, law in (("binomial", binom(base, rate)), ("poisson", poisson(base * rate))):
        quantile = law.ppf(probability)
        limit = float(exact_limit(model, probability, np.array([float(base)]), rate)[0]) * base  # type: ignore[arg-type]
        if probability < 0.5:
            assert quantile - 1 - 1e-6 <= limit <= quantile + 1e-6
        else:
            assert quantile - 1e-6 <= limit <= quantile + 1 + 1e-6


def test_the_limit_between_whole_numbers_by_hand() -> None:
    """10 cases at 1/2: F(1) = 11/1024, F(2) = 56/1024, so 2.5 % lies between 1 and 2."""
    back = (56 / 1024 - 0.025) / (45 / 1024)
    low = exact_limit("binomial", 0.025, np.array([10.0]), 0.5)[0]
    high = exact_limit("binomial", 0.975, np.array([10.0]), 0.5)[0]
    assert low == pytest.approx((2 - back) / 10)
    assert high == pytest.approx(1 - low)


@given(UNITS, st.sampled_from(("binomial", "poisson")))
@settings(deadline=None)
def test_standings_and_drawn_limits_agree(units: list[tuple[int, int]], model: Model) -> None:
    found = drawn(counted(*map(list, zip(*units, strict=True)), model))  # type: ignore[arg-type]
    limits = found.limits(found.base)
    for rate, standing, (low2, low1, high1, high2) in zip(
        found.rates, found.standing, limits.T, strict=True
    ):
        slack = 1e-6 * found.factor
        if standing < 0:
            assert rate <= (low1 if standing == -1 else low2) + slack
        if standing > 0:
            assert rate >= (high1 if standing == 1 else high2) - slack
        if standing == 0:
            assert low1 - slack <= rate <= high1 + slack


def test_three_out_of_three_is_nothing_unusual() -> None:
    found = drawn(counted([3, 1, 2, 1, 2, 1, 2, 1, 2], [3] * 9))
    assert found.standing.tolist() == [0] * 9


def test_overdispersion_is_the_mean_square_of_winsorised_scores() -> None:
    """Eleven scores: quantiles at 10 and 90 % are the second and the last but one."""
    z = [-9.0, -3.0, -2.0, -1.0, -1.0, 0.0, 1.0, 1.0, 2.0, 4.0, 30.0]
    kept = [-3.0, -3.0, -2.0, -1.0, -1.0, 0.0, 1.0, 1.0, 2.0, 4.0, 4.0]
    assert dispersion(np.array(z), 0.1) == pytest.approx(sum(x * x for x in kept) / 11)
    assert dispersion(np.array(z), 0.0) == pytest.approx(sum(x * x for x in z) / 11)


def test_limits_widen_by_the_root_of_overdispersion() -> None:
    """Shares of 1000 around 1/2 that vary three times as much as by chance."""
    events = [500 + 50 * k for k in (-3, -2, -1, -1, 0, 0, 1, 1, 2, 3)]
    found = drawn(counted([float(e) for e in events], [1000.0] * 10))
    error = math.sqrt(0.25 / 1000)
    z = sorted((e / 1000 - 0.5) / error for e in events)
    low, high = np.quantile(z, (0.1, 0.9))
    phi = sum(min(max(s, low), high) ** 2 for s in z) / 10
    assert found.dispersion == pytest.approx(phi)
    assert not found.is_exact
    limits = found.limits(np.array([1000.0]))[:, 0]
    reach = 1.959963984540054 * math.sqrt(phi) * error
    assert limits[1:3] == pytest.approx([100 * (0.5 - reach), 100 * (0.5 + reach)])


@given(UNITS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_and_units_without_the_service_change_nothing(
    units: list[tuple[int, int]], random: object
) -> None:
    first = drawn(counted(*map(list, zip(*units, strict=True))))  # type: ignore[arg-type]
    order = list(range(len(units)))
    random.shuffle(order)  # type: ignore[attr-defined]
    mixed = [*(units[i] for i in order), (0, 0), (math.nan, math.nan)]
    other = drawn(counted(*map(list, zip(*mixed, strict=True))))  # type: ignore[arg-type]
    assert other.target == first.target
    assert other.dispersion == pytest.approx(first.dispersion)
    assert other.columns.tolist() == list(range(len(units)))
    assert other.standing.tolist() == [first.standing[i] for i in order]


def test_the_unit_of_measure_only_scales() -> None:
    events, base = [3.0, 9, 2, 7, 30, 5, 8, 4], [100.0, 120, 90, 200, 300, 150, 160, 80]
    hundred, thousand = (drawn(counted(events, base, "poisson", f)) for f in (100.0, 1000.0))
    assert thousand.standing.tolist() == hundred.standing.tolist()
    assert thousand.limits(np.array([50.0])) == pytest.approx(10 * hundred.limits(np.array([50.0])))


def test_refusals() -> None:
    columns = np.arange(9)
    plain = Counts("poisson", 1.0, np.ones(9), np.ones(9), False)
    assert funnel(plain, columns, RULES) == "no_base"
    assert funnel(counted([1] * 9, [2] * 9), columns[:7], RULES) == "few_units"
    assert funnel(counted([1] * 9, [2] * 8 + [0]), columns[1:], RULES) == "few_units"
    assert funnel(counted([0] * 9, [2] * 9), columns, RULES) == "all_or_nothing"
    assert funnel(counted([2] * 9, [2] * 9), columns, RULES) == "all_or_nothing"
    assert funnel(counted([math.nan] * 9, [math.nan] * 9), columns, RULES) == "few_units"


def test_all_equal_rates_are_all_within() -> None:
    found = drawn(counted([5] * 9, [50] * 9, "poisson"))
    assert found.is_exact
    assert found.standing.tolist() == [0] * 9
