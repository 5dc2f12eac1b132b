"""Outlines as TopoJSON 1.0: quantised degrees, arcs written as differences.

Outer rings run clockwise, as d3 and Vega expect of TopoJSON.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from smup.ingest.boundaries import GRID, projection
from smup.ingest.topology import Floats, Outline, Topology

# Steps across the country: as fine as the SVG paths (172 m by 160 m). Measured on the gminas of
# 2021 (brotli, names included): 139 kB of a budget of 150 kB; with 5,000 steps 144 kB, and the
# larger units as further objects of the same file would add 12 kB.
STEPS = 4000


def encode(topology: Topology, level: str, names: Mapping[str, str]) -> dict[str, Any]:
    """A topology with one object, ``level``; geometries have ``id`` (unit code) and ``name``."""
    to_degrees = projection(GRID, "EPSG:4326")
    arcs = [to_degrees(arc) for arc in topology.arcs]
    everything = np.concatenate(arcs)
    low, high = everything.min(axis=0), everything.max(axis=0)
    scale = (high - low) / STEPS
    outlines = topology.outlines[level]
    geometries = [_geometry(code, outline, names) for code, outline in outlines.items()]
    return {
        "type": "Topology",
        "bbox": [round(v, 6) for v in (*low.tolist(), *high.tolist())],
        "transform": {"scale": scale.tolist(), "translate": low.tolist()},
        "objects": {level: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_differences(arc, low, scale) for arc in arcs],
    }


def _geometry(code: str, outline: Outline, names: Mapping[str, str]) -> dict[str, Any]:
    polygons: Sequence[Any] = [[list(ring) for ring in polygon] for polygon in outline]
    single = len(polygons) == 1
    return {
        "type": "Polygon" if single else "MultiPolygon",
        "id": code,
        "properties": {"name": names.get(code, "")},
        "arcs": polygons[0] if single else polygons,
    }


def _differences(arc: Floats, low: Floats, scale: Floats) -> list[list[int]]:
    """The first position and then steps; an arc keeps at least its two ends."""
    places = np.rint((arc - low) / scale).astype(np.int64)
    steps = np.diff(places, axis=0)
    moved = steps[np.any(steps != 0, axis=1)]
    first: list[list[int]] = [places[0].tolist()]
    return first + (moved.tolist() or [[0, 0]])
