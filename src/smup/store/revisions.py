"""What changed between two releases, indicator by indicator: how much is new, gone or revised.

``smup.store.diff`` lists every cell as an object; here cells stay in arrays, so that two whole
countries are compared in about a second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.panel import STATUS_NAMES, Panel, Status
from smup.panel.panel import FIRST_GAP, Codes, Values

LARGEST = 3  # revisions kept of an indicator
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Revision:
    """One published figure that became another."""

    indicator: str
    unit: str
    year: int
    before: float
    after: float

    @property
    def share(self) -> float:
        """How large the change is beside the two figures, 0 to 1."""
        return abs(self.after - self.before) / (abs(self.after) + abs(self.before))


@dataclass(frozen=True)
class IndicatorRevisions:
    """Numbers of cells: values that appeared, went, became others; gaps with another reason.

    ``years`` are those in which somebody has a value for the first time, ``largest`` the revisions
    that are largest beside their figures.
    """

    indicator: str
    appeared: int
    gone: int
    revised: int
    reasons: int
    years: tuple[int, ...]
    largest: tuple[Revision, ...]

    @property
    def any(self) -> bool:
        return bool(self.appeared or self.gone or self.revised or self.reasons)


def revisions(
    before: Panel, after: Panel, former: Mapping[str, str] | None = None
) -> tuple[IndicatorRevisions, ...]:
    """Of every indicator of ``after`` that differs, in its order.

    ``former`` gives the id under which ``before`` holds an indicator renamed since. A unit or a
    year that one panel lacks counts as gaps there.
    """
    names = former or {}
    aligned = _Aligned(before, after)
    found = (_of_item(aligned, item, names.get(item, item)) for item in after.items)
    return tuple(one for one in found if one.any)


def changed_cells(
    before: Panel, after: Panel, former: Mapping[str, str] | None = None
) -> Iterator[tuple[str, str, int, float | None, float | None, str, str]]:
    """(indicator, unit, year, before, after, status before, status after) of every cell that says
    something else, in the order of ``after``; one indicator in memory at a time."""
    names = former or {}
    aligned = _Aligned(before, after)
    for item in after.items:
        old, new = aligned.cells(names.get(item, item), item)
        for y, u in np.argwhere(_differ(old, new)).tolist():
            yield (
                item,
                after.units[u],
                after.years[y],
                _value(old, y, u),
                _value(new, y, u),
                STATUS_NAMES[Status(int(old.status[y, u]))],
                STATUS_NAMES[Status(int(new.status[y, u]))],
            )


@dataclass(frozen=True)
class _Cells:
    """One indicator, [year, unit] in the labels of the later panel."""

    values: Values
    status: Codes

    @property
    def known(self) -> Mask:
        known: Mask = self.status < FIRST_GAP
        return known


class _Aligned:
    """The earlier panel read in the labels of the later one."""

    def __init__(self, before: Panel, after: Panel) -> None:
        self.before, self.after = before, after
        self.years = np.array([before.year_index.get(y, -1) for y in after.years], np.intp)
        self.units = np.array([before.unit_index.get(u, -1) for u in after.units], np.intp)
        self.same = before.years == after.years and before.units == after.units

    def cells(self, former: str, item: str) -> tuple[_Cells, _Cells]:
        at = self.after.item_index[item]
        new = _Cells(np.asarray(self.after.values[at]), np.asarray(self.after.status[at]))
        return self._former(former, new), new

    def _former(self, item: str, new: _Cells) -> _Cells:
        shape = new.status.shape
        at = self.before.item_index.get(item)
        if at is None:
            return _Cells(np.full(shape, np.nan), np.full(shape, Status.NOT_COLLECTED, np.uint8))
        values, status = np.asarray(self.before.values[at]), np.asarray(self.before.status[at])
        if self.same:
            return _Cells(values, status)
        grid = np.ix_(self.years, self.units)
        absent = (self.years < 0)[:, None] | (self.units < 0)[None, :]
        return _Cells(
            np.where(absent, np.nan, values[grid]),
            np.where(absent, Status.NOT_COLLECTED, status[grid]).astype(np.uint8),
        )

    def lost(self, item: str) -> int:
        """Values of years and units that the later panel no longer has."""
        at = self.before.item_index.get(item)
        if at is None or self.same:
            return 0
        known: Mask = self.before.status[at] < FIRST_GAP
        years = np.isin(np.arange(known.shape[0]), self.years)
        units = np.isin(np.arange(known.shape[1]), self.units)
        return int(known.sum() - known[np.ix_(years, units)].sum())


def _of_item(aligned: _Aligned, item: str, former: str) -> IndicatorRevisions:
    old, new = aligned.cells(former, item)
    both = old.known & new.known
    revised = both & (old.values != new.values)
    first = new.known.any(axis=1) & ~old.known.any(axis=1)
    return IndicatorRevisions(
        item,
        int((new.known & ~old.known).sum()),
        int((old.known & ~new.known).sum()) + aligned.lost(former),
        int(revised.sum()),
        int((~old.known & ~new.known & (old.status != new.status)).sum()),
        tuple(aligned.after.years[y] for y in np.flatnonzero(first)),
        _largest(aligned.after, item, old, new, revised),
    )


def _largest(
    after: Panel, item: str, old: _Cells, new: _Cells, revised: Mask
) -> tuple[Revision, ...]:
    places = np.argwhere(revised)
    before, now = old.values[revised], new.values[revised]
    share = np.abs(now - before) / (np.abs(now) + np.abs(before))
    order = np.lexsort((places[:, 1], places[:, 0], -share))[:LARGEST]
    return tuple(
        Revision(item, after.units[u], after.years[y], float(before[i]), float(now[i]))
        for i in order
        for y, u in [places[i]]
    )


def _differ(old: _Cells, new: _Cells) -> Mask:
    differ: Mask = (old.status != new.status) | (old.known & new.known & (old.values != new.values))
    return differ


def _value(cells: _Cells, year: int, unit: int) -> float | None:
    return float(cells.values[year, unit]) if cells.known[year, unit] else None
