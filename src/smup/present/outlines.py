"""Where an outline lies: a point inside it and its bounds, read from the ``d`` of its path.

Paths of a map hold only what its builder writes: M, l, h, v and z, absolute or relative.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]  # x, y, width, height

_STEP = re.compile(r"([MlhvLHV])([^MlhvLHVz]*)")
_SIDES = re.compile(r"[hvHVL]")
_NUMBER = re.compile(r"-?\d*\.?\d+")


def rings(d: str) -> list[Floats]:
    """Corners [n, 2] of every closed ring of a path."""
    return [_ring(part) for part in d.split("z") if part]


@lru_cache(maxsize=8192)  # as many as the outlines of all levels and forms; each is asked for often
def inner_point(d: str) -> tuple[float, float]:
    """A point well inside an outline: the middle of its widest stretch at half its height.

    The middle of a gmina that surrounds a town would lie in the town.
    """
    found = rings(d)
    largest = max(found, key=lambda ring: float(np.prod(np.ptp(ring, axis=0))))
    low, high = largest[:, 1].min(), largest[:, 1].max()
    y = float(low + high) / 2 + 1e-3  # beside the corners, which lie on whole numbers
    crossings = sorted(x for ring in found for x in _crossings(ring, y))
    if len(crossings) < 2:
        x, y = largest.mean(axis=0).tolist()
        return x, y
    left, right = max(
        zip(crossings[::2], crossings[1::2], strict=False), key=lambda pair: pair[1] - pair[0]
    )
    return (left + right) / 2, y - 1e-3


def bounds(paths: Iterable[str], margin: float = 0.0) -> Box:
    """The box around all outlines, wider by ``margin`` of its size on every side."""
    corners = np.concatenate([ring for d in paths for ring in rings(d)])
    low, size = corners.min(axis=0), np.ptp(corners, axis=0)
    x, y = (low - margin * size).tolist()
    width, height = (size * (1 + 2 * margin)).tolist()
    return x, y, width, height


def fitted(box: Box, ratio: float) -> Box:
    """The least box around ``box``, with its middle, that is ``ratio`` times as wide as high."""
    x, y, width, height = box
    wide, high = max(width, height * ratio), max(height, width / ratio)
    return x - (wide - width) / 2, y - (high - height) / 2, wide, high


def _ring(part: str) -> Floats:
    if not _SIDES.search(part):  # borders: one move and relative lines
        steps = np.array(_NUMBER.findall(part), dtype=np.float64).reshape(-1, 2)
        points: Floats = steps.cumsum(axis=0)
        return points
    return _ring_of_sides(part)


def _ring_of_sides(part: str) -> Floats:
    x = y = 0.0
    points: list[tuple[float, float]] = []
    for command, words in _STEP.findall(part):
        numbers = [float(n) for n in _NUMBER.findall(words)]
        if command in "hH":
            steps = [(n, 0.0 if command == "h" else y) for n in numbers]
        elif command in "vV":
            steps = [(0.0 if command == "v" else x, n) for n in numbers]
        else:
            steps = list(zip(numbers[::2], numbers[1::2], strict=True))
        for dx, dy in steps:
            x, y = (dx, dy) if command in "MLHV" else (x + dx, y + dy)
            points.append((x, y))
    return np.array(points, dtype=np.float64)


def _crossings(ring: Floats, y: float) -> list[float]:
    """Where the edges of a ring cross a horizontal line."""
    ends = np.roll(ring, -1, axis=0)
    crossed = (ring[:, 1] > y) != (ends[:, 1] > y)
    start, end = ring[crossed], ends[crossed]
    share = (y - start[:, 1]) / (end[:, 1] - start[:, 1])
    found: list[float] = (start[:, 0] + share * (end[:, 0] - start[:, 0])).tolist()
    return found
