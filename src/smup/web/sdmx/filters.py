"""``c[COMPONENT]=``: which codes, years or values are wanted.

A comma means or, a plus means and, ``ne:``, ``ge:`` and the like stand before a value:
``c[TIME_PERIOD]=ge:2019+le:2021,2024``.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from smup.web.open.problems import Problem
from smup.web.sdmx.periods import ends_by, span, starts_by

Test = TypeVar("Test")
Named = Callable[[str], str]  # the code of any of its names, or a refusal
Clauses = list[list[tuple[str, str]]]  # any of: all of: (operator, value)
_OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "co", "nc", "sw", "ew")
_OF_CODES: Mapping[str, Callable[[str, str], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "co": lambda code, part: part in code,
    "nc": lambda code, part: part not in code,
    "sw": str.startswith,
    "ew": str.endswith,
}
_OF_NUMBERS: Mapping[str, Callable[[NDArray[np.float64], float], NDArray[np.bool_]]] = {
    "eq": np.equal,
    "ne": np.not_equal,
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
}


def clauses(text: str, parameter: str) -> Clauses:
    """Raises Problem 400 where a value is missing."""
    # a plus that was not encoded arrives as a blank
    found = [
        [_atom(part, parameter) for part in one.replace("+", " ").split()]
        for one in text.split(",")
    ]
    if not all(found):
        raise Problem(400, "Po przecinku brakuje wartości.", parameter)
    return found


def _atom(text: str, parameter: str) -> tuple[str, str]:
    word, mark, value = text.partition(":")
    if not mark or word not in _OPERATORS:
        return "eq", text
    if not value:
        raise Problem(400, f"Po „{word}:” brakuje wartości.", parameter, _OPERATORS)
    return word, value


def codes(asked: Clauses, known: Iterable[str], parameter: str, named: Named) -> list[str]:
    """The known codes that are wanted, in their order; ``named`` finds a code by any of its names
    or refuses it. Raises Problem 400, 404."""
    tests = [
        [
            (_one(word, _OF_CODES, parameter), named(value) if word in ("eq", "ne") else value)
            for word, value in part
        ]
        for part in asked
    ]
    return [
        code
        for code in known
        if any(all(test(code, value) for test, value in part) for part in tests)
    ]


def years(asked: Clauses, known: Iterable[int], parameter: str) -> list[int]:
    """The known years that are wanted. Raises Problem 400."""
    for part in asked:
        for word, value in part:
            _one(word, dict.fromkeys(_OF_NUMBERS), parameter)
            span(value, parameter)
    return [
        year
        for year in known
        if any(all(_fits(year, word, value, parameter) for word, value in part) for part in asked)
    ]


def _fits(year: int, word: str, value: str, parameter: str) -> bool:
    bounds = span(value, parameter)
    inside = starts_by(year, bounds) and ends_by(year, bounds)
    found = {
        "eq": inside,
        "ne": not inside,
        "ge": starts_by(year, bounds),
        "le": ends_by(year, bounds),
        "gt": year > bounds[1].year,
        "lt": year < bounds[0].year,
    }
    return found[word]


def numbers(asked: Clauses, parameter: str) -> Callable[[NDArray[np.float64]], NDArray[np.bool_]]:
    """A test of whole arrays of values, which no gap passes. Raises Problem 400."""
    tests = [
        [(_one(word, _OF_NUMBERS, parameter), _number(value, parameter)) for word, value in part]
        for part in asked
    ]

    def test(values: NDArray[np.float64]) -> NDArray[np.bool_]:
        found = np.zeros(values.shape, np.bool_)
        for part in tests:
            found |= np.all([one(values, value) for one, value in part], axis=0)
        return found & ~np.isnan(values)

    return test


def _number(text: str, parameter: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Problem(400, f"„{text[:40]}” nie jest liczbą.", parameter) from None


def _one(word: str, known: Mapping[str, Test], parameter: str) -> Test:
    if word not in known:
        allowed = ", ".join(known)
        raise Problem(400, f"„{word}:” nie pasuje tu; dozwolone: {allowed}.", parameter)
    return known[word]
