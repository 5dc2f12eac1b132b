"""The whole way from the bytes of an unknown table to a mapping and what is left to ask."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from smup.catalogue import Catalogue
from smup.ingest.guess.columns import (
    Sheet,
    Taken,
    as_columns,
    by_category,
    figure_columns,
    file_year,
    shapes_of,
    variables_of,
    year_column,
)
from smup.ingest.guess.grid import YEAR, Grid, body_start, grid_of, header_span, headers
from smup.ingest.guess.keys import Key
from smup.ingest.guess.long import long_keys
from smup.ingest.guess.numbers import style_of
from smup.ingest.guess.parts import parts_rule
from smup.ingest.guess.understanding import Ledger, Understanding
from smup.ingest.guess.units import key_of
from smup.ingest.guess.variables import KnownVariables
from smup.ingest.keys import Place, Units
from smup.ingest.mapping import FileMapping
from smup.ingest.refusing import unreadable
from smup.ingest.table import collapsed
from smup.territory.index import words

_SHOWN = 6
_UNKNOWN = "nieustalony"


def understand(
    path: PurePath,
    content: bytes,
    catalogue: Catalogue,
    units: Units,
    today: date,
    answers: Mapping[str, str] | None = None,
) -> Understanding:
    """What the file says. ``answers`` are those of a person to questions asked before, by their id;
    ask again until no questions are left. Raises SourceError for a file that cannot be read or has
    no rows about units.
    """
    ledger = Ledger(answers or {})
    grid = grid_of(path.name, content, ledger)
    key = key_of(grid, units, ledger)
    if key is None and not ledger.questions:
        raise unreadable(
            path.name, f"żadna kolumna nie jest kodem ani nazwą jednostki{_seen(grid)}"
        )
    if key is None or not any(key.placed):
        return _result(path, today, catalogue, ledger, {})
    first = body_start(grid, key.placed.index(True), key.columns)
    span = header_span(grid, first)
    sheet = Sheet(grid, key, headers(grid, span), first)
    keys = {**grid.keys, **_rows(sheet, span, ledger)}
    long = long_keys(sheet, ledger) if grid.text else None
    if long is not None:
        return _result(path, today, catalogue, ledger, {**keys, **long}, (), sheet)
    year_at = year_column(sheet, ledger)
    columns = figure_columns(sheet, year_at, ledger)
    if not columns:
        raise unreadable(path.name, f"żadna kolumna nie ma liczb{_seen(grid)}")
    shapes = by_category(sheet, shapes_of(sheet, columns, ledger), year_at, ledger)
    year: object = sheet.ref(year_at) if year_at is not None else None
    if year is None and any("{year}" not in shape.header for shape in shapes):
        year = file_year(path, sheet, ledger)
    style = style_of((c for column in columns for c in sheet.cells(column)), ledger)
    parts = parts_rule(sheet, columns, year_at, ledger)
    taken = variables_of(shapes, KnownVariables(catalogue), path.name.partition(".")[0], ledger)
    keys |= {**(style.keys if style else {}), "year": year, "parts": parts}
    keys |= {"unit": _unit(sheet, key), "columns": list(as_columns(taken))}
    return _result(path, today, catalogue, ledger, keys, taken, sheet)


def _seen(grid: Grid) -> str:
    shown = ", ".join(f"„{collapsed(cell)[:30]}”" for cell in grid.rows[0].cells[:6])
    return f"; pierwszy wiersz: {shown}; opisz plik mapowaniem"


def _rows(sheet: Sheet, span: tuple[int, int] | None, ledger: Ledger) -> dict[str, Any]:
    first = sheet.rows[0].number
    at_least = max(1, int(0.9 * len(sheet.rows)))
    if span is None:
        ledger.decide("nagłówek", "brak", "dane stoją od pierwszego wiersza")
        return {"header_rows": None, "first_row": first, "rows_at_least": at_least}
    rows = [sheet.grid.rows[at].number for at in span]
    said = f"wiersz {rows[0]}" if rows[0] == rows[1] else f"wiersze {rows[0]}–{rows[1]}"
    ledger.decide("nagłówek", said, f"dane stoją od wiersza {first}")
    return {"header_rows": rows, "first_row": first, "rows_at_least": at_least}


def _unit(sheet: Sheet, key: Key) -> dict[str, Any]:
    found: dict[str, Any] = {
        "columns": [sheet.ref(column) for column in key.columns],
        "code": key.code,
    }
    if key.name is not None:
        found["name"] = sheet.ref(key.name)
    if key.by_name:
        found["by_name"] = True
    for word, column in (("powiat", key.powiat), ("wojewodztwo", key.wojewodztwo)):
        if column is not None:
            found[word] = sheet.ref(column)
    return found | ({"named": dict(key.named)} if key.named else {})


def _result(
    path: PurePath,
    today: date,
    catalogue: Catalogue,
    ledger: Ledger,
    keys: Mapping[str, Any],
    taken: Sequence[Taken] = (),
    sheet: Sheet | None = None,
) -> Understanding:
    """The mapping file with who published the table, parsed when all is answered."""
    publisher = ledger.ask("publisher", "Kto opublikował te liczby?", proposal=_UNKNOWN)
    licence = ledger.ask("licence", "Na jakich warunkach wolno ich używać?", proposal=_UNKNOWN)
    title = path.name.partition(".")[0].replace("_", " ")
    file = {"path": path.name, "dated": _dated(sheet, keys), "retrieved": today, **keys}
    source = {
        "title": {"pl": f"Plik {title}", "en": f"File {title}"},
        "publisher": publisher or _UNKNOWN,
        "licence": licence or _UNKNOWN,
        "files": [file],
    }
    complete = not ledger.questions and bool(keys)
    return Understanding(
        _id(path, catalogue),
        source,
        FileMapping.model_validate(file) if complete else None,
        tuple(ledger.decisions),
        tuple(ledger.questions),
        () if sheet is None else _shown(sheet),
        frozenset(one.variable for one in taken if not one.known),
    )


def _id(path: PurePath, catalogue: Catalogue) -> str:
    """An id no described source has, so that nobody's table is replaced."""
    name = "-".join(words(path.name.partition(".")[0])) or "plik"
    return f"{name}-plik" if name in catalogue.sources else name


def _dated(sheet: Sheet | None, keys: Mapping[str, Any]) -> str:
    """The years the figures speak of, as far as the table says."""
    year = keys.get("year")
    if isinstance(year, int) or sheet is None:
        return str(year or _UNKNOWN)
    years: set[str] = set()
    for column, header in enumerate(sheet.headers):
        years |= set(YEAR.findall(header))
        if isinstance(year, Mapping) and sheet.ref(column) == year:
            years |= {y for c in sheet.cells(column) for y in YEAR.findall(collapsed(c))}
    span = sorted({min(years), max(years)}) if years else [_UNKNOWN]
    return "–".join(span)


def _shown(sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    """Headers and the first rows, with the unit each is about before them."""
    found = [("", *(header[:24] for header in sheet.headers))] if sheet.headers else []
    kept = zip(sheet.rows, sheet.key.places[sheet.first :], strict=True)
    for row, place in list(kept)[:_SHOWN]:
        unit = place.unit if isinstance(place, Place) else "?"
        found.append((unit, *(collapsed(cell)[:24] for cell in row.cells)))
    return tuple(found)
