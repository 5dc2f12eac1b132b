"""The façade of the GUS interface: its paths and parameters, figures as in the release."""

import math
from typing import Any

import numpy as np
import pytest
from django.test import override_settings
from django.test.client import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smup.catalogue.numbers import numbers_of
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.store.releases import Release

pytestmark = pytest.mark.xdist_group("site")

BASE = "/api/1.0.0/"
PATHS = (
    "areas-list",
    "area-flashcard?id=1",
    "public-services?id=1",
    "public-services-flashcard?id=1000001",
    "indicators-list?id=1000001",
    "indicator-list",
    "indicator-flashcard?id=1000001",
    "indicator-date-data?id=1000001&id-daty=20241231",
    "variables-list",
    "teryt-dictionary",
    "data-dictionary",
    "flag-dictionary",
    "version",
)
FIELDS = {
    "areas-list": {"id-ou", "nazwa-obszaru"},
    "public-services?id=1": {"id-up", "nazwa-uslugi"},
    "indicator-list": {
        *("id", "nazwa-wskaznika", "id-up", "nazwa-uslugi", "wymiar-opisu-uslugi"),
    },
    "teryt-dictionary": {"id-teryt", "woj", "pow", "gmn", "rodz", "nazwa", "nazwa-dod"},
    "data-dictionary": {"id-daty", "rok"},
    "flag-dictionary": {"id-flaga"},
}


def ask(client: Client, address: str) -> Any:
    response = client.get(BASE + address)
    assert response.status_code == 200, response.content
    return response.json()


def id_of(release: Release, indicator: str) -> int:
    return 1_000_000 + numbers_of(release.catalogue, "indicator").of[indicator]


@pytest.mark.parametrize("path", PATHS)
def test_every_path_answers_any_origin_and_names_its_release(
    client: Client, release: Release, path: str
) -> None:
    for address in (path, path + ("&" if "?" in path else "?") + "lang=en"):
        response = client.get(BASE + address, headers={"X-ClientId": "any"})
        assert response.status_code == 200
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["SMUP-Release"] == release.id
        assert response["SMUP-Synthetic"] == "false"


@pytest.mark.parametrize("path", FIELDS)
def test_lists_are_bare_arrays_with_the_documented_fields(client: Client, path: str) -> None:
    rows = ask(client, path)
    assert isinstance(rows, list)
    assert all(row.keys() >= FIELDS[path] for row in rows)
    wrapped = ask(client, path + ("&" if "?" in path else "?") + "koperta=1")
    assert wrapped["data"] == rows
    assert wrapped["total"] == len(rows)


def test_from_an_area_to_its_values_as_a_program_walks(client: Client, release: Release) -> None:
    areas = {row["nazwa-obszaru"]: row["id-ou"] for row in ask(client, "areas-list")}
    services = ask(client, f"public-services?id={areas['Edukacja']}")
    assert len(services) == 12
    school = next(row["id-up"] for row in services if row["nazwa-uslugi"] == "Szkoły podstawowe")
    indicators = ask(client, f"indicators-list?id={school}")
    expected = [i for i in release.catalogue.shown if i.service == "szkoly-podstawowe"]
    assert [row["nazwa-wskaznika"] for row in indicators] == [i.name.pl for i in expected]
    for row, one in zip(indicators, expected, strict=True):
        card = ask(client, f"indicator-flashcard?id={row['id']}")
        assert card["kod-wskaznika"] == one.id
        assert card["lata"] == release.years_of(one.id)


@pytest.mark.parametrize("indicator", ["ludnosc", "urodzenia-na-1000", "gestosc-zaludnienia"])
def test_values_are_those_of_the_release(client: Client, release: Release, indicator: str) -> None:
    """Told cell by cell: every row as the release has it, every value of the release in a row."""
    codes = {1_000_000 + number: code for code, number in release.territory.numbers.items()}
    year = release.years_of(indicator)[-1]
    answer = ask(client, f"indicator-date-data?id={id_of(release, indicator)}&id-daty={year}1231")
    assert answer["release"] == release.id
    assert answer["page-count"] == 1
    seen = set()
    for row in answer["data"]:
        value, status, _ = release.indicators.cell(indicator, year, codes[row["id-teryt"]])
        assert row["wartosc"] == value
        assert (row["wartosc"] is None) == (status >= FIRST_GAP)
        assert (row["id-flaga"] == 2) == (status is Status.ZERO)
        assert row["id-daty"] == year * 10000 + 1231
        seen.add(codes[row["id-teryt"]])
    with_value = {
        code
        for code in release.indicators.units
        if not code.endswith("G") and release.indicators.cell(indicator, year, code)[0] is not None
    }
    assert with_value <= seen
    assert len(seen) == len(answer["data"])


def test_pages_together_are_the_whole(client: Client, release: Release) -> None:
    address = f"indicator-date-data?id={id_of(release, 'ludnosc')}&id-daty=20241231"
    whole = ask(client, address)
    pages = math.ceil(whole["total"] / 1000)
    rows: list[Any] = []
    for page in range(1, pages + 1):
        answer = ask(client, f"{address}&page={page}&page-size=1000")
        assert answer["page-count"] == pages
        rows += answer["data"]
    assert rows == whole["data"]
    assert ask(client, f"{address}&page={pages + 1}&page-size=1000")["data"] == []


