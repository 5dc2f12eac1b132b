"""Which units and years a question speaks of, with all that a reader must know about the choice.

Levels are never mixed in silence: units that do not stand at the chosen level are named and left
out, unless the reader asks for several levels together.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.group_systems import population_year, populations_in
from smup.compare.peers import PeersError
from smup.panel.panel import FIRST_GAP
from smup.store.releases import Release
from smup.telling.maps.looking import levels_with_data
from smup.territory import Kind, Level, Unit
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.question import Condition, Question

ENOUGH = 0.1  # share of the units with a value that makes a year count as a newest one
LEVELS = (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO, Level.KRAJ)
_COMPARED = {
    ">": np.greater,
    ">=": np.greater_equal,
    "<": np.less,
    "<=": np.less_equal,
    "=": np.equal,
}


@dataclass(frozen=True)
class Selection:
    """``units`` in the order of the list, then of the register; ``own`` are the codes listed by
    the reader. ``left_out`` do not stand at ``level``; ``unknown`` counts units passed over because
    a condition or the population could not be checked. ``level`` None: several levels together."""

    units: tuple[Unit, ...]
    own: frozenset[str]
    level: Level | None
    left_out: tuple[Unit, ...] = ()
    unknown: int = 0
    without_peers: bool = False

    @property
    def cities(self) -> int:
        """How many cities with powiat rights are among the units."""
        return sum(unit.kind is Kind.MIASTO for unit in self.units)


def select(release: Release, question: Question) -> Selection:
    """The units of a question: of rules and whole levels those that exist in the newest year."""
    units = release.territory.units
    listed = [units[code] for code in question.units]
    members, without_peers = _members(release, question)
    level = level_of(release, question, [*listed, *(units[code] for code in members)])
    shown = [unit for unit in listed if level is None or level in unit.levels]
    left_out = tuple(unit for unit in listed if unit not in shown)
    others, unknown = _by_rules(release, question, level, members)
    chosen = dict.fromkeys([*shown, *others])
    return Selection(
        tuple(chosen),
        frozenset(unit.code for unit in shown),
        level,
        left_out,
        unknown,
        without_peers,
    )


def _members(release: Release, question: Question) -> tuple[list[str], bool]:
    """Codes of the sets asked for: a fixed group, a unit with its peers, one with its neighbours.
    True where peers were asked for and there are none."""
    found: list[str] = []
    if question.group:
        system = release.catalogue.groups[question.group].system
        found += release.frame.membership(system).members(question.group)
    without = False
    if question.alike:
        try:
            peers = release.peers(question.alike).codes
        except PeersError:
            peers = ()
        without = not peers
        found += [question.alike, *peers]
    if question.around:
        neighbours = release.territory.neighbours
        unit = release.territory.units[question.around]
        near = [neighbours.get((unit.code, level), ()) for level in unit.levels]
        found += [unit.code, *next((codes for codes in near if codes), ())]
    return list(dict.fromkeys(found)), without


def level_of(release: Release, question: Question, named: list[Unit]) -> Level | None:
    """The level asked for, else the first at which all units named and all kinds stand, else the
    one at which most units named do; without any the finest at which there are data."""
    if question.level:
        return None if question.level == q.MIXED else Level(question.level)
    kinds = [Kind(kind).levels for kind in question.kinds]
    held = [unit.levels for unit in named] + kinds
    best = [lv for one in _indicators(release, question) for lv in levels_with_data(release, one)]
    order = [*dict.fromkeys([*best, *LEVELS])]
    if not held:
        if question.inside and not best:
            return Level.GMINA
        return order[0]
    counts = Counter(level for levels in held for level in levels)
    everywhere = [level for level in order if counts[level] == len(held)]
    if everywhere:
        return everywhere[0]
    return max(LEVELS, key=lambda level: counts[level])


def _indicators(release: Release, question: Question) -> list[Indicator]:
    return [release.catalogue.indicators[name] for name in question.indicators[:1]]


def _by_rules(
    release: Release,
    question: Question,
    level: Level | None,
    members: list[str],
) -> tuple[list[Unit], int]:
    """Units of the sets, or of the level, that meet every rule; how many could not be checked."""
    if question.has_sets:
        base: Iterable[Unit] = (release.territory.units[code] for code in members)
    elif question.has_rules or not question.units:
        newest = next(reversed(known_years(release, question)), None)
        base = (u for u in release.territory if newest is None or u.exists_in(newest))
    else:
        base = ()
    found = [
        unit
        for unit in base
        if unit.levels and (level is None or level in unit.levels) and _fits(unit, question)
    ]
    unknown = 0
    if question.population:
        found, lost = _of_population(release, found, question.population)
        unknown += lost
    for condition in question.conditions:
        found, lost = _that_meet(release, found, condition, level)
        unknown += lost
    return found, unknown


def _fits(unit: Unit, question: Question) -> bool:
    inside = question.inside
    return (
        (not question.kinds or unit.kind.value in question.kinds)
        and (not question.voivodeships or unit.wojewodztwo in question.voivodeships)
        and (
            inside in ("", "PL")
            or inside in unit.parents
            or inside.removesuffix("G") in unit.parents
        )
    )


@lru_cache(maxsize=4)
def people_of(release: Release) -> tuple[int | None, dict[str, float]]:
    """The newest year in which the population is known, and the population of every unit."""
    year = population_year(release.indicators, release.territory)
    return year, {} if year is None else populations_in(release.indicators, year)


def _of_population(release: Release, units: list[Unit], limits: q.Limits) -> tuple[list[Unit], int]:
    people = people_of(release)[1]
    low, high = limits
    known = [unit for unit in units if unit.code in people]
    kept = [
        unit
        for unit in known
        if (low is None or people[unit.code] >= low) and (high is None or people[unit.code] <= high)
    ]
    return kept, len(units) - len(known)


def _that_meet(
    release: Release, units: list[Unit], condition: Condition, level: Level | None
) -> tuple[list[Unit], int]:
    panel = release.indicators
    year = condition_year(release, condition.indicator, level)
    if year is None:
        return [], len(units)
    at = panel.item_index[condition.indicator], panel.year_index[year]
    columns = np.array([panel.unit_index[unit.code] for unit in units], np.intp)
    known: NDArray[np.bool_] = panel.status[at][columns] < FIRST_GAP
    values = panel.values[at][columns]
    meets = known & _COMPARED[condition.sign](np.where(known, values, 0.0), condition.limit)
    kept = [unit for unit, it_does in zip(units, meets.tolist(), strict=True) if it_does]
    return kept, int((~known).sum())


@lru_cache(maxsize=256)
def condition_year(release: Release, indicator: str, level: Level | None) -> int | None:
    """The year in which a condition is checked: the newest with values for most units."""
    years = release.years_of(indicator)
    if not years:
        return None
    return release.default_year(indicator, level or Level.GMINA) or years[-1]


def years_of(release: Release, question: Question, units: tuple[Unit, ...]) -> tuple[int, ...]:
    """The years a question shows, ascending.

    Newest years are counted among those in which at least a tenth of the units has a value, so
    that a few cities do not stand for all gminas. Where none of the years asked for has any, the
    newest one is shown.
    """
    known = known_years(release, question)
    if question.years == q.ALL_YEARS:
        return tuple(known)
    if question.years.startswith(q.NEWEST):
        held = _held_years(release, question, known, units) or known
        return tuple(held[-int(question.years.removeprefix(q.NEWEST)) :])
    wanted: set[int] = set()
    for part in question.years.split(","):
        first, _, last = part.partition("-")
        low, high = sorted((int(first), int(last or first)))
        wanted |= {year for year in known if low <= year <= high}
    return tuple(sorted(wanted)) or tuple(known[-1:])


def known_years(release: Release, question: Question) -> list[int]:
    """Years in which anybody has a value of an indicator of the question, ascending."""
    return sorted({year for name in question.indicators for year in release.years_of(name)})


def _held_years(
    release: Release, question: Question, known: list[int], units: tuple[Unit, ...]
) -> list[int]:
    panel = release.indicators
    items = [panel.item_index[one] for one in question.indicators if one in panel.item_index]
    years = [panel.year_index[year] for year in known]
    columns = [panel.unit_index[unit.code] for unit in units]
    if not (items and years and columns):
        return []
    status = panel.status[np.ix_(items, years, columns)]
    counts = (status < FIRST_GAP).sum(axis=2).max(axis=0)
    enough = max(1.0, ENOUGH * len(units))
    return [year for year, n in zip(known, counts.tolist(), strict=True) if n >= enough]
