"""What an earlier release said otherwise of one indicator, cell by cell, as whole arrays.

``store.revisions`` counts, ``store.diff`` lists; this marks, for answers that send only what is
new. A value that is no longer told is marked too: whoever keeps a copy must delete it.
"""

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP, Codes, Values

Where = NDArray[np.intp]


class Since(IntEnum):
    """How a cell differs from the earlier release."""

    SAME = 0
    APPEARED = 1  # a value where there was none
    REVISED = 2  # another value
    GONE = 3  # a gap where there was a value
    REASON = 4  # a gap for another reason
    FLAGS = 5  # the same value with other flags


SINCE_NAMES = {since: since.name.lower() for since in Since}


def since(before: Panel, after: Panel, former: str) -> Codes:
    """Codes of ``Since`` of a panel of one indicator, [year, unit].

    ``former`` is its id in ``before``. What ``before`` lacks counts as not collected there; labels
    that only it has are told by ``deleted``.
    """
    old, new = in_labels_of(after, before, former), after
    known, was = new.status[0] < FIRST_GAP, old.status[0] < FIRST_GAP
    found = np.zeros(known.shape, np.uint8)
    found[known & was & (old.flags[0] != new.flags[0])] = Since.FLAGS
    found[known & was & (old.values[0] != new.values[0])] = Since.REVISED
    found[~known & ~was & (old.status[0] != new.status[0])] = Since.REASON
    found[known & ~was] = Since.APPEARED
    found[~known & was] = Since.GONE
    return found


def deleted(before: Panel, after: Panel, item: str, now: str) -> NDArray[np.bool_]:
    """[year, unit] of ``before``: values whose year or unit ``after`` does not have at all; every
    value where it does not have the indicator. ``item`` is its id in ``before``, ``now`` today's.
    """
    at = before.item_index.get(item)
    if at is None:
        return np.zeros((len(before.years), len(before.units)), np.bool_)
    valued: NDArray[np.bool_] = before.status[at] < FIRST_GAP
    if now not in after.item_index:
        return valued
    years = np.array([year not in after.year_index for year in before.years], np.bool_)
    units = np.array([unit not in after.unit_index for unit in before.units], np.bool_)
    found: NDArray[np.bool_] = valued & (years[:, None] | units[None, :])
    return found


def in_labels_of(after: Panel, before: Panel, item: str) -> Panel:
    """The indicator as ``before`` has it, in the years and units of ``after``."""
    gaps = Panel.empty([item], after.years, after.units)
    at = before.item_index.get(item)
    if at is None:
        return gaps
    mine, its = _shared(after.years, before.years)
    here, there = _shared(after.units, before.units)
    values: Values = gaps.values.copy()
    status, flags = np.full_like(gaps.status, Status.NOT_COLLECTED), gaps.flags.copy()
    for target, source in (
        (values, before.values),
        (status, before.status),
        (flags, before.flags),
    ):
        target[0][np.ix_(mine, here)] = source[at][np.ix_(its, there)]
    return Panel((item,), after.years, after.units, values, status, flags)


def _shared(here: Sequence[object], there: Sequence[object]) -> tuple[Where, Where]:
    """Places of the labels that both know, here and there."""
    known = {label: place for place, label in enumerate(there)}
    both = [(place, known[label]) for place, label in enumerate(here) if label in known]
    return np.array([a for a, _ in both], np.intp), np.array([b for _, b in both], np.intp)
