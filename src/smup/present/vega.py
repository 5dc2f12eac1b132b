"""A figure as a Vega-Lite specification, for people who want to go on working with it."""

from smup.present.data import Cell, Column, Data
from smup.present.figure import Figure

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Json = dict[str, object]


def vega_lite(figure: Figure) -> Json:
    """The specification with the data in it; gaps are nulls, which Vega-Lite leaves out.

    Raises ValueError for a figure without data.
    """
    data = figure.data
    if data is None:
        raise ValueError("a figure without data has no specification")
    heading = figure.heading
    return {
        "$schema": SCHEMA,
        "title": {"text": heading.title, "subtitle": [heading.subtitle, heading.foot]},
        "description": f"{figure.sentence} {heading.foot} {heading.mark}".strip(),
        "width": 640,
        "data": {"values": [_record(data.columns, row) for row in data.rows]},
        "mark": _mark(data.plot.mark),
        "encoding": {
            channel: _encoded(data, channel, column)
            for channel, column in data.plot.channels.items()
        }
        | _counted(data),
    }


def _record(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> Json:
    return {column.ident: cell for column, cell in zip(columns, row, strict=True)}


def _mark(kind: str) -> Json:
    return {"type": kind, "point": True} if kind == "line" else {"type": kind}


def _encoded(data: Data, channel: str, ident: str) -> Json:
    column = next(one for one in data.columns if one.ident == ident)
    is_year = ident == "year"
    encoded: Json = {
        "field": ident,
        "type": "nominal" if column.decimals is None else "ordinal" if is_year else "quantitative",
    }
    if channel == "facet":
        return encoded | {"columns": 2, "title": column.name}
    encoded["title"] = column.name
    if encoded["type"] == "quantitative":
        if data.plot.binned and channel == "x":
            encoded["bin"] = {"maxbins": 20}
        elif channel in ("x", "y"):
            encoded["scale"] = {"zero": data.plot.zero}
    elif channel == "y":
        encoded["sort"] = None
    return encoded


def _counted(data: Data) -> Json:
    return {"y": {"aggregate": "count", "type": "quantitative"}} if data.plot.binned else {}
