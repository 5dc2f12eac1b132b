"""What a formula divides by what: every quotient in it, with the numbers taken out.

``100 * (a + b) / (c * 2)`` is the quotient of ``a + b`` and ``c``, multiplied by 50.
"""

from dataclasses import dataclass
from functools import reduce
from math import prod

from smup.compute.formula import Binary, MinMax, Negate, Node, Number


@dataclass(frozen=True)
class Quotient:
    """``under`` None: nothing but, perhaps, a number stands below."""

    over: Node
    under: Node | None
    factor: float


@dataclass(frozen=True)
class Division:
    """``quotients`` in order of appearance; ``whole`` when the formula is nothing but one."""

    quotients: tuple[Quotient, ...]
    whole: bool


def division(node: Node) -> Division:
    """The quotients of a formula; none where it divides by no variable."""
    product = as_product(node)
    if product.under is not None:
        return Division((product,), whole=True)
    return Division(tuple(_inside(node)), whole=False)


def as_product(node: Node) -> Quotient:
    """The formula as one product of factors over another and a number."""
    over, under = _Factors(), _Factors()
    _collect(node, over, under)
    factor = prod(over.numbers) / prod(under.numbers)
    below = reduce(_times, under.nodes) if under.nodes else None
    return Quotient(reduce(_times, over.nodes) if over.nodes else Number(1), below, factor)


class _Factors:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.numbers: list[float] = []


def _collect(node: Node, over: _Factors, under: _Factors) -> None:
    match node:
        case Number(value):
            over.numbers.append(value)
        case Binary("*", left, right):
            _collect(left, over, under)
            _collect(right, over, under)
        case Binary("/", left, Binary("/") as right):  # a mean below the line stays one thing
            _collect(left, over, under)
            under.nodes.append(right)
        case Binary("/", left, right):
            _collect(left, over, under)
            _collect(right, under, over)
        case Negate(of):
            over.numbers.append(-1.0)
            _collect(of, over, under)
        case _:
            over.nodes.append(node)


def _times(left: Node, right: Node) -> Node:
    return Binary("*", left, right)


def _inside(node: Node) -> list[Quotient]:
    """Quotients below a node that is none itself."""
    match node:
        case Binary(_, left, right):
            children: tuple[Node, ...] = (left, right)
        case Negate(of):
            children = (of,)
        case MinMax(_, of_all):
            children = of_all
        case _:
            return []
    return [one for child in children for one in division(child).quotients]
