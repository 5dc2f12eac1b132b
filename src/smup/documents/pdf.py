"""Books, reports and papers as tagged PDF: PDF/UA-1, all but books also PDF/A-2a, for the archive
of an office.

The same book or document gives the same bytes.
"""

from typing import Any

from smup.documents.blocks import Book, Facts, Page, Section
from smup.documents.document import Document, blocks_of
from smup.documents.press import PRESS
from smup.documents.serial import Known, block_data, facts_data
from smup.documents.typesetting import Order, Template, pages

LONG_AGO = "2000-01-01"  # of a book: its edition says when


def pdf(book: Book) -> bytes:
    """The book as a PDF file. Raises typesetting.CannotSet with what Typst says against it."""
    return PRESS.pdf(Order(template="book", data=as_data(book), day=LONG_AGO, standards=["ua-1"]))


def pictures(book: Book, ppi: int = 72) -> list[bytes]:
    """Every page of the book as a PNG, for people to look at."""
    return pages("book", as_data(book), ppi)


def report_pdf(document: Document) -> bytes:
    """The document as a PDF file that is both PDF/UA-1 and PDF/A-2a.

    Raises typesetting.CannotSet for what these forbid.
    """
    return PRESS.pdf(report_order(document))


def paper_pdf(document: Document) -> bytes:
    """A letter, a contract or a list, one sheet of an office after another, by the same standards.

    Raises typesetting.CannotSet for what these forbid.
    """
    return PRESS.pdf(report_order(document, "paper"))


def certificate_pdf(document: Document) -> bytes:
    """One wide sheet: the title, the blocks of the first section in the middle, facts below.

    Raises typesetting.CannotSet for what the standards forbid.
    """
    return PRESS.pdf(report_order(document, "certificate"))


def report_order(document: Document, template: Template = "report") -> Order:
    """What is asked of Typst."""
    return Order(
        template=template,
        data=_report_data(document),
        day=document.made.isoformat(),
        standards=["ua-1", "a-2a"],
    )


def _report_data(document: Document) -> dict[str, Any]:
    """The document in plain lists and dictionaries, as the template reads it."""
    sections = (one for one in blocks_of(document.sections) if isinstance(one, Section))
    known = frozenset(one.id for one in sections)
    title, words, made = document.title_page, document.words, document.made
    return {
        "title": title.title,
        "subtitle": title.subtitle,
        "office": title.office,
        "facts": facts_data(Facts(title.facts), known),
        "mark": title.mark,
        "lang": document.lang,
        "edition": document.edition,
        "made": [made.year, made.month, made.day],
        "contents": document.contents,
        "words": {
            "contents": words.contents,
            "page": words.page,
            "figure": words.figure,
            "table": words.table,
            "own_text": words.own_text,
        },
        "sections": [block_data(one, known) for one in document.sections],
    }


def as_data(book: Book) -> dict[str, Any]:
    """The book in plain lists and dictionaries, as the template reads it."""
    known = frozenset(page.id for part in book.parts for page in part.pages)
    return {
        "title": book.title,
        "subtitle": book.subtitle,
        "lang": book.lang,
        "edition": book.edition,
        "contents": book.contents,
        "page_word": book.page_word,
        "parts": [
            {
                "title": part.title,
                "lead": part.lead,
                "pages": [_page(page, known) for page in part.pages],
            }
            for part in book.parts
        ],
    }


def _page(page: Page, known: Known) -> dict[str, Any]:
    return {
        "id": page.id,
        "title": page.title,
        "over": page.over,
        "lead": page.lead,
        "flows": page.flows,
        "blocks": [block_data(block, known) for block in page.blocks],
    }
