"""How one figure changed between two years: by how much, against others, and is it real.

A change is told as the indicator's ``change:`` says: a difference in its own unit, in percentage
points, or a per cent of the earlier value. It is worked out from published values and rounded once,
to the decimals of the indicator (a per cent to one). A per cent needs an earlier value above 0.
Across a break in the series the numbers stand beside the breaks and nothing is called real; nor is
it where the unit's borders changed. Where
years stand on different scales (``comparable_over_time: false``) there is no change at all.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from smup.catalogue import Indicator
from smup.compare.breaks import Break, between, breaks_of
from smup.compare.chance import Chance, Unsure, by_counts, by_variation
from smup.compare.frame import Frame
from smup.compare.groups import default_role
from smup.compare.kernels import ENOUGH_PERCENT, FEWEST
from smup.compare.positions import group_part
from smup.compare.question import ComparisonError, Question, subject
from smup.compare.score import distance_to_target
from smup.compare.sets import Mask, UnitSet, sets_of
from smup.compare.steps import (
    changes_between,
    group_steps,
    one_change,
    own_steps,
    rounded_change,
    steps_until,
)
from smup.compare.usual import Usual, usual_of
from smup.compute.evaluate import is_amount
from smup.compute.prices import price_factors
from smup.compute.rounding import round_half_away, round_one
from smup.panel import STATUS_NAMES, Panel, Status
from smup.panel.panel import Values
from smup.territory import Level, Succession, Territory, Unit

How = Literal["absolute", "percent", "percentage_points"]
NoChange = Literal["not_comparable", "no_value_before", "no_value_after", "no_base"]
NotPlaced = Literal["not_compared", "no_change", "few_units", "low_coverage"]
WhyUnsure = Unsure | NoChange | Literal["break", "borders"]


@dataclass(frozen=True)
class Among:
    """The change within one comparator. ``n`` members exist in both years, ``with_data`` have a
    change; ``position`` counts from the most favourable change (the largest where nothing is
    better), ties 1224, under the limits of ranks; ``reason`` says why there is none."""

    id: str
    n: int
    with_data: int
    median: float | None
    position: int | None
    reason: NotPlaced | None

    def to_dict(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Change:
    """``amount`` is in the terms of ``how`` and None where ``reason`` says why there is none.

    ``difference`` is later minus earlier in the indicator's unit; ``constant`` is, for a figure in
    złoty, the amount in prices of the later year, None where they are not known. ``better`` tells
    whether the change goes the indicator's way; None without a direction and without a change.
    ``real`` is None where ``unsure`` says why chance cannot be told apart.
    """

    unit: str
    indicator: str
    role: Level | None
    start: int
    end: int
    how: How
    before: float | None
    after: float | None
    status_before: Status
    status_after: Status
    amount: float | None
    difference: float | None
    constant: float | None
    better: bool | None
    reason: NoChange | None
    breaks: tuple[Break, ...]
    chance: Chance | None
    unsure: WhyUnsure | None
    among: tuple[Among, ...] = ()

    @property
    def real(self) -> bool | None:
        return None if self.chance is None else self.chance.real

    def to_dict(self) -> dict[str, object]:
        plain = ("unit", "indicator", "start", "end", "how", "before", "after", "amount")
        return {
            **{name: getattr(self, name) for name in plain},
            "role": None if self.role is None else self.role.value,
            "status_before": STATUS_NAMES[self.status_before],
            "status_after": STATUS_NAMES[self.status_after],
            "difference": self.difference,
            "constant": self.constant,
            "better": self.better,
            "reason": self.reason,
            "breaks": [one.to_dict() for one in self.breaks],
            "real": self.real,
            "chance": None if self.chance is None else self.chance.to_dict(),
            "unsure": self.unsure,
            "among": [one.to_dict() for one in self.among],
        }


@dataclass(frozen=True)
class _Asked:
    """A question whose parts are known to exist and to fit together."""

    frame: Frame
    panel: Panel  # holds at least the unit
    amounts: bool  # are these constant prices, not the published values?
    unit: Unit
    indicator: Indicator
    role: Level | None
    start: int
    end: int


def change_of(
    frame: Frame,
    unit: str,
    indicator: str,
    start: int,
    end: int,
    role: Level | None = None,
    *,
    amounts: Panel | None = None,
) -> Change:
    """The change of a unit (code or alias) from one year to a later one.

    ``amounts`` is the indicator in constant prices (``compute.prices``), in place of its published
    values. A sum row is compared with nobody. Raises ComparisonError for unknown names and years,
    for a role the unit lacks, and unless ``start`` is before ``end``.
    """
    panel = frame.indicators if amounts is None else amounts
    asked = _ask(frame, panel, unit, indicator, (start, end), role, amounts is not None)
    changes = changes_between(panel, asked.indicator, start, end)
    among = _among(asked, changes) if asked.indicator.comparable_over_time else ()
    steps = own_steps(frame, panel, asked.indicator, asked.unit.code, end)
    return replace(_own_change(asked, steps), among=among)


def own_change(
    frame: Frame, own: Panel, steps: Values, indicator: str, start: int, end: int
) -> Change:
    """``change_of`` the one unit of ``own`` (``Panel.of_unit``), compared with nobody: looks at
    few cells beside its own. ``steps`` are ``steps_of_all``. Raises as ``change_of`` does."""
    asked = _ask(frame, own, own.units[0], indicator, (start, end), None, False)
    return _own_change(asked, steps[own.item_index[indicator], : steps_until(own, end)])


def _own_change(asked: _Asked, steps: Values) -> Change:
    """The change without its comparators. ``steps`` are the unit's own up to the later year."""
    frame, indicator, start, end = asked.frame, asked.indicator.id, asked.start, asked.end
    before, status_before, _ = asked.panel.cell(indicator, start, asked.unit.code)
    after, status_after, _ = asked.panel.cell(indicator, end, asked.unit.code)
    amount = _amount(asked.indicator, before, after)
    reason = _why_none(asked.indicator, before, after, amount)
    marked = None if asked.amounts else asked.panel
    breaks = between(breaks_of(frame, indicator, asked.unit.code, marked), start, end)
    chance: Chance | WhyUnsure | None = reason or ("break" if breaks else None)
    difference = better = None
    if before is not None and after is not None and reason != "not_comparable":
        difference = round_one(after - before, asked.indicator.decimals)
        better = goes_well(asked.indicator, before, after)
        if chance is None:
            moved = border_changes(frame.territory, asked.unit.code, start, end)
            values = {start: before, end: after}
            chance = "borders" if moved else _chance(asked, values, amount, steps)
    return Change(
        unit=asked.unit.code,
        indicator=indicator,
        role=asked.role,
        start=start,
        end=end,
        how=asked.indicator.change,
        before=before,
        after=after,
        status_before=status_before,
        status_after=status_after,
        amount=None if reason else amount,
        difference=difference,
        constant=_in_constant_prices(asked, before, after, reason),
        better=better,
        reason=reason,
        breaks=breaks,
        chance=chance if isinstance(chance, Chance) else None,
        unsure=None if isinstance(chance, Chance) else chance,
    )


