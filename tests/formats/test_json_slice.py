"""The pre-built answers, cell by cell against the panel."""

import json

import numpy as np

from smup.formats.json_slice import all_slices, all_units
from smup.panel import Panel, flag_names
from tests.helpers.stored import some_panel


def some_cells(panel: Panel) -> np.ndarray:
    cells = np.random.default_rng(5).random(panel.status.shape) < 0.6
    cells[0, 1] = False  # a year of which nothing is told
    cells[:, :, 2] = False  # a unit of which nothing is told
    return cells


def row(panel: Panel, item: str, year: int, unit: str) -> tuple[float | None, str, list[str]]:
    value, status, flags = panel.cell(item, year, unit)
    return value, status.name.lower(), flag_names(flags)


def test_a_slice_for_every_indicator_and_year_with_something_to_tell() -> None:
    panel = some_panel(("gestosc", "ludnosc"))
    cells = some_cells(panel)
    found = {(item, year): json.loads(text) for item, year, text in all_slices("R", panel, cells)}
    expected = {
        (item, year): [unit for u, unit in enumerate(panel.units) if cells[i, y, u]]
        for i, item in enumerate(panel.items)
        for y, year in enumerate(panel.years)
    }
    assert {key: s["units"] for key, s in found.items()} == {k: v for k, v in expected.items() if v}
    for (item, year), one in found.items():
        assert (one["release"], one["indicator"], one["year"]) == ("R", item, year)
        assert list(zip(one["values"], one["status"], one["flags"], strict=True)) == [
            row(panel, item, year, unit) for unit in one["units"]
        ]


def test_everything_of_one_unit() -> None:
    panel = some_panel(("gestosc", "ludnosc"))
    cells = some_cells(panel)
    found = [(unit, json.loads(text)) for unit, text in all_units("R", panel, cells)]
    assert [unit for unit, _ in found] == list(panel.units)
    for u, (unit, one) in enumerate(found):
        assert (one["release"], one["unit"]) == ("R", unit)
        expected = {
            item: [year for y, year in enumerate(panel.years) if cells[i, y, u]]
            for i, item in enumerate(panel.items)
        }
        assert {its["id"]: its["years"] for its in one["indicators"]} == {
            item: years for item, years in expected.items() if years
        }
        for its in one["indicators"]:
            assert list(zip(its["values"], its["status"], its["flags"], strict=True)) == [
                row(panel, its["id"], year, unit) for year in its["years"]
            ]
    assert found[2][1]["indicators"] == []
