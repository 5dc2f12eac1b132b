"""Totals of larger areas over their members, one number at a time."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from smup.catalogue import Indicator
from smup.compute.aggregate import ENOUGH, denominator
from smup.compute.cells import Reference, references
from smup.compute.evaluate import exact_kinds
from smup.compute.formula import Node
from smup.compute.trace.own import Figures, formula_on, own_result, result_of, union
from smup.compute.trace.parts import Given, Member, Result, Total, Way, key_of
from smup.panel import Flag, Status
from smup.territory import GMINA_KINDS, Kind, Unit

_OUTSIDE = (Status.NOT_EXISTING, Status.NOT_APPLICABLE)
_DECIDED = (  # reasons that a source or the formula settled: nothing is computed around them
    Status.CONFIDENTIAL,
    Status.SUPPRESSED_SMALL,
    Status.NO_DENOMINATOR,
    Status.NOT_EXISTING,
)


@dataclass(frozen=True)
class Adding:
    """One indicator, one area, one year: what adding up needs."""

    indicator: Indicator
    node: Node  # over variables that have data
    figures: Figures
    unit: Unit
    year: int

    @cached_property
    def needed(self) -> tuple[Reference, ...]:
        return references(self.node)

    def best(self, own: Result) -> Total | None:
        """The total that stands in place of ``own``; None where none does."""
        if own.value is not None or own.reason in _DECIDED or self.indicator.aggregate == "none":
            return None
        best: Total | None = None
        for units in self.divisions():
            found = self.total(units)
            if best is None or found.share > best.share:
                best = found
            if found.result.value is not None:
                break
        return best

    def divisions(self) -> list[list[Unit]]:
        """The ways in which the area is made up of units, in order of preference."""
        kinds, unit, units = exact_kinds(self.indicator), self.unit, self.figures.territory
        above = unit.kind in (Kind.WOJEWODZTWO, Kind.KRAJ)
        gminas = [m for m in units.members(unit.code) if m.kind in kinds]
        powiats = [m for m in units.powiats_of(unit.code) if m.kind in kinds] if above else []
        if not kinds & set(GMINA_KINDS):
            found = [powiats]
        elif above:
            both = self.indicator.scope == "territory" and Kind.POWIAT in kinds
            found = [gminas, powiats] if both else [gminas]
        elif unit.kind is Kind.POWIAT:
            found = [gminas] if self.indicator.scope == "territory" else []
        else:
            found = [gminas] if unit.kind is Kind.GMINY_POWIATU else []
        return [division for division in found if division]

    def total(self, units: Sequence[Unit]) -> Total:
        """The total over these units."""
        rule = self.indicator.aggregate
        if rule == "sum":
            return self._sum(self._members(units, lambda member: member.own.value is not None))
        if rule == "ratio_of_sums":
            return self._ratio(units)
        return self._weighted(units, rule.removeprefix("weighted: "))

    def _members(
        self, units: Sequence[Unit], used: Callable[[Member], bool], weight: str | None = None
    ) -> tuple[Member, ...]:
        found = []
        for unit in units:
            given = self.figures.inputs(self.needed, unit, self.year)
            own = own_result(self.indicator, self.node, given, unit, self.year)
            its = self.figures.given(weight, unit, self.year) if weight else None
            member = Member(unit.code, given, own, its, used=False)
            takes_part = own.reason not in _OUTSIDE and used(member)
            found.append(Member(unit.code, given, own, its, takes_part))
        there = [one for one in found if not _is_absent(one)]
        return tuple(there or found)

    def _sum(self, members: tuple[Member, ...]) -> Total:
        used = [one for one in members if one.used]
        share = _by_count(members)
        flags = union(one.own.flags for one in used)
        result = Result(math.fsum(_value(one.own) for one in used), None, flags)
        return self._refused(Way.SUM, members, {}, share, result, enough=1.0)

    def _ratio(self, units: Sequence[Unit]) -> Total:
        members = self._members(units, lambda member: all(_known(one) for one in member.given))
        used = [one for one in members if one.used]
        numbers = self._sums(used)
        result = result_of(self.node, numbers, union(one.own.flags for one in used))
        share = self._share(members, self._base_of())
        total = self._refused(Way.RATIO_OF_SUMS, members, numbers, share, result)
        return self._everybody(members, result.flags) or total

    def _sums(self, members: Iterable[Member]) -> dict[str, float]:
        """Every input over the members, by its key in the formula; unknown ones left out."""
        columns: dict[str, list[float]] = {key_of(name, back): [] for name, back in self.needed}
        for member in members:
            for column, one in zip(columns.values(), member.given, strict=True):
                if one.value is not None:
                    column.append(one.value)
        return {key: math.fsum(column) for key, column in columns.items()}

    def _everybody(self, members: tuple[Member, ...], flags: int) -> Total | None:
        """The formula on everybody of each year, where the years have other members."""
        if len({back for _, back in self.needed}) == 1:
            return None
        concerned = [
            one
            for one in members
            if not any(g.status is Status.NOT_APPLICABLE for g in one.given)
            and one.own.reason is not Status.NOT_APPLICABLE
        ]
        columns = list(zip(*(one.given for one in concerned), strict=True))
        there = [[g.status is not Status.NOT_EXISTING for g in column] for column in columns]
        known = [[_known(g) for g in column] for column in columns]
        if not there or all(one == there[0] for one in there) or not all(map(any, known)):
            return None
        whole = known == there
        taken = tuple(
            Member(m.unit, m.given, m.own, None, used=m in concerned and any(map(_known, m.given)))
            for m in members
        )
        numbers = self._sums(concerned)
        if not whole:
            gap = Result.gap(Status.NOT_BRIDGEABLE, flags)
            return Total(Way.EVERYBODY, taken, numbers, 0.0, gap)
        result = result_of(self.node, numbers, flags)
        return Total(Way.EVERYBODY, taken, numbers, 1.0, result)

    def _weighted(self, units: Sequence[Unit], weight: str) -> Total:
        members = self._members(
            units,
            lambda m: m.own.value is not None and m.weight is not None and _known(m.weight),
            weight,
        )
        used = [(one, one.weight) for one in members if one.used and one.weight is not None]
        flags = union(one.own.flags | its.flags | Flag.ESTIMATED for one, its in used)
        whole = math.fsum(its.value or 0.0 for _, its in used)
        parts = math.fsum(_value(one.own) * (its.value or 0.0) for one, its in used)
        result = Result(parts / whole, None, flags) if whole else _no_base(flags)
        share = self._share(members, lambda code: self._weight(weight, code))
        return self._refused(Way.WEIGHTED, members, {}, share, result)

    def _base_of(self) -> Callable[[str], float | None]:
        """The denominator of a unit; None where it is not known, or the formula has no single
        one."""
        base = denominator(self.node)
        if base is None:
            return lambda code: None
        needed, figures, year = references(base), self.figures, self.year

        def of(code: str) -> float | None:
            given = figures.inputs(needed, figures.territory.units[code], year)
            return formula_on(base, given, year).value

        return of

    def _weight(self, weight: str, code: str) -> float | None:
        return self.figures.given(weight, self.figures.territory.units[code], self.year).value

    def _share(self, members: Sequence[Member], base: Callable[[str], float | None]) -> float:
        """How much of the area the members used stand for, by the denominator where it is known."""
        inside = [one for one in members if one.own.reason not in _OUTSIDE]
        bases = {one.unit: base(one.unit) for one in inside}
        told = [value for value in bases.values() if value is not None]
        mine = math.fsum(bases[one.unit] or 0.0 for one in inside if one.used)
        whole, scale = base(self.unit.code), 1.0
        if whole is None and inside:
            whole, scale = math.fsum(told), len(told) / len(inside)
        share = mine / whole * scale if whole and (told or not inside) else _by_count(members)
        return round(min(1.0, max(0.0, share)), 9)

    def _refused(
        self,
        way: Way,
        members: tuple[Member, ...],
        numbers: dict[str, float],
        share: float,
        result: Result,
        enough: float = ENOUGH,
    ) -> Total:
        """The total, or its gap where nobody has a value or too little of the area is known."""
        if not any(one.used for one in members):
            reasons = {one.own.reason for one in members} - {Status.NOT_EXISTING}
            shared = reasons.pop() if len(reasons) == 1 else None
            result = Result.gap(shared or Status.MISSING, result.flags)
        elif share < enough:
            result = Result.gap(Status.MISSING, result.flags)
        return Total(way, members, numbers, share, result)


def _no_base(flags: int) -> Result:
    return Result.gap(Status.NO_DENOMINATOR, flags)


def _known(one: Given) -> bool:
    return one.value is not None


def _value(own: Result) -> float:
    assert own.value is not None
    return own.value


def _is_absent(member: Member) -> bool:
    """A unit of another time, in none of the years looked at: no part of the area."""
    return not member.used and all(g.status is Status.NOT_EXISTING for g in member.given)


def _by_count(members: Sequence[Member]) -> float:
    inside = [one for one in members if one.own.reason not in _OUTSIDE]
    return sum(one.used for one in inside) / len(inside) if inside else 0.0
