"""The shapes a map is drawn from: borders where they were built, else one equal tile a unit."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from smup.territory import Level, Territory
from smup.territory.load import load_tiles

TILE = 20  # side of a tile in units of the viewBox; whole numbers keep the paths short


def border_map(path: Path) -> dict[str, Any]:
    """The pre-projected outlines that ``smup territory geometry`` wrote."""
    shapes: dict[str, Any] = orjson.loads(path.read_bytes())
    return shapes


def tile_map(folder: Path, level: Level, territory: Territory) -> dict[str, Any] | None:
    """The same shape from ``tiles.csv``: ``{"viewBox", "paths", "borders"}``; None without tiles.

    ``borders`` draws the edges between tiles of different województwa, and of different powiats.
    """
    if not (folder / "tiles.csv").is_file():
        return None
    tiles = load_tiles(folder).get(level)
    if not tiles:
        return None
    width = (max(col for col, _ in tiles.values()) + 1) * TILE
    height = (max(row for _, row in tiles.values()) + 1) * TILE
    return {
        "viewBox": [0, 0, width, height],
        "paths": {code: _square(col * TILE, row * TILE) for code, (col, row) in tiles.items()},
        "borders": {
            "wojewodztwo": _edges(tiles, {c: territory.units[c].wojewodztwo for c in tiles}),
            "powiat": _edges(tiles, {c: territory.units[c].powiat or c for c in tiles}),
        },
    }


def _square(x: int, y: int) -> str:
    return f"M{x},{y}h{TILE}v{TILE}h-{TILE}z"


def _edges(tiles: Mapping[str, tuple[int, int]], owner: Mapping[str, str | None]) -> str:
    """Every side of a tile beyond which lies another owner, or nothing; each side once."""
    at = {cell: owner[code] for code, cell in tiles.items()}
    parts = []
    for (col, row), whose in sorted(at.items()):
        x, y = col * TILE, row * TILE
        if at.get((col - 1, row)) != whose:
            parts.append(f"M{x},{y}v{TILE}")
        if at.get((col, row - 1)) != whose:
            parts.append(f"M{x},{y}h{TILE}")
        if (col + 1, row) not in at:
            parts.append(f"M{x + TILE},{y}v{TILE}")
        if (col, row + 1) not in at:
            parts.append(f"M{x},{y + TILE}h{TILE}")
    return "".join(parts)
