"""Where a unit stands in its fixed group: its value, the group's summary, and why there is none."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import DEFAULT_SYSTEM, Group, Indicator
from smup.compare import default_role, stratum
from smup.compare.positions import Summary, group_part
from smup.panel import Status
from smup.store.release import Cell
from smup.store.releases import Release
from smup.territory import Level, Unit


@dataclass(frozen=True)
class Standing:
    """The newest comparable value of a unit, or its own newest one, or a gap.

    ``summary`` is None where there is nothing to compare with in ``year``.
    """

    indicator: Indicator
    year: int | None
    value: float | None
    status: Status
    flags: int
    summary: Summary | None


def role_of(unit: Unit, indicator: Indicator, asked: Level | None) -> Level:
    """The level at which a figure of the unit is compared: the one asked for where the indicator
    is compared there, else the unit's default; a sum row stands beside powiats, unranked."""
    if asked is not None and stratum(unit, indicator, asked) is not None:
        return asked
    return default_role(unit, indicator) or Level.POWIAT


def group_of(release: Release, unit: Unit, system: str = DEFAULT_SYSTEM) -> Group | None:
    """The fixed group of a unit; None for województwa and the country."""
    found = release.frame.membership(system).units.get(unit.code)
    return release.catalogue.groups[found] if found else None


def standing(release: Release, unit: Unit, indicator: Indicator, role: Level) -> Standing:
    """The value of the default year; a unit without one shows its own newest value, uncompared."""
    cells = release.series(indicator.id, unit.code)
    return standing_of(release, unit, indicator, role, cells)


def standing_of(
    release: Release, unit: Unit, indicator: Indicator, role: Level, cells: list[Cell]
) -> Standing:
    """The same from the unit's series, where it is at hand."""
    by_year = {year: (value, status, flags) for year, value, status, flags in cells}
    year = default_year(release, indicator.id, role)
    if year is not None and by_year[year][0] is not None:
        value, status, flags = by_year[year]
        return Standing(
            indicator,
            year,
            value,
            status,
            flags,
            group_summary(release, unit, indicator, role, year),
        )
    known = [cell for cell in cells if cell[1] is not None]
    if known:
        own_year, value, status, flags = known[-1]
        return Standing(indicator, own_year, value, status, flags, None)
    status = (
        by_year[year][1] if year is not None else (cells[-1][2] if cells else Status.NOT_COLLECTED)
    )
    return Standing(indicator, year, None, status, 0, None)


@lru_cache(maxsize=1024)
def default_year(release: Release, indicator: str, role: Level) -> int | None:
    """``release.default_year``, asked for every row of every page and therefore remembered."""
    return release.default_year(indicator, role)


def group_summary(
    release: Release, unit: Unit, indicator: Indicator, role: Level, year: int
) -> Summary | None:
    """The summary of the unit's group, of all województwa for a województwo; None for the rest."""
    level = unit.level if unit.level is Level.WOJEWODZTWO else role
    part = group_part(release.frame, unit, indicator, level)
    if part is None or level not in release.positions:  # the country is beside nobody
        return None
    return release.positions[level].summary(indicator.id, year, part)


@lru_cache(maxsize=64)
def columns_of_level(release: Release, level: Level) -> NDArray[np.intp]:
    """Positions of the units compared at a level in the panels of a release."""
    index = release.indicators.unit_index
    return np.array([index[u.code] for u in release.territory.of_level(level)], np.intp)
