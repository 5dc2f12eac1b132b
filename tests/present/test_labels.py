"""Names beside lines: apart, in order, inside, and no further from their place than they must."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.present.charts.labels import spread

PLACES = st.lists(st.floats(0, 200).map(lambda v: round(v, 3)), max_size=10)


@given(PLACES)
def test_names_stand_apart_in_order_and_inside(wanted: list[float]) -> None:
    placed = spread(wanted, 17, 0, 200)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    rows = [placed[i] for i in order]
    assert all(b - a >= 17 - 1e-6 for a, b in pairwise(rows))
    assert all(-1e-6 <= row <= 200 + 1e-6 for row in rows)


def test_names_with_room_stay_where_they_are() -> None:
    assert spread([10, 150, 80], 17, 0, 200) == [10, 150, 80]


def test_two_names_at_one_place_part_evenly() -> None:
    assert spread([100, 100], 20, 0, 200) == pytest.approx([90, 110])


def test_too_many_names_stand_closer() -> None:
    assert spread([5, 5, 5], 17, 0, 10) == pytest.approx([0, 5, 10])
