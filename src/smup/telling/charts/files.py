"""A figure as files: SVG and PNG pictures, CSV and XLSX numbers, a Vega-Lite specification."""

from collections.abc import Iterator
from datetime import datetime

import orjson

from smup.documents.raster import png
from smup.formats import media, synthetic
from smup.formats.spreadsheet import Cell, Number, csv_bytes, xlsx_bytes
from smup.formats.terms import TERMS
from smup.language import Lang, fold
from smup.present.alone import alone
from smup.present.data import Column, Data
from smup.present.figure import Figure
from smup.present.vega import vega_lite
from smup.store.releases import Release
from smup.telling.captions import invented_column
from smup.telling.strings import strings

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": media.CSV_UTF8,
    "xlsx": media.XLSX,
    "json": "application/vnd.vegalite.v6+json",
}
SHARPNESS = 2.0  # pixels of a PNG for one of the page


def written(figure: Figure, form: str, release: Release, lang: Lang) -> bytes:
    """The file of a figure in one of the forms of ``TYPES``."""
    if form == "svg":
        return alone(figure).encode()
    if form == "png":
        return png(alone(figure), SHARPNESS)
    if form == "csv":
        return csv_file(_data(figure), lang, invented=release.synthetic)
    if form == "xlsx":
        return xlsx_file(figure, release, lang)
    return orjson.dumps(vega_lite(figure), option=orjson.OPT_INDENT_2)


def file_name(figure: Figure, form: str, release: Release, lang: Lang) -> str:
    """What the figure shows, in plain letters ("trend-1465-ludnosc.svg"); invented ones say so."""
    address = figure.address
    kind, query = (address.kind, address.query) if address else ("wykres", "")
    told = [part.partition("=")[2] for part in query.split("&")] if query else []
    plain = fold("-".join([kind, *told]))
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in plain)
    name = "-".join(part for part in safe.split("-") if part)[:100]
    return synthetic.file_name(f"{name}.{form}", release.synthetic, lang)


def csv_file(data: Data, lang: Lang, *, invented: bool = False) -> bytes:
    """For the spreadsheet of the language.

    Every row of ``invented`` figures says so: rows are copied without their heading.
    """
    head, told = invented_column(lang) if invented else ([], [])
    rows = ([*cells, *told] for cells in _rows(data))
    return csv_bytes([*(column.name for column in data.columns), *head], rows, lang)


def xlsx_file(figure: Figure, release: Release, lang: Lang) -> bytes:
    """The numbers on one sheet, what they are and where from on another."""
    data, t = _data(figure), strings(lang)
    return xlsx_bytes(
        [column.name for column in data.columns],
        _rows(data),
        _notes(figure, release, lang),
        (t["chart_data_sheet"], t["chart_note_sheet"]),
        figure.heading.title,
        datetime.fromisoformat(release.created),
        [28 if at == 1 else 14 for at in range(len(data.columns))],  # the second is a name
    )


def _rows(data: Data) -> Iterator[list[Cell]]:
    return ([_cell(c, value) for c, value in zip(data.columns, row, strict=True)]
            for row in data.rows)  # fmt: skip


def _cell(column: Column, value: str | float | None) -> Cell:
    if value is None or isinstance(value, str):
        return value
    return int(value) if column.ident == "year" else Number(value, column.decimals or 0)


def _notes(figure: Figure, release: Release, lang: Lang) -> list[tuple[str, str]]:
    t, heading = strings(lang), figure.heading
    rows = [
        (t["chart_note_title"], heading.title),
        (t["chart_note_measured"], heading.subtitle),
        (t["chart_note_reading"], figure.sentence),
        (t["source"], heading.foot),
        (t["release"], release.id),
        (t["chart_note_page"], figure.address.page if figure.address else ""),
        (t["chart_note_licence"], TERMS[lang]),
        (t["chart_note_warning"], heading.mark),
    ]
    return [(name, words) for name, words in rows if words]


def _data(figure: Figure) -> Data:
    assert figure.data is not None
    return figure.data
