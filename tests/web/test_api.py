"""The data API: shapes as promised, figures as in the release, refusals that name the parameter."""

from importlib import import_module

import pytest
from django.test.client import Client

from smup.store.releases import Release

pytestmark = pytest.mark.xdist_group("site")


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("units", "units.Units"),
        ("units?query=hel", "units.Units"),
        ("units?kind=powiat", "units.Units"),
        ("units/1465", "units.UnitRecord"),
        ("units/0201011", "units.UnitRecord"),
        ("indicators", "definitions.Indicators"),
        ("indicators?area=edukacja&lang=en", "definitions.Indicators"),
        ("indicators/ludnosc", "definitions.IndicatorRecord"),
        ("areas", "definitions.Areas"),
        ("services", "definitions.Services"),
        ("releases", "state.Releases"),
        ("units?unit=children:14", "units.Units"),
        ("units/1465/neighbours?level=powiat", "units.Neighbours"),
        ("units/0201G/neighbours", "units.Neighbours"),
        ("units/1465/profile", "units.Profile"),
        ("units/14/profile", "units.Profile"),
        ("units/PL/profile", "units.Profile"),
        ("units/0201G/profile", "units.Profile"),
        ("variables", "definitions.Variables"),
        ("variables/ludnosc?lang=en", "definitions.VariableRecord"),
        ("coverage", "state.Coverage"),
        ("config?lang=en", "state.Config"),
        ("data?indicator=ludnosc&unit=1465,020101&year=2020-2024", "figures.Data"),
        ("compare?unit=1465&indicator=ludnosc", "figures.Comparison"),
    ],
)
def test_answers_have_the_documented_shape(client: Client, address: str, shape: str) -> None:
    module, _, name = shape.partition(".")
    # imported here: it needs the settings, which the client has read by now
    promised = getattr(import_module(f"smup.web.api.schemas.{module}"), name)
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    promised.model_validate(response.json(), strict=True)


def test_a_unit_is_found_by_any_alias(client: Client) -> None:
    for code in ("1465", "146501", "1465011"):
        unit = client.get(f"/api/v1/units/{code}").json()
        assert unit["code"] == "1465"
        assert unit["kind"] == "miasto-na-prawach-powiatu"
        assert set(unit["neighbours"]) == {"gmina", "powiat"}


def test_values_are_those_of_the_release(client: Client, release: Release) -> None:
    answer = client.get("/api/v1/data?indicator=ludnosc,urodzenia&unit=0201011,1465").json()
    assert answer["release"] == release.id
    assert answer["complete"] is True
    assert answer["units"] == ["020101", "1465"]
    for row in answer["rows"]:
        value, status, _ = release.indicators.cell(row["indicator"], row["year"], row["unit"])
        assert row["value"] == value
        assert row["status"] == status.name.lower()
    years = {row["year"] for row in answer["rows"] if row["indicator"] == "urodzenia"}
    assert years == set(release.years_of("urodzenia"))


def test_a_year_without_values_is_a_gap_with_a_reason(client: Client) -> None:
    rows = client.get("/api/v1/data?indicator=ludnosc&unit=120713&year=2024").json()["rows"]
    assert [(row["value"], row["status"]) for row in rows] == [(None, "not_existing")]


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("data", 400, "indicator"),
        ("data?indicator=ludnosc&jednostka=1465", 400, "jednostka"),
        ("data?indicator=ludnos", 404, "indicator"),
        ("data?indicator=ludnosc&unit=1465,99", 404, "unit"),
        ("data?indicator=ludnosc&year=rok", 400, "year"),
        ("data?indicator=ludnosc&year=1900", 400, "year"),
        ("data?indicator=ludnosc&indicator=zgony", 400, "indicator"),
        ("units/xyzq", 404, "code"),
        ("units?kind=planeta", 400, "kind"),
        ("indicators?lang=de", 400, "lang"),
        ("compare?unit=1465", 400, "indicator"),
        ("compare?unit=1465&indicator=ludnosc&role=wojewodztwo", 400, "role"),
        ("compare?unit=0201G&indicator=ludnosc", 400, "unit"),
        ("compare?unit=1465&indicator=ludnosc&year=2020-2022", 400, "year"),
    ],
)
def test_refusals_name_the_parameter(
    client: Client, address: str, status: int, parameter: str
) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["parameter"] == parameter
    assert problem["detail"].endswith(".")


def test_near_names_are_suggested(client: Client) -> None:
    assert "ludnosc" in client.get("/api/v1/data?indicator=ludnos").json()["suggestions"]
    assert "020101" in client.get("/api/v1/units/boleslawiec").json()["suggestions"]


def test_too_much_for_a_format_is_refused_with_another_way(client: Client) -> None:
    response = client.get("/api/v1/data?indicator=*&format=xlsx")
    assert response.status_code == 413
    assert "/files/latest/values.parquet" in response.json()["detail"]
    assert "csv" in response.json()["suggestions"]


def test_an_unknown_address_lists_the_known(client: Client) -> None:
    response = client.get("/api/v1/jednostki")
    assert response.status_code == 404
    assert "/api/v1/units" in response.json()["suggestions"]


def test_openapi_describes_every_parameter(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    data = schema["paths"]["/api/v1/data"]["get"]
    assert {p["name"] for p in data["parameters"]} == {
        "indicator",
        "unit",
        "year",
        "prices",
        "territory",
        "format",
        "dialect",
        "fields",
        "missing",
        "changedSince",
        "asOf",
        "lang",
    }
    assert "/api/v1/units/{code}" in schema["paths"]


def test_a_comparison_has_the_shape_of_the_command(client: Client) -> None:
    answer = client.get("/api/v1/compare?unit=1465&indicator=ludnosc&role=powiat").json()
    assert answer["role"] == "powiat"
    ids = [one["id"] for one in answer["comparators"]]
    assert ids[-1] == "kraj"
    assert answer["rank"] == answer["comparators"][-1]["rank"]
    assert answer["rank"]["position"] == 1


@pytest.mark.parametrize("code", ["1465", "020101", "0201", "14"])
def test_a_profile_says_what_comparisons_say(client: Client, code: str) -> None:
    profile = client.get(f"/api/v1/units/{code}/profile").json()
    assert profile["indicators"]
    for row in profile["indicators"]:
        asked = {"unit": code, "indicator": row["indicator"], "year": row["year"]}
        told = client.get("/api/v1/compare", asked).json()
        assert (row["value"], row["status"], row["flags"]) == (
            told["value"],
            told["status"],
            told["flags"],
        )
        country = next(one for one in told["comparators"] if one["id"] == "kraj")
        if row["rank"] is not None:
            same = ("position", "of", "with_data", "quartile", "reason")
            assert {key: row["rank"][key] for key in same} == {
                key: country["rank"][key] for key in same
            }, row
        if row["country"] is not None:
            assert row["country"]["median"] == country["median"]


def test_a_variable_names_the_indicators_it_stands_in(client: Client, release: Release) -> None:
    users = client.get("/api/v1/variables/urodzenia_na_1000").json()["used_by"]
    assert "urodzenia-na-1000" in users
    assert set(users) <= {one.id for one in release.catalogue.shown}


def test_limits_are_those_that_hold(client: Client) -> None:
    from smup.web.config import limits

    told = client.get("/api/v1/config").json()
    assert told["limits"]["most_cells_xlsx"] == limits.MOST_CELLS
    assert {one["id"] for one in told["statuses"] if one["has_value"]} == {"observed", "zero"}
    assert {one["sign"] for one in told["statuses"]} == {"", "-", ".", "X", "#", ":"}
