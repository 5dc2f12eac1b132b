"""A Panel on disk: the Parquet record, and the dense cubes derived from it for reading.

The record is a long table ``item, year, unit, value, status, flags`` of every cell of the cube, in
its order, one row group an item: gaps cost almost nothing there, and the cube can be rebuilt from
it without any other file. ``status`` holds names, ``flags`` the bit set of ``smup.panel.Flag``.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from smup.panel import STATUS_NAMES, Panel, Status

PARTS = ("values", "status", "flags")
BY_UNIT = "by_unit"  # the same cells as [unit, item, year]: one unit lies in one place

_NAMES = pa.array([STATUS_NAMES.get(Status(code), "") if code in Status else ""
                   for code in range(max(Status) + 1)])


class MappedPanel(Panel):
    """A Panel whose arrays are read from disk when they are looked at.

    Only labels and shapes are checked: looking at every cell would read the whole cube, and the
    cells were checked when the release was built and verified.
    """

    def __post_init__(self) -> None:
        shape = (len(self.items), len(self.years), len(self.units))
        for name in PARTS:
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name}: {getattr(self, name).shape}, labels say {shape}")


def write_parquet(panel: Panel, path: Path) -> None:
    """Write the record of ``panel``; the same panel gives the same bytes."""
    schema = _schema()
    with pq.ParquetWriter(path, schema, compression="zstd", write_statistics=False) as writer:
        for i in range(len(panel.items)):
            writer.write_table(_item_table(panel, i, schema), row_group_size=1 << 30)


def _schema() -> pa.Schema:
    label = pa.dictionary(pa.int16(), pa.string())
    return pa.schema(
        [
            ("item", label),
            ("year", pa.int16()),
            ("unit", label),
            ("value", pa.float64()),
            ("status", label),
            ("flags", pa.uint8()),
        ]
    )


def _item_table(panel: Panel, i: int, schema: pa.Schema) -> pa.Table:
    years, units = len(panel.years), len(panel.units)
    columns = [
        _labels(np.zeros(years * units), pa.array([panel.items[i]])),
        np.repeat(np.array(panel.years, np.int16), units),
        _labels(np.tile(np.arange(units), years), pa.array(panel.units, pa.string())),
        pa.array(panel.values[i].ravel(), from_pandas=True),  # NaN becomes null
        _labels(panel.status[i].ravel(), _NAMES),
        panel.flags[i].ravel(),
    ]
    return pa.table(columns, schema=schema)


def _labels(codes: NDArray[np.generic], names: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int16)), names)


def differences(panel: Panel, path: Path) -> list[str]:
    """Items of ``panel`` whose record in ``path`` says something else, in words; [] if none.

    Compares labels as well as cells, one row group at a time.
    """
    file = pq.ParquetFile(path)
    if file.num_row_groups != len(panel.items):
        return [f"zapis Parquet ma {file.num_row_groups} pozycji, kostka {len(panel.items)}"]
    schema = _schema()
    return [
        f"pozycja {item} różni się w kostce i w zapisie Parquet"
        for i, item in enumerate(panel.items)
        if not _same(file.read_row_group(i), _item_table(panel, i, schema))
    ]


def _same(found: pa.Table, expected: pa.Table) -> bool:
    """Equal cell by cell, whatever the codes behind the labels."""
    if found.schema.names != expected.schema.names or len(found) != len(expected):
        return False
    return all(
        _plain(found[name]).equals(_plain(expected[name])) for name in expected.schema.names
    )


def _plain(column: pa.ChunkedArray) -> pa.Array:
    array = column.combine_chunks()
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def write_cubes(panel: Panel, folder: Path, *, by_unit: bool) -> None:
    """Write ``values, status, flags`` as .npy, and with ``by_unit`` their transposed copies."""
    for order in ("", BY_UNIT)[: 1 + by_unit]:
        (folder / order).mkdir(parents=True, exist_ok=True)
        for part in PARTS:
            cube = getattr(panel, part)
            np.save(folder / order / f"{part}.npy", _turned(cube) if order else cube)


def _turned(cube: NDArray[np.generic]) -> NDArray[np.generic]:
    """[item, year, unit] as a contiguous [unit, item, year]."""
    return np.ascontiguousarray(cube.transpose(2, 0, 1))


def mapped(path: Path) -> NDArray[np.generic]:
    """The array of a .npy file, read from disk when looked at; not writable."""
    array: NDArray[np.generic] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    return array


def turned_differences(panel: Panel, folder: Path) -> list[str]:
    """Parts of the transposed copy that differ from the cube, in words; [] if none."""
    return [
        f"kostka {part} w układzie jednostek różni się od układu wskaźników"
        for part in PARTS
        if not np.array_equal(
            mapped(folder / BY_UNIT / f"{part}.npy"),
            _turned(getattr(panel, part)),
            equal_nan=part == "values",
        )
    ]
