"""How exported figures say that they are invented, in a way programs can read.

Official exports carry no such mark at all, so their bytes do not depend on it.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from smup.language import Lang

KEY = "synthetic"
# The last column of a table for people: its heading, and what every row says.
COLUMN: Mapping[Lang, tuple[str, str]] = {
    "pl": ("Dane zmyślone", "tak"),
    "en": ("Invented data", "yes"),
}
SENTENCE: Mapping[Lang, str] = {
    "pl": "Dane zmyślone na potrzeby pokazu; nie opisują żadnej prawdziwej jednostki.",
    "en": "Data invented for demonstration; they describe no real unit.",
}
_FILES: Mapping[Lang, str] = {"pl": "dane-zmyslone-", "en": "invented-data-"}


def head(release: str, synthetic: bool) -> dict[str, Any]:
    """The beginning of a JSON answer: the release and, where so, that its figures are invented."""
    return {"release": release, KEY: True} if synthetic else {"release": release}


def file_name(name: str, synthetic: bool, lang: Lang = "pl") -> str:
    """``name``, which begins by saying so where the figures are invented."""
    return f"{_FILES[lang]}{name}" if synthetic else name


def marked(table: pa.Table) -> pa.Table:
    """``table`` with the mark in every row, for CSV, and in its metadata, for Parquet."""
    yes = pa.array(np.ones(len(table), np.bool_))
    return table.append_column(KEY, yes).replace_schema_metadata({KEY: "true"})
