"""The one central value type. Everything else is a function on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from smup.panel.status import Status

Values = NDArray[np.float64]
Codes = NDArray[np.uint8]

FIRST_GAP = int(Status.CONFIDENTIAL)  # statuses below it carry a value


@dataclass(frozen=True)
class Panel:
    """A dense cube [item, year, unit]: values, the status of each cell, and its flags.

    ``items`` are ids of variables or indicators, ``years`` ascending, ``units`` unit codes.
    A cell has a finite value exactly when its status is below ``FIRST_GAP``; elsewhere the value
    is NaN and the status says why. Arrays are never changed after construction.

    Raises ValueError when shapes, labels or the rule above do not hold.
    """

    items: tuple[str, ...]
    years: tuple[int, ...]
    units: tuple[str, ...]
    values: Values
    status: Codes
    flags: Codes

    def __post_init__(self) -> None:
        shape = (len(self.items), len(self.years), len(self.units))
        for name in ("values", "status", "flags"):
            if getattr(self, name).shape != shape:
                raise ValueError(
                    f"{name} has shape {getattr(self, name).shape}, labels say {shape}"
                )
        for name in ("items", "years", "units"):
            labels = getattr(self, name)
            if len(set(labels)) != len(labels):
                raise ValueError(f"{name} holds a label twice")
        if not np.array_equal(np.isfinite(self.values), self.status < FIRST_GAP):
            raise ValueError("a cell with a gap status has a value, or one without has none")

    @classmethod
    def empty(
        cls,
        items: Sequence[str],
        years: Sequence[int],
        units: Sequence[str],
        status: Status = Status.NOT_COLLECTED,
    ) -> "Panel":
        """A panel of gaps, all for the same reason."""
        shape = (len(items), len(years), len(units))
        return cls(
            tuple(items),
            tuple(years),
            tuple(units),
            np.full(shape, np.nan),
            np.full(shape, int(status), np.uint8),
            np.zeros(shape, np.uint8),
        )

    @cached_property
    def item_index(self) -> dict[str, int]:
        return {item: i for i, item in enumerate(self.items)}

    @cached_property
    def year_index(self) -> dict[int, int]:
        return {year: i for i, year in enumerate(self.years)}

    @cached_property
    def unit_index(self) -> dict[str, int]:
        return {unit: i for i, unit in enumerate(self.units)}

    @property
    def has_value(self) -> NDArray[np.bool_]:
        return self.status < FIRST_GAP

    def cell(self, item: str, year: int, unit: str) -> tuple[float | None, Status, int]:
        """(value or None, status, flags) of one cell. Raises KeyError for an unknown label."""
        at = (self.item_index[item], self.year_index[year], self.unit_index[unit])
        status = Status(int(self.status[at]))
        value = float(self.values[at]) if status < FIRST_GAP else None
        return value, status, int(self.flags[at])

    def of_unit(self, unit: str) -> "Panel":
        """The sub-panel of one unit. Raises KeyError for an unknown one."""
        return self.select(units=(unit,))

    def select(
        self,
        items: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
        units: Sequence[str] | None = None,
    ) -> "Panel":
        """The sub-panel with these labels in this order. Raises KeyError for an unknown label."""
        items = self.items if items is None else tuple(items)
        years = self.years if years is None else tuple(years)
        units = self.units if units is None else tuple(units)
        places = [[self.item_index[i] for i in items], [self.year_index[y] for y in years]]
        if units != self.units:  # looking up every unit would take longer than copying its cells
            places.append([self.unit_index[u] for u in units])
        grid = np.ix_(*places)
        return Panel(items, years, units, self.values[grid], self.status[grid], self.flags[grid])
