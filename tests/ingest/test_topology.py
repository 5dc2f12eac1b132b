"""Arcs shared by outlines of all levels."""

import itertools

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from smup.ingest.boundaries import merge_levels
from smup.ingest.topology import Topology, cut


def square(x: float, y: float, side: float = 1.0) -> Polygon:
    """Every corner of the unit grid is a vertex, as in a file whose borders run through them."""
    return shapely.box(x, y, x + side, y + side)


def rebuilt(topology: Topology, level: str, code: str) -> BaseGeometry:
    """The outline put together from its arcs, naively."""
    polygons = []
    for polygon in topology.outlines[level][code]:
        rings = []
        for ring in polygon:
            points: list[tuple[float, float]] = []
            for number in ring:
                arc = topology.arcs[number if number >= 0 else ~number].tolist()
                arc = arc if number >= 0 else arc[::-1]
                assert not points or points[-1] == tuple(arc[0])
                points += [tuple(p) for p in (arc if not points else arc[1:])]
            assert points[0] == points[-1]
            rings.append(points)
        polygons.append(Polygon(rings[0], rings[1:]))
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def test_two_squares_share_one_arc() -> None:
    topology = cut({"gmina": {"a": square(0, 0), "b": square(1, 0)}})
    assert len(topology.arcs) == 3
    (shared,) = topology.inner_border("gmina")
    assert sorted(map(tuple, topology.arcs[shared].tolist())) == [(1, 0), (1, 1)]
    assert topology.border("gmina") == [0, 1, 2]


def test_an_enclave_is_one_closed_arc_used_by_both() -> None:
    inner = square(1, 1)
    outer = square(0, 0, 3).difference(inner)
    topology = cut({"gmina": {"in": inner, "out": outer}})
    assert len(topology.arcs) == 2
    assert len(topology.inner_border("gmina")) == 1


def test_squares_that_touch_in_a_corner_share_no_arc() -> None:
    topology = cut({"gmina": {"a": square(0, 0), "b": square(1, 1)}})
    assert topology.inner_border("gmina") == []


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from("abcd")))
def test_outlines_are_rebuilt_exactly_at_every_level(owner: dict[tuple[int, int], str]) -> None:
    cells = {f"{x}{y}": square(x, y) for x, y in itertools.product(range(5), range(5))}
    gminas = {
        f"14{ord(owner.get((int(c[0]), int(c[1])), 'a')) - 96:02d}{c}": shape
        for c, shape in cells.items()
    }
    levels = merge_levels(gminas)
    topology = cut(levels)
    for level, shapes in levels.items():
        for code, shape in shapes.items():
            assert rebuilt(topology, level, code).normalize() == shape.normalize()
    edges = sum(len(arc) - 1 for arc in topology.arcs)
    assert edges == 60  # every edge of a 5 x 5 grid once: 2 * 5 * 6


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 6), st.integers(1, 5))
def test_inner_borders_and_outer_line_make_up_all_borders(columns: int, rows: int) -> None:
    gminas = {f"14010{x}{y}": square(x, y) for x in range(columns) for y in range(rows)}
    topology = cut({"gmina": gminas, "kraj": {"PL": shapely.union_all(list(gminas.values()))}})
    inner, outer = set(topology.inner_border("gmina")), set(topology.border("kraj"))
    assert inner.isdisjoint(outer)
    assert inner | outer == set(topology.border("gmina"))
    assert sum(len(topology.arcs[n]) - 1 for n in outer) == 2 * (columns + rows)
