"""Indicators of a release that keeps secrets.

A unit's indicator is computed from figures that are told; one hidden input hides it. A larger area
would lose its totals that way, so its rows are computed from all figures, hidden ones included,
wherever that says no more than totals judged safe. Elsewhere they stand on the told figures alone,
as they do where a unit has not delivered, and state their coverage.
"""

import numpy as np

from smup.catalogue import Catalogue, Indicator
from smup.compute.cells import references
from smup.compute.evaluate import Evaluation, Evaluator, exact_kinds
from smup.compute.formula import Node
from smup.compute.formulas import formulas_over_variables
from smup.compute.secrecy import Secret
from smup.compute.secrecy_levels import holding
from smup.panel import Panel, Status
from smup.panel.grouping import Mask, existence
from smup.panel.panel import FIRST_GAP
from smup.territory import Territory

_ADDED_UP = ("sum", "ratio_of_sums")  # a weighted mean is no function of totals


def told_totals(
    catalogue: Catalogue, secret: Secret, territory: Territory, told: Evaluation, threads: int = 2
) -> Evaluation:
    """The indicators of ``told`` that hidden figures enter, with their totals as they may be told.

    ``told`` is evaluated from ``secret.variables``; the others in it are right as they are.
    """
    formulas = formulas_over_variables(catalogue)
    concerned = {
        one.id: formulas[one.id]
        for one in catalogue.shown
        if one.id in told.panel.item_index
        and one.aggregate in _ADDED_UP
        and one.against is None
        and any(name in secret.hidden for name, _ in references(formulas[one.id]))
    }
    items = tuple(concerned)
    needed = {name for node in concerned.values() for name, _ in references(node)}
    panel = secret.whole([name for name in secret.variables.items if name in needed])
    # All figures go in, hidden ones included; only rows judged safe leave this function.
    whole = Evaluator(catalogue, panel, territory).evaluate(items, threads)
    at = [told.panel.item_index[name] for name in items]
    found = Evaluation(told.panel.select(items), told.coverage[at])
    exists = existence(territory, panel.years, panel.units)
    for item, (name, node) in enumerate(concerned.items()):
        held, safe = _rows(catalogue.indicators[name], node, catalogue, secret, exists)
        _take(found, whole, item, held, safe)
    return found


def _take(into: Evaluation, whole: Evaluation, item: int, held: Mask, safe: Mask) -> None:
    """Put the safe rows of one indicator into ``into``, which nobody has seen yet."""
    status = into.panel.status[item]
    has = held & (whole.panel.status[item] < FIRST_GAP)
    status[has & ~safe & (status == Status.MISSING)] = Status.SUPPRESSED_SMALL
    taken = has & safe
    status[taken] = whole.panel.status[item][taken]
    into.panel.values[item][taken] = whole.panel.values[item][taken]
    into.panel.flags[item][taken] = whole.panel.flags[item][taken]
    into.coverage[item][taken] = whole.coverage[item][taken]


def _rows(
    indicator: Indicator, node: Node, catalogue: Catalogue, secret: Secret, exists: Mask
) -> tuple[Mask, Mask]:
    """Masks [year, unit]: totals with a hidden member, and rows that are functions of open totals.

    A row is one when every hidden figure below it goes into the sums: had the formula left one out
    for want of another figure, two indicators would differ by just that one.
    """
    panel = secret.variables
    used = exists & _of_kinds(indicator, secret)
    for name, back in references(node):
        used = used & _earlier(panel, _known(secret, name), back, False)
    held, safe = np.zeros(exists.shape, bool), np.ones(exists.shape, bool)
    for name, back in references(node):
        if name not in secret.hidden:
            continue
        hidden = _earlier(panel, secret.hidden[name], back, False)
        opened = _earlier(panel, secret.opened[name], back, True)
        for grouping in secret.levels.totals_of(catalogue.variables[name]):
            rows = grouping.rows
            held[:, rows] |= holding(grouping, hidden)
            safe[:, rows] &= opened[:, rows] & ~holding(grouping, hidden & ~used)
    return held, safe


def _of_kinds(indicator: Indicator, secret: Secret) -> Mask:
    return secret.levels.of_kinds(exact_kinds(indicator))


def _known(secret: Secret, name: str) -> Mask:
    """[year, unit]: has the cell a value, told or hidden by us?"""
    panel = secret.variables
    at = panel.item_index.get(name)
    if at is None:
        return np.zeros(panel.values.shape[1:], bool)
    return np.asarray((panel.status[at] < FIRST_GAP) | secret.hidden.get(name, False))


def _earlier(panel: Panel, cells: Mask, back: int, otherwise: bool) -> Mask:
    """``cells`` [year, unit] with each year showing the calendar year ``back`` earlier."""
    if not back:
        return cells
    moved = np.full(cells.shape, otherwise)
    for to, year in enumerate(panel.years):
        if (of := panel.year_index.get(year - back)) is not None:
            moved[to] = cells[of]
    return moved
