"""What the map script and the pictures without script are drawn from."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from smup.catalogue import Indicator
from smup.language import Lang
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.present.shading import Cells, Shading, shade
from smup.present.values import reason, value_text
from smup.store.releases import Release
from smup.territory import Level
from smup.web.portal.naming import title
from smup.web.portal.standing import columns_of_level

BORDERS, TILES = "granice", "kafelki"
FORMS = (BORDERS, TILES)
LEVELS = (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)


@dataclass(frozen=True)
class MapShape:
    """Outlines (or tiles) of one level with the digest that addresses them for ever."""

    shape: dict[str, Any]
    digest: str
    body: bytes


def has_borders(release: Release, level: Level) -> bool:
    """Does this machine hold outlines, or is ``geometry`` the tile map as well?"""
    return release.geometry(level) is not None and release.geometry(level) is not release.tiles(
        level
    )


def shape_of(release: Release, level: Level, form: str) -> dict[str, Any] | None:
    """Outlines where asked for and known, else tiles; None where neither is known."""
    if form == BORDERS and has_borders(release, level):
        return release.geometry(level)
    return release.tiles(level) or release.geometry(level)


@lru_cache(maxsize=24)
def map_shape(release: Release, level: Level, form: str, lang: Lang) -> MapShape | None:
    """The shape as the bytes the script loads: codes, names and paths in one order."""
    shape = shape_of(release, level, form)
    if shape is None:
        return None
    units = release.territory.units
    codes = [code for code in shape["paths"] if code in units]
    body = orjson.dumps(
        {
            "viewBox": shape["viewBox"],
            "codes": codes,
            "names": [title(units[code], lang) for code in codes],
            "paths": [shape["paths"][code] for code in codes],
            "border": shape["borders"].get("wojewodztwo", ""),
        }
    )
    return MapShape(shape, hashlib.sha256(body).hexdigest()[:12], body)


def cells_of(release: Release, indicator: str, level: Level, year: int) -> Cells:
    """(value or None, status) of every unit of a level that existed that year."""
    panel = release.indicators
    at = panel.item_index[indicator], panel.year_index[year]
    columns = columns_of_level(release, level)
    return {
        panel.units[column]: (float(value) if code < FIRST_GAP else None, Status(int(code)))
        for column, value, code in zip(
            columns, panel.values[at][columns], panel.status[at][columns], strict=True
        )
        if code != Status.NOT_EXISTING
    }


@lru_cache(maxsize=512)
def known_counts(release: Release, indicator: str, level: Level) -> dict[int, int]:
    """Year -> how many units of a level have a value, for years in which anyone has one."""
    panel = release.indicators
    if indicator not in panel.item_index:  # waits for data
        return {}
    status = panel.status[panel.item_index[indicator]][:, columns_of_level(release, level)]
    counts = (status < FIRST_GAP).sum(axis=1).tolist()
    wanted = set(release.years_of(indicator))
    return {y: n for y, n in zip(panel.years, counts, strict=True) if y in wanted}


@lru_cache(maxsize=128)
def shading_of(release: Release, indicator: str, level: Level, year: int, lang: Lang) -> Shading:
    """Classes and legend of one map."""
    cells = cells_of(release, indicator, level, year)
    return shade(cells, release.catalogue.indicators[indicator].decimals, lang)


def map_values(
    release: Release, indicator: Indicator, level: Level, year: int, form: str, lang: Lang
) -> bytes:
    """Class and words of every unit in the order of the shape, for the script."""
    drawn = map_shape(release, level, form, lang)
    codes = orjson.loads(drawn.body)["codes"] if drawn else []
    cells = cells_of(release, indicator.id, level, year)
    shading = shading_of(release, indicator.id, level, year, lang)
    measure = release.catalogue.measures[indicator.unit]

    def words(code: str) -> str:
        value, status = cells.get(code, (None, Status.NOT_EXISTING))
        if value is None:
            return reason(status, lang)
        return value_text(value, indicator, measure, lang)

    return orjson.dumps(
        {
            "year": year,
            "palette": shading.palette,
            "keys": "".join(shading.keys.get(code, "n") for code in codes),
            "words": [words(code) for code in codes],
        }
    )


def not_on_map(release: Release, level: Level, form: str, cells: Cells) -> int:
    """How many units of the level have no place on the map (no outline)."""
    shape = shape_of(release, level, form)
    return sum(code not in shape["paths"] for code in cells) if shape else len(cells)
