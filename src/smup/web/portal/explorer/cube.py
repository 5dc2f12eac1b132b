"""The figures of a question: one small cube [indicator, year, unit]."""

from dataclasses import dataclass

import numpy as np

from smup.catalogue import Indicator
from smup.panel.panel import FIRST_GAP, Codes, Values
from smup.store.releases import Release
from smup.territory import Unit


@dataclass(frozen=True)
class Cube:
    """Arrays [indicator, year, unit]; a value is NaN exactly where its status is a gap."""

    indicators: tuple[Indicator, ...]
    years: tuple[int, ...]
    units: tuple[Unit, ...]
    values: Values
    status: Codes
    flags: Codes

    @property
    def known(self) -> int:
        """How many cells have a value."""
        return int((self.status < FIRST_GAP).sum())

    @property
    def size(self) -> int:
        return self.values.size

    def row(self, indicator: int, year: int) -> Values:
        """One indicator in one year (both as places), of all units."""
        row: Values = self.values[indicator, year]
        return row


def cube_of(
    release: Release,
    indicators: tuple[Indicator, ...],
    years: tuple[int, ...],
    units: tuple[Unit, ...],
) -> Cube:
    """Raises KeyError for an indicator that waits for data and for an unknown year or unit."""
    panel = release.indicators
    grid = np.ix_(
        [panel.item_index[one.id] for one in indicators],
        [panel.year_index[year] for year in years],
        [panel.unit_index[unit.code] for unit in units],
    )
    return Cube(indicators, years, units, panel.values[grid], panel.status[grid], panel.flags[grid])