def _amount(indicator: Indicator, before: float | None, after: float | None) -> float:
    """NaN where there is none."""
    if before is None or after is None:
        return math.nan
    return one_change(before, after, indicator)


def border_changes(territory: Territory, unit: str, start: int, end: int) -> tuple[Succession, ...]:
    """Land that came to or left a unit after 31 December of ``start``, until that of ``end``; a new
    code for the same land is none."""
    return tuple(
        one
        for one in territory.land_moves.get(unit, ())
        if date(start, 12, 31) < one.day <= date(end, 12, 31)
    )


def goes_well(indicator: Indicator, before: float, after: float) -> bool | None:
    """Does a change go the indicator's way? None where it has no way, or nothing moved."""
    if indicator.target is not None:
        (sooner, later), _ = distance_to_target(np.array([before, after]), indicator)
        return None if sooner == later else bool(later < sooner)
    if indicator.better == "neither" or before == after:
        return None
    return (after > before) == (indicator.better == "higher")


def _ask(
    frame: Frame,
    panel: Panel,
    unit: str,
    indicator: str,
    years: tuple[int, int],
    role: Level | None,
    amounts: bool,
) -> _Asked:
    found, chosen = subject(frame, unit, indicator)
    for year in years:
        if year not in frame.indicators.year_index:
            raise ComparisonError(f"Dane nie obejmują roku {year}.")
    if years[0] >= years[1]:
        raise ComparisonError(f"Rok {years[0]} nie jest wcześniejszy niż {years[1]}.")
    if role is not None and role not in found.levels:
        raise ComparisonError(f"Jednostka {found.name} nie jest porównywana w roli „{role.value}”.")
    return _Asked(frame, panel, amounts, found, chosen, role or default_role(found, chosen), *years)


