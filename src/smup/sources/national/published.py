"""What the national service publishes, as a table to compare ours with: ``compared/smup.csv``.

Not a tidy table: these are finished ratios, which a release works out itself. At its head lines
``# key: value`` name every kept answer with its sha256; rows are sorted. ``indicator`` is our id,
``national`` the number it came under. ``status`` is empty where the row could not be read (a flag
nobody explained): it says neither a value nor a gap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from smup.panel import STATUS_NAMES, Status
from smup.store.files import write_whole
from smup.store.tidy import Names, TidyError, number_text

COLUMNS = ("indicator", "national", "unit", "year", "flag", "value", "status", "precision")
FOLDER, NAME = "compared", "smup"
UNREAD = 255  # in place of a status
NO_PRECISION = 255
_CODES = {name: int(status) for status, name in STATUS_NAMES.items()} | {"": UNREAD}


class Line(NamedTuple):
    """One published figure; ``status`` None: it could not be read."""

    indicator: str
    unit: str
    year: int
    national: int
    flag: int
    value: float | None
    status: Status | None
    precision: int | None

    @property
    def text(self) -> str:
        value = "" if self.value is None else number_text(self.value)
        status = "" if self.status is None else STATUS_NAMES[self.status]
        precision = "" if self.precision is None else self.precision
        return (
            f"{self.indicator},{self.national},{self.unit},{self.year},{self.flag},"
            f"{value},{status},{precision}"
        )


@dataclass(frozen=True)
class Published:
    """The table as columns [row]; ``value`` NaN for a gap and for a row that could not be read."""

    meta: Mapping[str, tuple[str, ...]]
    indicator: Names
    national: NDArray[np.int32]
    unit: Names
    year: NDArray[np.int16]
    flag: NDArray[np.int16]
    value: NDArray[np.float64]
    status: NDArray[np.uint8]
    precision: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.year)


def path_in(home: Path) -> Path:
    return home / FOLDER / f"{NAME}.csv"


def write(home: Path, meta: Sequence[tuple[str, str]], lines: Iterable[Line]) -> bool:
    """Write the whole table; was it other than before?"""
    head = [f"# {key}: {' '.join(text.split())}" for key, text in meta]
    told = [*head, ",".join(COLUMNS), *(line.text for line in sorted(lines, key=lambda x: x[:4]))]
    return put(path_in(home), ("\n".join(told) + "\n").encode())


def put(path: Path, content: bytes) -> bool:
    """Replace a file unless it holds these bytes already; was it other than before?"""
    if path.is_file() and path.read_bytes() == content:
        return False
    write_whole(path, content, durable=True)
    return True


def header(path: Path) -> dict[str, tuple[str, ...]]:
    """The lines ``# key: value`` at the head of a table; {} where there is none yet."""
    found: dict[str, tuple[str, ...]] = {}
    if not path.is_file():
        return found
    with path.open(encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                break
            key, _, text = line[1:].strip().partition(": ")
            found[key] = (*found.get(key, ()), text)
    return found


def read(home: Path) -> Published | None:
    """The table; None before the first. Raises TidyError for a file that is no such table."""
    path = path_in(home)
    if not path.is_file():
        return None
    meta = header(path)
    try:
        table = pcsv.read_csv(
            path,
            read_options=pcsv.ReadOptions(skip_rows=sum(len(texts) for texts in meta.values())),
            convert_options=pcsv.ConvertOptions(
                column_types=_TYPES, null_values=[""], strings_can_be_null=False
            ),
        )
        if tuple(table.column_names) != COLUMNS:
            raise ValueError(f"kolumny {', '.join(table.column_names)}")
        return _columns(meta, table.combine_chunks())
    except (ValueError, KeyError) as error:
        raise TidyError(
            f"{path}: to nie jest tabela porównawcza ({error}); usuń ją i powtórz `smup sync smup`."
        ) from error


_TEXT = pa.dictionary(pa.int32(), pa.string())
_TYPES = {
    "indicator": _TEXT,
    "national": pa.int32(),
    "unit": _TEXT,
    "year": pa.int16(),
    "flag": pa.int16(),
    "value": pa.float64(),
    "status": _TEXT,
    "precision": pa.uint8(),
}


def _columns(meta: Mapping[str, tuple[str, ...]], table: pa.Table) -> Published:
    status = _names(table["status"])
    plain = {name: table[name].to_numpy() for name in ("national", "year", "flag")}
    return Published(
        meta,
        _names(table["indicator"]),
        plain["national"],
        _names(table["unit"]),
        plain["year"],
        plain["flag"],
        np.asarray(table["value"].fill_null(np.nan)),
        status.positions(_CODES).astype(np.uint8),
        np.asarray(table["precision"].fill_null(NO_PRECISION)),
    )


def _names(column: pa.ChunkedArray) -> Names:
    encoded = column.unify_dictionaries().combine_chunks()
    return Names(tuple(encoded.dictionary.to_pylist()), encoded.indices.to_numpy())
