"""A column of texts into values and statuses, all rows at once.

Numbers are read as ``ingest.numbers`` reads them, and also in the notation of programs (1e-05).
"""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smup.ingest.long_blocks import as_numbers
from smup.ingest.mapping import FileMapping
from smup.ingest.numbers import SPACES, Reading, Signs, number_pattern, read_number
from smup.panel import Status

_PROGRAMS = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
UNREAD = 255  # in place of a status: neither a number nor a known sign


@dataclass(frozen=True)
class Values:
    """[row] ``value`` (NaN for a gap), ``status`` (``UNREAD`` for what is no number), ``flags``."""

    value: NDArray[np.float64]
    status: NDArray[np.uint8]
    flags: NDArray[np.uint8]


def programs_write(mapping: FileMapping, signs: Signs) -> bool:
    """Is every number of the file written as programs write it, and no number a sign?"""
    plain = mapping.decimal == "." and not mapping.thousands
    return plain and not any(re.fullmatch(_PROGRAMS, sign) for sign in signs)


def read_values(cells: pa.Array, mapping: FileMapping, signs: Signs) -> Values:
    """What stands in the cells: texts, or finite numbers where there is nothing else."""
    if not pa.types.is_floating(cells.type):
        return _mixed(cells, mapping, signs)
    value = as_numbers(cells, np.float64)
    return Values(value + 0.0, _status(value), np.zeros(len(value), np.uint8))


def _status(value: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.where(value == 0, int(Status.ZERO), int(Status.OBSERVED)).astype(np.uint8)


def _mixed(texts: pa.Array, mapping: FileMapping, signs: Signs) -> Values:
    """Numbers all at once, each other text once by the reader of cells."""
    trimmed = pc.utf8_trim_whitespace(texts)
    numeric = _numeric(trimmed, mapping, signs)
    written = _as_programs(pc.if_else(numeric, trimmed, None), mapping)
    filled = pc.fill_null(pc.cast(written, pa.float64()), np.nan)
    value = as_numbers(filled, np.float64).copy()
    status, flags = _status(value), np.zeros(len(value), np.uint8)
    status[np.isinf(value)] = UNREAD
    others = np.flatnonzero(as_numbers(pc.cast(numeric, pa.uint8()), np.uint8) == 0)
    if len(others):
        coded = trimmed.take(pa.array(others)).dictionary_encode()
        readings = [read_number(text, mapping, signs) for text in coded.dictionary.to_pylist()]
        found = _columns(readings)
        codes = as_numbers(coded.indices, np.int32)
        value[others], status[others], flags[others] = (column[codes] for column in found)
    value[status == UNREAD] = np.nan
    return Values(value + 0.0, status, flags)


def _numeric(texts: pa.Array, mapping: FileMapping, signs: Signs) -> pa.Array:
    """[row] is it a number and no sign ("0" is one with some publishers)?"""
    style = number_pattern(mapping.decimal, mapping.thousands).pattern
    either = f"{style}|{_PROGRAMS}" if mapping.decimal == "." else style
    found = pc.match_substring_regex(texts, f"^(?:{either})$")
    return pc.and_(found, pc.invert(pc.is_in(texts, pa.array(list(signs), pa.string()))))


def _as_programs(texts: pa.Array, mapping: FileMapping) -> pa.Array:
    """Numbers without separators of thousands and with a point."""
    texts = pc.replace_substring(texts, "\u2212", "-")
    for sign in SPACES if mapping.thousands == " " else mapping.thousands:
        texts = pc.replace_substring(texts, sign, "")
    return pc.replace_substring(texts, mapping.decimal, ".")


def _columns(readings: list[Reading | None]) -> tuple[NDArray[np.generic], ...]:
    told = [(np.nan, UNREAD, 0) if r is None else _told(r) for r in readings]
    value, status, flags = zip(*told, strict=True)
    return np.array(value), np.array(status, np.uint8), np.array(flags, np.uint8)


def _told(reading: Reading) -> tuple[float, int, int]:
    value = np.nan if reading.value is None else reading.value
    return value, int(reading.status), int(reading.flags)
