"""The next edition of ``territory/``: the active one and a newer register, in a folder of its own.

What the registers say is told anew by the same functions as in ``smup.ingest.territory``, so that
the folder is the one they would make of all registers. Outlines are carried over unless newer ones
are given; where land changed hands without them, the report says what is not known.
"""

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from smup.ingest import boundaries, editions, ledger
from smup.ingest import territory_files as files
from smup.ingest.boundaries import Boundaries
from smup.ingest.edition_checks import check_register
from smup.ingest.edition_report import EditionReport, Register
from smup.ingest.outline_changes import OutlineChanges, changed_outlines
from smup.ingest.terc import Edition, edition_of
from smup.ingest.territory import build_tiles, neighbour_borders
from smup.ingest.units import Facts, assemble
from smup.territory import Change, Level, Unit, load_territory

Progress = Callable[[str, int, int], None]
Borders = Mapping[Level, Mapping[tuple[str, str], float]]

_STAGES = 4


@dataclass(frozen=True)
class Outlines:
    """Newer outlines with the file they stand in, and those the active edition was made of, where
    they are at hand."""

    path: Path
    newer: Boundaries
    former: Boundaries | None


def prepare(
    active: Path,
    name: str,
    register: bytes,
    out: Path,
    outlines: Outlines | None = None,
    progress: Progress | None = None,
) -> EditionReport:
    """Write the whole next edition into the empty folder ``out`` and say what is new in it.

    ``register`` are the bytes of a TERC file called ``name``. Raises TercError for a register that
    cannot follow the active edition.
    """
    report = progress or (lambda stage, done, total: None)
    report("rejestr TERC", 0, _STAGES)
    territory = load_territory(active)
    past = editions.editions_of(active, territory)
    newer = _named(edition_of(name, register))
    check_register(territory, past[-1], newer)
    known = ledger.read_known_years(active / "known_years.csv")
    changes = ledger.changes([*past, newer], known)
    report("pliki", 1, _STAGES)
    boundary_file = _write(out, active, [*past, newer], changes, outlines)
    report("mapa kafelkowa", 2, _STAGES)
    build_tiles(out)
    report("granice", 3, _STAGES)
    moved = _moved(outlines)
    report("gotowe", _STAGES, _STAGES)
    return EditionReport(
        day=newer.day,
        before=past[-1].day,
        base=editions.digest_of(active),
        register=Register(newer.file, hashlib.sha256(register).hexdigest()),
        outlines=boundary_file,
        changes=tuple(c for c in changes if past[-1].day < c.by),
        borders=moved,
        strangers=_strangers(outlines, newer),
        territory=load_territory(out),
        parents={fact.unit: fact.parent for fact in known if fact.parent},
    )


def _write(
    out: Path,
    active: Path,
    told: Sequence[Edition],
    changes: Sequence[Change],
    outlines: Outlines | None,
) -> str:
    """Every file but the tiles; the name of the boundary file they stand on."""
    territory, since = load_territory(active), ledger.history(told)
    places = _points(outlines.newer) if outlines else editions.inner_degrees(territory)
    facts = Facts(changes, since, editions.bdl_ids(territory, told[-1]), places)
    historical = ledger.read_historical_units(active / "historical_units.csv")
    units = assemble(told, facts, historical)
    boundary_file = outlines.newer.file if outlines else editions.boundary_file(active)
    files.write_units(out / "units.csv", units, told, boundary_file)
    files.write_changes(out / "changes.csv", changes, told)
    files.write_history(out / "history.csv", since, told)
    files.write_parts(out / "parts.csv", told)
    borders = neighbour_borders(outlines.newer.gminas) if outlines else editions.borders_of(active)
    files.write_neighbours(out / "neighbours.csv", _among(units, borders), boundary_file)
    for written in editions.BY_HAND:
        if (active / written).is_file():
            shutil.copyfile(active / written, out / written)
    return boundary_file


def _named(edition: Edition) -> Edition:
    """The register under a name that tells its day, as the notes of the files must."""
    if editions.day_in(edition.file) == edition.day:
        return edition
    form = Path(edition.file).suffix.lower() or ".csv"
    return Edition(edition.day, f"terc_{edition.day}{form}", edition.units, edition.parts)


def _points(outlines: Boundaries) -> Mapping[str, tuple[float, float]]:
    levels = boundaries.merge_levels(outlines.gminas)
    shapes = {code: shape for level in levels.values() for code, shape in level.items()}
    return boundaries.to_degrees(boundaries.inner_points(shapes))


def _among(units: Sequence[Unit], borders: Borders) -> Borders:
    """Borders of units that exist: outlines may show some that are no more or not yet."""
    now = {unit.code for unit in units if unit.valid_to is None}
    return {
        level: {pair: metres for pair, metres in pairs.items() if now.issuperset(pair)}
        for level, pairs in borders.items()
    }


def _strangers(outlines: Outlines | None, newer: Edition) -> tuple[str, ...]:
    """Codes of outlines that belong to no unit of the register."""
    return tuple(sorted(outlines.newer.gminas.keys() - newer.units.keys())) if outlines else ()


def _moved(outlines: Outlines | None) -> OutlineChanges | None:
    if outlines is None or outlines.former is None:
        return None
    return changed_outlines(outlines.former.gminas, outlines.newer.gminas)
