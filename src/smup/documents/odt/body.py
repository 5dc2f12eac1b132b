"""How OpenDocument writes the pieces of a document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from smup.documents.blocks import Formula, Picture, Placeholder
from smup.documents.office import CONTENTS_DEPTH, Entry, Grid, Letters
from smup.documents.raster import Fit
from smup.documents.xml import escaped

TEXT_WIDTH = 16.6  # cm: A4 with our edges
_STYLES = {"Normal": "Standard"}  # where a style is called otherwise here


@dataclass(slots=True)
class Body:
    """``draw`` puts a picture into the package and says how large it is on paper. ``automatic`` are
    the few styles no one chooses by name: widths of columns, edges of cells, a new page."""

    draw: Callable[[Picture, int], Fit]
    wide: float = field(init=False, default=1.0)
    automatic: list[str] = field(init=False, default_factory=list)
    _after_contents: bool = field(init=False, default=False)
    _apart: set[int] = field(init=False, default_factory=set)
    _sequences: set[str] = field(init=False, default_factory=set)

    def paragraph(self, style: str, inside: str) -> str:
        return f'<text:p text:style-name="{_STYLES.get(style, style)}">{inside}</text:p>'

    def run(self, text: str, style: Letters = "") -> str:
        said = _spaced(escaped(text))
        return f'<text:span text:style-name="{style}">{said}</text:span>' if style else said

    def link(self, anchor: int, inside: str) -> str:
        return _link("Hyperlink", anchor, inside)

    def heading(self, level: int, anchor: int, title: str, *, apart: bool = False) -> str:
        """The first after a table of contents begins a page, too."""
        style = self._new_page(level) if apart or self._after_contents else f"Heading_20_{level}"
        self._after_contents = False
        name = _anchor(anchor)
        return (
            f'<text:h text:style-name="{style}" text:outline-level="{level}">'
            f'<text:bookmark-start text:name="{name}"/>{self.run(title)}'
            f'<text:bookmark-end text:name="{name}"/></text:h>'
        )

    def _new_page(self, level: int) -> str:
        """The style of a heading that begins a page."""
        if level not in self._apart:
            self._apart.add(level)
            self.automatic.append(_APART.format(level))
        return f"Apart{level}"

    def items(self, lines: Sequence[str], *, ordered: bool) -> str:
        style, kind = (
            ("List_20_Number", "Numbering_20_1") if ordered else ("List_20_Bullet", "List_20_1")
        )
        inside = "".join(
            f"<text:list-item>{self.paragraph(style, one)}</text:list-item>" for one in lines
        )
        return f'<text:list text:style-name="{kind}">{inside}</text:list>'

    def table(self, grid: Grid) -> str:
        name = f"T{len(self.automatic)}"
        columns = []
        for n, part in enumerate(grid.widths):
            self.automatic.append(_column(f"{name}.{n}", part * TEXT_WIDTH))
            columns.append(f'<table:table-column table:style-name="{name}.{n}"/>')
        title = f"<table:title>{escaped(grid.name)}</table:title>" if grid.name else ""
        words = f"<table:desc>{escaped(grid.words)}</table:desc>" if grid.words else ""
        head = f"<table:table-header-rows>{_row(grid.head, 'Head')}</table:table-header-rows>"
        last = len(grid.rows) - 1
        ends = grid.style == "ReportTable"
        rows = [_row(row, "Last" if ends and n == last else "Cell")
                for n, row in enumerate(grid.rows)]  # fmt: skip
        return (
            f'<table:table table:name="{name}" table:style-name="Table">{title}{words}'
            f"{''.join(columns)}{head if grid.head else ''}{''.join(rows)}</table:table>"
        )

    def picture(self, picture: Picture, number: int, name: str) -> str:
        fit = self.draw(picture, number)
        return (
            f'<draw:frame draw:style-name="Graphics" draw:name="{escaped(name)}" '
            f'text:anchor-type="as-char" svg:width="{fit.width:.3f}in" '
            f'svg:height="{fit.height:.3f}in"><draw:image xlink:type="simple" '
            f'xlink:href="{picture_name(number)}" xlink:show="embed" xlink:actuate="onLoad" '
            f'draw:mime-type="image/png"/><svg:title>{escaped(picture.caption)}</svg:title>'
            f"<svg:desc>{escaped(picture.alt)}</svg:desc></draw:frame>"
        )

    def counted(self, word: str, number: int) -> str:
        self._sequences.add(word)
        name = escaped(word)
        return (
            f'<text:sequence text:ref-name="ref{name}{number}" text:name="{name}" '
            f'text:formula="ooow:{name}+1" style:num-format="1">{number}</text:sequence>'
        )

    def formula(self, formula: Formula) -> str:
        typed = self.paragraph("Quiet", self.run(formula.text, "Code"))
        return self.paragraph("Formula", self.run(formula.words)) + typed

    def place(self, place: Placeholder, title: str, own: str) -> str:
        """A framed prompt; not a field of the format, which would not be printed."""
        if own:
            return own
        words = [self.run(title, "Strong"), self.run(place.prompt)]
        words += [self.run(place.basis, "PlaceholderText")] if place.basis else []
        return "".join(self.paragraph("OwnText", one) for one in words)

    def contents(self, heading: str, entries: Sequence[Entry]) -> str:
        """Entries are written out; the numbers of their pages are worked out by who opens it."""
        if not entries:
            return ""
        self._after_contents = True
        title = self.paragraph("Contents_20_Heading", self.run(heading))
        lines = "".join(self._entry(one) for one in entries)
        levels = "".join(_LEVEL.format(n) for n in range(1, CONTENTS_DEPTH + 1))
        return (
            '<text:table-of-content text:name="Contents" text:protected="false">'
            f'<text:table-of-content-source text:outline-level="{CONTENTS_DEPTH}">'
            '<text:index-title-template text:style-name="Contents_20_Heading">'
            f"{escaped(heading)}</text:index-title-template>{levels}"
            "</text:table-of-content-source><text:index-body>"
            f'<text:index-title text:name="Contents_Head">{title}</text:index-title>{lines}'
            "</text:index-body></text:table-of-content>"
        )

    def _entry(self, entry: Entry) -> str:
        page = (
            '<text:bookmark-ref text:reference-format="page" '
            f'text:ref-name="{_anchor(entry.anchor)}"></text:bookmark-ref>'
        )
        words = f"{self.run(entry.title)}<text:tab/>{page}"
        linked = _link("Index_20_Link", entry.anchor, words)
        return self.paragraph(f"Contents_20_{entry.level}", linked)

    def sequences(self) -> str:
        """What is counted in the document, to be said before its first word."""
        inside = "".join(
            f'<text:sequence-decl text:display-outline-level="0" text:name="{escaped(word)}"/>'
            for word in sorted(self._sequences)
        )
        return f"<text:sequence-decls>{inside}</text:sequence-decls>" if inside else ""


_APART = (
    '<style:style style:name="Apart{0}" style:family="paragraph" '
    'style:parent-style-name="Heading_20_{0}"><style:paragraph-properties fo:break-before="page"/>'
    "</style:style>"
)
_LEVEL = (
    '<text:table-of-content-entry-template text:outline-level="{0}" '
    'text:style-name="Contents_20_{0}"><text:index-entry-link-start/><text:index-entry-text/>'
    '<text:index-entry-tab-stop style:type="right" style:leader-char="."/>'
    "<text:index-entry-page-number/><text:index-entry-link-end/>"
    "</text:table-of-content-entry-template>"
)


def picture_name(number: int) -> str:
    return f"Pictures/{number}.png"


def _anchor(number: int) -> str:
    return f"rozdzial{number}"


def _link(style: str, anchor: int, inside: str) -> str:
    look = f'text:style-name="{style}" text:visited-style-name="{style}"'
    return f'<text:a {look} xlink:type="simple" xlink:href="#{_anchor(anchor)}">{inside}</text:a>'


def _column(name: str, width: float) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width:.3f}cm"/></style:style>'
    )


def _row(cells: Sequence[str], kind: str) -> str:
    inside = "".join(
        f'<table:table-cell table:style-name="{kind}" office:value-type="string">{one}'
        "</table:table-cell>"
        for one in cells
    )
    return f'<table:table-row table:style-name="Row">{inside}</table:table-row>'


def _spaced(text: str) -> str:
    """OpenDocument takes several spaces for one unless they are counted."""
    while "  " in text:
        before, _, after = text.partition("  ")
        more = len(after) - len(after.lstrip(" "))
        text = f'{before} <text:s text:c="{more + 1}"/>{after.lstrip(" ")}'
    return text
