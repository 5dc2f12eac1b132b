"""Which formulas may be evaluated on sums, shown by what sums of members do."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smup.compute.formula import Node, evaluate_scalar, needed, parse
from smup.compute.linear import is_linear, is_linear_quotient

LINEAR = ["a", "-a", "a / 100", "2 * a - b[-1]", "sum(a, 3) + b", "(a + b) * 3 / 4", "a + 0"]
QUOTIENTS = [
    "100 * a / b",
    "100 * (a / a[-1] - 1)",
    "100 * (a - a[-1]) / a[-1]",
    "1 - a / b",
    "100 * a / (a + b)",
    "a / b + c / b",
    "a / (8 / 12 * b + 4 / 12 * b[-1])",
    "1000 * sum(a, 3) / sum(b, 3)",
    "(a / 2) / (b / 3)",
    "-(a - b) / -c",
]
NEITHER = [
    "a + 5",
    "a * b",
    "a * a / b",
    "a / b + c / d",
    "min(a, b)",
    "100 * max(a, 0) / b",
    "5",
    "100 / a",
    "(a + 1) / b",
    "a / (b + 1)",
    "(a / b) / (c / d)",
    "a - a",
    "a / (b - b)",
]


@pytest.mark.parametrize("text", LINEAR)
def test_linear(text: str) -> None:
    assert is_linear(parse(text))
    assert not is_linear_quotient(parse(text))


@pytest.mark.parametrize("text", QUOTIENTS)
def test_quotients(text: str) -> None:
    assert is_linear_quotient(parse(text))
    assert not is_linear(parse(text))


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text: str) -> None:
    assert not is_linear(parse(text))
    assert not is_linear_quotient(parse(text))


MEMBERS = st.lists(st.lists(st.integers(1, 1000), min_size=8, max_size=8), min_size=2, max_size=4)


def value(node: Node, numbers: list[int], times: float = 1.0) -> float:
    keys = needed(node)
    return evaluate_scalar(node, {k: n * times for k, n in zip(keys, numbers, strict=False)})


@given(st.sampled_from(LINEAR), MEMBERS)
def test_the_sum_of_a_linear_formula_is_the_formula_of_the_sums(
    text: str, members: list[list[int]]
) -> None:
    node = parse(text)
    sums = [sum(column) for column in zip(*members, strict=True)]
    assert math.isclose(sum(value(node, m) for m in members), value(node, sums), abs_tol=1e-6)


@given(st.sampled_from(QUOTIENTS), MEMBERS)
def test_a_quotient_of_equal_members_is_that_of_one(text: str, members: list[list[int]]) -> None:
    """n copies of a member form an area with the member's own value; a constant would break it."""
    node = parse(text)
    try:
        one = value(node, members[0])
    except ZeroDivisionError:
        assume(False)
    assert math.isclose(one, value(node, members[0], times=7), rel_tol=1e-9, abs_tol=1e-9)
