"""The tile map: every unit one equal tile, placed near where it lies.

Small towns and wide rural gminas weigh the same, and no boundary file is needed. Placing is an
assignment problem (each unit one cell, least sum of squared distances), solved exactly by scipy.

Solved once it leaves województwa and powiats with frayed edges. So the whole country is solved
again with every unit drawn towards the middle of its województwo, and then each województwo by
itself, on the cells it holds, with every unit drawn towards the middle of its powiat.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Points = Mapping[str, tuple[float, float]]
Groups = Mapping[str, str]

# A cell belongs to the map when a unit lies within so many cell widths of it: the largest gminas
# are wider than one cell, and a hole in the map would read as a missing unit.
REACH = 1.5
# How strongly a unit is drawn to the middle of its group (0 not at all, 1 half way), and how
# often. Chosen on the map of 2026: the least pull that leaves every województwo in one piece, and
# for powiats the point after which neighbours are torn apart faster than powiats come together.
REGION_PULL, REGION_ROUNDS = 0.5, 1
CLUSTER_PULL, CLUSTER_ROUNDS = 1.5, 6


def tile_map(
    points: Points, regions: Groups | None = None, clusters: Groups | None = None
) -> dict[str, tuple[int, int]]:
    """A cell (column, row) for every unit, no two alike; row 0 in the north.

    ``points``: x to the east, y to the north, in any plane unit. ``regions`` and ``clusters`` say
    for every unit which larger group it is to stay with (województwo) and which smaller one within
    that (powiat). The same input gives the same map.
    """
    codes = sorted(points)
    if not codes:
        return {}
    places = np.array([points[code] for code in codes], dtype=np.float64)
    width = _cell_width(places)
    targets, cells = (places - places.min(axis=0)) / width, _cells(places, width)
    placed = cells[_assign(targets, cells)]
    region = _numbered(codes, regions)
    for _ in range(REGION_ROUNDS if regions else 0):
        placed = cells[_assign(_drawn(targets, placed, region, REGION_PULL), cells)]
    cluster = _numbered(codes, clusters)
    for _ in range(CLUSTER_ROUNDS if clusters else 0):
        drawn = _drawn(targets, placed, cluster, CLUSTER_PULL)
        placed = _rearranged_within(region, drawn, placed)
    return _from_north_west(codes, placed)


def _cells(places: Floats, width: float) -> Floats:
    """Cells [n, 2] of a square grid within REACH of some unit, in cell widths from the corner."""
    low, high = places.min(axis=0), places.max(axis=0)
    margin = int(np.ceil(REACH))
    columns, rows = np.ceil((high - low) / width).astype(int) + margin + 1
    axes = np.meshgrid(np.arange(-margin, columns), np.arange(-margin, rows), indexing="ij")
    grid = np.stack(axes, axis=-1).reshape(-1, 2).astype(np.float64)
    distance, _ = cKDTree(places).query(grid * width + low)
    near: Floats = grid[distance <= REACH * width]
    return near


def _cell_width(places: Floats) -> float:
    """The widest cell (by bisection) of which there are still enough for all units."""
    span = float(np.ptp(places, axis=0).max()) or 1.0
    small, large = span / (2 * len(places)), 2 * span
    for _ in range(50):
        middle = (small + large) / 2
        if len(_cells(places, middle)) >= len(places):
            small = middle
        else:
            large = middle
    return small


def _assign(targets: Floats, cells: Floats) -> Ints:
    """For each target a cell of its own, the sum of squared distances being least."""
    cost = ((targets[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)
    # Whole thousandths: sums are exact, so no machine's rounding decides between two maps.
    _, chosen = linear_sum_assignment(np.round(cost * 1000))
    return np.asarray(chosen, dtype=np.intp)


def _drawn(targets: Floats, placed: Floats, group: Ints, pull: float) -> Floats:
    """Targets moved towards the middle of the cells that their group holds now."""
    sizes = np.bincount(group)
    middles = np.stack([np.bincount(group, placed[:, axis]) / sizes for axis in (0, 1)], axis=1)
    drawn: Floats = (targets + pull * middles[group]) / (1 + pull)
    return drawn


def _rearranged_within(region: Ints, targets: Floats, placed: Floats) -> Floats:
    """The same cells for each region, its units among them placed anew."""
    result = placed.copy()
    for number in range(int(region.max()) + 1):
        members = np.flatnonzero(region == number)
        result[members] = placed[members][_assign(targets[members], placed[members])]
    return result


def _numbered(codes: list[str], groups: Groups | None) -> Ints:
    """Number of each unit's group; all in one where there are no groups."""
    names = [groups[code] if groups else "" for code in codes]
    return np.asarray(np.unique(names, return_inverse=True)[1], dtype=np.intp)


def _from_north_west(codes: list[str], placed: Floats) -> dict[str, tuple[int, int]]:
    west, north = placed[:, 0].min(), placed[:, 1].max()
    return {
        code: (int(x - west), int(north - y))
        for code, (x, y) in zip(codes, placed.tolist(), strict=True)
    }
