"""For which year each figure of a unit is known, and when those that lag behind are to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from smup.catalogue import Indicator, Variable
from smup.reports.matter import Matter
from smup.store.releases import Release
from smup.telling.captions import variables_of

YEARLY = ("rok", "rok-szkolny")


@dataclass(frozen=True)
class Timeliness:
    """Indicators by the newest year in which the unit has a value: ``year`` or later, the one
    before, an older one, none; ``waits`` are those of which nobody has a value."""

    year: int
    now: tuple[Indicator, ...]
    before: tuple[Indicator, ...]
    older: tuple[Indicator, ...]
    nothing: tuple[Indicator, ...]
    waits: tuple[Indicator, ...]

    @property
    def behind(self) -> tuple[Indicator, ...]:
        """Known, but not yet for the year."""
        return self.before + self.older


@dataclass(frozen=True)
class Coming:
    """Indicators that lag behind, by when their sources publish the year: in a month (1-12) still
    ahead or already past, at a time the catalogue does not know, or not every year."""

    ahead: dict[int, tuple[Indicator, ...]]
    past: dict[int, tuple[Indicator, ...]]
    unknown: tuple[Indicator, ...]
    rare: tuple[Indicator, ...]


def timeliness(matter: Matter, indicators: Sequence[Indicator], year: int) -> Timeliness:
    """Where each of the ``indicators`` stands against ``year``."""
    newest = matter.newest
    fed = [one for one in indicators if matter.release.years_of(one.id)]

    def of(*wanted: int) -> tuple[Indicator, ...]:
        return tuple(one for one in fed if _lag(newest.get(one.id), year) in wanted)

    waits = tuple(one for one in indicators if not matter.release.years_of(one.id))
    return Timeliness(year, of(0), of(1), of(2), of(-1), waits)


def _lag(newest: int | None, year: int) -> int:
    """0 for the year itself, 1 for the one before, 2 for older ones; -1 for no value."""
    return -1 if newest is None else min(max(year - newest, 0), 2)


def coming(matter: Matter, behind: Sequence[Indicator], year: int) -> Coming:
    """When the sources of what lags ``behind`` publish the values of ``year``."""
    ahead: dict[int, tuple[Indicator, ...]] = {}
    past: dict[int, tuple[Indicator, ...]] = {}
    unknown: list[Indicator] = []
    rare: list[Indicator] = []
    for one in behind:
        month = month_of(matter.release, one.id, year)
        if month is None:
            unknown.append(one)
        elif month == 0:
            rare.append(one)
        else:
            is_past = (year + 1, month) < (matter.made.year, matter.made.month)
            by_month = past if is_past else ahead
            by_month[month] = (*by_month.get(month, ()), one)
    return Coming(dict(sorted(ahead.items())), dict(sorted(past.items())),
                  tuple(unknown), tuple(rare))  # fmt: skip


@lru_cache(maxsize=4096)
def month_of(release: Release, indicator: str, year: int) -> int | None:
    """The month of the following year in which the last of its variables is published; 0 where one
    is not published for ``year`` at all, None where the month of one is not known."""
    catalogue = release.catalogue
    named = variables_of(release, catalogue.indicators[indicator])
    variables = [catalogue.variables[one] for one in named]
    if any(not _covers(one, year) for one in variables):
        return 0
    months = [one.published_month for one in variables]
    known = [month for month in months if month is not None]
    return max(known) if known and len(known) == len(months) else None


def _covers(variable: Variable, year: int) -> bool:
    return variable.cadence in YEARLY and (variable.until is None or year <= variable.until)
