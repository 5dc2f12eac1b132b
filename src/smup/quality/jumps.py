"""Changes that need an explanation: population, units of measure, lost digits, single jumps.

The more particular a reason, the earlier it is asked for; a change it explains is not told again as
a mere jump. Population and borders: GUS lists no reasons, so a change above the share of the rule
is looked up in the territory's successions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from smup.catalogue.quality import (
    DigitShift,
    Jump,
    Population,
    Rules,
    Severity,
    UnitSwap,
)
from smup.panel import Panel
from smup.quality.breach import Breach, said
from smup.quality.rules import Mask, Matrix
from smup.quality.steps import Columns, Steps, columns_by_kind, steps_of, without_returns
from smup.territory import Kind, Territory


def jump_breaches(panel: Panel, territory: Territory, rules: Rules) -> Iterator[Breach]:
    """What the rules on changes say of every variable, in the order of the panel."""
    groups = columns_by_kind(panel, territory)
    moved = np.zeros((len(panel.years) - 1, len(panel.units)), np.bool_)
    if rules.population is not None and rules.population.variable in panel.item_index:
        jumps = _population(panel, territory, rules.population, groups)
        for breach, step, unit in jumps:
            moved[step, unit] = True
            yield breach
    told = _Told(panel, rules, moved)
    for variable in panel.items:
        for steps in steps_of(panel, variable, list(groups.values())):
            yield from told.of(steps)


def _population(
    panel: Panel, territory: Territory, rule: Population, groups: Mapping[Kind, Columns]
) -> Iterator[tuple[Breach, int, int]]:
    """(breach, step, column) of every change above the share."""
    for steps in steps_of(panel, rule.variable, list(groups.values())):
        large = np.abs(steps.after / steps.before - 1) > rule.share
        for step, at in np.argwhere(large):
            column = int(steps.columns[at])
            unit, year = panel.units[column], panel.years[step + 1]
            share = 100 * (steps.after[step, at] / steps.before[step, at] - 1)
            detail = f"{_change(panel, steps, step, at)} ({share:+.1f}%)"
            known = _borders_moved(territory, unit, year)
            code = "zmiana-granic" if known else "skok-ludnosci"
            severity = "info" if known else rule.severity
            yield Breach(code, severity, rule.variable, unit, year, detail), step, column


def _borders_moved(territory: Territory, unit: str, year: int) -> bool:
    """Did land come to the unit or leave it between two 31 Decembers, or on the day after?"""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    return any(first <= move.day <= last for move in territory.land_moves.get(unit, ()))


@dataclass(frozen=True)
class _Told:
    """The rules on all variables; ``moved`` [step, unit] is where population has told why."""

    panel: Panel
    rules: Rules
    moved: Mask

    def of(self, steps: Steps) -> Iterator[Breach]:
        explained = self.moved[:, steps.columns]
        if self.rules.unit_swap is not None:
            swapped = swaps(steps, self.rules.unit_swap)
            explained = explained | swapped[:, None]
            yield from self._swapped(steps, swapped, self.rules.unit_swap)
        shifted: Mask = np.zeros_like(explained)
        if self.rules.digit_shift is not None:
            factor = shifts(steps, self.rules.digit_shift)
            factor[explained] = 0
            shifted = factor != 0
            yield from self._shifted(steps, factor, self.rules.digit_shift)
        if self.rules.jump is not None:
            found = jumps(steps, self.rules.jump) & ~explained
            found = without_returns(found | shifted, steps.unusual) & ~shifted
            yield from self._jumped(steps, found, self.rules.jump)

    def _swapped(self, steps: Steps, swapped: Mask, rule: UnitSwap) -> Iterator[Breach]:
        for step in np.flatnonzero(swapped):
            times = float(np.exp(steps.median[step]))
            kind = f"{steps.seen[step]} jednostek jak {self.panel.units[steps.columns[0]]}"
            detail = f"{steps.variable}: mediana zmian {said(round(times, 6))} raza ({kind})"
            year = self.panel.years[step + 1]
            yield Breach(
                "zmiana-jednostki-miary", rule.severity, steps.variable, None, year, detail
            )

    def _shifted(
        self,
        steps: Steps,
        factor: Matrix,
        rule: DigitShift,
    ) -> Iterator[Breach]:
        kept = without_returns(factor != 0, np.sign(factor))
        for step, at in np.argwhere(kept):
            by = f"{abs(factor[step, at]):g} razy za {'dużo' if factor[step, at] > 0 else 'mało'}"
            yield self._breach("przesuniecie-cyfr", rule.severity, steps, step, at, f"jakby {by}")

    def _jumped(self, steps: Steps, found: Mask, rule: Jump) -> Iterator[Breach]:
        for step, at in np.argwhere(found):
            usual = float(np.exp(steps.median[step]))
            times = float(np.exp(steps.log[step, at]))
            detail = f"{times:.3g} raza, a zwykle {usual:.3g}"
            yield self._breach("skok-wartosci", rule.severity, steps, step, at, detail)

    def _breach(
        self, code: str, severity: Severity, steps: Steps, step: int, at: int, detail: str
    ) -> Breach:
        unit, year = self.panel.units[steps.columns[at]], self.panel.years[step + 1]
        text = f"{_change(self.panel, steps, step, at)}, {detail}"
        return Breach(code, severity, steps.variable, unit, year, text)


def swaps(steps: Steps, rule: UnitSwap) -> Mask:
    """[step] did the column change about ``factor``-fold?"""
    decimal = np.abs(steps.median) / np.log(10)
    near = np.abs(decimal - np.log10(rule.factor)) <= rule.within
    return np.asarray(near & (steps.seen >= rule.units))


def shifts(steps: Steps, rule: DigitShift) -> Matrix:
    """[step, unit] the factor by which the later value seems too large, negative where too small;
    0 where it is not off by any."""
    unusual = steps.unusual
    asked = _large(steps, rule.least) & (steps.seen >= rule.units)[:, None]
    asked &= np.abs(unusual) > rule.deviations * steps.spread[:, None]
    found: Matrix = np.zeros(unusual.shape)
    for factor in rule.factors:
        left = np.abs(np.abs(unusual) - np.log(factor))
        found = np.where(asked & (left <= np.log1p(rule.left)), np.sign(unusual) * factor, found)
    return found


def jumps(steps: Steps, rule: Jump) -> Mask:
    """[step, unit] is the change unlike those of other units?"""
    unusual = np.abs(steps.unusual)
    expected = steps.before * np.exp(steps.median)[:, None]
    found = unusual > np.maximum(rule.deviations * steps.spread, np.log(rule.times))[:, None]
    found &= np.abs(steps.after - expected) > rule.chance * np.sqrt(steps.before + steps.after)
    found &= _large(steps, rule.least) & (steps.seen >= rule.units)[:, None]
    return np.asarray(found)


def _large(steps: Steps, least: float) -> Mask:
    return np.asarray(np.fmax(steps.before, steps.after) >= least)


def _change(panel: Panel, steps: Steps, step: int, at: int) -> str:
    before, after = said(steps.before[step, at]), said(steps.after[step, at])
    return f"{steps.variable}: {before} w {panel.years[step]}, {after} w {panel.years[step + 1]}"
