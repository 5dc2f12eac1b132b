"""Intervals of rates, against published tables, scipy and statsmodels, and in a small country."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.compare import Frame
from smup.compare.counts import counts_of, recipe_of
from smup.compare.intervals import (
    FEW,
    byar,
    exact_poisson,
    interval_of,
    intervals_of,
    poisson,
    wilson,
)
from smup.compute.formula import parse
from smup.panel import Status
from tests.helpers.country import ABOLISHED, CITY, CREATED
from tests.helpers.definitions import an_indicator

MakeFrame = Callable[..., Frame]
SMALL = ("020101", "020102", "020103")


def numbers(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(values, np.float64)


# R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3
@pytest.mark.parametrize(
    ("cases", "base", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_against_newcombes_table(cases: int, base: int, low: float, high: float) -> None:
    found = wilson(numbers(cases), numbers(base), 0.95)
    assert [round(float(end[0]), 4) for end in found] == [low, high]


@given(
    st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from((0.8, 0.95, 0.998)),
)
def test_wilson_against_statsmodels(rate: tuple[int, int], level: float) -> None:
    from statsmodels.stats.proportion import proportion_confint

    expected = proportion_confint(*rate, alpha=1 - level, method="wilson")
    found = wilson(numbers(rate[0]), numbers(rate[1]), level)
    assert [float(end[0]) for end in found] == pytest.approx(list(expected), abs=1e-12)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_is_mirrored(rate: tuple[int, int]) -> None:
    cases, base = rate
    low, high = (float(end[0]) for end in wilson(numbers(cases), numbers(base), 0.95))
    assert 0 <= low <= cases / base <= high <= 1
    other = [float(end[0]) for end in wilson(numbers(base - cases), numbers(base), 0.95)]
    assert other == pytest.approx([1 - high, 1 - low], abs=1e-12)


# Garwood's exact 95 % limits as printed in public-health tables
@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (2, 0.242, 7.225),
        (5, 1.623, 11.668),
        (10, 4.795, 18.39),
    ],
)
def test_exact_poisson_limits_of_the_tables(events: int, low: float, high: float) -> None:
    found = [float(end[0]) for end in exact_poisson(numbers(events), 0.95)]
    assert found == pytest.approx([low, high], rel=2e-3)


@given(st.integers(0, 100_000), st.sampled_from((0.8, 0.95, 0.998)))
def test_exact_poisson_against_scipy_chi2(events: int, level: float) -> None:
    from scipy.stats import chi2

    tail = (1 - level) / 2
    expected = [
        chi2.ppf(tail, 2 * events) / 2 if events else 0.0,
        chi2.isf(tail, 2 * events + 2) / 2,
    ]
    found = [float(end[0]) for end in exact_poisson(numbers(events), level)]
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_byar_against_its_naive_twin() -> None:
    z = 1.959963984540054
    for events in (1, 7, 10, 33, 1000):
        more = events + 1
        expected = [
            events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3,
            more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3,
        ]
        found = [float(end[0]) for end in byar(numbers(events), 0.95)]
        assert found == pytest.approx(expected, rel=1e-12)


@given(st.integers(FEW, 1_000_000))
def test_byar_is_close_to_exact_from_ten_events_on(events: int) -> None:
    approximate, exact = byar(numbers(events), 0.95), exact_poisson(numbers(events), 0.95)
    for one, other in zip(approximate, exact, strict=True):
        assert float(one[0]) == pytest.approx(float(other[0]), rel=2e-3)


def test_few_events_have_exact_limits() -> None:
    events = numbers(*range(2 * FEW))
    low, high = poisson(events, 0.95)
    exact, near = exact_poisson(events, 0.95), byar(events, 0.95)
    assert low[:FEW].tolist() == exact[0][:FEW].tolist()
    assert high[FEW:].tolist() == near[1][FEW:].tolist()


def test_impossible_counts_have_no_limits() -> None:
    for low, high in (
        wilson(numbers(5, -1, 1, math.nan), numbers(4, 4, 0, 4), 0.95),
        poisson(numbers(-1, math.nan), 0.95),
    ):
        assert np.isnan(low).all()
        assert np.isnan(high).all()


@pytest.mark.parametrize(
    ("formula", "model", "factor"),
    [
        ("100 * a / b", "binomial", 100.0),
        ("1000 * sum(a, 3) / sum(b, 3)", "poisson", 1000.0),
        ("10000 * a / b", "poisson", 10000.0),
        ("100 * (a + b) / (a + b + w)", "binomial", 100.0),
        ("a", "poisson", 1.0),
    ],
)
def test_recipes(formula: str, model: str, factor: float) -> None:
    found = recipe_of(parse(formula), model)  # type: ignore[arg-type]
    assert found is not None
    assert found.factor == pytest.approx(factor)


@pytest.mark.parametrize(
    ("formula", "model"),
    [
        ("a", "binomial"),  # a count is no share
        ("100 * a / b - 100", "binomial"),
        ("100 * (b - a) / b", "binomial"),
        ("100 * (a / b) / w", "binomial"),  # hidden second quotient: counts are not whole
        ("(2 * a + b) / w", "poisson"),  # events counted with different weights
        ("(a - b) / w", "poisson"),
        ("max(a, b) / w", "binomial"),
        ("100 * a / (2 * b + w)", "binomial"),
    ],
)
def test_what_is_no_rate_of_counts(formula: str, model: str) -> None:
    assert recipe_of(parse(formula), model) is None  # type: ignore[arg-type]


def rates(frame: MakeFrame, **changes: object) -> Frame:
    given = {("a", 2024, SMALL[0]): 3.0, ("b", 2024, SMALL[0]): 12.0}
    given |= {("a", 2024, SMALL[1]): 5.0, ("b", 2024, SMALL[1]): 4.0}
    given |= {("a", 2024, SMALL[2]): 0.0, ("b", 2024, SMALL[2]): 0.0}
    given |= {("a", 2024, "020201"): Status.CONFIDENTIAL, ("b", 2024, "020201"): 9.0}
    settings = {"interval": "binomial", "decimals": 1} | changes
    return frame(an_indicator("x", "100 * a / b", **settings), given=given)


def test_an_interval_of_one_unit_and_why_others_have_none(frame: MakeFrame) -> None:
    made = rates(frame)
    indicator = made.catalogue.indicators["x"]
    found, refused = interval_of(made, indicator, 2024, SMALL[0])
    assert found is not None
    assert refused is None
    assert (found.low, found.high, found.method) == (8.9, 53.2, "wilson")
    assert interval_of(made, indicator, 2024, SMALL[1]) == (None, "outside")
    assert interval_of(made, indicator, 2024, SMALL[2]) == (None, "no_value")
    assert interval_of(made, indicator, 2024, "020201") == (None, "no_value")
    assert interval_of(made, indicator, 2024, ABOLISHED) == (None, "no_value")
    assert interval_of(made, indicator, 2024, CREATED) == (None, "no_value")
    none = an_indicator("x", "100 * a / b")
    assert interval_of(made, none, 2024, SMALL[0]) == (None, None)


def test_a_formula_that_is_no_rate_says_so(frame: MakeFrame) -> None:
    given = {("a", 2024, CITY): 3.0, ("b", 2024, CITY): 12.0}
    made = frame(an_indicator("x", "max(a, b)", interval="poisson", aggregate="none"), given=given)
    assert interval_of(made, made.catalogue.indicators["x"], 2024, CITY) == (None, "not_counts")


def test_three_years_count_together(frame: MakeFrame) -> None:
    given = {("a", y, CITY): 2.0 for y in (2022, 2023, 2024)}
    given |= {("b", y, CITY): 1000.0 for y in (2022, 2023, 2024)}
    indicator = an_indicator("x", "1000 * sum(a, 3) / sum(b, 3)", interval="poisson", decimals=2)
    made = frame(indicator, given=given)
    counts = counts_of(made, indicator, 2024)
    assert counts is not None
    at = made.indicators.unit_index[CITY]
    assert (counts.events[at], counts.base[at]) == (6.0, 3000.0)
    found, _ = interval_of(made, indicator, 2024, CITY)
    assert found is not None
    assert (found.low, found.high, found.method) == (0.73, 4.35, "exact")  # 2.202 and 13.06 of 3


def test_rows_above_units_stand_on_the_counts_of_their_members(frame: MakeFrame) -> None:
    members = ("020101", "020102", "020103")
    given = {("a", 2024, u): 4.0 for u in members} | {("b", 2024, u): 40.0 for u in members}
    indicator = an_indicator("x", "100 * a / b", interval="binomial", kinds=("gmina",))
    made = frame(indicator, given=given)
    counts = counts_of(made, indicator, 2024)
    assert counts is not None
    at = made.indicators.unit_index["0201"]
    assert made.indicators.cell("x", 2024, "0201")[0] == 10.0
    assert (counts.events[at], counts.base[at]) == (12.0, 120.0)


def test_a_published_value_without_our_counts_has_no_interval(frame: MakeFrame) -> None:
    """3 of 12 are 25 %, the source publishes 26."""
    made = rates(frame)
    indicator = made.catalogue.indicators["x"]
    panel = made.indicators
    values = panel.values.copy()
    values[0, panel.year_index[2024], panel.unit_index[SMALL[0]]] = 26.0
    other = replace(made, indicators=replace(panel, values=values))
    assert interval_of(other, indicator, 2024, SMALL[0]) == (None, "no_counts")


def test_a_whole_year_is_its_units_one_by_one(frame: MakeFrame) -> None:
    given = {("a", 2024, u): float(i) for i, u in enumerate((CITY, *SMALL))}
    given |= {("b", 2024, u): 7.0 for u in (CITY, *SMALL)}
    indicator = an_indicator("x", "1000 * a / b", interval="poisson")
    made = frame(indicator, given=given)
    year = intervals_of(made, indicator, 2024)
    assert year is not None
    for unit, column in made.indicators.unit_index.items():
        assert year.of(column) == interval_of(made, indicator, 2024, unit)[0]


def test_another_unit_of_measure_only_scales(frame: MakeFrame) -> None:
    given = {("a", 2024, CITY): 30.0, ("b", 2024, CITY): 1000.0}
    found = []
    for factor, decimals in ((100, 4), (1000, 3)):
        indicator = an_indicator("x", f"{factor} * a / b", interval="poisson", decimals=decimals)
        one, _ = interval_of(frame(indicator, given=given), indicator, 2024, CITY)
        assert one is not None
        found.append((round(one.low / factor, 6), round(one.high / factor, 6)))
    assert found[0] == found[1]
