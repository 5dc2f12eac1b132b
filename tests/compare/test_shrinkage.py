"""Smoothed rates against naive formulas, scipy's families and invariances."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.compare.counts import Counts, Model
from smup.compare.shrinkage import Shrunk, shrink


def counted(events: list[float], base: list[float], model: Model, factor: float = 1.0) -> Counts:
    return Counts(model, factor, np.array(events, float), np.array(base, float), True)


def shrunk(counts: Counts) -> Shrunk:
    found = shrink(counts, np.arange(len(counts.events)), 0.95)
    assert isinstance(found, Shrunk)
    return found


UNITS = st.lists(
    st.integers(2, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=8,
    max_size=25,
).filter(lambda units: 0 < sum(x for x, _ in units) < sum(n for _, n in units))


@given(UNITS)
def test_rates_against_marshalls_formula(units: list[tuple[int, int]]) -> None:
    """Marshall (1991): m + C (x - m), C = (s2 - m / mean n) / (s2 - m / mean n + m / n)."""
    events, base = ([float(v) for v in side] for side in zip(*units, strict=True))
    whole = sum(base)
    m = sum(events) / whole
    s2 = sum(n * (x / n - m) ** 2 for x, n in units) / whole
    variance = max(s2 - m * len(units) / whole, 0.0)
    expected = [m + variance / (variance + m / n) * (x / n - m) for x, n in units]
    found = shrunk(counted(events, base, "poisson"))
    assert found.values.tolist() == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(UNITS, st.sampled_from(("binomial", "poisson")))
def test_a_smoothed_rate_lies_between_its_own_and_the_joint_one(
    units: list[tuple[int, int]], model: Model
) -> None:
    events, base = ([float(v) for v in side] for side in zip(*units, strict=True))
    found = shrunk(counted(events, base, model))
    for (x, n), value, weight in zip(units, found.values, found.weight, strict=True):
        low, high = sorted((x / n, found.centre))
        assert low - 1e-12 <= value <= high + 1e-12
        assert 0 <= weight <= 1
    order = np.argsort(base)
    assert np.all(np.diff(found.weight[order]) >= -1e-12)  # the larger the base, the more its own


def test_shares_against_the_beta_posterior_of_scipy() -> None:
    from scipy.stats import beta, betabinom

    generator = np.random.default_rng(4)
    base = generator.integers(20, 200, 4000)
    events = betabinom(base, 6.0, 14.0).rvs(random_state=generator)
    found = shrunk(counted(events.tolist(), base.tolist(), "binomial"))
    assert found.strength == pytest.approx(20.0, rel=0.1)
    assert found.centre == pytest.approx(0.3, rel=0.02)
    a, b = found.strength * found.centre, found.strength * (1 - found.centre)
    posterior = beta(a + events, b + base - events)
    assert found.values == pytest.approx(posterior.mean())
    assert found.low == pytest.approx(posterior.ppf(0.025))
    assert found.high == pytest.approx(posterior.ppf(0.975))


def test_rates_against_the_gamma_posterior_of_scipy() -> None:
    from scipy.stats import gamma

    generator = np.random.default_rng(5)
    base = generator.uniform(200, 5000, 4000)
    rates = gamma(4.0, scale=0.01 / 4).rvs(4000, random_state=generator)
    events = generator.poisson(rates * base)
    found = shrunk(counted(events.tolist(), base.tolist(), "poisson"))
    assert found.strength == pytest.approx(400.0, rel=0.15)
    shape = found.strength * found.centre
    posterior = gamma(shape + events, scale=1 / (found.strength + base))
    assert found.values == pytest.approx(posterior.mean())
    assert found.low == pytest.approx(posterior.ppf(0.025))
    assert found.high == pytest.approx(posterior.ppf(0.975))


def test_smoothed_rates_are_nearer_the_truth() -> None:
    generator = np.random.default_rng(6)
    base = generator.integers(5, 60, 500)
    truth = generator.beta(6, 14, 500)
    events = generator.binomial(base, truth)
    found = shrunk(counted(events.tolist(), base.tolist(), "binomial"))
    assert np.mean((found.values - truth) ** 2) < 0.7 * np.mean((events / base - truth) ** 2)


def test_pure_chance_leaves_the_joint_rate() -> None:
    found = shrunk(counted([5.0] * 9, [50.0] * 9, "poisson", factor=1000.0))
    assert math.isinf(found.strength)
    assert found.values.tolist() == [100.0] * 9
    assert found.low.tolist() == found.high.tolist() == found.values.tolist()


def test_units_without_the_service_and_the_factor_change_nothing() -> None:
    events, base = [3.0, 9, 2, 7, 30, 5, 8, 4], [100.0, 120, 90, 200, 300, 150, 160, 80]
    plain = shrunk(counted(events, base, "poisson"))
    more = shrunk(counted([*events, 0, math.nan], [*base, 0, math.nan], "poisson", 1000.0))
    assert more.values.tolist() == pytest.approx((1000 * plain.values).tolist())
    assert more.strength == pytest.approx(plain.strength)


def test_refusals() -> None:
    columns = np.arange(9)
    plain = Counts("poisson", 1.0, np.ones(9), np.ones(9), False)
    assert shrink(plain, columns, 0.95) == "no_base"
    assert shrink(counted([1] * 9, [2] * 9, "binomial"), columns[:7], 0.95) == "few_units"
    assert shrink(counted([0] * 9, [2] * 9, "poisson"), columns, 0.95) == "all_or_nothing"
    assert shrink(counted([2] * 9, [2] * 9, "binomial"), columns, 0.95) == "all_or_nothing"
    ones = counted([1, 0] * 4 + [1], [1] * 9, "binomial")
    assert shrink(ones, columns, 0.95) == "all_or_nothing"
    above = counted([3] * 9, [2] * 9, "binomial")
    assert shrink(above, columns, 0.95) == "few_units"
