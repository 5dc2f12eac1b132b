"""A book as a tagged PDF (PDF/UA-1), set by Typst with the fonts it ships.

The book travels to the template as JSON, so no text is ever read as markup. Nothing is fetched,
and the same book gives the same bytes.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree as ET

import typst

from smup.documents.blocks import (
    Block,
    Book,
    Code,
    Facts,
    Formula,
    Inline,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Section,
    Strong,
    Table,
)

TEMPLATE = Path(__file__).with_name("book.typ")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # the edition says when; a clock would change bytes


def pdf(book: Book) -> bytes:
    """The book as a PDF file, made by a process of its own.

    Typst keeps in memory what it has laid out, 200 MB for 200 pages; that ends with the process.
    Raises ChildProcessError with what Typst says when the book cannot be set.
    """
    done = subprocess.run(
        [sys.executable, "-m", "smup.documents"],
        input=json.dumps(as_data(book), ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise ChildProcessError(done.stderr.decode(errors="replace"))
    return done.stdout


def pictures(book: Book, ppi: int = 72) -> list[bytes]:
    """Every page of the book as a PNG, for people to look at."""
    return typeset(json.dumps(as_data(book)), "png", ppi=ppi)


def typeset(data: str, kind: Literal["pdf", "png"], **settings: Any) -> list[bytes]:
    """A book given as JSON (``as_data``) in one of Typst's formats."""
    compiler = typst.Compiler(
        TEMPLATE.read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"book": data},
    )
    made = compiler.compile(format=kind, timestamp=_LONG_AGO, **settings)
    return made if isinstance(made, list) else [made or b""]


def as_data(book: Book) -> dict[str, Any]:
    """The book in plain lists and dictionaries, as the template reads it."""
    known = {page.id for part in book.parts for page in part.pages}
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


def _page(page: Page, known: set[str]) -> dict[str, Any]:
    return {
        "id": page.id,
        "title": page.title,
        "over": page.over,
        "lead": page.lead,
        "flows": page.flows,
        "blocks": [_block(block, known) for block in page.blocks],
    }


def _block(block: Block, known: set[str]) -> dict[str, Any]:
    match block:
        case Paragraph(one, role):
            return {"kind": "paragraph", "role": role, "line": _line(one, known)}
        case Items(lines, ordered):
            inside = [_line(one, known) for one in lines]
            return {"kind": "items", "ordered": ordered, "lines": inside}
        case Facts(rows):
            facts = [[_line(name, known), [_line(v, known) for v in vs]] for name, vs in rows]
            return {"kind": "facts", "rows": facts}
        case Table(head, rows):
            cells = [[_line(cell, known) for cell in row] for row in rows]
            return {"kind": "table", "head": list(head), "rows": cells}
        case Formula(mathml, words, text):
            tree = _math(ET.fromstring(mathml))
            return {"kind": "formula", "math": tree, "words": words, "text": text}
        case Section(_, title, inside):
            blocks = [_block(one, known) for one in inside]
            return {"kind": "section", "title": title, "blocks": blocks}


def _line(one: Line, known: set[str]) -> list[dict[str, str]]:
    return [_inline(piece, known) for piece in one]


def _inline(piece: Inline, known: set[str]) -> dict[str, str]:
    """A link to what is not in the book is left as words."""
    match piece:
        case str():
            return {"kind": "text", "text": piece}
        case Strong(text):
            return {"kind": "strong", "text": text}
        case Code(text):
            return {"kind": "code", "text": text}
        case Link(text, to):
            page = to.partition("#")[0]
            if page not in known:
                return {"kind": "text", "text": text}
            return {"kind": "link", "text": text, "to": page}


def _math(element: ET.Element) -> dict[str, Any]:
    """MathML as a tree of the few things formulas have."""
    name = element.tag.rpartition("}")[2]
    if name in ("mn", "mo", "mi", "mtext"):
        return {"kind": name, "text": element.text or ""}
    inside = [_math(child) for child in element]
    return {"kind": "fraction" if name == "mfrac" else "row", "inside": inside}
