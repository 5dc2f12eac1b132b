"""The observations of a data message: which cells, in which order, in arrays of one row a cell.

What stands in a message is what stands in the bulk files (``long.told``): a row that is absent
means that nobody collects the value for units of this kind.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.formats.extract import Extract
from smup.formats.long import Shown
from smup.formats.sdmx.model import ALL_DIMENSIONS, AREA, INDICATOR, TIME, Flow
from smup.formats.sdmx.tables import Words, conf_codes, notes, obs_codes, status_codes
from smup.panel import Panel, Status
from smup.panel.panel import Codes, Values

Positions = NDArray[np.intp]
Mask = NDArray[np.bool_]
Keep = Callable[[Values, Codes, Codes], Mask]  # of values, status and flags, of any shape
Action = Literal["Information", "Replace", "Delete"]


@dataclass(frozen=True)
class Rows:
    """Cells of a message: positions in the labels of the release and what stands there, [row]."""

    item: Positions
    unit: Positions
    year: Positions
    values: Values
    status: Codes
    flags: Codes

    def __len__(self) -> int:
        return len(self.item)

    def only(self, which: "Mask | Positions") -> "Rows":
        """The rows chosen by a mask, or in the order of positions."""
        return Rows(
            self.item[which],
            self.unit[which],
            self.year[which],
            self.values[which],
            self.status[which],
            self.flags[which],
        )

    @cached_property
    def alike(self) -> tuple[Positions, Positions]:
        """One row of each set of rows that differ in unit, year and value alone, and to which of
        them each row belongs: their attributes are the same."""
        keys = (self.item.astype(np.int64) << 16) | (self.status.astype(np.int64) << 8) | self.flags
        _, first, which = np.unique(keys, return_index=True, return_inverse=True)
        return first, which

    @cached_property
    def obs_status(self) -> Words:
        """The code of CL_OBS_STATUS of each row."""
        return obs_codes()[self.status, self.flags]

    @cached_property
    def conf_status(self) -> Words:
        return conf_codes()[self.status, self.flags]

    @cached_property
    def reasons(self) -> Words:
        """The name of our own status of each row."""
        return status_codes()[self.status, self.flags]

    @cached_property
    def notes(self) -> Words:
        """Names of the flags of each row with a blank between them; "" for none."""
        return notes()[self.status, self.flags]


@dataclass(frozen=True)
class Asked:
    """Which cells of the flow are wanted."""

    shown: Shown  # of the release
    units: Mapping[str, tuple[str, ...]]  # of each indicator, in the order of the release
    years: tuple[int, ...]
    keep: tuple[Keep, ...] = ()  # filters on what stands in a cell
    first: int | None = None  # observations of each time series, counted from its beginning
    last: int | None = None  # and from its end
    since: Shown | None = None  # of an earlier release: only what differs from it
    once: Mapping[str, str] = field(default_factory=dict)  # id now -> id in that release


@dataclass(frozen=True)
class Message:
    """A data message, ready for any encoder.

    ``at`` is the dimension at the observation (``AllDimensions`` for a flat message),
    ``attributes`` the ids told; ``values`` and ``observations`` say whether these are told at all.
    """

    extract: Extract
    flow: Flow
    sets: tuple[tuple[Action, Iterable[Rows]], ...]
    at: str = TIME
    attributes: tuple[str, ...] = ()
    values: bool = True
    observations: bool = True

    @property
    def series(self) -> tuple[str, ...]:
        """The dimensions of a series, in the order of the structure; none in a flat message."""
        if self.at == ALL_DIMENSIONS:
            return ()
        return tuple(one for one in (AREA, INDICATOR, TIME) if one != self.at)

    @cached_property
    def labels(self) -> Mapping[str, Words]:
        """Codes of each dimension by position."""
        panel = self.extract.source
        return {
            AREA: np.array(panel.units, object),
            INDICATOR: np.array(panel.items, object),
            TIME: np.array([str(year) for year in panel.years], object),
        }

    def starts(self, rows: Rows) -> Positions:
        """The first row of each series; of a flat message every row."""
        if not self.series or not len(rows):
            return np.arange(len(rows))
        keys = np.stack([self.positions(rows, dimension) for dimension in self.series])
        found: Positions = np.flatnonzero(np.any(np.diff(keys, axis=1) != 0, axis=0)) + 1
        return np.concatenate([[0], found])

    def positions(self, rows: Rows, dimension: str) -> Positions:
        return {AREA: rows.unit, INDICATOR: rows.item, TIME: rows.year}[dimension]

    def codes(self, rows: Rows, dimension: str) -> list[str]:
        """The codes of one dimension, one a row."""
        found: list[str] = self.labels[dimension][self.positions(rows, dimension)].tolist()
        return found


def rows_of(extract: Extract, asked: Asked, at: str) -> Iterator[Rows]:
    """The rows asked for, series after series, in parts that are not empty."""
    parts = (_told(extract, asked, item, at) for item in _items(extract, asked))
    filled = (rows for rows in parts if len(rows))
    return _across(filled) if at == INDICATOR else filled


def rows_gone(extract: Extract, asked: Asked, at: str) -> Iterator[Rows]:
    """Cells told in the release of ``asked.since`` and no longer told, named by today's labels."""
    for item in _items(extract, asked):
        part = _one(extract, asked, item)
        _, told_before = _before(asked, part)
        rows = _rows(extract, part, told_before & ~asked.shown.cells(part), at)
        if len(rows):
            yield rows


