"""Boundaries of units (PRG, the state register of boundaries) as polygons on the national grid.

The source is GeoJSON in WGS84, one file per level; everything here is in metres, EPSG:2180.
"""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

GRID = "EPSG:2180"
# Where gminas are looked for below a folder of source files, the freshest first.
DOWNLOADED = Path("boundaries/prg_wfs/gmina.geojson.gz")
FILES = (DOWNLOADED, Path("boundaries/prg_2021/poland.municipalities.json.gz"))

Floats = npt.NDArray[np.float64]


class BoundaryError(ValueError):
    """A boundary file cannot be read; one Polish sentence with the place."""


def stable_code(teryt: str) -> str:
    """The unit's key from a boundary's code: a city with powiat rights by four digits."""
    return teryt[:4] if teryt[2:4] >= "61" else teryt[:6]


@dataclass(frozen=True)
class Boundaries:
    """Polygons of gminas and cities with powiat rights in EPSG:2180, by stable code, sorted."""

    file: str  # path below the folder of source files
    gminas: Mapping[str, BaseGeometry]


def find(data: Path) -> Path | None:
    """The freshest boundary file in the folder; None where there is none."""
    return next((data / file for file in FILES if (data / file).is_file()), None)


def read(data: Path) -> Boundaries:
    """The freshest boundaries in the folder. Raises BoundaryError when none can be read."""
    path = find(data)
    if path is None:
        raise BoundaryError(
            f"W {data} nie ma pliku granic ({FILES[-1]}); wskaż inny folder albo pobierz granice "
            "poleceniem `smup territory geometry --download`."
        )
    return read_file(path, path.relative_to(data).as_posix())


def read_file(path: Path, name: str) -> Boundaries:
    """The boundaries in one file, told under ``name``. Raises BoundaryError."""
    try:
        features = json.loads(gzip.decompress(path.read_bytes()))["features"]
        shapes = {
            stable_code(str(feature["properties"]["terc"])): shape(feature["geometry"])
            for feature in features
        }
    except (OSError, EOFError, ValueError, KeyError, TypeError, ShapelyError) as error:
        raise BoundaryError(f"{path}: nie da się odczytać granic ({error!r}).") from error
    if not shapes or len(shapes) != len(features):
        raise BoundaryError(f"{path}: brak granic albo ten sam kod stoi przy kilku granicach.")
    to_grid = projection("EPSG:4326", GRID)
    gminas = {code: shapely.transform(shapes[code], to_grid) for code in sorted(shapes)}
    return Boundaries(name, gminas)


def projection(source: str, target: str) -> Callable[[Floats], Floats]:
    """A function from points [n, 2] in ``source`` to ``target``, both as x (east), y (north)."""
    transformer = pyproj.Transformer.from_crs(source, target, always_xy=True)

    def project(points: Floats) -> Floats:
        x, y = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack([x, y])

    return project


def inner_points(shapes: Mapping[str, BaseGeometry]) -> dict[str, tuple[float, float]]:
    """For every unit a point inside it (EPSG:2180): its centroid, or where a bent or holed unit
    does not contain that, a point that it contains."""
    points = {}
    for code, polygon in shapes.items():
        centre = polygon.centroid
        point = centre if polygon.contains(centre) else polygon.representative_point()
        points[code] = (float(point.x), float(point.y))
    return points


def to_degrees(points: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Grid points as (longitude, latitude), rounded to five decimals (about a metre)."""
    turned = projection(GRID, "EPSG:4326")(np.array(list(points.values()), dtype=np.float64))
    return {
        code: (round(float(lon), 5), round(float(lat), 5))
        for code, (lon, lat) in zip(points, turned, strict=True)
    }


def merge_levels(
    gminas: Mapping[str, BaseGeometry],
) -> dict[str, dict[str, BaseGeometry]]:
    """Outlines of gminas, powiats, województwa and the country, each merged from the gminas.

    Keys: ``gmina``, ``powiat`` (cities with powiat rights stand here too), ``wojewodztwo``,
    ``kraj``; within a level by code.
    """
    powiats = _merge(gminas, {code: code[:4] for code in gminas})
    wojewodztwa = _merge(powiats, {code: code[:2] for code in powiats})
    country = _merge(wojewodztwa, dict.fromkeys(wojewodztwa, "PL"))
    return {"gmina": dict(gminas), "powiat": powiats, "wojewodztwo": wojewodztwa, "kraj": country}


def _merge(shapes: Mapping[str, BaseGeometry], owner: Mapping[str, str]) -> dict[str, BaseGeometry]:
    members: dict[str, list[BaseGeometry]] = {}
    for code, polygon in shapes.items():
        members.setdefault(owner[code], []).append(polygon)
    return {code: shapely.union_all(members[code]) for code in sorted(members)}
