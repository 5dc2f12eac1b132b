"""Rows as JSON: objects, arrays or one object a line, from whole columns at a time.

Constant text is joined to labels before they are spread over the rows; a whole country's series of
one indicator, 50 thousand rows, takes some tens of milliseconds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import orjson
from numpy.typing import NDArray

from smup.formats.fields import FIELDS, Block, Told, itself

Shape = Literal["objects", "arrays", "lines"]


def json_chunks(
    head: dict[str, object], blocks: Iterable[Block], fields: Sequence[str], shape: Shape
) -> Iterator[bytes]:
    """``{…head, "rows": […], "complete": true}``; its last key is written only when all is there.

    ``head`` is not empty. ``lines`` has no head: one object a line.
    """
    if shape == "lines":
        yield from (text.encode() for block in blocks if (text := _text(block, fields, shape)))
        return
    columns = {"columns": list(fields)} if shape == "arrays" else {}
    yield orjson.dumps({**head, **columns})[:-1] + b',"rows":['
    first = True
    for block in blocks:
        if text := _text(block, fields, shape):
            yield (text if first else "," + text).encode()
            first = False
    yield b'],"complete":true}'


@dataclass(frozen=True)
class _Labelled:
    """A column of a few texts, each in many rows: constant text beside it is added to the few."""

    labels: list[str]
    spread: Callable[[list[str]], list[str]]

    def between(self, before: str, after: str) -> "_Labelled":
        return _Labelled([before + label + after for label in self.labels], self.spread)

    @property
    def rows(self) -> list[str]:
        return self.spread(self.labels)


def _text(block: Block, fields: Sequence[str], shape: Shape) -> str:
    """All rows of a block."""
    if not block.count:
        return ""
    opening, closing = ("[", "]") if shape == "arrays" else ("{", "}")
    columns: list[_Labelled | list[str]] = []
    constant = opening
    for place, name in enumerate(fields):
        constant += ("," if place else "") + (f'"{name}":' if shape != "arrays" else "")
        found = _column(block, name)
        if isinstance(found, str):
            constant += found
        else:
            columns += _joined(columns, constant, found, block.count)
            constant = ""
    end = "\n" if shape == "lines" else ","
    columns += _joined(columns, constant + closing + end, None, block.count)
    woven = _woven([one if isinstance(one, list) else one.rows for one in columns])
    return woven.removesuffix(",")


def _woven(columns: Sequence[list[str]]) -> str:
    """The columns read row by row."""
    texts = [""] * (len(columns) * len(columns[0]))
    for place, column in enumerate(columns):
        texts[place :: len(columns)] = column
    return "".join(texts)


def _joined(
    columns: list["_Labelled | list[str]"],
    constant: str,
    found: "_Labelled | list[str] | None",
    count: int,
) -> list["_Labelled | list[str]"]:
    """What is to follow ``columns``: ``constant`` and ``found``, in as few columns as may be."""
    if isinstance(found, _Labelled):
        return [found.between(constant, "")]
    rest: list[_Labelled | list[str]] = [] if found is None else [found]
    if columns and isinstance(columns[-1], _Labelled):
        columns[-1] = columns[-1].between("", constant)
        return rest
    return [[constant] * count, *rest]


def _column(block: Block, name: str) -> str | _Labelled | list[str]:
    """JSON text of a column: one for all rows of the block, one a label, or one a row."""
    field, panel, extract = FIELDS[name], block.panel, block.extract
    if field.by == "item":
        return _dump(field.told(extract, block.item))
    if field.by == "year":
        texts = _dump_all([field.told(extract, year) for year in panel.years])
        return _Labelled(texts, lambda labels: block.spread(labels, "year"))
    if field.by == "unit":
        told = (
            panel.units if field.told is itself else [field.told(extract, u) for u in panel.units]
        )
        texts = _dump_all(told)
        if len(panel.years) == 1:  # as many rows as labels: nothing is saved by adding to labels
            return block.spread(texts, "unit")
        return _Labelled(texts, lambda labels: block.spread(labels, "unit"))
    if field.by == "value":
        return number_texts(block.cells(panel.values))
    if field.by == "cell":
        return [_dump(one) for one in (block.more or {}).get(name, [None] * block.count)]
    codes = block.cells(panel.status if field.by == "status" else panel.flags)
    return _coded(codes, lambda code: _dump(field.told(extract, code)))


def _coded(codes: NDArray[np.generic], text: Callable[[int], str]) -> _Labelled:
    """A column of codes: the text of each code that occurs."""
    present = np.flatnonzero(np.bincount(codes, minlength=256))
    place = np.zeros(256, np.intp)
    place[present] = np.arange(len(present))

    def spread(labels: list[str]) -> list[str]:
        found: list[str] = np.array(labels, object)[place[codes]].tolist()
        return found

    return _Labelled([text(code) for code in present.tolist()], spread)


def number_texts(values: NDArray[np.generic]) -> list[str]:
    """Each number in its shortest form; the NaN of a gap is null."""
    written = orjson.dumps(np.ascontiguousarray(values), option=orjson.OPT_SERIALIZE_NUMPY)
    return written[1:-1].decode().split(",")


def _dump_all(told: Sequence[Told]) -> list[str]:
    """JSON text of each of these, none of them a list: on lines of their own, then taken apart."""
    written = orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()
    return written.removeprefix("[\n  ").removesuffix("\n]").split(",\n  ")


def _dump(told: Told) -> str:
    return orjson.dumps(told).decode()
