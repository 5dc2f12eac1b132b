"""Tables with a row for each figure: a column of variables and one of values."""

from typing import Any

from smup.ingest.figures import column_letters
from smup.ingest.guess.columns import Sheet, year_column
from smup.ingest.guess.understanding import Ledger
from smup.language import fold

_WORDS = {
    "variable": ("variable", "zmienna", "wskaznik", "indicator"),
    "value": ("value", "wartosc"),
    "status": ("status",),
    "flagged": ("flags", "flagi"),
}


def long_keys(sheet: Sheet, ledger: Ledger) -> dict[str, Any] | None:
    """The parts of the mapping for such a table; None for another."""
    found = {
        key: column
        for key, names in _WORDS.items()
        for column in range(sheet.grid.width)
        if fold(sheet.header(column)) in names
    }
    if not {"variable", "value"} <= found.keys() or len(sheet.key.columns) != 1:
        return None
    year_at = year_column(sheet, ledger)
    if year_at is None or sheet.key.code == "name":
        return None
    letters = column_letters(found["variable"])
    ledger.decide("układ", "wiersz na każdą liczbę", f"zmienne stoją w kolumnie {letters}")
    unit = {"columns": [sheet.ref(sheet.key.columns[0])], "code": sheet.key.code}
    keys = {key: sheet.ref(column) for key, column in found.items()}
    return {"layout": "long", "unit": unit, "year": sheet.ref(year_at), **keys}
