"""Which rows are totals of which units, and which totals may be told though they hold a secret.

The units that a figure is collected for make up powiats, these make up województwa and these the
country, so of any two totals one lies within the other or they share nothing. Take from every told
total the told totals inside it: what is left are equations over hidden cells no two of which share
a cell. Each can be judged by itself, exactly and without a search.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Variable
from smup.panel import Panel, Status
from smup.panel.grouping import Grouping, Mask
from smup.panel.panel import FIRST_GAP, Codes, Values
from smup.territory import GMINA_KINDS, Kind, Territory, Unit

FEWEST_UNITS = 3  # hidden units that a told total must leave undivided
SECRET = (Status.CONFIDENTIAL, Status.SUPPRESSED_SMALL)
_NO_FIGURE = (Status.NOT_EXISTING, Status.NOT_APPLICABLE)


@dataclass
class Hiding:
    """What we hide of one variable, arrays [year, unit], while it is being decided.

    ``low`` and ``high`` are what everybody knows of a hidden value, from the rule that hides it;
    infinite where nothing is known. ``sealed``: totals over the cell are never told.
    """

    where: Mask
    low: Values
    high: Values
    sealed: Mask
    guarded: bool = True  # False: public elsewhere, so totals are told as they are

    @classmethod
    def nothing(cls, shape: tuple[int, ...]) -> "Hiding":
        return cls(
            np.zeros(shape, bool),
            np.full(shape, -np.inf),
            np.full(shape, np.inf),
            np.zeros(shape, bool),
        )

    def hide(
        self, where: Mask, low: Values | float = -np.inf, high: Values | float = np.inf
    ) -> None:
        """Hide more cells; of one hidden already everybody knows what the first rule says."""
        new = where & ~self.where
        self.low = np.where(new, low, self.low)
        self.high = np.where(new, high, self.high)
        self.where = self.where | new


class Levels:
    """The totals of every variable, the smallest first; worked out once for a set of units."""

    def __init__(self, territory: Territory, panel: Panel) -> None:
        self._territory = territory
        self._columns = panel.unit_index
        self._kinds = [territory.units[code].kind for code in panel.units]
        self._made: dict[tuple[bool, bool], tuple[Grouping, ...]] = {}
        at = panel.unit_index
        both = [(at[u], at[f"{u}G"]) for u in panel.units if f"{u}G" in at]
        self._powiats = np.array([powiat for powiat, _ in both], np.intp)
        self._sum_rows = np.array([row for _, row in both], np.intp)

    def collected_for(self, variable: Variable) -> Mask:
        """[unit]: the units whose figures make up the totals."""
        small = GMINA_KINDS if "gmina" in variable.kinds else (Kind.POWIAT,)
        return self.of_kinds((*small, Kind.MIASTO))

    def of_kinds(self, kinds: Iterable[Kind]) -> Mask:
        """[unit]: is it one of these?"""
        wanted = frozenset(kinds)
        return np.array([kind in wanted for kind in self._kinds], bool)

    def totals_of(self, variable: Variable) -> tuple[Grouping, ...]:
        """A powiat is a total of its gminas only where the variable describes a territory: what it
        does itself stands beside them."""
        return self._totals("gmina" in variable.kinds, variable.scope == "territory")

    def _totals(self, gminas: bool, territory: bool) -> tuple[Grouping, ...]:
        key = (gminas, territory)
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def steps_of(self, variable: Variable) -> tuple[Grouping, ...]:
        """The same without the powiats that have the same members as their sum rows."""
        return self._totals("gmina" in variable.kinds, False)

    def opened(self, variable: Variable, hiding: Hiding, values: Values) -> Mask:
        """``open_totals`` of the variable's rows [year, unit]."""
        found = open_totals(hiding, values, self.steps_of(variable))
        if variable.scope == "territory" and "gmina" in variable.kinds:
            found[:, self._powiats] = found[:, self._sum_rows]
        return found

    def _make(self, gminas: bool, territory: bool) -> tuple[Grouping, ...]:
        kinds = [Kind.WOJEWODZTWO, Kind.KRAJ]
        if gminas:
            kinds = [Kind.GMINY_POWIATU, *([Kind.POWIAT] if territory else []), *kinds]
        return tuple(self._grouping(kind, gminas) for kind in kinds)

    def _grouping(self, kind: Kind, gminas: bool) -> Grouping:
        units = self._territory

        def parts(row: Unit) -> tuple[Unit, ...]:
            return units.members(row.code) if gminas else units.powiats_of(row.code)

        rows = [unit for unit in units if unit.kind is kind]
        return Grouping.of({row.code: [u.code for u in parts(row)] for row in rows}, self._columns)


