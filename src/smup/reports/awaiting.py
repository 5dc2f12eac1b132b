"""Figures nobody has yet: named where they belong, or counted there and listed at the end."""

from collections.abc import Sequence

from smup.catalogue import Indicator
from smup.documents import Block, Link, Paragraph
from smup.language import plural
from smup.reports.gaps import waiting_blocks
from smup.reports.matter import Matter
from smup.telling.feeding import is_fed
from smup.telling.strings import strings

LIST = "awaited"  # the part that lists them


def awaiting(matter: Matter, indicators: Sequence[Indicator]) -> tuple[Block, ...]:
    """In a report that lists them at its end, how many wait; else each under its supplier."""
    if LIST not in (matter.definition.sections or matter.plan.sections):
        return waiting_blocks(matter, indicators)
    count = sum(not is_fed(matter.release, one) for one in indicators)
    if not count:
        return ()
    t = strings(matter.lang)
    words = t[f"awaited_{plural(count, 'one', 'few', 'many')}"].format(n=count)
    return (Paragraph((f"{words} ", Link(t["awaited"], f"#{LIST}"), "."), "quiet"),)
