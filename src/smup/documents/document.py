"""A document somebody hands in: title page, sections, and six slides that tell it in short."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from smup.documents.blocks import (
    Block,
    DataTable,
    Fact,
    Lang,
    Line,
    Picture,
    Placeholder,
    Section,
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a writer says of its own accord, in the language of the document."""

    contents: str
    page: str
    figure: str
    table: str
    data: str  # the sheet or the fold with the numbers behind a picture
    notes: str  # the sheet that says what the numbers are
    own_text: str  # the heading over a place for the author's own words
    numbers: str  # the heading over every number of the unit
    skip: str  # the link that leads past the contents
    search: str  # the label of the field that narrows a table
    shown: str  # how many rows are in sight: ``{n}`` of ``{all}``
    download: str  # the link that gives a table as CSV
    exact: str  # that cells hold full precision and only show it rounded
    gaps: str  # that a gap is not a zero and says its reason
    reason: str  # the heading of the reasons of gaps, where a chart needs their cells empty
    terms: str  # on what terms the figures may be used


@dataclass(frozen=True, slots=True)
class TitlePage:
    """``office`` hands it in; ``facts`` (unit, years, release) stand under the title; ``mark`` is
    what every page must say of invented figures, "" for official ones."""

    title: str
    subtitle: str
    office: str
    facts: tuple[Fact, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """One thought: a sentence as its title, lines, and at most one picture or table."""

    title: str
    lines: tuple[Line, ...] = ()
    shown: Picture | DataTable | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers to go on working with: the table, and what makes the same as a file of CSV with its
    name, which only few forms carry."""

    table: DataTable
    file: str
    csv: Callable[[], bytes]


def no_numbers() -> tuple[Numbers, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Document:
    """``edition`` (release and its day) stands on every page; ``made`` is the day of the release,
    the only date a file may carry: a clock would change its bytes. ``contents`` asks for a table of
    contents and a title page of its own; without it both are a heading on the first page.
    ``numbers`` makes every number of the unit, which only files that carry data need."""

    title_page: TitlePage
    lang: Lang
    edition: str
    made: date
    words: Words
    sections: tuple[Section, ...]
    slides: tuple[Slide, ...] = ()
    contents: bool = True
    numbers: Callable[[], tuple[Numbers, ...]] = no_numbers


def blocks_of(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, a section before what is in it."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from blocks_of(block.blocks)


def tables_of(document: Document) -> list[DataTable]:
    """In reading order, as they are numbered; without the numbers behind pictures."""
    return [one for one in blocks_of(document.sections) if isinstance(one, DataTable)]


def placeholders_of(blocks: tuple[Block, ...]) -> list[Placeholder]:
    """The places for the author's own words, written or not."""
    return [one for one in blocks_of(blocks) if isinstance(one, Placeholder)]
