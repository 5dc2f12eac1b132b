"""All units of a województwo in the order of one indicator, and how the whole changed."""

from collections.abc import Iterator, Mapping

from smup.compare.positions import Summary, part_of
from smup.documents.blocks import (
    Block,
    Cell,
    Column,
    DataTable,
    Items,
    Paragraph,
    Picture,
    Section,
    Strong,
)
from smup.language import format_number, sort_key
from smup.panel import Status
from smup.present.shading import Cells
from smup.present.values import reason
from smup.reports.gaps import NAMES
from smup.reports.matter import Matter
from smup.reports.pictures import picture
from smup.reports.sections.indicator import cells_inside, looks, the_indicator
from smup.reports.tables import NOTHING, count_cell, foot_of, number_cell, symbol_of
from smup.telling.captions import counted
from smup.telling.charts.trend import trend
from smup.telling.indicators.ranking import order
from smup.telling.maps.shapes import cells_of
from smup.telling.naming import level_name, title
from smup.telling.strings import strings
from smup.telling.units.places import places_within_reach, reach_words, small_base_words
from smup.territory import Kind, Level, Unit

Reach = tuple[int, int] | None  # best and worst place within the interval


def ranking(matter: Matter, _: str) -> Section | None:
    """Every unit with a value in order, those without apart, for each level."""
    t, indicator = strings(matter.lang), the_indicator(matter)
    blocks: list[Block] = []
    for level, year in looks(matter):
        blocks += _level(matter, level, year)
    if not blocks:
        return None
    lead = Paragraph((t[f"ranking_best_{indicator.better}"],))
    return Section("indicator-ranking", t["ranking"], (lead, *blocks))


def _level(matter: Matter, level: Level, year: int) -> list[Block]:
    t, indicator = strings(matter.lang), the_indicator(matter)
    cells = cells_inside(matter, level, year)
    reach = places_within_reach(matter.release, indicator.id, level, year)
    blocks: list[Block] = [_table(matter, level, year, cells)]
    if reach:
        blocks.append(Paragraph((t["reach_column_note"],), "quiet"))
    if None in reach.values():
        words = small_base_words("small_base_note", matter.release, indicator, matter.lang)
        blocks.append(Paragraph((words,), "quiet"))
    return blocks + _without(matter, cells)


def _table(matter: Matter, level: Level, year: int, cells: Cells) -> DataTable:
    t, release, indicator = strings(matter.lang), matter.release, the_indicator(matter)
    everyone = cells_of(release, indicator.id, level, year)
    country = {code: rank for rank, code, _ in order(everyone, indicator, release)}
    reach = places_within_reach(release, indicator.id, level, year)
    of = format_number(len(country), 0, matter.lang)
    columns = (
        Column(t["report_col_place_inside"], number=True),
        Column(t["unit_word"]),
        Column(t["report_col_powiat"] if level is Level.GMINA else t["report_col_group"]),
        Column(t["value"], symbol_of(release, indicator, matter.lang), number=True),
        Column(t["report_col_place_country"].format(of=of), number=True),
        *([Column(t["reach"])] if reach else []),
    )
    rows = tuple(
        (
            _rank(matter, rank, code, reach),
            Cell(title(release.territory.units[code], matter.lang)),
            Cell(_whose(matter, release.territory.units[code], level)),
            number_cell(matter, indicator, value),
            _rank(matter, country[code], code, reach),
            *([_reach(matter, reach.get(code))] if reach else []),
        )
        for rank, code, value in order(cells, indicator, release)
    )
    name = getattr(indicator.name, matter.lang)
    caption = f"{name}, {year}: {level_name(level, matter.lang)}, {title(matter.unit, matter.lang)}"
    foot = f"{counted(len(rows), len(cells), matter.lang)} {foot_of(matter, [indicator])}"
    return DataTable(caption, columns, rows, foot)


def _rank(matter: Matter, rank: int, code: str, reach: Mapping[str, Reach]) -> Cell:
    """No place on too small a base."""
    small = code in reach and reach[code] is None
    return Cell(NOTHING) if small else count_cell(rank, matter.lang)


