"""CSV: UTF-8, comma, decimal point, text in quotes, an empty field for a gap."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

# A spreadsheet runs text that begins so as a formula; an apostrophe before it makes it text again.
# Numbers are columns of numbers here and keep their minus.
FORMULA_START = r"^([=+\-@\t\r])"
ROWS = 1 << 20  # turned into text at a time: a table of labels is small until it is written out


def write_csv(table: pa.Table, path: Path) -> None:
    """Write ``table``; numbers in the shortest form that reads back to the same number."""
    safe = pa.table({name: _safe(table[name]) for name in table.schema.names})
    schema = pa.schema([(field.name, _plain(field.type)) for field in safe.schema])
    options = csv.WriteOptions(quoting_style="needed")
    with csv.CSVWriter(path, schema, write_options=options) as writer:
        for start in range(0, len(safe), ROWS):
            writer.write_table(safe.slice(start, ROWS).cast(schema))


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
