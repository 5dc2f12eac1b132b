"""Ticks are round and cover the values; class limits never leave a class empty."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.present.scales import (
    Scale,
    class_of,
    decimals_of,
    quantile_limits,
    ticks,
    year_labels,
)

AMOUNTS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: round(v, 2))


@given(AMOUNTS, AMOUNTS)
def test_ticks_cover_the_values_in_even_round_steps(one: float, two: float) -> None:
    low, high = sorted((one, two))
    marks = ticks(low, high)
    step = marks[1] - marks[0]
    assert marks[0] <= low + 1e-6 * step
    assert marks[-1] >= high - 1e-6 * step
    assert 2 <= len(marks) <= 8
    assert np.allclose(np.diff(marks), step)
    digits = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert any(math.isclose(digits, d, rel_tol=1e-6) for d in (1, 2, 2.5, 5))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 10, [0, 2.5, 5, 7.5, 10]),
        (0.03, 0.11, [0.02, 0.04, 0.06, 0.08, 0.1, 0.12]),
        (-30, 50, [-40, -20, 0, 20, 40, 60]),
    ],
)
def test_known_ticks(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(expected)


def test_ticks_of_one_value_still_span_something() -> None:
    assert ticks(5, 5)[0] <= 5 < ticks(5, 5)[-1]
    assert ticks(0, 0)[-1] > 0


def test_a_scale_without_width_is_the_middle() -> None:
    assert Scale(3, 3)(3) == 0.5
    assert Scale(0, 10).clipped(12) == 1
    assert Scale(0, 10).clipped(-2) == 0


def test_decimals_needed() -> None:
    assert decimals_of([0, 5, 10]) == 0
    assert decimals_of([0, 2.5]) == 1
    assert decimals_of([0.25, 0.1]) == 2


def test_year_labels_keep_both_ends() -> None:
    assert year_labels([2020, 2021]) == [2020, 2021]
    labels = year_labels(list(range(1995, 2025)))
    assert (labels[0], labels[-1]) == (1995, 2024)
    assert len(labels) <= 6


@given(st.lists(st.integers(0, 40), min_size=1, max_size=200), st.integers(1, 6))
def test_no_class_is_empty_and_ties_stay_together(values: list[int], classes: int) -> None:
    limits = quantile_limits(values, classes)
    members = [class_of(v, limits) for v in values]
    assert set(members) == set(range(len(limits) + 1))
    assert len(limits) < classes or not limits
    by_value: dict[int, set[int]] = {}
    for value, member in zip(values, members, strict=True):
        by_value.setdefault(value, set()).add(member)
    assert all(len(found) == 1 for found in by_value.values())
    ordered = [member for _, member in sorted(zip(values, members, strict=True))]
    assert ordered == sorted(ordered)


def test_classes_of_different_values_are_about_equal() -> None:
    values = list(range(1, 101))
    limits = quantile_limits(values)
    counts = [sum(class_of(v, limits) == c for v in values) for c in range(5)]
    assert counts == [20, 20, 20, 20, 20]


def test_limits_without_values() -> None:
    assert quantile_limits([]) == []
    assert quantile_limits([float("nan")]) == []
