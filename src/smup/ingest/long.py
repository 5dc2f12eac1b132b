"""Tables with a row for each figure (``layout: long``): their rows as columns.

Never an object a row: texts of variables, units and years are each kept once, and rows hold their
numbers. What the rows mean is in ``long_landing``.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smup.ingest.figures import Context, locate
from smup.ingest.long_blocks import Layout, Texts, blocks
from smup.ingest.long_landing import land_rows
from smup.ingest.long_table import LongTable, Rows
from smup.ingest.long_values import programs_write, read_values
from smup.ingest.mapping import ColumnRef, FileMapping
from smup.ingest.refusing import unreadable
from smup.ingest.table import Table
from smup.ingest.texts import decoded, text_rows
from smup.ingest.unpacking import expect_kind, unpacked

__all__ = ["LongTable", "read_long"]

_PLACES = 3  # lines named in a finding


def read_long(content: bytes, context: Context) -> LongTable:
    """The figures of the file, findings in ``context.notes``.

    Raises SourceError for columns that are not as mapped, for a text that cannot be read, and for
    one with fewer rows than it should have.
    """
    mapping = context.mapping
    name, inside = unpacked(mapping.path, content, mapping.inside)
    if not inside.strip():
        raise unreadable(mapping.path, "plik jest pusty")
    expect_kind(mapping.path, mapping.kind or name.rpartition(".")[2].lower(), inside)
    rows = _read(inside, context)
    if len(rows) < mapping.rows_at_least:
        raise unreadable(
            mapping.path,
            f"wierszy z danymi jest {len(rows)}, a powinno być co najmniej "
            f"{mapping.rows_at_least}; plik jest pewnie ucięty",
        )
    return land_rows(rows, context)


def _read(content: bytes, context: Context) -> Rows:
    mapping = context.mapping
    if mapping.encoding != "utf-8":
        content = decoded(mapping.path, content, mapping.encoding).encode()
    start, first_line, header = _below_header(content, mapping)
    width = len(header or _first_cells(content[start : start + (1 << 20)], mapping))
    layout, columns = _layout(mapping, header, width, programs_write(mapping, context.signs))
    texts = [Texts() for _ in columns]
    whole = _Columns(content.count(b"\n") + 1, columns)
    wrong: list[tuple[int, int]] = []
    for block in blocks(content, start, first_line, layout):
        by_column = dict(zip(layout.columns, block.columns, strict=True))
        codes = [
            text.codes(by_column[at]) if at is not None else None
            for text, at in zip(texts, columns, strict=True)
        ]
        values = read_values(by_column[layout.plain], mapping, context.signs)
        whole.add([*codes, values.value, values.status, values.flags, block.lines])
        wrong += block.wrong
    for number, cells in wrong[:_PLACES]:
        detail = f"komórek {cells} zamiast {layout.width} (takich wierszy: {len(wrong)})"
        context.notes.add("zly-uklad-wiersza", number, detail)
    variable, unit, year, named, flagged, value, status, flags, line = whole.filled()
    told = tuple(text.texts or [""] for text in texts)
    return Rows(variable, unit, year, named, flagged, value, status, flags, line, told)


class _Columns:
    """Columns of all rows, filled block by block; one the file does not have is zeros."""

    def __init__(self, most: int, columns: Sequence[int | None]) -> None:
        kinds = [*[np.int32] * len(columns), np.float64, np.uint8, np.uint8, np.int32]
        absent = [at is None for at in columns] + [False] * 4
        self._columns: list[NDArray[Any]] = [
            np.broadcast_to(np.zeros((), kind), most) if gone else np.empty(most, kind)
            for kind, gone in zip(kinds, absent, strict=True)
        ]
        self._rows = 0

    def add(self, block: Sequence[NDArray[Any] | None]) -> None:
        end = self._rows
        for column, more in zip(self._columns, block, strict=True):
            if more is not None:
                end = self._rows + len(more)
                column[self._rows : end] = more
        self._rows = end

    def filled(self) -> list[NDArray[Any]]:
        return [column[: self._rows] for column in self._columns]


def _below_header(content: bytes, mapping: FileMapping) -> tuple[int, int, tuple[str, ...]]:
    """Where the rows begin, the number of their first line, and the headers."""
    start = 3 if content.startswith(b"\xef\xbb\xbf") else 0
    if mapping.header_rows is None:
        return start, 1, ()
    end = content.find(b"\n", start) + 1 or len(content)
    first = _first_cells(content[start:end], mapping)
    if end == len(content):
        raise unreadable(mapping.path, "plik nie ma wierszy z danymi")
    return end, 2, tuple(" ".join(cell.split()) for cell in first)


def _first_cells(content: bytes, mapping: FileMapping) -> list[str]:
    line = content.split(b"\n", 1)[0]
    found = next(text_rows(mapping.path, line, "utf-8", mapping.separator), None)
    if found is None:
        raise unreadable(mapping.path, "plik nie ma wierszy z danymi")
    return found[1]


def _layout(
    mapping: FileMapping, header: tuple[str, ...], width: int, numbers: bool
) -> tuple[Layout, tuple[int | None, ...]]:
    """What to read, and where variable, unit, year, status and flags stand."""
    table = Table(header, ())

    def at(ref: ColumnRef | int | None) -> int | None:
        return locate(mapping, table, ref) if isinstance(ref, ColumnRef) else None

    refs = (
        mapping.variable,
        mapping.unit.columns[0],
        mapping.year,
        mapping.status,
        mapping.flagged,
    )
    columns = tuple(at(ref) for ref in refs)
    plain = at(mapping.value)
    assert plain is not None  # the mapping is refused without it
    read = tuple(sorted({c for c in (*columns, plain) if c is not None}))
    if read[-1] >= width:
        raise unreadable(
            mapping.path, f"w pierwszym wierszu jest {width} kolumn, a nie {read[-1] + 1}"
        )
    return Layout(mapping.path, mapping.separator, width, read, plain, numbers), columns