def _why_none(
    indicator: Indicator, before: float | None, after: float | None, amount: float
) -> NoChange | None:
    if not indicator.comparable_over_time:
        return "not_comparable"
    if before is None:
        return "no_value_before"
    if after is None:
        return "no_value_after"
    return "no_base" if math.isnan(amount) else None


def _in_constant_prices(
    asked: _Asked, before: float | None, after: float | None, reason: NoChange | None
) -> float | None:
    """The amount of change with the earlier złoty in prices of the later year."""
    catalogue, indicator = asked.frame.catalogue, asked.indicator
    if before is None or after is None or reason or asked.amounts or catalogue.prices is None:
        return None
    if not is_amount(catalogue, indicator) or asked.end not in catalogue.prices.years:
        return None
    (factor,) = price_factors(catalogue.prices, asked.end, (asked.start,))
    ends = np.array([before * factor]), np.array([after])
    found = float(rounded_change(*ends, indicator)[0])
    return None if math.isnan(found) else found


def _chance(
    asked: _Asked, values: Mapping[int, float], amount: float, steps: Values
) -> Chance | Unsure:
    """By counts where they are known, else by usual variation. ``values`` are those of the years,
    ``steps`` the unit's own."""
    frame, indicator, unit = asked.frame, asked.indicator, asked.unit
    if not asked.amounts and indicator.interval != "none":
        found = by_counts(frame, indicator, unit.code, values)
        if found is not None:
            return found
    return by_variation(amount, steps, _usual(asked), frame.catalogue.uncertainty.level)


def _usual(asked: _Asked) -> Usual:
    """As the release holds it for published values, else worked out from the group's series."""
    frame, indicator, unit, role = asked.frame, asked.indicator, asked.unit, asked.role
    known = None if asked.amounts or role is None else (frame.variation or {}).get(role)
    if known is not None and role is not None:
        return known.of(indicator.id, group_part(frame, unit, indicator, role), asked.end)
    panel = asked.panel if asked.amounts else frame.indicators
    return usual_of(group_steps(frame, panel, indicator, unit, role, asked.end))


def _among(asked: _Asked, changes: Values) -> tuple[Among, ...]:
    """The change within every comparator of the unit in its role, in their order."""
    if asked.role is None:
        return ()
    question = Question(asked.frame, asked.unit, asked.indicator, asked.end, asked.role)
    columns = asked.frame.role(asked.role).columns
    score = _score(asked, changes)[columns]
    status = asked.panel.status[0 if asked.amounts else asked.panel.item_index[asked.indicator.id]]
    there = np.ones(len(columns), bool)
    for year in (asked.start, asked.end):
        held = status[asked.panel.year_index[year]][columns]
        there &= (held != Status.NOT_EXISTING) & (held != Status.NOT_APPLICABLE)
    compared = question.takes_part
    return tuple(
        _within(one, changes[columns], score, there, question.place if compared else None)
        for one in sets_of(question)
    )


def _score(asked: _Asked, changes: Values) -> Values:
    """What changes are placed by, larger first."""
    indicator = asked.indicator
    if indicator.target is None:
        return -changes if indicator.better == "lower" else changes
    item = asked.panel.item_index[indicator.id]
    both = asked.panel.values[item, [asked.panel.year_index[y] for y in (asked.start, asked.end)]]
    (before, after), decimals = distance_to_target(both, indicator)
    return round_half_away(before - after, decimals)


def _within(one: UnitSet, changes: Values, score: Values, there: Mask, place: int | None) -> Among:
    """Statistics of the members, the position among those with whom the unit is placed."""
    known = ~np.isnan(changes)
    members, placed = one.members & there, one.placed & there & known
    n, with_data = int(members.sum()), int((members & known).sum())
    median = float(np.median(changes[members & known])) if with_data else None
    of, count = int((one.placed & there).sum()), int(placed.sum())
    reason: NotPlaced | None = None
    if place is None:
        reason = "not_compared"
    elif not known[place]:
        reason = "no_change"
    elif count < FEWEST:
        reason = "few_units"
    elif 100 * count < ENOUGH_PERCENT * of:
        reason = "low_coverage"
    position = None
    if place is not None and reason is None:
        position = 1 + int((score[placed] > score[place]).sum())
    return Among(one.name, n, with_data, median, position, reason)
