"""Which figures a release keeps secret, so that nobody can be recognised in it.

Secrecy is decided for the release as a whole and before anything is computed from the variables.
Every published number is then a function of two things: of cells of variables that are told, and of
totals that were judged safe. What follows from public numbers by arithmetic tells nothing new, be
it a ratio, a sum over years, a rank, the mean of a list of a user's own, or the difference of two
such lists. So only these two things have to be judged:

1. a count from 1 up to the limit of its rule is hidden in the units the rule speaks of, with every
   other figure about the same persons (primary suppression);
2. a part of a told whole whose rest is such a count is hidden for the same reason;
3. a sum of parts must not give a hidden member (``secrecy_lines``);
4. a total that would give a hidden member is not told (``secrecy_levels``).

The cells that a source hid are protected in the same way, but of them we know no value.

Method: L. Willenborg, T. de Waal, Elements of Statistical Disclosure Control, Springer 2001, ch. 4
and 5 (primary and secondary suppression, feasibility intervals).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from smup.catalogue import Catalogue, SecrecyRule
from smup.compute.secrecy_levels import Hiding, Levels, closed_rows
from smup.compute.secrecy_lines import Sum, complete
from smup.panel import Panel, Status
from smup.panel.grouping import Mask
from smup.panel.panel import FIRST_GAP
from smup.territory import GMINA_KINDS, Kind, Territory

_KINDS = {"gmina": (*GMINA_KINDS, Kind.MIASTO), "powiat": (Kind.POWIAT, Kind.MIASTO)}


@dataclass(frozen=True)
class Counted:
    """How many cells of variables were hidden, and why."""

    primary: int  # by a rule
    together: int  # they speak of the same persons
    lines: int  # a sum of parts would give a hidden one
    totals: int  # published totals


@dataclass(frozen=True)
class Secret:
    """The variables as they may be told, and what must be known to add them up safely.

    ``hidden`` are the cells of units that we hide, ``opened`` the rows whose total may be told,
    both by variable [year, unit]; a variable of which nothing is hidden is in neither. ``true``
    holds these variables with what is hidden and must never be published. ``closed`` are published
    totals that we hide.
    """

    variables: Panel
    true: Panel
    hidden: Mapping[str, Mask]
    opened: Mapping[str, Mask]
    closed: Mapping[str, Mask]
    levels: Levels
    counted: Counted

    def whole(self, items: Sequence[str]) -> Panel:
        """These variables as they may be told, except that no cell of a unit is hidden by us."""
        panel = self.variables.select(items)
        for name in (n for n in items if n in self.hidden):
            at, of, where = panel.item_index[name], self.true.item_index[name], self.hidden[name]
            panel.values[at][where] = self.true.values[of][where]
            panel.status[at][where] = self.true.status[of][where]
            panel.flags[at][where] = self.true.flags[of][where]
        return panel


def about_persons(catalogue: Catalogue) -> frozenset[str]:
    """Variables that speak of persons who must not be recognised."""
    rules = (rule for rule in catalogue.secrecy.values() if rule.complementary)
    return frozenset(name for rule in rules for name in rule.variables)


def suppress(
    catalogue: Catalogue, variables: Panel, territory: Territory, sums: Sequence[Sum] = ()
) -> Secret:
    """``variables`` without what must not be told, by the rules of ``catalogue.secrecy``.

    ``sums`` are wholes and their parts. What we hide is ``SUPPRESSED_SMALL``; what a source hid
    keeps its reason. The same figures give the same result.
    """
    levels = Levels(territory, variables)
    hidden: dict[str, Hiding] = {}
    for rule in catalogue.secrecy.values():
        _primary(rule, catalogue, variables, levels, hidden)
    primary = _cells(hidden)
    for rule in catalogue.secrecy.values():
        _same_persons(rule, variables, hidden)
    together = _cells(hidden) - primary
    limits = {n: r.below for r in catalogue.secrecy.values() for n in r.counts}
    complete(variables, hidden, sums, limits)
    lines = _cells(hidden) - primary - together
    hidden = {name: one for name, one in hidden.items() if one.where.any()}
    opened = {
        name: levels.opened(
            catalogue.variables[name], one, variables.values[variables.item_index[name]]
        )
        for name, one in hidden.items()
    }
    closed = _closed(catalogue, variables, levels, hidden, opened)
    where = {name: one.where for name, one in hidden.items()}
    return Secret(
        _without(variables, [where, closed]),
        variables.select(tuple(hidden)),
        where,
        opened,
        closed,
        levels,
        Counted(primary, together, lines, sum(int(one.sum()) for one in closed.values())),
    )


def _cells(hidden: dict[str, Hiding]) -> int:
    return sum(int(one.where.sum()) for one in hidden.values())


def _primary(
    rule: SecrecyRule,
    catalogue: Catalogue,
    panel: Panel,
    levels: Levels,
    hidden: dict[str, Hiding],
) -> None:
    """Counts below the limit, and parts that leave such a count of their whole."""
    kinds = levels.of_kinds(kind for level in rule.levels for kind in _KINDS[level])
    most = rule.below - 1
    for name in rule.counts:
        if name not in panel.item_index:
            continue
        values = panel.values[panel.item_index[name]]
        base = levels.collected_for(catalogue.variables[name]) & kinds
        mine = hidden.setdefault(name, Hiding.nothing(values.shape))
        mine.guarded = rule.complementary
        low, high = np.minimum(values, 1.0), np.maximum(values, most)
        mine.hide(base & (values > 0) & (values < rule.below), low, high)
        if rule.parts.get(name) in panel.item_index:
            rest = panel.values[panel.item_index[rule.parts[name]]] - values
            few = base & (rest > 0) & (rest < rule.below) & (values > 0)
            mine.hide(few, values + rest - most, values + rest - 1)


def _same_persons(rule: SecrecyRule, panel: Panel, hidden: dict[str, Hiding]) -> None:
    """Amounts and times of the persons whose number is hidden."""
    for count, others in rule.counts.items():
        for name in (n for n in others if n in panel.item_index and count in hidden):
            values = panel.values[panel.item_index[name]]
            mine = hidden.setdefault(name, Hiding.nothing(values.shape))
            mine.guarded = rule.complementary
            mine.hide(hidden[count].where & (values != 0) & ~np.isnan(values))


def _closed(
    catalogue: Catalogue,
    panel: Panel,
    levels: Levels,
    hidden: dict[str, Hiding],
    opened: dict[str, Mask],
) -> dict[str, Mask]:
    """Published totals that must go, by variable."""
    shape = panel.values.shape[1:]
    found = {}
    elsewhere = {n for r in catalogue.secrecy.values() if not r.complementary for n in r.variables}
    for at, name in enumerate(panel.items):
        variable = catalogue.variables.get(name)
        if variable is None or not variable.additive or name in elsewhere:
            continue
        totals = levels.totals_of(variable)
        rows = np.concatenate([one.rows for one in totals]) if totals else np.empty(0, np.intp)
        if not (panel.status[at][:, rows] < FIRST_GAP).any():
            continue
        closed = closed_rows(
            hidden.get(name, Hiding.nothing(shape)),
            opened.get(name, np.ones(shape, bool)),
            panel.values[at],
            panel.status[at],
            levels.collected_for(variable),
            totals,
        )
        if closed.any():
            found[name] = closed
    return found


def _without(panel: Panel, parts: Sequence[Mapping[str, Mask]]) -> Panel:
    if not any(parts):
        return panel
    values, status, flags = panel.values.copy(), panel.status.copy(), panel.flags.copy()
    for name, where in ((n, w) for part in parts for n, w in part.items()):
        at = panel.item_index[name]
        values[at][where] = np.nan
        status[at][where] = Status.SUPPRESSED_SMALL
        flags[at][where] = 0
    return replace(panel, values=values, status=status, flags=flags)
