"""What the map script and the pictures without script are drawn from."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import orjson

from smup.catalogue import Indicator
from smup.language import Lang
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.present.bubbles import Bubbles, key_values, radius
from smup.present.classes import Classes, Method, classes
from smup.present.outlines import inner_point
from smup.present.shading import Cells, Shading, key_of, shade
from smup.present.values import value_text
from smup.store.releases import Release
from smup.telling.naming import title
from smup.telling.units.standing import columns_of_level
from smup.territory import Level

BORDERS, TILES, CIRCLES = "granice", "kafelki", "kola"
FORMS = (BORDERS, TILES, CIRCLES)
LEVELS = (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)


_STATUS = {int(status): status for status in Status}  # calling Status costs ten times a look-up


@dataclass(frozen=True)
class Cut:
    """How values are cut into classes; ``limits`` only where they are the reader's own."""

    method: Method = "quantile"
    limits: tuple[float, ...] = ()


USUAL_CUT = Cut()


@dataclass(frozen=True)
class MapShape:
    """Outlines (or tiles) of one level, the units in their order, and the digest that addresses
    them for ever."""

    shape: dict[str, Any]
    codes: tuple[str, ...]
    digest: str


def has_borders(release: Release, level: Level) -> bool:
    """Does this machine hold outlines, or is ``geometry`` the tile map as well?"""
    return release.geometry(level) is not None and release.geometry(level) is not release.tiles(
        level
    )


def is_count(release: Release, indicator: Indicator, level: Level) -> bool:
    """Is it an amount of which larger areas hold the sum? Such is shown by circles; a ratio is
    not, nor what can be below zero."""
    if indicator.aggregate != "sum" or indicator.id not in release.indicators.item_index:
        return False
    panel = release.indicators
    values = panel.values[panel.item_index[indicator.id]][:, columns_of_level(release, level)]
    return not bool((values < 0).any())


def ground(release: Release, level: Level, form: str) -> str:
    """What is drawn below: circles stand on outlines where there are any."""
    return BORDERS if form != TILES and has_borders(release, level) else TILES


def shape_of(release: Release, level: Level, form: str) -> dict[str, Any] | None:
    """Outlines where asked for and known, else tiles; None where neither is known."""
    if ground(release, level, form) == BORDERS:
        return release.geometry(level)
    return release.tiles(level) or release.geometry(level)


@lru_cache(maxsize=24)
def map_shape(release: Release, level: Level, form: str, lang: Lang) -> MapShape | None:
    """The shape of a level; None where none is known."""
    shape = shape_of(release, level, form)
    if shape is None:
        return None
    units = release.territory.units
    codes = tuple(code for code in shape["paths"] if code in units)
    named = [title(units[code], lang) for code in codes]
    digest = hashlib.sha256(orjson.dumps([shape, codes, named])).hexdigest()[:12]
    return MapShape(shape, codes, digest)


@lru_cache(maxsize=24)
def shape_body(release: Release, level: Level, form: str, lang: Lang) -> bytes:
    """The bytes the script loads: codes, names, paths and a point in each, in one order."""
    drawn = map_shape(release, level, form, lang)
    if drawn is None:
        return b"{}"
    units, paths = release.territory.units, drawn.shape["paths"]
    return orjson.dumps(
        {
            "viewBox": drawn.shape["viewBox"],
            "codes": drawn.codes,
            "names": [title(units[code], lang) for code in drawn.codes],
            "paths": [paths[code] for code in drawn.codes],
            "points": [round(v) for code in drawn.codes for v in inner_point(paths[code])],
            "border": drawn.shape["borders"].get("wojewodztwo", ""),
        }
    )


@lru_cache(maxsize=64)  # a page asks for the same few many times
def cells_of(release: Release, indicator: str, level: Level, year: int) -> Cells:
    """(value or None, status) of every unit of a level that existed that year."""
    panel = release.indicators
    at = panel.item_index[indicator], panel.year_index[year]
    columns = columns_of_level(release, level)
    values, status = panel.values[at][columns].tolist(), panel.status[at][columns].tolist()
    cells = zip(columns.tolist(), values, status, strict=True)
    return {
        panel.units[column]: (value if code < FIRST_GAP else None, _STATUS[code])
        for column, value, code in cells
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


def has_data(release: Release, indicator: str, level: Level) -> bool:
    """Is there a year in which more than one unit of the level has a value?"""
    return max(known_counts(release, indicator, level).values(), default=0) > 1


@lru_cache(maxsize=512)
def classes_of(release: Release, indicator: str, level: Level, cut: Cut) -> Classes:
    """Limits for the maps of all years, so that a colour means the same in each.

    They are made from the year best known of late: the map most looked at has even classes, and in
    a series of rising amounts the earlier years are pale.
    """
    panel = release.indicators
    known = [y for y, n in known_counts(release, indicator, level).items() if n]
    year = release.default_year(indicator, level) or known[-1]
    at = panel.item_index[indicator], panel.year_index[year]
    columns = columns_of_level(release, level)
    values = np.where(panel.status[at][columns] < FIRST_GAP, panel.values[at][columns], np.nan)
    decimals = release.catalogue.indicators[indicator].decimals
    return classes(values, cut.method, decimals, cut.limits)


@lru_cache(maxsize=512)
def listed_keys(release: Release, indicator: str, level: Level) -> frozenset[str]:
    """Keys of zero and of gaps that occur in any year with data: the legend of all years."""
    panel = release.indicators
    years = [panel.year_index[y] for y, n in known_counts(release, indicator, level).items() if n]
    item = panel.item_index[indicator]
    columns = columns_of_level(release, level)
    status = panel.status[item][years][:, columns]
    values = panel.values[item][years][:, columns]
    gaps = (Status(int(code)) for code in np.unique(status[status >= FIRST_GAP]))
    found = {key_of(None, one) for one in gaps if one is not Status.NOT_EXISTING}
    zeros = bool((values[status < FIRST_GAP] == 0).any())
    return frozenset(found | ({"z"} if zeros else set()))


@lru_cache(maxsize=256)
def shading_of(
    release: Release, indicator: str, level: Level, year: int, lang: Lang, cut: Cut
) -> Shading:
    """Classes and legend of one map."""
    return shade(
        cells_of(release, indicator, level, year),
        classes_of(release, indicator, level, cut),
        release.catalogue.indicators[indicator].decimals,
        lang,
        listed_keys(release, indicator, level),
    )


@lru_cache(maxsize=64)
def bubbles_of(
    release: Release, indicator: str, level: Level, year: int, form: str, lang: Lang
) -> Bubbles:
    """Circles of one map; the largest stands for the greatest value of all years."""
    panel = release.indicators
    chosen = release.catalogue.indicators[indicator]
    measure = release.catalogue.measures[chosen.unit]
    shape = shape_of(release, level, form)
    width = float(shape["viewBox"][2]) if shape else 1.0
    all_years = panel.values[panel.item_index[indicator]][:, columns_of_level(release, level)]
    greatest = float(np.nanmax(all_years, initial=0.0))
    cells = cells_of(release, indicator, level, year)
    radii = {c: round(radius(v, greatest, width), 1) for c, (v, _) in cells.items() if v}
    shown = [
        (round(radius(v, greatest, width), 1), value_text(v, chosen, measure, lang))
        for v in key_values(greatest)
    ]
    return Bubbles(radii, tuple(shown))


def not_on_map(shape: MapShape | None, cells: Iterable[str]) -> int:
    """How many units of the level have no place on the map (no outline)."""
    return sum(code not in shape.shape["paths"] for code in cells) if shape else len(list(cells))
