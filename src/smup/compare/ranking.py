"""Positions and statistics of blocks [item, year, unit]: the kernels, in batches, on threads.

Everything here is a function of the values and of a grouping of units; what the groups mean is
``smup.compare.groups``. Items are independent of one another, so any split gives the same arrays.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from smup.compare import kernels
from smup.compare.kernels import Keys, Parts, Ranked
from smup.compute.parallel import each
from smup.panel.panel import Codes, Values

BATCH = 10  # items a call: with fewer, handing the interpreter from thread to thread costs more
MOST_UNITS = 65_535  # positions are stored in 16 bits


@dataclass(frozen=True)
class Scale:
    """How the items of a block are read: steps in 1 (10**decimals), is a larger value better."""

    power: Values
    descending: NDArray[np.bool_]

    @classmethod
    def of(cls, decimals: Sequence[int], descending: Sequence[bool]) -> "Scale":
        return cls(10.0 ** np.asarray(decimals, np.float64), np.asarray(descending, bool))


def make_parts(labels: NDArray[np.integer], count: int | None = None) -> Parts:
    """Parts from ``labels`` [grouping, unit]: -1 outside, else 0 … p-1, none in two groupings.

    ``count`` is p where the last parts may be empty.
    Raises ValueError when a part lies in two groupings or there are too many units.
    """
    groupings, units = labels.shape
    if units > MOST_UNITS:
        raise ValueError(f"at most {MOST_UNITS} units can be ranked, not {units}")
    count = int(labels.max(initial=-1)) + 1 if count is None else count
    grouping = np.zeros(count, np.int32)
    size = np.zeros(count, np.int32)
    for g in range(groupings):
        sizes = np.bincount(labels[g][labels[g] >= 0], minlength=count)
        if np.any((sizes > 0) & (size > 0)):
            raise ValueError("a part lies in two groupings")
        grouping[sizes > 0] = g
        size += sizes.astype(np.int32)
    start = np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64)[:count]
    return Parts(np.ascontiguousarray(labels, np.int32), grouping, size, start)


def empty_ranked(items: int, years: int, units: int, groupings: int, parts: int) -> Ranked:
    """No positions, no members, no statistics."""
    return Ranked(
        np.zeros((items, groupings, years, units), np.uint16),
        np.zeros((items, years, units), np.float32),
        np.zeros((items, years, units), np.uint8),
        np.zeros((items, years, parts), np.uint16),
        np.zeros((items, years, parts), np.uint16),
        np.full((items, years, parts, len(kernels.STATISTICS)), np.nan),
    )


def rank_into(
    out: Ranked,
    values: Values,
    status: Codes,
    items: Sequence[int],
    columns: NDArray[np.intp],
    scale: Scale,
    parts: Parts,
    threads: int = 2,
) -> None:
    """Rank ``items`` of the cubes [item, year, column]; ``out`` is overwritten for them.

    ``columns`` picks and orders the units; ``scale`` and ``out`` are labelled by all items.
    ``values`` are rounded to the decimals of their item, NaN exactly in gaps.
    """
    if not (len(columns) and len(parts.size)):
        return

    batches = [items[first : first + BATCH] for first in range(0, len(items), BATCH)]
    spare: SimpleQueue[Keys] = SimpleQueue()
    for _ in range(min(threads, len(batches))):  # fresh memory for each batch is slow
        spare.put(np.empty((BATCH * values.shape[1], len(columns)), np.uint64))

    def one(number: int) -> None:
        batch, keys = batches[number], spare.get()
        chosen = np.array(batch, np.int64)
        fits = _rank_batch(out, values, status, chosen, columns, scale, parts, keys)
        spare.put(keys)
        if not fits:
            for item in batch:
                _rank_dense(out, values[item], status[item], item, columns, scale, parts)

    each(one, len(batches), threads)


def last_of_tie(position: NDArray[np.uint16], unit: int) -> int:
    """The last position of the tie in which ``unit`` stands among [unit] positions; 0 if none."""
    own = int(position[unit])
    return own + int(np.count_nonzero(position == own)) - 1 if own else 0


def _rank_batch(
    out: Ranked,
    values: Values,
    status: Codes,
    items: NDArray[np.int64],
    columns: NDArray[np.intp],
    scale: Scale,
    parts: Parts,
    keys: Keys,
) -> bool:
    """False, with ``out`` untouched but for its members, when a value is too large for a key."""
    bits = kernels.unit_bits(len(columns))
    most = kernels.most_steps(bits)
    keys = keys[: len(items) * values.shape[1]]
    if not kernels.pack(
        values, status, items, columns, *_read(scale), parts, bits, most, keys, out.members
    ):
        return False
    keys.sort(axis=1)
    kernels.walk(keys, items, *_read(scale), parts, bits, most, out)
    return True


def _read(scale: Scale) -> tuple[Values, NDArray[np.bool_]]:
    return scale.power, scale.descending


def _rank_dense(
    out: Ranked,
    values: Values,
    status: Codes,
    item: int,
    columns: NDArray[np.intp],
    scale: Scale,
    parts: Parts,
) -> None:
    """One item with values too large for keys: positions from the order of its distinct values.

    Statistics are then formed in floating point; at this size no decimals are left to lose.
    """
    codes = np.full(values.shape, np.nan)
    known = ~np.isnan(values)
    codes[known] = np.unique(values[known], return_inverse=True)[1]
    alone = empty_ranked(1, values.shape[0], len(columns), len(parts.labels), len(parts.size))
    plain = Scale(np.ones(1), scale.descending[item : item + 1])
    keys = np.empty((len(values), len(columns)), np.uint64)
    _rank_batch(
        alone, codes[None], status[None], np.zeros(1, np.int64), columns, plain, parts, keys
    )
    for name in Ranked._fields:
        getattr(out, name)[item] = getattr(alone, name)[0]
    for year, row in enumerate(values[:, columns]):
        for part, grouping in enumerate(parts.grouping):
            mine = row[parts.labels[grouping] == part]
            out.statistics[item, year, part] = describe(mine[~np.isnan(mine)])


def describe(values: Values) -> list[float]:
    """STATISTICS of some numbers in floating point; all NaN without any."""
    if not values.size:
        return [math.nan] * len(kernels.STATISTICS)
    q1, median, q3 = np.quantile(values, (0.25, 0.5, 0.75), method="linear").tolist()
    mean = math.fsum(values.tolist()) / values.size
    return [mean, median, q1, q3, float(values.min()), float(values.max())]
