"""Sums of parts: a whole that is told less the parts that are told must not give a hidden one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from smup.compute.secrecy_levels import SECRET, Hiding
from smup.panel import Panel
from smup.panel.grouping import Mask
from smup.panel.panel import FIRST_GAP

_PASSES = 20  # a cell hidden for one sum may stand in another; each pass hides more or is the last


@dataclass(frozen=True, slots=True)
class Sum:
    """``whole`` = sum of ``parts``: ids of variables."""

    whole: str
    parts: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """The parts first: of two figures of one size a part is the smaller loss."""
        return (*self.parts, self.whole)


def complete(
    panel: Panel, hidden: dict[str, Hiding], sums: Sequence[Sum], limits: Mapping[str, int]
) -> None:
    """Hide one more figure in every sum that would give a hidden one, until none does.

    ``limits``: the limit of each variable that a rule protects. The figure hidden beside is the
    smallest that leaves the hidden ones every value the rule allows them, a part before the whole;
    where all are too small, all go. Totals of what is hidden so are never told.
    """
    held = [one for one in sums if all(name in panel.item_index for name in one.members)]
    for _ in range(_PASSES):
        more = [_complete(panel, hidden, one, limits) for one in held]
        if not any(more):
            return
    raise RuntimeError("a sum still gives a hidden figure")


def _complete(panel: Panel, hidden: dict[str, Hiding], one: Sum, limits: Mapping[str, int]) -> bool:
    """Was anything hidden?"""
    at = [panel.item_index[name] for name in one.members]
    values, status = panel.values[at], panel.status[at]  # [member, year, unit]
    none = np.zeros(values.shape[1:], bool)
    own = np.stack([hidden[n].where if n in hidden else none for n in one.members])
    secret = np.isin(status, SECRET)
    unknown = status >= FIRST_GAP
    limit = max([limits.get(name, 0) for name in one.members])
    large = np.where(unknown, False, values >= max(limit, 1))
    # More than one unknown that nothing bounds, or one beside ours, leaves them all undivided.
    alone = secret.any(0) & (unknown.sum(0) == 1) & ~own.any(0)
    bounded = own.any(0) & ~unknown.any(0) & ~(own & large & ~_bounded(one, hidden, none)).any(0)
    asking = alone | bounded
    if not asking.any():
        return False
    may = large & ~own
    cost = np.where(may, values, np.inf)
    cost[-1] = np.where(may[-1] & ~may[:-1].any(0), values[-1], np.inf)  # the whole comes last
    chosen = (np.arange(len(at))[:, None, None] == cost.argmin(0)) & np.isfinite(cost) & asking
    helpless = asking & ~chosen.any(0)
    chosen |= helpless & ~own & ~unknown & (values != 0)
    for name, where in zip(one.members, chosen, strict=True):
        if where.any():
            mine = hidden.setdefault(name, Hiding.nothing(where.shape))
            mine.hide(where)
            mine.sealed = mine.sealed | (where & bounded)
    return bool(chosen.any())


def _bounded(one: Sum, hidden: Mapping[str, Hiding], none: Mask) -> Mask:
    """[member, year, unit]: hidden cells of which a rule tells a bound."""
    return np.stack(
        [
            hidden[n].where & np.isfinite(hidden[n].high) if n in hidden else none
            for n in one.members
        ]
    )
