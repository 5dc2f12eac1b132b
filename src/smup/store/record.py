"""A Panel on disk: the Parquet record, and the dense cubes derived from it for reading.

The record is a long table ``item, year, unit, value, status, flags`` of every cell of the cube, in
its order, one row group an item: gaps cost almost nothing there, and the cube can be rebuilt from
it without any other file. ``status`` holds names, ``flags`` the bit set of ``smup.panel.Flag``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from smup.panel import STATUS_NAMES, Panel
from smup.panel.panel import Codes, Values

AnyPanel = TypeVar("AnyPanel", bound=Panel)

PARTS = ("values", "status", "flags")
BY_UNIT = "by_unit"  # the same cells as [unit, item, year]: one unit lies in one place


_LABEL = pa.dictionary(pa.int16(), pa.string())
_SCHEMA = pa.schema(
    [
        ("item", _LABEL),
        ("year", pa.int16()),
        ("unit", _LABEL),
        ("value", pa.float64()),
        ("status", _LABEL),
        ("flags", pa.uint8()),
    ]
)


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


@dataclass(frozen=True)
class TurnedPanel(MappedPanel):
    """A MappedPanel beside its copy ``turned`` [unit, item, year]: one unit lies in one place."""

    turned: tuple[Values, Codes, Codes]

    def __post_init__(self) -> None:
        super().__post_init__()
        shape = (len(self.units), len(self.items), len(self.years))
        if any(part.shape != shape for part in self.turned):
            raise ValueError(f"{BY_UNIT}: inny kształt niż kostka wskaźników")

    def of_unit(self, unit: str) -> Panel:
        at = self.unit_index[unit]
        return Panel(
            self.items, self.years, (unit,), *(part[at][..., np.newaxis] for part in self.turned)
        )


def write_parquet(panel: Panel, path: Path) -> None:
    """Write the record of ``panel``; the same panel gives the same bytes."""
    with pq.ParquetWriter(path, _SCHEMA, compression="zstd", write_statistics=False) as writer:
        for table in _tables(panel):
            writer.write_table(table, row_group_size=1 << 30)


def _tables(panel: Panel) -> Iterator[pa.Table]:
    """The rows of one item after another."""
    count, units = len(panel.years), len(panel.units)
    years = pa.array(np.repeat(np.array(panel.years, np.int16), units))
    codes = _labels(np.tile(np.arange(units), count), pa.array(panel.units, pa.string()))
    first = np.zeros(count * units)
    for i, item in enumerate(panel.items):
        columns = [
            _labels(first, pa.array([item])),
            years,
            codes,
            pa.array(panel.values[i].ravel(), from_pandas=True),  # NaN becomes null
            _labels(panel.status[i].ravel(), _status_names()),
            pa.array(panel.flags[i].ravel()),
        ]
        yield pa.table(columns, schema=_SCHEMA)


@cache
def _status_names() -> pa.Array:
    """Names at the place of their code, so that codes need no translation.

    Made when first needed: the first array made from Python objects imports pandas where it is
    installed, which a process that only reads releases should not pay for.
    """
    by_code = {int(status): name for status, name in STATUS_NAMES.items()}
    return pa.array([by_code.get(code, str(code)) for code in range(max(by_code) + 1)])


def _labels(codes: NDArray[np.generic], names: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int16)), names)


def differences(panel: Panel, path: Path) -> list[str]:
    """Items of ``panel`` whose record in ``path`` says something else, in words; [] if none.

    Compares labels as well as cells, one row group at a time.
    """
    file = pq.ParquetFile(path)
    if file.num_row_groups != len(panel.items):
        return [f"zapis Parquet ma {file.num_row_groups} pozycji, kostka {len(panel.items)}"]
    if file.schema_arrow.names != _SCHEMA.names:
        return [f"zapis Parquet ma kolumny {', '.join(file.schema_arrow.names)}"]
    return [
        f"pozycja {item} różni się w kostce i w zapisie Parquet"
        for i, (item, expected) in enumerate(zip(panel.items, _tables(panel), strict=True))
        if not _same(file.read_row_group(i), expected)
    ]


def _same(found: pa.Table, expected: pa.Table) -> bool:
    """Equal cell by cell, whatever the codes behind the labels."""
    return len(found) == len(expected) and all(
        _equal(found[name].combine_chunks(), expected[name].combine_chunks())
        for name in expected.schema.names
    )


def _equal(found: pa.Array, expected: pa.Array) -> bool:
    if found.type != expected.type:
        return False
    if not pa.types.is_dictionary(found.type):
        return bool(found.equals(expected))
    # The codes of the file, told in the codes expected: an unknown label becomes null.
    told = pc.index_in(found.dictionary, expected.dictionary).take(found.indices)
    return bool(told.equals(expected.indices.cast(told.type)))


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


def open_turned(folder: Path, labels: Mapping[str, Sequence[Any]]) -> TurnedPanel:
    """The cubes in ``folder`` with their transposed copy; raises as ``open_cubes`` does."""
    panel = open_cubes(folder, labels, MappedPanel)
    return TurnedPanel(
        panel.items,
        panel.years,
        panel.units,
        panel.values,
        panel.status,
        panel.flags,
        open_parts(folder / BY_UNIT),
    )


def open_cubes(folder: Path, labels: Mapping[str, Sequence[Any]], kind: type[AnyPanel]) -> AnyPanel:
    """The panel whose cubes lie in ``folder``, memory-mapped, as a Panel (every cell looked at) or
    a MappedPanel. Raises OSError, KeyError or ValueError when it is not what the labels say."""
    return kind(
        tuple(labels["items"]),
        tuple(labels["years"]),
        tuple(labels["units"]),
        *open_parts(folder),
    )


def open_parts(folder: Path) -> tuple[Values, Codes, Codes]:
    """``values, status, flags`` of one order of a cube."""
    values, status, flags = (mapped(folder / f"{part}.npy") for part in PARTS)
    if [part.dtype.str for part in (values, status, flags)] != ["<f8", "|u1", "|u1"]:
        raise ValueError(f"{folder.name}: inny typ liczb niż float64, uint8, uint8")
    return values, status, flags


def mapped(path: Path) -> NDArray[Any]:
    """The array of a .npy file, read from disk when looked at; not writable."""
    array: NDArray[Any] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
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
