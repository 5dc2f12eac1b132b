"""Rows made of whole columns against rows made one by one."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from smup.catalogue import Catalogue
from smup.formats.extract import Extract
from smup.formats.fields import FIELDS, Block, blocks
from smup.formats.row_parquet import parquet_chunks
from smup.formats.row_tables import csv_rows, table_rows
from smup.formats.rows import json_chunks
from smup.formats.signs import SIGNS
from smup.formats.spreadsheet import Number
from smup.panel import Panel, Status, flag_names
from tests.helpers.country import YEARS, country, panel_of

CELLS = {
    ("ludnosc", 2020, "0461"): 12.5,
    ("ludnosc", 2021, "0461"): 0.0,
    ("ludnosc", 2020, "020101"): Status.CONFIDENTIAL,
    ("ludnosc", 2022, "020104"): Status.NOT_EXISTING,
    ("zgony", 2020, "0461"): -3.0,
    ("zgony", 2021, "020101"): Status.SUPPRESSED_SMALL,
}
FLAGS = {("ludnosc", 2020, "0461"): 9, ("zgony", 2020, "0461"): 2}
UNITS = ("0461", "020101", "020104")
SPANS = {"ludnosc": (2020, 2021, 2022), "zgony": (2020, 2021), "urodzenia": (2024,)}
ALL = [name for name, field in FIELDS.items() if field.by != "cell"]


@pytest.fixture
def extract(catalogue: Catalogue) -> Extract:
    """Two indicators with figures, one that waits for data; names hold quotes and percents."""
    return Extract(
        source=panel_of(CELLS, ("ludnosc", "zgony"), FLAGS),
        catalogue=catalogue,
        places=country(),
        release="2026-01-01-00000000",
        created=datetime(2026, 1, 1, tzinfo=UTC),
        synthetic=False,
        items=tuple(SPANS),
        units=UNITS,
        spans=SPANS,
    )


def naive(extract: Extract) -> list[dict[str, object]]:
    """One row after another, from the cells as they were given."""
    found = []
    for item, years in SPANS.items():
        for year in years:
            for unit in UNITS:
                given = CELLS.get((item, year, unit), Status.NOT_COLLECTED)
                reason = given if isinstance(given, Status) else Status(int(given == 0))
                found.append(
                    {
                        "indicator": item,
                        "indicator_name": extract.catalogue.indicators[item].name.pl,
                        "unit": unit,
                        "unit_name": country().units[unit].name,
                        "year": year,
                        "date": f"{year}-12-31",
                        "value": None if isinstance(given, Status) else given,
                        "status": reason.name.lower(),
                        "sign": SIGNS[reason].sign,
                        "flags": flag_names(FLAGS.get((item, year, unit), 0)),
                    }
                )
    return found


def test_objects_are_those_of_the_twin(extract: Extract) -> None:
    expected = naive(extract)
    fields = list(expected[0])
    text = b"".join(json_chunks({"release": "R"}, blocks(extract), fields, "objects"))
    assert json.loads(text)["rows"] == expected
    lines = b"".join(json_chunks({}, blocks(extract), fields, "lines")).splitlines()
    assert [json.loads(line) for line in lines] == expected


@pytest.mark.parametrize("name", ALL)
def test_every_column_alone_is_a_row_each(extract: Extract, name: str) -> None:
    answer = json.loads(b"".join(json_chunks({"r": 1}, blocks(extract), [name], "arrays")))
    told = [row[0] for row in answer["rows"]]
    assert len(told) == extract.cells == 18
    if name in naive(extract)[0]:
        assert told == [row[name] for row in naive(extract)]
    assert len(list(table_rows(blocks(extract), [name]))) == 18


def test_columns_in_any_order(extract: Extract) -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        fields = [str(name) for name in rng.permutation(ALL)[: rng.integers(1, len(ALL))]]
        answer = json.loads(b"".join(json_chunks({"r": 1}, blocks(extract), fields, "objects")))
        for row, expected in zip(answer["rows"], naive(extract), strict=True):
            assert list(row) == fields
            assert {k: row[k] for k in row.keys() & expected.keys()} == {
                k: expected[k] for k in row.keys() & expected.keys()
            }


def test_kept_cells_alone(extract: Extract) -> None:
    kept = np.zeros((3, 3), np.bool_)
    kept[0, 0] = kept[2, 2] = True
    block = next(iter(blocks(extract)))
    some = Block(block.extract, block.panel, kept, {"change": ["revised", "gone"]})
    fields = ["unit", "year", "value", "change"]
    text = b"".join(json_chunks({"r": 1}, [some], fields, "arrays"))
    assert json.loads(text)["rows"] == [
        ["0461", 2020, 12.5, "revised"],
        ["020104", 2022, None, "gone"],
    ]
    assert list(table_rows([some], fields)) == [
        ("0461", 2020, Number(12.5, 0), "revised"),
        ("020104", 2022, None, "gone"),
    ]


def test_nothing_asked_for_is_an_empty_list(extract: Extract) -> None:
    text = b"".join(json_chunks({"r": 1}, [], ["unit"], "objects"))
    assert json.loads(text) == {"r": 1, "rows": [], "complete": True}
    assert b"".join(csv_rows(extract, [], ["unit"])) == b"unit\r\n"
    assert b"".join(parquet_chunks(extract, [], ["unit"])).startswith(b"PAR1")


def test_a_confidential_value_is_in_no_form(extract: Extract) -> None:
    """A panel holds none; what an encoder writes of such a cell is its reason alone."""
    for row in naive(extract):
        if row["status"] in ("confidential", "suppressed_small"):
            assert row["value"] is None
    panel: Panel = extract.panel
    hidden = np.isin(panel.status, [Status.CONFIDENTIAL, Status.SUPPRESSED_SMALL])
    assert hidden.sum() == 2
    assert np.isnan(panel.values[hidden]).all()
    assert extract.years == (2020, 2021, 2022, 2024)
    assert set(extract.years) <= set(YEARS)
