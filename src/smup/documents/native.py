"""What the charts and numbers of spreadsheets and slides have in common."""

import re
from dataclasses import replace

from smup.documents.blocks import Cell, Chart, DataTable, Picture

# Of series: the first is ours; told apart in every kind of colour blindness and in grey.
COLOURS = ("0b5394", "b4460a", "6a4fa3", "806000", "33424f", "9aa4af")
INK, SECOND, NOTICE, LINE, OURS = "1b1f24", "525a64", "b4530a", "c3cad3", "eaf2fb"
GRID = "e8ecf1"
_AFTER_NUMBER = re.compile(r"[^0-9]*$")


def number_format(cell: Cell) -> str:
    """The format that shows the number of a cell as the document does: its decimals, and the sign
    that stands after it ("%")."""
    places = f".{'0' * cell.decimals}" if cell.decimals else ""
    after = _AFTER_NUMBER.search(cell.text)
    sign = after[0].replace('"', "").replace("\\", "") if after else ""
    return f"#,##0{places}" + (f'"{sign}"' if sign else "")


def drawable(picture: Picture) -> Chart | None:
    """The chart of a picture with those series that have any value; None where nothing has."""
    chart, rows = picture.chart, picture.data.rows
    if chart is None:
        return None
    told = tuple(x for x in chart.series if any(row[x].value is not None for row in rows))
    return replace(chart, series=told) if told else None


def colours_of(chart: Chart, table: DataTable, series: int) -> list[str]:
    """Of each row of a series: its colour, where ours stand out among others of a single one."""
    own = COLOURS[series % len(COLOURS)]
    if not table.mine or len(chart.series) > 1:
        return [own] * len(table.rows)
    return [own if y in table.mine else LINE for y in range(len(table.rows))]
