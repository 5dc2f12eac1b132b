"""Forms of a noun beside a number; the Polish ones by the plural rules of CLDR."""

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


def noun(n: int, forms: str) -> str:
    """The form that goes with ``n``: of "gmina|gminy|gmin" in Polish, "unit|units" in English.

    Raises ValueError for any other number of forms.
    """
    match forms.split("|"):
        case [one, few, many]:
            return plural(n, one, few, many)
        case [one, many]:
            return one if n == 1 else many
    raise ValueError(f"nie są to formy rzeczownika: {forms}")
