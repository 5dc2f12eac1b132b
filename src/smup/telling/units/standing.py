"""Where a unit stands in many indicators: its values, its places among the others, its gaps."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare import default_role, stratum
from smup.compare.beside import Beside, beside
from smup.compare.comparison import place
from smup.compare.positions import Summary, group_part
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.store.release import UnitSlice
from smup.store.releases import Release
from smup.telling.units.chance import chance_of
from smup.telling.units.company import company
from smup.territory import Level, Unit


@dataclass(frozen=True)
class Standing:
    """The value of the year in which units are compared, or the unit's own newest, or a gap.

    ``beside`` is None where there is nobody to compare with in ``year``.
    """

    indicator: Indicator
    role: Level
    year: int | None
    value: float | None
    status: Status
    flags: int
    beside: Beside | None = None

    @property
    def summary(self) -> Summary | None:
        """Of the others, where there are enough of them to say something."""
        found = self.beside.summary if self.beside else None
        return found if found is not None and found.is_telling else None

    @property
    def has_place(self) -> bool:
        return self.beside is not None and self.beside.rank.position is not None


def role_of(unit: Unit, indicator: Indicator, asked: Level | None) -> Level:
    """The level at which a figure of the unit is compared: the one asked for where the indicator
    is compared there, else the unit's default; a sum row stands beside powiats, unranked."""
    if asked is not None and stratum(unit, indicator, asked) is not None:
        return asked
    return default_role(unit, indicator) or Level.POWIAT


def standings(
    release: Release,
    unit: Unit,
    indicators: Iterable[Indicator],
    asked: Level | None,
    upto: int | None = None,
) -> list[Standing]:
    """In the order of ``indicators``; ``asked`` is the role the reader chose, ``upto`` the last
    year looked at."""
    one = release.unit_slice(unit.code)
    found = [_alone(release, one, i, role_of(unit, i, asked), upto) for i in indicators]
    alike: dict[tuple[str, Level], list[int]] = {}
    for at, standing in enumerate(found):
        if standing.value is not None and _is_comparable(release, standing, upto):
            alike.setdefault((standing.indicator.area, standing.role), []).append(at)
    for (area, role), places in alike.items():
        alone = [found[at] for at in places]
        for at, compared in zip(places, _compared(release, unit, area, role, alone), strict=True):
            found[at] = compared
    return found


def _alone(
    release: Release, one: UnitSlice, indicator: Indicator, role: Level, upto: int | None
) -> Standing:
    """The value of the default year, else the unit's own newest, else why there is none."""
    panel, year = release.indicators, default_years(release, role, upto).get(indicator.id)
    item = panel.item_index.get(indicator.id)
    if item is None:
        return Standing(indicator, role, None, None, Status.NOT_COLLECTED, 0)
    status = one.status[item]
    at = None if year is None else panel.year_index[year]
    if at is None or status[at] >= FIRST_GAP:
        looked_at = len(panel.years) if upto is None else bisect_right(panel.years, upto)
        known = np.flatnonzero(status[:looked_at] < FIRST_GAP)
        if not known.size:
            held = [y for y in release.years_of(indicator.id) if upto is None or y <= upto]
            if not held:
                return Standing(indicator, role, None, None, Status.NOT_COLLECTED, 0)
            asked = at if at is not None else panel.year_index[held[-1]]
            return Standing(indicator, role, year, None, Status(int(status[asked])), 0)
        at = int(known[-1])
    return Standing(
        indicator,
        role,
        panel.years[at],
        float(one.values[item, at]),
        Status(int(status[at])),
        int(one.flags[item, at]),
    )


def _is_comparable(release: Release, standing: Standing, upto: int | None) -> bool:
    """Is it of the year in which the others are compared?"""
    return standing.year == default_years(release, standing.role, upto).get(standing.indicator.id)


def _compared(
    release: Release, unit: Unit, area: str, role: Level, alone: list[Standing]
) -> list[Standing]:
    """Standings of one area and role, each beside the others."""
    others = company(release, unit, area, role)
    if others.basis == "nobody":
        return alone
    asked = [(one.indicator, one.year or 0) for one in alone]
    compared = beside(release.frame, unit, role, asked, others.codes, itself=others.itself)
    column = release.indicators.unit_index[unit.code]
    return [
        Standing(
            one.indicator,
            one.role,
            one.year,
            one.value,
            one.status,
            one.flags,
            _unless_small(release, column, one, its),
        )
        for one, its in zip(alone, compared, strict=True)
    ]


def _unless_small(release: Release, column: int, one: Standing, its: Beside) -> Beside:
    """Without its place where the unit's rate stands on too small a base for one."""
    if its.rank.position is None or one.year is None or one.indicator.interval == "none":
        return its
    chance = chance_of(release, one.indicator.id, one.year)
    if chance is None or not chance.small[column]:
        return its
    return replace(its, rank=place(0, 0, its.rank.of, its.rank.with_data, "small_base"), worse=0)


@lru_cache(maxsize=32)
def default_years(release: Release, role: Level, upto: int | None = None) -> dict[str, int]:
    """The year (not after ``upto``) in which each indicator is compared at a level; without those
    that have none."""
    default_year = release.frame.default_year
    found = {item: default_year(item, role, upto) for item in release.indicators.items}
    return {item: year for item, year in found.items() if year is not None}


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
