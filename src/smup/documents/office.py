"""Blocks as the text of a file that is written on in an office program, whichever it is.

Everything is said through named styles; how a format writes them is known by its ``Format``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from smup.documents.blocks import (
    Block,
    Cell,
    Code,
    DataTable,
    Fact,
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
from smup.documents.columns import BOLDER, OTHER_LETTERS, PAGE, shares, titled, together
from smup.documents.document import Document, blocks_of

Letters = Literal["", "Strong", "Code", "Gap", "Hyperlink", "PlaceholderText"]

CONTENTS_DEPTH = 2  # levels of headings in the table of contents
_HEADINGS = 4  # levels of headings there are styles for
_FACT_NAMES = 0.3  # of the width, for the names of facts
_DOTS = "…" * 18  # to sign on
_ROLES = {"text": "Normal", "answer": "Answer", "note": "Note", "quiet": "Quiet"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; ``anchor`` is the number of its heading."""

    title: str
    level: int
    anchor: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of paragraphs already written: ``widths`` are parts of the text's width; ``head`` is
    empty where there is none; ``name`` and ``words`` are read out of the table."""

    style: Literal["ReportTable", "FactTable"]
    widths: Sequence[float]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    name: str = ""
    words: str = ""


class Format(Protocol):
    """How a format writes the pieces, each given and given back as text of the format.

    ``wide`` is the width of its text as a part of that of our page.
    """

    @property
    def wide(self) -> float: ...

    def paragraph(self, style: str, inside: str) -> str: ...

    def run(self, text: str, style: Letters = "") -> str: ...

    def link(self, anchor: int, inside: str) -> str:
        """Words that lead to a heading."""

    def heading(self, level: int, anchor: int, title: str, *, apart: bool = False) -> str:
        """One ``apart`` begins a page."""

    def items(self, lines: Sequence[str], *, ordered: bool) -> str: ...

    def table(self, grid: Grid) -> str: ...

    def picture(self, picture: Picture, number: int, name: str) -> str:
        """A run."""

    def counted(self, word: str, number: int) -> str:
        """A number that is counted anew when somebody adds another: a run."""

    def formula(self, formula: Formula) -> str: ...

    def place(self, place: Placeholder, title: str, own: str) -> str:
        """A place for the author's own words; ``own`` is what is written there, "" for nothing."""

    def contents(self, heading: str, entries: Sequence[Entry]) -> str:
        """The table of contents on a page of its own; what follows begins another."""


