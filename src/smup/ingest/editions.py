"""What a finished folder ``territory/`` tells of the registers and boundaries it was made of.

The next edition is made from it and one new register, so that the registers of earlier years need
not be at hand: here the files are read back into what ``smup.ingest.territory`` writes them from.
"""

import csv
import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from smup.ingest.bdl_ids import BdlIds
from smup.ingest.ledger import Since
from smup.ingest.terc import Edition, Entry, Part
from smup.territory import Territory, TerritoryError
from smup.territory.units import Change, Kind, Level

# Written by people; the next edition takes them over as they are.
BY_HAND = ("known_years.csv", "historical_units.csv", "successions.csv", "numbers.csv")
GENERATED = ("units.csv", "changes.csv", "history.csv", "parts.csv", "neighbours.csv", "tiles.csv")

_EDITIONS = "wydania: "
_REGISTER = re.compile(r"[\w.-]*?(\d{4}-\d\d-\d\d)[\w.-]*")
_BOUNDARIES = re.compile(r"granice uogólnione, plik (\S+)")


def digest_of(folder: Path) -> str:
    """sha256 over the names and bytes of the files of an edition, the order of names."""
    found = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        found.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def registers(folder: Path) -> dict[date, str]:
    """Days and file names of the registers the folder was made of, oldest first.

    Raises TerritoryError where its files do not name them.
    """
    named = _note(folder / "history.csv", _EDITIONS).split(_EDITIONS)[1].split(", ")
    found = {day: name for name in named if (day := day_in(name))}
    if len(found) != len(named):
        raise TerritoryError(f"{folder / 'history.csv'}: nie wiadomo, z jakich wydań rejestru.")
    return dict(sorted(found.items()))


def day_in(name: str) -> date | None:
    """The day that the name of a register tells; None for a name that notes cannot hold."""
    found = _REGISTER.fullmatch(name)
    return date.fromisoformat(found[1]) if found else None


def newest_day(folder: Path) -> date:
    """The day of the newest register in the folder. Raises TerritoryError."""
    return max(registers(folder))


def editions_of(folder: Path, territory: Territory) -> list[Edition]:
    """The registers' units as the folder remembers them, oldest first.

    Parts stand in the oldest edition, all of them: the folder does not say since when.
    """
    past = history_of(folder)
    parts = parts_of(folder)
    return [
        Edition(day, file, _units_on(day, past, territory.changes), parts if at == 0 else {})
        for at, (day, file) in enumerate(registers(folder).items())
    ]


def _units_on(day: date, past: Sequence[Since], changes: Sequence[Change]) -> dict[str, Entry]:
    latest = {row.unit: row for row in past if row.since <= day}  # rows stand in order of time
    last = {c.unit: c.what for c in changes if c.by <= day and c.what in _COME_AND_GO}
    return {
        code: Entry(code, row.name, Kind(row.kind), row.teryt7 or None)
        for code, row in latest.items()
        if last.get(code) != "zniesienie"
    }


_COME_AND_GO = ("utworzenie", "zniesienie")


def history_of(folder: Path) -> list[Since]:
    """The rows of history.csv, by unit and time."""
    return [
        Since(r["unit"], date.fromisoformat(r["since"]), r["name"], r["kind"], r["teryt7"])
        for r in _rows(folder / "history.csv")
    ]


def parts_of(folder: Path) -> dict[str, Part]:
    """The rows of parts.csv by code."""
    rows = _rows(folder / "parts.csv")
    return {r["part"]: Part(r["part"], r["name"], r["what"], r["unit"]) for r in rows}


def borders_of(folder: Path) -> dict[Level, dict[tuple[str, str], float]]:
    """The rows of neighbours.csv: metres by level and pair."""
    found: dict[Level, dict[tuple[str, str], float]] = {}
    for row in _rows(folder / "neighbours.csv"):
        pairs = found.setdefault(Level(row["level"]), {})
        pairs[row["unit"], row["neighbour"]] = float(row["metres"])
    return found


def boundary_file(folder: Path) -> str:
    """The name of the boundary file, as the folder's notes give it. Raises TerritoryError."""
    found = _BOUNDARIES.search(_note(folder / "neighbours.csv", "Państwowy Rejestr Granic"))
    if found is None:
        raise TerritoryError(f"{folder / 'neighbours.csv'}: nie wiadomo, z jakiego pliku granic.")
    return found[1]


def bdl_ids(territory: Territory, newer: Edition) -> BdlIds:
    """BDL ids for the units of ``newer``, as far as the known ids of powiats give them.

    An id is the powiat's first nine digits, the gmina's two and its kind, so that gminas follow
    from their powiat; a powiat that nobody has listed has none, nor have its gminas.
    """
    powiats = {u.code: u.bdl_powiat for u in territory if u.bdl_powiat}
    return BdlIds(
        gmina={
            code: powiats[code[:4]][:9] + entry.teryt7[4:]
            for code, entry in newer.units.items()
            if entry.teryt7 and code[:4] in powiats
        },
        powiat=powiats,
        wojewodztwo={
            unit.code: alias
            for unit in territory.of_level(Level.WOJEWODZTWO)
            for alias in unit.aliases
            if len(alias) == 12
        },
        nuts3={u.code: u.nuts3 for u in territory.of_level(Level.POWIAT) if u.nuts3},
    )


def inner_degrees(territory: Territory) -> Mapping[str, tuple[float, float]]:
    """The known point of every unit with an outline."""
    return {
        unit.code: (unit.lon, unit.lat)
        for unit in territory
        if unit.outline and unit.lon is not None and unit.lat is not None
    }


def _note(path: Path, words: str) -> str:
    """The first note of a file that has these words."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") and words in line:
                return line.strip()
    raise TerritoryError(f"{path}: brak uwagi „{words.strip()}”.")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
