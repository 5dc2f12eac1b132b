"""A sheet of a workbook: a table under its caption, and the native chart of its numbers."""

from dataclasses import dataclass
from typing import Any

from smup.documents.blocks import Cell, Column, DataTable, Picture
from smup.documents.columns import titled
from smup.documents.native import drawable, number_format
from smup.documents.xlsx_chart import chart_of
from smup.documents.xlsx_styles import Styles

LINE = 15  # points of a line of letters
_CAPTION, _BACK, _MARK, _HEAD = range(4)  # rows
_WIDEST, _NARROWEST, _REASON = 54, 9, 34  # characters of a column
_BESIDE = 90  # characters of a table that leaves room for a chart beside it
_ACROSS, _OTHER = 96, 8.43  # characters of a caption, and of a column nobody has set


# of words, by whether they are the reason of a gap and stand among numbers
_LOOKS = {
    (False, False): "cell",
    (False, True): "right",
    (True, False): "gap",
    (True, True): "gap-right",
}


@dataclass(frozen=True, slots=True)
class Told:
    """``name`` is that of a sheet and what it is called in the contents."""

    name: str
    table: DataTable
    picture: Picture | None = None

    @property
    def caption(self) -> str:
        return self.picture.caption if self.picture else self.table.caption

    @property
    def foot(self) -> str:
        return self.picture.foot if self.picture else self.table.foot


@dataclass(frozen=True, slots=True)
class Around:
    """What every sheet says: name of the sheet of contents, mark, heading of reasons."""

    contents: str
    mark: str
    reason: str


