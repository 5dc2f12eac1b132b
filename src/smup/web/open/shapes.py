"""Where units lie, as every open face tells it: outlines of this machine, else points inside.

Outlines are those of the maps, in degrees: borders of the day of their source, on a grid of about
170 metres. They are no part of a release and may be made while the server runs.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from smup.formats import geojson
from smup.store.releases import Release
from smup.territory import Level

LEVELS = (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)
Form = Literal["outlines", "points"]
Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class Shapes:
    """The places of the units of one level: GeoJSON by code, and a tree to search them by.

    ``digest`` names the outlines, "" for points, which are a part of the release.
    """

    form: Form
    digest: str
    encoded: Mapping[str, bytes]
    codes: Sequence[str]
    tree: shapely.STRtree

    @property
    def bounds(self) -> Box | None:
        """The box around all of them; None where there is none."""
        if not self.codes:
            return None
        west, south, east, north = shapely.total_bounds(self.tree.geometries).tolist()
        return west, south, east, north

    def meeting(self, box: BaseGeometry) -> set[str]:
        """Codes of the units that share at least a point with ``box``."""
        return {self.codes[at] for at in self.tree.query(box, predicate="intersects")}


def shapes_of(release: Release, level: Level) -> Shapes:
    """Outlines where this machine has them, else the points of the release."""
    path = release.topology(level)
    if path is None:
        return _points(release, level)
    return _outlines(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2 * len(LEVELS))
def _outlines(path: Path, changed: int) -> Shapes:
    """``changed`` makes outlines that were built anew another key."""
    text = path.read_bytes()
    digest = hashlib.sha256(text).hexdigest()[:12]
    return _shapes("outlines", digest, geojson.outlines(orjson.loads(text)))


@lru_cache(maxsize=2 * len(LEVELS))
def _points(release: Release, level: Level) -> Shapes:
    units = release.territory.of_level(level)
    found = {u.code: shapely.Point(u.lon, u.lat) for u in units if u.lon is not None}
    return _shapes("points", "", found)


def _shapes(form: Form, digest: str, found: Mapping[str, BaseGeometry]) -> Shapes:
    tree = shapely.STRtree(np.array(list(found.values()), dtype=object))
    return Shapes(form, digest, geojson.encoded(found), tuple(found), tree)
