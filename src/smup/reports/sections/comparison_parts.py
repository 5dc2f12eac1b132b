"""What a comparison of units shows of an area: figures, profile, courses over years, gaps."""

from collections.abc import Iterator, Sequence

from smup.catalogue import Indicator
from smup.documents.blocks import Cell, Column, DataTable, Picture
from smup.panel import Status
from smup.present.values import reason
from smup.reports.matter import Matter
from smup.reports.pictures import picture
from smup.reports.tables import NOTHING, foot_of, number_cell, with_measure
from smup.telling.charts.choosing import dots, lines
from smup.telling.comparing.profile import (
    Side,
    Subject,
    common_level,
    profile,
    range_words,
    sides,
)
from smup.telling.naming import told_apart, year_span
from smup.telling.strings import strings
from smup.telling.units.services import concerns
from smup.telling.units.standing import default_years
from smup.territory import Level

SIDE_BY_SIDE = 5  # units in one table: more do not fit a page
COURSES = 2  # charts over years of an area
PROFILED = 8  # indicators in a profile: as many as are read at the width of a page


def level_of(matter: Matter) -> Level | None:
    """The level at which all of them can be compared; None where there is none."""
    return common_level(matter.units, matter.role.value if matter.role else "")


def of_area(matter: Matter, area: str) -> list[Side]:
    """A side for each indicator of the area of which two of the units have a value: with one there
    is nothing to compare."""
    return [one for one in _sides_of(matter, area) if _known(one) > 1]


def of_one_only(matter: Matter, area: str) -> int:
    """How many indicators of the area only one of the units has a value of."""
    return sum(_known(one) == 1 for one in _sides_of(matter, area))


def _sides_of(matter: Matter, area: str) -> list[Side]:
    level, found = level_of(matter), list[Side]()
    for one in matter.release.catalogue.indicators_of(area=area):
        if matter.years(one) and any(concerns(unit, one.kinds) for unit in matter.units):
            asked = Subject("obszar", area, "", (one,))
            year = _year(matter, one, level)
            found += sides(matter.release, matter.units, asked, level, year)
    return found


def _known(one: Side) -> int:
    return sum(value is not None for value, _ in one.values)


def _year(matter: Matter, indicator: Indicator, level: Level | None) -> int:
    """The year in which units of the level are compared; without one, that in which most of these
    have a value, the newest of several."""
    years = matter.years(indicator)
    usual = default_years(matter.release, level, matter.upto) if level else {}
    if usual.get(indicator.id) in years:
        return usual[indicator.id]
    panel = matter.release.indicators

    def known(year: int) -> int:
        cells = (panel.cell(indicator.id, year, unit.code) for unit in matter.units)
        return sum(value is not None for value, _, _ in cells)

    return max(years, key=lambda year: (known(year), year))


def profiled(
    matter: Matter, area: str, name: str, found: Sequence[Side]
) -> tuple[str, Picture] | None:
    """What the profile of an indicator of each service says, and the profile; judged ones come
    before the others. None where nothing can be drawn."""
    level = level_of(matter)
    if level is None:
        return None
    first: dict[str | None, Side] = {}
    for one in sorted(found, key=lambda side: side.indicator.better == "neither"):
        if one.summary:
            first.setdefault(one.indicator.service, one)
    shown = sorted(first.values(), key=found.index)[:PROFILED]
    subject = Subject("obszar", area, name, tuple(one.indicator for one in shown))
    drawn = profile(matter.release, matter.units, subject, shown, level, None, matter.lang)
    return (drawn.sentence, picture(drawn, matter)) if drawn else None


def side_tables(matter: Matter, subject: str, found: Sequence[Side]) -> Iterator[DataTable]:
    """Indicators downwards, units across; ours stands in each of several tables."""
    others = range(1, len(matter.units))
    if len(matter.units) <= SIDE_BY_SIDE:
        yield _table(matter, subject, found, [0, *others])
        return
    step = SIDE_BY_SIDE - 1
    parts = [others[at : at + step] for at in range(0, len(others), step)]
    t = strings(matter.lang)
    for at, part in enumerate(parts, start=1):
        counted = t["report_part_of"].format(part=at, of=len(parts))
        yield _table(matter, f"{subject} ({counted})", found, [0, *part])