@dataclass(slots=True)
class Walk:
    """Writes one document, counting pictures and tables on its way."""

    document: Document
    form: Format
    _anchors: dict[str, int] = field(init=False)
    _numbers: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        sections = [b for b in blocks_of(self.document.sections) if isinstance(b, Section)]
        self._anchors = {one.id: n for n, one in enumerate(sections, 1)}

    def written(self) -> str:
        """Title, contents where asked for, and all sections."""
        contents = ""
        if self.document.contents:
            entries = self._entries(self.document.sections, 1)
            contents = self.form.contents(self.document.words.contents, entries)
        return self._title() + contents + self._blocks(self.document.sections, 1)

    def _title(self) -> str:
        """Title page or head of the first page, which have a style each."""
        page = self.document.title_page
        lines = [
            ("Office", page.office),
            ("Title" if self.document.contents else "TitleInline", page.title),
            ("Subtitle", page.subtitle),
            ("Mark", page.mark),
        ]
        said = [self.form.paragraph(style, self.form.run(text)) for style, text in lines if text]
        return "".join(said) + self._facts(page.facts)

    def _entries(self, blocks: tuple[Block, ...], level: int) -> list[Entry]:
        entries: list[Entry] = []
        for block in blocks:
            if isinstance(block, Section):
                entries.append(Entry(block.title, level, self._anchors[block.id]))
                if level < CONTENTS_DEPTH:
                    entries += self._entries(block.blocks, level + 1)
        return entries

    def _blocks(self, blocks: tuple[Block, ...], level: int) -> str:
        return "".join(self._block(block, level) for block in blocks)

    def _block(self, block: Block, level: int) -> str:
        match block:
            case Paragraph(one, role):
                return self.form.paragraph(_ROLES[role], self._line(one))
            case Items(lines, ordered):
                return self.form.items([self._line(one) for one in lines], ordered=ordered)
            case Facts(rows):
                return self._facts(rows)
            case Table():
                return self._table(block)
            case DataTable():
                return self._data(block)
            case Picture():
                return self._picture(block)
            case Placeholder(own=own):
                words = self.document.words.own_text
                return self.form.place(block, words, self._blocks(own, _HEADINGS))
            case Formula():
                return self.form.formula(block)
            case Signatures(who):
                return self._signatures(who)
            case Section(name, title, inside, apart):
                anchor, depth = self._anchors[name], min(level, _HEADINGS)
                heading = self.form.heading(depth, anchor, title, apart=apart)
                return heading + self._blocks(inside, level + 1)

    def _facts(self, rows: tuple[Fact, ...]) -> str:
        if not rows:
            return ""
        cells = [
            (
                self.form.paragraph("TableHead", self._line(name)),
                "".join(self.form.paragraph("TableText", self._line(one)) for one in values),
            )
            for name, values in rows
        ]
        return self._closed(Grid("FactTable", (_FACT_NAMES, 1 - _FACT_NAMES), (), cells))

    def _signatures(self, who: tuple[str, ...]) -> str:
        cells = [
            self.form.paragraph("TableText", self.form.run(_DOTS))
            + self.form.paragraph("TableText", self.form.run(name))
            for name in who
        ]
        return self._closed(Grid("FactTable", [1 / len(who)] * len(who), (), [cells]))

    def _table(self, table: Table) -> str:
        lines = [[plain(cell) for cell in row] for row in table.rows]
        texts = [[name, *(line[n] for line in lines)] for n, name in enumerate(table.head)]
        head = [self.form.paragraph("TableHead", self.form.run(name)) for name in table.head]
        rows = [[self.form.paragraph("TableText", self._line(cell)) for cell in row]
                for row in table.rows]  # fmt: skip
        widths = self._shares(texts, [False] * len(texts))
        return self._closed(Grid("ReportTable", widths, head, rows, table.label))

    def _data(self, table: DataTable) -> str:
        titles = [titled(column.title, column.unit) for column in table.columns]
        texts = [
            [
                title,
                *(
                    together(row[n].text) + (BOLDER if at in table.mine else "")
                    for at, row in enumerate(table.rows)
                ),
            ]
            for n, title in enumerate(titles)
        ]
        numbers = [column.number for column in table.columns]
        head = [
            self.form.paragraph("TableHeadNumber" if number else "TableHead", self.form.run(title))
            for number, title in zip(numbers, titles, strict=True)
        ]
        rows = [
            [self._cell(cell, number=number, mine=n in table.mine)
             for number, cell in zip(numbers, row, strict=True)]
            for n, row in enumerate(table.rows)
        ]  # fmt: skip
        widths = self._shares(texts, numbers)
        grid = Grid("ReportTable", widths, head, rows, table.caption, table.foot)
        caption = self._caption(self.document.words.table, table.caption)
        return caption + self._closed(grid, table.foot)

    def _shares(self, texts: list[list[str]], numbers: list[bool]) -> list[float]:
        return shares(texts, numbers, round(PAGE * self.form.wide), OTHER_LETTERS)

    def _cell(self, cell: Cell, *, number: bool, mine: bool) -> str:
        said = self.form.run(together(cell.text), "Gap" if cell.gap else "Strong" if mine else "")
        return self.form.paragraph("TableNumber" if number else "TableText", said)

    def _closed(self, grid: Grid, foot: str = "") -> str:
        """A table and the paragraph below, without which two tables would be one."""
        style = "Source" if foot else "TableEnd"
        return self.form.table(grid) + self.form.paragraph(
            style, self.form.run(foot) if foot else ""
        )

    def _picture(self, picture: Picture) -> str:
        word = self.document.words.figure
        number = self._numbers.get(word, 0) + 1
        drawn = self.form.picture(picture, number, f"{word} {number}")
        foot = self.form.paragraph("Source", self.form.run(picture.below)) if picture.below else ""
        return self.form.paragraph("Figure", drawn) + self._caption(word, picture.caption) + foot

    def _caption(self, word: str, caption: str) -> str:
        number = self._numbers[word] = self._numbers.get(word, 0) + 1
        counted = self.form.counted(word, number)
        said = self.form.run(f"{word} ") + counted + self.form.run(f". {caption}")
        return self.form.paragraph("Caption", said)

    def _line(self, one: Line) -> str:
        return "".join(self._inline(piece) for piece in one)

    def _inline(self, piece: Inline) -> str:
        """A link to what is not in the document is left as words."""
        match piece:
            case str():
                return self.form.run(piece)
            case Strong(text):
                return self.form.run(text, "Strong")
            case Code(text):
                return self.form.run(text, "Code")
            case Link(text, to):
                anchor = self._anchors.get(to.removeprefix("#"))
                if anchor is None:
                    return self.form.run(text)
                return self.form.link(anchor, self.form.run(text, "Hyperlink"))
