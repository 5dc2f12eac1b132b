"""What each variable's source should have published by now, and how late it is.

A variable with a month of publication is expected for year Y in that month of Y + 1: due while the
month lasts, late from the next one on. Of the others nobody told when they come, so nothing is said
of them but the newest year held.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from smup.catalogue import Variable
from smup.language import plural
from smup.panel import Panel

State = Literal["current", "due", "late", "ended", "never", "unknown"]
# Years between two figures; of elections, censuses and single measurements no interval is told.
_STEPS: dict[str, int] = {"rok": 1, "rok-szkolny": 1, "co-2-lata": 2, "co-4-lata": 4}
_IN_MONTH = (
    *("styczniu", "lutym", "marcu", "kwietniu", "maju", "czerwcu", "lipcu", "sierpniu"),
    *("wrześniu", "październiku", "listopadzie", "grudniu"),
)


@dataclass(frozen=True, slots=True)
class Awaited:
    """What is waited for of one variable.

    ``sources`` in order of preference; ``newest`` is the newest year held, None for none. ``year``
    is the next one to come and ``month`` the first day of the month in which it is published,
    ``late`` whole months since that month ended; all three None, None, 0 where nobody knows.
    States: ``current``: what was published is held; ``due``: this month; ``ended``: no more to
    come; ``never``: nothing held yet, so it is not late but lacking; ``unknown``: no month told.
    """

    variable: str
    sources: tuple[str, ...]
    state: State
    newest: int | None
    year: int | None = None
    month: date | None = None
    late: int = 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "variable": self.variable,
            "sources": list(self.sources),
            "state": self.state,
            "newest": self.newest,
            "year": self.year,
            "month": f"{self.month:%Y-%m}" if self.month else None,
            "late": self.late,
        }

    def said(self) -> str:
        """In Polish, without a full stop."""
        if self.state == "ended":
            return f"zakończona, ostatni rok {self.newest}"
        if self.state == "unknown" or self.month is None:
            return "nie wiadomo, kiedy następne dane"
        when = f"dane za {self.year} w {_IN_MONTH[self.month.month - 1]} {self.month.year}"
        if self.state == "late":
            months = plural(self.late, "miesiąc", "miesiące", "miesięcy")
            return f"{when}, spóźnione o {self.late} {months}"
        if self.state == "due":
            return f"{when}, w tym miesiącu"
        return f"{when}, dotąd żadnych" if self.state == "never" else when


def timetable(
    variables: Iterable[Variable], held: Mapping[str, int], today: date
) -> tuple[Awaited, ...]:
    """Of every variable that sources publish: the longest late first, then by month and id.

    ``held`` gives the newest year with a value, by variable.
    """
    found = (awaited(one, held.get(one.id), today) for one in variables if one.derived is None)
    return tuple(sorted(found, key=_order))


def awaited(variable: Variable, newest: int | None, today: date) -> Awaited:
    """What is waited for of one variable on the day."""
    sources = tuple(source.source for source in variable.sources)
    step, month = _STEPS.get(variable.cadence), variable.published_month
    if newest is not None and variable.until is not None and newest >= variable.until:
        return Awaited(variable.id, sources, "ended", newest)
    if step is None or month is None:
        return Awaited(variable.id, sources, "unknown", newest)
    following = _following(variable, newest, step, month, today)
    if following is None:
        return Awaited(variable.id, sources, "unknown", newest)
    published = date(following + 1, month, 1)
    months = 12 * (today.year - published.year) + today.month - published.month
    if newest is None:
        return Awaited(variable.id, sources, "never", None, following, published)
    state: State = "late" if months > 0 else "due" if months == 0 else "current"
    return Awaited(variable.id, sources, state, newest, following, published, max(months, 0))


def _following(
    variable: Variable, newest: int | None, step: int, month: int, today: date
) -> int | None:
    """The next year to come. With nothing held, the newest that should be out already; None where
    years are skipped and nobody told from which to count."""
    if newest is not None:
        return newest + step
    out = today.year - 1 if today.month >= month else today.year - 2
    if variable.until is not None:
        out = min(out, variable.until)
    if step == 1:
        return out if variable.since is None else max(out, variable.since)
    if variable.since is None:
        return None
    return max(variable.since, out - (out - variable.since) % step)


def _order(one: Awaited) -> tuple[int, date, str]:
    return -one.late, one.month or date.max, one.variable


def newest_years(variables: Panel) -> dict[str, int]:
    """The newest year in which anybody has a value, by variable; those without any are left out."""
    known = np.asarray(variables.has_value.any(axis=2))
    held = {
        item: [variables.years[at] for at in np.flatnonzero(known[i])]
        for i, item in enumerate(variables.items)
    }
    return {item: max(years) for item, years in held.items() if years}
