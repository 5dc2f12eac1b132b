"""Indicators as properties of features: a column a year, each value with its status and flags."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from smup.catalogue import Indicator
from smup.formats.extract import Extract
from smup.panel import STATUS_NAMES, Status, flag_names
from smup.panel.panel import FIRST_GAP, Codes, Values
from smup.store.releases import Release
from smup.web.ogc.asked import Asked
from smup.web.ogc.layers import Layer, units_of
from smup.web.open.selecting import spans, the_indicators

_STATUS = {int(status): status for status in Status}


@dataclass(frozen=True)
class Column:
    """One indicator in one year; ``name`` is the property that holds its value.

    ``moving``: no year was asked for, so the year is told in a property and may be another in the
    next release, while the name stays.
    """

    name: str
    indicator: Indicator
    year: int
    moving: bool

    def schema(self, asked: Asked) -> dict[str, dict[str, Any]]:
        """JSON Schemas of its properties, titled in the reader's words."""
        title = f"{getattr(self.indicator.name, asked.lang)}, {self.year}"
        measure = asked.release.catalogue.measures[self.indicator.unit]
        found: dict[str, dict[str, Any]] = {
            self.name: {
                "type": "number",  # GDAL takes ["number", "null"] for words
                "nullable": True,
                "title": title,
                "x-ogc-unit": getattr(measure.symbol, asked.lang),
            },
            f"{self.name}_status": {"type": "string", "title": f"{title} – status"},
            f"{self.name}_flags": {"type": "string", "title": f"{title} – flags"},
        }
        if self.moving:
            found[f"{self.name}_year"] = {"type": "integer", "title": f"{title} – year"}
        return found

    def beside(self, status: int, flags: int) -> dict[str, Any]:
        """What is told of a value in properties of their own."""
        found: dict[str, Any] = {
            f"{self.name}_status": STATUS_NAMES[_STATUS[status]],
            f"{self.name}_flags": " ".join(flag_names(flags)),
        }
        return found | ({f"{self.name}_year": self.year} if self.moving else {})


@dataclass(frozen=True)
class Cell:
    """One value of one unit, None with the status that says why."""

    column: Column
    value: float | None
    status: Status
    flags: int


def columns_of(asked: Asked, layer: Layer) -> list[Column]:
    """The columns asked for; none where no indicator was. Raises Problem 400, 404."""
    release = asked.release
    spans(release, [], asked.year)  # refuses a wrong year beside no indicator as well
    if not asked.indicator:
        return []
    names = the_indicators(release, asked.indicator)
    if not asked.year:
        return [_moving(release, name, layer) for name in names]
    years = spans(release, names, asked.year)
    known = release.catalogue.indicators
    return [Column(f"{n}_{y}", known[n], y, moving=False) for n in names for y in years[n]]


def members_of(
    release: Release, columns: Sequence[Column], codes: Sequence[str]
) -> list[list[bytes]]:
    """JSON members of each code, one text a column: value, status, flags.

    Written column by column, for a page may hold tens of thousands of cells.
    """
    if not columns:
        return [[] for _ in codes]
    values, status, flags = _tables(release, columns, codes)
    written = [_written(*one) for one in zip(columns, values, status, flags, strict=True)]
    return [list(row) for row in zip(*written, strict=True)]


def cells_of(
    release: Release, columns: Sequence[Column], codes: Sequence[str]
) -> Iterator[list[Cell]]:
    """The cells of each code in the order of ``columns``: what pages for people are made of."""
    values, status, flags = (table.T.tolist() for table in _tables(release, columns, codes))
    for row in zip(values, status, flags, strict=True):
        yield [
            Cell(column, value if reason < FIRST_GAP else None, _STATUS[reason], beside)
            for column, value, reason, beside in zip(columns, *row, strict=True)
        ]


def _tables(
    release: Release, columns: Sequence[Column], codes: Sequence[str]
) -> tuple[Values, Codes, Codes]:
    """Values, status and flags, each [column, unit]."""
    items = list(dict.fromkeys(column.indicator.id for column in columns))
    years = sorted({column.year for column in columns})
    panel = Extract.of(release, items, codes, years).panel
    at = (
        np.array([panel.item_index[column.indicator.id] for column in columns], np.intp),
        np.array([panel.year_index[column.year] for column in columns], np.intp),
    )
    return panel.values[at], panel.status[at], panel.flags[at]


def _written(column: Column, values: Values, status: Codes, flags: Codes) -> Iterator[bytes]:
    """``"a_2024":1.5,"a_2024_status":"observed","a_2024_flags":""`` of every unit."""
    name = orjson.dumps(column.name) + b":"
    numbers = orjson.dumps(values, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].split(b",")
    pairs = list(zip(status.tolist(), flags.tolist(), strict=True))
    tails = {pair: b"," + orjson.dumps(column.beside(*pair))[1:-1] for pair in set(pairs)}
    if pairs:
        for number, pair in zip(numbers, pairs, strict=True):
            yield name + number + tails[pair]  # a gap is NaN, which JSON writes as null


def _moving(release: Release, name: str, layer: Layer) -> Column:
    """The newest year well known at the level, else the newest in which anyone there has a value,
    else the newest of the release: it then says why there is nothing."""
    year = release.default_year(name, layer.level) or _newest(release, name, layer)
    return Column(name, release.catalogue.indicators[name], year, moving=True)


def _newest(release: Release, name: str, layer: Layer) -> int:
    panel = release.indicators
    known = release.years_of(name)
    codes = list(units_of(release, layer))
    for year in reversed(known):
        if panel.select([name], [year], codes).has_value.any():
            return year
    return (known or panel.years)[-1]
