"""Is a formula a quotient of linear expressions? Only then may it be evaluated on sums.

The sum over members of a linear expression is the expression of the sums, so for ``100 * a / b``
or ``100 * (x / x[-1] - 1)`` the value of a larger area follows from the summed variables. A
constant term (``a + 5``) or a product of variables breaks this, and such a formula is refused for
``ratio_of_sums`` and ``sum``.
"""

from dataclasses import dataclass

from smup.compute.nodes import Atom, Binary, Lag, MinMax, Name, Negate, Node, Number, RollingSum

Linear = dict[Atom | None, float]  # coefficient of every atom; None is the constant term


@dataclass(frozen=True)
class LinearQuotient:
    """Numerator and denominator as coefficients; a constant denominator is {None: c}."""

    over: Linear
    under: Linear


def is_linear(node: Node) -> bool:
    """A sum of variables with constant coefficients, at least one, without a constant term."""
    quotient = linear_quotient(node)
    return quotient is not None and _variables_only(quotient.over) and _is_constant(quotient.under)


def is_linear_quotient(node: Node) -> bool:
    """A linear expression divided by another (after rearranging); expand references first."""
    quotient = linear_quotient(node)
    return (
        quotient is not None and _variables_only(quotient.over) and _variables_only(quotient.under)
    )


def linear_quotient(node: Node) -> LinearQuotient | None:
    """The formula as one linear expression over another, constant terms allowed; None where it is
    none. Expand references first."""
    match node:
        case Number(value):
            return LinearQuotient({None: value}, {None: 1.0})
        case Name() | Lag() | RollingSum():
            return LinearQuotient({node: 1.0}, {None: 1.0})
        case MinMax():
            return None
        case Negate(of):
            inner = linear_quotient(of)
            return inner and LinearQuotient(_times(inner.over, -1.0), inner.under)
        case Binary(operator, left, right):
            a, b = linear_quotient(left), linear_quotient(right)
            if a is None or b is None:
                return None
            if operator == "*":
                return _multiplied(a, b)
            if operator == "/":
                return _multiplied(a, LinearQuotient(b.under, b.over))
            return _added(a, b, 1.0 if operator == "+" else -1.0)


def _multiplied(a: LinearQuotient, b: LinearQuotient) -> LinearQuotient | None:
    over, under = _product(a.over, b.over), _product(a.under, b.under)
    if over is None or under is None or not under:
        return None
    return LinearQuotient(over, under)


def _added(a: LinearQuotient, b: LinearQuotient, sign: float) -> LinearQuotient | None:
    if a.under == b.under:
        return LinearQuotient(_plus(a.over, b.over, sign), a.under)
    left, right, under = (
        _product(a.over, b.under),
        _product(b.over, a.under),
        _product(a.under, b.under),
    )
    if left is None or right is None or under is None:
        return None
    return LinearQuotient(_plus(left, right, sign), under)


def _product(a: Linear, b: Linear) -> Linear | None:
    """The product where it is linear again, that is where one of the two is constant."""
    if _is_constant(a):
        return _times(b, a.get(None, 0.0))
    if _is_constant(b):
        return _times(a, b.get(None, 0.0))
    return None


def _plus(a: Linear, b: Linear, sign: float) -> Linear:
    total = dict(a)
    for atom, coefficient in b.items():
        total[atom] = total.get(atom, 0.0) + sign * coefficient
    return {atom: coefficient for atom, coefficient in total.items() if coefficient}


def _times(linear: Linear, factor: float) -> Linear:
    return {atom: c * factor for atom, c in linear.items() if c * factor}


def _is_constant(linear: Linear) -> bool:
    return not set(linear) - {None}


def _variables_only(linear: Linear) -> bool:
    return bool(linear) and None not in linear
