"""The mark of invented figures in what programs read."""

import json

import numpy as np
import pyarrow as pa
import pytest

from smup.formats.json_slice import slice_json, unit_json
from smup.formats.synthetic import head, marked
from tests.helpers.stored import some_panel

PANEL = some_panel(("ludnosc",))


@pytest.mark.parametrize("synthetic", [True, False])
def test_only_invented_figures_are_marked(synthetic: bool) -> None:
    expected = {"release": "r", "synthetic": True} if synthetic else {"release": "r"}
    assert head("r", synthetic) == expected


@pytest.mark.parametrize("synthetic", [True, False])
def test_answers_begin_with_release_and_mark(synthetic: bool) -> None:
    everything = np.ones(PANEL.values.shape, np.bool_)
    parts = (PANEL.values[:, :, 0], PANEL.status[:, :, 0], PANEL.flags[:, :, 0])
    for content in (
        slice_json("r", PANEL, (0, 0), everything[0, 0], synthetic=synthetic),
        unit_json("r", PANEL, "PL", everything[:, :, 0], parts, synthetic=synthetic),
    ):
        answer = json.loads(content)
        assert list(answer)[: 1 + synthetic] == list(head("r", synthetic))
        assert answer.get("synthetic", False) is synthetic


def test_a_marked_table_says_so_in_every_row_and_in_its_metadata() -> None:
    table = marked(pa.table({"value": [1.0, None]}))
    assert table.to_pylist() == [
        {"value": 1.0, "synthetic": True},
        {"value": None, "synthetic": True},
    ]
    assert table.schema.metadata == {b"synthetic": b"true"}


def test_an_empty_table_can_be_marked() -> None:
    assert marked(pa.table({"value": pa.array([], pa.float64())})).num_rows == 0
