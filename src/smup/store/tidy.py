"""The project's own tables of facts: ``data/<source>.csv``, what every release is built from.

A table begins with lines ``# key: value`` (who published the figures, which file they stood in, its
sha256, the licence), then ``variable,unit,year,value,status,flags``, sorted. ``value`` is empty for
a gap and otherwise the shortest text that gives the same float64 back; ``flags`` are names joined
by spaces. The same facts give the same bytes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from smup.panel import FLAG_NAMES, STATUS_NAMES, VALUE_STATUSES, Flag, Status, flag_names
from smup.store.files import write_whole

COLUMNS = ("variable", "unit", "year", "value", "status", "flags")
_TEXT = {name: pa.string() for name in ("variable", "unit", "status", "flags")}
_TYPES = {**_TEXT, "year": pa.int16(), "value": pa.float64()}


class TidyError(ValueError):
    """A tidy table cannot be read; one Polish sentence with file and reason."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of one unit and year; ``value`` is None exactly where ``status`` is a gap."""

    variable: str
    unit: str
    year: int
    value: float | None
    status: Status
    flags: Flag = Flag.NONE


@dataclass(frozen=True)
class Names:
    """A column of names, each written once: the name of a row is ``names[codes[row]]``."""

    names: tuple[str, ...]
    codes: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        return self.names[int(self.codes[row])]

    def __iter__(self) -> Iterator[str]:
        return (self.names[code] for code in self.codes.tolist())

    def reads(self, name: str) -> NDArray[np.bool_]:
        """[row] does the name stand there?"""
        found: NDArray[np.bool_] = self.codes == (
            self.names.index(name) if name in self.names else -1
        )
        return found

    def positions(self, known: Mapping[str, int]) -> NDArray[np.intp]:
        """[row] the number of each name. Raises KeyError for a name that has none."""
        numbers = np.array([known[name] for name in self.names], np.intp)
        return numbers[self.codes] if len(numbers) else np.zeros(0, np.intp)


@dataclass(frozen=True)
class TidyTable:
    """A table as columns. ``meta`` holds the header; a key given several times keeps every value.

    ``name`` is that of the file, ``source`` whose figures they are. ``year`` is int16, ``value``
    float64 (NaN for a gap), ``status`` and ``flags`` uint8: the codes of ``smup.panel.Status`` and
    bits of ``Flag``.
    """

    name: str
    meta: Mapping[str, tuple[str, ...]]
    variable: Names
    unit: Names
    year: NDArray[np.int16]
    value: NDArray[np.float64]
    status: NDArray[np.uint8]
    flags: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.year)

    @property
    def source(self) -> str:
        """The source the header names; the name of the table where it names none."""
        return self.meta.get("source", (self.name,))[0]

    @property
    def first_line(self) -> int:
        """The line of the file, counted from 1, in which the first row stands."""
        return sum(len(texts) for texts in self.meta.values()) + 2


def table_bytes(meta: Sequence[tuple[str, str]], facts: Iterable[Fact]) -> bytes:
    """The whole file. Raises ValueError when value and status of a fact disagree."""
    lines = [*header_lines(meta), ",".join(COLUMNS)]
    lines += [_line(fact) for fact in sorted(facts, key=lambda f: (f.variable, f.unit, f.year))]
    return ("\n".join(lines) + "\n").encode()


def header_lines(meta: Sequence[tuple[str, str]]) -> list[str]:
    """The lines above the columns. Raises ValueError for a key without a text: read back, it would
    be no key, and no release could be built of the table."""
    empty = [key for key, text in meta if not text.split()]
    if empty:
        raise ValueError(f"header without a text: {', '.join(empty)}")
    return [f"# {key}: {' '.join(text.split())}" for key, text in meta]


def _line(fact: Fact) -> str:
    if (fact.value is not None) != (fact.status in VALUE_STATUSES):
        raise ValueError(f"value and status disagree: {fact}")
    value = "" if fact.value is None else number_text(fact.value)
    flags = " ".join(flag_names(fact.flags)) if fact.flags else ""
    return f"{fact.variable},{fact.unit},{fact.year},{value},{STATUS_NAMES[fact.status]},{flags}"


def number_text(value: float) -> str:
    """Shortest text that reads back as the same float; whole numbers without a point."""
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def write_table(path: Path, meta: Sequence[tuple[str, str]], facts: Iterable[Fact]) -> None:
    """Write a table whole or not at all: a reader never sees half of it."""
    write_whole(path, table_bytes(meta, facts), durable=True)


def tables_in(folder: Path) -> list[Path]:
    """The files of the tables in the folder, by name; ``findings.csv`` is none."""
    return sorted(path for path in folder.glob("*.csv") if path.name != "findings.csv")


def read_tables(folder: Path) -> list[TidyTable]:
    """Every table of the folder in order of the file names.

    Raises TidyError naming the file and the reason.
    """
    return [read_table(path) for path in tables_in(folder)]


def read_table(path: Path) -> TidyTable:
    """One table. Raises TidyError."""
    try:
        content = path.read_bytes()
        meta, lines = _header(content)
        table = pcsv.read_csv(
            pa.BufferReader(content),
            read_options=pcsv.ReadOptions(skip_rows=lines),
            convert_options=pcsv.ConvertOptions(
                column_types=_TYPES, null_values=[""], strings_can_be_null=False
            ),
        )
        if tuple(table.column_names) != COLUMNS:
            raise ValueError(f"kolumny {', '.join(table.column_names)}")
        return _columns(path.stem, meta, table)
    except (OSError, ValueError, KeyError) as error:
        raise TidyError(
            f"{path}: to nie jest tabela danych projektu ({error}); "
            "utwórz ją ponownie poleceniem `smup ingest`."
        ) from error


def _header(content: bytes) -> tuple[dict[str, tuple[str, ...]], int]:
    meta: dict[str, tuple[str, ...]] = {}
    lines = 0
    for line in content.splitlines():
        if not line.startswith(b"#"):
            break
        lines += 1
        key, _, text = line.decode()[1:].strip().partition(": ")
        meta[key] = (*meta.get(key, ()), text)
    return meta, lines


def _columns(name: str, meta: Mapping[str, tuple[str, ...]], table: pa.Table) -> TidyTable:
    value = np.asarray(pc.fill_null(table["value"], np.nan))
    status = _codes(table["status"], {name: int(s) for s, name in STATUS_NAMES.items()})
    flags = _codes(table["flags"], _flag_sets(pc.unique(table["flags"]).to_pylist()))
    if not np.array_equal(np.isfinite(value), np.isin(status, [int(s) for s in VALUE_STATUSES])):
        raise ValueError("wartość i status się nie zgadzają")
    return TidyTable(
        name,
        meta,
        _names(table["variable"]),
        _names(table["unit"]),
        table["year"].to_numpy(),
        value,
        status,
        flags,
    )


def _names(column: pa.ChunkedArray) -> Names:
    encoded = column.combine_chunks().dictionary_encode()
    return Names(tuple(encoded.dictionary.to_pylist()), encoded.indices.to_numpy())


def _codes(column: pa.ChunkedArray, known: Mapping[str, int]) -> NDArray[np.uint8]:
    """Each name as its code. Raises KeyError for a name that has none."""
    return _names(column).positions(known).astype(np.uint8)


def _flag_sets(texts: Iterable[str]) -> dict[str, int]:
    bits = {name: int(flag) for flag, name in FLAG_NAMES.items()}
    return {text: sum(bits[name] for name in text.split()) for text in texts}
