"""Class limits: none empty, ties together, natural breaks proven best by trying every division."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.present.classes import Method, classes

AMOUNTS = st.lists(st.integers(1, 60), min_size=1, max_size=80)
ANY = st.lists(st.integers(-30, 30), min_size=1, max_size=80)


def naive_class(value: float, limits: Sequence[float]) -> int:
    """The first class whose limit is not below the value."""
    return next((i for i, limit in enumerate(limits) if value <= limit), len(limits))


def squares(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((v - mean) ** 2 for v in values)


def least_squares(values: Sequence[int], count: int) -> float:
    """The least sum of squares within ``count`` classes, over every way to cut sorted values."""
    ordered = sorted(values)
    return min(
        sum(squares(ordered[a:b]) for a, b in zip((0, *cuts), (*cuts, len(ordered)), strict=True))
        for cuts in combinations(range(1, len(ordered)), count - 1)
    )


@pytest.mark.parametrize("method", ["quantile", "natural"])
@given(values=ANY)
def test_no_class_is_empty_and_colours_ascend(method: Method, values: list[int]) -> None:
    made = classes(values, method, 0)
    members = {naive_class(v, made.limits) for v in values if v}
    different = {v for v in values if v}
    if different:
        assert members == set(range(len(made.limits) + 1))
    assert len(made.colours) == len(made.limits) + 1 <= 5
    assert list(made.colours) == sorted(set(made.colours))
    assert made.diverging == (min(different, default=0) < 0 < max(different, default=0))


@pytest.mark.parametrize("method", ["quantile", "natural", "equal", "own"])
@given(values=ANY)
def test_colours_are_those_of_the_naive_twin(method: Method, values: list[int]) -> None:
    made = classes(values, method, 0, (-5.0, 3.0, 12.0))
    expected = [made.colours[naive_class(v, made.limits)] for v in values]
    assert made.colour_of(values).tolist() == expected


@given(st.lists(st.integers(1, 40), min_size=3, max_size=10), st.just(5))
def test_natural_breaks_are_the_best_of_all(values: list[int], most: int) -> None:
    count = min(most, len(set(values)))
    made = classes(values, "natural", 0)
    groups: dict[int, list[float]] = {}
    for value in values:
        groups.setdefault(naive_class(value, made.limits), []).append(value)
    found = sum(squares(group) for group in groups.values())
    assert found == pytest.approx(least_squares(values, count), abs=1e-9)


def test_natural_breaks_stand_in_the_gaps() -> None:
    values = [1, 2, 3, 20, 21, 50, 51, 52, 80, 100, 101]
    assert classes(values, "natural", 0).limits == (3, 21, 52, 80)


@given(AMOUNTS)
def test_equal_classes_are_equally_wide(values: list[int]) -> None:
    low, high = min(values), max(values)
    made = classes(values, "equal", 2)
    expected = {round(low + k * (high - low) / 5, 2) for k in range(1, 5)}
    assert set(made.limits) == ({limit for limit in expected if low <= limit < high})


def test_differences_have_two_classes_a_side_about_zero() -> None:
    made = classes([-8, -4, -2, 0, 1, 2, 3, 10], "equal", 0)
    assert made.limits == (-5, 0, 5)
    assert (made.colours, made.zero_at, made.diverging) == ((0, 1, 3, 4), 2, True)
    lopsided = classes([-1, 50, 100], "equal", 0)
    assert (lopsided.limits, lopsided.colours) == ((0, 50), (1, 3, 4))


def test_own_limits_are_kept() -> None:
    made = classes([1, 2, 3], "own", 0, (30, 10, 10, 20))
    assert made.limits == (10, 20, 30)
    assert made.colours == (0, 1, 3, 4)


def test_zero_stands_where_it_belongs() -> None:
    assert classes([0, 1, 2, 3], "quantile", 0).zero_at == 0
    below = classes([-3, -2, 0], "quantile", 0)
    assert below.zero_at == len(below.limits) + 1
    assert classes([], "quantile", 0).limits == ()
