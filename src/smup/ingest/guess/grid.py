"""The cells of a file, whatever it is, and where its header ends and its rows begin."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from smup.ingest.apart import Merged, opened
from smup.ingest.guess.texts import encoding_of, separator_of
from smup.ingest.guess.understanding import Ledger
from smup.ingest.mapping import KINDS, TEXTS
from smup.ingest.refusing import unreadable
from smup.ingest.table import Cell, Row, collapsed, headers_of
from smup.ingest.texts import MOST_TEXT, decoded, text_rows
from smup.ingest.unpacking import check_package, expect_kind, unpacked

_SAMPLE = 40_000_000  # bytes of a text too large to be read cell by cell
_MOST_HEADERS = 6
NUMBER = re.compile(r"[-\u2212+]?[0-9][0-9 .,\u00a0\u202f\u2009]*%?")
YEAR = re.compile(r"(?<![0-9])(?:19[5-9][0-9]|20[0-4][0-9])(?![0-9])")


@dataclass(frozen=True)
class Grid:
    """``keys`` are the parts of the mapping that say how the bytes were read."""

    rows: tuple[Row, ...]
    merged: Merged
    keys: Mapping[str, Any]
    text: bool

    @cached_property
    def width(self) -> int:
        return max(len(row.cells) for row in self.rows)


def grid_of(path: str, content: bytes, ledger: Ledger) -> Grid:
    """All cells. Raises SourceError for a file that cannot be read."""
    name, inside = unpacked(path, content, ledger.answers.get("inside"))
    kind = PurePosixPath(name).suffix[1:].lower()
    if kind not in KINDS:
        raise unreadable(path, f"nie umiem czytać plików .{kind} ({', '.join(KINDS)})")
    if not inside.strip():
        raise unreadable(path, "plik jest pusty")
    expect_kind(path, kind, inside)
    keys: dict[str, Any] = {"inside": name} if path.endswith(".zip") else {}
    if kind in TEXTS:
        return _text_grid(path, inside, keys, ledger)
    check_package(path, inside)
    found = opened(path, kind, inside, None)
    if found.sheets:
        keys["sheet"] = found.sheets[0]
        others = ", ".join(found.sheets[1:6])
        reason = f"pierwszy; dalsze: {others}" if others else "jedyny"
        ledger.decide("arkusz", found.sheets[0], reason)
    rows = tuple(Row(number, cells) for number, cells in enumerate(found.rows, 1))
    return _checked(path, Grid(rows, found.merged, keys, text=False))


def _text_grid(path: str, content: bytes, keys: dict[str, Any], ledger: Ledger) -> Grid:
    if len(content) > MOST_TEXT:
        content = content[: content.rfind(b"\n", 0, _SAMPLE) + 1]
        ledger.decide("próba", f"{len(content) // 1_000_000} MB", "plik jest duży")
    encoding = encoding_of(content, ledger)
    separator = separator_of(decoded(path, content, encoding), ledger)
    if separator is None:
        raise unreadable(path, "wiersze nie dzielą się na kolumny żadnym separatorem (; , | tab)")
    read = text_rows(path, content, encoding, separator)
    rows = tuple(Row(number, tuple(cells)) for number, cells in read)
    keys |= {"encoding": encoding, "separator": separator}
    return _checked(path, Grid(rows, (), keys, text=True))


def _checked(path: str, grid: Grid) -> Grid:
    if not grid.rows or grid.width < 2:
        raise unreadable(path, "tabela ma mniej niż dwie kolumny")
    return grid


def is_number(cell: Cell) -> bool:
    """Does it look like a number, in any notation?"""
    return isinstance(cell, float) or NUMBER.fullmatch(cell.strip()) is not None


def body_start(grid: Grid, first: int, key: Sequence[int]) -> int:
    """Index of the first row of figures. ``first`` is the first that is about a unit; rows above
    it with figures and without a code (the country, voters abroad) belong to them."""
    while first and _is_figures(grid.rows[first - 1], key):
        first -= 1
    return first


def _is_figures(row: Row, key: Sequence[int]) -> bool:
    coded = any(column < len(row.cells) and not _blank(row[column]) for column in key)
    return not coded and any(map(is_number, row.cells)) and not _is_heading(row)


def _is_heading(row: Row) -> bool:
    """Numbers that are years or the numbers of columns (1, 2, 3…) are no figures."""
    texts = [collapsed(cell).removesuffix(".0") for cell in row.cells if is_number(cell)]
    return all(YEAR.fullmatch(text) for text in texts) or _is_numbering(row)


def _is_numbering(row: Row) -> bool:
    texts = [collapsed(cell).removesuffix(".0") for cell in row.cells if not _blank(cell)]
    return len(texts) > 2 and texts == [str(n) for n in range(1, len(texts) + 1)]


def _blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def header_span(grid: Grid, body: int) -> tuple[int, int] | None:
    """Indexes of the first and last header row above the body; None where there is none."""
    last = body - 1
    while last >= 0 and (grid.rows[last].empty or _is_numbering(grid.rows[last])):
        last -= 1
    if last < 0:
        return None
    first = last
    while first and last - first + 1 < _MOST_HEADERS and _filled(grid.rows[first - 1]) >= 2:
        first -= 1
    return first, last


def _filled(row: Row) -> int:
    return sum(not _blank(cell) for cell in row.cells)


def headers(grid: Grid, span: tuple[int, int] | None) -> tuple[str, ...]:
    """The headers as the reader of the mapping will join them; () where there are none."""
    if span is None:
        return ()
    rows = (grid.rows[span[0]].number, grid.rows[span[1]].number)
    return headers_of(rows, grid.rows, grid.merged)
