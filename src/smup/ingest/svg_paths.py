"""Outlines as SVG paths on one integer grid, projected beforehand: a browser only draws.

Every arc is rounded once and shared by the outlines on both sides, so borders meet exactly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from smup.ingest.topology import Floats, Outline, Ring, Topology

Ints = npt.NDArray[np.int64]

# 172 m to a unit. Measured on the gminas of 2021 (whole file, brotli): 2,000 units 110 kB, 4,000
# units 134 kB of a budget of 150 kB; at 2,000 a powiat drawn as large as a screen shows steps.
WIDTH = 4000
MARGIN = 8  # room for the outer line's thickness


@dataclass(frozen=True)
class Grid:
    """From metres (y to the north) to units of the picture (y down)."""

    west: float
    north: float
    metres: float  # to one unit
    height: int

    @classmethod
    def around(cls, bounds: Sequence[float]) -> "Grid":
        """The grid for (west, south, east, north) in metres, WIDTH units wide."""
        west, south, east, north = bounds
        metres = (east - west) / (WIDTH - 2 * MARGIN)
        return cls(west, north, metres, round((north - south) / metres) + 2 * MARGIN)

    @property
    def view_box(self) -> list[int]:
        return [0, 0, WIDTH, self.height]

    def snap(self, points: Floats) -> Ints:
        """Points on the grid, those that fall together with the one before left out."""
        units = (points - [self.west, self.north]) / [self.metres, -self.metres] + MARGIN
        snapped: Ints = np.rint(units).astype(np.int64)
        moved = np.any(np.diff(snapped, axis=0) != 0, axis=1)
        kept: Ints = snapped[np.concatenate([[True], moved])]
        return kept


def unit_paths(topology: Topology, level: str, grid: Grid) -> dict[str, str]:
    """The ``d`` of every unit of a level, by code."""
    arcs = [grid.snap(arc) for arc in topology.arcs]
    return {code: _path(outline, arcs) for code, outline in topology.outlines[level].items()}


def lines(topology: Topology, numbers: Iterable[int], grid: Grid) -> str:
    """The ``d`` of a mesh of arcs, as open lines."""
    snapped = (grid.snap(topology.arcs[number]) for number in numbers)
    return "".join(_moves(arc.tolist()) for arc in snapped if len(arc) > 1)


def _path(outline: Outline, arcs: Sequence[Ints]) -> str:
    polygons = [[_walk(ring, arcs) for ring in polygon] for polygon in outline]
    drawn = [
        _moves(ring) + "z"
        for polygon in polygons
        if _area(polygon[0])
        for ring in polygon
        if _area(ring)
    ]
    if drawn:
        return "".join(drawn)
    x, y = polygons[0][0][0]  # smaller than the grid: one unit, so that it does not vanish
    return f"M{x} {y}l1 0 0 1-1 0z"


def _walk(ring: Ring, arcs: Sequence[Ints]) -> list[list[int]]:
    """Points of a ring, its last not repeated."""
    points: list[list[int]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc.tolist()[1 if points else 0 :])
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def _area(points: Sequence[Sequence[int]]) -> int:
    """Twice the area enclosed, 0 for a ring that has collapsed to a line."""
    total = 0
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        total += x0 * y1 - x1 * y0
    return abs(total)


def _moves(points: Sequence[Sequence[int]]) -> str:
    """``M`` to the first point and relative lines to the others, in the fewest characters."""
    (x, y), text = points[0], list[str]()
    for next_x, next_y in points[1:]:
        for step in (next_x - x, next_y - y):
            text.append(f" {step}" if step >= 0 and text else str(step))
        x, y = next_x, next_y
    return f"M{points[0][0]} {points[0][1]}l{''.join(text)}"