def test_a_unit_by_its_teryt_code(client: Client, release: Release) -> None:
    (krakow,) = ask(client, "teryt-dictionary?teryt=1261011")
    address = f"indicator-date-data?id={id_of(release, 'ludnosc')}&teryt=126101"
    rows = ask(client, address)["data"]
    assert {row["id-teryt"] for row in rows} == {krakow["id-teryt"]}
    assert [row["id-daty"] // 10000 for row in rows] == release.years_of("ludnosc")


@pytest.mark.parametrize(
    ("filters", "keeps"),
    [
        ("rodz==2", lambda row: row["rodz"] == "2"),
        ("nazwa==Kolno|Hel", lambda row: row["nazwa"] in ("Kolno", "Hel")),
        ("nazwa@=*NOWY,woj!=12", lambda row: "nowy" in row["nazwa"].lower() and row["woj"] != "12"),
        ("(nazwa|nazwa-dod)_=gmina", lambda row: row["nazwa-dod"].startswith("gmina")),
        ("nazwa!@=a", lambda row: "a" not in row["nazwa"]),
        ("id-teryt>1000100,id-teryt<=1000103", lambda row: 1000100 < row["id-teryt"] <= 1000103),
    ],
)
def test_filters(client: Client, filters: str, keeps: Any) -> None:
    everyone = ask(client, "teryt-dictionary")
    kept = ask(client, f"teryt-dictionary?filters={filters}")
    assert kept == [row for row in everyone if keeps(row)]
    assert 0 < len(kept) < len(everyone)


def test_gaps_are_found_and_stand_last(client: Client, release: Release) -> None:
    panel = release.indicators
    at = np.argwhere(np.isin(panel.status, (Status.MISSING, Status.NO_DENOMINATOR)))[0]
    indicator, year = panel.items[at[0]], panel.years[at[1]]
    address = f"indicator-date-data?id={id_of(release, indicator)}&id-daty={year}1231"
    gaps = ask(client, address + "&filters=wartosc==null")["data"]
    values = ask(client, address + "&filters=wartosc!=null")["data"]
    assert gaps
    assert all(row["wartosc"] is None and row["id-flaga"] >= 3 for row in gaps)
    assert len(gaps) + len(values) == ask(client, address)["total"]
    numbers = [row["wartosc"] for row in ask(client, address + "&sorts=-wartosc")["data"]]
    known = sorted((row["wartosc"] for row in values), reverse=True)
    assert numbers == known + [None] * len(gaps)


def test_no_data_is_an_empty_list_or_the_404_of_old(client: Client, release: Release) -> None:
    waiting = next(i.id for i in release.catalogue.shown if not release.years_of(i.id))
    for address in (
        f"indicator-date-data?id={id_of(release, waiting)}",
        f"indicator-date-data?id={id_of(release, 'ludnosc')}&id-daty=17001231",
    ):
        assert ask(client, address)["data"] == []
        assert ask(client, address + "&koperta=0") == []
        with override_settings(SMUP_GUS_EMPTY_AS_404=True):
            response = client.get(BASE + address + "&page=1")  # another address than the kept one
        assert response.status_code == 404
        assert response.json()["parameter"] == "id-daty"


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("areas-list?page=0", 400, "page"),
        ("areas-list?page-size=5001", 400, "page-size"),
        ("areas-list?page-size=-1", 400, "page-size"),
        ("areas-list?lang=de", 400, "lang"),
        ("areas-list?filters=nie-ma==1", 400, "filters"),
        ("areas-list?filters=id-ou", 400, "filters"),
        ("areas-list?filters=id-ou==abc", 400, "filters"),
        ("areas-list?sorts=nie-ma", 400, "sorts"),
        ("areas-list?strona=1", 400, "strona"),
        ("areas-list?page=1&page=2", 400, "page"),
        ("areas-list?koperta=tak", 400, "koperta"),
        ("area-flashcard", 400, "id"),
        ("area-flashcard?id=77", 404, "id"),
        ("public-services?id=x", 400, "id"),
        ("indicators-list?id=1999999", 404, "id"),
        ("indicator-date-data?id=5", 404, "id"),
        ("indicator-date-data?id=1000001&id-daty=20240101", 400, "id-daty"),
        ("indicator-date-data?id=1000001&teryt=999999", 404, "teryt"),
        ("nie-ma", 404, None),
    ],
)
def test_refusals_name_the_parameter(
    client: Client, address: str, status: int, parameter: str | None
) -> None:
    response = client.get(BASE + address)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json().get("parameter") == parameter


NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["-1", "0", "9" * 400, "null", "id==", "==", "(((", "a|b==|", "\\,", "%00", "１"]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    path=st.sampled_from([path.split("?")[0] for path in PATHS]),
    given_=st.dictionaries(
        st.sampled_from(
            ["id", "id-daty", "filters", "sorts", "page", "page-size", "lang", "teryt", "koperta"]
        ),
        NASTY,
        max_size=4,
    ),
)
def test_nothing_asked_breaks_it(client: Client, path: str, given_: dict[str, str]) -> None:
    response = client.get(BASE + path, given_)
    assert response.status_code in (200, 400, 404)
    response.json()
