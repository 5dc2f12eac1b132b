"""Compact JSON of what most people ask: one indicator in one year, or everything of one unit.

Columns stand as parallel arrays: names are not repeated for each of 2,500 units, and compression
has long runs of the same word. ``release`` is what the caller gives, an id or a placeholder.
Where the figures are invented every answer has ``"synthetic": true`` beside it.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from smup.formats.long import Cells
from smup.formats.synthetic import head
from smup.panel import STATUS_NAMES, Panel, Status, flag_names
from smup.panel.panel import Codes, Values

Parts = tuple[Values, Codes, Codes]  # values, status, flags

# What is written for each code; looked up by whole arrays at once.
_STATUS = np.full(max(Status) + 1, "", object)
_STATUS[list(STATUS_NAMES)] = list(STATUS_NAMES.values())
_FLAGS = np.empty(256, object)
_FLAGS[:] = [flag_names(code) for code in range(256)]


def columns(values: Values, status: Codes, flags: Codes) -> dict[str, list[Any]]:
    """The parallel arrays ``values`` (the NaN of a gap becomes null), ``status``, ``flags``."""
    return {
        "values": values.tolist(),
        "status": _STATUS[status].tolist(),
        "flags": _FLAGS[flags].tolist(),
    }


def slice_json(
    release: str, panel: Panel, at: tuple[int, int], told: Cells, *, synthetic: bool = False
) -> bytes:
    """``{"release", "indicator", "year", "units", "values", "status", "flags"}``.

    ``at`` is the position of the indicator and of the year, ``told`` says of which units [unit].
    """
    units = np.array(panel.units, object)[told].tolist()
    what = {"indicator": panel.items[at[0]], "year": panel.years[at[1]]}
    parts = columns(panel.values[at][told], panel.status[at][told], panel.flags[at][told])
    return orjson.dumps({**head(release, synthetic), **what, "units": units, **parts})


def all_slices(
    release: str, panel: Panel, cells: Cells, *, synthetic: bool = False
) -> Iterator[tuple[str, int, bytes]]:
    """The slice of every indicator and year in which any cell is told."""
    for i, y in np.argwhere(np.any(cells, axis=2)).tolist():
        content = slice_json(release, panel, (i, y), cells[i, y], synthetic=synthetic)
        yield panel.items[i], panel.years[y], content


def unit_json(
    release: str, labels: Panel, unit: str, told: Cells, parts: Parts, *, synthetic: bool = False
) -> bytes:
    """``{"release", "unit", "indicators": [{"id", "years", "values", "status", "flags"}]}``.

    ``told`` and ``parts`` are arrays [item, year] of this unit; ``labels`` names them. Indicators
    of which nothing is told for this unit are left out.
    """
    values, status, flags = parts
    years = np.array(labels.years)[np.nonzero(told)[1]].tolist()
    cells = {"years": years, **columns(values[told], status[told], flags[told])}
    ends = np.cumsum(told.sum(axis=1)).tolist()
    found = [
        {"id": item, **{name: list_[start:end] for name, list_ in cells.items()}}
        for item, start, end in zip(labels.items, [0, *ends], ends, strict=False)
        if end > start
    ]
    return orjson.dumps({**head(release, synthetic), "unit": unit, "indicators": found})


def all_units(
    release: str, panel: Panel, cells: Cells, *, synthetic: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The answer of every unit, in the order of the labels."""
    turned = [
        np.ascontiguousarray(cube.transpose(2, 0, 1))  # one unit's cells beside each other
        for cube in (cells, panel.values, panel.status, panel.flags)
    ]
    for unit, told, *parts in zip(panel.units, *turned, strict=True):
        its = (parts[0], parts[1], parts[2])
        yield unit, unit_json(release, panel, unit, told, its, synthetic=synthetic)
