"""A document as a workbook: its tables and the numbers behind its pictures, with native charts.

Numbers are numbers in full precision, rounded by their format alone; a gap is its reason in words.
"""

from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from itertools import count
from typing import Any

import xlsxwriter

from smup.documents.blocks import DataTable, Items, Paragraph, Picture, plain
from smup.documents.document import Document, Words, blocks_of
from smup.documents.xlsx_sheet import LINE, Around, Sheet, Told, lines_of
from smup.documents.xlsx_styles import Styles

_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_A4 = 9
_MOST_IN_FOOTER = 200


def xlsx(document: Document) -> bytes:
    """The workbook. Words never run as a formula, and the same document is the same bytes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        told = document.title_page
        book.set_properties(
            {
                "title": told.title,
                "subject": told.subtitle,
                "author": told.office,
                "comments": " ".join(one for one in (document.edition, told.mark) if one),
                "created": datetime.combine(document.made, time()),
            }
        )
        _Writer(document, book, Styles(book)).write()
    return out.getvalue()


def _sheets(document: Document) -> Iterator[Told]:
    """Tables and pictures as they are numbered, then every number of the unit."""
    words, tables, figures = document.words, count(1), count(1)
    for block in blocks_of(document.sections):
        if isinstance(block, DataTable):
            yield Told(f"{words.table} {next(tables)}", block)
        elif isinstance(block, Picture):
            yield Told(f"{words.figure} {next(figures)}", block.data, block)
    everything = document.numbers()
    for at, one in enumerate(everything, start=1):
        yield Told(words.numbers + (f" {at}" if len(everything) > 1 else ""), one.table)


class _Writer:
    def __init__(self, document: Document, book: Any, styles: Styles) -> None:
        self.document, self.book, self.styles = document, book, styles
        self.words: Words = document.words
        self.sheets = list(_sheets(document))

    def write(self) -> None:
        self.notes(self.book.add_worksheet(self.words.notes))
        self.contents(self.book.add_worksheet(self.words.contents))
        around = Around(self.words.contents, self.document.title_page.mark, self.words.reason)
        for one in self.sheets:
            sheet = Sheet(self.book.add_worksheet(one.name), one, self.styles, around)
            sheet.write(self.book)
            self.printed(sheet.sheet, wide=sheet.is_wide)

    def notes(self, sheet: Any) -> None:
        """What this is: title page, what is known and from when, how to read cells, terms."""
        told, style = self.document.title_page, self.styles
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 80)
        lines: list[tuple[str, str, str]] = [
            (told.mark, "", "mark"),
            (told.office, "", "text"),
            (told.title, "", "title"),
            (told.subtitle, "", "text"),
            *((plain(name), "; ".join(map(plain, values)), "fact") for name, values in told.facts),
            (self.document.edition, "", "text"),
        ]
        y = 0
        for name, value, kind in lines:
            if name:
                sheet.write_string(y, 0, name, style.named(kind))
                if value:
                    sheet.write_string(y, 1, value, style.named("wrapped"))
                sheet.set_row(y, 26 if kind == "title" else LINE * lines_of(value, 80))
                y += 1
        for words in (*self.known(), self.words.exact, self.words.gaps, self.words.terms):
            y += 1
            sheet.merge_range(y, 0, y, 1, words, style.named("wrapped"))
            sheet.set_row(y, LINE * lines_of(words, 106))
        self.printed(sheet, wide=False)

    def known(self) -> Iterator[str]:
        """The first section in words: it says which years are known."""
        for block in self.document.sections[0].blocks if self.document.sections else ():
            if isinstance(block, Paragraph):
                yield plain(block.line)
            elif isinstance(block, Items):
                yield from (f"– {plain(one)}" for one in block.lines)

    def contents(self, sheet: Any) -> None:
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, self.words.contents, self.styles.named("title"))
        sheet.set_row(0, 26)
        sheet.write_string(1, 0, self.document.title_page.mark, self.styles.named("mark"))
        for y, one in enumerate(self.sheets, start=2):
            sheet.write_url(y, 0, f"internal:'{one.name}'!A1", self.styles.named("link"), one.name)
            sheet.write_string(y, 1, one.caption, self.styles.named("wrapped"))
            sheet.set_row(y, LINE * lines_of(one.caption, 100))
        self.printed(sheet, wide=False)

    def printed(self, sheet: Any, *, wide: bool) -> None:
        """A4, as wide as a page; every page says the edition and the mark."""
        sheet.set_paper(_A4)
        sheet.set_landscape() if wide else sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        told = " · ".join(one for one in (self.document.title_page.mark, self.document.edition)
                          if one)  # fmt: skip
        footer = told.replace("&", "&&")[:_MOST_IN_FOOTER]
        sheet.set_footer(f"&L&8{footer}&R&8&P / &N")