class Sheet:
    """Writes one sheet. Cells a chart is drawn from stay empty where there is a gap, because a
    chart takes words for a zero; their reasons then stand in a column of their own."""

    def __init__(self, sheet: Any, told: Told, styles: Styles, around: Around) -> None:
        self.sheet, self.told, self.styles, self.around = sheet, told, styles, around
        self.table = told.table
        self.chart = drawable(told.picture) if told.picture else None
        self.charted = frozenset(self.chart.series) if self.chart else frozenset()
        self.reasons = {y: words for y in range(len(self.table.rows)) if (words := self._why(y))}
        self.widths = [_width(self.table, at) for at in range(len(self.table.columns))]
        self.widths += [_REASON] if self.reasons else []
        self.last = _HEAD + len(self.table.rows)

    @property
    def is_wide(self) -> bool:
        """Does it want a page on its side?"""
        return sum(self.widths) > _BESIDE or self.chart is not None

    def write(self, book: Any) -> None:
        sheet = self.sheet
        for x, width in enumerate(self.widths):
            sheet.set_column(x, x, width)
        self._heading()
        for y in range(len(self.table.rows)):
            self._row(y)
        sheet.freeze_panes(_HEAD + 1, 1)
        sheet.autofilter(_HEAD, 0, max(self.last, _HEAD + 1), len(self.widths) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:A{self.last + 1}"})
        sheet.repeat_rows(_HEAD)
        end = self._across(self.last + 2, self.told.foot, "quiet")
        if self.chart is not None:
            self._chart(book, end + 2)
        elif self.told.picture:
            self._across(end + 2, self.told.picture.alt, "quiet")

    def _heading(self) -> None:
        """Caption, the way back, the mark, and the headings of the columns, which stay in sight."""
        back, contents = f"internal:'{self.around.contents}'!A1", f"← {self.around.contents}"
        self._across(_CAPTION, f"{self.told.name}. {self.told.caption}", "caption")
        self.sheet.write_url(_BACK, 0, back, self.styles.named("link"), contents)
        self.sheet.write_string(_MARK, 0, self.around.mark, self.styles.named("mark"))
        heads = [*self.table.columns, *([Column(self.around.reason)] if self.reasons else [])]
        for x, column in enumerate(heads):
            style = self.styles.named("head-number" if column.number else "head")
            self.sheet.write_string(_HEAD, x, titled(column.title, column.unit), style)
        lines = (lines_of(titled(column.title, column.unit), width - 3)
                 for column, width in zip(heads, self.widths, strict=True))  # fmt: skip
        self.sheet.set_row(_HEAD, LINE * max(lines) + 3)

    def _row(self, y: int) -> None:
        texts = [self._cell(y, x, cell) for x, cell in enumerate(self.table.rows[y])]
        if y in self.reasons:
            texts.append(self.reasons[y])
            style = self.styles.named("gap")
            self.sheet.write_string(_HEAD + 1 + y, len(texts) - 1, texts[-1], style)
        lines = (lines_of(text, width) for text, width in zip(texts, self.widths, strict=False))
        self.sheet.set_row(_HEAD + 1 + y, LINE * max(lines))

    def _cell(self, y: int, x: int, cell: Cell) -> str:
        """Writes a cell and gives the words that now stand in it."""
        ours, at = y in self.table.mine, (_HEAD + 1 + y, x)
        if cell.value is not None:
            style = self.styles.number(number_format(cell), ours)
            self.sheet.write_number(*at, cell.value, style)
            return ""
        is_number = self.table.columns[x].number
        style = self.styles.named(_LOOKS[cell.gap, is_number], ours)
        if x in self.charted:
            self.sheet.write_blank(*at, None, style)
            return ""
        self.sheet.write_string(*at, cell.text, style)
        return cell.text

    def _why(self, y: int) -> str:
        """The reasons of the cells of a row that are left empty for the chart."""
        cells = ((self.table.columns[x].title, self.table.rows[y][x]) for x in self.charted)
        told = [f"{title}: {cell.text}" for title, cell in cells
                if cell.value is None and len(cell.text) > 1]  # fmt: skip
        return "; ".join(sorted(told))

    def _chart(self, book: Any, below: int) -> None:
        assert self.told.picture is not None
        assert self.chart is not None
        cells = (row[self.chart.series[0]] for row in self.table.rows)
        shape = next((number_format(cell) for cell in cells if cell.value is not None), "General")
        drawn = chart_of(book, self.told.picture, self.chart, self.told.name, _HEAD, shape)
        beside = sum(self.widths) <= _BESIDE
        at = (_HEAD, len(self.widths) + 1) if beside else (below, 0)
        said = {"description": self.told.picture.alt, "object_position": 2}
        self.sheet.insert_chart(*at, drawn, said)

    def _across(self, y: int, words: str, kind: str) -> int:
        """Words over as many columns as a page has room for; the row they stand in."""
        wide, x = float(sum(self.widths)), len(self.widths) - 1
        while wide < _ACROSS:
            wide, x = wide + _OTHER, x + 1
        while x and wide - self._width_at(x) >= _ACROSS:
            wide, x = wide - self._width_at(x), x - 1
        style = self.styles.named(kind)
        if x:
            self.sheet.merge_range(y, 0, y, x, words, style)
        else:
            self.sheet.write_string(y, 0, words, style)
        self.sheet.set_row(y, (LINE + 2 * (kind == "caption")) * lines_of(words, int(wide * 0.95)))
        return y

    def _width_at(self, x: int) -> float:
        return self.widths[x] if x < len(self.widths) else _OTHER


def lines_of(words: str, width: int) -> int:
    """Lines that words take in a column so wide; not every program counts them by itself."""
    return max(1, -(-len(words) // max(width, 1)))


def _width(table: DataTable, at: int) -> int:
    """Of a column in characters: numbers whole, words up to a limit and then wrapped."""
    column = table.columns[at]
    head = titled(column.title, column.unit)
    title = max((len(word) for word in head.split()), default=0) + 3  # the arrow of the filter
    cells = max((_letters(row[at], column) for row in table.rows), default=0)
    return min(max(title, cells + 2, _NARROWEST), _WIDEST)


def _letters(cell: Cell, column: Column) -> int:
    return min(len(cell.text), 28) if cell.gap and column.number else len(cell.text)