def _table(matter: Matter, caption: str, found: Sequence[Side], shown: Sequence[int]) -> DataTable:
    t, names = strings(matter.lang), told_apart(matter.units, matter.lang)
    level = level_of(matter)
    has_median = level is not None and any(one.summary for one in found)
    columns = [Column(t["indicator"]), Column(t["year"])]
    columns += [Column(names[at], number=True) for at in shown]
    if level is not None and has_median:
        among = range_words(matter.release, matter.units, level, matter.lang)
        columns.append(Column(t["report_median_of"].format(name=among), number=True))
    rows = tuple(
        (
            Cell(with_measure(matter.release, one.indicator, matter.lang)),
            Cell(str(one.year)),
            *(_cell(matter, one, at) for at in shown),
            *([_median(matter, one)] if has_median else []),
        )
        for one in found
    )
    return DataTable(caption, tuple(columns), rows, foot_of(matter, [s.indicator for s in found]))


def _cell(matter: Matter, one: Side, at: int) -> Cell:
    """The value, or why there is none in a few words: columns are narrow."""
    value, status = one.values[at]
    if value is None:
        return Cell(strings(matter.lang)[f"gap_short_{status.name.lower()}"], gap=True)
    return number_cell(matter, one.indicator, value)


def _median(matter: Matter, one: Side) -> Cell:
    if one.summary is None:
        return Cell(NOTHING)
    return number_cell(matter, one.indicator, one.summary.median)


def courses(matter: Matter, found: Sequence[Side]) -> list[tuple[Indicator, Picture]]:
    """The first indicators, of one service each, drawn over the years; of a single year as dots,
    where there is no other."""
    drawn: list[tuple[Indicator, Picture]] = []
    services: set[str | None] = set()
    for one in found:
        if len(drawn) == COURSES:
            break
        if one.indicator.service in services or not _has_course(matter, one.indicator):
            continue
        years = matter.years(one.indicator)
        made = lines(matter.release, matter.units, one.indicator, years, matter.lang)
        if made is not None:
            services.add(one.indicator.service)
            drawn.append((one.indicator, picture(made, matter)))
    return drawn or _dotted(matter, found)


def _has_course(matter: Matter, indicator: Indicator) -> bool:
    """Have two of the units values of several of the years?"""
    wanted, several = set(matter.years(indicator)), 0
    for unit in matter.units:
        cells = matter.release.series(indicator.id, unit.code)
        several += sum(value is not None and year in wanted for year, value, _, _ in cells) > 1
    return several > 1


def _dotted(matter: Matter, found: Sequence[Side]) -> list[tuple[Indicator, Picture]]:
    for one in found:
        made = dots(matter.release, matter.units, one.indicator, [one.year], matter.lang)
        if made is not None:
            return [(one.indicator, picture(made, matter))]
    return []


def missing(matter: Matter, shown: Sequence[Indicator]) -> Iterator[tuple[str, str]]:
    """For each drawn indicator: whose years are missing, and why."""
    names = told_apart(matter.units, matter.lang)
    for indicator in shown:
        told = []
        for unit, name in zip(matter.units, names, strict=True):
            wanted = set(matter.years(indicator))
            gaps: dict[Status, list[int]] = {}
            for year, value, status, _ in matter.release.series(indicator.id, unit.code):
                if value is None and year in wanted:
                    gaps.setdefault(status, []).append(year)
            told += [
                f"{name} {year_span(years)} ({reason(status, matter.lang)})"
                for status, years in gaps.items()
            ]
        if told:
            yield getattr(indicator.name, matter.lang), f"{'; '.join(told)}."
