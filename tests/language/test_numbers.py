"""Numbers as people read them. Babel, which carries CLDR, is the independent witness."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.language import format_number, significant

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567.5, 2, f"1{NBSP}234{NBSP}567,50"),
        (1234, 0, f"1{NBSP}234"),
        (999, 0, "999"),
        (-1234.5, 1, f"\u22121{NBSP}234,5"),
        (2.675, 2, "2,68"),
        (0.5, 0, "1"),
        (-0.4, 0, "0"),
        (-0.0, 1, "0,0"),
        (Decimal("0.125"), 2, "0,13"),
        (37489087, 0, f"37{NBSP}489{NBSP}087"),
    ],
)
def test_polish_numbers_read_as_printed(value: float, decimals: int, text: str) -> None:
    assert format_number(value, decimals) == text


def test_english_numbers_have_points_and_commas() -> None:
    assert format_number(-1234567.5, 1, "en") == "\u22121,234,567.5"


@pytest.mark.parametrize("gap", [float("nan"), float("inf"), float("-inf")])
def test_a_gap_is_not_a_number(gap: float) -> None:
    with pytest.raises(ValueError, match="brak liczby"):
        format_number(gap, 1)


@settings(deadline=None)
@given(
    st.decimals(-(10**12), 10**12, places=4, allow_nan=False),
    st.integers(0, 3),
    st.sampled_from(["pl", "en"]),
)
def test_numbers_agree_with_cldr(value: Decimal, decimals: int, lang: str) -> None:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        expected = format_decimal(value, format=pattern, locale=lang)
    if not any(c in "123456789" for c in expected):
        expected = expected.lstrip("-")  # we write no sign before zero
    assert format_number(value, decimals, lang) == expected.replace("-", "\u2212")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, f"1{NBSP}230{NBSP}000"),
        (0.012345, "0,0123"),
        (12.345, "12,3"),
        (9.996, "10,0"),
        (999.6, f"1{NBSP}000"),
        (-0.5, "\u22120,500"),
        (0, "0"),
    ],
)
def test_three_significant_digits(value: float, text: str) -> None:
    assert significant(value) == text


@settings(deadline=None)
@given(st.floats(1e-6, 1e9), st.integers(1, 6))
def test_significant_digits_keep_the_value_within_half_a_unit_of_the_last(
    value: float, digits: int
) -> None:
    text = significant(value, digits)
    read = Decimal(text.replace(NBSP, "").replace(",", "."))
    exact = Decimal(repr(value))
    assert abs(read - exact) <= Decimal(5).scaleb(exact.adjusted() - digits)
