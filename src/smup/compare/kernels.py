"""Positions and statistics of many rows at once, exact in integers.

A published value is a whole number k of steps of 10**-decimals. Each row (one indicator, one year)
becomes unsigned 64-bit keys ``k << bits | unit``, best value first; ``np.sort`` orders them; one
walk over the sorted keys drops every unit into the part it belongs to (country, its województwo,
its group), where the values then lie in order: positions, ties, median and quartiles are read off.
Float32 keys would merge amounts above 16.7 million; whole steps merge nothing.

Sums and quantiles are formed on the whole numbers and divided once, so they do not depend on the
order of units and carry one rounding. Where a row does not fit (more than 2**51 steps, above 22
trillion with 2 decimals) the caller ranks dense codes instead; see ``smup.compare.ranking``.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from smup.compute.compiled import compiled
from smup.panel import Status

Keys: TypeAlias = NDArray[np.uint64]
Ints: TypeAlias = NDArray[np.int64]
Counts: TypeAlias = NDArray[np.uint16]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Codes: TypeAlias = NDArray[np.uint8]

NO_KEY = np.uint64(2**64 - 1)  # sorts last: a unit without a value
FEWEST = 8  # units with data below which no position is given
ENOUGH_PERCENT = 70  # of members with data, below which no position is given
STATISTICS = ("mean", "median", "q1", "q3", "min", "max")

_NOT_APPLICABLE, _NOT_EXISTING = int(Status.NOT_APPLICABLE), int(Status.NOT_EXISTING)


class Parts(NamedTuple):
    """Groupings of n units into parts, as arrays.

    ``labels`` [grouping, unit] is the part of each unit or -1; no part belongs to two groupings.
    The other arrays are by part: its grouping, its size, where its units begin in a buffer.
    """

    labels: NDArray[np.int32]
    grouping: NDArray[np.int32]
    size: NDArray[np.int32]
    start: NDArray[np.int64]


class Ranked(NamedTuple):
    """What ``walk`` fills in. g = grouping, p = part, u = unit.

    ``position`` is 0 where none is given. ``percentile`` and ``quartile`` belong to the first
    grouping and are 0 without a position: the percentile of the last of n units is 50/n, never 0.
    The last position of a tie is not kept: ``position`` holds it (``last_of_tie``).
    """

    position: Counts  # [item, g, year, u]
    percentile: NDArray[np.float32]  # [item, year, u]
    quartile: Codes  # [item, year, u]
    members: Counts  # [item, year, p]
    with_data: Counts  # [item, year, p]
    statistics: Floats  # [item, year, p, one of STATISTICS]


def unit_bits(units: int) -> int:
    """Low bits of a key that hold the unit."""
    return max(1, (units - 1).bit_length())


def most_steps(bits: int) -> int:
    """Whole numbers of at least this size do not fit above ``bits``.

    At most 2**51, so that four times a value is still exact in float64.
    """
    return 1 << min(51, 63 - bits)


@compiled
def pack(
    values: Floats,  # [all items, year, column]
    status: Codes,
    items: Ints,
    columns: Ints,  # [unit] column of each unit
    power: Floats,  # [all items] steps in 1
    descending: Flags,  # [all items] is a larger value better?
    parts: Parts,
    bits: int,
    most: int,
    keys: Keys,  # [row, unit], filled; row = place in ``items`` * years + year
    members: Counts,  # [all items, year, part], filled
) -> bool:
    """Keys of a batch of items and the number of members of each part; False if one is too big.

    Members are the units that exist and to which the indicator applies, with or without data.
    """
    years = values.shape[1]
    fits = True
    shift = np.uint64(bits)
    for place in range(items.size):
        item = items[place]
        sign = -1.0 if descending[item] else 1.0
        for year in range(years):
            row = keys[place * years + year]
            members[item, year, :] = parts.size
            for unit in range(columns.size):
                value = values[item, year, columns[unit]]
                row[unit] = NO_KEY
                in_any = False
                for g in range(parts.labels.shape[0]):
                    in_any = in_any or parts.labels[g, unit] >= 0
                if not in_any:
                    continue
                if np.isnan(value):
                    why = status[item, year, columns[unit]]
                    if why in (_NOT_APPLICABLE, _NOT_EXISTING):
                        for g in range(parts.labels.shape[0]):
                            if parts.labels[g, unit] >= 0:
                                members[item, year, parts.labels[g, unit]] -= 1
                    continue
                steps = np.rint(sign * value * power[item])
                if abs(steps) >= most - 1:
                    fits = False
                    continue
                row[unit] = (np.uint64(np.int64(steps) + most) << shift) | np.uint64(unit)
    return fits


@compiled
def walk(
    keys: Keys,  # sorted along each row
    items: Ints,
    power: Floats,
    descending: Flags,
    parts: Parts,
    bits: int,
    most: int,
    out: Ranked,
) -> None:
    """Read positions, quantiles and statistics of a batch off its sorted keys into ``out``."""
    years = out.members.shape[1]
    held = np.empty(parts.size.sum(), np.uint64)  # the keys again, part by part
    filled = np.empty(parts.size.size, np.int64)
    for row in range(keys.shape[0]):
        item, year = items[row // years], row % years
        out.position[item, :, year, :] = 0
        out.percentile[item, year, :] = 0
        out.quartile[item, year, :] = 0
        _deal(keys[row], parts, bits, held, filled)
        for part in range(filled.size):
            count = filled[part]
            out.with_data[item, year, part] = count
            mine = held[parts.start[part] : parts.start[part] + count]
            _describe(
                mine, bits, most, power[item], descending[item], out.statistics[item, year, part]
            )
            if count >= FEWEST and 100 * count >= ENOUGH_PERCENT * out.members[item, year, part]:
                g = parts.grouping[part]
                position = out.position[item, g, year]
                _place(mine, bits, position)
                if g == 0:
                    _spread(
                        mine, bits, position, out.percentile[item, year], out.quartile[item, year]
                    )


@compiled
def _deal(row: Keys, parts: Parts, bits: int, held: Keys, filled: Ints) -> None:
    """Put every key of a sorted row behind the others of its part, one grouping at a time."""
    mask = np.uint64((1 << bits) - 1)
    filled[:] = 0
    known = row.size
    while known > 0 and row[known - 1] == NO_KEY:
        known -= 1
    for g in range(parts.labels.shape[0]):
        labels = parts.labels[g]
        for at in range(known):
            part = labels[row[at] & mask]
            if part >= 0:
                held[parts.start[part] + filled[part]] = row[at]
                filled[part] += 1


@compiled
def _describe(
    mine: Keys, bits: int, most: int, power: float, descending: bool, out: Floats
) -> None:
    """Mean, median, quartiles (Hyndman-Fan 7), minimum and maximum; NaN without any data."""
    count = mine.size
    if count == 0:
        out[:] = np.nan
        return
    shift = np.uint64(bits)
    total = np.int64(0)
    for at in range(count):
        total += np.int64(mine[at] >> shift) - most
    sign = -1 if descending else 1
    out[0] = sign * total / (count * power)
    for quarter in range(1, 4):
        whole, rest = divmod((count - 1) * quarter, 4)
        low = np.int64(mine[whole] >> shift) - most
        high = np.int64(mine[min(whole + 1, count - 1)] >> shift) - most
        four_times = sign * ((4 - rest) * low + rest * high)
        place = 1 if quarter == 2 else 2 if (quarter == 1) != descending else 3
        out[place] = four_times / (4.0 * power)
    first = sign * (np.int64(mine[0] >> shift) - most) / power
    final = sign * (np.int64(mine[count - 1] >> shift) - most) / power
    out[4], out[5] = min(first, final), max(first, final)


@compiled
def _place(mine: Keys, bits: int, position: Counts) -> None:
    """Positions 1224, by selections only: ties are too frequent for the machine to foresee."""
    mask, shift = np.uint64((1 << bits) - 1), np.uint64(bits)
    place, before = 1, NO_KEY
    for at in range(mine.size):
        value = mine[at] >> shift
        place = place if value == before else at + 1
        before = value
        position[mine[at] & mask] = place


@compiled
def _spread(
    mine: Keys, bits: int, position: Counts, percentile: NDArray[np.float32], quartile: Codes
) -> None:
    """Percentile and quartile by the middle of each tie; from the last unit to the first."""
    mask, shift = np.uint64((1 << bits) - 1), np.uint64(bits)
    count = mine.size
    last, before = count, NO_KEY
    for at in range(count - 1, -1, -1):
        value = mine[at] >> shift
        last = last if value == before else at + 1
        before = value
        unit = mine[at] & mask
        both = np.int64(position[unit]) + last
        percentile[unit] = 100.0 * (2 * count - both + 1) / (2 * count)
        middle = 2 * (both - 1)  # of 4 * count; compared, as a division of integers is slow
        quartile[unit] = 1 + (middle >= count) + (middle >= 2 * count) + (middle >= 3 * count)
