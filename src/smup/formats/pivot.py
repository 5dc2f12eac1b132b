"""A cube as a grid: a row for each combination of its stub, a column for each of its heading."""

from collections.abc import Iterable, Iterator
from itertools import chain, product
from math import prod
from typing import Literal

import numpy as np

from smup.formats import synthetic
from smup.formats.cube import Axis, Cube
from smup.formats.spreadsheet import Cell, Dialect, Notes, Number, csv_chunks, xlsx_bytes
from smup.language import Lang

Wording = Literal["codes", "texts", "both"]
_PURE = ("–", "-", "1")  # measures of pure numbers
_VALUE: dict[Lang, str] = {"pl": "Wartość", "en": "Value"}
_SHEETS: dict[Lang, tuple[str, str]] = {"pl": ("Dane", "Objaśnienia"), "en": ("Data", "Notes")}
_NOTES: dict[Lang, tuple[str, ...]] = {
    "pl": ("Tytuł", "Źródło", "Wydanie", "Uwaga", "Znak"),
    "en": ("Title", "Source", "Release", "Note", "Sign"),
}


def csv(cube: Cube, wording: Wording, mark: str, *, titled: bool) -> bytes:
    """The grid as text with ``mark`` between cells; a gap is its sign."""
    head, rows = _grid(cube, wording, titled=titled)
    return b"".join(csv_chunks(head, rows, Dialect(mark, ".", False)))


def xlsx(cube: Cube, wording: Wording, *, titled: bool) -> bytes:
    """The grid as a sheet of numbers, with a sheet that says what they are."""
    head, rows = _grid(cube, wording, titled=titled)
    widths = [28] * cube.stub + [14] * (len(head) - cube.stub)
    sheets = _SHEETS[cube.lang]
    return xlsx_bytes(head, rows, notes(cube), sheets, cube.title, cube.created, widths)


def notes(cube: Cube) -> Notes:
    """What a reader of the file must know of it, with a word for each line."""
    title, source, release, note, sign = _NOTES[cube.lang]
    return [
        (title, cube.title),
        (source, cube.source),
        (release, cube.release),
        *((note, words) for words in cube.notes),
        *((f"{sign} {mark}", words) for mark, words in cube.signs_used().items()),
    ]


def names(cube: Cube, axis: Axis, wording: Wording) -> list[str]:
    """How the places along an axis are called; a year is its own name, an indicator called by its
    name is followed by its unit of measure."""
    if wording == "codes":
        return list(axis.codes)
    labels = list(axis.labels)
    if axis.role == "metric":
        measures = (cube.measures[code] for code in axis.codes)
        labels = [
            label if measure in _PURE else f"{label}, {measure}"
            for label, measure in zip(labels, measures, strict=True)
        ]
    if wording == "texts" or axis.role == "time":
        return labels
    return [f"{code} {label}" for code, label in zip(axis.codes, labels, strict=True)]


def combined(cube: Cube, axes: tuple[Axis, ...], wording: Wording) -> list[tuple[str, ...]]:
    """The names of every combination of places along ``axes``, the last one fastest."""
    return list(product(*(names(cube, axis, wording) for axis in axes)))


def _grid(cube: Cube, wording: Wording, *, titled: bool) -> tuple[list[str], Iterable[list[Cell]]]:
    """The first line and the lines after it; with a title that one is the first."""
    head, rows = _head(cube, wording), _rows(cube, wording)
    if not titled:
        return head, rows
    second: list[Cell] = [*head]
    return [cube.title, *[""] * (len(head) - 1)], chain([second], rows)


def _head(cube: Cube, wording: Wording) -> list[str]:
    stub, heading = cube.axes[: cube.stub], cube.axes[cube.stub :]
    columns = [" ".join(parts) for parts in combined(cube, heading, wording)]
    told = [synthetic.COLUMN[cube.lang][0]] if cube.synthetic else []
    return [
        *(axis.id if wording == "codes" else axis.label for axis in stub),
        *(columns if heading else [_VALUE[cube.lang]]),
        *told,
    ]


def _rows(cube: Cube, wording: Wording) -> Iterator[list[Cell]]:
    """The cells row by row; every row of invented figures says so."""
    told = [synthetic.COLUMN[cube.lang][1]] if cube.synthetic else []
    shape = prod(cube.shape[: cube.stub]), prod(cube.shape[cube.stub :])
    parts = (cube.values, cube.signs, np.broadcast_to(places(cube), cube.shape))
    values, signs, decimals = (part.reshape(shape) for part in parts)
    for at, leading in enumerate(combined(cube, cube.axes[: cube.stub], wording)):
        row = zip(values[at].tolist(), signs[at].tolist(), decimals[at].tolist(), strict=True)
        yield [*leading, *(sign or Number(value + 0.0, n) for value, sign, n in row), *told]


def places(cube: Cube) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    """Decimals of every cell, shaped so that they stretch over the cube."""
    shape = [len(axis) if axis.role == "metric" else 1 for axis in cube.axes]
    codes = next(axis.codes for axis in cube.axes if axis.role == "metric")
    return np.array([cube.decimals[code] for code in codes], np.int8).reshape(shape)