def open_totals(hiding: Hiding, values: Values, steps: Sequence[Grouping]) -> Mask:
    """[year, unit]: may the row's total, hidden members included, be told?

    ``values`` [year, unit] are the true ones; ``steps`` each divide the units, the finest first and
    the last two being województwa and the country. A smaller area with a hidden member tells
    no total. A województwo does where at least ``FEWEST_UNITS`` of its members are hidden; the
    country where those of the other województwa are as many, for which the one with the fewest of
    the rest is given up if need be. Both only where every hidden figure can still take every value
    that the rule allows it. No decision depends on how hidden values lie within a sum, so whoever
    knows this method learns nothing from a total that is missing either.
    """
    opened = np.ones(hiding.where.shape, bool)
    if not hiding.guarded:
        return opened
    *small, regions, country = steps
    for grouping in small:
        opened[:, grouping.rows] = ~holding(grouping, hiding.where)
    count = regions.counts(hiding.where)
    joined = (count > 0) & (count < FEWEST_UNITS)
    joined |= _given_up(count, joined)
    told = (count == 0) | (_safe(regions, hiding, values, hiding.where) & ~joined)
    rest = hiding.where & inside(regions, joined, hiding.where.shape[1])
    whole = (country.counts(rest) == 0) | _safe(country, hiding, values, rest)
    opened[:, regions.rows] = told & ~holding(regions, hiding.sealed)
    opened[:, country.rows] = whole & (told | joined).all(axis=1, keepdims=True)
    opened[:, country.rows] &= ~holding(country, hiding.sealed)
    return opened


def _given_up(count: NDArray[np.int64], joined: Mask) -> Mask:
    """[year, row]: the row with the fewest hidden members of those that could tell their total, in
    years in which the others have too few by themselves."""
    rest = np.where(joined, count, 0).sum(axis=1, keepdims=True)
    lacking = (rest > 0) & (rest < FEWEST_UNITS)
    cost = np.where(count >= FEWEST_UNITS, count, np.iinfo(np.int64).max)
    fewest = np.arange(count.shape[1]) == cost.argmin(axis=1)[:, None]
    return np.asarray(lacking & fewest & (count >= FEWEST_UNITS))


def _safe(grouping: Grouping, hiding: Hiding, values: Values, free: Mask) -> Mask:
    """[year, row]: can every member in ``free`` take every value allowed, given the row's sum?"""
    with np.errstate(invalid="ignore"):
        down, up = values - hiding.low, hiding.high - values
        width = hiding.high - hiding.low
    widest = _largest(grouping, width, free)
    slack = np.minimum(grouping.sums(down, free), grouping.sums(up, free))
    return np.asarray((grouping.counts(free) >= FEWEST_UNITS) & (slack >= widest))


def _first(grouping: Grouping) -> NDArray[np.intp]:
    """The first member of every row."""
    first: NDArray[np.intp] = grouping.members[grouping.starts]
    return first


def _sizes(grouping: Grouping) -> NDArray[np.intp]:
    return np.diff(np.append(grouping.starts, len(grouping.members)))


def closed_rows(
    hiding: Hiding,
    opened: Mask,
    values: Values,
    status: Codes,
    base: Mask,
    totals: Iterable[Grouping],
) -> Mask:
    """[year, unit]: published totals that must go, because they would tell what is hidden.

    A total of the source goes where our own would (``opened``), and where what it leaves undivided
    holds a secret of the source and is of fewer than ``FEWEST_UNITS`` units, or below that number.
    ``values`` and ``status`` are the true ones; ``base`` [unit] are the units collected for.
    """
    closed = np.zeros(status.shape, bool)
    if not hiding.guarded:
        return closed
    free = base & (status >= FIRST_GAP) & ~np.isin(status, _NO_FIGURE)
    secret = free & np.isin(status, SECRET)
    if not secret.any() and not hiding.where.any():
        return closed
    known = np.where(base & (status < FIRST_GAP), values, 0.0)
    for grouping in totals:
        published = status[:, grouping.rows] < FIRST_GAP
        count = grouping.counts(free)
        rest = values[:, grouping.rows] - grouping.sums(known, np.ones_like(free))
        lone = (count < FEWEST_UNITS) | (rest < FEWEST_UNITS)
        bad = lone & (grouping.counts(free & secret) > 0)
        bad |= ~opened[:, grouping.rows]
        closed[:, grouping.rows] |= published & bad
        told = published & ~bad & (count > 0)
        free &= ~inside(grouping, told, free.shape[1])
        # What it adds to its known members is known in the totals around it: it stands for one.
        known[:, _first(grouping)] += np.where(told, rest, 0.0)
    return closed


def inside(grouping: Grouping, rows: Mask, width: int) -> Mask:
    """[year, unit] of ``width`` units: is the unit a member of one of these rows [year, row]?"""
    found = np.zeros((len(rows), width), bool)
    found[:, grouping.members] = np.repeat(rows, _sizes(grouping), axis=1)
    return found


def holding(grouping: Grouping, units: Mask) -> NDArray[np.bool_]:
    """[year, row]: does the row have one of these units [year, unit] among its members?"""
    found: NDArray[np.bool_] = grouping.counts(units) > 0
    return found


def _largest(grouping: Grouping, values: Values, where: Mask) -> Values:
    kept = np.where(where[:, grouping.members], values[:, grouping.members], 0.0)
    return np.asarray(np.maximum.reduceat(kept, grouping.starts, axis=1))
