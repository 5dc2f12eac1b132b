"""The naive twin of evaluation: one cell at a time, plain dictionaries, no arrays.

It follows design 4 word by word and shares nothing with the code under test but the parsed
formulas, the units and the final rounding of one number by ``decimal``.
"""

import math
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from smup.catalogue import Catalogue, Indicator
from smup.compute.formula import (
    Binary,
    Lag,
    MinMax,
    Name,
    Negate,
    Node,
    Number,
    RollingSum,
    parse,
)
from smup.panel import Flag, Panel, Status
from smup.territory import GMINA_KINDS, Kind, Territory, Unit

Cell = tuple[float | None, Status | None, int]  # value, reason of the gap, flags
Cells = dict[tuple[int, str], tuple[float | None, Status, int]]
Look = Callable[[str, int], Cell]

HIDDEN = (
    Status.CONFIDENTIAL,
    Status.SUPPRESSED_SMALL,
    Status.NO_DENOMINATOR,
    Status.NOT_EXISTING,
)
OUTSIDE = (Status.NOT_EXISTING, Status.NOT_APPLICABLE)


class Twin:
    def __init__(self, catalogue: Catalogue, variables: Panel, territory: Territory) -> None:
        self.formulas = {i.id: parse(i.formula) for i in catalogue.indicators.values()}
        self.territory = territory
        self.panel = variables
        self.cells = {
            (item, year, unit): variables.cell(item, year, unit)
            for item in variables.items
            for year in variables.years
            for unit in variables.units
        }

    def variable(self, name: str, year: int, unit: str) -> Cell:
        if (name, year, unit) not in self.cells:
            return None, Status.NOT_COLLECTED, 0
        if not self.territory.units[unit].exists_in(year):
            return None, Status.NOT_EXISTING, 0
        value, status, flags = self.cells[name, year, unit]
        return value, None if value is not None else status, flags

    def formula(self, node: Node, year: int, look: Callable[[str, int], Cell]) -> Cell:
        """``look(variable, year)`` gives the inputs; indicators are followed by recursion."""
        match node:
            case Number(value):
                return value, None, 0
            case Name(name, indicator):
                if indicator:
                    return self.formula(self.formulas[name], year, look)
                return look(name, year)
            case Lag(of, years):
                return self.formula(of, year - years, look)
            case RollingSum(of, years):
                parts = [self.formula(of, year - back, look) for back in range(years)]
                return combine(math.fsum, parts)
            case Negate(of):
                return combine(lambda v: -v[0], [self.formula(of, year, look)])
            case MinMax(which, of_all):
                parts = [self.formula(one, year, look) for one in of_all]
                return combine(min if which == "min" else max, parts)
            case Binary(operator, left, right):
                parts = [self.formula(left, year, look), self.formula(right, year, look)]
                return combine(lambda v: operate(operator, v[0], v[1]), parts)

    def indicator(self, indicator: Indicator) -> Cells:
        found: Cells = {}
        for year in self.panel.years:
            for code in self.panel.units:
                value, reason, flags = self.row(indicator, year, self.territory.units[code])
                if value is None:
                    assert reason is not None
                    found[year, code] = None, reason, flags
                else:
                    status = Status.ZERO if value == 0 else Status.OBSERVED
                    found[year, code] = rounded(value, indicator.decimals), status, flags
        return found

    def own(self, indicator: Indicator, year: int, unit: Unit) -> Cell:
        if not unit.exists_in(year):
            return None, Status.NOT_EXISTING, 0
        if not concerned(indicator, unit):
            return None, Status.NOT_APPLICABLE, 0
        return self.formula(
            self.formulas[indicator.id], year, lambda name, y: self.variable(name, y, unit.code)
        )

    def row(self, indicator: Indicator, year: int, unit: Unit) -> Cell:
        own = self.own(indicator, year, unit)
        groups = self.groups(indicator, unit)
        known = own[0] is not None
        if known or own[1] in HIDDEN or not groups or indicator.aggregate == "none":
            return own
        if not unit.exists_in(year):
            return own
        best = (-1.0, own)
        for group in groups:
            share, cell = self.total(indicator, year, unit, group)
            if share > best[0]:
                best = share, cell
            if cell[0] is not None:
                break
        return best[1]

    def groups(self, indicator: Indicator, unit: Unit) -> list[list[Unit]]:
        kinds = exact(indicator)
        by_gminas = [m for m in self.territory.members(unit.code) if m.kind in kinds]
        by_powiats = [m for m in self.territory.powiats_of(unit.code) if m.kind in kinds]
        above = unit.kind in (Kind.WOJEWODZTWO, Kind.KRAJ)
        if not kinds & set(GMINA_KINDS):
            return [by_powiats] if above and by_powiats else []
        if unit.kind is Kind.POWIAT and indicator.scope == "body":
            return []
        if not (above or unit.kind in (Kind.POWIAT, Kind.GMINY_POWIATU)):
            return []
        found = [by_gminas]
        if above and indicator.scope == "territory" and Kind.POWIAT in kinds:
            found.append(by_powiats)
        return [group for group in found if group]

    def total(
        self, indicator: Indicator, year: int, unit: Unit, group: list[Unit]
    ) -> tuple[float, Cell]:
        node = self.formulas[indicator.id]
        cells = {m.code: self.own(indicator, year, m) for m in group}
        members = [m.code for m in group if cells[m.code][1] not in OUTSIDE]
        if indicator.aggregate == "sum":
            used = [m for m in members if cells[m][0] is not None]
            value = math.fsum(value_of(cells[m]) for m in used)
            share = len(used) / len(members) if members else 0.0
            flags = union(cells[m][2] for m in used)
            if used and share < 1:
                return share, (None, Status.MISSING, flags)
        elif indicator.aggregate == "ratio_of_sums":
            used = [m for m in members if self.complete(node, year, m)]
            summed = self.formula(node, year, lambda name, y: self.summed(name, y, used))
            base = self.divisor(node)
            share = self.share(year, unit.code, members, used, lambda m: self.at(base, year, m))
            value, hole, _ = summed
            flags = union(cells[m][2] for m in used)
            bridged = self.over_changes(node, year, [m.code for m in group])
            if bridged is not None:
                whole, (value, hole, _) = bridged
                return whole, (value, hole, flags)
            if used and hole is not None and share >= 0.9:
                return share, (None, hole, flags)
        else:
            weight = indicator.aggregate.removeprefix("weighted: ")
            weights = {m: self.variable(weight, year, m) for m in members}
            used = [m for m in members if None not in (cells[m][0], weights[m][0])]
            total = math.fsum(value_of(weights[m]) for m in used)
            share = self.share(
                year, unit.code, members, used, lambda m: self.variable(weight, year, m)
            )
            flags = union(cells[m][2] | weights[m][2] | Flag.ESTIMATED for m in used)
            if used and total == 0 and share >= 0.9:
                return share, (None, Status.NO_DENOMINATOR, flags)
            value = math.fsum(value_of(cells[m]) * value_of(weights[m]) for m in used)
            value = value / total if total else None
        if not used:
            reasons = {cells[m.code][1] for m in group} - {Status.NOT_EXISTING}
            shared = reasons.pop() if len(reasons) == 1 else Status.MISSING
            return share, (None, shared or Status.MISSING, flags)
        if share < 0.9:
            return share, (None, Status.MISSING, flags)
        return share, (value, None, flags)

    def over_changes(self, node: Node, year: int, units: list[str]) -> tuple[float, Cell] | None:
        """Everybody of each year, where the years of the formula have different members."""
        seen: set[tuple[str, int]] = set()

        def look(name: str, y: int) -> Cell:
            seen.add((name, y))
            return 1.0, None, 0

        self.formula(node, year, look)
        if len({y for _, y in seen}) == 1:
            return None
        there = {
            one: {m for m in units if self.variable(*one, m)[1] is not Status.NOT_EXISTING}
            for one in seen
        }
        known = {one: {m for m in units if self.variable(*one, m)[0] is not None} for one in seen}
        members = list(there.values())
        if not all(known.values()) or all(one == members[0] for one in members):
            return None
        if known != there:
            return 0.0, (None, Status.NOT_BRIDGEABLE, 0)
        return 1.0, self.formula(
            node, year, lambda name, y: self.summed(name, y, sorted(known[name, y]))
        )

    def complete(self, node: Node, year: int, unit: str) -> bool:
        """Has the unit every variable? Asked by a look that notes what it saw."""
        seen: list[bool] = []

        def look(name: str, y: int) -> Cell:
            seen.append(self.variable(name, y, unit)[0] is not None)
            return 1.0, None, 0

        self.formula(node, year, look)
        return all(seen)

    def summed(self, name: str, year: int, units: list[str]) -> Cell:
        return math.fsum(value_of(self.variable(name, year, m)) for m in units), None, 0

    def at(self, node: Node | None, year: int, unit: str) -> Cell:
        if node is None:
            return None, Status.MISSING, 0
        return self.formula(node, year, lambda name, y: self.variable(name, y, unit))

    def divisor(self, node: Node) -> Node | None:
        """Only the forms these tests use: ``… / x`` with one division."""
        match node:
            case Binary("/", _, right):
                return right
            case Binary(_, left, right):
                return self.divisor(left) or self.divisor(right)
            case Name(name, True):
                return self.divisor(self.formulas[name])
        return None

    def share(
        self, year: int, row: str, members: list[str], used: list[str], base: Callable[[str], Cell]
    ) -> float:
        if not members:
            return 0.0
        by_count = len(used) / len(members)
        told = [m for m in members if base(m)[0] is not None]
        published = base(row)[0]
        mine = math.fsum(value_of(base(m)) for m in used if m in told)
        if published is not None:
            known, scale = published, 1.0
        else:
            known, scale = math.fsum(value_of(base(m)) for m in told), len(told) / len(members)
        if known == 0:
            return by_count
        return round(min(1.0, max(0.0, mine / known * scale)), 9)


