"""Two releases compared, against the same comparison written with plain dictionaries."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.panel import STATUS_NAMES, Panel
from smup.store.diff import compare
from smup.store.errors import UnknownRelease
from smup.store.releases import Releases
from tests.helpers.stored import make_release, some_panel

CELLS = st.tuples(
    st.sampled_from([0, 0, 1, 13, 19]), st.sampled_from([1.5, 2.5]), st.sampled_from([0, 2])
)


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    items, years, units = (
        tuple(draw(st.lists(st.sampled_from(labels), unique=True, max_size=3)))
        for labels in (("a", "b", "c"), (2020, 2021, 2022), ("01", "02", "03"))
    )
    years = tuple(sorted(years))
    shape = (len(items), len(years), len(units))
    count = int(np.prod(shape))
    cells = draw(st.lists(CELLS, min_size=count, max_size=count))
    status = np.array([c[0] for c in cells], np.uint8).reshape(shape)
    values = np.array([{0: c[1], 1: 0.0}.get(c[0], np.nan) for c in cells]).reshape(shape)
    flags = np.array([c[2] for c in cells], np.uint8).reshape(shape)
    return Panel(items, years, units, values, status, flags)


def as_cells(panel: Panel) -> dict[tuple[str, str, int], tuple[Any, ...]]:
    return {
        (item, unit, year): panel.cell(item, year, unit)
        for item in panel.items
        for year in panel.years
        for unit in panel.units
    }


@settings(max_examples=200)
@given(panels(), panels())
def test_against_dictionaries(before: Panel, after: Panel) -> None:
    old, new = as_cells(before), as_cells(after)
    both = old.keys() & new.keys()
    expected = {
        (*key, old[key][0], new[key][0], STATUS_NAMES[old[key][1]], STATUS_NAMES[new[key][1]])
        for key in both
        if old[key][:2] != new[key][:2]
    }
    found = compare(before, after, ("x", "y"))
    assert {
        (c.indicator, c.unit, c.year, c.before, c.after, c.status_before, c.status_after)
        for c in found.cells
    } == expected
    assert len(found.cells) == len(expected)
    assert found.flags == sum(old[k][:2] == new[k][:2] and old[k][2] != new[k][2] for k in both)
    assert set(found.indicators_added) == set(after.items) - set(before.items)
    assert set(found.indicators_removed) == set(before.items) - set(after.items)
    assert set(found.units_added) == set(after.units) - set(before.units)
    assert set(found.years_removed) == set(before.years) - set(after.years)
    counts = found.counts
    values = {key: (old[key][0], new[key][0]) for key in both}
    assert counts["changed"] == sum(
        b is not None and a is not None and a != b for b, a in values.values()
    )
    assert counts["appeared"] == sum(b is None and a is not None for b, a in values.values())
    assert counts["disappeared"] == sum(b is not None and a is None for b, a in values.values())
    assert counts["status"] == sum(old[key][1] != new[key][1] for key in both)


def test_two_releases_of_a_store(tmp_path: Path) -> None:
    panel = some_panel(("gestosc", "ludnosc"))
    i, y, u = np.argwhere(panel.has_value & (panel.values > 0))[0]
    values = panel.values.copy()
    values[i, y, u] += 1
    changed = Panel(panel.items, panel.years, panel.units, values, panel.status, panel.flags)
    before, after = make_release(tmp_path, panel), make_release(tmp_path, changed)
    found = Releases(tmp_path).diff(before, after)
    assert found.counts == {"changed": 1, "appeared": 0, "disappeared": 0, "status": 0, "flags": 0}
    assert found.as_dict()["cells"] == [
        {
            "indicator": panel.items[i],
            "unit": panel.units[u],
            "year": panel.years[y],
            "before": panel.values[i, y, u],
            "after": panel.values[i, y, u] + 1,
            "status_before": "observed",
            "status_after": "observed",
            "reason": "",
        }
    ]
    assert "Wartości zmienione: 1" in found.describe()


def test_the_same_release_twice_says_the_same(tmp_path: Path) -> None:
    release = make_release(tmp_path)
    found = Releases(tmp_path).diff(release, release)
    assert found.empty
    assert found.describe() == f"Wydania {release} i {release} mówią to samo."


def test_a_long_difference_is_cut_for_people_and_whole_for_programs(tmp_path: Path) -> None:
    one, two = some_panel(("ludnosc",), seed=1), some_panel(("ludnosc",), seed=2)
    found = compare(one, two, ("a", "b"))
    assert len(found.cells) > 3
    lines = found.describe(limit=3).splitlines()
    assert lines[-1].startswith(f"… i jeszcze {len(found.cells) - 3} ")
    assert len(found.as_dict()["cells"]) == len(found.cells)


def test_an_unknown_release_is_refused(tmp_path: Path) -> None:
    release = make_release(tmp_path)
    with pytest.raises(UnknownRelease):
        Releases(tmp_path).diff(release, "2020-01-01-00000000")
