"""A Panel as a long table, one row a cell: what bulk files and slices are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from smup.panel import STATUS_NAMES, Panel, Status, flag_names
from smup.territory import Kind, Territory

Cells = NDArray[np.bool_]

# Reasons that follow from the definitions alone: nobody collects it, it has no meaning there, there
# is no such unit. The other reasons say something about a unit that was asked.
STRUCTURAL = (Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.NOT_EXISTING)


@dataclass(frozen=True)
class Shown:
    """Which kinds of unit text formats show, worked out once for a release.

    ``kinds`` is an array [item, year, kind] under the labels of ``panel``; ``kind_of`` the place of
    a unit's kind in it.
    """

    panel: Panel
    kinds: Cells
    kind_of: Mapping[str, int]

    @classmethod
    def of(cls, panel: Panel, territory: Territory) -> "Shown":
        order = {kind: place for place, kind in enumerate(Kind)}
        kind_of = {unit: order[territory.units[unit].kind] for unit in panel.units}
        places = np.array([kind_of[unit] for unit in panel.units], np.intp)
        members = [np.flatnonzero(places == place) for place in order.values()]
        told_of = np.ones(256, np.bool_)
        told_of[[int(status) for status in STRUCTURAL]] = False
        kinds = np.zeros((len(panel.items), len(panel.years), len(members)), np.bool_)
        for item in range(len(panel.items)):  # one at a time: the whole cube is large
            known = told_of[panel.status[item]]
            kinds[item] = np.stack([known[:, units].any(axis=1) for units in members], axis=1)
        return cls(panel, kinds, kind_of)

    def cells(self, part: Panel) -> Cells:
        """Cells of a part of the panel that are shown, [item, year, unit]."""
        grid = np.ix_(
            [self.panel.item_index[item] for item in part.items],
            [self.panel.year_index[year] for year in part.years],
            [self.kind_of[unit] for unit in part.units],
        )
        existing: Cells = part.status != Status.NOT_EXISTING
        return self.kinds[grid] & existing


def told(panel: Panel, territory: Territory) -> Cells:
    """Cells that text formats show, [item, year, unit].

    A kind of unit stands there whole, gaps with their reasons included, in every year in which
    anything but a structural gap is known of any unit of that kind; units that did not exist that
    year are left out. So a row that is absent always means: not collected for units of this kind.
    """
    return Shown.of(panel, territory).cells(panel)


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
            "status": coded(panel.status[cells], lambda code: STATUS_NAMES[Status(code)]),
            "flags": coded(panel.flags[cells], lambda code: " ".join(flag_names(code))),
        }
    )


def _labels(codes: NDArray[np.intp], labels: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int16)), pa.array(labels, pa.string())
    )


def coded(codes: NDArray[np.uint8], name: Callable[[int], str]) -> pa.DictionaryArray:
    """``codes`` as the words that ``name`` gives each of them."""
    present = np.flatnonzero(np.bincount(codes, minlength=256))  # ``np.unique`` would sort them
    place = np.zeros(256, np.int16)
    place[present] = np.arange(len(present))
    names = pa.array([name(int(code)) for code in present], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(place[codes]), names)
