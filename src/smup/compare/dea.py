"""Data envelopment analysis: how far each unit stands from the frontier that others draw.

Banker, Charnes and Cooper (1984), input-oriented, variable returns to scale. For the unit o among
units j with inputs x and outputs y the score is the smallest theta for which a mix of units, with
weights of at least 0 that sum to 1, achieves at least o's outputs with at most theta times o's
inputs. Of all such mixes the one with the largest slacks names o's peers. Without the sum of
weights it is the score of Charnes, Cooper and Rhodes (1978); the quotient of the two is the scale
efficiency.

Interval: the smoothed homogeneous bootstrap of Simar and Wilson (1998) on Shephard's distances
1/theta, with the basic interval of Simar and Wilson (2000). It tells how much the frontier, known
only through the units observed, may be too easy; it knows nothing of faults in the data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_diag, vstack

Matrix = NDArray[np.float64]  # [unit, input or output]
Vector = NDArray[np.float64]
Returns = Literal["increasing", "constant", "decreasing"]
Weights = Literal["sum_to_one", "at_most_one", "free"]  # variable, non-increasing, constant returns

Programme = tuple[Matrix, Matrix, Vector, Vector]  # reference inputs, outputs; own inputs, outputs

DRAWS = 200
TOGETHER = 50  # programmes handed to the solver at once
SEED = 1998  # the same figures give the same interval
OUTER = (0.025, 0.975)
TINY = 1e-6  # a score this near 1 is 1; a weight this small is none


class UnfitFigures(ValueError):
    """Figures that no frontier can be drawn from."""


@dataclass(frozen=True)
class Point:
    """Where one unit stands. ``weights`` [unit] are those of its peers and sum to 1."""

    score: float
    constant: float  # the score under constant returns to scale
    returns: Returns
    weights: Vector

    @property
    def scale(self) -> float:
        """Scale efficiency: the part of the distance that the size of the unit alone explains."""
        return min(self.constant / self.score, 1.0)


@dataclass(frozen=True)
class Bounds:
    """Bias-corrected score and its 95 % interval, none of them above the score itself."""

    corrected: float
    low: float
    high: float


def locate(inputs: Matrix, outputs: Matrix, at: int) -> Point:
    """The unit in row ``at`` against the frontier of all rows.

    ``inputs`` [unit, input] are positive, ``outputs`` [unit, output] not negative with some output
    of every unit; units of measure do not matter. Raises UnfitFigures where they are not.
    """
    x, y = _scaled(inputs, outputs)
    against: Programme = (x, y, x[at], y[at])
    score = float(_solved([against], "sum_to_one")[0])
    constant = min(float(_solved([against], "free")[0]), score)
    returns: Returns = "constant"
    if score - constant > TINY:
        falling = float(_solved([against], "at_most_one")[0])
        returns = "decreasing" if score - falling <= TINY else "increasing"
    return Point(score, constant, returns, _peers(x, y, at, score))


def scores(inputs: Matrix, outputs: Matrix) -> Vector:
    """The score of every unit [unit]. Raises UnfitFigures as ``locate``."""
    x, y = _scaled(inputs, outputs)
    best = undominated(x, y)
    return _solved([(x[best], y[best], own_x, own_y) for own_x, own_y in zip(x, y, strict=True)])


def bounds(
    inputs: Matrix,
    outputs: Matrix,
    found: Vector,
    at: int,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Bounds | None:
    """The interval of the unit in row ``at``; None where every unit stands on the frontier.

    ``found`` are the ``scores`` of all units. Draws follow the order of rows: sort them by
    something that does not change.
    """
    x, y = _scaled(inputs, outputs)
    distance = 1 / found
    if np.all(distance <= 1 + TINY):
        return None
    width, rng = bandwidth(distance), np.random.default_rng(seed)
    programmes: list[Programme] = []
    for _ in range(draws):
        moved = x * (smoothed(distance, width, rng) / distance)[:, None]
        best = undominated(moved, y)
        programmes.append((moved[best], y[best], x[at], y[at]))
    drawn, own = 1 / _solved(programmes), float(distance[at])
    least, most = np.quantile(drawn, OUTER).tolist()
    middle, high, low = (max(2 * own - one, own) for one in (float(drawn.mean()), most, least))
    return Bounds(corrected=1 / middle, low=1 / low, high=1 / high)


def bandwidth(distance: Vector) -> float:
    """Of the kernel: the normal reference rule on the distances off the frontier reflected at 1,
    rescaled to the number and the spread of all distances (Simar and Wilson 2008)."""
    away = distance[distance > 1 + TINY]
    mirrored = np.concatenate([away, 2 - away])
    q1, q3 = np.quantile(mirrored, (0.25, 0.75)).tolist()
    spread = float(mirrored.std(ddof=1))
    count = len(mirrored)
    rule = 1.06 * min(spread, (q3 - q1) / 1.34) * count ** (-1 / 5)
    return float(rule * (count / len(distance)) ** (1 / 5) * distance.std(ddof=1) / spread)


def smoothed(distance: Vector, width: float, rng: np.random.Generator) -> Vector:
    """Distances [unit] drawn from the kernel density of ``distance``: with replacement, blurred,
    shrunk towards 1 so that the blur adds nothing to their mean square, reflected at 1.

    Shrinking about 1, the mean of the reflected distances, keeps draws at the frontier possible;
    about the mean of the distances themselves it would push every draw off it.
    """
    picked = distance[rng.integers(len(distance), size=len(distance))] - 1
    blurred = picked + width * rng.standard_normal(len(distance))
    spread = float(np.mean((distance - 1) ** 2))
    moved: Vector = 1 + np.abs(blurred) / np.sqrt(1 + width**2 / spread)
    return moved


def undominated(x: Matrix, y: Matrix) -> NDArray[np.bool_]:
    """[unit]: does nobody achieve as much of everything with as little of everything?

    Only these draw the frontier; of units that are alike the first counts.
    """
    alike_or_less = np.all(x[:, None] <= x[None], axis=2) & np.all(y[:, None] >= y[None], axis=2)
    later = np.tri(len(x), k=-1, dtype=bool)  # [row, column]: is the row after the column?
    beats = alike_or_less & ~(alike_or_less.T & later)
    np.fill_diagonal(beats, val=False)
    free: NDArray[np.bool_] = ~beats.any(axis=0)
    return free


def _scaled(inputs: Matrix, outputs: Matrix) -> tuple[Matrix, Matrix]:
    """Shares of the largest of each column: scores do not change, and the solver is at ease."""
    whole = np.concatenate([inputs, outputs], axis=1)
    if not (len(whole) and np.all(np.isfinite(whole)) and np.all(inputs > 0)):
        raise UnfitFigures("nakłady każdej jednostki muszą być znane i większe od zera")
    if np.any(outputs < 0) or not np.all(outputs.any(axis=1)) or not np.all(outputs.any(axis=0)):
        raise UnfitFigures("efekty nie mogą być ujemne, a każda jednostka musi mieć choć jeden")
    return inputs / inputs.max(axis=0), outputs / outputs.max(axis=0)


def _solved(programmes: Sequence[Programme], weights: Weights = "sum_to_one") -> Vector:
    """The scores [programme]: variables of each are theta and the weight of every reference row.

    Independent programmes are handed over together, one block each: handing one over costs more
    than solving it (300 units: 2.7 s one by one, 0.6 s by fifties).
    """
    found = [
        _solved_at_once(programmes[first : first + TOGETHER], weights)
        for first in range(0, len(programmes), TOGETHER)
    ]
    theta = np.concatenate(found)
    return np.where(np.abs(theta - 1) <= TINY, 1.0, theta)


def _solved_at_once(programmes: Sequence[Programme], weights: Weights) -> Vector:
    blocks, limits, wholes, first = [], [], [], [0]
    for x, y, own_x, own_y in programmes:
        spend = np.column_stack([-own_x, x.T])  # mix of inputs <= theta * own inputs
        achieve = np.column_stack([np.zeros(len(own_y)), -y.T])  # mix of outputs >= own outputs
        blocks.append(np.concatenate([spend, achieve]))
        limits.append(np.concatenate([np.zeros(len(own_x)), -own_y]))
        wholes.append(np.concatenate([[0.0], np.ones(len(x))])[None])
        first.append(first[-1] + 1 + len(x))
    cost = np.zeros(first[-1])
    cost[first[:-1]] = 1.0
    upper, bound = block_diag(blocks, format="csr"), np.concatenate(limits)
    whole, one = block_diag(wholes, format="csr"), np.ones(len(programmes))
    if weights == "at_most_one":
        upper, bound = vstack([upper, whole], format="csr"), np.concatenate([bound, one])
    exact = weights == "sum_to_one"
    found = linprog(
        cost,
        A_ub=upper,
        b_ub=bound,
        A_eq=whole if exact else None,
        b_eq=one if exact else None,
        method="highs",
    )
    if not found.success:
        raise UnfitFigures(f"nie udało się wyznaczyć granicy: {found.message}")
    theta: Vector = found.x[first[:-1]]
    return theta


def _peers(x: Matrix, y: Matrix, at: int, score: float) -> Vector:
    """Weights of the mix that leaves the most over once the inputs have been cut to the score."""
    count, m, s = len(x), x.shape[1], y.shape[1]
    spend = np.column_stack([x.T, np.eye(m), np.zeros((m, s))])
    achieve = np.column_stack([y.T, np.zeros((s, m)), -np.eye(s)])
    whole = np.concatenate([np.ones(count), np.zeros(m + s)])[None]
    found = linprog(
        np.concatenate([np.zeros(count), -np.ones(m + s)]),
        A_eq=np.concatenate([spend, achieve, whole]),
        b_eq=np.concatenate([(score + 1e-9) * x[at], y[at], [1.0]]),
        method="highs",
    )
    if not found.success:
        raise UnfitFigures(f"nie udało się wskazać wzorców: {found.message}")
    weights = np.where(found.x[:count] > TINY, found.x[:count], 0.0)
    shares: Vector = weights / weights.sum()
    return shares
