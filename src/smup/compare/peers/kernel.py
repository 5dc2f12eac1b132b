"""The nearest units and how steady they are: one compiled walk for every unit.

Distance of two units over the features both have, with weights w (W their total, A the total of
those both have): sqrt(sum w d^2 / A), the root of the weighted mean square, divided by sqrt(A / W)
for what is not known of them; together sqrt(sum w d^2 / W) / (A / W). The first is what J. K.
Dixon, "Pattern Recognition with Partly Missing Data" (IEEE Transactions on Systems, Man, and
Cybernetics 9, 1979) gives, over sqrt(W); the second is our penalty. Below half of the weight two
units are not compared.

Features lie in rows, units in columns, so that the sums run over neighbouring numbers: five
times as fast as pair by pair. Four rows are added at a time, in the same order: a sum is fetched
and put back a quarter as often.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from smup.compute.compiled import compiled

Floats: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]

LEAST = 0.5  # share of the weight two units must have in common
STRETCH = 32  # units looked at together for one near enough


@compiled
def differences(points: Floats, at: int, squares: Floats, partly: Places) -> int:
    """Fill ``squares`` [feature, unit] with squared differences from the unit ``at``, 0 where one
    of the two is not known. Returns with how many units that is so; ``partly`` begins with them."""
    features, units = points.shape
    told = np.ones(units, np.bool_)
    for f in range(features):
        own = points[f, at]
        for other in range(units):
            step = points[f, other] - own
            known = step == step
            squares[f, other] = step * step if known else 0.0
            told[other] &= known
    count = 0
    for other in range(units):
        if not told[other]:
            partly[count] = other
            count += 1
    return count


@compiled
def distances(
    squares: Floats,
    points: Floats,
    at: int,
    partly: Places,
    weights: Floats,
    penalty: bool,
    out: Floats,
) -> None:
    """Fill ``out`` [unit] with squared distances; inf where too little is known of the two.

    ``partly`` are the units that lack a feature of ``points`` or stand beside one that does.
    """
    total, features = 0.0, len(weights)
    out[:] = 0.0
    for f in range(features):
        total += weights[f]
    if total <= 0.0:
        out[:] = np.inf
        return
    whole = features - features % 4
    for f in range(0, whole, 4):
        a, b, c, d = weights[f], weights[f + 1], weights[f + 2], weights[f + 3]
        r, s, t, u = squares[f], squares[f + 1], squares[f + 2], squares[f + 3]
        for other in range(len(out)):
            sum_ = out[other] + a * r[other] + b * s[other]
            out[other] = sum_ + c * t[other] + d * u[other]
    for f in range(whole, features):
        weight, row = weights[f], squares[f]
        for other in range(len(out)):
            out[other] += weight * row[other]
    for other in range(len(out)):
        out[other] /= total
    for other in partly:
        common = 0.0
        for f in range(len(weights)):
            if points[f, other] == points[f, other] and points[f, at] == points[f, at]:
                common += weights[f]
        share = common / total
        if share < LEAST:
            out[other] = np.inf
        else:
            out[other] /= share * share if penalty else share


@compiled
def nearest(
    distance: Floats, at: int, among: Mask, within: float, found: Places, apart: Floats
) -> int:
    """Fill ``found`` and ``apart`` with the nearest of ``among`` [unit] but ``at``, nearest first.

    Units not nearer than ``within`` are passed over. Of two equally far the earlier unit comes
    first. Returns how many there are; the rest of the two arrays is left as it was.
    """
    count, most, bound = 0, len(found), within
    for first in range(0, len(distance), STRETCH):
        end = min(first + STRETCH, len(distance))
        near = 0
        for other in range(first, end):
            near |= distance[other] < bound
        if not near:
            continue
        for other in range(first, end):
            if not distance[other] < bound or not among[other] or other == at:
                continue
            count = min(count + 1, most)
            last = count - 1
            while last > 0 and apart[last - 1] > distance[other]:
                apart[last], found[last] = apart[last - 1], found[last - 1]
                last -= 1
            apart[last], found[last] = distance[other], other
            if count == most:
                bound = apart[most - 1]
    return count


@compiled
def reach(distance: Floats, known: Places, most: int) -> float:
    """A distance below which the ``most`` nearest lie, when ``known`` are that many units that may
    be among them: just above the farthest of these. Infinite for fewer."""
    if len(known) < most:
        return np.inf
    farthest = 0.0
    for other in known:
        farthest = max(farthest, distance[other])
    return float(np.nextafter(farthest, np.inf))


@compiled
def walk(
    points: Floats,
    candidate: Mask,
    large: Mask,
    first: int,
    end: int,
    weights: Floats,
    version: Places,
    penalty: bool,
    peers: Places,
    distance: Floats,
    kept: NDArray[np.uint8],
) -> None:
    """Peers of the units ``first`` … ``end`` - 1 and how often each stays.

    ``points`` [version, feature, unit]; ``weights`` [run, feature] and ``version`` [run], not
    falling, describe one look-up each. Run 0 gives ``peers`` and ``distance`` [unit, k]; ``kept``
    [unit, k] counts in how many other runs a peer is among the k nearest again. -1 and NaN where
    there is none. Only rows ``first`` … ``end`` - 1 are written.
    """
    _, features, units = points.shape
    k = peers.shape[1]
    squares, partly = np.empty((features, units)), np.empty(units, np.int32)
    far, found, apart = np.empty(units), np.empty(k, np.int32), np.empty(k)
    for at in range(first, end):
        among = candidate if candidate[at] else large
        loaded, lacking, count = -1, 0, 0
        for run in range(len(weights)):
            if version[run] != loaded:
                loaded = version[run]
                lacking = differences(points[loaded], at, squares, partly)
            distances(squares, points[loaded], at, partly[:lacking], weights[run], penalty, far)
            within = np.inf if run == 0 else reach(far, peers[at, :count], k)
            again = nearest(far, at, among, within, found, apart)
            if run == 0:
                count = again
                for place in range(k):
                    peers[at, place] = found[place] if place < count else -1
                    distance[at, place] = np.sqrt(apart[place]) if place < count else np.nan
                    kept[at, place] = 0
                continue
            for place in range(count):
                for other in range(again):
                    if found[other] == peers[at, place]:
                        kept[at, place] += 1
                        break
