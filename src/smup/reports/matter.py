"""What a section is written from: the release, whom the report is about, what was asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from smup.catalogue import Indicator
from smup.language import Lang
from smup.panel.panel import FIRST_GAP
from smup.reports.definition import Definition
from smup.reports.kind import Plan, plan_of
from smup.reports.papers import paper_of
from smup.reports.papers.years import LATER, first_of_school_year, part_of_school_year
from smup.store.releases import Release
from smup.telling.units.services import concerns
from smup.telling.units.standing import Standing, standings
from smup.territory import Level, Unit


class CannotWrite(ValueError):
    """A report that cannot be written for this release; the message says why and what can be."""


@dataclass(frozen=True)
class Matter:
    """One report while it is being written; sections share what is found out once."""

    release: Release
    definition: Definition
    units: tuple[Unit, ...]

    @property
    def unit(self) -> Unit:
        """Whom it is about; of several side by side, ours."""
        return self.units[0]

    @property
    def lang(self) -> Lang:
        return self.definition.lang

    @property
    def plan(self) -> Plan:
        return plan_of(self.definition.kind)

    @property
    def is_short(self) -> bool:
        """Is it a paper of two pages, in which a section says only what matters most?"""
        return not self.plan.contents

    @property
    def role(self) -> Level | None:
        """The role asked for, where the unit has a choice."""
        unit, role = self.unit, self.definition.role
        return role if len(unit.levels) > 1 and role in unit.levels else None

    @property
    def made(self) -> date:
        """The day of the release, that of its newest file of a source: the only day a report knows.
        The same release built again has another clock and must give the same reports."""
        return date.fromisoformat(self.release.manifest["date"])

    @property
    def year(self) -> int:
        """The year a report is about (t-1): the one before the day of the release, its own where
        most figures are of it already, never one after the last looked at."""
        found = self.made.year - (not _is_told(self.release, self.made.year))
        return found if self.upto is None else min(found, self.upto)

    @property
    def upto(self) -> int | None:
        """The last year looked at, where one was asked for."""
        return self.definition.years[1] if self.definition.years else None

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """What the report is about, with data or without: indicators with a page that concern the
        unit's kind, of the area or service asked for."""
        asked = self.definition
        paper = paper_of(asked.kind)
        if paper is not None and not paper.everything:
            return tuple(paper.indicators(self.release.catalogue, self.unit))
        chosen = self.release.catalogue.shown
        if asked.indicator:
            return tuple(one for one in chosen if one.id == asked.indicator)
        if asked.service:
            chosen = tuple(one for one in chosen if one.service == asked.service)
        elif asked.area:
            chosen = tuple(one for one in chosen if one.area == asked.area)
        return tuple(one for one in chosen if concerns(self.unit, one.kinds))

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """By indicator: where the unit stands in everything that is shown and that anybody has; a
        paper about a school year looks at nothing later than that year."""
        shown = [one for one in self.release.catalogue.shown if self.release.years_of(one.id)]
        return {
            one.indicator.id: one
            for its, last in self._until(shown)
            for one in standings(self.release, self.unit, its, self.role, last)
        }

    def _until(
        self, shown: Sequence[Indicator]
    ) -> Iterator[tuple[Sequence[Indicator], int | None]]:
        """Indicators with the last year looked at."""
        paper = paper_of(self.definition.kind)
        if paper is None or paper.year == "calendar":
            yield shown, self.upto
            return
        first = first_of_school_year(self.year, self.upto)
        for part, later in LATER.items():
            its = [one for one in shown if part_of_school_year(self.release, one) == part]
            yield its, first + later

    @cached_property
    def told(self) -> tuple[Standing, ...]:
        """The standings of the report's own indicators, in display order."""
        found = self.standings
        return tuple(found[one.id] for one in self.indicators if one.id in found)

    @cached_property
    def newest(self) -> dict[str, int]:
        """Indicator -> the newest year looked at in which the unit has a value."""
        panel, last = self.release.indicators, self.upto
        years = np.array(panel.years)
        known = self.release.unit_slice(self.unit.code).status < FIRST_GAP
        if last is not None:
            known = known & (years <= last)
        newest = np.where(known, years, 0).max(axis=1)
        return {item: int(newest[at]) for item, at in panel.item_index.items() if newest[at]}

    def told_of(self, area: str) -> list[Standing]:
        return [one for one in self.told if one.indicator.area == area]

    def years(self, indicator: Indicator) -> list[int]:
        """The years of an indicator within those asked for."""
        known = self.release.years_of(indicator.id)
        if self.definition.years is None:
            return known
        first, last = self.definition.years
        return [year for year in known if first <= year <= last]


@lru_cache(maxsize=32)
def _is_told(release: Release, year: int) -> bool:
    """Has more than half of what anybody has a value of, a value of this year or a later one?"""
    years = [release.years_of(one.id) for one in release.catalogue.shown]
    newest = [its[-1] for its in years if its]
    return 2 * sum(one >= year for one in newest) > len(newest)
