"""A chapter of a yearly paper: what its figures say, the figures, then places for own words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from smup.catalogue import Indicator
from smup.documents import Block, Paragraph, Section
from smup.documents.blocks import Cell, DataTable, Placeholder
from smup.reports.awaiting import awaiting
from smup.reports.gaps import gap_blocks
from smup.reports.matter import CannotWrite, Matter
from smup.reports.papers import Prompt, paper_of
from smup.reports.papers.saying import paper, placeholders, title_words
from smup.reports.papers.years import LATER, part_of_school_year, school_year
from smup.reports.sections.area import beware, courses, is_drawn, opening, outstanding
from smup.reports.tables import standings_table
from smup.telling.strings import strings
from smup.telling.units.standing import Standing

TRENDS = 2  # pictures of a chapter at most
LONG = 4  # years with a value from which a course is worth a picture
_YEAR = 2  # the column of the year in a table of standings


def chapters(matter: Matter) -> tuple[str, ...]:
    """The chapters of the paper in its order; none of a kind that is no paper."""
    found = paper_of(matter.definition.kind)
    return tuple(found.chapters) if found is not None else ()


def chapter(matter: Matter, name: str) -> Section | None:
    """None where the chapter is not for such a unit, or has neither figures nor places.

    Raises CannotWrite without its name.
    """
    whole = paper(matter)
    if name not in whole.chapters:
        raise CannotWrite(f"Nie ma rozdziału „chapter:{name}”. Są: {', '.join(whole.chapters)}.")
    one = whole.chapters[name]
    if not one.is_for(matter.unit):
        return None
    figures = whole.figures(matter.release.catalogue, one, matter.unit)
    places = placeholders(matter, one)
    if not figures and not places:
        return None
    title: str = getattr(one.title, matter.lang)
    lead = (Paragraph((getattr(one.lead, matter.lang),)),) if one.lead else ()
    own = _apart(matter, one.texts, places)
    return Section(name, title, (*lead, *_figures(matter, figures, title), *own))


def _apart(
    matter: Matter, asked: Mapping[str, Prompt], places: Sequence[Placeholder]
) -> Sequence[Block]:
    """Several places under their titles: what is written there does not say which it is."""
    if len(places) < 2:
        return places
    titled = ((one, title_words(matter, asked[one.id])) for one in places)
    return [Section(f"own-{one.id}", title, (one,)) for one, title in titled]


def _figures(matter: Matter, figures: Sequence[Indicator], title: str) -> Iterator[Block]:
    """What they come to, a table, courses; then what has no value and why, and what to beware
    of in what was drawn."""
    found = [matter.standings[one.id] for one in figures if one.id in matter.standings]
    known = [one for one in found if one.value is not None]
    pictures = list(courses(matter, (one for one in known if _is_long(matter, one)), TRENDS))
    if known:
        yield opening(matter, found, known)
        yield from outstanding(matter, known)
        yield _table(matter, known, title)
        yield from (drawn for _, drawn in pictures)
    yield from gap_blocks(matter, found)
    yield from awaiting(matter, figures)
    yield from beware(matter, [one for one, _ in pictures])


def _is_long(matter: Matter, one: Standing) -> bool:
    return is_drawn(one) and len(matter.years(one.indicator)) >= LONG


def _table(matter: Matter, known: Sequence[Standing], title: str) -> DataTable:
    """With school years where the figures are counted by them."""
    caption = strings(matter.lang)["paper_table"].format(title=title)
    table = standings_table(matter, known, matter.definition.comparators, caption)
    if paper(matter).year != "school":
        return table
    rows = tuple(
        (*row[:_YEAR], _in_school_years(matter, one, row[_YEAR]), *row[_YEAR + 1 :])
        for row, one in zip(table.rows, known, strict=True)
    )
    return replace(table, rows=rows)


def _in_school_years(matter: Matter, one: Standing, told: Cell) -> Cell:
    """The cell of a year with the school year in its place."""
    year, part = one.year or 0, part_of_school_year(matter.release, one.indicator)
    if part == "budget":
        return told
    return Cell(told.text.replace(str(year), school_year(year - LATER[part]), 1))
