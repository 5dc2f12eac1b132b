"""Bytes of a source file into rows of cells with the row numbers a person would look up.

Spreadsheets (Excel 97 and XLSX) and delimited text, plain or gzipped. Nothing is interpreted here:
a cell is the text or the number that stands in the file.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from smup.ingest.mapping import FileMapping

Cell = str | float
Read = TypeVar("Read")
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]  # (row, column) of both corners, from 0
_NONE: Merged = ()
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class SourceError(ValueError):
    """A file that cannot be used: a finding code and one Polish sentence with the place."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


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


def unpacked(path: str, content: bytes) -> bytes:
    """The bytes inside, for ``.gz``. Raises SourceError for a broken archive."""
    if not path.endswith(".gz"):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            "nieczytelny-plik", f"{path}: archiwum gz jest uszkodzone lub niepełne ({error})."
        ) from error


def read_table(mapping: FileMapping, content: bytes) -> Table:
    """Rows below the header. Raises SourceError with the place and the reason."""
    inside = unpacked(mapping.path, content)
    if not inside.strip():
        raise SourceError("nieczytelny-plik", f"{mapping.path}: plik jest pusty.")
    if mapping.kind == "csv":
        rows, merged = list(_text_rows(mapping, inside)), _NONE
    else:
        rows, merged = _sheet_rows(mapping, inside)
    body = tuple(row for row in rows if row.number >= mapping.first_row)
    if len(body) < mapping.rows_at_least:
        raise SourceError(
            "nieczytelny-plik",
            f"{mapping.path}: wierszy z danymi (od wiersza {mapping.first_row}) jest {len(body)}, "
            f"a powinno być co najmniej {mapping.rows_at_least}; plik jest pewnie ucięty.",
        )
    return Table(_headers(mapping, rows, merged), body)


def _text_rows(mapping: FileMapping, content: bytes) -> Iterator[Row]:
    if content[:4] in (_ZIP, _OLE):
        raise SourceError(
            "nieczytelny-plik", f"{mapping.path}: to jest arkusz Excela, a nie plik tekstowy CSV."
        )
    text = _decoded(mapping, content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mapping.separator, strict=True)
    start = 1
    try:
        for cells in reader:
            yield Row(start, tuple(cells))
            start = reader.line_num + 1  # a quoted cell may span lines: the row begins at its first
    except csv.Error as error:
        raise SourceError(
            "nieczytelny-plik", f"{mapping.path}, wiersz {start}: błędny zapis CSV ({error})."
        ) from error


def _decoded(mapping: FileMapping, content: bytes) -> str:
    encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(
            "nieczytelny-plik",
            f"{mapping.path}, wiersz {line}: bajt spoza kodowania {mapping.encoding}; "
            "zapisz plik w UTF-8 albo podaj jego kodowanie w mapowaniu (encoding).",
        ) from error


def _sheet_rows(mapping: FileMapping, content: bytes) -> tuple[list[Row], Merged]:
    book = _sound(mapping, lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    name = mapping.sheet or book.sheet_names[0]
    if name not in book.sheet_names:
        raise SourceError(
            "brak-arkusza",
            f"{mapping.path}: nie ma arkusza „{name}”; są: {', '.join(book.sheet_names)}.",
        )
    sheet = _sound(mapping, lambda: book.get_sheet_by_name(name))
    lines = _sound(mapping, lambda: sheet.to_python(skip_empty_area=False))
    rows = [Row(number, tuple(map(_cell, line))) for number, line in enumerate(lines, 1)]
    return rows, sheet.merged_cell_ranges or _NONE


def _sound(mapping: FileMapping, read: Callable[[], Read]) -> Read:
    """The result of ``read``; SourceError when the library finds the workbook damaged."""
    try:
        return read()
    except CalamineError as error:
        raise _broken(mapping, error) from error
    except BaseException as error:
        # Some damage makes the Rust library panic, which is no Exception and has no public name.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(mapping, error) from error


def _broken(mapping: FileMapping, error: BaseException) -> SourceError:
    return SourceError(
        "nieczytelny-plik",
        f"{mapping.path}: arkusz jest uszkodzony albo nie jest plikiem Excela ({error}).",
    )


def _cell(value: object) -> Cell:
    if isinstance(value, bool):  # before int: True is a 1 to Python, never to a reader
        return "PRAWDA" if value else "FAŁSZ"
    if isinstance(value, int | float):
        return float(value)
    return str(value)


def _headers(
    mapping: FileMapping,
    rows: Sequence[Row],
    merged: Merged,
) -> tuple[str, ...]:
    """Texts above each column from top to bottom, a merged cell standing over all its columns."""
    if mapping.header_rows is None:
        return ()
    first, last = mapping.header_rows
    grid = {r.number: [collapsed(c) for c in r.cells] for r in rows if first <= r.number <= last}
    for (top, left), (_, right) in merged:
        line = grid.get(top + 1)
        if line is not None:
            line[left : right + 1] = [line[left]] * (right + 1 - left)
    width = max((len(line) for line in grid.values()), default=0)
    columns = ([line[c] for line in grid.values() if c < len(line)] for c in range(width))
    return tuple(" ".join(text for text in column if text) for column in columns)


def collapsed(cell: Cell) -> str:
    """Text with runs of white space, line breaks and non-breaking spaces as one space."""
    return " ".join(str(cell).split())
