"""Maps of gminas, powiats and województwa from boundary polygons.

The three levels are simplified together: gminas first, as a coverage whose shared borders stay
shared, and the larger units are merged from the simplified gminas.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import brotli
import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from smup.ingest import boundaries, svg_paths, topojson
from smup.ingest.topology import Topology, cut
from smup.ingest.wfs import download
from smup.territory import Level, Territory

__all__ = ["FileSize", "GeometryReport", "build", "download"]

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
# From the finest: each is drawn with the borders of those after it.
LEVELS = (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)
SOURCE = "Państwowy Rejestr Granic (GUGiK)"


@dataclass(frozen=True, slots=True)
class FileSize:
    """One file written: how many units it draws, its bytes and those of its ``.br`` twin."""

    name: str
    units: int
    size: int
    compressed: int


@dataclass(frozen=True, slots=True)
class GeometryReport:
    """``missing``: existing gminas and cities without an outline ("granica niedostępna")."""

    source: str
    files: tuple[FileSize, ...]
    missing: tuple[str, ...]


def build(
    data: Path, territory: Territory, out: Path, progress: Progress | None = None
) -> GeometryReport:
    """Write ``{gmina,powiat,wojewodztwo}.{json,topojson}`` and their ``.br`` twins into ``out``.

    The ``.json`` holds ``viewBox``, ``paths`` by unit code, ``borders`` of the larger units,
    ``missing`` and ``source``. The same boundaries give the same bytes. Raises BoundaryError.
    """
    report = progress or (lambda stage, done, total: None)
    report("granice", 0, 5)
    found = boundaries.read(data)
    report("upraszczanie", 1, 5)
    levels = _oriented(boundaries.merge_levels(simplified(found.gminas)))
    missing = _missing(territory, found.gminas)
    grid = svg_paths.Grid.around(shapely.total_bounds(list(levels["kraj"].values())).tolist())
    topologies = {level: cut(_from(level, levels)) for level in levels}
    names = {unit.code: unit.name for unit in territory}
    source = f"{SOURCE}, plik {found.file}"
    out.mkdir(parents=True, exist_ok=True)
    meshes = _meshes(topologies, grid)
    files = []
    for number, level in enumerate(LEVELS):
        report(f"mapa: {level}", 2 + number, 5)
        topology, units = topologies[level], len(levels[level])
        larger = {name: mesh for name, mesh in _from(level, meshes).items() if name != level}
        shape = {
            "viewBox": grid.view_box,
            "paths": svg_paths.unit_paths(topology, level, grid),
            "borders": larger,
            "missing": missing if level is Level.GMINA else [],
            "source": source,
        }
        topo = topojson.encode(topology, level.value, names)
        files.append(_write(out / f"{level}.json", shape, units))
        files.append(_write(out / f"{level}.topojson", topo, units))
    report("gotowe", 5, 5)
    return GeometryReport(source, tuple(files), tuple(missing))


def simplified(gminas: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Gminas without the vertices that the finest map could not show.

    Visvalingam–Whyatt on the coverage as a whole: a vertex goes when the triangle it makes with
    its neighbours is smaller than one square of the grid, on both sides of a border alike.
    """
    shapes = np.array(list(gminas.values()))
    west, _, east, _ = shapely.total_bounds(shapes)
    metres = (east - west) / svg_paths.WIDTH
    return dict(zip(gminas, shapely.coverage_simplify(shapes, metres), strict=True))


def _meshes(topologies: Mapping[str, Topology], grid: svg_paths.Grid) -> dict[str, str]:
    """Lines between the units of each level, and around the country."""
    return {
        level: svg_paths.lines(
            topology,
            topology.border(level) if level == "kraj" else topology.inner_border(level),
            grid,
        )
        for level, topology in topologies.items()
    }


def _from(level: str, levels: Mapping[str, T]) -> dict[str, T]:
    """A level and the larger ones."""
    names = list(levels)
    return {name: levels[name] for name in names[names.index(level) :]}


def _oriented(
    levels: Mapping[str, Mapping[str, BaseGeometry]],
) -> dict[str, dict[str, BaseGeometry]]:
    return {
        level: {
            code: shapely.orient_polygons(shape, exterior_cw=True) for code, shape in shapes.items()
        }
        for level, shapes in levels.items()
    }


def _missing(territory: Territory, gminas: Mapping[str, BaseGeometry]) -> list[str]:
    existing = (u for u in territory.of_level(Level.GMINA) if u.valid_to is None)
    return sorted(unit.code for unit in existing if unit.code not in gminas)


def _write(path: Path, content: Mapping[str, Any], units: int) -> FileSize:
    text = orjson.dumps(content)
    small = brotli.compress(text, quality=11, lgwin=22)
    path.write_bytes(text)
    path.with_name(f"{path.name}.br").write_bytes(small)
    return FileSize(path.name, units, len(text), len(small))
