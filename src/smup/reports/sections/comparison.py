"""Units side by side: who they are, what of them compares, and an area of services."""

from collections.abc import Iterable, Sequence

from smup.documents.blocks import (
    Block,
    Cell,
    Column,
    DataTable,
    Facts,
    Items,
    Paragraph,
    Section,
    Strong,
)
from smup.language import format_number
from smup.present.values import value_text
from smup.reports.matter import Matter
from smup.reports.sections.comparison_parts import (
    PROFILED,
    courses,
    level_of,
    missing,
    of_area,
    of_one_only,
    profiled,
    side_tables,
)
from smup.reports.tables import NOTHING
from smup.telling.comparing.profile import same_group
from smup.telling.naming import kind_name, title, told_apart, where
from smup.telling.strings import strings
from smup.telling.units.company import group_words
from smup.telling.units.facts import INTRODUCING, newest, notices
from smup.territory import Unit


def who(matter: Matter, _: str) -> Section:
    """The units in a table, then what must be known before they are compared."""
    t, release, lang = strings(matter.lang), matter.release, matter.lang
    names = told_apart(matter.units, lang)
    introducing = [release.catalogue.indicators[one] for one in INTRODUCING]
    columns = (
        Column(t["unit_word"]),
        Column(t["report_col_kind"]),
        Column(t["report_col_group"]),
        *(Column(getattr(one.label, lang)) for one in introducing),
    )
    rows = tuple(
        (
            Cell(name),
            Cell(where(unit, release.territory, lang) or kind_name(unit.kind, lang)),
            Cell(group_words(release, unit, lang) or NOTHING),
            *(_fact(matter, unit, one.id) for one in introducing),
        )
        for unit, name in zip(matter.units, names, strict=True)
    )
    foot = f"{t['release']} {release.id}."
    table = DataTable(t["report_who_caption"], columns, rows, foot, frozenset({0}))
    notes = tuple((one,) for one in _comparability(matter))
    blocks: tuple[Block, ...] = (table,)
    if notes:
        blocks += (Paragraph((t["report_comparability"],), "answer"), Items(notes))
    return Section("comparison-units", t["report_who"], blocks + _notices(matter, names))


def _fact(matter: Matter, unit: Unit, name: str) -> Cell:
    """Population, area or density with its year: the years of units may differ."""
    known = newest(matter.release.indicators, name, unit.code)
    if known is None:
        return Cell(NOTHING, gap=True)
    year, value = known
    indicator = matter.release.catalogue.indicators[name]
    measure = matter.release.catalogue.measures[indicator.unit]
    return Cell(f"{value_text(value, indicator, measure, matter.lang)} ({year})")


def _comparability(matter: Matter) -> Iterable[str]:
    """Why figures of these units may differ for other reasons than how they work."""
    t, units = strings(matter.lang), matter.units
    if level_of(matter) is None:
        yield t["report_levels_differ"]
    elif not same_group(matter.release, units):
        yield t["report_groups_differ"]
    cities = [unit for unit in units if len(unit.levels) > 1]
    if cities and len(cities) < len(units):
        names = ", ".join(title(unit, matter.lang) for unit in cities)
        yield t["report_cities_among"].format(names=names)


def _notices(matter: Matter, names: Sequence[str]) -> tuple[Block, ...]:
    """Units created, abolished or without borders, each with what follows from it."""
    rows = tuple(
        ((name,), tuple((one,) for one in told))
        for unit, name in zip(matter.units, names, strict=True)
        if (told := notices(matter.release, unit, matter.lang))
    )
    return (Facts(rows),) if rows else ()


def compared_areas(matter: Matter) -> list[str]:
    """Areas in which there is something to compare."""
    return [area for area in matter.release.catalogue.areas if of_area(matter, area)]


def comparison(matter: Matter, area: str) -> Section | None:
    """One area: the profile, the figures, the courses of the leading indicators, missing years."""
    found = of_area(matter, area)
    if not found:
        return None
    t, name = strings(matter.lang), _area_name(matter, area)
    blocks: list[Block] = []
    drawn = profiled(matter, area, name, found)
    if drawn is not None:
        sentence, profile = drawn
        note = t["report_profile_note"].format(most=PROFILED)
        blocks += [Paragraph((sentence,)), profile, Paragraph((note,), "quiet")]
    blocks += side_tables(matter, name, found)
    if alone := of_one_only(matter, area):
        number = format_number(alone, 0, matter.lang)
        blocks.append(Paragraph((t["report_one_only"].format(n=number),), "quiet"))
    shown = courses(matter, found)
    blocks += [made for _, made in shown]
    told = [
        (Strong(f"{indicator}:"), f" {words}")
        for indicator, words in missing(matter, [one for one, _ in shown])
    ]
    if told:
        blocks += [Paragraph((t["report_missing_years"],), "quiet"), Items(tuple(told))]
    return Section(f"comparison-{area}", name, (*blocks,))


def _area_name(matter: Matter, area: str) -> str:
    name: str = getattr(matter.release.catalogue.areas[area].name, matter.lang)
    return name
