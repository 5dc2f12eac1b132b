"""SDMX-JSON 2.0 data: indices into lists of codes, which stand at the end of the message.

The lists hold what occurs, in the order of its occurrence, so a message can be sent while it is
made. A gap is null with its reason among the attributes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import orjson

from smup.formats.sdmx.columns import UPPER, Column, attributes, columns
from smup.formats.sdmx.header import json_meta
from smup.formats.sdmx.model import DIMENSIONS, INDICATOR, TIME, VALUE, Level, Structures, flow_urn
from smup.formats.sdmx.rows import Action, Message, Rows

SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/"
    "data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json"
)
_LEVELS: Mapping[str, Level] = {
    "dataSet": "dataset",
    "series": "series",
    "observation": "observation",
}
Json = dict[str, Any]


class Places:
    """Codes of one component in the order in which they occurred."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._at: dict[str, int] = {}

    def of(self, codes: Iterable[str]) -> list[int | None]:
        """The place of each code, a new one where it has none yet; None where nothing stands."""
        at = self._at
        return [at.setdefault(code, len(at)) if code else None for code in codes]

    @property
    def values(self) -> list[Json]:
        """What the message says of each code; a text without a code stands for itself."""
        names = self.column.names
        if self.column.id == TIME:
            return [_year(code) for code in self._at]
        return [{"id": c, "name": names[c]} if c in names else {"value": c} for c in self._at]


class _Lists:
    """The lists of one message, by component."""

    def __init__(self, message: Message, known: Structures) -> None:
        self.message = message
        self.dimensions = {
            one.id: Places(one) for one in columns(message, known) if one.id in DIMENSIONS
        }
        self.attributes: Mapping[Level, list[Places]] = {
            level: [Places(one) for one in attributes(message, known, level)]
            for level in (*UPPER, "observation")
        }

    def keys(self, rows: Rows, dimensions: Sequence[str]) -> list[str]:
        """``0:3`` for each row: the places of its codes."""
        places = (self.dimensions[one].of(self.message.codes(rows, one)) for one in dimensions)
        return [":".join(map(str, key)) for key in zip(*places, strict=True)]

    def told(self, rows: Rows, level: Level) -> list[list[int | None]]:
        """The places of the attributes of each row."""
        places = [one.of(one.column.codes(rows)) for one in self.attributes[level]]
        return [[one[i] for one in places] for i in range(len(rows))]


def data_json(message: Message, known: Structures) -> Iterator[bytes]:
    """The message piece by piece."""
    lists = _Lists(message, known)
    meta = orjson.dumps(json_meta(message.extract, SCHEMA))
    yield b'{"meta":' + meta + b',"data":{"dataSets":['
    mark = b""
    for action, parts in message.sets:
        for piece in _dataset(message, lists, action, parts):
            yield mark + piece
            mark = b""
        mark = b","
    yield b'],"structures":[' + orjson.dumps(_structure(message, known, lists)) + b"]}}"


def _dataset(
    message: Message, lists: _Lists, action: Action, parts: Iterable[Rows]
) -> Iterator[bytes]:
    inside = "series" if message.series else "observations"
    links = orjson.dumps(_links(message)).decode()
    yield f'{{"structure":0,"action":"{action}","links":{links},"{inside}":{{'.encode()
    mark, first = b"", None
    for rows in parts:
        found = _series(message, lists, rows, action == "Delete")
        yield mark + orjson.dumps(found)[1:-1]
        mark, first = b",", first or rows.only(np.array([0]))
    told = lists.told(first, "dataset")[0] if first else []
    yield b'},"attributes":' + orjson.dumps(told) + b"}"


def _series(message: Message, lists: _Lists, rows: Rows, deleted: bool) -> Json:
    if not message.series:
        return _observations(message, lists, rows, DIMENSIONS, deleted)
    starts = message.starts(rows)
    first = rows.only(starts)
    told = [[] for _ in starts] if deleted else lists.told(first, "series")
    found: Json = {}
    ends = [*starts.tolist(), len(rows)]
    cells = (
        list(_cells(message, lists, rows, [message.at], deleted)) if message.observations else []
    )
    for key, more, (start, end) in zip(
        lists.keys(first, message.series), told, pairwise(ends), strict=True
    ):
        found[key] = {"attributes": more} | (
            {"observations": dict(cells[start:end])} if message.observations else {}
        )
    return found


def _observations(
    message: Message, lists: _Lists, rows: Rows, own: Sequence[str], deleted: bool
) -> Json:
    return dict(_cells(message, lists, rows, own, deleted))


def _cells(
    message: Message, lists: _Lists, rows: Rows, own: Sequence[str], deleted: bool
) -> Iterable[tuple[str, list[float | int | None]]]:
    """The key of each observation, its value and the places of its attributes."""
    keys = lists.keys(rows, own)
    if deleted:
        return [(key, []) for key in keys]
    first, which = rows.alike
    alike = lists.told(rows.only(first), "observation")
    told = [alike[i] for i in which.tolist()]
    if not message.values:
        return [(key, [*more]) for key, more in zip(keys, told, strict=True)]
    # orjson writes the NaN of a gap as null
    numbers = rows.values.tolist()
    return [(key, [number, *more]) for key, number, more in zip(keys, numbers, told, strict=True)]


def _structure(message: Message, known: Structures, lists: _Lists) -> Json:
    lang = message.extract.lang
    levels = {"series": message.series, "observation": [message.at]}
    if not message.series:
        levels = {"observation": DIMENSIONS}
    if not message.observations:
        levels.pop("observation")
    told = {one.id: one for one in columns(message, known)}
    measures = [{"id": VALUE, "name": told[VALUE].name}] if VALUE in told else []
    return {
        "links": _links(message),
        "name": message.flow.names[lang],
        "dataSets": list(range(len(message.sets))),
        "dimensions": {
            level: [_dimension(lists.dimensions[one]) for one in ids]
            for level, ids in levels.items()
        },
        "measures": {"observation": measures},
        "attributes": {
            name: [_attribute(one, at) for one in lists.attributes[at]]
            for name, at in _LEVELS.items()
        },
    }


def _links(message: Message) -> list[Json]:
    return [{"rel": "dataflow", "urn": flow_urn(message.flow.id)}]


def _dimension(places: Places) -> Json:
    one = places.column
    position = {"keyPosition": DIMENSIONS.index(one.id)}
    return {"id": one.id, "name": one.name} | position | {"values": places.values}


def _attribute(places: Places, level: Level) -> Json:
    related: Mapping[Level, Json] = {
        "dataset": {"dataflow": {}},
        "series": {"dimensions": [INDICATOR]},
        "observation": {"observation": {}},
    }
    one = places.column
    # a list must not be empty, and nothing refers to it where nothing occurred
    told = {"values": places.values} if places.values else {}
    return {"id": one.id, "name": one.name, "relationship": related[level]} | told


def _year(code: str) -> Json:
    return {
        "value": code,
        "start": f"{code}-01-01T00:00:00Z",
        "end": f"{code}-12-31T23:59:59Z",
    }
