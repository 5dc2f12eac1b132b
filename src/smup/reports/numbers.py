"""Every number of a unit, for forms that carry data: the table of its page, to be taken along."""

from functools import partial

from smup.documents.blocks import Cell, Column, DataTable
from smup.documents.document import Numbers
from smup.formats import synthetic
from smup.language import Lang, fold, format_number
from smup.reports.matter import Matter
from smup.reports.tables import NOTHING
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.units.data import Row, csv_file, rows
from smup.territory import Unit


def numbers(matter: Matter) -> tuple[Numbers, ...]:
    """All years of all indicators of the one unit a report is about; nothing where it is about
    several, whose figures stand in its tables."""
    if len(matter.units) > 1 or matter.definition.indicator:
        return ()
    return (_of_unit(matter, matter.unit),)


def _of_unit(matter: Matter, unit: Unit) -> Numbers:
    release, lang = matter.release, matter.lang
    t = strings(lang)
    told = tuple(_row(one, lang) for one in rows(release, unit, lang))
    caption = t["unit_data_title"].format(name=title(unit, lang))
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in fold(unit.name))
    file = synthetic.file_name(f"{unit.code}-{name}-{release.id}.csv", release.synthetic, lang)
    table = DataTable(caption, _columns(lang), told)
    return Numbers(table, file, partial(csv_file, release, unit, lang))


def _columns(lang: Lang) -> tuple[Column, ...]:
    t = strings(lang)
    return (
        Column(t["indicator"]),
        Column(t["col_area"]),
        Column(t["year"]),
        Column(t["value"], number=True),
        Column(t["chart_measure"]),
        Column(t["col_flags"]),
        Column(t["col_group_median"], number=True),
        Column(t["col_group_place"], number=True),
        Column(t["col_group_size"], number=True),
    )


def _row(one: Row, lang: Lang) -> tuple[Cell, ...]:
    _, name, area, _, _, measure = one.words
    value = Cell(one.status, gap=True) if one.value is None else _number(one.value, one, lang)
    median = Cell(NOTHING) if one.median is None else _number(one.median, one, lang)
    return (
        Cell(name),
        Cell(area),
        Cell(str(one.year)),
        value,
        Cell(measure),
        Cell(one.flags),
        median,
        _count(one.place, lang),
        _count(one.with_data, lang),
    )


def _number(value: float, one: Row, lang: Lang) -> Cell:
    return Cell(format_number(value, one.decimals, lang), value, one.decimals)


def _count(value: int | None, lang: Lang) -> Cell:
    return Cell(NOTHING) if value is None else Cell(format_number(value, 0, lang), float(value))
