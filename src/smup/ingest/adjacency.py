"""Which units share a border, and how long it is.

Two units are neighbours when they share a line, not when they only meet in a corner point. In the
boundary file neighbours run through the same points, so a shared line is exact; a line shorter than
``SHORTEST`` is a corner drawn with two points instead of one (0.8 m and 3.0 m in the 2021 file,
the next is 12.7 m).
"""

from collections.abc import Mapping

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

SHORTEST = 5.0  # metres


def shared_borders(shapes: Mapping[str, BaseGeometry]) -> dict[tuple[str, str], float]:
    """(code, code) in ascending order -> length of the shared border in metres (EPSG:2180)."""
    codes = sorted(shapes)
    polygons = np.array([shapes[code] for code in codes])
    lines = shapely.boundary(polygons)
    one, two = STRtree(polygons).query(polygons, predicate="intersects")
    one, two = one[one < two], two[one < two]
    lengths = shapely.length(shapely.intersection(lines[one], lines[two]))
    pairs = sorted(zip(one.tolist(), two.tolist(), lengths.tolist(), strict=True))
    return {(codes[a], codes[b]): metres for a, b, metres in pairs if metres >= SHORTEST}


def merge_borders(
    borders: Mapping[tuple[str, str], float], owner: Mapping[str, str]
) -> dict[tuple[str, str], float]:
    """Borders of larger units from those of their members: lengths added, inner ones dropped."""
    merged: dict[tuple[str, str], float] = {}
    for (one, two), metres in borders.items():
        low, high = sorted((owner[one], owner[two]))
        if low != high:
            merged[low, high] = merged.get((low, high), 0.0) + metres
    return dict(sorted(merged.items()))
