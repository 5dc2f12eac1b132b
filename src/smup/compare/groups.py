"""Who is compared with whom: fixed groups, and the standing of cities with powiat rights.

A *role* is the level at which units are compared. A city with powiat rights can take two, and the
indicator's ``cities:`` says what becomes of it there:

=============  ======================  =======================
``cities``     role gmina              role powiat
=============  ======================  =======================
with_gminas    among the gminas        left out
with_powiats   left out                among the powiats
both           among the gminas        among the powiats
apart          cities among cities     cities among cities
=============  ======================  =======================
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from smup.catalogue import Group, Indicator
from smup.compute.evaluate import exact_kinds
from smup.panel import Panel
from smup.territory import Kind, Level, Unit

Stratum = Literal["", "miasta"]  # units of different strata are never in one comparison
STRATA: tuple[Stratum, ...] = ("", "miasta")

POPULATION = "ludnosc"  # the variable by which groups of population are formed

_AMONG = {("with_gminas", Level.GMINA), ("with_powiats", Level.POWIAT)}


def stratum(unit: Unit, indicator: Indicator, role: Level) -> Stratum | None:
    """The stratum of ``unit`` in comparisons of ``indicator`` at level ``role``; None: not in it.

    At województwo level all 16 are compared, whatever kinds of local unit the indicator names.
    """
    if role not in unit.levels:
        return None
    if unit.kind in (Kind.WOJEWODZTWO, Kind.KRAJ):
        return ""
    if unit.kind not in exact_kinds(indicator):
        return None
    if unit.kind is not Kind.MIASTO or indicator.cities == "both":
        return ""
    if indicator.cities == "apart":
        return "miasta"
    return "" if (indicator.cities, role) in _AMONG else None


def default_role(unit: Unit, indicator: Indicator) -> Level | None:
    """The first level at which the unit is compared; its first level where it is at none.

    None for a sum row, which is compared with nobody.
    """
    roles = [role for role in unit.levels if stratum(unit, indicator, role) is not None]
    return roles[0] if roles else unit.level


def populations(variables: Panel) -> dict[str, float]:
    """The newest known population of every unit that has one."""
    at = variables.item_index.get(POPULATION)
    newest: dict[str, float] = {}
    if at is None:
        return newest
    for row in variables.values[at]:
        newest.update(
            (unit, float(value))
            for unit, value in zip(variables.units, row, strict=True)
            if value == value  # not NaN
        )
    return newest


def group_of(
    units: Iterable[Unit], groups: Mapping[str, Group], population: Mapping[str, float]
) -> dict[str, str]:
    """The fixed group of every unit: the first in catalogue order whose rule it meets.

    A unit without a known population is in no group that asks for one; a unit that meets no rule
    has no group.
    """
    found = {}
    for unit in units:
        people = population.get(unit.code)
        group = next((g.id for g in groups.values() if belongs(unit, g, people)), None)
        if group is not None:
            found[unit.code] = group
    return found


def belongs(unit: Unit, group: Group, population: float | None) -> bool:
    """Does the unit meet the rule? From ``population_from`` up to below ``population_below``."""
    if unit.kind.value not in group.kinds:
        return False
    low, below = group.population_from, group.population_below
    if low is None and below is None:
        return True
    return population is not None and (
        (low is None or population >= low) and (below is None or population < below)
    )
