"""Fifty ways in which the list could have come out: is a peer one in all of them?

Each feature is left out once; the years are taken 1, 2 and 3 back as far as there are earlier
figures; in all other runs every weight is multiplied by a factor between 1/2 and 2. The factors
come from the additive recurrence frac(n sqrt(prime)), one prime a feature (H. Weyl 1916; also a
Kronecker sequence), which spreads evenly and is the same on every machine.
"""

from collections.abc import Iterator
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray

from smup.compare.peers.space import NO_YEAR, Space
from smup.panel.panel import Values

RUNS = 50


def runs(space: Space, stratum: int, weights: Values) -> tuple[Values, NDArray[np.int32]]:
    """Weights [1 + RUNS, feature] and versions [1 + RUNS] of a stratum; run 0 is the plain one."""
    used = space.used(stratum, weights)
    versions = _versions(space, stratum, used)
    left_out = _without_one(used)[: RUNS - len(versions)]
    rest = RUNS - len(left_out) - len(versions)
    changed = used * factors(rest, len(used))
    earlier = np.tile(used, (len(versions), 1))
    all_weights = np.concatenate([used[None], left_out, changed, earlier])
    return all_weights, np.array([0] * (1 + len(left_out) + rest) + versions, np.int32)


def _versions(space: Space, stratum: int, used: Values) -> list[int]:
    """Earlier versions in which at least one feature with weight is another than before."""
    _, first, end = space.strata[stratum]
    matters = (used > 0) & (space.years[stratum] != NO_YEAR)
    own = space.scores[:, first:end][..., matters]
    return [
        version
        for version in range(1, len(own))
        if not np.array_equal(own[version], own[version - 1], equal_nan=True)
    ]


def _without_one(used: Values) -> Values:
    """One row for each feature with weight, without it; none where there is but one."""
    weighed = np.flatnonzero(used)
    if len(weighed) < 2:
        return np.empty((0, len(used)))
    rows = np.tile(used, (len(weighed), 1))
    rows[np.arange(len(weighed)), weighed] = 0.0
    return rows


def factors(rows: int, features: int) -> Values:
    """[row, feature] between 1/2 and 2, evenly on a logarithmic scale."""
    steps = np.sqrt(np.array(list(islice(_primes(), features)), np.float64))
    return np.asarray(np.exp2(2 * ((np.arange(1, rows + 1)[:, None] * steps) % 1.0) - 1))


def _primes() -> Iterator[int]:
    """2, 3, 5, 7, …"""
    return (n for n in count(2) if all(n % d for d in range(2, int(n**0.5) + 1)))
