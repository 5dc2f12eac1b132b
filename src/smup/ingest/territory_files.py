"""The CSV files in ``territory/``: one function a file, sources named in lines with ``#``."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from smup.ingest.ledger import Since
from smup.ingest.terc import Edition, Part
from smup.territory.units import Change, Level, Unit

Borders = Mapping[Level, Mapping[tuple[str, str], float]]
Tiles = Mapping[Level, Mapping[str, tuple[int, int]]]

_UNIT_COLUMNS = (
    *("code", "name", "kind", "powiat", "wojewodztwo", "valid_from", "valid_to"),
    *("teryt6", "teryt7", "bdl_gmina", "bdl_powiat", "nuts3", "lon", "lat", "outline", "aliases"),
)
_GENERATED = "Plik utworzony poleceniem `smup territory build`; nie zmieniać ręcznie."
_TERC = "TERC, krajowy rejestr urzędowy podziału terytorialnego (GUS), wydania: {}"
_PRG = "Państwowy Rejestr Granic (GUGiK), granice uogólnione, plik {}"
_BDL = "Bank Danych Lokalnych (GUS), identyfikatory jednostek i kody NUTS 3 (2018)"


def write_units(
    path: Path, units: Iterable[Unit], editions: Sequence[Edition], boundary_file: str
) -> None:
    """units.csv: every unit, the country first, sum rows of powiats included."""
    notes = [
        _terc(editions),
        f"bdl_gmina, bdl_powiat, nuts3: {_BDL}",
        f"lon, lat (punkt wewnątrz jednostki, WGS84), outline: {_PRG.format(boundary_file)}",
        "valid_from puste: starsza niż najstarsze wydanie; valid_to: pierwszy dzień bez jednostki",
    ]
    _write(path, notes, _UNIT_COLUMNS, (_unit_cells(unit) for unit in units))


def write_changes(path: Path, changes: Iterable[Change], editions: Sequence[Edition]) -> None:
    """changes.csv: what changed between editions, with the window in which it happened."""
    notes = [
        _terc(editions),
        "Zmiana zaszła 1 stycznia, później niż after i nie później niż by; day stoi tylko tam, "
        "gdzie rok podaje źródło (known_years.csv) albo wydania są z dwóch kolejnych lat. "
        "Następców rejestr nie wskazuje.",
    ]
    cells = (
        (c.unit, c.what, c.after, c.by, _day(c.day), c.before, c.now, c.source) for c in changes
    )
    header = ("unit", "what", "after", "by", "day", "before", "now", "source")
    _write(path, notes, header, cells)


def write_history(path: Path, past: Iterable[Since], editions: Sequence[Edition]) -> None:
    """history.csv: name, kind and 7-digit code from an edition on, until the unit's next row."""
    notes = [_terc(editions), "since: najstarsze wydanie, które pokazuje tę nazwę, rodzaj i kod."]
    cells = ((row.unit, row.since, row.name, row.kind, row.teryt7) for row in past)
    _write(path, notes, ("unit", "since", "name", "kind", "teryt7"), cells)


def write_parts(path: Path, editions: Sequence[Edition]) -> None:
    """parts.csv: districts, delegatury, towns and rural parts that any edition shows."""
    parts: dict[str, Part] = {code: p for e in editions for code, p in e.parts.items()}
    cells = ((p.code, p.unit, p.what, p.name) for _, p in sorted(parts.items()))
    notes = [
        _terc(editions),
        "Część nie jest jednostką: jej liczby dodaje się do całości.",
    ]
    _write(path, notes, ("part", "unit", "what", "name"), cells)


def write_neighbours(path: Path, borders: Borders, boundary_file: str) -> None:
    """neighbours.csv: each shared border once, with its length."""
    notes = [
        _PRG.format(boundary_file),
        "Sąsiedzi mają wspólną linię granicy co najmniej 5 m; styk w jednym punkcie nie wystarcza.",
        "Każda granica raz (unit < neighbour); metres: długość na uogólnionym obrysie, EPSG:2180.",
        "gmina: gminy i miasta na prawach powiatu; powiat: powiaty i miasta na prawach powiatu.",
    ]
    cells = (
        (level, one, two, round(metres))
        for level, pairs in borders.items()
        for (one, two), metres in pairs.items()
    )
    _write(path, notes, ("level", "unit", "neighbour", "metres"), cells)


def write_tiles(path: Path, tiles: Tiles) -> None:
    """tiles.csv: the place of every unit on the tile map, row 0 in the north."""
    notes = [
        "Położenie wyznaczone z punktów jednostek w units.csv.",
        "Gmina bez obrysu stoi przy gminie, z której ją wydzielono (known_years.csv).",
    ]
    cells = (
        (level, unit, col, row)
        for level, placed in tiles.items()
        for unit, (col, row) in sorted(placed.items())
    )
    _write(path, notes, ("level", "unit", "col", "row"), cells)


def _unit_cells(unit: Unit) -> tuple[object, ...]:
    return (
        unit.code,
        unit.name,
        unit.kind,
        unit.powiat or "",
        unit.wojewodztwo or "",
        _day(unit.valid_from),
        _day(unit.valid_to),
        unit.teryt6 or "",
        unit.teryt7 or "",
        unit.bdl_gmina or "",
        unit.bdl_powiat or "",
        unit.nuts3 or "",
        "" if unit.lon is None else f"{unit.lon:.5f}",
        "" if unit.lat is None else f"{unit.lat:.5f}",
        "tak" if unit.outline else "nie",
        " ".join(unit.aliases),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _terc(editions: Sequence[Edition]) -> str:
    return _TERC.format(", ".join(edition.file for edition in editions))


def _write(
    path: Path, notes: Sequence[str], header: Sequence[str], rows: Iterable[Iterable[object]]
) -> None:
    text = io.StringIO()
    for note in (*notes, _GENERATED):
        text.write(f"# {note}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8"))
