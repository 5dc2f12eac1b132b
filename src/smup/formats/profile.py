"""A unit at a glance, as a JSON-ready record: values, places, and the numbers they stand beside."""

from typing import Any

import numpy as np

from smup.catalogue import Indicator
from smup.compare import stratum
from smup.compare.certainty import Certainty
from smup.compare.comparison import Reason
from smup.compare.groups import default_role
from smup.compare.kernels import ENOUGH_PERCENT, FEWEST
from smup.compare.positions import COMPARATORS, Positions, Summary, part_of
from smup.compare.question import ask
from smup.formats.records import unit_summary
from smup.panel import STATUS_NAMES, Status, flag_names
from smup.panel.panel import FIRST_GAP
from smup.store.release import Release, UnitSlice
from smup.territory import Level, Unit

Record = dict[str, Any]


def profile_record(release: Release, unit: Unit, asked: Level | None = None) -> Record:
    """Every indicator that concerns the unit, in display order.

    The year is that in which units are compared at the role, or the unit's own newest, or, where
    it has no value at all, the newest of anyone. ``asked`` is the role for indicators that are
    compared there. Places follow ``smup.compare``: None with the reason where there is none.
    """
    one = release.unit_slice(unit.code)
    rows = [_row(release, unit, i, asked, one) for i in release.catalogue.indicators_of()]
    found = [row for row in rows if row is not None]
    services = dict.fromkeys(row["service"] for row in found if row["service"])
    return {
        "unit": unit_summary(unit, release.territory),
        "role": asked.value if asked else unit.level.value if unit.level else None,
        "group": release.frame.groups.get(unit.code),
        "services": list(services),
        "indicators": found,
    }


def _row(
    release: Release, unit: Unit, indicator: Indicator, asked: Level | None, one: UnitSlice
) -> Record | None:
    """None for an indicator that waits for data or does not concern the unit."""
    role = default_role(unit, indicator)
    if asked is not None and stratum(unit, indicator, asked) is not None:
        role = asked
    at = _cell(release, indicator, role, one)
    if at is None:
        return None
    status, year = Status(int(one.status[at])), release.indicators.years[at[1]]
    known = status < FIRST_GAP
    positions = release.positions.get(role) if role else None
    return {
        "indicator": indicator.id,
        "service": indicator.service,
        "area": indicator.area,
        "year": year,
        "value": float(one.values[at]) if known else None,
        "status": STATUS_NAMES[status],
        "flags": flag_names(int(one.flags[at])),
        "rank": _rank(release, positions, unit, indicator, year, known) if positions else None,
        "country": _five(release, positions, unit, indicator, year, "kraj"),
        "group": _five(release, positions, unit, indicator, year, "group"),
    }


def _cell(
    release: Release, indicator: Indicator, role: Level | None, one: UnitSlice
) -> tuple[int, int] | None:
    """Where the value stands in the arrays of the unit."""
    item = release.indicators.item_index.get(indicator.id)
    years = release.years_of(indicator.id)
    if item is None or not years or np.all(one.status[item] == Status.NOT_APPLICABLE):
        return None
    compared = release.default_year(indicator.id, role) if role else None
    places = release.indicators.year_index
    if compared is not None and one.status[item, places[compared]] < FIRST_GAP:
        return item, places[compared]
    known = np.flatnonzero(one.status[item] < FIRST_GAP)
    return item, int(known[-1]) if known.size else places[compared or years[-1]]


def _rank(
    release: Release,
    positions: Positions,
    unit: Unit,
    indicator: Indicator,
    year: int,
    known: bool,
) -> Record | None:
    part = part_of(release.frame, unit, indicator, positions.role, "kraj")
    if part is None or part not in positions.parts:
        return None
    at = positions.items.index(indicator.id), positions.years.index(year)
    here = (*at, positions.parts.index(part))
    of, with_data = int(positions.members[here]), int(positions.with_data[here])
    column = release.frame.role(positions.role).place[unit.code]
    position = int(positions.position[at[0], COMPARATORS.index("kraj"), at[1], column])
    reason = _reason(release, unit, indicator, year, positions.role, known, of, with_data)
    told = position > 0 and reason is None
    return {
        "position": position if told else None,
        "of": of,
        "with_data": with_data,
        "percentile": float(positions.percentile[(*at, column)]) if told else None,
        "quartile": int(positions.quartile[(*at, column)]) if told else None,
        "reason": reason,
    }


def _reason(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    year: int,
    role: Level,
    known: bool,
    of: int,
    with_data: int,
) -> Reason | None:
    """Why there is no place; None where there is one."""
    if not known:
        return "no_value"
    if indicator.interval != "none":
        question = ask(release.frame, unit.code, indicator.id, year, role)
        if Certainty(question).too_small:
            return "small_base"
    if with_data < FEWEST:
        return "few_units"
    return "low_coverage" if 100 * with_data < ENOUGH_PERCENT * of else None


def _five(
    release: Release,
    positions: Positions | None,
    unit: Unit,
    indicator: Indicator,
    year: int,
    comparator: str,
) -> Record | None:
    """The five numbers of a set; None where there is none, or none of it has data."""
    if positions is None or (comparator == "group" and unit.code not in release.frame.groups):
        return None
    part = part_of(release.frame, unit, indicator, positions.role, comparator)
    found = positions.summary(indicator.id, year, part) if part else None
    return None if found is None else _record(found)


def _record(found: Summary) -> Record:
    return {
        "n": found.n,
        "with_data": found.with_data,
        "min": found.low,
        "q1": found.q1,
        "median": found.median,
        "q3": found.q3,
        "max": found.high,
    }
