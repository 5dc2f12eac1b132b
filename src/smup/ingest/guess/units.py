"""Which columns say whose row it is, and how: a code of some length, its levels, or a name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smup.ingest.figures import column_letters, joined_code
from smup.ingest.guess.by_names import by_names
from smup.ingest.guess.grid import Grid
from smup.ingest.guess.keys import MOST_ROWS, Key, places_of, stub
from smup.ingest.guess.understanding import Ledger
from smup.ingest.keys import NoPlace, Place, Units
from smup.ingest.mapping import CodeScheme
from smup.ingest.table import Row, collapsed

_SURE = 0.9  # of the rows from the first that fits
_FEW = 60
_SCHEMES: tuple[CodeScheme, ...] = ("teryt7", "teryt6", "teryt4", "bdl12", "teryt")
_SAID: Mapping[CodeScheme, str] = {
    "teryt7": "siedmiocyfrowy kod TERYT",
    "teryt6": "sześciocyfrowy kod TERYT",
    "teryt4": "czterocyfrowy kod powiatu",
    "bdl12": "dwunastocyfrowy identyfikator BDL",
    "teryt": "kod TERYT różnych poziomów",
    "name": "nazwa jednostki",
    "wojewodztwo": "nazwa województwa",
}
# Codes that are sound though no unit of today bears them.
_WELL_FORMED = {"wiersz-spoza-podzialu", "jednostka-historyczna"}


def key_of(grid: Grid, units: Units, ledger: Ledger) -> Key | None:
    """The key of the rows; None where no column is one, or while it is asked which."""
    rows = grid.rows[:MOST_ROWS]
    groups = [(column,) for column in range(grid.width)] + list(_level_columns(rows, grid.width))
    fitting = [fit for columns in groups for fit in _fits(rows, columns, units)]
    if not fitting:
        return by_names(grid, units, ledger)
    # The key is what tells most units apart: beside a gmina its województwo has a code, too.
    best = max(fitting, key=lambda fit: (fit.different, fit.share, -fit.columns[0]))
    columns = best.columns
    equal = [f for f in fitting if f.columns == columns and f.different == best.different]
    schemes = [f.scheme for f in equal if f.scheme != "teryt" and f.share > best.share - 0.005]
    scheme = _one_scheme(schemes, columns, rows, units, ledger)
    if scheme is None:
        return None
    key = Key(columns, scheme, tuple(places_of(grid.rows, columns, scheme, units)))
    name = _name_column(grid, key, units)
    return _with_totals(grid, key, name, units)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A way to read columns as codes: the share of rows that fit, how many units they name."""

    columns: tuple[int, ...]
    scheme: CodeScheme
    share: float
    different: int


