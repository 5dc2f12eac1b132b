"""A Panel as a long table, one row a cell: what bulk files and slices are made of."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from smup.panel import STATUS_NAMES, Panel, Status, flag_names
from smup.territory import Kind, Territory

Cells = NDArray[np.bool_]

# Reasons that follow from the definitions alone: nobody collects it, it has no meaning there, there
# is no such unit. The other reasons say something about a unit that was asked.
STRUCTURAL = (Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.NOT_EXISTING)


def told(panel: Panel, territory: Territory) -> Cells:
    """Cells that text formats show, [item, year, unit].

    A kind of unit stands there whole, gaps with their reasons included, in every year in which
    anything but a structural gap is known of any unit of that kind; units that did not exist that
    year are left out. So a row that is absent always means: not collected for units of this kind.
    """
    structural = np.isin(panel.status, [int(status) for status in STRUCTURAL])
    shown = np.zeros(panel.status.shape, np.bool_)
    kinds = np.array([territory.units[unit].kind.value for unit in panel.units])
    for kind in Kind:
        members = np.flatnonzero(kinds == kind.value)
        some = ~np.all(structural[:, :, members], axis=2, keepdims=True)
        shown[:, :, members] = some
    existing: Cells = panel.status != Status.NOT_EXISTING
    return shown & existing


def long_table(panel: Panel, cells: Cells, item: str) -> pa.Table:
    """``item, unit, year, value, status, flags`` of ``cells``, in the order of the labels.

    The first column is named ``item``; ``flags`` are names with a blank between them.
    """
    at, year, unit = np.nonzero(cells)
    values = panel.values[cells]
    return pa.table(
        {
            item: _labels(at, panel.items),
            "unit": _labels(unit, panel.units),
            "year": np.array(panel.years, np.int16)[year],
            "value": pa.array(values, pa.float64(), from_pandas=True),
            "status": _coded(panel.status[cells], lambda code: STATUS_NAMES[Status(code)]),
            "flags": _coded(panel.flags[cells], lambda code: " ".join(flag_names(code))),
        }
    )


def _labels(codes: NDArray[np.intp], labels: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int16)), pa.array(labels, pa.string())
    )


def _coded(codes: NDArray[np.uint8], name: Any) -> pa.DictionaryArray:
    present = np.flatnonzero(np.bincount(codes, minlength=256))  # ``np.unique`` would sort them
    place = np.zeros(256, np.int16)
    place[present] = np.arange(len(present))
    names = pa.array([name(int(code)) for code in present], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(place[codes]), names)
