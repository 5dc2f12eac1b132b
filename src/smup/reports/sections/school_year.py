"""What is known of a school year: counts at its beginning, examinations at its end, the budget."""

from collections.abc import Iterator

from smup.catalogue import Indicator
from smup.documents import Block, Paragraph, Section
from smup.language import plural
from smup.reports.matter import Matter
from smup.reports.papers.saying import first_year, paper, year_words
from smup.reports.papers.years import LATER, part_of_school_year
from smup.reports.sections.known import known_blocks
from smup.reports.timeliness import timeliness
from smup.telling.feeding import fed
from smup.telling.strings import strings
from smup.telling.units.facts import notices


def school_year_known(matter: Matter, _: str = "") -> Section | None:
    """None for a paper about a calendar year."""
    if paper(matter).year != "school":
        return None
    t = strings(matter.lang)
    told = notices(matter.release, matter.unit, matter.lang)
    blocks = (*(Paragraph((one,), "note") for one in told), *_parts(matter))
    return Section("school-year", t["school_known"].format(year=year_words(matter)), blocks)


def _parts(matter: Matter) -> Iterator[Block]:
    """Each part of the year that the report has figures of."""
    t, first = strings(matter.lang), first_year(matter)
    for part, later in LATER.items():
        mine = [
            one for one in matter.indicators if part_of_school_year(matter.release, one) == part
        ]
        if mine:
            year = first + later
            title = t[f"school_{part}"].format(year=year)
            yield Section(f"school-year-{part}", title, _known(matter, mine, year))


def _known(matter: Matter, mine: list[Indicator], year: int) -> tuple[Block, ...]:
    """How many figures are of the year; of data nobody has yet, just that."""
    if fed(matter.release, mine):
        return known_blocks(matter, timeliness(matter, mine, year))
    t = strings(matter.lang)
    form = plural(len(mine), "one", "few", "many")
    return (Paragraph((t[f"school_waits_{form}"].format(n=len(mine)),)),)
