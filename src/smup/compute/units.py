"""Unit arithmetic: does a formula give what the indicator says it is measured in?

A measure has a *dimension* (which base units to which power) and a *scale* (one such unit in base
units: 0.01 for a percentage, 10 000 for a hectare). A number of a measure times its scale is the
amount in base units, so ``100 * a / b`` of two counts has scale 1/100 – a percentage – and without
the 100 it has scale 1, which is how a forgotten factor is found.

A constant is a conversion between units of one dimension. In a pure product every constant is; in
a formula with sums only powers of ten are, since ``(x + x[-1]) / 2`` is a mean and no conversion.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from smup.catalogue.models import Measure
from smup.compute.nodes import Binary, Lag, MinMax, Name, Negate, Node, Number, RollingSum

Dimension = dict[str, int]
MeasureOf = Callable[[Name], Measure]


class UnitError(ValueError):
    """The units of a formula do not fit together, or do not fit the indicator's measure."""


@dataclass(frozen=True)
class _Quantity:
    dimension: Dimension
    scale: float
    constant: bool = False


def check_unit(node: Node, measure: Measure, measure_of: MeasureOf) -> None:
    """Raises UnitError, in Polish, when ``node`` is not measured in ``measure``."""
    exact = _is_product(node)
    quantity = _quantity(node, measure_of, exact)
    if quantity.constant:
        raise UnitError("wzór nie używa żadnej zmiennej")
    if quantity.dimension != _clean(measure.dimension):
        raise UnitError(
            f"wzór daje jednostkę {show(quantity.dimension)}, a „{measure.id}” to "
            f"{show(_clean(measure.dimension))}; popraw wzór albo klucz „unit”"
        )
    factor = quantity.scale / measure.scale
    if _differ(factor, 1.0) and (exact or _is_power_of_ten(factor)):
        raise UnitError(
            f"wynik wzoru nie jest w „{measure.id}”: trzeba go pomnożyć przez {factor:.10g}"
        )


def _quantity(node: Node, measure_of: MeasureOf, exact: bool) -> _Quantity:
    match node:
        case Number(value):
            return _constant(value, exact)
        case Name():
            measure = measure_of(node)
            return _Quantity(_clean(measure.dimension), measure.scale)
        case Lag(of) | RollingSum(of):
            return _quantity(of, measure_of, exact)
        case Negate(of):
            return _quantity(of, measure_of, exact)
        case MinMax(which, of_all):
            result = _quantity(of_all[0], measure_of, exact)
            for other in of_all[1:]:
                result = _alike(result, _quantity(other, measure_of, exact), which)
            return result
        case Binary(operator, left, right):
            a, b = _quantity(left, measure_of, exact), _quantity(right, measure_of, exact)
            if operator == "*":
                return _product(a, b, 1)
            if operator == "/":
                return _product(a, b, -1)
            return _alike(a, b, operator)


def _constant(value: float, exact: bool) -> _Quantity:
    if value == 0:
        return _Quantity({}, 1.0, constant=True)
    converts = exact or _is_power_of_ten(value)
    return _Quantity({}, 1.0 / abs(value) if converts else 1.0, constant=True)


def _product(a: _Quantity, b: _Quantity, sign: int) -> _Quantity:
    dimension = dict(a.dimension)
    for base, power in b.dimension.items():
        dimension[base] = dimension.get(base, 0) + sign * power
    constant = a.constant and b.constant
    return _Quantity(_clean(dimension), a.scale * b.scale**sign, constant)


def _alike(a: _Quantity, b: _Quantity, operation: str) -> _Quantity:
    """Two amounts that are added or compared: one dimension, one scale; constants are pure."""
    if a.dimension != b.dimension:
        raise UnitError(
            f"działanie „{operation}” łączy różne jednostki: {show(a.dimension)} i "
            f"{show(b.dimension)}"
        )
    if a.constant or b.constant:
        return b if a.constant else a
    if _differ(a.scale, b.scale):
        raise UnitError(
            f"działanie „{operation}” łączy wielkości w różnej skali (różnica "
            f"{a.scale / b.scale:.10g} razy)"
        )
    return a


def _is_product(node: Node) -> bool:
    match node:
        case Binary(operator, left, right):
            return operator in ("*", "/") and _is_product(left) and _is_product(right)
        case Negate(of):
            return _is_product(of)
        case MinMax():
            return False
    return True


def _clean(dimension: Dimension) -> Dimension:
    return {base: power for base, power in sorted(dimension.items()) if power}


def _differ(a: float, b: float) -> bool:
    return not math.isclose(a, b, rel_tol=1e-9)


def _is_power_of_ten(value: float) -> bool:
    power = math.log10(abs(value))
    return abs(power - round(power)) < 1e-9


def show(dimension: Dimension) -> str:
    """``[os·m^-2]``; ``[1]`` for a pure number."""
    parts = (base if power == 1 else f"{base}^{power}" for base, power in dimension.items())
    return f"[{'·'.join(parts) or '1'}]"
