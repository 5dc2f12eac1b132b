"""Blocks in plain lists and dictionaries, as templates read them."""

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from smup.documents.blocks import (
    Block,
    Cell,
    Code,
    DataTable,
    Facts,
    Formula,
    Inline,
    Items,
    Line,
    Link,
    Paragraph,
    Picture,
    Placeholder,
    Section,
    Signatures,
    Strong,
    Table,
    plain,
)
from smup.documents.columns import BOLDER, shares, together
from smup.documents.metrics import most_lines
from smup.documents.raster import size_of

Data = dict[str, Any]
Known = frozenset[str]  # the ids links may lead to

_ACROSS = 128  # letters of a table across the page
_SYLLABLES = 7  # letters of a word that stay together
_DISTANCE = "\u00a0" * 2  # letters for which words after a number stand away from it
_EMS = 55.5  # width of a table in heights of its letters: 166 mm in 8.4 pt
_NEAR, _FAR = 0.72, 1.55  # insets of a cell, more for words after a number
_FLATTEST = 1.15  # width to height of the tallest picture that takes the most width of a page
_WIDEST = 0.86  # of the width of a page, so that three trends fit on one


def block_data(block: Block, known: Known) -> Data:
    """One block; a link to what is not ``known`` is left as words."""
    match block:
        case Paragraph(one, role):
            return {"kind": "paragraph", "role": role, "line": line_data(one, known)}
        case Items(lines, ordered):
            inside = [line_data(one, known) for one in lines]
            return {"kind": "items", "ordered": ordered, "lines": inside}
        case Facts():
            return {"kind": "facts", "rows": facts_data(block, known)}
        case Table():
            return _table(block, known)
        case DataTable():
            return _figures(block)
        case Picture():
            return _picture(block)
        case Placeholder(_, prompt, basis, own):
            written = [block_data(one, known) for one in own]
            return {"kind": "placeholder", "prompt": prompt, "basis": basis, "own": written}
        case Formula(mathml, words, text):
            tree = _math(ET.fromstring(mathml))
            return {"kind": "formula", "math": tree, "words": words, "text": text}
        case Signatures(who):
            return {"kind": "signatures", "who": list(who)}
        case Section(name, title, inside, apart):
            return {
                "kind": "section",
                "id": name if name in known else "",
                "title": title,
                "blocks": [block_data(one, known) for one in inside],
                "apart": apart,
            }


def facts_data(facts: Facts, known: Known) -> list[list[Any]]:
    return [
        [line_data(name, known), [line_data(one, known) for one in values]]
        for name, values in facts.rows
    ]


def line_data(one: Line, known: Known) -> list[dict[str, str]]:
    return [_inline(piece, known) for piece in one]


def _inline(piece: Inline, known: Known) -> dict[str, str]:
    match piece:
        case str():
            return {"kind": "text", "text": piece}
        case Strong(text):
            return {"kind": "strong", "text": text}
        case Code(text):
            return {"kind": "code", "text": text}
        case Link(text, to):
            target = to.removeprefix("#").partition("#")[0]
            if target not in known:
                return {"kind": "text", "text": text}
            return {"kind": "link", "text": text, "to": target}


def _table(table: Table, known: Known) -> Data:
    texts = [[name, *(plain(row[at]) for row in table.rows)] for at, name in enumerate(table.head)]
    return {
        "kind": "table",
        "head": list(table.head),
        "shares": shares(texts, [False] * len(table.head), _ACROSS),
        "rows": [[line_data(cell, known) for cell in row] for row in table.rows],
    }


def _figures(table: DataTable) -> Data:
    texts = [_texts(table, at) for at in range(len(table.columns))]
    widths = shares(texts, [column.number for column in table.columns], _ACROSS)
    return {
        "kind": "figures",
        "caption": table.caption,
        "columns": [
            {"title": one.title, "unit": one.unit, "number": one.number, "share": share}
            for one, share in zip(table.columns, widths, strict=True)
        ],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "lines": [
            0 if at in table.mine else _lines(row, table, widths)
            for at, row in enumerate(table.rows)
        ],
        "mine": sorted(table.mine),
        "foot": table.foot,
    }


def _texts(table: DataTable, at: int) -> list[str]:
    """What makes a column wide. Headings of numbers are broken in syllables, so a long word of
    theirs counts for less; the reason of a gap takes as many lines as it needs."""
    column, cells = table.columns[at], [row[at] for row in table.rows]
    most = _SYLLABLES if column.number else None
    title = " ".join(word[:most] for word in column.title.split(" "))
    whole = [
        together(cell.text) + (BOLDER if row in table.mine else "")
        for row, cell in enumerate(cells)
        if not cell.gap
    ]
    if at and table.columns[at - 1].number and not column.number:
        title += _DISTANCE
    words = [word for cell in cells if cell.gap for word in together(cell.text).split(" ")]
    return [title, column.unit, *whole, *words]


def _lines(row: Sequence[Cell], table: DataTable, widths: Sequence[float]) -> int:
    """How many lines the row surely fits in; 0 where nobody can say. Typst sets a row whose height
    it is told in half the time."""
    numbers = [False, *(column.number for column in table.columns)]
    edges = (
        _FAR if numbers[at] and not numbers[at + 1] else _NEAR for at in range(len(table.columns))
    )
    found = [
        most_lines(together(cell.text), width * _EMS - edge)
        for cell, edge, width in zip(row, edges, widths, strict=True)
    ]
    return max((lines or 0 for lines in found), default=0) if all(found) else 0


def _cell(cell: Cell) -> dict[str, str | bool]:
    return {"text": together(cell.text), "gap": cell.gap}


def _picture(picture: Picture) -> Data:
    return {
        "kind": "picture",
        "svg": picture.svg,
        "alt": picture.alt,
        "caption": picture.caption,
        "foot": picture.below,
        "width": _width(picture.svg),
    }


def _width(svg: str) -> float:
    """The share of the width of a page that a picture takes: most of it, less for a tall one."""
    width, height = size_of(svg)
    return round(min(_WIDEST, width / height / _FLATTEST), 3)


def _math(element: ET.Element) -> Data:
    """MathML as a tree of the few things formulas have."""
    name = element.tag.rpartition("}")[2]
    if name in ("mn", "mo", "mi", "mtext"):
        return {"kind": name, "text": element.text or ""}
    inside = [_math(child) for child in element]
    return {"kind": "fraction" if name == "mfrac" else "row", "inside": inside}
