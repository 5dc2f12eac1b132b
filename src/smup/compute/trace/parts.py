"""What a trace consists of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from smup.compute.formula import Lag, Name, Node, to_text
from smup.panel import Status

SECRET = (Status.CONFIDENTIAL, Status.SUPPRESSED_SMALL)
Stored = tuple[float | None, Status, int]  # a cell of a panel: value, status, flags


class Way(StrEnum):
    """How a figure came about."""

    NONE = "none"  # nothing was computed: no such unit then, or the indicator is not for it
    OWN = "own"  # the formula on the unit's own figures
    SUM = "sum"  # its members' values added up
    RATIO_OF_SUMS = "ratio_of_sums"  # the formula on sums over the members that have all variables
    EVERYBODY = "everybody"  # the same, over all members of each year, because they changed
    WEIGHTED = "weighted"  # its members' values, weighted


@dataclass(frozen=True, slots=True)
class Given:
    """A variable of a unit in a year, as the release tells it."""

    variable: str
    unit: str
    year: int
    value: float | None
    status: Status
    flags: int


@dataclass(frozen=True, slots=True)
class Result:
    """A value before rounding, or the reason why there is none; and its flags."""

    value: float | None
    reason: Status | None
    flags: int = 0

    @classmethod
    def gap(cls, reason: Status, flags: int = 0) -> "Result":
        return cls(None, reason, flags)


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of which a larger area is made up, and whether it went into the total."""

    unit: str
    given: tuple[Given, ...]
    own: Result
    weight: Given | None
    used: bool


@dataclass(frozen=True)
class Total:
    """A total over members. ``numbers`` are what was put into the formula, by the keys of
    ``formula.needed``; ``share`` (0-1) is how much of the area the members used stand for."""

    way: Way
    members: tuple[Member, ...]
    numbers: Mapping[str, float]
    share: float
    result: Result


@dataclass(frozen=True)
class Worked:
    """A value before rounding and how it was reached: by the unit's ``given`` figures or, where
    there is one, by the ``total`` over its members."""

    unit: str
    year: int
    way: Way
    given: tuple[Given, ...]
    total: Total | None
    result: Result

    @property
    def members(self) -> tuple[Member, ...]:
        return self.total.members if self.total else ()

    @property
    def numbers(self) -> Mapping[str, float]:
        """What stands in the formula for every variable, as far as known (``formula.needed``)."""
        return self.total.numbers if self.total else numbers_of(self.given, self.year)

    @property
    def secret(self) -> bool:
        """Does a member have a figure that is not told? A total that may be told all the same
        cannot be worked out again from what is told."""
        return any(one.status in SECRET for each in self.members for one in each.given)


@dataclass(frozen=True)
class Trace:
    """One cell, worked out again.

    ``country`` is the value that was subtracted, for an indicator against the country. ``exact``
    is the result before rounding; ``found`` the value, status and flags that the rules give,
    ``stored`` those of the release.
    """

    indicator: str
    formula: Node  # over variables that have data
    own: Worked
    country: Worked | None
    exact: float | None
    found: Stored
    stored: Stored

    @property
    def agrees(self) -> bool:
        """Does the release say what the rules give?"""
        return self.found == self.stored

    @property
    def secret(self) -> bool:
        """Do figures that are kept secret stand behind it?"""
        return self.own.secret or (self.country is not None and self.country.secret)


def numbers_of(given: tuple[Given, ...], year: int) -> dict[str, float]:
    """Known inputs by the keys under which ``evaluate_scalar`` looks for them."""
    return {
        key_of(one.variable, year - one.year): one.value for one in given if one.value is not None
    }


def key_of(variable: str, back: int) -> str:
    """``x``, or ``x[-2]`` for two years earlier."""
    name = Name(variable)
    return to_text(Lag(name, back)) if back else to_text(name)
