"""What documents are made of: frozen blocks without a word about how they look."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Lang = Literal["pl", "en"]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to ``to``: the id of a page, or an address that begins with / or #.

    Which address belongs to an id is known by whoever renders; an id it does not know leaves the
    words alone.
    """

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    text: str


Inline: TypeAlias = str | Link | Strong | Code
Line: TypeAlias = tuple[Inline, ...]
Fact: TypeAlias = tuple[Line, tuple[Line, ...]]  # a name and what is said of it


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``role``: ``answer`` is what a reader came for, ``note`` warns, ``quiet`` steps back."""

    line: Line
    role: Literal["text", "answer", "note", "quiet"] = "text"


@dataclass(frozen=True, slots=True)
class Items:
    """A list; ``ordered`` where the order says something."""

    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with one line or several each."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``head`` names the columns; the first cell of a row is what the row is about."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """``unit`` is said once, in the heading; numbers stand to the right, words to the left."""

    title: str
    unit: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is what is read; ``value`` the number behind it in full precision, for files that
    count on, shown with ``decimals``. A ``gap`` has no value and its reason as text."""

    text: str
    value: float | None = None
    decimals: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """Figures in columns, the first cell of a row says what the row is about.

    ``caption`` is numbered by whoever writes; ``foot`` says source and release; ``mine`` are the
    rows of whom the document is about.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: str = ""
    mine: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of „{self.caption}” and its columns differ in length")


@dataclass(frozen=True, slots=True)
class Chart:
    """How a spreadsheet or a slide draws the figures of a picture by itself: the column of the
    categories and those of the series, by position in the table."""

    kind: Literal["line", "bar", "column", "scatter"]
    categories: int
    series: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure: SVG text whose ``alt`` reads it out, and the numbers behind it. ``notes`` say
    what signs of the drawing mean, ``foot`` where its numbers are from.

    Raises ValueError without ``alt``: a picture that says nothing to those who do not see it is
    not finished.
    """

    svg: str
    alt: str
    caption: str
    foot: str
    data: DataTable
    chart: Chart | None = None
    notes: str = ""

    @property
    def below(self) -> str:
        """What stands below the drawing."""
        return f"{self.notes} {self.foot}".strip()

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(f"the picture „{self.caption}” has no alternative text")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place for the author's own words: ``prompt`` says what belongs there, ``basis`` which
    provision asks for it. Once written, ``own`` stands in its place."""

    id: str
    prompt: str
    basis: str
    own: tuple["Paragraph | Items", ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula three times: as MathML, in words (also for screen readers), as it is typed."""

    mathml: str
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, side by side: who signs in each."""

    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """``id`` is unique within its page or document; one ``apart`` begins a new sheet of paper."""

    id: str
    title: str
    blocks: tuple["Block", ...]
    apart: bool = False


Block: TypeAlias = (
    Paragraph
    | Items
    | Facts
    | Table
    | DataTable
    | Picture
    | Placeholder
    | Formula
    | Signatures
    | Section
)


@dataclass(frozen=True, slots=True)
class Page:
    """``id`` is what links name; ``over`` says what kind of thing the page is about.

    On paper a page begins a new sheet unless it ``flows`` on after another.
    """

    id: str
    title: str
    over: str
    lead: str
    blocks: tuple[Block, ...]
    flows: bool = False

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Section))


@dataclass(frozen=True, slots=True)
class Part:
    """Pages under one heading."""

    id: str
    title: str
    lead: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A whole to be printed. ``edition`` (release and day) stands on every page."""

    title: str
    subtitle: str
    lang: Lang
    edition: str
    contents: str  # the heading of the table of contents
    page_word: str
    parts: tuple[Part, ...]


def line(*pieces: Inline) -> Line:
    """A line of the pieces that are not empty."""
    return tuple(piece for piece in pieces if piece != "")


def lines_of(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Every line below ``blocks`` in reading order."""
    for block in blocks:
        match block:
            case Paragraph(one):
                yield one
            case Items(several):
                yield from several
            case Facts(rows):
                for name, values in rows:
                    yield name
                    yield from values
            case Table(_, rows):
                for row in rows:
                    yield from row
            case Signatures(who):
                yield from ((name,) for name in who)
            case Section(_, _, inside):
                yield from lines_of(inside)


def plain(one: Line) -> str:
    """A line without what makes it look or lead somewhere."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in one)
