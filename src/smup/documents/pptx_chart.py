"""A native chart of a slide, with its numbers in a workbook of its own."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.util import Pt

from smup.documents.blocks import Chart, DataTable
from smup.documents.native import COLOURS, GRID, LINE, SECOND, colours_of, number_format

_TYPES = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "scatter": XL_CHART_TYPE.XY_SCATTER,
}
_MARKS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND,
          XL_MARKER_STYLE.TRIANGLE)  # fmt: skip
_LETTERS = Pt(12)
MOST_BARS = 24  # that can be read on a slide


def fits(chart: Chart, table: DataTable) -> bool:
    """Can a slide draw it by itself so that it is read?"""
    if chart.kind in ("bar", "column"):
        return len(table.rows) * len(chart.series) <= MOST_BARS
    return bool(table.rows)


def add_chart(
    shapes: Any, place: tuple[int, int, int, int], chart: Chart, table: DataTable, made: date
) -> Any:
    """The frame of the chart at left, top, width, height; a gap stays empty."""
    data = _points(chart, table) if chart.kind == "scatter" else _categories(chart, table)
    frame = shapes.add_chart(_TYPES[chart.kind], *place, data)
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(_workbook(chart, table, made))
    _look(drawn, chart, table)
    return frame


def _categories(chart: Chart, table: DataTable) -> CategoryChartData:
    data = CategoryChartData(number_format=_format(chart, table))
    data.categories = [row[chart.categories].text for row in table.rows]
    for x in chart.series:
        data.add_series(table.columns[x].title, [row[x].value for row in table.rows])
    return data


def _points(chart: Chart, table: DataTable) -> XyChartData:
    data = XyChartData(number_format=_format(chart, table))
    for column in chart.series:
        series = data.add_series(table.columns[column].title)
        for x, y in _pairs(chart, table, column):
            series.add_data_point(x, y)
    return data


def _format(chart: Chart, table: DataTable) -> str:
    cells = (row[x] for x in chart.series for row in table.rows)
    return next((number_format(cell) for cell in cells if cell.value is not None), "General")


def _workbook(chart: Chart, table: DataTable, made: date) -> bytes:
    """The numbers where the chart looks for them, in a file without a clock and without formulas:
    python-pptx would write words that begin with = as such."""
    out = BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, safe) as book:
        book.set_properties({"created": datetime.combine(made, time())})
        shown = book.add_format({"num_format": _format(chart, table)})
        fill = _fill_points if chart.kind == "scatter" else _fill_categories
        fill(book.add_worksheet(), shown, chart, table)
    return out.getvalue()


def _fill_categories(sheet: Any, shown: Any, chart: Chart, table: DataTable) -> None:
    for x, column in enumerate(chart.series, start=1):
        sheet.write_string(0, x, table.columns[column].title)
    for y, row in enumerate(table.rows, start=1):
        sheet.write_string(y, 0, row[chart.categories].text)
        for x, column in enumerate(chart.series, start=1):
            if (value := row[column].value) is not None:
                sheet.write_number(y, x, value, shown)


def _fill_points(sheet: Any, shown: Any, chart: Chart, table: DataTable) -> None:
    """Series one below another, each with its heading and an empty row after it."""
    top = 0
    for column in chart.series:
        sheet.write_string(top, 1, table.columns[column].title)
        points = _pairs(chart, table, column)
        for y, pair in enumerate(points, start=top + 1):
            sheet.write_row(y, 0, pair, shown)
        top += len(points) + 2


def _pairs(chart: Chart, table: DataTable, column: int) -> list[tuple[float, float]]:
    found = ((row[chart.categories].value, row[column].value) for row in table.rows)
    return [(x, y) for x, y in found if x is not None and y is not None]


def _look(drawn: Drawn, chart: Chart, table: DataTable) -> None:
    drawn.font.size, drawn.font.color.rgb = _LETTERS, _colour(SECOND)
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for at, series in enumerate(drawn.series):
        _series(series, at, chart.kind)
        if chart.kind in ("bar", "column"):
            _points_of(series, colours_of(chart, table, at))
    names, numbers = drawn.category_axis, drawn.value_axis
    names.format.line.color.rgb = numbers.major_gridlines.format.line.color.rgb = _colour(GRID)
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    numbers.format.line.fill.background()
    numbers.tick_labels.number_format = _format(chart, table)
    numbers.tick_labels.number_format_is_linked = False
    if chart.kind in ("bar", "column"):
        drawn.plots[0].gap_width = 60
    if chart.kind == "bar":  # the first row stands above, as in the table
        names.reverse_order = True
        numbers.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    unit = table.columns[chart.series[0]].unit
    if unit:
        _titled(numbers, unit)
    if chart.kind == "scatter":
        _titled(names, table.columns[chart.categories].title)


def _series(series: Any, at: int, kind: str) -> None:
    colour = _colour(COLOURS[at % len(COLOURS)])
    if kind in ("bar", "column"):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        return
    if kind == "line":
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2.5)
        series.smooth = False
    else:
        series.format.line.fill.background()
    mark = series.marker
    mark.style, mark.size = _MARKS[at % len(_MARKS)], 7
    mark.format.fill.solid()
    mark.format.fill.fore_color.rgb = mark.format.line.color.rgb = colour


def _points_of(series: Any, colours: list[str]) -> None:
    """Colours the bars of others, where ours stand out."""
    for y, colour in enumerate(colours):
        if colour == LINE:
            fill = series.points[y].format.fill
            fill.solid()
            fill.fore_color.rgb = _colour(colour)


def _titled(axis: Any, words: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = words
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = _LETTERS, False, _colour(SECOND)


def _colour(name: str) -> RGBColor:
    colour: RGBColor = RGBColor.from_string(name.upper())
    return colour
