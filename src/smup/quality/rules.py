"""Simple rules that landed figures must obey, evaluated on whole panels.

A rule is data (``catalogue/quality.yaml``: which variables stand in which relation); a function
tells where it does not hold. Figures that break a rule stay: they are what was published, and the
finding says what is odd.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Variable
from smup.catalogue.quality import (
    AtMost,
    Balance,
    NoLoneZero,
    Range,
    Relation,
    Rule,
    Total,
)
from smup.panel import Panel
from smup.quality.breach import Breach, said

Matrix = NDArray[np.float64]  # [year, unit], NaN for a gap: comparisons with NaN are false
Mask = NDArray[np.bool_]
ROUNDING = 1e-6  # sums of decimal fractions differ by less


def breaches(
    panel: Panel, rules: Iterable[Relation], variables: Mapping[str, Variable]
) -> Iterator[Breach]:
    """Every cell in which a rule does not hold, in the order of rules, years and units.

    A cell in which one of the variables has no value is left out; so is a rule one of whose
    variables the panel does not hold.
    """
    for rule in rules:
        match rule:
            case Range():
                yield from _outside(panel, rule, variables)
            case Total(whole=whole, parts=parts):
                if _held(panel, whole, *parts):
                    total = reduce(np.add, (panel_of(panel, part) for part in parts))
                    formula = " + ".join(parts)
                    yield from _unequal(panel, rule, "niezgodna-suma", whole, total, formula)
            case Balance(net=net, plus=plus, minus=minus):
                if _held(panel, net, plus, minus):
                    difference = panel_of(panel, plus) - panel_of(panel, minus)
                    formula = f"{plus} - {minus}"
                    yield from _unequal(panel, rule, "niezgodna-roznica", net, difference, formula)
            case AtMost(part=part, whole=whole):
                if _held(panel, part, whole):
                    yield from _greater(panel, rule, part, whole)
            case NoLoneZero(variables=names):
                for name in names:
                    if _held(panel, name):
                        yield from _lone_zeros(panel, rule, name)


def panel_of(panel: Panel, variable: str) -> Matrix:
    """The values of one variable."""
    values: Matrix = panel.values[panel.item_index[variable]]
    return values


def _held(panel: Panel, *names: str) -> bool:
    return all(name in panel.item_index for name in names)


def _outside(panel: Panel, rule: Range, variables: Mapping[str, Variable]) -> Iterator[Breach]:
    for name in panel.items:
        measured = name in variables and variables[name].unit in rule.measures
        if name in rule.but or not (name in rule.variables or measured):
            continue
        values = panel_of(panel, name)
        for bound, outside, sign in (
            (rule.least, values < _or(rule.least, -np.inf), "<"),
            (rule.most, values > _or(rule.most, np.inf), ">"),
        ):
            for y, u in np.argwhere(outside):
                detail = f"{name} = {said(values[y, u])} {sign} {_or(bound, 0):.15g}"
                yield _breach(panel, "poza-zakresem", rule, name, y, u, detail)


def _or(bound: float | None, otherwise: float) -> float:
    return otherwise if bound is None else bound


def _unequal(
    panel: Panel, rule: Rule, code: str, variable: str, other: Matrix, formula: str
) -> Iterator[Breach]:
    own = panel_of(panel, variable)
    for y, u in np.argwhere(np.abs(own - other) > ROUNDING):
        detail = f"{variable} = {said(own[y, u])}, a {formula} = {said(other[y, u])}"
        yield _breach(panel, code, rule, variable, y, u, detail)


def _greater(panel: Panel, rule: Rule, part: str, whole: str) -> Iterator[Breach]:
    small, large = panel_of(panel, part), panel_of(panel, whole)
    for y, u in np.argwhere(small > large):
        detail = f"{part} = {said(small[y, u])} > {whole} = {said(large[y, u])}"
        yield _breach(panel, "czesc-wieksza-od-calosci", rule, part, y, u, detail)


def _lone_zeros(panel: Panel, rule: Rule, variable: str) -> Iterator[Breach]:
    values = panel_of(panel, variable)
    inner = (values[1:-1] == 0) & (values[:-2] > 0) & (values[2:] > 0)
    for y, u in np.argwhere(inner):
        detail = f"{variable}: 0 między {said(values[y, u])} a {said(values[y + 2, u])}"
        yield _breach(panel, "samotne-zero", rule, variable, y + 1, u, detail)


def _breach(
    panel: Panel, code: str, rule: Rule, variable: str, year: int, unit: int, detail: str
) -> Breach:
    """At the positions of a year and a unit."""
    return Breach(code, rule.severity, variable, panel.units[unit], panel.years[year], detail)
