"""How Word writes the pieces of a document."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from smup.documents.blocks import Formula, Picture, Placeholder
from smup.documents.docx import pieces
from smup.documents.docx.formula import mathematics
from smup.documents.docx.pieces import Drawn
from smup.documents.office import CONTENTS_DEPTH, Entry, Grid, Letters

TEXT_WIDTH = 9_412  # twentieths of a point: A4 with our edges


@dataclass(slots=True)
class Body:
    """``style`` gives the id of one of our styles in this file, ``draw`` puts a picture into the
    package, ``new_list`` begins a list at 1 and gives its number; ``width`` is that of the text in
    twentieths of a point."""

    style: Mapping[str, str]
    width: int
    draw: Callable[[Picture, int], Drawn]
    new_list: Callable[[], int]
    _controls: Iterator[int] = field(init=False, default_factory=lambda: count(1))

    @property
    def wide(self) -> float:
        return self.width / TEXT_WIDTH

    def paragraph(self, style: str, inside: str) -> str:
        return pieces.paragraph(self.style[style], inside)

    def run(self, text: str, style: Letters = "") -> str:
        return pieces.run(text, self.style[style] if style else "")

    def link(self, anchor: int, inside: str) -> str:
        return pieces.link(_anchor(anchor), inside)

    def heading(self, level: int, anchor: int, title: str, *, apart: bool = False) -> str:
        marked = pieces.bookmark(anchor, _anchor(anchor), self.run(title))
        return pieces.paragraph(self.style[f"Heading{level}"], marked, apart=apart)

    def items(self, lines: Sequence[str], *, ordered: bool) -> str:
        style = self.style["ListNumber" if ordered else "ListBullet"]
        number = self.new_list() if ordered else None
        return "".join(pieces.paragraph(style, one, number) for one in lines)

    def table(self, grid: Grid) -> str:
        widths = [int(self.width * part) for part in grid.widths]
        head = [pieces.row(map(pieces.cell, widths, grid.head), head=True)] if grid.head else []
        rows = [pieces.row(map(pieces.cell, widths, row)) for row in grid.rows]
        style = self.style[grid.style]
        return pieces.table(style, widths, [*head, *rows], grid.name, grid.words)

    def picture(self, picture: Picture, number: int, name: str) -> str:
        return pieces.picture(self.draw(picture, number), name, picture.alt)

    def counted(self, word: str, number: int) -> str:
        return pieces.field(f"SEQ {word} \\* ARABIC", self.run(str(number)))

    def formula(self, formula: Formula) -> str:
        math = self.paragraph("Formula", mathematics(formula.mathml))
        return math + self.paragraph("Quiet", self.run(formula.words))

    def place(self, place: Placeholder, title: str, own: str) -> str:
        """A control: its prompt goes away when somebody types."""
        number = next(self._controls)
        if own:
            return pieces.control(number, title, place.id, own, prompt=False)
        words = [self.run(title, "Strong"), self.run(place.prompt)]
        words += [self.run(place.basis, "PlaceholderText")] if place.basis else []
        inside = "".join(self.paragraph("OwnText", one) for one in words)
        return pieces.control(number, title, place.id, inside, prompt=True)

    def contents(self, heading: str, entries: Sequence[Entry]) -> str:
        """The entries are written out, so that the table can be read and followed before Word
        numbers its pages: nobody else knows them."""
        first = pieces.opened_field(f'TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u')
        lines = [
            self.paragraph(
                f"TOC{one.level}",
                (first if n == 0 else "") + self.link(one.anchor, self.run(one.title)),
            )
            for n, one in enumerate(entries)
        ]
        title = self.paragraph("TOCHeading", self.run(heading))
        last = self.paragraph("TableEnd", pieces.CLOSED_FIELD)
        new_page = self.paragraph("TableEnd", pieces.PAGE_BREAK)
        if not lines:
            return ""
        return new_page + pieces.contents("".join([title, *lines, last])) + new_page


def _anchor(number: int) -> str:
    """As Word names what its table of contents leads to."""
    return f"_Toc{number:08d}"
