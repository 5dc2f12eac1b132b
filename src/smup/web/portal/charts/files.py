"""A figure as files: SVG and PNG pictures, CSV and XLSX numbers, a Vega-Lite specification."""

import csv
import io
from datetime import datetime
from functools import cache
from pathlib import Path

import orjson
import resvg_py
import xlsxwriter

from smup.language import Lang, fold
from smup.present.alone import alone
from smup.present.data import Cell, Column, Data
from smup.present.figure import Figure
from smup.present.vega import vega_lite
from smup.store.releases import Release
from smup.web.portal.captions import invented_column
from smup.web.portal.strings import strings

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/vnd.vegalite.v6+json",
}
SHARPNESS = 2.0  # pixels of a PNG for one of the page
_FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
# The first that is installed draws; reading all fonts of a machine would take a second.
_FAMILIES = ("NotoSans", "DejaVuSans", "LiberationSans")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula


class NoFonts(Exception):
    """No font is installed: a PNG would have no words."""


def written(figure: Figure, form: str, release: Release, lang: Lang) -> bytes:
    """The file of a figure in one of the forms of ``TYPES``. Raises NoFonts for a PNG without."""
    if form == "svg":
        return alone(figure).encode()
    if form == "png":
        return png(alone(figure))
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
    mark = {"pl": "dane-zmyslone-", "en": "invented-data-"}[lang] if release.synthetic else ""
    return f"{mark}{name}.{form}"


def png(svg: str) -> bytes:
    """The picture in pixels, with the fonts of this machine. Raises NoFonts where it has none."""
    files = _font_files()
    if not files:
        raise NoFonts
    family = _family(files[0])
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=SHARPNESS,
        skip_system_fonts=True,
        font_files=[str(file) for file in files],
        font_family=family,
        sans_serif_family=family,
    )
    return bytes(drawn)


@cache
def _font_files() -> tuple[Path, ...]:
    """Regular and bold of the known families there are, else any font at all: a letter that the
    first one lacks is drawn with the next."""
    found = sorted(file for folder in _FONTS if folder.is_dir() for file in folder.rglob("*.ttf"))
    by_name = {file.stem: file for file in found}
    stems = [f"{name}{cut}" for name in _FAMILIES for cut in ("-Regular", "", "-Bold")]
    return tuple(by_name[stem] for stem in stems if stem in by_name) or tuple(found[:1])


def _family(file: Path) -> str:
    """The name of a family from its file: "NotoSans-Regular" is "Noto Sans"."""
    stem = file.stem.partition("-")[0]
    return "".join(f" {c}" if c.isupper() and i and stem[i - 1].islower() else c
                   for i, c in enumerate(stem)).replace("Deja Vu", "DejaVu")  # fmt: skip


def csv_file(data: Data, lang: Lang, *, invented: bool = False) -> bytes:
    """For the spreadsheet of the language: in Polish semicolons and decimal commas.

    Every row of ``invented`` figures says so: rows are copied without their heading.
    """
    mark, point = (";", ",") if lang == "pl" else (",", ".")
    head, told = invented_column(lang) if invented else ([], [])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    writer.writerow([_plain(column.name) for column in data.columns] + head)
    for row in data.rows:
        cells = zip(data.columns, row, strict=True)
        writer.writerow([_text(column, cell, point) for column, cell in cells] + told)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _text(column: Column, cell: Cell, point: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _plain(cell)
    return f"{cell:.{column.decimals or 0}f}".replace(".", point)


def _plain(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def xlsx_file(figure: Figure, release: Release, lang: Lang) -> bytes:
    """The numbers as numbers on one sheet, what they are and where from on another."""
    data, out, t = _data(figure), io.BytesIO(), strings(lang)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        # Nothing of the clock is in the file: the same figure is the same bytes.
        book.set_properties(
            {"title": figure.heading.title, "created": datetime.fromisoformat(release.created)}
        )
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(t["chart_data_sheet"])
        sheet.freeze_panes(1, 0)
        for i, column in enumerate(data.columns):
            places = column.decimals or 0
            shape = "0" if column.ident == "year" else f"#,##0{'.' * bool(places)}{'0' * places}"
            style = None if column.decimals is None else book.add_format({"num_format": shape})
            sheet.set_column(i, i, 28 if i == 1 else 14, style)
            sheet.write_string(0, i, column.name, bold)
        for y, row in enumerate(data.rows, start=1):
            for x, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(y, x, cell)
                elif cell is not None:
                    sheet.write_number(y, x, cell)
        notes = book.add_worksheet(t["chart_note_sheet"])
        notes.set_column(0, 0, 16, book.add_format({"bold": True}))
        notes.set_column(1, 1, 110, book.add_format({"text_wrap": True}))
        for y, (name, words) in enumerate(_notes(figure, release, lang)):
            notes.write_string(y, 0, name)
            notes.write_string(y, 1, words)
    return out.getvalue()


def _notes(figure: Figure, release: Release, lang: Lang) -> list[tuple[str, str]]:
    t, heading = strings(lang), figure.heading
    rows = [
        (t["chart_note_title"], heading.title),
        (t["chart_note_measured"], heading.subtitle),
        (t["chart_note_reading"], figure.sentence),
        (t["source"], heading.foot),
        (t["release"], release.id),
        (t["chart_note_page"], figure.address.page if figure.address else ""),
        (t["chart_note_licence"], t["chart_licence"]),
        (t["chart_note_warning"], heading.mark),
    ]
    return [(name, words) for name, words in rows if words]


def _data(figure: Figure) -> Data:
    assert figure.data is not None
    return figure.data
