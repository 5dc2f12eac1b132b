"""Circles: the area follows the value, small ones stay above large ones."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.present.bubbles import Bubbles, drawing_order, key_values, radius
from smup.present.maps import bubble_map

SVG = "{http://www.w3.org/2000/svg}"
SHAPE = {
    "viewBox": [0, 0, 60, 20],
    "paths": {code: f"M{x},0h20v20h-20z" for x, code in ((0, "a"), (20, "b"), (40, "c"))},
    "borders": {},
}


@given(st.floats(0.1, 1e9), st.floats(0.1, 1e9))
def test_area_is_in_proportion(one: float, other: float) -> None:
    greatest = max(one, other)
    areas = [radius(v, greatest, 4000) ** 2 for v in (one, other)]
    assert areas[0] * other == pytest.approx(areas[1] * one)


@given(st.floats(1, 1e9))
def test_key_values_are_round_and_not_above_the_greatest(greatest: float) -> None:
    found = key_values(greatest)
    assert 1 <= len(found) <= 3
    assert found == sorted(set(found), reverse=True)
    assert found[0] <= greatest * (1 + 1e-9)
    assert all(f"{value:.0e}"[0] in "125" for value in found)


def test_circles_stand_on_their_units_largest_first() -> None:
    bubbles = Bubbles({"a": 1.0, "b": 4.0}, ((4.0, "400"), (1.0, "25")))
    root = ET.fromstring(bubble_map(SHAPE, bubbles, {"c": "n"}, "Mapa"))
    group = next(g for g in root.iter(f"{SVG}g") if g.get("class") == "m-circles")
    drawn = [(c.get("cx"), c.get("cy"), c.get("r")) for c in group]
    assert drawn == [("30", "10", "4"), ("10", "10", "1")]
    hatched = [g for g in root.iter(f"{SVG}g") if g.get("fill") == "url(#m-hatch)"]
    assert len(hatched) == 1
    assert len(hatched[0]) == 1
    assert [t.text for t in root.iter(f"{SVG}text")] == ["25", "400"]


def test_order_is_the_same_every_time() -> None:
    assert drawing_order({"b": 1, "a": 1, "c": 2}) == ["c", "a", "b"]
