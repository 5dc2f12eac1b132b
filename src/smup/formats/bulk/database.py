"""A release as one SQLite file: compact tables, and views that read like the CSV.

Long tables hold whole numbers in the place of words: a tenth of the size, and sorted as they are
asked. ``indicator_values`` and ``variable_values`` are the views people query.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from smup.formats.bulk.listing import LONG, TABLES

ROWS = 1 << 17  # rows of a long table in memory at a time
ITEMS = {"values": ("indicator", "indicators"), "variable_values": ("variable", "variables")}
VIEWS = {"values": "indicator_values", "variable_values": "variable_values"}
_KINDS = {"value": "REAL", "lon": "REAL", "lat": "REAL"}
_WHOLE = ("decimals", "version", "row", "year")
Keys = dict[str, int]


def write_sqlite(public: Path, release: str, synthetic: bool, path: Path) -> None:
    """Write the bulk files in ``public`` as tables of ``path``; the same files, the same bytes."""
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    try:
        base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192")
        _about(base, release, synthetic)
        for name in TABLES:
            if name not in LONG:
                _short(base, name, public / f"{name}.csv")
        keys = {name: _keys(base, name) for name in ("units", "indicators", "variables")}
        codes: dict[str, Keys] = {"statuses": {}, "flags": {}}
        for name in LONG:
            _long(base, name, public / f"{name}.parquet", keys, codes)
        for name, found in codes.items():
            base.execute(f"CREATE TABLE {name} (key INTEGER PRIMARY KEY, name TEXT NOT NULL)")
            base.executemany(
                f"INSERT INTO {name} VALUES (?, ?)", [(k, n) for n, k in found.items()]
            )
        for name in LONG:
            _view(base, name, synthetic)
        base.commit()
    finally:
        base.close()


def _about(base: sqlite3.Connection, release: str, synthetic: bool) -> None:
    base.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    told = {"release": release, "synthetic": "true" if synthetic else "false"}
    base.executemany("INSERT INTO about VALUES (?, ?)", told.items())


def _short(base: sqlite3.Connection, name: str, path: Path) -> None:
    """A table of words as it stands in CSV; an empty field is NULL."""
    table = read_words(path)
    columns = ", ".join(f'"{one}" {_kind(one)}' for one in table.column_names)
    base.execute(f'CREATE TABLE "{name}" (key INTEGER PRIMARY KEY, {columns})')
    marks = ", ".join("?" * (len(table.column_names) + 1))
    rows = zip(*(table[one].to_pylist() for one in table.column_names), strict=True)
    numbered = ((at, *row) for at, row in enumerate(rows, start=1))
    base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', numbered)


def read_words(path: Path) -> pa.Table:
    """A CSV of ours with every column as text, an empty field as null."""
    with path.open(encoding="utf-8") as file:
        names = file.readline().rstrip("\n").replace('"', "").split(",")
    options = pacsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        null_values=[""],
        quoted_strings_can_be_null=True,
    )
    multiline = pacsv.ParseOptions(newlines_in_values=True)
    return pacsv.read_csv(path, convert_options=options, parse_options=multiline)


def _kind(column: str) -> str:
    """The type of a column; SQLite turns the text of a number into that number."""
    return _KINDS.get(column, "INTEGER" if column in _WHOLE else "TEXT")


def _keys(base: sqlite3.Connection, name: str) -> Keys:
    column = name.removesuffix("s")
    return dict(base.execute(f'SELECT "{column}", key FROM "{name}"'))


def _long(
    base: sqlite3.Connection,
    name: str,
    path: Path,
    keys: Mapping[str, Keys],
    codes: Mapping[str, Keys],
) -> None:
    item, table = ITEMS[name]
    base.execute(
        f"CREATE TABLE {name}_cells ({item} INTEGER NOT NULL, unit INTEGER NOT NULL, "
        "year INTEGER NOT NULL, value REAL, status INTEGER NOT NULL, flags INTEGER NOT NULL, "
        f"PRIMARY KEY ({item}, year, unit)) WITHOUT ROWID"
    )
    for batch in pq.ParquetFile(path).iter_batches(ROWS):
        base.executemany(
            f"INSERT INTO {name}_cells VALUES (?, ?, ?, ?, ?, ?)",
            _rows(batch, item, keys[table], keys["units"], codes),
        )
    base.execute(f"CREATE INDEX {name}_by_unit ON {name}_cells (unit, {item}, year)")


def _rows(
    batch: pa.RecordBatch, item: str, items: Keys, units: Keys, codes: Mapping[str, Keys]
) -> Iterator[tuple[object, ...]]:
    return zip(
        _coded(batch[item], items),
        _coded(batch["unit"], units),
        batch["year"].to_pylist(),
        batch["value"].to_pylist(),
        _coded(batch["status"], codes["statuses"], growing=True),
        _coded(batch["flags"], codes["flags"], growing=True),
        strict=True,
    )


def _coded(column: pa.DictionaryArray, keys: Keys, *, growing: bool = False) -> list[int]:
    """Words as keys; each word is looked up once a batch. A ``growing`` list takes new words."""
    words = column.dictionary.to_pylist()
    used = set(column.indices.unique().to_pylist())
    if growing:
        for at in sorted(used):
            keys.setdefault(words[at], len(keys) + 1)
    known = pa.array([keys[word] if at in used else None for at, word in enumerate(words)])
    found: list[int] = known.take(column.indices).to_pylist()
    return found


def _view(base: sqlite3.Connection, name: str, synthetic: bool) -> None:
    """The long table in words: the columns of its CSV, NULL for a gap."""
    item, table = ITEMS[name]
    mark = ", 'true' AS synthetic" if synthetic else ""
    base.execute(
        f"CREATE VIEW {VIEWS[name]} AS SELECT i.{item} AS {item}, u.unit AS unit, c.year AS year, "
        f"c.value AS value, s.name AS status, f.name AS flags{mark} FROM {name}_cells c "
        f"JOIN {table} i ON i.key = c.{item} JOIN units u ON u.key = c.unit "
        "JOIN statuses s ON s.key = c.status JOIN flags f ON f.key = c.flags"
    )
