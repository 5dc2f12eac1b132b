"""What figures must obey, what was decided about findings, and corrections of single figures."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Annotated, Literal, Self

from pydantic import Field, HttpUrl, TypeAdapter, model_validator

from smup.catalogue.base import Definition, Id, Sentence, Text, VariableId
from smup.catalogue.statuses import StatusName

Severity = Literal["error", "warning", "info"]
Share = Annotated[float, Field(gt=0, lt=1)]
Positive = Annotated[float, Field(gt=0)]
_ADDRESS = TypeAdapter(HttpUrl)


class Rule(Definition):
    """What every rule says: how grave a breach is and why the rule holds."""

    severity: Severity = "warning"
    why: Text


class Range(Rule):
    """Values lie between ``least`` and ``most``: of ``variables``, and of all variables in the
    ``measures`` but those ``but``."""

    variables: tuple[VariableId, ...] = ()
    measures: tuple[str, ...] = ()
    but: tuple[VariableId, ...] = ()
    least: float | None = None
    most: float | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.least is None and self.most is None:
            raise ValueError("podaj najmniejszą (least) albo największą (most) możliwą wartość")
        if not self.variables and not self.measures:
            raise ValueError("podaj zmienne (variables) albo miary (measures)")
        return self


class Total(Rule):
    """``whole`` = sum of ``parts``."""

    whole: VariableId
    parts: tuple[VariableId, ...] = Field(min_length=1)


class Balance(Rule):
    """``net`` = ``plus`` - ``minus``."""

    net: VariableId
    plus: VariableId
    minus: VariableId


class AtMost(Rule):
    """``part`` is a part of ``whole`` and cannot exceed it."""

    part: VariableId
    whole: VariableId


class NoLoneZero(Rule):
    """A zero between two positive years is more often a gap than a fact."""

    variables: tuple[VariableId, ...] = Field(min_length=1)


class Levels(Rule):
    """What is published for a powiat, a województwo or the country is the sum of its units, as far
    as the decimals of the published figures allow to say."""


class Population(Rule):
    """``variable`` changes by more than ``share`` in a year only where borders do."""

    variable: VariableId
    share: Share


class UnitSwap(Rule):
    """A column does not change ``factor``-fold for most units at once.

    A column is a variable over the units of a kind; ``within`` is how far the median of the changes
    may be from the factor, in decimal digits; ``units`` how many must be seen in both years.
    """

    factor: Positive
    within: Positive
    units: int = Field(ge=3)


class DigitShift(Rule):
    """A change that vanishes when a value is multiplied or divided by one of ``factors``.

    What is left of it then must be within ``left`` (a share of the value) of the usual change, and
    the change itself farther than ``deviations`` (as in ``Jump``) from it.
    """

    factors: tuple[Annotated[float, Field(gt=1)], ...] = Field(min_length=1)
    left: Share
    deviations: Positive
    units: int = Field(ge=3)  # seen in both years, at least
    least: Positive  # the larger of the two values, at least


class Jump(Rule):
    """A change unlike those of units of the same kind.

    The logarithm of the change is farther than ``deviations`` (MADs, made comparable with a
    standard deviation) from their median, the value at least ``times`` as large or as small as the
    median change would make it, and the change larger than ``chance`` square roots of the sum of
    both values: small counts vary by themselves. Asked where ``units`` are seen in both years and
    the larger value is at least ``least``.
    """

    deviations: Positive
    times: Annotated[float, Field(gt=1)]
    chance: Annotated[float, Field(ge=0)]
    units: int = Field(ge=3)
    least: Positive


class Repeated(Rule):
    """A value of at least ``least`` does not stand unchanged for ``years`` years.

    Asked of variables of which at most ``usual`` of all changes from year to year are none.
    """

    years: int = Field(ge=3)
    least: Positive
    usual: Share


class TwinRows(Rule):
    """No two units of a level share all figures of a source in a year.

    The same of all years of a variable. Asked where there are ``figures`` (or years with
    ``years``) different figures of at least ``least``: small numbers coincide by chance, and years
    of a series follow from one another.
    """

    figures: int = Field(ge=2)
    years: int = Field(ge=2)
    least: Positive


class Sources(Rule):
    """Two sources of a figure agree up to ``share`` of the value that is taken."""

    share: Annotated[float, Field(ge=0, lt=1)] = 0.0


class Rules(Definition):
    """``quality.yaml``: rules by kind and id."""

    id: Id = "quality"
    range: dict[Id, Range] = Field(default={})
    total: dict[Id, Total] = Field(default={})
    balance: dict[Id, Balance] = Field(default={})
    at_most: dict[Id, AtMost] = Field(default={})
    lone_zero: dict[Id, NoLoneZero] = Field(default={})
    levels: Levels | None = None
    population: Population | None = None
    unit_swap: UnitSwap | None = None
    digit_shift: DigitShift | None = None
    jump: Jump | None = None
    repeated: Repeated | None = None
    twin_rows: TwinRows | None = None
    sources: Sources | None = None

    def names(self) -> list[tuple[str, VariableId]]:
        """(path of keys, variable) of every variable that a rule names."""
        found: list[tuple[str, VariableId]] = []
        for kind in ("range", "total", "balance", "at_most", "lone_zero"):
            for rule_id, rule in getattr(self, kind).items():
                found += [(f"{kind}.{rule_id}", name) for name in variables_of(rule)]
        if self.population is not None:
            found.append(("population", self.population.variable))
        return found


Relation = Range | Total | Balance | AtMost | NoLoneZero


def relations(rules: Rules) -> Iterable[Relation]:
    """The rules about named variables, kind by kind in the order of the file."""
    return chain(
        rules.range.values(),
        rules.total.values(),
        rules.balance.values(),
        rules.at_most.values(),
        rules.lone_zero.values(),
    )


def variables_of(rule: Relation) -> tuple[VariableId, ...]:
    match rule:
        case Range(variables=variables, but=but):
            return (*variables, *but)
        case NoLoneZero(variables=variables):
            return variables
        case Total(whole=whole, parts=parts):
            return (whole, *parts)
        case Balance(net=net, plus=plus, minus=minus):
            return (net, plus, minus)
        case AtMost(part=part, whole=whole):
            return (part, whole)


class Told(Definition):
    """What stands in a cell: a value, or the reason why there is none."""

    value: float | None = Field(default=None, allow_inf_nan=False)
    status: StatusName | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.value is None) == (self.status is None):
            raise ValueError("podaj wartość (value) albo powód jej braku (status)")
        if self.status in ("observed", "zero"):
            raise ValueError("status wartości wynika z niej samej; podaj „value”")
        return self


class Evidence(Definition):
    document: Sentence
    address: str | None = None  # of the document on the network, where it has one

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.address is not None:
            _ADDRESS.validate_python(self.address)
        return self


class Correction(Definition):
    """A figure of a source that is known to be wrong, and what takes its place.

    Applied only while the source says what is ``expect``-ed.
    """

    id: Id
    variable: VariableId
    unit: str
    year: int
    expect: Told
    becomes: Told
    reason: Text
    evidence: Evidence
    by: Sentence  # a role, never a person
    day: date

    @model_validator(mode="after")
    def _changes(self) -> Self:
        if self.expect == self.becomes:
            raise ValueError("poprawka niczego nie zmienia; „becomes” jest takie jak „expect”")
        return self

    @property
    def cell(self) -> tuple[VariableId, str, int]:
        return self.variable, self.unit, self.year


def doubled(corrections: Mapping[str, Correction]) -> list[tuple[str, str]]:
    """(id, id of an earlier one) of corrections of the same cell."""
    first: dict[tuple[str, str, int], str] = {}
    return [
        (one.id, first[one.cell])
        for one in corrections.values()
        if first.setdefault(one.cell, one.id) != one.id
    ]


State = Literal["open", "explained", "corrected", "wrong_rule"]


class Decision(Definition):
    """A line of ``decisions.csv``: what was decided about the finding of this code, about this
    variable (or source, where it is about none), unit and year."""

    code: Id
    about: str
    unit: str | None = None
    year: int | None = None
    state: State
    reason: Sentence
    who: Sentence  # a role, never a person
    day: date
