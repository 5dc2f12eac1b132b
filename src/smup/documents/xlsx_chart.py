"""A native chart of a workbook, drawn from the cells of its sheet."""

from typing import Any

from smup.documents.blocks import Chart, DataTable, Picture
from smup.documents.native import COLOURS, GRID, SECOND, colours_of

_SECOND, _LINE = f"#{SECOND}", f"#{GRID}"
_WIDTH, _LEAST_HEIGHT, _BAR = 640, 340, 26  # px
_MOST_HEIGHT = 1200
_MARKS = ("circle", "square", "diamond", "triangle", "x", "plus")


def chart_of(book: Any, picture: Picture, chart: Chart, sheet: str, head: int, shape: str) -> Any:
    """The chart of a table whose headings stand in row ``head`` (from 0) of ``sheet``; ``shape`` is
    the format of its numbers."""
    drawn = book.add_chart({"type": chart.kind})
    rows = len(picture.data.rows)
    categories = [sheet, head + 1, chart.categories, head + rows, chart.categories]
    for at, x in enumerate(chart.series):
        drawn.add_series(
            {
                "name": [sheet, head, x],
                "categories": categories,
                "values": [sheet, head + 1, x, head + rows, x],
                **_look(chart, at, picture.data),
            }
        )
    _frame(drawn, picture, chart, shape)
    height = _BAR * rows * len(chart.series) + 120 if chart.kind == "bar" else _LEAST_HEIGHT
    height = min(max(height, _LEAST_HEIGHT), _MOST_HEIGHT)
    drawn.set_size({"width": _WIDTH, "height": height})
    return drawn


def _look(chart: Chart, at: int, table: DataTable) -> dict[str, Any]:
    colour = f"#{COLOURS[at % len(COLOURS)]}"
    mark = {"type": _MARKS[at % len(_MARKS)], "size": 6, "fill": {"color": colour},
            "border": {"color": colour}}  # fmt: skip
    if chart.kind == "line":
        return {"line": {"color": colour, "width": 2.25}, "marker": mark}
    if chart.kind == "scatter":
        return {"marker": mark}
    points = [{"fill": {"color": f"#{one}"}} for one in colours_of(chart, table, at)]
    return {"fill": {"color": colour}, "gap": 60, "points": points}


def _frame(drawn: Any, picture: Picture, chart: Chart, shape: str) -> None:
    font = {"size": 9, "color": _SECOND}
    columns = picture.data.columns
    unit = columns[chart.series[0]].unit
    drawn.set_title(
        {"name": picture.caption, "name_font": {"size": 11, "bold": True}, "overlay": False}
    )
    names: dict[str, Any] = {
        "num_font": font,
        "line": {"color": _LINE},
        "label_position": "low",
        "major_gridlines": {"visible": False},
    }
    if chart.kind == "scatter":
        title = columns[chart.categories].title
        names |= {"name": title, "name_font": font | {"bold": False}}
    numbers: dict[str, Any] = {
        "num_font": font,
        "num_format": shape or "General",
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": _LINE}},
    }
    if unit:
        numbers |= {"name": unit, "name_font": font | {"bold": False}}
    if chart.kind == "bar":  # lies on its side: its x axis has the numbers, the first row is above
        drawn.set_y_axis(names | {"reverse": True, "crossing": "max"})
        drawn.set_x_axis(numbers)
    else:
        drawn.set_x_axis(names)
        drawn.set_y_axis(numbers)
    legend = {"position": "bottom", "font": font} if len(chart.series) > 1 else {"none": True}
    drawn.set_legend(legend)
    drawn.show_blanks_as("gap")
    drawn.set_chartarea({"border": {"none": True}})
