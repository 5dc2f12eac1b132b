"""What every comparison needs, worked out once for a set of figures and then shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Catalogue, Indicator
from smup.compare.groups import group_of, populations, stratum
from smup.compute.evaluate import formulas_of
from smup.compute.formula import Node, expand
from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP
from smup.territory import Level, Territory

COVERED = 0.8  # share of the units concerned that must have a value in the default year


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
        parsed = formulas_of(self.catalogue)
        return {name: expand(node, parsed) for name, node in parsed.items()}

    @cached_property
    def _codes(self) -> Mapping[Level, tuple[str, ...]]:
        held = self.indicators.unit_index
        return {
            level: tuple(u.code for u in self.territory.of_level(level) if u.code in held)
            for level in Level
        }

    @cached_property
    def _columns(self) -> Mapping[Level, NDArray[np.intp]]:
        held = self.indicators.unit_index
        return {
            level: np.array([held[code] for code in codes], np.intp)
            for level, codes in self._codes.items()
        }

    def units(self, role: Level) -> tuple[str, ...]:
        """Codes of all units of a level, abolished ones included, in territory order."""
        return self._codes[role]

    def columns(self, role: Level) -> NDArray[np.intp]:
        """Their columns in both panels' order of units."""
        return self._columns[role]

    @cached_property
    def variable_columns(self) -> NDArray[np.intp]:
        """For each column of the indicators its column in the variables; -1 where there is none."""
        held = self.variables.unit_index
        return np.array([held.get(code, -1) for code in self.indicators.units], np.intp)

    def strata(self, indicator: Indicator, role: Level) -> tuple[str | None, ...]:
        """The stratum of every unit of ``role`` (``groups.stratum``), worked out once a rule."""
        key = (indicator.cities, indicator.kinds, role)
        if key not in self._strata:  # two threads may both work it out, to the same result
            self._strata[key] = tuple(
                stratum(self.territory.units[code], indicator, role) for code in self.units(role)
            )
        return self._strata[key]

    @cached_property
    def _strata(self) -> dict[tuple[object, ...], tuple[str | None, ...]]:
        return {}

    def default_year(self, indicator: str, role: Level) -> int | None:
        """The newest year with a value for 80 % of the units concerned; None where there is none.

        Concerned are the units compared at ``role`` that existed that year and to which the
        indicator applies. Raises KeyError for an unknown indicator.
        """
        chosen = self.catalogue.indicators[indicator]
        inside = np.array([s is not None for s in self.strata(chosen, role)], bool)
        columns = self.columns(role)[inside]
        status = self.indicators.status[self.indicators.item_index[indicator]][:, columns]
        concerned = (status != Status.NOT_EXISTING) & (status != Status.NOT_APPLICABLE)
        count, known = concerned.sum(axis=1), (status < FIRST_GAP).sum(axis=1)
        years = np.flatnonzero((count > 0) & (known >= COVERED * count))
        return self.indicators.years[years[-1]] if years.size else None
