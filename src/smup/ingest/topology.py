"""Shared borders as arcs: each stretch of line once, whatever number of outlines runs along it.

Outlines of all levels are cut at the same vertices, so a powiat's outline is made of the very arcs
of its gminas: whatever is later done to an arc, every outline that uses it stays exact.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Ring = tuple[int, ...]  # arc numbers in order; ~n is arc n walked backwards
Outline = tuple[tuple[Ring, ...], ...]  # polygons, each its outer ring and its holes
Outlines = Mapping[str, Mapping[str, Outline]]  # level -> unit -> outline


@dataclass(frozen=True)
class Topology:
    """``arcs``: points [n, 2], ends included; an arc that closes on itself repeats its start."""

    arcs: tuple[Floats, ...]
    outlines: Outlines

    def border(self, level: str) -> list[int]:
        """Arcs between two units of a level, or between one of them and the outside."""
        used = {arc if arc >= 0 else ~arc for arc in self._walked(level)}
        return sorted(used)

    def inner_border(self, level: str) -> list[int]:
        """Arcs with a unit of the level on both sides."""
        seen: set[int] = set()
        twice: set[int] = set()
        for arc in self._walked(level):
            number = arc if arc >= 0 else ~arc
            (twice if number in seen else seen).add(number)
        return sorted(twice)

    def _walked(self, level: str) -> Iterator[int]:
        for outline in self.outlines[level].values():
            for polygon in outline:
                for ring in polygon:
                    yield from ring


def cut(levels: Mapping[str, Mapping[str, BaseGeometry]]) -> Topology:
    """Arcs and outlines of polygons whose common borders run through identical vertices."""
    vertices = _Vertices()
    rings = {
        level: {code: vertices.outline(shape) for code, shape in shapes.items()}
        for level, shapes in levels.items()
    }
    junctions = _junctions(
        ring
        for shapes in rings.values()
        for outline in shapes.values()
        for polygon in outline
        for ring in polygon
    )
    arcs = _Arcs()
    outlines = {
        level: {
            code: tuple(
                tuple(tuple(arcs.of_ring(ring, junctions)) for ring in polygon)
                for polygon in outline
            )
            for code, outline in shapes.items()
        }
        for level, shapes in rings.items()
    }
    points = np.array(vertices.points, dtype=np.float64)
    return Topology(tuple(points[list(arc)] for arc in arcs.found), outlines)


class _Vertices:
    """Numbers for vertices: the same place, the same number."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []
        self._numbers: dict[tuple[float, float], int] = {}

    def outline(self, shape: BaseGeometry) -> list[list[list[int]]]:
        """Polygons of rings of vertex numbers; the repeated last vertex is left out."""
        return [
            [self._ring(ring) for ring in (polygon.exterior, *polygon.interiors)]
            for polygon in shapely.get_parts(shape)
        ]

    def _ring(self, ring: BaseGeometry) -> list[int]:
        return [self._number((x, y)) for x, y in shapely.get_coordinates(ring)[:-1].tolist()]

    def _number(self, point: tuple[float, float]) -> int:
        number = self._numbers.setdefault(point, len(self.points))
        if number == len(self.points):
            self.points.append(point)
        return number


def _junctions(rings: Iterator[list[int]]) -> set[int]:
    """Vertices where lines part or meet: those with more than two different neighbours."""
    beside: dict[int, set[int]] = {}
    for ring in rings:
        for before, here, after in zip([ring[-1], *ring], ring, [*ring[1:], ring[0]], strict=False):
            beside.setdefault(here, set()).update((before, after))
    return {vertex for vertex, others in beside.items() if len(others) > 2}


class _Arcs:
    """Arcs found so far, each in the direction in which it was first walked."""

    def __init__(self) -> None:
        self.found: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[int, ...], int] = {}

    def of_ring(self, ring: list[int], junctions: set[int]) -> Iterator[int]:
        """The ring as arc numbers, cut at its junctions."""
        starts = [i for i, vertex in enumerate(ring) if vertex in junctions]
        if not starts:  # an island or an enclave: start at one place, whoever walks it
            starts = [ring.index(min(ring))]
        turned = ring[starts[0] :] + ring[: starts[0]]
        ends = [start - starts[0] for start in starts] + [len(ring)]
        closed = [*turned, turned[0]]
        for first, last in pairwise(ends):
            yield self._number(tuple(closed[first : last + 1]))

    def _number(self, arc: tuple[int, ...]) -> int:
        if arc in self._numbers:
            return self._numbers[arc]
        number = len(self.found)
        self.found.append(arc)
        self._numbers[arc] = number
        self._numbers[arc[::-1]] = ~number
        return number
