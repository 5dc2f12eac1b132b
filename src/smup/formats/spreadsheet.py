"""Tables for the spreadsheets of officials: CSV as their language wants it, and true XLSX.

Words never run as a formula; numbers are written with the decimals they are published with.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from smup.language import Lang

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula
_WIDTH_OF_NAMES, _WIDTH_OF_NOTES = 16, 110  # characters
_MOST_PLACES = 7  # one more than the decimals a figure may have
_STAR = '"*"'


class Number(NamedTuple):
    """A figure and the decimal places it is shown with; a year is a plain int."""

    value: float
    decimals: int


class Noted(NamedTuple):
    """A figure that something is to be said of: in XLSX an asterisk stands after it, in its format
    alone, so that it stays a number. Not for CSV, which has a column of words for that."""

    value: float
    decimals: int


class Link(NamedTuple):
    """Words that lead to another sheet of the same workbook."""

    words: str
    sheet: str


Cell = str | int | Number | None  # None is a gap: its reason stands in a column of words
SheetCell = Cell | Noted | Link
Notes = Sequence[tuple[str, str]]
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False}


class Sheet(NamedTuple):
    """One sheet of a workbook: ``name`` of at most 31 characters, ``widths`` in characters."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[SheetCell]]
    widths: Sequence[int]
    fixed: int = 0  # columns that stay in sight


class Dialect(NamedTuple):
    """How a CSV is written: what parts fields, the decimal point, whether UTF-8 is marked."""

    mark: str
    point: str
    marked: bool


PLAIN = Dialect(",", ".", False)  # for programs
DIALECTS: Mapping[Lang, Dialect] = {"pl": Dialect(";", ",", True), "en": Dialect(",", ".", True)}
_ROWS = 4_096  # of CSV turned into text at a time


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Cell]], lang: Lang) -> bytes:
    """UTF-8 with a mark at its start, CRLF; in Polish semicolons and decimal commas."""
    return b"".join(csv_chunks(head, rows, DIALECTS[lang]))


def csv_chunks(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], dialect: Dialect
) -> Iterator[bytes]:
    """The same piece by piece, in any dialect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dialect.mark, lineterminator="\r\n")
    writer.writerow([_plain(name) for name in head])
    yield b"\xef\xbb\xbf" if dialect.marked else b""
    waiting = iter(rows)
    while some := list(islice(waiting, _ROWS)):
        writer.writerows([_text(cell, dialect.point) for cell in row] for row in some)
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()


def xlsx_bytes(
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    notes: Notes,
    sheets: tuple[str, str],
    title: str,
    created: datetime,
    widths: Sequence[int],
) -> bytes:
    """The numbers as numbers on one sheet, what they are and where from on another.

    ``sheets`` are the names of both; ``widths`` of the columns, in characters. Nothing of the
    clock is in the file (``created`` is given): the same figures are the same bytes.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE | {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": created})
        sheet, told = (book.add_worksheet(name) for name in sheets)
        _fill(sheet, Sheet(sheets[0], head, rows, widths), _styles(book))
        told.set_column(0, 0, _WIDTH_OF_NAMES, book.add_format({"bold": True}))
        told.set_column(1, 1, _WIDTH_OF_NOTES, book.add_format({"text_wrap": True}))
        for y, note in enumerate(notes):
            for x, words in enumerate(note):
                told.write_string(y, x, words)
    return out.getvalue()


def write_workbook(path: Path, sheets: Iterable[Sheet], title: str, created: datetime) -> None:
    """Many sheets into a file, a row in memory at a time; the same figures are the same bytes."""
    with xlsxwriter.Workbook(path, _SAFE | {"constant_memory": True}) as book:
        book.set_properties({"title": title, "created": created})
        styles = _styles(book)
        for one in sheets:
            _fill(book.add_worksheet(one.name), one, styles)


def _styles(book: Any) -> dict[str, Any]:
    """Formats of a workbook by name: ``head``, and a shape of numbers by the text that draws it."""
    shapes = [_shape(places) + star for places in range(_MOST_PLACES) for star in ("", _STAR)]
    found = {shape: book.add_format({"num_format": shape}) for shape in shapes}
    return found | {"head": book.add_format({"bold": True, "bottom": 1})}


def _fill(sheet: Any, told: Sheet, styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, told.fixed)
    for x, (name, width) in enumerate(zip(told.head, told.widths, strict=True)):
        sheet.set_column(x, x, width)
        sheet.write_string(0, x, name, styles["head"])
    for y, row in enumerate(told.rows, start=1):
        for x, cell in enumerate(row):
            _write(sheet, y, x, cell, styles)


def _write(sheet: Any, y: int, x: int, cell: SheetCell, styles: dict[str, Any]) -> None:
    if isinstance(cell, Number):
        sheet.write_number(y, x, cell.value, styles[_shape(cell.decimals)])
    elif isinstance(cell, Noted):
        sheet.write_number(y, x, cell.value, styles[_shape(cell.decimals) + _STAR])
    elif isinstance(cell, Link):
        sheet.write_url(y, x, f"internal:'{cell.sheet}'!A1", string=cell.words)
    elif isinstance(cell, int):
        sheet.write_number(y, x, cell)
    elif cell:
        sheet.write_string(y, x, cell)


def _shape(places: int) -> str:
    return f"#,##0{'.' * bool(places)}{'0' * places}"


def _text(cell: Cell, point: str) -> str:
    if isinstance(cell, Number):
        return f"{cell.value:.{cell.decimals}f}".replace(".", point)
    if cell is None:
        return ""
    return _plain(cell) if isinstance(cell, str) else str(cell)


def _plain(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA) and words != "-" else words
