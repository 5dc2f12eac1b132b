"""The values of one area, cut from those of the whole release."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from smup.formats import csvw
from smup.formats.csv_text import write_csv
from smup.formats.parquet import write_parquet

VALUES = "values.parquet"


def cut(public: Path, items: Sequence[str]) -> pa.Table:
    """Rows of ``values.parquet`` about ``items``, in its columns and its order."""
    wanted = pa.array(items, pa.string())
    found = [
        pa.Table.from_batches([batch]).filter(pc.is_in(batch["indicator"], wanted))
        for batch in pq.ParquetFile(public / VALUES).iter_batches(1 << 20)
    ]
    return pa.concat_tables(found).unify_dictionaries()


def write_area_csv(public: Path, items: Sequence[str], path: Path) -> None:
    write_csv(cut(public, items), path)


def write_area_parquet(public: Path, items: Sequence[str], path: Path) -> None:
    write_parquet(cut(public, items), path)


def describe(package: Mapping[str, Any], table: str, area: str) -> dict[str, Any]:
    """The CSVW description of a CSV of the release (``values.csv``), or of an area's."""
    name = "values.csv" if area else table
    resource = next(one for one in package["resources"] if one["path"] == name)
    if area:
        resource = {**resource, "title": f"{resource['title']} ({area})"}
    return csvw.table(resource, str(package["version"]), table.rsplit("/", 1)[-1])
