"""Plural forms. The gettext formula for Polish, written by others, is the independent witness."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.language import noun, plural

FORMS = ("gmina", "gminy", "gmin")


def gettext_form(n: int) -> int:
    if n == 1:
        return 0
    return 1 if 2 <= n % 10 <= 4 and (n % 100 < 10 or n % 100 >= 20) else 2


@settings(deadline=None)
@given(st.integers(0, 10**7))
def test_whole_numbers_follow_the_gettext_rule(n: int) -> None:
    assert plural(n, *FORMS) == FORMS[gettext_form(n)]
    assert plural(float(n), *FORMS) == FORMS[gettext_form(n)]


@pytest.mark.parametrize("n", [1.5, 0.1, Decimal("2.5"), -3.25])
def test_fractions_take_the_genitive_singular(n: float) -> None:
    assert plural(n, *FORMS, other="gminy") == "gminy"


def test_a_fraction_without_its_form_is_refused() -> None:
    with pytest.raises(ValueError, match=r"ułamka 1\.5"):
        plural(1.5, "powiat", "powiaty", "powiatów")


def test_negative_numbers_take_the_form_of_their_size() -> None:
    assert plural(-1, *FORMS) == "gmina"
    assert plural(-22, *FORMS) == "gminy"


def test_the_noun_of_either_language() -> None:
    assert [noun(n, "gmina|gminy|gmin") for n in (1, 2, 5, 12, 22)] == [
        "gmina",
        "gminy",
        "gmin",
        "gmin",
        "gminy",
    ]
    assert [noun(n, "unit|units") for n in (0, 1, 2)] == ["units", "unit", "units"]
    with pytest.raises(ValueError, match="gmina"):
        noun(1, "gmina")
