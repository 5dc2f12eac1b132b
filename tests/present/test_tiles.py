"""The tile map: one cell a unit, near its place, groups kept together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.present.tiles import tile_map
from smup.territory import Level, Territory, load_tiles

Cell = tuple[int, int]


def test_no_units_no_tiles() -> None:
    assert tile_map({}) == {}


def test_one_unit_stands_in_the_corner() -> None:
    assert tile_map({"a": (19.0, 52.0)}) == {"a": (0, 0)}


def test_a_square_country_keeps_its_square() -> None:
    points = {f"{x}{y}": (10.0 * x, 10.0 * y) for x in range(5) for y in range(5)}
    assert tile_map(points) == {f"{x}{y}": (x, 4 - y) for x in range(5) for y in range(5)}


def test_columns_run_east_and_rows_south() -> None:
    tiles = tile_map({"nw": (0, 1), "ne": (1, 1), "sw": (0, 0), "se": (1, 0)})
    assert tiles == {"nw": (0, 0), "ne": (1, 0), "sw": (0, 1), "se": (1, 1)}


POINTS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.tuples(st.floats(14, 24), st.floats(49, 55)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(POINTS)
def test_every_unit_has_a_cell_of_its_own(points: dict[str, tuple[float, float]]) -> None:
    groups = {code: code[0] for code in points}
    tiles = tile_map(points, groups, {code: code[:2] for code in points})
    assert tiles.keys() == points.keys()
    assert len(set(tiles.values())) == len(tiles)
    assert min(col for col, _ in tiles.values()) == min(row for _, row in tiles.values()) == 0


@settings(max_examples=30, deadline=None)
@given(POINTS)
def test_the_order_of_the_input_does_not_matter(points: dict[str, tuple[float, float]]) -> None:
    backwards = dict(reversed(list(points.items())))
    assert tile_map(points) == tile_map(backwards)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=2, max_size=6, unique=True))
def test_no_other_arrangement_of_the_same_cells_is_nearer(
    places: list[tuple[float, float]],
) -> None:
    points = {str(i): place for i, place in enumerate(places)}
    tiles = tile_map(points)
    codes, cells = list(points), list(tiles.values())

    def fit(order: Iterable[Cell]) -> float:
        """How well cells run with places (the part of squared distances that order decides)."""
        return sum(
            points[code][0] * col - points[code][1] * row
            for code, (col, row) in zip(codes, order, strict=True)
        )

    given_order = [tiles[code] for code in codes]
    # costs are whole thousandths of a squared cell, cells at least 1/12 of the span wide
    assert fit(given_order) >= max(fit(order) for order in permutations(cells)) - 0.05


def test_stored_wojewodztwa_are_in_one_piece(root: Path) -> None:
    tiles = load_tiles(root / "territory")[Level.GMINA]
    pieces = Counter(_pieces({cell: code[:2] for code, cell in tiles.items()}))
    assert pieces == dict.fromkeys(pieces, 1)
    assert len(pieces) == 16


def test_stored_powiats_stay_together(root: Path) -> None:
    tiles = load_tiles(root / "territory")[Level.GMINA]
    pieces = Counter(_pieces({cell: code[:4] for code, cell in tiles.items()}, corners=True))
    assert len(pieces) == 380
    assert sum(number > 1 for number in pieces.values()) <= 5


@pytest.mark.parametrize(("level", "share"), [(Level.GMINA, 0.95), (Level.POWIAT, 0.95)])
def test_neighbours_stand_at_most_two_tiles_apart(
    root: Path, territory: Territory, level: Level, share: float
) -> None:
    tiles = load_tiles(root / "territory")[level]
    apart = [
        max(abs(tiles[one][0] - tiles[two][0]), abs(tiles[one][1] - tiles[two][1]))
        for (one, of), others in territory.neighbours.items()
        if of is level
        for two in others
    ]
    assert sum(steps <= 2 for steps in apart) / len(apart) > share


def test_gminas_without_an_outline_stand_by_their_parents(root: Path) -> None:
    tiles = load_tiles(root / "territory")[Level.GMINA]
    for unit, parent in (("120713", "120705"), ("200216", "200209")):
        assert max(abs(a - b) for a, b in zip(tiles[unit], tiles[parent], strict=True)) <= 2


def _pieces(owner: Mapping[Cell, str], corners: bool = False) -> list[str]:
    """The owner of every connected piece (flood fill), touching corners counted if asked."""
    steps = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if corners or not dx * dy]
    left, found = set(owner), []
    while left:
        queue = [left.pop()]
        found.append(owner[queue[0]])
        while queue:
            x, y = queue.pop()
            for dx, dy in steps:
                near = (x + dx, y + dy)
                if near in left and owner[near] == found[-1]:
                    left.remove(near)
                    queue.append(near)
    return found
