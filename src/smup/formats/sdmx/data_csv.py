"""SDMX-CSV 1.0 and 2.0: always commas and decimal points, whatever the language of the labels.

A gap is an empty OBS_VALUE with its reason in the columns beside it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from smup.formats.sdmx.columns import Column, columns
from smup.formats.sdmx.model import Structures
from smup.formats.sdmx.rows import Action, Message, Rows

Labels = Literal["id", "name", "both"]
_ACTIONS: dict[Action, str] = {"Information": "I", "Replace": "R", "Delete": "D"}
_STRUCTURE, _STRUCTURE_ID = "STRUCTURE", "STRUCTURE_ID"


def csv_1(message: Message, known: Structures, labels: Labels = "id") -> Iterator[bytes]:
    """``DATAFLOW,REF_AREA,…``: one row an observation. Deletions cannot be said in this version."""
    told = columns(message, known)
    flow = message.flow.reference
    if labels == "both":
        flow = f"{flow}: {message.flow.names[message.extract.lang]}"
    yield _lines([["DATAFLOW", *_heads(told, labels)]])
    for action, parts in message.sets:
        if action != "Delete":
            for rows in _told(message, parts):
                yield _lines([flow, *cells] for cells in _cells(told, rows, labels))


def csv_2(message: Message, known: Structures, labels: Labels = "id") -> Iterator[bytes]:
    """``STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,…``: one row an observation.

    A deleted observation names its key alone.
    """
    told = columns(message, known)
    name = message.flow.names[message.extract.lang]
    flow = [f"{message.flow.reference}: {name}" if labels == "both" else message.flow.reference]
    start, named = [_STRUCTURE, _STRUCTURE_ID], [name] if labels == "name" else []
    yield _lines([[*start, *["STRUCTURE_NAME" for _ in named], "ACTION", *_heads(told, labels)]])
    for action, parts in message.sets:
        front = ["dataflow", *flow, *named, _ACTIONS[action]]
        cells = _key_cells if action == "Delete" else _cells
        for rows in _told(message, parts):
            yield _lines([*front, *row] for row in cells(told, rows, labels))


def _told(message: Message, parts: Iterable[Rows]) -> Iterable[Rows]:
    """One row a series where observations are left out."""
    if message.observations:
        return parts
    return (rows.only(message.starts(rows)) for rows in parts)


def _heads(told: Sequence[Column], labels: Labels) -> list[str]:
    if labels == "both":
        return [f"{one.id}: {one.name}" for one in told]
    if labels == "name":
        return [head for one in told for head in (one.id, one.name)]
    return [one.id for one in told]


def _cells(told: Sequence[Column], rows: Rows, labels: Labels) -> Iterable[tuple[str, ...]]:
    return zip(
        *(cells for one in told for cells in _labelled(one, one.codes(rows), labels)), strict=True
    )


def _key_cells(told: Sequence[Column], rows: Rows, labels: Labels) -> Iterable[tuple[str, ...]]:
    """The key of each row, everything else empty."""

    def of(one: Column) -> Iterator[Sequence[str]]:
        return _labelled(one, one.codes(rows) if one.is_key else [""] * len(rows), labels)

    return zip(*(cells for one in told for cells in of(one)), strict=True)


def _labelled(one: Column, codes: Sequence[str], labels: Labels) -> Iterator[Sequence[str]]:
    """The column or columns in which a component stands."""
    names = one.names
    if labels == "both":
        yield [f"{code}: {names[code]}" if code in names else code for code in codes]
    else:
        yield codes
    if labels == "name":
        yield [names.get(code, "") for code in codes]


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
