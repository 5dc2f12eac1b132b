"""Rounding to the published precision: half away from zero, on the decimal a number is written as.

2.675 is stored as 2.67499999999999982236431605997495353221893310546875. Arithmetic on the stored
value gives 2.67; people, Excel and ``decimal.Decimal("2.675")`` with ROUND_HALF_UP give 2.68. We
round the shortest decimal that reads back as the same number (what ``repr`` prints), as they do.

Method. With p = 10**decimals and f = floor(abs(x) * p), the decimal half way to the next step is
T = (2f + 1) / 2p. Both integers are exact in float64, so the quotient is the float nearest to T.
Two decimals of at most 15 significant digits never share a float, therefore x prints as T exactly
when x == T, and the rounded magnitude is (f + 1) / p when abs(x) >= T, else f / p. The product may
be off by one unit in the last place; that moves f only when x stands beside a whole step, and
there both answers agree. Where T would need more than 15 digits (above 10**12 with 2 decimals) each
number goes through ``decimal``; from 2**52 on floats are whole and stay as they are.
"""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np

from smup.compute.compiled import compiled
from smup.panel.panel import Values

SAFE = 1e15  # decimals of at most 15 digits and floats correspond one to one
WHOLE = float(2**52)
MOST_DECIMALS = 6  # as the catalogue allows

_ENOUGH_DIGITS = Context(prec=40)


def round_half_away(values: Values, decimals: int) -> Values:
    """``values`` rounded to ``decimals`` places; NaN stays NaN, zero is never negative.

    Raises ValueError unless 0 <= decimals <= 6.
    """
    if not 0 <= decimals <= MOST_DECIMALS:
        raise ValueError(f"decimals must be 0-{MOST_DECIMALS}, not {decimals}")
    flat = np.ascontiguousarray(values, np.float64).reshape(-1)
    limit = SAFE / 10.0 ** (decimals + 1)
    rounded = np.empty_like(flat)
    if _round(flat, 10.0**decimals, limit, rounded):
        for at in np.flatnonzero(np.abs(flat) > limit):
            rounded[at] = round_one(float(flat[at]), decimals)
    return rounded.reshape(values.shape)


def round_one(value: float, decimals: int) -> float:
    """The same for one number, by decimal arithmetic on its shortest form."""
    if not math.isfinite(value) or abs(value) >= WHOLE:
        return value
    step = Decimal(1).scaleb(-decimals)
    written = Decimal(repr(value))
    return float(written.quantize(step, ROUND_HALF_UP, _ENOUGH_DIGITS)) + 0.0  # -0.0 becomes 0.0


@compiled
def _round(values: Values, power: float, limit: float, out: Values) -> int:
    """Fill ``out``; how many magnitudes were above ``limit``, for which it does not hold.

    No branches but selections, so that the loop becomes vector instructions.
    """
    beyond = 0
    for at in range(values.size):
        size = abs(values[at])
        below = np.floor(size * power)
        half = (2.0 * below + 1.0) / (2.0 * power)
        steps = below + 1.0 if size >= half else below
        out[at] = np.copysign(steps / power, values[at]) + 0.0
        beyond += size > limit
    return beyond