def combine(operation: Callable[[list[float]], float | None], parts: list[Cell]) -> Cell:
    flags = union(flags for _, _, flags in parts)
    reasons = [reason for _, reason, _ in parts if reason is not None]
    if reasons:
        return None, min(reasons), flags
    result = operation([value_of(part) for part in parts])
    return (None, Status.NO_DENOMINATOR, flags) if result is None else (result, None, flags)


def operate(operator: str, a: float, b: float) -> float | None:
    if operator == "/":
        return a / b if b else None
    return {"+": a + b, "-": a - b, "*": a * b}[operator]


def value_of(cell: Cell) -> float:
    assert cell[0] is not None
    return cell[0]


def union(flags: Iterable[int]) -> int:
    result = 0
    for one in flags:
        result |= int(one)
    return result


def rounded(value: float, decimals: int) -> float:
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(value)).quantize(step, ROUND_HALF_UP)) + 0.0


def exact(indicator: Indicator) -> set[Kind]:
    kinds = {Kind(k) for k in indicator.kinds if k != "gmina"}
    return kinds | (set(GMINA_KINDS) if "gmina" in indicator.kinds else set())


def concerned(indicator: Indicator, unit: Unit) -> bool:
    kinds = exact(indicator)
    if unit.kind in kinds or unit.kind in (Kind.WOJEWODZTWO, Kind.KRAJ):
        return True
    gminas = bool(kinds & set(GMINA_KINDS))
    if unit.kind is Kind.GMINY_POWIATU:
        return gminas
    return unit.kind is Kind.POWIAT and gminas and indicator.scope == "territory"
