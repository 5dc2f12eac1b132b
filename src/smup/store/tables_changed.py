"""Which figures of two releases were read from other published files."""

from functools import cached_property
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from smup.store import layout
from smup.store.diff import InputChange
from smup.store.lineage import Row
from smup.store.release import Release

Mask = NDArray[np.bool_]
Files = tuple[str, ...]
_SHA256 = "# sha256: "
_UNKNOWN = -1  # of a figure without a row: invented, or not there


class TablesChanged:
    """The tables of two releases, and the files (sha256) each was read from."""

    def __init__(self, before: Release, after: Release) -> None:
        self._releases = before, after
        self._numbers: dict[Files, int] = {}  # the same for the same files, in both releases

    def published_anew(self, variable: str, where: Mask) -> Mask:
        """[year, unit] in the labels of the later variables: of the cells ``where``, those that
        were read from other files than before, or have a row in one release alone.

        Where neither release has rows, every change of a figure is one of its source.
        """
        cells = np.argwhere(where)
        then, now = (self._files_of_cells(at, variable, cells) for at in (0, 1))
        found = np.zeros(where.shape, np.bool_)
        found[where] = (then != now) | (now == _UNKNOWN)
        return found

    def input(self, variable: str, year: int, unit: str) -> InputChange:
        """What the two releases read for a cell of a variable."""
        old, new = (_row(release, variable, year, unit) for release in self._releases)
        told = new or old
        return InputChange(
            variable,
            unit,
            year,
            told.table if told else "",
            _said(old),
            _said(new),
            self._files[0].get(old.table, ()) if old else (),
            self._files[1].get(new.table, ()) if new else (),
        )

    def _files_of_cells(self, at: int, variable: str, cells: NDArray[np.intp]) -> NDArray[np.intp]:
        """A number for the files behind each cell (year, unit), labels of the later release."""
        found = np.full(len(cells), _UNKNOWN, np.intp)
        panel, labels = self._releases[at].variables, self._releases[1].variables
        tables = self._releases[at].tables
        if tables is None or variable not in panel.item_index:
            return found
        years = np.array([panel.year_index.get(year, -1) for year in labels.years], np.intp)
        units = np.array([panel.unit_index.get(unit, -1) for unit in labels.units], np.intp)
        year, unit = years[cells[:, 0]], units[cells[:, 1]]
        known = np.flatnonzero((year >= 0) & (unit >= 0))
        item = np.full(len(known), panel.item_index[variable])
        flat = np.ravel_multi_index((item, year[known], unit[known]), panel.values.shape)
        lineage = tables.lineage
        first = np.searchsorted(lineage.cell, flat)
        there = first < len(lineage.cell)
        there[there] = lineage.cell[first[there]] == flat[there]
        numbers = np.array([self._number(at, name) for name in lineage.tables], np.intp)
        found[known[there]] = numbers[lineage.table[first[there]]]
        return found

    def _number(self, at: int, table: str) -> int:
        return self._numbers.setdefault(self._files[at][table], len(self._numbers))

    @cached_property
    def _files(self) -> tuple[dict[str, Files], dict[str, Files]]:
        before, after = (_files_by_table(release) for release in self._releases)
        return before, after


def _files_by_table(release: Release) -> dict[str, Files]:
    """The checksums in the header of every table the release carries."""
    found = {}
    for path in sorted((release.folder / layout.TABLES).glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            notes = list(takewhile(lambda line: line.startswith("#"), file))
        found[path.stem] = tuple(n.removeprefix(_SHA256).strip() for n in notes if _SHA256 in n)
    return found


def _row(release: Release, variable: str, year: int, unit: str) -> Row | None:
    panel = release.variables
    known = variable in panel.item_index and year in panel.year_index and unit in panel.unit_index
    if release.tables is None or not known:
        return None
    rows = release.tables.rows(panel, variable, year, unit)
    return rows[0] if rows else None


def _said(row: Row | None) -> str:
    return "" if row is None else row.value or row.status
