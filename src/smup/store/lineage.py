"""Which row of which tidy table every figure came from, and the tables themselves.

A release carries the tables it was built from in ``public/tables/``, line by line as they were, so
that a figure can be followed to its row without any other folder. Only what is kept secret is blank
there. ``lineage/`` holds, for every row that speaks of a cell of the variables, the ``cell``'s flat
position in the cube, the number of the ``table`` and the ``line`` of its file, counted from 1. Rows
are sorted by cell, and within a cell the row that the release takes comes first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smup.panel import STATUS_NAMES, Panel, Status
from smup.store import layout
from smup.store.record import mapped

LABELS = "labels.json"
PARTS = ("cell", "table", "line")
BLANK = STATUS_NAMES[Status.SUPPRESSED_SMALL]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, as its text says; ``value`` is "" for a gap."""

    table: str  # its name
    line: int
    text: str
    value: str
    status: str
    flags: str


@dataclass(frozen=True)
class Lineage:
    """Rows of ``tables`` (names) by the cell they speak of. All arrays are [row]."""

    tables: tuple[str, ...]
    cell: NDArray[np.int64]
    table: NDArray[np.uint16]
    line: NDArray[np.uint32]

    def places(self, cell: int) -> list[tuple[str, int]]:
        """(table, line) of every row of a cell, the one taken first."""
        first, end = np.searchsorted(self.cell, (cell, cell + 1))
        found = zip(self.table[first:end].tolist(), self.line[first:end].tolist(), strict=True)
        return [(self.tables[table], line) for table, line in found]


@dataclass(frozen=True)
class Tables:
    """The tables of a release, read line by line."""

    folder: Path
    lineage: Lineage

    def rows(self, variables: Panel, variable: str, year: int, unit: str) -> list[Row]:
        """The rows that speak of a cell, the one taken first; [] where no table names it.

        Raises KeyError for an unknown label.
        """
        at = (
            variables.item_index[variable],
            variables.year_index[year],
            variables.unit_index[unit],
        )
        cell = int(np.ravel_multi_index(at, variables.values.shape))
        return [self._row(table, line) for table, line in self.lineage.places(cell)]

    def _row(self, table: str, line: int) -> Row:
        content, ends = self._lines(table)
        start = 0 if line == 1 else int(ends[line - 2]) + 1
        text = content[start : int(ends[line - 1])].decode()
        _, _, _, value, status, flags = text.split(",")
        return Row(table, line, text, value, status, flags)

    def _lines(self, table: str) -> tuple[bytes, NDArray[np.int64]]:
        """The bytes and where each line ends; read once, some megabytes for all tables."""
        if table not in self._read:  # two threads may both read it, to the same result
            content = (self.folder / f"{table}.csv").read_bytes()
            ends = np.flatnonzero(np.frombuffer(content, np.uint8) == ord("\n"))
            self._read[table] = content, ends
        return self._read[table]

    @cached_property
    def _read(self) -> dict[str, tuple[bytes, NDArray[np.int64]]]:
        return {}


def write_lineage(
    folder: Path, lineage: Lineage, contents: Mapping[str, bytes], secret: NDArray[np.bool_]
) -> None:
    """Write rows and tables below the release ``folder``.

    ``contents`` are the tables by name; the rows for which ``secret`` [row] holds lose their
    value there, and nothing else.
    """
    target, tables = folder / layout.LINEAGE, folder / layout.TABLES
    target.mkdir(parents=True)
    tables.mkdir(parents=True)
    for name in PARTS:
        np.save(target / f"{name}.npy", getattr(lineage, name))
    blank = {}
    for number, name in enumerate(lineage.tables):
        lines = np.unique(lineage.line[secret & (lineage.table == number)]).tolist()
        (tables / f"{name}.csv").write_bytes(without(contents[name], lines))
        blank[name] = len(lines)
    labels = {"tables": list(lineage.tables), "blank": blank}
    (target / LABELS).write_bytes(layout.as_json(labels))


def without(content: bytes, lines: Iterable[int]) -> bytes:
    """The table with these lines blank: who and when stay, value and flags go."""
    found = list(lines)
    if not found:
        return content
    rows = content.split(b"\n")
    for line in found:
        variable, unit, year, *_ = rows[line - 1].split(b",")
        rows[line - 1] = b",".join((variable, unit, year, b"", BLANK.encode(), b""))
    return b"\n".join(rows)


def open_lineage(folder: Path) -> Lineage | None:
    """The rows of the release in ``folder``, memory-mapped; None where it was built without.

    Raises ValueError when the arrays do not fit each other or their labels.
    """
    target = folder / layout.LINEAGE
    if not (target / LABELS).is_file():
        return None
    tables = tuple(layout.read_json(target / LABELS)["tables"])
    found = Lineage(tables, *(mapped(target / f"{name}.npy") for name in PARTS))
    if not len(found.cell) == len(found.table) == len(found.line):
        raise ValueError(f"{layout.LINEAGE}: tablice różnej długości")
    return found


def lineage_damages(folder: Path) -> list[str]:
    """What is wrong with the rows, one Polish sentence each: order, and places in the tables."""
    try:
        found = open_lineage(folder)
        if found is None:
            return []
        lines = [
            (folder / layout.TABLES / f"{n}.csv").read_bytes().count(b"\n") for n in found.tables
        ]
        if len(found.cell) and found.table.max() >= len(lines):
            raise ValueError("wiersz z tabeli, której nie ma")
        if (found.line > np.array(lines, np.uint32)[found.table]).any():
            raise ValueError("wiersz za końcem tabeli")
        if (np.diff(found.cell) < 0).any():
            raise ValueError("wiersze nie są w kolejności komórek")
    except (OSError, ValueError, KeyError) as error:
        return [f"pochodzenie wartości jest niespójne ({error})"]
    return []
