"""Polish forms of a noun beside a number, by the plural rules of CLDR."""

from decimal import Decimal

from babel import Locale

_FORM_OF = Locale("pl").plural_form


def plural(
    n: int | float | Decimal, one: str, few: str, many: str, other: str | None = None
) -> str:
    """The form of the noun that goes with ``n``: 1 gmina, 2 gminy, 5 gmin, 1,5 gminy.

    ``other`` (genitive singular) goes with fractions; asking for a fraction without giving it is
    a ValueError rather than a wrong form. A whole float counts as the whole number it is.
    """
    number = int(n) if n == int(n) else n
    form = {"one": one, "few": few, "many": many, "other": other}[_FORM_OF(abs(number))]
    if form is None:
        raise ValueError(f"brak formy rzeczownika dla ułamka {n}: podaj other")
    return form
