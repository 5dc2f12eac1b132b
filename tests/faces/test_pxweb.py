"""pxwebpy, a client of PxWebApi 2 that nobody here wrote, against the running server."""

import pytest
import requests
from pxweb import PxApi

from smup.store.releases import Release
from smup.web.config.limits import PXWEB_CELLS

pytestmark = pytest.mark.xdist_group("faces")

TABLE = "O101"


@pytest.fixture
def api(address: str) -> PxApi:
    return PxApi(f"{address}/pxweb/api/v2", disable_cache=True)


def test_it_connects_and_lists_the_tables(api: PxApi) -> None:
    assert api.language == "pl"
    tables = api.all_tables()
    assert len(tables) == api.number_of_tables
    assert TABLE in [table["id"] for table in tables]
    assert [table["id"] for table in api.search("szkoły podstawowe")["tables"]] == ["U2"]
    paths = {path["label"] for path in api.get_paths()}
    assert "Edukacja" in paths


def test_it_reads_figures_by_codes(api: PxApi, release: Release) -> None:
    asked = {"Wskaznik": ["ludnosc"], "Jst": ["1465", "020101"], "Rok": ["2019", "2020"]}
    rows = api.get_table_data(TABLE, asked, show="code")
    told = {(row["Jednostka"], int(row["Rok"])): row["value"] for row in rows}
    assert told == {
        (unit, year): release.indicators.cell("ludnosc", year, unit)[0]
        for unit in ("020101", "1465")
        for year in (2019, 2020)
    }


def test_it_reads_a_whole_indicator_with_masks(api: PxApi, release: Release) -> None:
    rows = api.get_table_data(TABLE, {"Wskaznik": "ludnosc", "Jst": "*", "Rok": "*"}, show="code")
    panel = release.indicators
    assert len(rows) > 3000 * 20
    found = sum(row["value"] is not None for row in rows)
    assert found == int(panel.has_value[panel.item_index["ludnosc"]].sum())


def test_it_splits_what_is_larger_than_one_answer(api: PxApi) -> None:
    variables = api.get_table_variables(TABLE)
    items = list(variables["Wskaznik"]["category"]["label"])
    years = list(variables["Rok"]["category"]["label"])
    units = list(variables["Jst"]["category"]["label"])
    some = PXWEB_CELLS // (len(units) * len(years)) + 1  # just over the limit
    asked = {"Wskaznik": items[:some], "Jst": units, "Rok": years}
    count = sum(1 for _ in api.get_table_data_iter(TABLE, asked))
    assert count == some * len(units) * len(years) > PXWEB_CELLS


def test_it_applies_a_code_list(api: PxApi, release: Release) -> None:
    rows = api.get_table_data(
        TABLE,
        {"Wskaznik": ["ludnosc"], "Jst": ["*"], "Rok": ["2024"]},
        code_list={"Jst": "agg_wojewodztwa"},
        show="code",
    )
    assert len(rows) == 16
    for row in rows:
        assert row["value"] == release.indicators.cell("ludnosc", 2024, row["Jednostka"])[0]


def test_it_gets_the_default_and_the_other_language(api: PxApi) -> None:
    assert api.get_table_data(TABLE)
    api.language = "en"
    assert api.get_table_metadata(TABLE)["dimension"]["Jst"]["category"]["label"]["PL"] == "Poland"


def test_it_is_told_what_is_wrong(api: PxApi) -> None:
    with pytest.raises(requests.HTTPError, match="Nie ma wartości"):
        api.get_table_data(TABLE, {"Wskaznik": ["nie-ma"], "Jst": ["PL"], "Rok": ["2024"]})
