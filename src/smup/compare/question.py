"""A question of comparison, made definite: which unit, indicator, year and role."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from smup.catalogue import DEFAULT_SYSTEM, Indicator
from smup.compare.comparison import Newest
from smup.compare.frame import OUTSIDE, Frame
from smup.compare.groups import default_role
from smup.panel.panel import Codes, Values
from smup.territory import Level, Unit


class ComparisonError(ValueError):
    """A question that has no answer, in one Polish sentence."""


@dataclass(frozen=True)
class Question:
    """Everything is known to exist and to fit together."""

    frame: Frame
    unit: Unit
    indicator: Indicator
    year: int
    role: Level
    system: str = DEFAULT_SYSTEM  # of fixed groups
    listed: tuple[str, ...] = ()  # codes of the reader's own list

    @property
    def _at(self) -> tuple[int, int]:
        panel = self.frame.indicators
        return panel.item_index[self.indicator.id], panel.year_index[self.year]

    @property
    def values(self) -> Values:
        """The indicator in the year, for all units of the panel."""
        values: Values = self.frame.indicators.values[self._at]
        return values

    @property
    def status(self) -> Codes:
        status: Codes = self.frame.indicators.status[self._at]
        return status

    @cached_property
    def place(self) -> int:
        """Where the unit stands among the units of the role."""
        return self.frame.role(self.role).place[self.unit.code]

    @property
    def takes_part(self) -> bool:
        """Is the unit compared at all in this indicator and role?"""
        return bool(self.frame.strata(self.indicator, self.role)[self.place] != OUTSIDE)


def ask(
    frame: Frame,
    unit: str,
    indicator: str,
    year: int | None,
    role: Level | None,
    system: str = DEFAULT_SYSTEM,
    units: Sequence[str] = (),
) -> Question:
    """The question with its defaults filled in; see ``compare_unit``. Raises ComparisonError."""
    asked, chosen = subject(frame, unit, indicator)
    if system not in frame.systems:
        known = ", ".join(frame.systems)
        raise ComparisonError(f"Nie ma systemu grup „{system}”. Są: {known}.")
    role = _role(asked, chosen, role)
    year = _default_year(frame, chosen, asked, role) if year is None else _held(frame, year)
    return Question(frame, asked, chosen, year, role, system, _listed(frame, units, role))


def subject(frame: Frame, unit: str, indicator: str) -> tuple[Unit, Indicator]:
    """The unit (by code or alias) and the indicator that a comparison speaks of.

    Raises ComparisonError where there is no such unit, no such indicator or no data of it yet.
    """
    found = frame.territory.get(unit)
    if found is None or found.code not in frame.indicators.unit_index:
        raise ComparisonError(f"Nie ma jednostki o kodzie „{unit}”.")
    chosen = frame.catalogue.indicators.get(indicator)
    if chosen is None or not chosen.is_shown:
        raise ComparisonError(f"Nie ma wskaźnika „{indicator}”.")
    if indicator not in frame.indicators.item_index:
        raise ComparisonError(f"Wskaźnik „{indicator}” czeka na dane: nie ma jeszcze wartości.")
    return found, chosen


def newest(frame: Frame, indicator: str, unit: str) -> Newest | None:
    """The unit's newest value in any year."""
    panel = frame.indicators
    series = panel.values[panel.item_index[indicator], :, panel.unit_index[unit]]
    known = np.flatnonzero(~np.isnan(series))
    return Newest(panel.years[known[-1]], float(series[known[-1]])) if known.size else None


def _role(unit: Unit, indicator: Indicator, role: Level | None) -> Level:
    if role is not None and role not in unit.levels:
        raise ComparisonError(f"Jednostka {unit.name} nie jest porównywana w roli „{role.value}”.")
    found = role or default_role(unit, indicator)
    if found is None:
        raise ComparisonError(f"Wiersz sumy {unit.code} nie jest porównywany z innymi jednostkami.")
    return found


def _listed(frame: Frame, units: Sequence[str], role: Level) -> tuple[str, ...]:
    """The codes of a reader's list, each once; ComparisonError for one that has no such role."""
    found: dict[str, None] = {}
    for text in units:
        unit = frame.territory.get(text)
        if unit is None:
            raise ComparisonError(f"Nie ma jednostki o kodzie „{text[:80]}” z listy.")
        if unit.code not in frame.role(role).place:
            raise ComparisonError(
                f"Jednostka {unit.name} ({unit.code}) z listy nie jest porównywana w roli "
                f"„{role.value}”; usuń ją z listy."
            )
        found[unit.code] = None
    return tuple(found)


def _held(frame: Frame, year: int) -> int:
    years = frame.indicators.years
    if year not in frame.indicators.year_index:
        span = f"{years[0]}–{years[-1]}" if years else "brak"
        raise ComparisonError(f"Dane nie obejmują roku {year}. Lata: {span}.")
    return year


def _default_year(frame: Frame, indicator: Indicator, unit: Unit, role: Level) -> int:
    found = frame.default_year(indicator.id, role)
    if found is not None:
        return found
    if not frame.indicators.years:
        raise ComparisonError("Dane nie obejmują żadnego roku.")
    own = newest(frame, indicator.id, unit.code)
    return own.year if own else frame.indicators.years[-1]
