"""What would it take: how far a unit is from a median, in the numerator's own unit.

The formula is one linear expression over another, (a x + A) / (c x + C) in any one variable x of
its numerator; all other variables, the denominator among them, stay as they are. The goal g is
reached at x = (g C - A) / (a - g c). Whole things and złoty are rounded up to whole ones, the rest
to a tenth, away from where the unit stands, so that the goal is met. The change is then put into
every other indicator that uses the variable.

This is arithmetic of one year, no forecast: places that nobody needs raise a figure too.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from smup.catalogue import Indicator
from smup.compare.comparison import Comparison
from smup.compare.features import COMMON
from smup.compare.frame import Frame
from smup.compute.cells import HAS_VALUE, Cells, Source, evaluate_cells, references
from smup.compute.formula import Atom, Lag, Name, Node, RollingSum
from smup.compute.linear import Linear, LinearQuotient, linear_quotient
from smup.compute.rounding import round_one

GOALS = ("peers", "group")  # comparators whose median is a goal
TENTH = 0.1
MEASURED = {"m", "t", "etat", "godz", "ha_przeliczeniowy"}  # bases that come in fractions
SLACK = 1e-9  # of a step: what floating point leaves over is no further place

Reason = Literal[
    "no_service", "no_value", "no_goal", "already", "against", "not_linear", "no_inputs", "no_lever"
]
Blocked = Literal["place", "past", "rate", "unreachable"]


@dataclass(frozen=True)
class Effect:
    """Another indicator before and after, both as published."""

    indicator: str
    before: float
    after: float

    def to_dict(self) -> dict[str, object]:
        return {"indicator": self.indicator, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class Lever:
    """A variable changed alone: by ``change``, to ``after``; the indicator is then ``reached``."""

    variable: str
    before: float
    after: float
    change: float
    reached: float
    effects: tuple[Effect, ...]

    def to_dict(self) -> dict[str, object]:
        names = ("variable", "before", "after", "change", "reached")
        return {name: getattr(self, name) for name in names} | {
            "effects": [one.to_dict() for one in self.effects]
        }


@dataclass(frozen=True)
class Needed:
    """What leads to ``goal``, one way a variable; ``blocked`` says which variables are no way.

    ``to`` is the comparator whose median is the goal, or "target".
    """

    to: str
    year: int
    value: float | None
    goal: float | None
    reason: Reason | None = None
    levers: tuple[Lever, ...] = ()
    blocked: tuple[tuple[str, Blocked], ...] = ()

    def to_dict(self) -> dict[str, object]:
        return {
            "to": self.to,
            "year": self.year,
            "value": self.value,
            "goal": self.goal,
            "reason": self.reason,
            "levers": [one.to_dict() for one in self.levers],
            "blocked": dict(self.blocked),
        }


def needed(frame: Frame, result: Comparison) -> tuple[Needed, ...]:
    """For the target of the indicator, else for the median of each comparator of ``GOALS``."""
    indicator = frame.catalogue.indicators[result.indicator]
    if indicator.target is not None:
        return (to_goal(frame, result, "target", indicator.target.value),)
    found = [one for name in GOALS if (one := result.comparator(name)) is not None]
    return tuple(to_goal(frame, result, one.id, one.median) for one in found)


def to_goal(frame: Frame, result: Comparison, to: str, goal: float | None) -> Needed:
    """What would bring the unit of ``result`` to ``goal``, rounded as the indicator is."""
    indicator = frame.catalogue.indicators[result.indicator]
    goal = None if goal is None else round_one(goal, indicator.decimals)
    reason = _reason(indicator, result, goal)
    if reason is None and goal is not None:
        inputs = _Inputs(frame, result.unit, result.year)
        return _solved(inputs, indicator, result, to, goal)
    return Needed(to, result.year, result.value, goal, reason)


def _reason(indicator: Indicator, result: Comparison, goal: float | None) -> Reason | None:
    if indicator.service is None:
        return "no_service"
    if result.value is None:
        return "no_value"
    if goal is None:
        return "no_goal"
    if _reached(indicator, result.value, goal):
        return "already"
    return "against" if indicator.against else None


def _reached(indicator: Indicator, value: float, goal: float) -> bool:
    at_least = indicator.target.at if indicator.target else None
    if indicator.better == "higher" or at_least == "at_least":
        return value >= goal
    if indicator.better == "lower" or at_least == "at_most":
        return value <= goal
    return value == goal


class _Inputs:
    """The variables of one unit, and the formulas put to work on them."""

    def __init__(self, frame: Frame, unit: str, year: int) -> None:
        self.frame, self.year = frame, year
        self._column = frame.variables.unit_index.get(unit)
        self._source = Source(frame.variables)
        self.unit = unit

    def of(self, variable: str, back: int) -> float | None:
        if self._column is None:
            return None
        value = float(self._source.in_year(variable, self.year - back).values[self._column])
        return None if math.isnan(value) else value

    def complete(self, node: Node) -> bool:
        return all(self.of(*one) is not None for one in references(node))

    def evaluate(self, node: Node, changed: str, values: Sequence[float]) -> list[float]:
        """The formula with the variable ``changed`` of this year at each of ``values``; NaN where
        it has none."""

        def look(variable: str, back: int) -> Cells:
            held = self.of(variable, back)
            row = np.full(len(values), np.nan if held is None else held)
            if variable == changed and back == 0:
                row = np.array(values, np.float64)
            known = np.where(np.isnan(row), 0, HAS_VALUE).astype(np.uint8)
            return Cells(row, known, np.zeros(len(values), np.uint8))

        return [float(x) for x in evaluate_cells(node, look, (len(values),)).values]

    def weigh(self, linear: Linear, without: Name) -> float:
        """The linear expression but for the term of ``without``."""
        terms = (c * self._atom(atom) for atom, c in linear.items() if atom != without)
        return math.fsum(terms)

    def _atom(self, atom: Atom | None) -> float:
        match atom:
            case None:
                return 1.0
            case Name(id):
                return self.of(id, 0) or 0.0
            case Lag(of, years):
                return self.of(of.id, years) or 0.0
            case RollingSum(of, years):
                return math.fsum(self.of(of.id, back) or 0.0 for back in range(years))


def _solved(
    inputs: _Inputs, indicator: Indicator, result: Comparison, to: str, goal: float
) -> Needed:
    node = inputs.frame.formulas[indicator.id]
    quotient = linear_quotient(node)

    def answer(reason: Reason) -> Needed:
        return Needed(to, result.year, result.value, goal, reason)

    if quotient is None:
        return answer("not_linear")
    if not inputs.complete(node) or not _agrees(inputs, node, indicator, result.value):
        return answer("no_inputs")
    levers: list[Lever] = []
    blocked: list[tuple[str, Blocked]] = []
    for name in _above(quotient):
        found = _lever(inputs, indicator, quotient, name, goal)
        if isinstance(found, Lever):
            levers.append(found)
        else:
            blocked.append((name.id, found))
    reason: Reason | None = None if levers else "no_lever"
    return Needed(to, result.year, result.value, goal, reason, tuple(levers), tuple(blocked))


def _agrees(inputs: _Inputs, node: Node, indicator: Indicator, value: float | None) -> bool:
    """Do the unit's variables give the published value? A powiat's may be that of its gminas."""
    (own,) = inputs.evaluate(node, "", [0.0])
    return not math.isnan(own) and round_one(own, indicator.decimals) == value


def _above(quotient: LinearQuotient) -> list[Name]:
    """Variables of the numerator, each once, in order of appearance."""
    atoms = [atom for atom in quotient.over if atom is not None]
    return list(dict.fromkeys(a if isinstance(a, Name) else a.of for a in atoms))


def _lever(
    inputs: _Inputs, indicator: Indicator, quotient: LinearQuotient, name: Name, goal: float
) -> Lever | Blocked:
    catalogue = inputs.frame.catalogue
    variable = catalogue.variables.get(name.id)
    common = catalogue.peers.get(COMMON)
    if common is not None and name.id in common.bases:
        return "place"
    if variable is not None and not variable.additive:
        return "rate"
    if _looks_back(quotient, name):
        return "past"
    now = inputs.of(name.id, 0)
    a, c = quotient.over[name], quotient.under.get(name, 0.0)
    above, below = inputs.weigh(quotient.over, name), inputs.weigh(quotient.under, name)
    if now is None or a == goal * c:
        return "unreachable"
    change = rounded_up(crossing((a, above), (c, below), goal) - now, _step(inputs, name))
    after = now + change
    (reached,) = inputs.evaluate(inputs.frame.formulas[indicator.id], name.id, [after])
    if after < 0 or c * after + below <= 0 or math.isnan(reached):
        return "unreachable"
    shown = round_one(reached, indicator.decimals)
    return Lever(name.id, now, after, change, shown, _effects(inputs, indicator, name, now, after))


def _looks_back(quotient: LinearQuotient, name: Name) -> bool:
    """Does the formula hold the variable of earlier years, which nobody can change?"""
    atoms = (*quotient.over, *quotient.under)
    return any(isinstance(atom, Lag | RollingSum) and atom.of == name for atom in atoms)


def _step(inputs: _Inputs, name: Name) -> float:
    catalogue = inputs.frame.catalogue
    variable = catalogue.variables.get(name.id)
    measure = catalogue.measures.get(variable.unit) if variable is not None else None
    return TENTH if measure is not None and MEASURED & set(measure.dimension) else 1.0


def crossing(over: tuple[float, float], under: tuple[float, float], goal: float) -> float:
    """Where (a x + A) / (c x + C) is ``goal``; ``over`` is (a, A) and ``under`` (c, C).

    Raises ZeroDivisionError where it is nowhere.
    """
    (a, above), (c, below) = over, under
    return (goal * below - above) / (a - goal * c)


def rounded_up(change: float, step: float) -> float:
    """``change`` in whole steps, away from zero."""
    steps = math.ceil(abs(change) / step - SLACK)
    return round_one(math.copysign(steps * step, change), 1)


def _effects(
    inputs: _Inputs, indicator: Indicator, name: Name, now: float, after: float
) -> tuple[Effect, ...]:
    """Every other indicator of the year whose published value the change would move."""
    frame = inputs.frame
    found = []
    for other in _users(frame).get(name.id, ()):
        before, _, _ = frame.indicators.cell(other.id, inputs.year, inputs.unit)
        node = frame.formulas[other.id]
        if other.id == indicator.id or before is None or not inputs.complete(node):
            continue
        old, new = inputs.evaluate(node, name.id, [now, after])
        if math.isnan(new) or math.isnan(old):
            continue
        base = before - old if other.against else 0.0  # the country's value stays
        if not other.against and round_one(old, other.decimals) != before:
            continue
        changed = round_one(new + base, other.decimals)
        if changed != before:
            found.append(Effect(other.id, before, changed))
    return tuple(found)


def _users(frame: Frame) -> dict[str, list[Indicator]]:
    """Variable to the computed indicators that use its value of the same year."""
    kept = frame.kept.get(__name__)
    if isinstance(kept, dict):
        return kept
    users: dict[str, list[Indicator]] = {}
    for name in frame.indicators.items:
        for variable, back in references(frame.formulas[name]):
            if back == 0:
                users.setdefault(variable, []).append(frame.catalogue.indicators[name])
    frame.kept[__name__] = users
    return users
