"""A text and the facts of one case become blocks, and blocks a document."""

from collections.abc import Iterator, Mapping
from datetime import date

from smup.documents import Block, Fact, Items, Line, Paragraph, Section, Signatures, Table
from smup.documents.document import Document, TitlePage
from smup.reports.words import words
from smup.training.papers.texts import Grid, Part, Text, filled

Fields = Mapping[str, str]
Shown = Mapping[str, tuple[Block, ...]]

LINE = "…" * 22  # to write or sign on by hand
NOTHING: Shown = {}


def document(
    first: TitlePage, sections: tuple[Section, ...], made: date, foot: tuple[str, ...]
) -> Document:
    """The whole. ``foot`` stands on every page: what paper it is, and the funding marks."""
    return Document(
        title_page=first,
        lang="pl",
        edition=" · ".join(foot),
        made=made,
        words=words("pl"),
        sections=sections,
        contents=False,
    )


def sections(text: Text, fields: Fields, name: str, shown: Shown = NOTHING) -> tuple[Section, ...]:
    """The parts of a text, the places to sign at the end of the last. ``name`` begins their ids."""
    made = [
        Section(f"{name}-{n}", filled(part.title, fields), tuple(_blocks(part, fields, shown)))
        for n, part in enumerate(text.parts, 1)
    ]
    if text.signatures:
        last = made.pop()
        blocks: tuple[Block, ...] = (*last.blocks, Signatures(text.signatures))
        made.append(Section(last.id, last.title, blocks))
    return tuple(made)


def opening(text: Text, fields: Fields) -> tuple[Paragraph, ...]:
    """What stands before the first part."""
    return tuple(Paragraph((filled(one, fields),)) for one in text.opening)


def annex(text: Text, fields: Fields, name: str, title: str) -> Section:
    """A paper as a part of another, on a sheet of its own."""
    inside: tuple[Block, ...] = (*opening(text, fields), *sections(text, fields, name))
    return Section(name, title, inside, apart=True)


def fact(name: str, *values: str) -> Fact:
    return ((name,), tuple((value,) for value in values))


def listed(number: int, *cells: str) -> tuple[Line, ...]:
    """A row of a numbered list."""
    return ((f"{number}.",), *((cell,) for cell in cells))


def _blocks(part: Part, fields: Fields, shown: Shown) -> Iterator[Block]:
    for one in part.text:
        yield Paragraph((filled(one, fields),))
    if part.table:
        yield _table(part.table, fields)
    if part.points:
        yield Items(tuple((filled(one, fields),) for one in part.points), ordered=True)
    if part.bullets:
        yield Items(tuple((filled(one, fields),) for one in part.bullets))
    if part.shows:
        yield from shown[part.shows]


def _table(grid: Grid, fields: Fields) -> Table:
    rows = tuple(tuple((filled(cell, fields),) for cell in row) for row in grid.rows)
    return Table(grid.head, rows, grid.label)
