"""Tables without codes: the column of names, and those of powiat and województwo beside it."""

from collections.abc import Sequence

from smup.ingest.figures import column_letters
from smup.ingest.guess.grid import Grid
from smup.ingest.guess.keys import MOST_ROWS, Key, places_of
from smup.ingest.guess.understanding import Ledger
from smup.ingest.keys import NoPlace, Place, Units
from smup.ingest.names import asked
from smup.ingest.table import Row, collapsed
from smup.territory import Kind, Level

SKIP = "pomiń"
_NAMES_FIT = 0.6  # names of units abolished or spelt otherwise are asked, so fewer may fit


def by_names(grid: Grid, units: Units, ledger: Ledger) -> Key | None:
    """A table without codes: the column of names, and those of powiat and województwo beside."""
    rows = grid.rows[:MOST_ROWS]
    wojewodztwo = _column_of(rows, grid.width, _names_at(units, Level.WOJEWODZTWO), set())
    found = set() if wojewodztwo is None else {wojewodztwo}
    powiat = _column_of(rows, grid.width, _names_at(units, Level.POWIAT), found)
    found |= set() if powiat is None else {powiat}
    around = (powiat, wojewodztwo)
    name = _column_of(rows, grid.width, _names_at(units, None), found)
    if name is None:  # a table of powiats or of województwa has one column of names
        name, around = (
            (powiat, (None, wojewodztwo)) if powiat is not None else (wojewodztwo, (None, None))
        )
    if name is None:
        return None
    places = tuple(places_of(grid.rows, (name,), "name", units, around))
    named = _asked_names(grid, places, name, around, units, ledger)
    ledger.decide(
        "klucz jednostki",
        f"kolumna {column_letters(name)}: nazwa jednostki",
        "nie ma kolumny z kodem",
    )
    if named:
        places = tuple(places_of(grid.rows, (name,), "name", units, around, named))
    return Key(
        (name,), "name", places, powiat=around[0], wojewodztwo=around[1], named=tuple(named.items())
    )


def _names_at(units: Units, level: Level | None) -> frozenset[str]:
    """Names of the units of a level (None: of gminas and cities), without diacritics."""
    of = [
        u
        for u in units.territory
        if (level is None and Level.GMINA in u.levels) or (level is not None and level in u.levels)
    ]
    return frozenset(asked(unit.name).name for unit in of)


def _column_of(
    rows: Sequence[Row], width: int, names: frozenset[str], without: set[int]
) -> int | None:
    """The column with most different names of those, where enough of its texts are such."""
    scored = []
    for column in range(width):
        texts = {asked(collapsed(r[column])).name for r in rows if column < len(r.cells)} - {""}
        right = len(texts & names)
        if column not in without and texts and right >= _NAMES_FIT * len(texts):
            scored.append((right, -column))
    return -max(scored)[1] if scored else None


def _asked_names(
    grid: Grid,
    places: Sequence[Place | NoPlace],
    name: int,
    around: tuple[int | None, int | None],
    units: Units,
    ledger: Ledger,
) -> dict[str, str]:
    """What a person says of each name that several units bear; their rows are left out else."""
    answered: dict[str, str] = {}
    seen: set[str] = set()
    for row, place in zip(grid.rows, places, strict=True):
        if isinstance(place, Place) or place.code != "niejednoznaczna-nazwa":
            continue
        texts = [collapsed(row[at]) if at is not None else "" for at in (name, *around)]
        said = ", ".join(filter(None, texts))
        if said in seen:
            continue
        seen.add(said)
        meant = units.names.meant(*texts).units
        shown = "; ".join(f"{u.code} – {_described(u.kind)}" for u in meant)
        options = (*(u.code for u in meant), SKIP)
        answer = ledger.ask(f"name:{said}", f"Która jednostka to „{said}”? {shown}", options)
        if answer is not None and answer != SKIP:
            answered[said] = answer
    return answered


def _described(kind: Kind) -> str:
    return kind.value.replace("-", " ")