def _items(extract: Extract, asked: Asked) -> Iterator[str]:
    """Indicators of which something is asked for; those that wait for data have no rows."""
    known = extract.source.item_index
    return (item for item in extract.items if asked.units.get(item) and item in known)


def _one(extract: Extract, asked: Asked, item: str) -> Panel:
    return extract.source.select([item], asked.years, asked.units[item])


def _told(extract: Extract, asked: Asked, item: str, at: str) -> Rows:
    part = _one(extract, asked, item)
    mask = asked.shown.cells(part)
    for keep in asked.keep:
        mask &= keep(part.values, part.status, part.flags)
    if asked.since is not None:
        before, told_before = _before(asked, part)
        mask &= ~told_before | _differs(part, before)
    return _rows(extract, part, _at_the_ends(mask, asked.first, asked.last), at)


def _at_the_ends(mask: Mask, first: int | None, last: int | None) -> Mask:
    """The first and the last observations of each time series, of those that ``mask`` leaves."""
    if first is None and last is None:
        return mask
    if not mask.size:
        return mask
    from_start = np.cumsum(mask, axis=1)
    from_end = from_start[:, -1:] - from_start + mask
    found: Mask = mask & ((from_start <= (first or 0)) | (from_end <= (last or 0)))
    return found


def _rows(extract: Extract, part: Panel, mask: Mask, at: str) -> Rows:
    """The cells of ``mask``, the series of ``at`` one after another."""
    if at == AREA:
        year, unit = np.nonzero(mask[0])
    else:
        unit, year = np.nonzero(mask[0].T)
    cells = (0, year, unit)
    source = extract.source
    years = np.array([source.year_index[one] for one in part.years], np.intp)
    units = np.array([source.unit_index[one] for one in part.units], np.intp)
    return Rows(
        np.full(len(unit), source.item_index[part.items[0]], np.intp),
        units[unit],
        years[year],
        part.values[cells],
        part.status[cells],
        part.flags[cells],
    )


def _across(parts: Iterable[Rows]) -> Iterator[Rows]:
    """Series over indicators: all of it at once, a unit and year after another."""
    held = list(parts)
    if held:
        columns = ("item", "unit", "year", "values", "status", "flags")
        whole = Rows(*(np.concatenate([getattr(one, name) for one in held]) for name in columns))
        yield whole.only(np.lexsort((whole.item, whole.year, whole.unit)))


def _before(asked: Asked, part: Panel) -> tuple[Panel, Mask]:
    """The indicator as the earlier release told it, under the labels of ``part``: its cells, those
    it did not have as not existing, and which of them it told."""
    told_before = np.zeros(part.status.shape, np.bool_)
    found = Panel.empty(part.items, part.years, part.units, Status.NOT_EXISTING)
    if asked.since is None:
        return found, told_before
    old, name = asked.since.panel, asked.once.get(part.items[0], part.items[0])
    years = [year for year in part.years if year in old.year_index]
    units = [unit for unit in part.units if unit in old.unit_index]
    if name not in old.item_index:
        return found, told_before
    known = old.select([name], years, units)
    grid = np.ix_(
        [0], [part.year_index[year] for year in years], [part.unit_index[unit] for unit in units]
    )
    values, status, flags = found.values.copy(), found.status.copy(), found.flags.copy()
    values[grid], status[grid], flags[grid] = known.values, known.status, known.flags
    told_before[grid] = asked.since.cells(known)
    return Panel(part.items, part.years, part.units, values, status, flags), told_before


def _differs(new: Panel, old: Panel) -> Mask:
    same = (new.values == old.values) | (np.isnan(new.values) & np.isnan(old.values))
    found: Mask = ~same | (new.status != old.status) | (new.flags != old.flags)
    return found
