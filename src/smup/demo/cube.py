"""The panel of invented figures while it is filled, a variable at a time."""

from dataclasses import dataclass

import numpy as np

from smup.build.rows import Indices
from smup.demo.country import YEARS
from smup.demo.gaps import Told
from smup.panel import Panel, Status
from smup.panel.grouping import Mask
from smup.panel.panel import Codes, Values


@dataclass(frozen=True)
class Cube:
    """Arrays [item, year, unit] of all units; ``columns`` are those that figures are made for."""

    items: tuple[str, ...]
    units: tuple[str, ...]
    columns: Indices
    values: Values
    status: Codes
    flags: Codes

    @classmethod
    def blank(cls, items: tuple[str, ...], units: tuple[str, ...], made: tuple[str, ...]) -> "Cube":
        """Nothing collected anywhere. ``made`` are the units that figures will be made for."""
        at = {unit: column for column, unit in enumerate(units)}
        shape = len(items), len(YEARS), len(units)
        return cls(
            items,
            units,
            np.array([at[unit] for unit in made], np.intp),
            np.full(shape, np.nan),
            np.full(shape, np.uint8(Status.NOT_COLLECTED)),
            np.zeros(shape, np.uint8),
        )

    def put(self, item: str, told: Told) -> None:
        at = self.items.index(item)
        self.values[at][:, self.columns] = told.values
        self.status[at][:, self.columns] = told.status
        self.flags[at][:, self.columns] = told.flags

    def hide(self, item: str, where: Mask, reason: Status) -> None:
        """No values ``where`` [year, unit] it holds, whatever was put there."""
        at = self.items.index(item)
        self.values[at][where] = np.nan
        self.status[at][where] = reason
        self.flags[at][where] = 0

    def panel(self) -> Panel:
        return Panel(self.items, YEARS, self.units, self.values, self.status, self.flags)
