"""How the council and residents debate the report on the state of a gmina or powiat, in short."""

from smup.documents import Block, Items, Paragraph, Section
from smup.present.values import value_text
from smup.reports.matter import Matter
from smup.reports.papers import level_of
from smup.reports.sections.portrait import POPULATION
from smup.telling.strings import strings
from smup.telling.units.facts import newest

POINTS = ("sitting", "councillors", "signatures", "speakers", "vote")


def debate(matter: Matter, _: str = "") -> Section:
    """An information box of the report that is debated, for who asks for it."""
    t, level = strings(matter.lang), level_of(matter.unit)
    points = tuple((t.get(f"debate_{one}_{level}") or t[f"debate_{one}"],) for one in POINTS)
    blocks: tuple[Block, ...] = (Items(points), *_population(matter))
    checked = Paragraph((t["debate_checked"],), "note")
    return Section("debate", t["debate"], (*blocks, checked))


def _population(matter: Matter) -> tuple[Paragraph, ...]:
    """How many residents the unit has: the number of signatures depends on it."""
    release, lang = matter.release, matter.lang
    known = newest(release.indicators, POPULATION, matter.unit.code)
    if known is None:
        return ()
    indicator = release.catalogue.indicators[POPULATION]
    value = value_text(known[1], indicator, release.catalogue.measures[indicator.unit], lang)
    words = strings(lang)["debate_population"].format(value=value, year=known[0])
    return (Paragraph((words,)),)
