"""What every comparison needs, worked out once for a set of figures and then shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Catalogue, Indicator
from smup.compare.groups import STRATA, group_of, populations, stratum
from smup.compute.formula import Node
from smup.compute.formulas import formulas_over_variables
from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP
from smup.territory import Level, Territory, Unit

COVERED = 0.8  # share of the units concerned that must have a value in the default year
OUTSIDE = -1  # of a comparison: the number of no stratum

Strata = NDArray[np.int8]


class Figures(Protocol):
    """A release, or anything else that holds one set of figures."""

    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def territory(self) -> Territory: ...
    @property
    def indicators(self) -> Panel: ...
    @property
    def variables(self) -> Panel: ...


@dataclass(frozen=True)
class Frame:
    """Figures with the groups and columns derived from them. Cheap to make, lazy, never changed.

    Keep one for as long as its figures are used: the first question works out what later ones use.
    """

    catalogue: Catalogue
    territory: Territory
    indicators: Panel
    variables: Panel

    @classmethod
    def of(cls, figures: Figures) -> "Frame":
        return cls(figures.catalogue, figures.territory, figures.indicators, figures.variables)

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Unit code to the id of its fixed group."""
        return group_of(self.territory, self.catalogue.groups, populations(self.variables))

    @cached_property
    def formulas(self) -> Mapping[str, Node]:
        """Formulas of all indicators, over variables only."""
        return formulas_over_variables(self.catalogue)

    def role(self, level: Level) -> "RoleUnits":
        """The units compared at a level, abolished ones included, in territory order."""
        if level not in self._roles:  # two threads may both work it out, to the same result
            self._roles[level] = RoleUnits.of(self, level)
        return self._roles[level]

    @cached_property
    def _roles(self) -> dict[Level, "RoleUnits"]:
        return {}

    @cached_property
    def variable_columns(self) -> NDArray[np.intp]:
        """For each column of the indicators its column in the variables; -1 where there is none."""
        held = self.variables.unit_index
        return np.array([held.get(code, -1) for code in self.indicators.units], np.intp)

    def strata(self, indicator: Indicator, level: Level) -> Strata:
        """Where each unit of ``level`` stands: OUTSIDE, or the number of its stratum in STRATA."""
        key = (indicator.cities, indicator.kinds, level)
        if key not in self._strata:
            found = [stratum(unit, indicator, level) for unit in self.role(level).units]
            self._strata[key] = np.array(
                [OUTSIDE if s is None else STRATA.index(s) for s in found], np.int8
            )
        return self._strata[key]

    @cached_property
    def _strata(self) -> dict[tuple[object, ...], Strata]:
        return {}

    def default_year(self, indicator: str, role: Level) -> int | None:
        """The newest year with a value for 80 % of the units concerned; None where there is none.

        Concerned are the units compared at ``role`` that existed that year and to which the
        indicator applies. Raises KeyError for an unknown indicator.
        """
        chosen = self.catalogue.indicators[indicator]
        if indicator not in self.indicators.item_index:
            return None
        columns = self.role(role).columns[self.strata(chosen, role) != OUTSIDE]
        status = self.indicators.status[self.indicators.item_index[indicator]][:, columns]
        concerned = (status != Status.NOT_EXISTING) & (status != Status.NOT_APPLICABLE)
        count, known = concerned.sum(axis=1), (status < FIRST_GAP).sum(axis=1)
        years = np.flatnonzero((count > 0) & (known >= COVERED * count))
        return self.indicators.years[years[-1]] if years.size else None


Words = NDArray[np.str_]


@dataclass(frozen=True)
class RoleUnits:
    """The units of one level with what divides them into sets, as arrays by unit; "" for none."""

    units: tuple[Unit, ...]
    codes: Words
    columns: NDArray[np.intp]  # in the panel of indicators
    place: Mapping[str, int]  # of a code in these arrays
    powiat: Words
    wojewodztwo: Words
    group: Words

    @classmethod
    def of(cls, frame: Frame, level: Level) -> "RoleUnits":
        held = frame.indicators.unit_index
        units = tuple(u for u in frame.territory.of_level(level) if u.code in held)
        return cls(
            units,
            np.array([u.code for u in units], np.str_),
            np.array([held[u.code] for u in units], np.intp),
            {u.code: at for at, u in enumerate(units)},
            np.array([u.powiat or "" for u in units], np.str_),
            np.array([u.wojewodztwo or "" for u in units], np.str_),
            np.array([frame.groups.get(u.code, "") for u in units], np.str_),
        )
