"""How exported figures say that they are invented, in a way programs can read.

Official exports carry no such mark at all, so their bytes do not depend on it.
"""

from typing import Any

import numpy as np
import pyarrow as pa

KEY = "synthetic"


def head(release: str, synthetic: bool) -> dict[str, Any]:
    """The beginning of a JSON answer: the release and, where so, that its figures are invented."""
    return {"release": release, KEY: True} if synthetic else {"release": release}


def marked(table: pa.Table) -> pa.Table:
    """``table`` with the mark in every row, for CSV, and in its metadata, for Parquet."""
    yes = pa.array(np.ones(len(table), np.bool_))
    return table.append_column(KEY, yes).replace_schema_metadata({KEY: "true"})
