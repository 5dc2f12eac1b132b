"""What an earlier release said otherwise, against a twin that looks at one cell after another."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP
from smup.store.since import SINCE_NAMES, Since, deleted, since

LABELS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True)
YEARS = st.lists(st.integers(2020, 2023), min_size=1, max_size=4, unique=True).map(sorted)
KINDS = (Status.OBSERVED, Status.ZERO, Status.MISSING, Status.CONFIDENTIAL)
Cell = tuple[float | None, int, int]
NOTHING: Cell = (None, int(Status.NOT_COLLECTED), 0)


@st.composite
def panels(draw: st.DrawFn, items: tuple[str, ...]) -> Panel:
    years, units = draw(YEARS), draw(LABELS)
    shape = len(items), len(years), len(units)
    count = int(np.prod(shape))
    some = st.lists(st.integers(0, 3), min_size=count, max_size=count)
    status = np.array([int(KINDS[k]) for k in draw(some)], np.uint8).reshape(shape)
    values = np.array(draw(some), float).reshape(shape)
    values[status >= FIRST_GAP] = np.nan
    flags = np.array(draw(some), np.uint8).reshape(shape)
    return Panel(items, tuple(years), tuple(units), values, status, flags)


def cell(panel: Panel, item: str, year: int, unit: str) -> Cell:
    if item not in panel.items or year not in panel.years or unit not in panel.units:
        return NOTHING
    value, status, flags = panel.cell(item, year, unit)
    return value, int(status), flags


def difference(old: Cell, new: Cell) -> str:
    if old[0] is None and new[0] is None:
        return "same" if old[1] == new[1] else "reason"
    if old[0] is None:
        return "appeared"
    if new[0] is None:
        return "gone"
    if old[0] != new[0]:
        return "revised"
    return "same" if old[2] == new[2] else "flags"


@given(panels(("was", "other")), panels(("is",)))
def test_every_cell_is_marked(before: Panel, after: Panel) -> None:
    codes = since(before, after, "was")
    for y, year in enumerate(after.years):
        for u, unit in enumerate(after.units):
            old, new = cell(before, "was", year, unit), cell(after, "is", year, unit)
            assert SINCE_NAMES[Since(codes[y, u])] == difference(old, new)


@given(panels(("was", "other")), panels(("is",)))
def test_values_whose_labels_are_gone(before: Panel, after: Panel) -> None:
    for item, now in (("was", "is"), ("other", "other")):
        lost = deleted(before, after, item, now)
        for y, year in enumerate(before.years):
            for u, unit in enumerate(before.units):
                valued = before.cell(item, year, unit)[0] is not None
                known = now in after.items and year in after.years and unit in after.units
                assert lost[y, u] == (valued and not known)
    assert not deleted(before, after, "never", "never").any()
