"""Points inside outlines, against shapely."""

from itertools import pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from smup.present.outlines import bounds, fitted, inner_point, rings

SQUARE = "M20,40h20v20h-20z"
AROUND = "M0 0l30 0 0 20-30 0z" + "M10 5l0 10 10 0 0-10z"  # a gmina about its town
CRESCENT = "M0 0l10 0-8 10 8 10-10 0z"


def test_rings_of_both_ways_of_writing() -> None:
    assert rings(SQUARE)[0].tolist() == [[20, 40], [40, 40], [40, 60], [20, 60]]
    outer, hole = rings(AROUND)
    assert outer.tolist() == [[0, 0], [30, 0], [30, 20], [0, 20]]
    assert hole.tolist() == [[10, 5], [10, 15], [20, 15], [20, 5]]


@pytest.mark.parametrize("d", [SQUARE, AROUND, CRESCENT])
def test_the_point_lies_inside(d: str) -> None:
    outer, *holes = rings(d)
    polygon = shapely.Polygon(outer, holes)
    assert polygon.contains(shapely.Point(inner_point(d)))


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 9)), min_size=3, max_size=8))
def test_the_point_lies_inside_any_outline(steps: list[tuple[int, int]]) -> None:
    points = shapely.MultiPoint([(x, i * y) for i, (x, y) in enumerate(steps)])
    hull = points.convex_hull
    if hull.area < 1:
        return
    corners = [(int(x), int(y)) for x, y in hull.exterior.coords[:-1]]
    moves = [f"{x1 - x0} {y1 - y0}" for (x0, y0), (x1, y1) in pairwise(corners)]
    d = f"M{corners[0][0]} {corners[0][1]}l{' '.join(moves)}z"
    assert hull.distance(shapely.Point(inner_point(d))) < 1e-6


def test_bounds_and_the_box_fitted_about_them() -> None:
    assert bounds([SQUARE, "M0,0h20v20h-20z"]) == (0, 0, 40, 60)
    assert bounds([SQUARE], 0.5) == (10, 30, 40, 40)
    assert fitted((10, 30, 40, 40), 2) == (-10, 30, 80, 40)
    assert fitted((10, 30, 40, 40), 0.5) == (10, 10, 40, 80)
