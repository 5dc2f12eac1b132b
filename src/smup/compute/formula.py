"""The formula language: text to frozen nodes, once, and the questions one asks a formula.

    formula  := sum of products of factors with + - * / and brackets
    factor   := number | name | name[-2] | sum(name, 3) | min(a, b, …) | max(a, b, …)
    name     := variable_id | @indicator-id

``x[-2]`` is the value two years earlier, ``sum(x, 3)`` the sum over the year and the two before
it. There is nothing else: no conditions, no functions of units, so every formula can be evaluated
on whole cubes and read aloud.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from smup.compute.nodes import (
    Atom,
    Binary,
    Lag,
    MinMax,
    Name,
    Negate,
    Node,
    Number,
    Operator,
    RollingSum,
)
from smup.compute.parser import FormulaError, parse

__all__ = [
    "Atom",
    "Binary",
    "FormulaCycleError",
    "FormulaError",
    "Lag",
    "MinMax",
    "Name",
    "Negate",
    "Node",
    "Number",
    "Operator",
    "RollingSum",
    "atoms",
    "dependency_order",
    "evaluate_scalar",
    "expand",
    "map_names",
    "names",
    "needed",
    "number_text",
    "parse",
    "substitute",
    "to_text",
]


class FormulaCycleError(ValueError):
    """Indicators that refer to each other in a circle; ``cycle`` names them in order."""

    def __init__(self, cycle: tuple[str, ...]) -> None:
        self.cycle = cycle
        super().__init__(f"wskaźniki odwołują się do siebie w kółko: {' → '.join(cycle)}")


def atoms(node: Node) -> Iterator[Atom]:
    """Every name, lag and rolling sum of a formula, left to right, repetitions included."""
    match node:
        case Name() | Lag() | RollingSum():
            yield node
        case Negate(of):
            yield from atoms(of)
        case Binary(_, left, right):
            yield from atoms(left)
            yield from atoms(right)
        case MinMax(_, of_all):
            for one in of_all:
                yield from atoms(one)


def names(node: Node) -> tuple[Name, ...]:
    """The variables and indicators a formula uses, each once, in order of appearance."""
    return tuple(dict.fromkeys(a if isinstance(a, Name) else a.of for a in atoms(node)))


_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}


def to_text(node: Node) -> str:
    """The canonical spelling; ``parse(to_text(node)) == node``."""
    return _text(node, 0)


def _text(node: Node, strength: int) -> str:
    match node:
        case Number(value):
            return number_text(value)
        case Name(id, indicator):
            return f"@{id}" if indicator else id
        case Lag(of, years):
            return f"{_text(of, 0)}[-{years}]"
        case RollingSum(of, years):
            return f"sum({_text(of, 0)}, {years})"
        case MinMax(which, of_all):
            return f"{which}({', '.join(_text(one, 0) for one in of_all)})"
        case Negate(of):
            return f"-{_text(of, 3)}"
        case Binary(operator, left, right):
            own = _STRENGTH[operator]
            text = f"{_text(left, own)} {operator} {_text(right, own + 1)}"
            return f"({text})" if own < strength else text


def number_text(value: float) -> str:
    """A constant as it is written in a formula: digits and a point, never an exponent."""
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0")


def map_names(node: Node, change: Callable[[Atom], Node]) -> Node:
    """The formula with every atom replaced by what ``change`` makes of it."""
    match node:
        case Number():
            return node
        case Name() | Lag() | RollingSum():
            return change(node)
        case Negate(of):
            return Negate(map_names(of, change))
        case Binary(operator, left, right):
            return Binary(operator, map_names(left, change), map_names(right, change))
        case MinMax(which, of_all):
            return MinMax(which, tuple(map_names(one, change) for one in of_all))


def expand(node: Node, formulas: Mapping[str, Node]) -> Node:
    """The formula over variables only: every @indicator replaced by its own formula.

    ``formulas`` maps indicator ids to nodes. Raises KeyError for an unknown indicator; the caller
    has refused circles before (``dependency_order``).
    """
    return _replace(
        node, lambda name: expand(formulas[name.id], formulas) if name.indicator else None
    )


def substitute(node: Node, derived: Mapping[str, Node]) -> Node:
    """The formula with every variable that is ``derived`` from others replaced by what it is
    derived from; the formulas of ``derived`` hold no derived variables themselves."""
    return _replace(node, lambda name: None if name.indicator else derived.get(name.id))


def _replace(node: Node, whole_of: Callable[[Name], Node | None]) -> Node:
    """The formula with names replaced by whole formulas, also where they stand in the past."""

    def change(atom: Atom) -> Node:
        whole = whole_of(atom if isinstance(atom, Name) else atom.of)
        if whole is None:
            return atom
        if isinstance(atom, Lag):
            return _earlier(whole, atom.years)
        if isinstance(atom, RollingSum):
            total = whole
            for years in range(1, atom.years):
                total = Binary("+", total, _earlier(whole, years))
            return total
        return whole

    return map_names(node, change)


def _earlier(node: Node, years: int) -> Node:
    """The same formula, ``years`` earlier."""

    def change(atom: Atom) -> Node:
        if isinstance(atom, Name):
            return Lag(atom, years)
        if isinstance(atom, Lag):
            return Lag(atom.of, atom.years + years)
        total: Node = Lag(atom.of, years)
        for more in range(1, atom.years):
            total = Binary("+", total, Lag(atom.of, years + more))
        return total

    return map_names(node, change)


def dependency_order(formulas: Mapping[str, Node]) -> tuple[str, ...]:
    """Indicator ids, each after those it refers to. Raises FormulaCycleError, naming the circle."""
    uses = {
        one: sorted(n.id for n in names(node) if n.indicator and n.id in formulas)
        for one, node in formulas.items()
    }
    try:
        return tuple(TopologicalSorter(uses).static_order())
    except CycleError as error:
        raise FormulaCycleError(tuple(error.args[1])) from error


def needed(node: Node) -> tuple[str, ...]:
    """Keys under which ``evaluate_scalar`` looks for values: ``x``, ``x[-1]``, ``@other``."""
    keys: dict[str, None] = {}
    for atom in atoms(node):
        reach = range(atom.years) if isinstance(atom, RollingSum) else (_lag(atom),)
        name = atom if isinstance(atom, Name) else atom.of
        keys.update((_key(name, years), None) for years in reach)
    return tuple(keys)


def _lag(atom: Name | Lag) -> int:
    return atom.years if isinstance(atom, Lag) else 0


def _key(name: Name, years: int) -> str:
    return to_text(Lag(name, years)) if years else to_text(name)


def evaluate_scalar(node: Node, given: Mapping[str, float]) -> float:
    """The value for one unit and year from values by key (see ``needed``); for worked examples.

    Raises KeyError for a key that is not given and ZeroDivisionError.
    """
    match node:
        case Number(value):
            return value
        case Name() | Lag():
            return given[to_text(node)]
        case RollingSum(of, years):
            return sum(given[_key(of, back)] for back in range(years))
        case Negate(of):
            return -evaluate_scalar(of, given)
        case MinMax(which, of_all):
            values = [evaluate_scalar(one, given) for one in of_all]
            return min(values) if which == "min" else max(values)
        case Binary(operator, left, right):
            a, b = evaluate_scalar(left, given), evaluate_scalar(right, given)
            if operator == "+":
                return a + b
            if operator == "-":
                return a - b
            return a * b if operator == "*" else a / b
