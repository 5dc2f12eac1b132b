"""Polish forms of a noun beside a number, by the plural rules of CLDR."""

from decimal import Decimal

from babel import Locale
from babel.plural import PluralRule

_FORM_OF: PluralRule = Locale("pl").plural_form


def plural(n: float | Decimal, one: str, few: str, many: str, other: str | None = None) -> str:
    """The form of the noun that goes with ``n``: 1 gmina, 2 gminy, 5 gmin, 1,5 gminy.

    ``other`` (genitive singular) goes with fractions; asking for a fraction without giving it is
    a ValueError rather than a wrong form. A whole float counts as the whole number it is.
    """
    size: float | Decimal = n if n >= 0 else -n
    category = _FORM_OF(int(size)) if size == int(size) else _FORM_OF(size)
    form = {"one": one, "few": few, "many": many, "other": other}[category]
    if form is None:
        raise ValueError(f"brak formy rzeczownika dla ułamka {n}: podaj other")
    return form
