"""What a formula divides by what, whatever its shape."""

import pytest

from smup.compute.formula import parse, to_text
from smup.describe.quotient import division


@pytest.mark.parametrize(
    ("formula", "over", "under", "factor"),
    [
        ("a / b", "a", "b", 1),
        ("100 * a / b", "a", "b", 100),
        ("a / b * 100", "a", "b", 100),
        ("a / (b * 1000)", "a", "b", 0.001),
        ("1000 * (a + b) / (c + 2 * d)", "a + b", "c + 2 * d", 1000),
        ("100 * (a - a[-1]) / a[-1]", "a - a[-1]", "a[-1]", 100),
        ("a / b / c", "a", "b * c", 1),
        ("a / (b / c)", "a", "b / c", 1),
        ("100 * a / ((b[-1] + b) / 2)", "a", "(b[-1] + b) / 2", 100),
        ("100 * min(a, b) / c", "min(a, b)", "c", 100),
        ("-a / b", "a", "b", -1),
        ("sum(a, 3) / sum(b, 3)", "sum(a, 3)", "sum(b, 3)", 1),
        ("1 / a", "1", "a", 1),
    ],
)
def test_a_formula_that_is_one_quotient(formula: str, over: str, under: str, factor: float) -> None:
    found = division(parse(formula))
    assert found.whole
    (one,) = found.quotients
    assert one.under is not None
    assert (to_text(one.over), to_text(one.under)) == (over, under)
    assert one.factor == pytest.approx(factor)


@pytest.mark.parametrize(
    ("formula", "quotients"),
    [
        ("100 * (a / b - 1)", [("a", "b")]),
        ("a / b - c / d", [("a", "b"), ("c", "d")]),
        ("max(a / b, c)", [("a", "b")]),
        ("-(a / b - 1)", [("a", "b")]),
    ],
)
def test_quotients_inside_a_formula(formula: str, quotients: list[tuple[str, str]]) -> None:
    found = division(parse(formula))
    assert not found.whole
    sides = [(to_text(q.over), to_text(q.under)) for q in found.quotients if q.under is not None]
    assert sides == quotients


@pytest.mark.parametrize("formula", ["a", "a + b", "100 * a", "a / 12", "(8 * a[-1] + 4 * a) / 12"])
def test_formulas_that_divide_by_no_variable(formula: str) -> None:
    assert division(parse(formula)).quotients == ()
