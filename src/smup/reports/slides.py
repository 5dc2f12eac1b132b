"""The six slides that tell a report in short, from what its sections already say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from smup.documents import Facts, Items, Line, Paragraph, Section
from smup.documents.blocks import Block, DataTable, Picture
from smup.documents.document import Slide, blocks_of
from smup.present.sentences import as_title
from smup.reports.matter import Matter
from smup.reports.sections.findings import findings, sides
from smup.reports.sections.limitations import limitations
from smup.reports.sections.portrait import portrait
from smup.reports.sections.sources import sources
from smup.reports.titling import subject_words
from smup.telling.strings import strings

LINES = 5  # of a slide
ROWS = 11  # of a table on a slide
SHOWN = 4  # slides between the first and the last
MOST_EACH = 3  # lines of the last, on sources and on limitations
_SENTENCE = re.compile(r"(?<=\.) (?=[A-ZĄĆĘŁŃÓŚŹŻ])")  # "2025 r. wartość" goes on


def slides(matter: Matter, sections: Sequence[Section]) -> tuple[Slide, ...]:
    """What is known, who it is and what stands out, figures, what to beware of. Six, where the
    report has enough to fill them."""
    t = strings(matter.lang)
    first = Slide(subject_words(matter), tuple(_lines(sections[:1]))[:LINES])
    middle = [*_of_unit(matter), *_shown(sections)][:SHOWN]
    beware = (sources(matter), limitations(matter))
    each = [line for section in beware for line in tuple(_lines([section]))[:MOST_EACH]]
    return (first, *middle, Slide(t["report_slide_sources"], tuple(each)))


def _lines(sections: Sequence[Section]) -> Iterator[Line]:
    """What is said in sentences, in order."""
    for block in blocks_of(tuple(sections)):
        match block:
            case Paragraph(one):
                yield one
            case Items(several):
                yield from several
            case Facts(rows):
                yield from ((*name, ": ", *said) for name, told in rows for said in told)


def _of_unit(matter: Matter) -> list[Slide]:
    """Who one unit is, and where it is strong and weak."""
    if len(matter.units) > 1 or matter.definition.indicator:
        return []
    who = portrait(matter)
    told = [Slide(who.title, tuple(_lines([who]))[: LINES + 1])]
    return [*told, *_sides(matter)]


def _sides(matter: Matter) -> list[Slide]:
    """A slide for each side; one for both where a side would be a single sentence."""
    found = findings(matter)
    if found is None:
        return []
    t, (strong, weak) = strings(matter.lang), sides(matter, matter.told)
    if strong and weak:
        both = (t["findings_strong"], strong), (t["findings_weak"], weak)
        return [Slide(title, tuple(lines)[:LINES]) for title, lines in both]
    return [Slide(found.title, tuple(_lines([found]))[: LINES + 1])]


def _shown(sections: Sequence[Section]) -> list[Slide]:
    """A picture and a table in turn, in the order in which the report has them."""
    blocks: list[Block] = list(blocks_of(tuple(sections)))
    pictures = [_pictured(one) for one in blocks if isinstance(one, Picture)]
    tables = [_tabled(one) for one in blocks if isinstance(one, DataTable)]
    in_turn: list[Slide] = []
    for at in range(SHOWN):
        in_turn += [*pictures[at : at + 1], *tables[at : at + 1]]
    return in_turn


def _pictured(one: Picture) -> Slide:
    """The finding of a picture is the title of its slide."""
    return Slide(as_title(_SENTENCE.split(one.caption)[0]), (), one)


def _tabled(one: DataTable) -> Slide:
    """As many rows as can be read from a chair; those of ours among them first."""
    order = sorted(range(len(one.rows)), key=lambda at: at not in one.mine)[:ROWS]
    rows = tuple(one.rows[at] for at in sorted(order))
    mine = frozenset(at for at, old in enumerate(sorted(order)) if old in one.mine)
    return Slide(one.caption, (), replace(one, rows=rows, mine=mine))
