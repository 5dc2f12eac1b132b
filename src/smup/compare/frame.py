"""What every comparison needs, worked out once for a set of figures and then shared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import DEFAULT_SYSTEM, Catalogue, Indicator
from smup.compare.group_systems import Membership, membership, systems_of
from smup.compare.groups import POPULATION, STRATA, stratum
from smup.compute.formula import Node
from smup.compute.formulas import formulas_over_variables
from smup.panel import Panel, Status
from smup.panel.grouping import Grouping, gmina_grouping, powiat_grouping
from smup.panel.panel import FIRST_GAP
from smup.territory import Kind, Level, Territory, Unit

if TYPE_CHECKING:
    from smup.compare.breaks import Break
    from smup.compare.counts import Recipe
    from smup.compare.expected import Model, Refusal
    from smup.compare.peers.space import Space
    from smup.compare.variation import Variation

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
    frozen: Mapping[str, Membership] | None = None  # the groups a release was built with
    variation: "Mapping[Level, Variation] | None" = None  # of its groups, as it was built with

    @classmethod
    def of(
        cls,
        figures: Figures,
        frozen: Mapping[str, Membership] | None = None,
        variation: "Mapping[Level, Variation] | None" = None,
    ) -> "Frame":
        return cls(
            figures.catalogue,
            figures.territory,
            figures.indicators,
            figures.variables,
            frozen,
            variation,
        )

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems of fixed groups, the default one first."""
        return systems_of(self.catalogue) if self.frozen is None else tuple(self.frozen)

    def membership(self, system: str) -> Membership:
        """Who is in which group of a system. Raises KeyError for an unknown one."""
        if self.frozen is not None:
            return self.frozen[system]
        if system not in self._memberships:
            if system not in self.systems:
                raise KeyError(system)
            # the indicator also has the population of powiats whose gminas alone are published
            held = self.indicators if POPULATION in self.indicators.item_index else self.variables
            self._memberships[system] = membership(self.catalogue, self.territory, held, system)
        return self._memberships[system]

    @cached_property
    def _memberships(self) -> dict[str, Membership]:
        return {}

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Unit code to the id of its fixed group in the default system."""
        return self.membership(DEFAULT_SYSTEM).units

    def group_labels(self, system: str, level: Level) -> "Words":
        """[unit of the level]: the id of its group in the system, "" for none."""
        if system == DEFAULT_SYSTEM:
            return self.role(level).group
        its = self.membership(system).units
        return np.array([its.get(code, "") for code in self.role(level).codes.tolist()], np.str_)

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

    @cached_property
    def over_members(self) -> tuple[Grouping, Grouping]:
        """Rows of the indicators above the units, over their gminas and over their powiats; a city
        with powiat rights is a member in both."""
        columns = self.indicators.unit_index
        return (
            gmina_grouping(self.territory, columns, Kind, powiats=True),
            powiat_grouping(self.territory, columns, Kind),
        )

    @cached_property
    def kept(self) -> dict[str, object]:
        """What modules of this room work out once for these figures, under names of their own."""
        return {}

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

    @cached_property
    def breaks(self) -> "dict[str, tuple[Break, ...]]":
        """By indicator; filled by ``smup.compare.breaks``."""
        return {}

    @cached_property
    def parted_steps(self) -> dict[tuple[str, tuple[int, ...]], list[int]]:
        """By indicator and years; filled by ``smup.compare.steps``."""
        return {}

    @cached_property
    def recipes(self) -> "dict[str, Recipe | None]":
        """By indicator; filled by ``smup.compare.counts``."""
        return {}

    @cached_property
    def models(self) -> "dict[tuple[str, int, Kind, Level], Model | Refusal]":
        """Rules of what can be expected; filled by ``smup.compare.expected``."""
        return {}

    @cached_property
    def peer_spaces(self) -> "dict[tuple[int, str], Space]":
        """By year and way of standardising; filled by ``smup.compare.peers``."""
        return {}

    def default_year(self, indicator: str, role: Level, upto: int | None = None) -> int | None:
        """The newest year (not after ``upto``) with a value for 80 % of the units concerned; None
        where there is none.

        Concerned are the units compared at ``role`` that existed that year and to which the
        indicator applies. Raises KeyError for an unknown indicator.
        """
        years = self._covered_years(indicator, role)
        return next((year for year in reversed(years) if upto is None or year <= upto), None)

    def _covered_years(self, indicator: str, role: Level) -> tuple[int, ...]:
        if (indicator, role) not in self._covered:
            self._covered[indicator, role] = self._find_covered(indicator, role)
        return self._covered[indicator, role]

    @cached_property
    def _covered(self) -> dict[tuple[str, Level], tuple[int, ...]]:
        return {}

    def _find_covered(self, indicator: str, role: Level) -> tuple[int, ...]:
        chosen = self.catalogue.indicators[indicator]
        if indicator not in self.indicators.item_index:
            return ()
        columns = self.role(role).columns[self.strata(chosen, role) != OUTSIDE]
        status = self.indicators.status[self.indicators.item_index[indicator]][:, columns]
        concerned = (status != Status.NOT_EXISTING) & (status != Status.NOT_APPLICABLE)
        count, known = concerned.sum(axis=1), (status < FIRST_GAP).sum(axis=1)
        years = np.flatnonzero((count > 0) & (known >= COVERED * count))
        return tuple(self.indicators.years[year] for year in years)


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

    def holds(self, codes: Iterable[str]) -> NDArray[np.bool_]:
        """[unit]: is its code among ``codes``? Codes of other levels are passed over."""
        found = np.zeros(len(self.units), bool)
        found[[self.place[code] for code in codes if code in self.place]] = True
        return found

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
