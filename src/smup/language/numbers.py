"""Numbers as people read them: decimal comma, grouped thousands, a true minus.

Separators are those of CLDR, with two choices stated: the group separator in Polish is U+00A0, and
numbers of four digits are grouped too ("1 234"), although CLDR's ``minimumGroupingDigits`` would
leave them alone, so that one column of a table reads evenly.
"""

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Literal

Lang = Literal["pl", "en"]
Number = int | float | Decimal

MINUS = "\u2212"
_SEPARATORS: dict[str, tuple[str, str]] = {
    "pl": (",", "\u00a0"),
    "en": (".", ","),
}  # decimal, group


def format_number(value: Number, decimals: int, lang: Lang = "pl") -> str:
    """``value`` with exactly ``decimals`` places: ``format_number(-1234.5, 1) == "−1 234,5"``.

    Halves are rounded away from zero, on the shortest decimal form of the number, as a reader with
    pencil and paper would. A result of zero has no sign. Raises ValueError for NaN and infinities:
    a gap has a reason, not a number.
    """
    rounded = _decimal(value).quantize(_place(decimals), rounding=ROUND_HALF_UP)
    decimal_point, group = _SEPARATORS[lang]
    whole, _, fraction = f"{abs(rounded):,f}".partition(".")
    sign = MINUS if rounded < 0 else ""
    point = decimal_point if fraction else ""
    return f"{sign}{whole.replace(',', group)}{point}{fraction}"


@cache
def _place(decimals: int) -> Decimal:
    """The last decimal place that stays."""
    return Decimal(1).scaleb(-decimals)


def significant(value: Number, digits: int = 3, lang: Lang = "pl") -> str:
    """``value`` rounded to ``digits`` significant digits, written without an exponent.

    ``significant(1234567) == "1 230 000"``, ``significant(0.012345) == "0,0123"``.
    """
    number = _decimal(value)
    if number == 0:
        return "0"
    places = digits - 1 - number.adjusted()
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    places = digits - 1 - rounded.adjusted()  # 9.996 -> 10.0: one digit more before the comma
    return format_number(rounded, max(places, 0), lang)


def _decimal(value: Number) -> Decimal:
    if not math.isfinite(value):
        raise ValueError("brak liczby do zapisania: wartość nieskończona albo NaN")
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))
