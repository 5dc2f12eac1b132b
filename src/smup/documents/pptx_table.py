"""A native table of a slide: quiet lines, numbers to the right, letters as large as fits."""

from textwrap import wrap
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from smup.documents.blocks import Cell, Column, DataTable
from smup.documents.columns import BOLDER, OTHER_LETTERS, shares, titled, together
from smup.documents.native import INK, LINE, OURS, SECOND

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
_LARGEST, _SMALLEST = 14.0, 8.0  # points of letters
_LINE_HEIGHT = 1.75  # of a row of one line, in letters
_LETTER = 0.58  # width of a letter in its height, with fonts wider than ours in mind
_NS = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_SIDE = 55_000  # EMU beside words in a cell


def add_table(
    shapes: Any, place: tuple[int, int, int, int], table: DataTable, language: str
) -> Any:
    """The frame of the table at left, top, width and at most height, its first row a heading."""
    left, top, width, height = place
    wide = _widths(table, width)
    size = _letters(table, wide, height)
    row = int(Pt(size * _LINE_HEIGHT))
    frame = shapes.add_table(
        len(table.rows) + 1, len(table.columns), left, top, width, row * (len(table.rows) + 1)
    )
    made = frame.table
    made._tbl.tblPr.find("{*}tableStyleId").text = _NO_STYLE
    made.horz_banding = False
    for column, one in zip(made.columns, wide, strict=True):
        column.width = Emu(one)
    for line in made.rows:
        line.height = Emu(row)
    cells = iter(made.iter_cells())
    for column in table.columns:
        _write(next(cells), _heading(column), column, size, language, head=True)
    for y, words in enumerate(table.rows):
        for column, cell in zip(table.columns, words, strict=True):
            _write(next(cells), cell, column, size, language, ours=y in table.mine)
    return frame


def _widths(table: DataTable, width: int) -> list[int]:
    texts = [
        [
            titled(column.title, column.unit),
            *(
                together(row[at].text) + (BOLDER if y in table.mine else "")
                for y, row in enumerate(table.rows)
            ),
        ]
        for at, column in enumerate(table.columns)
    ]
    numbers = [column.number for column in table.columns]
    asked = shares(texts, numbers, edges=OTHER_LETTERS)
    return [int(width * one) for one in asked]


def _letters(table: DataTable, widths: list[int], height: int) -> float:
    """The largest letters with which all rows fit the height, words wrapping in their columns."""
    size = _LARGEST
    while size > _SMALLEST and _height(table, widths, size) > height:
        size -= 0.5
    return size


def _height(table: DataTable, widths: list[int], size: float) -> float:
    rows = [tuple(_heading(column) for column in table.columns), *table.rows]
    letters = [int((width - 2 * _SIDE) / (Pt(size) * _LETTER)) for width in widths]
    lines = (
        max(len(wrap(cell.text, max(most, 1))) for cell, most in zip(row, letters, strict=True))
        for row in rows
    )
    return sum(Pt(size) * (_LINE_HEIGHT + 1.2 * (max(one, 1) - 1)) for one in lines)


def _heading(column: Column) -> Cell:
    return Cell(titled(column.title, column.unit))


def _write(
    box: Any, cell: Cell, column: Column, size: float, language: str, *,
    head: bool = False, ours: bool = False,
) -> None:  # fmt: skip
    quiet = head or cell.gap
    box.text_frame.text = together(cell.text)
    box.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    box.margin_left = box.margin_right = Emu(_SIDE)
    box.margin_top = box.margin_bottom = Emu(20_000)
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if column.number else PP_ALIGN.LEFT
    for run in paragraph.runs:
        properties = run._r.get_or_add_rPr()
        properties.set("lang", language)
        properties.set("sz", str(int(size * (85 if cell.gap else 100))))
        properties.set("b", str(int(ours)))
        properties.insert(0, _filled(SECOND if quiet else INK))
    shape = box._tc.get_or_add_tcPr()
    weight = 15875 if head else 6350
    shape.append(parse_xml(f'<a:lnB {_NS} w="{weight}"><a:solidFill><a:srgbClr val="{LINE}"/>'
                           f"</a:solidFill></a:lnB>"))  # fmt: skip
    shape.append(_filled(OURS) if ours else parse_xml(f"<a:noFill {_NS}/>"))


def _filled(colour: str) -> Any:
    return parse_xml(f'<a:solidFill {_NS}><a:srgbClr val="{colour}"/></a:solidFill>')
