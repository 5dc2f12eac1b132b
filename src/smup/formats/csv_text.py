"""CSV: UTF-8, comma, decimal point, text in quotes, an empty field for a gap."""

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

# A spreadsheet runs text that begins so as a formula; an apostrophe before it makes it text again.
# Numbers are columns of numbers here and keep their minus.
FORMULA_START = r"^([=+\-@\t\r])"
ROWS = 1 << 16  # turned into text at a time: a table of labels is small until it is written out
# Arrow writes amounts of milliards as 1.2e+10, which people and some readers do not take for a
# number. Text is in quotes, and passed over.
_EXPONENT = re.compile(rb'"[^"]*"|(?<![^,\n])-?\d+(?:\.\d+)?e[+-]?\d+(?![^,\n])')
_LARGE, _SMALL = 1e9, 1e-4  # between them Arrow writes every digit


def write_csv(table: pa.Table, path: Path) -> None:
    """Write ``table``; numbers in the shortest form that reads back to the same number, all their
    digits written out."""
    safe = pa.table({name: _safe(table[name]) for name in table.schema.names})
    schema = pa.schema([(field.name, _plain(field.type)) for field in safe.schema])
    with path.open("wb") as file:
        for start in range(0, max(len(safe), 1), ROWS):
            part = safe.slice(start, ROWS).cast(schema)
            file.write(_text(part, head=start == 0))


def _text(part: pa.Table, *, head: bool) -> bytes:
    out = io.BytesIO()
    options = csv.WriteOptions(include_header=head, quoting_style="needed")
    csv.write_csv(part, out, options)
    text = out.getvalue()
    if any(_has_exponent(part[name]) for name in part.schema.names):
        return _EXPONENT.sub(_in_full, text)
    return text


def _in_full(found: re.Match[bytes]) -> bytes:
    """A number with all its digits; a text as it is."""
    if found[0].startswith(b'"'):
        return found[0]
    return f"{Decimal(found[0].decode()):f}".encode()


def _has_exponent(column: pa.ChunkedArray) -> bool:
    """May a number of the column be written with an exponent?"""
    if not pa.types.is_floating(column.type):
        return False
    size = pc.abs(column)
    far = pc.or_(
        pc.greater_equal(size, _LARGE), pc.and_(pc.greater(size, 0), pc.less(size, _SMALL))
    )
    return bool(pc.any(far).as_py())


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _safe(column: pa.ChunkedArray) -> Any:
    """Labels are looked at once each, not once a row."""
    if pa.types.is_dictionary(column.type):
        return pa.chunked_array(
            [
                pa.DictionaryArray.from_arrays(part.indices, _safe(part.dictionary))
                for part in column.chunks
            ],
            column.type,
        )
    if pa.types.is_string(column.type):
        return pc.replace_substring_regex(column, FORMULA_START, r"'\1")
    return column
