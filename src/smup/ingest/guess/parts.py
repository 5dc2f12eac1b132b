"""Rows of towns, rural areas and districts: are they parts of a row that has the whole?"""

import math
from collections.abc import Iterator, Sequence

from smup.ingest.guess.columns import Sheet
from smup.ingest.guess.understanding import Ledger
from smup.ingest.keys import Place
from smup.ingest.mapping import PartsRule
from smup.ingest.table import Cell, collapsed

_RULES: dict[str, PartsRule] = {
    "nie brać takich jednostek": "refuse",
    "brać wiersz całości": "ignore",
    "sumować części": "sum",
    "sumować części z wierszem całości": "sum_with_whole",
}


def parts_rule(
    sheet: Sheet, columns: Sequence[int], year_at: int | None, ledger: Ledger
) -> PartsRule:
    """What to do with rows of parts.

    A code of seven digits says of itself that it is of a part, so beside one of the whole it is
    left out. Otherwise the parts must add up to the whole to be left out: a row with the number of
    a city can also hold only what was not told by district.
    """
    kept = [
        (row, place)
        for row, place in zip(sheet.rows, sheet.key.places[sheet.first :], strict=True)
        if isinstance(place, Place)
    ]
    parted = {place.unit for _, place in kept if place.part}
    if not parted:
        return "refuse"
    whole = {place.unit for _, place in kept if not place.part}
    told = all(len(place.key) == 7 for _, place in kept if place.part)
    if parted <= whole and told:
        ledger.decide("części jednostek", "liczy się wiersz całości", "kod mówi, co jest częścią")
        return "ignore"
    if parted <= whole and _add_up(sheet, columns, year_at, parted):
        ledger.decide("części jednostek", "liczy się wiersz całości", "części sumują się do niej")
        return "ignore"
    text = (
        f"Jednostki podane w częściach: {len(parted)} (np. {min(parted)}). Co z nimi zrobić? "
        "Części nie sumują się do wiersza całości albo go nie ma"
    )
    answer = ledger.ask("parts", text, tuple(_RULES), "nie brać takich jednostek")
    return _RULES[answer] if answer else "refuse"


def _add_up(sheet: Sheet, columns: Sequence[int], year_at: int | None, parted: set[str]) -> bool:
    """Do the parts of every unit add up to its row in some column of figures?"""
    return any(
        all(math.isclose(whole, parts, rel_tol=1e-9) for whole, parts in sums)
        for column in columns
        if (sums := list(_sums(sheet, column, year_at, parted)))
    )


def _sums(
    sheet: Sheet, column: int, year_at: int | None, parted: set[str]
) -> Iterator[tuple[float, float]]:
    found: dict[tuple[str, str], list[float]] = {}
    for row, place in zip(sheet.rows, sheet.key.places[sheet.first :], strict=True):
        if not isinstance(place, Place) or place.unit not in parted or column >= len(row.cells):
            continue
        year = collapsed(row[year_at]) if year_at is not None else ""
        sums = found.setdefault((place.unit, year), [0.0, 0.0])
        sums[place.part is not None] += _number(row[column])
    yield from ((whole, parts) for whole, parts in found.values())


def _number(cell: Cell) -> float:
    """A figure as it stands; texts in any other notation count as nothing here."""
    try:
        value = float(cell)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0
