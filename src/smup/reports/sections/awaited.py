"""Figures nobody has yet, area by area, under who is to supply the data."""

from collections.abc import Sequence

from smup.catalogue import Indicator
from smup.documents import Block, Items, Paragraph, Section, Strong
from smup.reports.awaiting import LIST
from smup.reports.gaps import waiting_blocks
from smup.reports.matter import Matter
from smup.telling.feeding import is_fed
from smup.telling.strings import strings


def awaited(matter: Matter, _: str = "") -> Section | None:
    """None where everything the report is about has values somewhere."""
    t = strings(matter.lang)
    waiting = [one for one in matter.indicators if not is_fed(matter.release, one)]
    areas = dict.fromkeys(one.area for one in waiting)
    parts = [block for area in areas for block in _of_area(matter, area, waiting)]
    return Section(LIST, t["awaited"], (Paragraph((t["awaited_lead"],)), *parts)) if parts else None


def _of_area(matter: Matter, area: str, waiting: Sequence[Indicator]) -> tuple[Block, ...]:
    name = getattr(matter.release.catalogue.areas[area].name, matter.lang)
    listed = waiting_blocks(matter, [one for one in waiting if one.area == area])
    return (Paragraph((Strong(name),)), *(one for one in listed if isinstance(one, Items)))
