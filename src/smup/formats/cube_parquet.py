"""A cube as Parquet: a row a cell, the codes of its axes, value, status and flags."""

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from smup.formats.cube import Cube
from smup.formats.long import coded
from smup.formats.synthetic import marked
from smup.panel import STATUS_NAMES, Status, flag_names


def encode(cube: Cube) -> bytes:
    """The file; a gap is null and its status says why."""
    places = np.indices(cube.shape, np.int32)
    columns = {
        axis.id: pa.DictionaryArray.from_arrays(
            pa.array(np.ravel(at)), pa.array(axis.codes, pa.string())
        )
        for axis, at in zip(cube.axes, places, strict=True)
    }
    cells = {
        "value": pa.array(np.ravel(cube.values), pa.float64(), from_pandas=True),
        "status": coded(np.ravel(cube.status), lambda code: STATUS_NAMES[Status(code)]),
        "flags": coded(np.ravel(cube.flags), lambda code: " ".join(flag_names(code))),
    }
    table = pa.table(columns | cells)
    out = io.BytesIO()
    pq.write_table(marked(table) if cube.synthetic else table, out, compression="zstd")
    return out.getvalue()