def _fits(rows: Sequence[Row], columns: tuple[int, ...], units: Units) -> Iterator[_Fit]:
    """Ways of writing codes by which the columns are a key."""
    sound = [row for row in rows if max(columns) < len(row.cells)]
    few = sound[len(sound) // 2 :: max(1, len(sound) // (2 * _FEW))]
    for scheme in _SCHEMES:
        tried = [p for p in places_of(few, columns, scheme, units) if not _uncoded(p)]
        if sum(isinstance(p, Place) or p.code in _WELL_FORMED for p in tried) < len(tried) / 2:
            continue  # most columns are told from a key by few rows
        places = list(places_of(sound, columns, scheme, units))
        first = next((i for i, place in enumerate(places) if isinstance(place, Place)), None)
        if first is None:
            continue
        told = [p for p in places[first:] if not _uncoded(p)]
        right = sum(isinstance(p, Place) or p.code in _WELL_FORMED for p in told)
        if right >= _SURE * len(told) and len(told) > 0.5 * (len(places) - first):
            different = len({p.key for p in told if isinstance(p, Place)})
            yield _Fit(columns, scheme, right / len(told), different)


def _uncoded(place: Place | NoPlace) -> bool:
    return isinstance(place, NoPlace) and place.code == "brak-kodu"


def _codelike(row: Row, columns: tuple[int, ...]) -> bool:
    text = collapsed(joined_code(row, columns)).replace(" ", "").removesuffix(".0")
    return text.isdecimal() and len(text) >= 2


def _level_columns(rows: Sequence[Row], width: int) -> Iterator[tuple[int, ...]]:
    """Neighbouring columns of numbers below 100: województwo, powiat, gmina, and its kind."""
    small = [_small(rows, column) for column in range(width)]
    for first in range(width - 2):
        if all(small[first : first + 3]):
            if first + 3 < width and small[first + 3]:
                yield tuple(range(first, first + 4))
            yield tuple(range(first, first + 3))


def _small(rows: Sequence[Row], column: int) -> bool:
    below = rows[len(rows) // 2 :]  # a header says nothing of what stands below it
    texts = [collapsed(r[column]).removesuffix(".0") for r in below if column < len(r.cells)]
    told = [text for text in texts if text]
    return len(told) > 0 and sum(t.isdecimal() and len(t) <= 2 for t in told) >= _SURE * len(told)


def _one_scheme(
    schemes: Sequence[CodeScheme],
    columns: tuple[int, ...],
    rows: Sequence[Row],
    units: Units,
    ledger: Ledger,
) -> CodeScheme | None:
    """The one way to read the codes; asked where two would give other units."""
    letters = ", ".join(map(column_letters, columns))
    found = {
        scheme: tuple(
            place.unit if isinstance(place, Place) else ""
            for place in places_of(rows, columns, scheme, units)
        )
        for scheme in schemes
    }
    if len(set(found.values())) > 1:
        answer = ledger.ask(
            "unit", f"Jak czytać kody w kolumnie {letters}?", tuple(found), proposal=None
        )
        return next((scheme for scheme in found if scheme == answer), None)
    scheme = schemes[0] if schemes else "teryt"
    some = next((r for r in reversed(rows) if _codelike(r, columns)), rows[0])
    text = collapsed(joined_code(some, columns)).removesuffix(".0")
    lost = " (zera na początku zgubione)" if _lost_zero(rows, columns, scheme) else ""
    reason = f"np. „{text}”{lost}"
    ledger.decide("klucz jednostki", f"kolumna {letters}: {_SAID[scheme]}", reason)
    return scheme


def _lost_zero(rows: Sequence[Row], columns: tuple[int, ...], scheme: CodeScheme) -> bool:
    width = {"teryt7": 7, "teryt6": 6, "teryt4": 4, "bdl12": 12}.get(scheme)
    codes = (collapsed(joined_code(row, columns)).removesuffix(".0") for row in rows if row.cells)
    return any(len(code) + 1 == width for code in codes if code.isdecimal())


def _name_column(grid: Grid, key: Key, units: Units) -> int | None:
    """The column with the names of the very units that the codes name."""
    scored = []
    for column in range(grid.width):
        told = [
            (collapsed(row[column]), place.unit)
            for row, place in zip(grid.rows[:MOST_ROWS], key.places, strict=False)
            if isinstance(place, Place) and place.part is None and column < len(row.cells)
        ]
        right = sum(
            any(unit == one.code for one in units.names.meant(text).units) for text, unit in told
        )
        if column not in key.columns and right >= 0.5 * len(told):
            scored.append((right, -column))
    return -max(scored)[1] if scored else None


def _with_totals(grid: Grid, key: Key, name: int | None, units: Units) -> Key:
    """The key with its names; rows of the country and województwa may have nothing else."""
    if name is None:
        return key
    mapping = stub(key.code, {})
    totals = mapping.model_copy(update={"unit": mapping.unit.model_copy(update={"by_name": True})})
    places = [
        units.place(totals, "", collapsed(row[name]))
        if isinstance(place, NoPlace) and place.code == "brak-kodu" and name < len(row.cells)
        else place
        for row, place in zip(grid.rows, key.places, strict=True)
    ]
    by_name = any(isinstance(place, Place) for place in places) and places != list(key.places)
    return Key(key.columns, key.code, tuple(places if by_name else key.places), name, by_name)
