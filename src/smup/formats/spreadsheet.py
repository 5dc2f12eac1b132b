"""Tables for the spreadsheets of officials: CSV as their language wants it, and true XLSX.

Words never run as a formula; numbers are written with the decimals they are published with.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import xlsxwriter

from smup.language import Lang

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula
_WIDTH_OF_NAMES, _WIDTH_OF_NOTES = 16, 110  # characters


class Number(NamedTuple):
    """A figure and the decimal places it is shown with; a year is a plain int."""

    value: float
    decimals: int


Cell = str | int | Number | None  # None is a gap: its reason stands in a column of words
Notes = Sequence[tuple[str, str]]


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Cell]], lang: Lang) -> bytes:
    """UTF-8 with a mark at its start, CRLF; in Polish semicolons and decimal commas."""
    mark, point = (";", ",") if lang == "pl" else (",", ".")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    writer.writerow([_plain(name) for name in head])
    writer.writerows([_text(cell, point) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


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
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "created": created})
        sheet, told = (book.add_worksheet(name) for name in sheets)
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True, "bottom": 1})
        shapes = [book.add_format({"num_format": _shape(places)}) for places in range(7)]
        for x, (name, width) in enumerate(zip(head, widths, strict=True)):
            sheet.set_column(x, x, width)
            sheet.write_string(0, x, name, bold)
        for y, row in enumerate(rows, start=1):
            for x, cell in enumerate(row):
                if isinstance(cell, Number):
                    sheet.write_number(y, x, cell.value, shapes[cell.decimals])
                elif isinstance(cell, int):
                    sheet.write_number(y, x, cell)
                elif cell:
                    sheet.write_string(y, x, cell)
        told.set_column(0, 0, _WIDTH_OF_NAMES, book.add_format({"bold": True}))
        told.set_column(1, 1, _WIDTH_OF_NOTES, book.add_format({"text_wrap": True}))
        for y, note in enumerate(notes):
            for x, words in enumerate(note):
                told.write_string(y, x, words)
    return out.getvalue()


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
    return f"'{words}" if words.startswith(FORMULA) else words
