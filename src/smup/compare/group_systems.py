"""Systems of fixed groups side by side: who is in which group, as of when, and why not in any.

Membership is worked out once for a release and stored with it, so that a group stays what it was
when later figures or definitions change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from smup.catalogue import DEFAULT_SYSTEM, Catalogue, Group
from smup.compare.groups import POPULATION, group_of
from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP
from smup.territory import Level, Territory, Unit

ENOUGH = 0.8  # share of local units whose population must be known in the year that decides

Absence = Literal["kind", "population", "table"]


@dataclass(frozen=True)
class Membership:
    """The groups of one system: unit code to group id.

    ``year`` is the year of the population that decides; None where the system asks for none.
    """

    units: Mapping[str, str]
    year: int | None = None

    def members(self, group: str) -> list[str]:
        """Codes of the units of a group, in the order of the territory."""
        return [unit for unit, its in self.units.items() if its == group]


def systems_of(catalogue: Catalogue) -> tuple[str, ...]:
    """Every system of fixed groups, the default one first."""
    return tuple(dict.fromkeys([DEFAULT_SYSTEM, *catalogue.systems]))


def membership(
    catalogue: Catalogue, territory: Territory, figures: Panel, system: str
) -> Membership:
    """Who is in which group of a system; ``figures`` hold the population."""
    groups = catalogue.groups_of(system)
    if system in catalogue.systems and catalogue.systems[system].source is not None:
        return Membership(_by_table(territory, groups, catalogue.systems[system].table))
    limits = [(g.population_from, g.population_below) for g in groups.values()]
    if all(limit == (None, None) for limit in limits):
        return Membership(group_of(territory, groups, {}))
    year = population_year(figures, territory)
    people = {} if year is None else populations_in(figures, year)
    return Membership(group_of(territory, groups, people), year)


def population_year(figures: Panel, territory: Territory) -> int | None:
    """The newest year in which 80 % of the gminas, cities and powiats of that year whose population
    is known in any year have one; None where no population is known."""
    at = figures.item_index.get(POPULATION)
    if at is None:
        return None
    codes = [u.code for u in territory if {*u.levels} & {Level.GMINA, Level.POWIAT}]
    columns = [figures.unit_index[c] for c in codes if c in figures.unit_index]
    status = figures.status[at][:, columns]
    known = status < FIRST_GAP
    concerned = known.any(axis=0) & (status != Status.NOT_EXISTING)
    enough = known.any(axis=1) & (known.sum(axis=1) >= ENOUGH * concerned.sum(axis=1))
    years = np.flatnonzero(enough)
    return figures.years[years[-1]] if years.size else None


def populations_in(figures: Panel, year: int) -> dict[str, float]:
    """The population of every unit that has one in ``year``."""
    row = figures.values[figures.item_index[POPULATION], figures.year_index[year]]
    known = np.flatnonzero(~np.isnan(row))
    return {figures.units[at]: float(row[at]) for at in known}


def why_none(
    catalogue: Catalogue, membership: Membership, system: str, unit: Unit
) -> Absence | None:
    """Why a unit is in no group of the system; None where it is in one.

    ``kind``: the system does not concern its kind; ``population``: its population in the deciding
    year is not known; ``table``: the published table does not name it.
    """
    if unit.code in membership.units:
        return None
    groups = catalogue.groups_of(system).values()
    if all(unit.kind.value not in group.kinds for group in groups):
        return "kind"
    has_table = system in catalogue.systems and catalogue.systems[system].source is not None
    return "table" if has_table else "population"


def _by_table(
    territory: Territory, groups: Mapping[str, Group], table: Mapping[str, str]
) -> dict[str, str]:
    """What the table says of the units whose kind the group admits."""
    found = {}
    for unit in territory:
        group = groups.get(table.get(unit.code, ""))
        if group is not None and unit.kind.value in group.kinds:
            found[unit.code] = group.id
    return found
