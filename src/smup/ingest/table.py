"""Bytes of a source file into rows of cells with the row numbers a person would look up.

Workbooks (Excel 97, XLSX, ODS), delimited text, JSON and Parquet, plain or packed. Nothing is
interpreted here: a cell is the text or the number that stands in the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from smup.ingest.apart import Cell, Merged, opened
from smup.ingest.mapping import TEXTS, FileMapping
from smup.ingest.refusing import SourceError, unreadable
from smup.ingest.texts import text_rows
from smup.ingest.unpacking import check_package, expect_kind, unpacked

__all__ = ["Cell", "Merged", "Row", "SourceError", "Table", "collapsed", "read_table"]

_NONE: Merged = ()


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # from 1, as a spreadsheet or a text editor shows it
    cells: tuple[Cell, ...]

    def __getitem__(self, column: int) -> Cell:
        return self.cells[column]

    @property
    def empty(self) -> bool:
        return all(isinstance(cell, str) and not cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """``width`` is the number of cells of every sound row: a longer or shorter one is shifted."""

    headers: tuple[str, ...]  # joined over the header rows; () for a file without headers
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        return len(self.headers or self.rows[0].cells)


def read_table(mapping: FileMapping, content: bytes) -> Table:
    """Rows below the header. Raises SourceError with the place and the reason."""
    name, inside = unpacked(mapping.path, content, mapping.inside)
    if not inside.strip():
        raise unreadable(mapping.path, "plik jest pusty")
    kind = mapping.kind or name.rpartition(".")[2].lower()
    expect_kind(mapping.path, kind, inside)
    if kind in TEXTS:
        read = text_rows(mapping.path, inside, mapping.encoding, mapping.separator)
        rows, merged = [Row(number, tuple(cells)) for number, cells in read], _NONE
    else:
        check_package(mapping.path, inside)
        found = opened(mapping.path, kind, inside, mapping.sheet)
        rows = [Row(number, cells) for number, cells in enumerate(found.rows, 1)]
        merged = found.merged
    body = tuple(row for row in rows if row.number >= mapping.first_row)
    if len(body) < mapping.rows_at_least:
        raise unreadable(
            mapping.path,
            f"wierszy z danymi (od wiersza {mapping.first_row}) jest {len(body)}, "
            f"a powinno być co najmniej {mapping.rows_at_least}; plik jest pewnie ucięty",
        )
    return Table(headers_of(mapping.header_rows, rows, merged), body)


def headers_of(
    header_rows: tuple[int, int] | None, rows: Sequence[Row], merged: Merged
) -> tuple[str, ...]:
    """Texts above each column from top to bottom, a merged cell standing over all its columns."""
    if header_rows is None:
        return ()
    first, last = header_rows
    grid = {r.number: [collapsed(c) for c in r.cells] for r in rows if first <= r.number <= last}
    for (top, left), (_, right) in merged:
        line = grid.get(top + 1)
        if line is not None:
            line[left : right + 1] = [line[left]] * (min(right + 1, len(line)) - left)
    width = max((len(line) for line in grid.values()), default=0)
    columns = ([line[c] for line in grid.values() if c < len(line)] for c in range(width))
    return tuple(" ".join(text for text in column if text) for column in columns)


def collapsed(cell: Cell) -> str:
    """Text with runs of white space, line breaks and non-breaking spaces as one space."""
    return " ".join(str(cell).split())
