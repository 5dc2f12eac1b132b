"""Which cells text formats show, and how a cell stands in a long table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.formats.long import long_table, told
from smup.panel import Panel, Status, flag_names
from smup.territory import Territory
from tests.helpers.country import country
from tests.helpers.stored import some_panel

STRUCTURAL = {Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.NOT_EXISTING}


@pytest.fixture(scope="module")
def territory() -> Territory:
    return country()


def panel_of(statuses: np.ndarray, units: tuple[str, ...]) -> Panel:
    values = np.where(statuses == 0, 2.5, np.where(statuses == 1, 0.0, np.nan))
    years = tuple(range(2020, 2020 + statuses.shape[1]))
    items = tuple(f"i{n}" for n in range(len(statuses)))
    return Panel(items, years, units, values, statuses, np.zeros_like(statuses))


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**6), share=st.floats(0, 1))
def test_told_against_the_rule_in_words(seed: int, share: float) -> None:
    territory = country()
    units = tuple(territory.units)
    rng = np.random.default_rng(seed)
    codes = np.array([13, 15, 18, 0, 1, 10, 19], np.uint8)
    weights = np.array([share + 0.01] * 3 + [(1.01 - share) / 4] * 4)
    status = rng.choice(codes, size=(2, 2, len(units)), p=weights / weights.sum())
    panel = panel_of(status, units)
    cells = told(panel, territory)
    for i in range(2):
        for y in range(2):
            for u, unit in enumerate(units):
                kind = territory.units[unit].kind
                anything = any(
                    territory.units[other].kind is kind and status[i, y, o] not in STRUCTURAL
                    for o, other in enumerate(units)
                )
                expected = anything and status[i, y, u] != Status.NOT_EXISTING
                assert cells[i, y, u] == expected, (i, y, unit)


def test_every_value_is_told(territory: Territory) -> None:
    units = tuple(territory.units)
    rng = np.random.default_rng(3)
    status = rng.choice(np.array([0, 1, 18, 15], np.uint8), size=(3, 4, len(units)))
    panel = panel_of(status, units)
    assert told(panel, territory)[panel.has_value].all()


def test_rows_of_the_table_are_the_cells_in_order_of_the_labels() -> None:
    panel = some_panel(("gestosc", "ludnosc"))
    cells = np.random.default_rng(1).random(panel.status.shape) < 0.5
    rows = long_table(panel, cells, "indicator").to_pylist()
    expected = []
    for item in panel.items:
        for year in panel.years:
            for unit in panel.units:
                at = panel.item_index[item], panel.year_index[year], panel.unit_index[unit]
                if cells[at]:
                    value, status, flags = panel.cell(item, year, unit)
                    expected.append(
                        {
                            "indicator": item,
                            "unit": unit,
                            "year": year,
                            "value": value,
                            "status": status.name.lower(),
                            "flags": " ".join(flag_names(flags)),
                        }
                    )
    assert rows == expected


def test_a_table_without_rows_keeps_its_columns() -> None:
    panel = some_panel(("ludnosc",))
    table = long_table(panel, np.zeros(panel.status.shape, bool), "variable")
    assert table.schema.names == ["variable", "unit", "year", "value", "status", "flags"]
    assert len(table) == 0