def _reach(matter: Matter, found: Reach) -> Cell:
    return Cell(reach_words(*found, matter.lang)) if found else Cell(NOTHING)


def _whose(matter: Matter, unit: Unit, level: Level) -> str:
    """The powiat of a gmina, the fixed group of a powiat."""
    release = matter.release
    if level is Level.POWIAT or unit.kind is Kind.MIASTO:
        group = release.frame.groups.get(unit.code)
        named = release.catalogue.groups[group].name if group else None
        return str(getattr(named, matter.lang)) if named else NOTHING
    return release.territory.units[unit.powiat].name if unit.powiat else NOTHING


def _without(matter: Matter, cells: Cells) -> list[Block]:
    """Every unit without a value under its reason, the most frequent reason first."""
    t, units = strings(matter.lang), matter.release.territory.units
    found: dict[Status, list[Unit]] = {}
    for code, (value, status) in cells.items():
        if value is None:
            found.setdefault(status, []).append(units[code])
    if not found:
        return []
    lines = []
    for status, without in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        names = [title(u, matter.lang) for u in sorted(without, key=lambda u: sort_key(u.name))]
        why, n = reason(status, matter.lang), format_number(len(names), 0, matter.lang)
        lines.append((Strong(f"{why[:1].upper()}{why[1:]} ({n}):"), f" {NAMES.join(names)}."))
    return [Paragraph((t["report_gaps"],), "quiet"), Items(tuple(lines))]


def change(matter: Matter, _: str) -> Section | None:
    """The województwo over the years, and the spread of its units in each."""
    t, indicator = strings(matter.lang), the_indicator(matter)
    years = matter.years(indicator)
    if not years:
        return None
    drawn = trend(
        matter.release, matter.unit, indicator, Level.WOJEWODZTWO, matter.lang, within=years
    )
    first = Paragraph((drawn,)) if isinstance(drawn, str) else picture(drawn, matter)
    blocks: list[Block | Picture] = [first, *_spreads(matter, years)]
    return Section("indicator-change", t["trend"], (*blocks,))


def _spreads(matter: Matter, years: list[int]) -> Iterator[DataTable]:
    """Quartiles of the units of each level in every year in which enough of them have values."""
    t, indicator = strings(matter.lang), the_indicator(matter)
    symbol = symbol_of(matter.release, indicator, matter.lang)
    heads = [t[f"report_col_{key}"] for key in ("least", "quarter", "half", "three", "most")]
    columns = (
        Column(t["year"]),
        *(Column(head, symbol, number=True) for head in heads),
        Column(t["report_col_units"], number=True),
    )
    for level, _ in looks(matter):
        found = [(year, one) for year in years if (one := _summary(matter, level, year))]
        rows = tuple(
            (
                Cell(str(year)),
                *(
                    number_cell(matter, indicator, value)
                    for value in (one.low, one.q1, one.median, one.q3, one.high)
                ),
                count_cell(one.with_data, matter.lang),
            )
            for year, one in found
        )
        if len(rows) > 1:
            caption = t["report_spreads_caption"].format(
                name=getattr(indicator.name, matter.lang),
                level=level_name(level, matter.lang),
                region=title(matter.unit, matter.lang),
            )
            yield DataTable(caption, columns, rows, foot_of(matter, [indicator]))


def _summary(matter: Matter, level: Level, year: int) -> Summary | None:
    """Of the units of the województwo, as the release holds it; None where too few have values."""
    release, indicator = matter.release, the_indicator(matter)
    positions = release.positions.get(level)
    if positions is None:
        return None
    for code in cells_inside(matter, level, year):
        unit = release.territory.units[code]
        part = part_of(release.frame, unit, indicator, level, "wojewodztwo")
        if part is not None and len(unit.levels) < 2:
            found = positions.summary(indicator.id, year, part)
            return found if found is not None and found.is_telling else None
    return None
