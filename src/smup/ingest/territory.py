"""Make the files in ``territory/`` from the TERC registers and the boundaries.

The same input gives the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from smup.ingest import adjacency, boundaries, ledger, terc
from smup.ingest import territory_files as files
from smup.ingest.bdl_ids import read_bdl_ids
from smup.ingest.boundaries import Boundaries
from smup.ingest.tiles import tile_maps
from smup.ingest.units import Facts, assemble
from smup.quality.findings import Finding, finding
from smup.territory.load import load_territory
from smup.territory.units import GMINA_KINDS, Kind, Level, Unit

Progress = Callable[[str, int, int], None]

_SOURCE = "prg-granice"
_STAGES = 4


def build(data: Path, out: Path, progress: Progress | None = None) -> list[Finding]:
    """Write units, changes, history, parts, neighbours and tiles as CSV into ``out``.

    ``out`` may hold the hand-written ``known_years.csv`` and ``historical_units.csv``. Returns
    what a person should know about the input. Raises TercError or BoundaryError when a source
    cannot be read.
    """
    report = progress or (lambda stage, done, total: None)
    findings = build_facts(data, out, report)
    report("mapa kafelkowa", 3, _STAGES)
    build_tiles(out)
    report("gotowe", _STAGES, _STAGES)
    return findings


def build_facts(data: Path, out: Path, report: Progress) -> list[Finding]:
    """What the registers and boundaries say: every file except the tiles."""
    report("rejestry TERC", 0, _STAGES)
    editions = terc.read_editions(data / "teryt")
    known = ledger.read_known_years(out / "known_years.csv")
    changes, past = ledger.changes(editions, known), ledger.history(editions)
    report("granice", 1, _STAGES)
    outlines = boundaries.read(data)
    levels = boundaries.merge_levels(outlines.gminas)
    points = boundaries.inner_points({c: s for level in levels.values() for c, s in level.items()})
    report("sąsiedztwa", 2, _STAGES)
    borders = neighbour_borders(outlines.gminas)
    degrees = boundaries.to_degrees(points)
    historical = ledger.read_historical_units(out / "historical_units.csv")
    units = assemble(editions, Facts(changes, past, read_bdl_ids(data), degrees), historical)
    out.mkdir(parents=True, exist_ok=True)
    files.write_units(out / "units.csv", units, editions, outlines.file)
    files.write_changes(out / "changes.csv", changes, editions)
    files.write_history(out / "history.csv", past, editions)
    files.write_parts(out / "parts.csv", editions)
    files.write_neighbours(out / "neighbours.csv", borders, outlines.file)
    return list(_findings(units, outlines))


def build_tiles(folder: Path) -> None:
    """The tile maps, from the points of the units that the other files in ``folder`` hold."""
    known = ledger.read_known_years(folder / "known_years.csv")
    units = tuple(load_territory(folder))
    files.write_tiles(folder / "tiles.csv", tile_maps(units, known))


def neighbour_borders(
    gminas: Mapping[str, BaseGeometry],
) -> dict[Level, dict[tuple[str, str], float]]:
    """Shared borders of gminas and, merged from them, of powiats and województwa."""
    shared = adjacency.shared_borders(gminas)
    powiats = adjacency.merge_borders(shared, {code: code[:4] for code in gminas})
    wojewodztwa = adjacency.merge_borders(shared, {code: code[:2] for code in gminas})
    return {Level.GMINA: shared, Level.POWIAT: powiats, Level.WOJEWODZTWO: wojewodztwa}


def _findings(units: Iterable[Unit], outlines: Boundaries) -> Iterator[Finding]:
    local = {u.code: u for u in units if u.kind in GMINA_KINDS or u.kind is Kind.MIASTO}
    for code, unit in local.items():
        if not unit.outline and unit.valid_to is None:
            text = f"{unit.name} ({code}): granica niedostępna."
            yield finding("brak-granicy", _SOURCE, outlines.file, text, unit=code)
    for code in sorted(outlines.gminas.keys() - local.keys()):
        text = f"Granica o kodzie {code} nie należy do żadnej jednostki z rejestru TERC."
        yield finding("granica-bez-jednostki", _SOURCE, outlines.file, text, unit=code)
