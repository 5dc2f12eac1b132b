"""Rows and tables on disk: what is told, what is blank, what is refused as damaged."""

from pathlib import Path

import numpy as np
import pytest

from smup.panel import Panel
from smup.store.lineage import Lineage, Tables, lineage_damages, open_lineage, write_lineage

HEAD = "# source: spis\nvariable,unit,year,value,status,flags\n"
SPIS = (
    HEAD + "osoby,01,2020,5,observed,\nosoby,01,2021,7,observed,break\nosoby,02,2020,2,observed,\n"
)
INNY = HEAD + "osoby,01,2021,8,observed,\n"
# cells of a panel of one item, two years and two units: 01 in 2020, 02 in 2020, 01 in 2021 (twice)
LINEAGE = Lineage(
    ("spis", "inny"),
    np.array([0, 1, 2, 2]),
    np.array([0, 0, 0, 1], np.uint16),
    np.array([3, 5, 4, 3], np.uint32),
)


def written(folder: Path, secret: tuple[int, ...] = ()) -> Tables:
    hidden = np.isin(np.arange(4), secret)
    write_lineage(folder, LINEAGE, {"spis": SPIS.encode(), "inny": INNY.encode()}, hidden)
    found = open_lineage(folder)
    assert found is not None
    return Tables(folder / "public" / "tables", found)


def panel() -> Panel:
    return Panel.empty(["osoby"], [2020, 2021], ["01", "02"])


def test_a_cell_leads_to_its_rows_the_one_taken_first(tmp_path: Path) -> None:
    tables = written(tmp_path)
    first, second = tables.rows(panel(), "osoby", 2021, "01")
    assert (first.table, first.line, first.value, first.flags) == ("spis", 4, "7", "break")
    assert second.text == "osoby,01,2021,8,observed,"
    assert [row.line for row in tables.rows(panel(), "osoby", 2020, "02")] == [5]
    assert tables.rows(panel(), "osoby", 2021, "02") == []


def test_a_table_with_nothing_to_hide_is_carried_byte_for_byte(tmp_path: Path) -> None:
    written(tmp_path)
    assert (tmp_path / "public/tables/spis.csv").read_text() == SPIS


def test_a_secret_row_keeps_its_line_and_loses_its_figure(tmp_path: Path) -> None:
    tables = written(tmp_path, secret=(1,))
    (row,) = tables.rows(panel(), "osoby", 2020, "02")
    assert (row.line, row.value, row.status) == (5, "", "suppressed_small")
    text = (tmp_path / "public/tables/spis.csv").read_text()
    assert text == SPIS.replace("02,2020,2,observed,", "02,2020,,suppressed_small,")


def test_a_release_without_rows_is_sound(tmp_path: Path) -> None:
    assert open_lineage(tmp_path) is None
    assert lineage_damages(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("cell", np.array([2, 1, 0, 0])),
        ("line", np.array([3, 5, 4, 99], np.uint32)),
        ("table", np.array([0, 0, 0, 7], np.uint16)),
        ("line", np.array([3, 5], np.uint32)),
    ],
)
def test_rows_that_lead_nowhere_are_told(tmp_path: Path, name: str, array: np.ndarray) -> None:
    written(tmp_path)
    assert lineage_damages(tmp_path) == []
    np.save(tmp_path / "lineage" / f"{name}.npy", array)
    assert len(lineage_damages(tmp_path)) == 1
