"""Figures of the portal as pictures of a document: drawn bare, read out, with their numbers."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal

from smup.catalogue import Indicator
from smup.documents.blocks import Cell, Chart, Column, DataTable, Picture
from smup.language import Lang, format_number
from smup.present.alone import bare
from smup.present.data import Cell as Given
from smup.present.data import Data, Plot
from smup.present.figure import Figure
from smup.present.sentences import apart_sentence, ended
from smup.present.tables import Table
from smup.reports.matter import Matter
from smup.reports.tables import NOTHING
from smup.store.releases import Release
from smup.telling.charts.trend import trend
from smup.telling.naming import told_apart
from smup.telling.strings import strings
from smup.telling.units.standing import role_of

Row = tuple[Given, ...]

MOST_ROWS = 400  # ten units over forty years
_KINDS = {
    "linie": "line",
    "trend": "line",
    "rozklad": "histogram",
    "mapa": "map",
    "male-wykresy": "multiples",
    "slupki": "bars",
    "porownanie": "bars",
    "kropki": "dots",
    "profil": "profile",
}


def picture(figure: Figure, matter: Matter) -> Picture:
    """A figure for a document. Its caption states the finding and what is measured; its numbers
    stand in columns, and where a line or bars say them all, so does the chart of a spreadsheet."""
    heading, data = figure.heading, figure.data
    caption, notes = _caption(figure, matter.lang), " ".join(map(ended, figure.notes))
    table, chart = _counted(figure.table, caption, heading.foot), None
    if data is not None and _is_readable(data):
        table, chart = _pivoted(data, caption, heading.foot, matter)
    elif data is not None and data.plot.binned:
        chart = Chart("column", 0, (1,))
    read_out = _read_out(figure, matter.lang)
    return Picture(bare(figure), read_out, caption, heading.foot, table, chart, notes)


def trend_picture(matter: Matter, indicator: Indicator) -> Picture | str:
    """The unit over the years asked for beside the median of its group; a sentence where there is
    nothing to draw."""
    unit, role = matter.unit, role_of(matter.unit, indicator, matter.role)
    years = matter.years(indicator)
    drawn = trend(matter.release, unit, indicator, role, matter.lang, within=years)
    return drawn if isinstance(drawn, str) else picture(drawn, matter)


def _is_readable(data: Data) -> bool:
    """Not the values of all units: of those the table of the figure says what matters."""
    return not data.plot.binned and data.plot.mark != "tick" and len(data.rows) <= MOST_ROWS


def _caption(figure: Figure, lang: Lang) -> str:
    """The finding, then what is measured; the other way round where there is no finding."""
    heading = figure.heading
    if ended(heading.title) == apart_sentence(lang):
        return f"{ended(heading.subtitle)} {heading.title}"
    return f"{ended(heading.title)} {heading.subtitle}"


def _read_out(figure: Figure, lang: Lang) -> str:
    """What kind of picture it is, and the sentence that says what it shows."""
    t = strings(lang)
    kind = t[f"report_alt_{_KINDS.get(figure.heading.ident, 'chart')}"]
    heading = figure.heading
    about = heading.title if figure.sentence in heading.subtitle else heading.subtitle
    said = [ended(one) for one in (about, figure.sentence, heading.mark) if one]
    return f"{kind}: {' '.join(said)}"


def _counted(table: Table, caption: str, foot: str) -> DataTable:
    """Classes and how many units are in each."""
    columns = tuple(Column(name, number=at in table.numeric) for at, name in enumerate(table.head))
    rows = tuple(
        tuple(Cell(words, float(words) if at in table.numeric and words.isdecimal() else None)
              for at, words in enumerate(row))
        for row in table.rows
    )  # fmt: skip
    return DataTable(caption, columns, rows, foot)


def _pivoted(data: Data, caption: str, foot: str, matter: Matter) -> tuple[DataTable, Chart | None]:
    """Observations with what is compared in rows and its series in columns: the years of a line
    downwards, the units of bars and dots downwards."""
    down, across = _sides(data.plot)
    if down not in {column.ident for column in data.columns}:
        return _as_given(data, caption, foot, matter.lang)
    of = _Observations(data, down, across, matter)
    rows = tuple(of.row(key) for key in of.keys)
    columns = (Column(of.titles[down]), *(Column(n, of.measure, number=True) for n in of.names))
    series = tuple(range(1, len(columns)))
    kind: Literal["line", "bar"] = "line" if down == "year" else "bar"
    # A line of a spreadsheet joins years that do not compare, which the picture leaves apart.
    is_drawn = of.is_one_measure and (kind == "bar" or of.are_years_joined)
    chart = Chart(kind, 0, series) if is_drawn else None
    return DataTable(caption, columns, rows, foot), chart


def _sides(plot: Plot) -> tuple[str, str]:
    """The columns of the data whose values stand down and across; "" across for a single series."""
    channels = plot.channels
    across = channels.get("color") or channels.get("facet") or ""
    if channels.get("x") in ("value", None):
        return channels.get("y", ""), "name" if channels.get("y") == "indicator" else across
    return ("year", across) if channels.get("x") == "year" else ("", "")


class _Observations:
    """Observations by what stands down and across, in the order in which they come."""

    def __init__(self, data: Data, down: str, across: str, matter: Matter) -> None:
        self.at = {column.ident: place for place, column in enumerate(data.columns)}
        self.titles = {column.ident: column.name for column in data.columns}
        self.lang, self.down = matter.lang, down
        self.decimals = data.columns[self.at["value"]].decimals or 0
        self.by_name = _by_name(matter.release, matter.lang)
        called = _called(data, self.at, matter)

        def named(row: Row, ident: str) -> Given:
            if ident == "name":
                return called(row)
            return row[self.at[ident]] if ident else ""

        self.cells = {(named(row, down), named(row, across)): row for row in data.rows}
        keys = list(dict.fromkeys(key for key, _ in self.cells))
        self.keys: list[Given] = _every_year(keys) if down == "year" else keys
        self.sides = list(dict.fromkeys(side for _, side in self.cells))
        self.names = [str(side) or self.titles["value"] for side in self.sides]
        measures = {str(row[self.at["measure"]]) for row in data.rows if "measure" in self.at}
        self.is_one_measure = len(measures) < 2
        self.measure = measures.pop() if len(measures) == 1 else ""
        about = (self._about(row) for row in data.rows)
        self.are_years_joined = all(one.comparable_over_time for one in about if one)

    def _about(self, row: Row) -> Indicator | None:
        name = str(row[self.at["indicator"]]) if "indicator" in self.at else ""
        return self.by_name.get(name)

    def row(self, key: Given) -> tuple[Cell, ...]:
        head = str(key)
        if self.down == "year" and not any((key, side) in self.cells for side in self.sides):
            nobody = strings(self.lang)["report_no_such_year"]
            return (Cell(head), *(Cell(nobody, gap=True) for _ in self.sides))
        if self.down == "indicator" and not self.is_one_measure:
            one = next(row for (each, _), row in self.cells.items() if each == key)
            head = f"{head}, {one[self.at['measure']]}"
        return (Cell(head), *(self._cell(self.cells.get((key, side))) for side in self.sides))

    def _cell(self, row: Row | None) -> Cell:
        if row is None:
            return Cell(NOTHING, gap=True)
        value = row[self.at["value"]]
        if not isinstance(value, int | float):
            return Cell(str(row[self.at["status"]]) if "status" in self.at else NOTHING, gap=True)
        about = self._about(row)
        decimals = about.decimals if about else self.decimals
        return Cell(format_number(value, decimals, self.lang), float(value), decimals)


def _every_year(keys: list[Given]) -> list[Given]:
    """Also the years of which nobody has a value: a chart drawn from rows would bring the years
    around them together."""
    years = [int(key) for key in keys if key is not None]
    return list(range(min(years), max(years) + 1)) if years else []


def _called(data: Data, at: Mapping[str, int], matter: Matter) -> Callable[[Row], str]:
    """The name of whom a row is about, another for each of several units of one name."""
    units = matter.release.territory.units
    code, name = at.get("unit"), at["name"]
    if code is None:
        return lambda row: str(row[name])
    codes = [one for one in dict.fromkeys(str(row[code]) for row in data.rows) if one in units]
    names = dict(zip(codes, told_apart([units[o] for o in codes], matter.lang), strict=True))
    return lambda row: names.get(str(row[code]), str(row[name]))


def _as_given(data: Data, caption: str, foot: str, lang: Lang) -> tuple[DataTable, Chart | None]:
    """A row an observation; two columns of numbers are a cloud of points."""
    columns = tuple(Column(one.name, number=one.decimals is not None) for one in data.columns)
    rows = tuple(
        tuple(_plain(value, column.decimals, lang)
              for value, column in zip(row, data.columns, strict=True))
        for row in data.rows
    )  # fmt: skip
    places = {column.ident: place for place, column in enumerate(data.columns)}
    x, y = (places.get(data.plot.channels.get(channel, "")) for channel in ("x", "y"))
    chart = None if x is None or y is None else Chart("scatter", x, (y,))
    return DataTable(caption, columns, rows, foot), chart


def _plain(value: Given, decimals: int | None, lang: Lang) -> Cell:
    if value is None:
        return Cell(NOTHING, gap=True)
    if isinstance(value, str) or decimals is None:
        return Cell(str(value))
    return Cell(format_number(value, decimals, lang), float(value), decimals)


@lru_cache(maxsize=8)
def _by_name(release: Release, lang: Lang) -> Mapping[str, Indicator]:
    return {getattr(one.name, lang): one for one in release.catalogue.indicators.values()}
