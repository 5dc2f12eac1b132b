"""Variables of all years on the borders of one chosen year.

A unit whose borders were the same keeps its figure. Elsewhere a variable that may be added up is
summed over the units that make the unit up (``smup.territory.bridge``), a divided unit giving its
share: of population, or of area where that of population is not known; areas are shared by area
alone. A variable that may not be added up is known only where the borders were the same; so is what
a body itself does where a powiat would be mixed with a city, because their tasks differ.

Method: summation and areal interpolation with a control variable (M. F. Goodchild, N. S.-N. Lam,
Areal interpolation: a variant of the traditional spatial problem, Geo-Processing 1, 1980).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from smup.catalogue import Catalogue
from smup.compute.cells import HAS_VALUE, Cells, gaps, reason_of, status_of
from smup.panel import Flag, Panel, Status
from smup.panel.grouping import Mask, existence
from smup.panel.panel import Codes, Values
from smup.territory import Kind, Level, Territory
from smup.territory.bridge import HOW_NAMES, Basis, How, Made

_BASES: tuple[Basis, ...] = ("population", "area")
Key = tuple[int, str]  # calendar year, unit
Way = Mapping[Basis, Made]  # what makes a unit up at one of its levels


@dataclass(frozen=True)
class Bridged:
    """Items on the borders of year ``borders``, on all units and years of the published panel.

    ``how`` has the shape of the panel and holds codes of ``How``; a unit that is not there on these
    borders does not exist and is ``IMPOSSIBLE`` in all years. ``shares`` says, where something had
    to be divided, which share of each unit of that year is counted. ``moved`` [year, unit]: were
    the borders others, or the code?
    """

    borders: int
    panel: Panel
    how: Codes
    shares: Mapping[Key, Mapping[str, float]]
    moved: Mask

    def told(self, item: str, year: int, unit: str) -> dict[str, Any]:
        """``{"bridged": word, "share": {unit: share} or None}`` of one cell, for answers."""
        index = self.panel
        at = index.item_index[item], index.year_index[year], index.unit_index[unit]
        how = How(int(self.how[at]))
        shares = self.shares.get((year, unit)) if how is How.APPORTIONED else None
        return {"bridged": HOW_NAMES[how], "share": dict(shares) if shares else None}


class _Column(NamedTuple):
    """One unit and year: arrays [item]."""

    cells: Cells
    how: Codes


def bridge_variables(
    catalogue: Catalogue, variables: Panel, territory: Territory, borders: int
) -> Bridged:
    """The variables of a panel on the borders of 31 December of the year ``borders``."""
    known = _only_existing(variables, territory)
    bridging = _Bridging.of(catalogue, known, territory)
    values, flags = known.values.copy(), known.flags.copy()
    reason, how = reason_of(known.status), np.zeros(values.shape, np.uint8)
    moved = np.zeros(values.shape[1:], np.bool_)
    shares: dict[Key, Mapping[str, float]] = {}
    for (year, unit), ways in _changes(territory, variables, borders):
        at = variables.year_index[year], variables.unit_index[unit]
        (values[:, *at], reason[:, *at], flags[:, *at]), how[:, *at] = bridging.best(
            year, unit, ways
        )
        moved[at] = True
        divided = [m.of for way in ways for m in way.values() if m.how is How.APPORTIONED]
        if divided and (how[:, *at] == How.APPORTIONED).any():
            shares[year, unit] = divided[0]
    gone = ~units_on(territory, variables.units, borders)
    values[..., gone], reason[..., gone] = np.nan, int(Status.NOT_EXISTING)
    flags[..., gone], how[..., gone] = 0, int(How.IMPOSSIBLE)
    status = status_of(Cells(values, reason, flags))
    panel = replace(variables, values=values, status=status, flags=flags)
    return Bridged(borders, panel, how, shares, moved)


def _only_existing(panel: Panel, territory: Territory) -> Panel:
    gone = np.broadcast_to(~existence(territory, panel.years, panel.units), panel.values.shape)
    values = np.where(gone, np.nan, panel.values)
    status = np.where(gone, np.uint8(Status.NOT_EXISTING), panel.status)
    return replace(panel, values=values, status=status)


def units_on(territory: Territory, units: Sequence[str], borders: int) -> Mask:
    """[unit]: was it there on the borders of 31 December of the year?"""
    return np.array([_exists(territory, unit, borders) for unit in units], bool)


def levels_of(territory: Territory, code: str) -> tuple[Level, ...]:
    """The levels at which borders matter; the sum row of a powiat moves with its powiat."""
    unit = territory.units[code]
    return (Level.POWIAT,) if unit.kind is Kind.GMINY_POWIATU else unit.levels


def _exists(territory: Territory, code: str, year: int) -> bool:
    own = code.removesuffix("G")
    held = [territory.borders.holds(at, own, year) for at in levels_of(territory, code)]
    named = [one for one in held if one is not None]
    return any(named) if named else territory.units[code].exists_in(year)


def _changes(territory: Territory, panel: Panel, borders: int) -> Iterator[tuple[Key, list[Way]]]:
    """Units and years whose borders or code were others, with the ways of making them up.

    A city with powiat rights has two: from gminas and from powiats.
    """
    named = {code for level in Level for code in territory.borders.named(level)}
    units = [code for code in panel.units if code.removesuffix("G") in named]
    for year in panel.years:
        for unit in units:
            ways = [
                _way(territory, level, unit, borders, year) for level in levels_of(territory, unit)
            ]
            found = [way for way in ways if way is not None]
            if any(not _is_same(way, unit) for way in found):
                yield (year, unit), found


def _way(territory: Territory, level: Level, unit: str, borders: int, year: int) -> Way | None:
    """None where the unit was not there at this level."""
    own, suffix = unit.removesuffix("G"), "G" if unit.endswith("G") else ""
    if own not in territory.borders.named(level):
        return {basis: Made(How.EXACT, {unit: 1.0}) for basis in _BASES}
    made = {b: territory.borders.bridge(level, borders, year, b).get(own) for b in _BASES}
    if None in made.values():
        return None
    return {
        b: replace(m, of={f"{c}{suffix}": s for c, s in m.of.items()}) for b, m in made.items() if m
    }


def made_of(
    territory: Territory, units: Iterable[str], years: Iterable[int], borders: int
) -> set[str]:
    """Every unit that makes one of ``units`` up in one of the years."""
    asked = [(unit, level) for unit in units for level in levels_of(territory, unit)]
    ways = (_way(territory, level, unit, borders, y) for y in years for unit, level in asked)
    return {code for way in ways if way is not None for made in way.values() for code in made.of}


def _is_same(way: Way, unit: str) -> bool:
    return all(made.how is How.EXACT and unit in made.of for made in way.values())


@dataclass(frozen=True)
class _Bridging:
    """The figures as published, and what may be done with them: arrays [item]."""

    panel: Panel
    territory: Territory
    additive: Mask
    body: Mask  # what the unit itself does
    land: Mask  # areas

    @classmethod
    def of(cls, catalogue: Catalogue, panel: Panel, territory: Territory) -> "_Bridging":
        found = [catalogue.variables[item] for item in panel.items]
        return cls(
            panel,
            territory,
            np.array([one.additive for one in found], bool),
            np.array([one.scope == "body" for one in found], bool),
            np.array([catalogue.measures[one.unit].dimension == {"m": 2} for one in found], bool),
        )

    def best(self, year: int, unit: str, ways: Sequence[Way]) -> _Column:
        """The best that any way gives for each item: a value before a gap, then the better way;
        of gaps the worse, which says why there is no value."""
        best, *others = [self._by_basis(year, unit, way) for way in ways]
        for other in others:
            mine, its = best.cells.known, other.cells.known
            nicer = np.where(its, other.how < best.how, other.how > best.how)
            best = _where(np.where(its == mine, nicer, its), other, best)
        return best

    def _by_basis(self, year: int, unit: str, way: Way) -> _Column:
        people, land = way["population"], way["area"]
        rest = land if people.how is How.IMPOSSIBLE else people
        return _where(self.land, self._made(year, unit, land), self._made(year, unit, rest))

    def _made(self, year: int, unit: str, made: Made) -> _Column:
        """The items of a unit from the units that make it up."""
        held = [code for code in made.of if code in self.panel.unit_index]
        if not held:  # of units older than every register here
            gap = gaps(self.body.shape, Status.NOT_COLLECTED)
            return _Column(gap, np.full(self.body.shape, int(How.IMPOSSIBLE), np.uint8))
        parts = self._of_units(year, held)
        if made.how is How.EXACT:
            return _alone(parts, other=unit not in held)
        kinds = {self.territory.units[code].kind is Kind.MIASTO for code in (unit, *held)}
        mixed = self.body if len(kinds) > 1 else np.zeros_like(self.body)
        possible = self.additive & ~mixed
        if made.how is How.IMPOSSIBLE or len(held) < len(made.of):
            possible = np.zeros_like(possible)
        return _added(parts, np.array([made.of[code] for code in held]), possible, made.how)

    def _of_units(self, year: int, codes: Sequence[str]) -> Cells:
        """[item, unit] as published."""
        columns = [self.panel.unit_index[code] for code in codes]
        at = np.s_[:, self.panel.year_index[year], columns]
        panel = self.panel
        return Cells(panel.values[at], reason_of(panel.status[at]), panel.flags[at])


def _alone(parts: Cells, *, other: bool) -> _Column:
    """One unit with the same borders, perhaps under another code."""
    cells = Cells(parts.values[:, 0], parts.reason[:, 0], parts.flags[:, 0])
    flag = np.uint8(Flag.BRIDGED if other else Flag.NONE)
    flags = np.where(cells.known, cells.flags | flag, cells.flags)
    return _Column(cells._replace(flags=flags), np.zeros(flags.shape, np.uint8))


def _added(parts: Cells, shares: Values, possible: Mask, how: How) -> _Column:
    """Shares of several units together; nothing where one of them has no value."""
    nobody = ~parts.known.any(axis=1)
    reason = parts.reason.min(axis=1)  # the first reason of a gap
    reason = np.where(possible | nobody, reason, np.uint8(Status.NOT_BRIDGEABLE))
    known = reason == HAS_VALUE
    weights = np.where(known[:, None], shares, 0.0)
    values = np.where(known, (np.nan_to_num(parts.values) * weights).sum(axis=1), np.nan)
    flag = Flag.BRIDGED | (Flag.ESTIMATED if how is How.APPORTIONED else Flag.NONE)
    flags = np.where(known, np.bitwise_or.reduce(parts.flags, axis=1) | np.uint8(flag), np.uint8(0))
    hows = np.where(possible, np.uint8(how), np.uint8(How.IMPOSSIBLE))
    return _Column(Cells(values, reason, flags), hows)


def _where(chosen: Mask, one: _Column, other: _Column) -> _Column:
    cells = Cells(
        np.where(chosen, one.cells.values, other.cells.values),
        np.where(chosen, one.cells.reason, other.cells.reason),
        np.where(chosen, one.cells.flags, other.cells.flags),
    )
    return _Column(cells, np.where(chosen, one.how, other.how))
