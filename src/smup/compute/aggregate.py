"""Values of areas above the unit: powiat, gminas of a powiat together, województwo, country.

A value that the source publishes for the level is preferred to ours. Otherwise members are added
up as the indicator's ``aggregate:`` says:

``sum``            the members' values, where every member has one: a count without a city is no
                   count of the area;
``ratio_of_sums``  every variable over the members that have *all* variables of the formula, then
                   the formula on the sums; where a formula looks back and the members have
                   changed since, over everybody of each year;
``weighted: w``    the members' values weighted by variable ``w``, flagged as estimated;
``none``           nothing is added up.

Coverage is the share of the denominator's known total that the members used stand for: known is
what the source publishes for the level, else the sum over all members whose denominator is known,
members without one counting as average members. Without a denominator it is the share of members.
Members that did not exist, or to which the indicator does not apply, are no members. Under 90 % the
row is missing.

What the source itself keeps secret for a level is never computed around. A sum of ours holds only
figures that are published for its members, so nothing suppressed can be subtracted out of it; a
*published* total minus its published members may still reveal one, which is decided for a release
as a whole, not here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.compute.cells import HAS_VALUE, Cells, Look, evaluate_cells, references
from smup.compute.formula import Binary, MinMax, Negate, Node, atoms
from smup.panel import Flag, Status
from smup.panel.grouping import Grouping, Mask
from smup.panel.panel import Values

ENOUGH = 0.9  # share of the denominator's known total an aggregate must stand for
_NO_MEMBERS = (Status.NOT_EXISTING, Status.NOT_APPLICABLE)
_DECIDED = (
    Status.CONFIDENTIAL,
    Status.SUPPRESSED_SMALL,
    Status.NO_DENOMINATOR,
    Status.NOT_EXISTING,  # the source says that there was no such unit
)

Coverage = NDArray[np.float32]


@dataclass(frozen=True)
class Rule:
    """How one indicator is added up. ``groupings`` in order of preference."""

    node: Node  # over variables only
    aggregate: str
    groupings: tuple[Grouping, ...]


def add_up(rule: Rule, own: Cells, look: Look) -> tuple[Cells, Coverage]:
    """``own`` [year, unit] with the rows of the groupings filled in, and their coverage.

    Coverage is NaN where nothing was added up: members, published rows, rows left alone.
    """
    filled = Cells(own.values.copy(), own.reason.copy(), own.flags.copy())
    coverage = np.full(own.values.shape, np.nan, np.float32)
    if rule.aggregate == "none":
        return filled, coverage
    open_ = ~np.isin(own.reason, (HAS_VALUE, *_DECIDED))
    for grouping in rule.groupings:
        if not len(grouping):
            continue
        totals, share = _totals(rule, grouping, own, look)
        _place(filled, coverage, open_, grouping.rows, totals, share)
    return filled, coverage


def _place(
    filled: Cells,
    coverage: Coverage,
    open_: Mask,
    rows: NDArray[np.intp],
    new: Cells,
    share: Values,
) -> None:
    """Write ``new`` where the row is still open and ``new`` is no worse than what stands there."""
    before = np.nan_to_num(coverage[:, rows], nan=-1.0)
    taken = open_[:, rows] & (share > before)
    filled.values[:, rows] = np.where(taken, new.values, filled.values[:, rows])
    filled.reason[:, rows] = np.where(taken, new.reason, filled.reason[:, rows])
    filled.flags[:, rows] = np.where(taken, new.flags, filled.flags[:, rows])
    coverage[:, rows] = np.where(taken, share, coverage[:, rows])
    open_[:, rows] &= ~(taken & (new.reason == HAS_VALUE))


def _totals(rule: Rule, grouping: Grouping, own: Cells, look: Look) -> tuple[Cells, Values]:
    """Cells and coverage [year, row] of one grouping, refused below the limit."""
    members = ~np.isin(own.reason, _NO_MEMBERS)
    if rule.aggregate == "sum":
        used = own.known
        base: Cells | None = None
        totals = Cells(grouping.sums(own.values, used), _all_known(used, grouping), own.flags)
    elif rule.aggregate == "ratio_of_sums":
        used = _complete(rule.node, look) & members
        base = _denominator(rule.node, look, own)
        totals = _on_sums(rule.node, grouping, used, look)
    else:
        base = look(rule.aggregate.removeprefix("weighted: "), 0)
        used = own.known & base.known
        totals = _weighted(grouping, own, base, used)
    count = grouping.counts(used)
    share = _coverage(grouping, base, used, members)
    flags = grouping.union(_flags(rule, own, base), used)
    enough = 1.0 if rule.aggregate == "sum" else ENOUGH
    reason = np.where(share < enough, np.uint8(Status.MISSING), totals.reason)
    nobody = grouping.common(own.reason, own.reason != Status.NOT_EXISTING, Status.MISSING)
    nobody = np.where(nobody == HAS_VALUE, np.uint8(Status.MISSING), nobody)
    reason = np.where(count == 0, nobody, reason)
    values = totals.values
    if rule.aggregate == "ratio_of_sums" and any(back for _, back in references(rule.node)):
        moved, whole = _over_changes(rule.node, grouping, own, look)
        values = np.where(moved, whole.values, values)
        reason = np.where(moved, whole.reason, reason)
        share = np.where(moved, np.float64(whole.reason != Status.NOT_BRIDGEABLE), share)
    return Cells(np.where(reason == HAS_VALUE, values, np.nan), reason, flags), share


def _over_changes(node: Node, grouping: Grouping, own: Cells, look: Look) -> tuple[Mask, Cells]:
    """Rows [year, row] whose members were others in an earlier year of the formula, and its value.

    When a city leaves a powiat, the members that exist in both years are not the same people: the
    city's stay in the old powiat in one year only. The formula then stands on everybody of each
    year. Where not everybody is known in each of them there is no bridge.
    """
    applies = ~(own.reason == Status.NOT_APPLICABLE).any(axis=0)
    cells = [look(*one) for one in references(node)]
    existed = [(one.reason != Status.NOT_EXISTING) & applies for one in cells]
    known = [grouping.counts(one.known & applies) for one in cells]
    moved = np.any([grouping.counts(one != existed[0]) > 0 for one in existed], axis=0)
    moved &= np.all([count > 0 for count in known], axis=0)
    whole = np.all(
        [count == grouping.counts(one) for count, one in zip(known, existed, strict=True)], axis=0
    )
    all_known = _all_known(cells[0].known, grouping)

    def summed(variable: str, back: int) -> Cells:
        one = look(variable, back)
        return Cells(
            grouping.sums(one.values, one.known & applies), all_known, np.zeros_like(all_known)
        )

    totals = evaluate_cells(node, summed, all_known.shape)
    reason = np.where(whole, totals.reason, np.uint8(Status.NOT_BRIDGEABLE))
    return moved, Cells(totals.values, reason, np.zeros_like(all_known))


def _flags(rule: Rule, own: Cells, base: Cells | None) -> NDArray[np.uint8]:
    if base is None or not rule.aggregate.startswith("weighted"):
        return own.flags
    return own.flags | base.flags | np.uint8(Flag.ESTIMATED)


def _all_known(used: Mask, grouping: Grouping) -> NDArray[np.uint8]:
    return np.full((*used.shape[:-1], len(grouping)), HAS_VALUE, np.uint8)


def _complete(node: Node, look: Look) -> Mask:
    """Cells that have every variable of the formula."""
    complete: Mask = np.all([look(*one).known for one in references(node)], axis=0)
    return complete


def _on_sums(node: Node, grouping: Grouping, used: Mask, look: Look) -> Cells:
    known = _all_known(used, grouping)

    def summed(variable: str, back: int) -> Cells:
        cells = look(variable, back)
        return Cells(grouping.sums(cells.values, used), known, np.zeros_like(known))

    return evaluate_cells(node, summed, known.shape)


def _weighted(grouping: Grouping, own: Cells, weight: Cells, used: Mask) -> Cells:
    total = grouping.sums(weight.values, used)
    with np.errstate(all="ignore"):
        values = grouping.sums(own.values * weight.values, used) / total
    reason = np.where(total == 0, np.uint8(Status.NO_DENOMINATOR), np.uint8(HAS_VALUE))
    return Cells(values, reason, np.zeros_like(reason))


def denominator(node: Node) -> Node | None:
    """What the formula divides by, where that is one expression with a variable in it."""
    found = list(dict.fromkeys(_divisors(node)))
    return found[0] if len(found) == 1 else None


def _divisors(node: Node) -> list[Node]:
    match node:
        case Binary(operator, left, right):
            own = [right] if operator == "/" and any(True for _ in atoms(right)) else []
            return [*_divisors(left), *own, *_divisors(right)]
        case Negate(of):
            return _divisors(of)
        case MinMax(_, of_all):
            return [divisor for one in of_all for divisor in _divisors(one)]
        case _:
            return []


def _denominator(node: Node, look: Look, own: Cells) -> Cells | None:
    """The denominator [year, unit]; members and, where the source publishes it, the level."""
    found = denominator(node)
    return None if found is None else evaluate_cells(found, look, own.values.shape)


def _coverage(grouping: Grouping, base: Cells | None, used: Mask, members: Mask) -> Values:
    """Share [year, row] in 0-1 of the row that the members used stand for; 0 without members."""
    with np.errstate(all="ignore"):
        by_count = grouping.counts(used) / grouping.counts(members)
        if base is None:
            return np.nan_to_num(by_count)
        told = base.known & members
        mine = grouping.sums(base.values, used)
        known_share = grouping.counts(told) / grouping.counts(members)
        by_members = mine / grouping.sums(base.values, told) * known_share
        published = base.values[:, grouping.rows]
        share = np.where(base.known[:, grouping.rows], mine / published, by_members)
    share = np.where(np.isfinite(share), share, by_count)
    # 90 % on paper must not fail the limit by the last bit of a float
    return np.asarray(np.clip(np.nan_to_num(share), 0.0, 1.0)).round(9)
