"""Integers of units for contracts that ask for one: given once, kept for good, never given again.

``numbers.csv`` counts from 1 in the order of its rows. ``smup catalogue record`` adds rows and
nobody takes one away: the row of a unit that is no longer listed keeps its number from others.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smup.territory.territory import Territory

NUMBERS = "numbers.csv"
_HEADER = """\
# Numer jednostki dla usług, które wymagają liczby (id-teryt); nadany raz, nigdy ponownie.
# Wiersze dopisuje `smup catalogue record`; żadnego się nie usuwa ani nie zmienia.
code,number
"""


def unnumbered(territory: "Territory") -> dict[str, int]:
    """The units without a number, with those they are to get, in the order of units.csv."""
    following = max(territory.numbers.values(), default=0) + 1
    missing = (code for code in territory.units if code not in territory.numbers)
    return {code: number for number, code in enumerate(missing, following)}


def numbers_text(numbers: dict[str, int]) -> str:
    """The rows as lines of numbers.csv, without the header."""
    return "".join(f"{code},{number}\n" for code, number in numbers.items())


def header() -> str:
    return _HEADER
