"""CSV: UTF-8, comma, decimal point, text in quotes, an empty field for a gap."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

# A spreadsheet runs text that begins so as a formula; an apostrophe before it makes it text again.
# Numbers are columns of numbers here and keep their minus.
FORMULA_START = r"^([=+\-@\t\r])"


def write_csv(table: pa.Table, path: Path) -> None:
    """Write ``table``; numbers in the shortest form that reads back to the same number."""
    columns = {name: _safe(table[name]) for name in table.schema.names}
    csv.write_csv(pa.table(columns), path, csv.WriteOptions(quoting_style="needed"))


def _safe(column: pa.ChunkedArray) -> Any:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _safe(column.cast(kind.value_type))
    if pa.types.is_string(kind):
        return pc.replace_substring_regex(column, FORMULA_START, r"'\1")
    return column
