"""PxWebApi 2: what its specification promises, and the same figures as the API of the portal."""

import io
import json
import string
from typing import Any
from urllib.parse import quote

import pytest
from django.test.client import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonstat_validator import validate_jsonstat

from smup.panel import Status
from smup.store.releases import Release
from smup.territory import Kind
from smup.web.pxweb.expressions import BadExpression, chosen

pytestmark = pytest.mark.xdist_group("site")

BASE = "/pxweb/api/v2"
TABLE = "O101"  # the neutral area: indicators without a service
ALL = "valuecodes[Wskaznik]=*&valuecodes[Jst]=*&valuecodes[Rok]=*"


def get(client: Client, path: str) -> Any:
    response = client.get(BASE + path)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def problem(client: Client, path: str, status: int, parameter: str = "") -> dict[str, Any]:
    """The refusal of an address, which names the parameter."""
    response = client.get(BASE + path)
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(response.content)
    assert told["status"] == status
    assert told.get("parameter", "") == parameter
    return told


def post(client: Client, path: str, body: object) -> Any:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(BASE + path, text, content_type="application/json")


# --- configuration and tables


def test_config_has_every_required_key(client: Client) -> None:
    told = get(client, "/config")
    assert {
        "apiVersion", "appVersion", "languages", "defaultLanguage", "maxDataCells",
        "maxCallsPerTimeWindow", "timeWindow", "license", "defaultDataFormat", "dataFormats",
    } <= set(told)  # fmt: skip
    assert told["apiVersion"] == "2.0.0"
    assert [one["id"] for one in told["languages"]] == ["pl", "en"]
    assert set(told["dataFormats"]) == {"json-stat2", "csv", "px", "xlsx", "html", "parquet"}


def test_every_indicator_with_data_stands_in_one_table(client: Client, release: Release) -> None:
    tables = get(client, "/tables?pageSize=1000&includeDiscontinued=true")["tables"]
    held: list[str] = []
    for table in tables:
        described = get(client, f"/tables/{table['id']}/metadata")
        held += described["dimension"]["Wskaznik"]["category"]["index"]
    assert len(held) == len(set(held))
    assert set(held) == {one.id for one in release.catalogue.shown if release.years_of(one.id)}


def test_tables_come_a_page_at_a_time(client: Client) -> None:
    whole = get(client, "/tables?pageSize=1000")
    count = whole["page"]["totalElements"]
    assert count == len(whole["tables"]) > 3
    seen: list[str] = []
    pages = -(-count // 2)
    for at in range(1, pages + 1):
        one = get(client, f"/tables?pageSize=2&pageNumber={at}")
        assert one["page"]["totalPages"] == pages
        seen += [table["id"] for table in one["tables"]]
        following = [link["href"] for link in one["page"]["links"] if link["rel"] == "next"]
        assert bool(following) == (at < pages)
    assert seen == [table["id"] for table in whole["tables"]]
    problem(client, f"/tables?pageSize=2&pageNumber={pages + 1}", 404, "pageNumber")


def test_tables_are_found_by_words_without_diacritics(client: Client) -> None:
    found = get(client, "/tables?query=SZKOLY%20podstawowe")["tables"]
    assert "Szkoły podstawowe" in found[0]["label"]
    assert get(client, "/tables?query=qqqq")["tables"] == []
    assert "Primary schools" in get(client, "/tables?query=primary&lang=en")["tables"][0]["label"]


def test_tables_updated_lately(client: Client) -> None:
    assert get(client, "/tables?pastDays=36500")["tables"]
    response = client.get(BASE + "/tables?pastDays=1")
    assert response.headers["Cache-Control"] == "no-cache"  # depends on the day


# --- metadata


def test_metadata_are_a_dataset_of_the_schema(client: Client, release: Release) -> None:
    told = get(client, f"/tables/{TABLE}/metadata")
    assert validate_jsonstat(told)
    assert set(told) <= {
        "version", "class", "href", "label", "source", "updated", "link", "note", "role", "id",
        "size", "dimension", "extension", "value", "status",
    }  # fmt: skip
    assert told["id"] == ["Wskaznik", "Jst", "Rok"]
    for dimension in told["dimension"].values():
        assert set(dimension) <= {"label", "note", "category", "extension", "link"}
    units = told["dimension"]["Jst"]
    assert list(units["category"]["index"]) == list(release.indicators.units)
    labels = list(units["category"]["label"].values())
    assert len(labels) == len(set(labels))  # a reader of labels alone tells all units apart
    assert units["extension"]["elimination"] is True
    assert units["extension"]["eliminationValueCode"] == "PL"
    assert {one["id"] for one in units["extension"]["codelists"]} >= {"agg_powiaty", "vs_gmina"}
    people = told["dimension"]["Wskaznik"]["category"]["unit"]["ludnosc"]
    assert (people["base"], people["decimals"]) == ("os.", 0)


def test_metadata_of_a_code_list_and_of_the_default(client: Client) -> None:
    narrowed = get(client, f"/tables/{TABLE}/metadata?codelist[Jst]=vs_wojewodztwo")
    assert narrowed["size"][1] == 16
    shown = get(client, f"/tables/{TABLE}/metadata?defaultSelection=true")
    default = get(client, f"/tables/{TABLE}/defaultselection")
    chosen_codes = {one["variableCode"]: one["valueCodes"] for one in default["selection"]}
    assert {name: list(one["category"]["index"]) for name, one in shown["dimension"].items()} == (
        chosen_codes
    )
    assert get(client, f"/tables/{TABLE}/data")["size"] == shown["size"]


# --- figures


def api_values(client: Client, indicator: str, units: str, years: str) -> dict[Any, Any]:
    """(unit, year) -> (value, status) as the API of the portal tells them."""
    address = f"/api/v1/data?indicator={indicator}&unit={units}&year={years}"
    rows = json.loads(client.get(address).content)["rows"]
    return {(row["unit"], str(row["year"])): (row["value"], row["status"]) for row in rows}


def px_values(told: dict[str, Any], indicator: str) -> dict[Any, Any]:
    """The same of a dataset [Wskaznik, Jst, Rok]."""
    index = [list(told["dimension"][name]["category"]["index"]) for name in told["id"]]
    gaps = {
        place: reason
        for reason, places in told["extension"]["smup"]["gaps"].items()
        for place in places
    }
    found = {}
    for place, value in enumerate(told["value"]):
        rest, year = divmod(place, len(index[2]))
        item, unit = divmod(rest, len(index[1]))
        if index[0][item] == indicator:
            status = gaps.get(place) or ("zero" if value == 0 else "observed")
            found[index[1][unit], index[2][year]] = value, status
    return found


@pytest.mark.parametrize("indicator", ["ludnosc", "saldo-migracji-na-1000"])
def test_the_figures_are_those_of_the_api(client: Client, indicator: str) -> None:
    units, years = "PL,02,0201,0201G,020101,1465", "2018-2024"
    asked = f"valuecodes[Wskaznik]=*&valuecodes[Jst]={units}&valuecodes[Rok]=RANGE(2018,2024)"
    told = get(client, f"/tables/{TABLE}/data?{asked}")
    assert validate_jsonstat(told)
    assert px_values(told, indicator) == api_values(client, indicator, units, years)


def test_a_gap_is_null_with_a_sign(client: Client, release: Release) -> None:
    asked = "valuecodes[Wskaznik]=ludnosc&valuecodes[Jst]=*&valuecodes[Rok]=*"
    told = get(client, f"/tables/{TABLE}/data?{asked}")
    gaps = {str(place) for place, value in enumerate(told["value"]) if value is None}
    assert gaps == set(told["status"])
    item = release.indicators.item_index["ludnosc"]
    years = [
        release.indicators.year_index[int(y)] for y in told["dimension"]["Rok"]["category"]["index"]
    ]
    expected = release.indicators.status[item][years] >= Status.CONFIDENTIAL
    assert len(gaps) == int(expected.sum())


def test_one_indicator_of_all_units_and_years_is_one_answer(client: Client) -> None:
    told = get(client, f"/tables/{TABLE}/data?{ALL.replace('Wskaznik]=*', 'Wskaznik]=ludnosc')}")
    size = told["size"]
    assert size[1] > 3000
    assert len(told["value"]) == size[0] * size[1] * size[2]


def test_get_and_post_answer_alike(client: Client) -> None:
    asked = "valuecodes[Wskaznik]=ludnosc&valuecodes[Jst]=02*&valuecodes[Rok]=top(2)&heading=Jst"
    body = {
        "selection": [
            {"variableCode": "wskaznik", "valueCodes": ["ludnosc"]},
            {"variableCode": "Jst", "valueCodes": ["02*"]},
            {"variableCode": "Rok", "valueCodes": ["TOP(2)"]},
        ],
        "placement": {"heading": ["Jst"]},
    }
    answered = post(client, f"/tables/{TABLE}/data", body)
    assert answered.status_code == 200
    assert json.loads(answered.content) == get(client, f"/tables/{TABLE}/data?{asked}")
    assert answered.headers["Access-Control-Allow-Origin"] == "*"


def test_units_left_out_show_the_country_alone(client: Client) -> None:
    asked = "valuecodes[Wskaznik]=ludnosc&valuecodes[Rok]=2020,2024"
    told = get(client, f"/tables/{TABLE}/data?{asked}")
    assert told["id"] == ["Wskaznik", "Rok"]
    assert told["label"].endswith(", Polska")
    assert told["value"] == [
        value for value, _ in api_values(client, "ludnosc", "PL", "2020,2024").values()
    ]


def test_a_former_code_of_a_unit_is_understood(client: Client) -> None:
    asked = "valuecodes[Wskaznik]=ludnosc&valuecodes[Jst]=146501&valuecodes[Rok]=top(1)"
    told = get(client, f"/tables/{TABLE}/data?{asked}")
    assert list(told["dimension"]["Jst"]["category"]["index"]) == ["1465"]


# --- code lists


def test_larger_areas_show_what_the_release_says_of_them(client: Client, release: Release) -> None:
    listed = get(client, "/codelists/agg_powiaty")
    assert listed["type"] == "Aggregation"
    members = {one["code"]: one["valueMap"] for one in listed["values"]}
    assert members["1465"] == ["1465"]
    assert members["0201G"] == [
        unit.code
        for unit in release.territory
        if unit.powiat == "0201" and unit.kind is not Kind.GMINY_POWIATU
    ]
    chosen_ones = "codelist[Jst]=agg_powiaty&valuecodes[Jst]=0201G,1465"
    asked = f"valuecodes[Wskaznik]=ludnosc&{chosen_ones}&valuecodes[Rok]=2024"
    told = get(client, f"/tables/{TABLE}/data?{asked}")
    expected = api_values(client, "ludnosc", "0201G,1465", "2024")
    assert px_values(told, "ludnosc") == expected
    own = api_values(client, "ludnosc", ",".join(members["0201G"]), "2024")
    assert expected["0201G", "2024"][0] == sum(v for v, _ in own.values() if v is not None)


def test_a_code_list_alone_means_all_of_it(client: Client) -> None:
    asked = "valuecodes[Wskaznik]=ludnosc&codelist[Jst]=agg_wojewodztwa&valuecodes[Rok]=2024"
    told = get(client, f"/tables/{TABLE}/data?{asked}")
    assert told["size"] == [1, 16, 1]
    assert get(client, "/codelists/agg_wojewodztwa?lang=en")["values"][0]["label"].startswith(
        "voivodeship"
    )


def test_groups_are_parts_of_the_units_and_never_added_up(client: Client, release: Release) -> None:
    group = next(iter(release.catalogue.groups.values()))
    listed = get(client, f"/codelists/vs_grupa-{group.id}")
    assert listed["type"] == "Valueset"
    assert all(one["valueMap"] == [one["code"]] for one in listed["values"])
    assert [one["code"] for one in listed["values"]] == release.frame.membership(
        group.system
    ).members(group.id)


# --- formats


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize("form", ["csv", "px", "xlsx", "html", "parquet"])
def test_every_format_holds_the_same_figure(
    client: Client, release: Release, form: str, lang: str
) -> None:
    asked = f"valuecodes[Wskaznik]=ludnosc&valuecodes[Jst]=1465&valuecodes[Rok]=2024&lang={lang}"
    response = client.get(f"{BASE}/tables/{TABLE}/data?{asked}&outputFormat={form}")
    assert response.status_code == 200
    value = release.indicators.cell("ludnosc", 2024, "1465")[0]
    assert value is not None
    if form == "xlsx":
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        assert book.get_sheet_by_index(0).to_python()[1][-1] == value
    elif form == "parquet":
        import pandas as pd

        assert pd.read_parquet(io.BytesIO(response.content))["value"].tolist() == [value]
    else:
        assert f"{value:.0f}" in response.content.decode()
    if form in ("csv", "px", "xlsx", "parquet"):
        assert f'filename="{TABLE}.{form}"' in response.headers["Content-Disposition"]


def test_parameters_of_a_csv(client: Client) -> None:
    asked = (
        "valuecodes[Wskaznik]=ludnosc&valuecodes[Jst]=1465&valuecodes[Rok]=2024&outputFormat=csv"
    )
    address = f"{BASE}/tables/{TABLE}/data?{asked}&outputFormatParams="
    shaped = client.get(address + "UseCodes,SeparatorSemicolon,IncludeTitle").content.decode()
    assert shaped.splitlines()[1] == "Wskaznik;Jst;2024"
    assert shaped.splitlines()[2].startswith("ludnosc;1465;")
    again = "UseCodes&outputFormatParams=SeparatorSemicolon&outputFormatParams=IncludeTitle"
    assert client.get(address + again).content.decode() == shaped  # as other clients write lists
    both = client.get(address + "UseCodesAndTexts,SeparatorTab").content.decode()
    assert both.splitlines()[1].startswith("ludnosc Ludność, os.\t1465 Warszawa\t")


# --- saved queries


@pytest.fixture
def kept(home: object) -> None:
    """The tables of people, in the database of the portal under test."""
    from smup.web.config.server import migrate

    migrate()


def saving(years: list[str], **more: object) -> dict[str, Any]:
    selection = [
        {"variableCode": "Wskaznik", "valueCodes": ["ludnosc"]},
        {"variableCode": "Jst", "codelist": "agg_wojewodztwa", "valueCodes": ["02", "14"]},
        {"variableCode": "Rok", "valueCodes": years},
    ]
    asked = {"selection": selection, "placement": {"heading": ["Rok"], "stub": ["Jst"]}}
    return {"selection": asked, "language": "en", "tableId": TABLE, **more}


def test_a_saved_query_keeps_its_selection(client: Client, kept: None) -> None:
    body = saving(["2023", "2024"], outputFormat="csv", outputFormatParams=["UseCodes"])
    made = post(client, "/savedqueries", body)
    assert made.status_code == 201
    told = json.loads(made.content)
    key = told["id"]
    assert made.headers["Location"] == f"{BASE}/savedqueries/{key}"
    assert get(client, f"/savedqueries/{key}") == told
    saved = told["savedQuery"]
    assert {name: saved[name] for name in body if name != "selection"} == {
        name: body[name] for name in body if name != "selection"
    }
    assert saved["selection"]["placement"] == body["selection"]["placement"]
    as_dict = {one["variableCode"]: one for one in saved["selection"]["selection"]}
    assert as_dict == {one["variableCode"]: one for one in body["selection"]["selection"]}
    text = client.get(f"{BASE}/savedqueries/{key}/data").content.decode()
    assert text.splitlines()[0] == "Jst,Wskaznik,2023,2024"
    other = get(client, f"/savedqueries/{key}/data?outputFormat=json-stat2&lang=pl")
    assert other["dimension"]["Jst"]["category"]["label"]["14"] == "województwo mazowieckie"
    shown = get(client, f"/tables/{TABLE}/metadata?savedQuery={key}")
    assert list(shown["dimension"]["Rok"]["category"]["index"]) == ["2023", "2024"]


def test_a_period_may_stay_or_move(client: Client, kept: None) -> None:
    stays = json.loads(post(client, "/savedqueries", saving(["2020"])).content)["id"]
    moves = json.loads(post(client, "/savedqueries", saving(["TOP(2)"])).content)["id"]
    years = list(get(client, f"/tables/{TABLE}/metadata")["dimension"]["Rok"]["category"]["index"])

    def shown(key: str) -> list[str]:
        told = get(client, f"/savedqueries/{key}/selection")
        codes: dict[str, list[str]] = {
            one["variableCode"]: one["valueCodes"] for one in told["selection"]
        }
        return codes["Rok"]

    assert shown(stays) == ["2020"]
    assert shown(moves) == years[-2:]
    kept_as = get(client, f"/savedqueries/{moves}")["savedQuery"]["selection"]["selection"]
    assert [one["valueCodes"] for one in kept_as if one["variableCode"] == "Rok"] == [["TOP(2)"]]


def test_what_cannot_be_answered_is_not_saved(client: Client, kept: None) -> None:
    for body in (
        saving(["1066"]),
        saving(["2020"], tableId="U9999"),
        saving(["2020"], outputFormat="doc"),
        saving(["2020"], language="de"),
        saving(["2020"], outputFormat="px", outputFormatParams=["UseCodes"]),
        saving(["2020"], colour="red"),
        {"tableId": TABLE},
        [],
    ):
        answered = post(client, "/savedqueries", body)
        assert answered.status_code in (400, 404), answered.content
        assert answered.headers["Content-Type"] == "application/problem+json"
    problem(client, "/savedqueries/0000000000", 404, "id")
    problem(client, "/savedqueries/zz/data", 404, "id")


# --- refusals


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/zzz", 404, ""),
        ("/tables/U99999", 404, "id"),
        ("/tables/U99999/data", 404, "id"),
        ("/codelists/none", 404, "id"),
        ("/tables?pageNumber=0", 400, "pageNumber"),
        ("/tables?pageSize=x", 400, "pageSize"),
        ("/tables?pastDays=-1", 400, "pastDays"),
        ("/tables?includeDiscontinued=maybe", 400, "includeDiscontinued"),
        ("/tables?lang=de", 400, "lang"),
        ("/tables?size=3", 400, "size"),
        (f"/tables/{TABLE}/data?valuecodes[Nic]=1", 400, "valuecodes[Nic]"),
        (f"/tables/{TABLE}/data?valuecodes[Rok]=2024", 400, "valuecodes[Wskaznik]"),
        (f"/tables/{TABLE}/data?valuecodes[Wskaznik]=*", 400, "valuecodes[Rok]"),
        (f"/tables/{TABLE}/data?valuecodes[Wskaznik]=nie-ma&valuecodes[Rok]=*", 400,
         "valuecodes[Wskaznik]"),
        (f"/tables/{TABLE}/data?valuecodes[Wskaznik]=*&valuecodes[Rok]=TOP(x)", 400,
         "valuecodes[Rok]"),
        (f"/tables/{TABLE}/data?valuecodes[Wskaznik]=*&valuecodes[Rok]=*&codelist[Jst]=x", 400,
         "codelist[Jst]"),
        (f"/tables/{TABLE}/data?valuecodes[Wskaznik]=*&codelist[Rok]=vs_gmina", 400,
         "codelist[Rok]"),
        (f"/tables/{TABLE}/data?outputFormat=doc", 400, "outputFormat"),
        (f"/tables/{TABLE}/data?outputFormatParams=UseCodes", 400, "outputFormatParams"),
        (f"/tables/{TABLE}/data?outputFormat=csv&outputFormatParams=UseCodes,UseTexts", 400,
         "outputFormatParams"),
        (f"/tables/{TABLE}/data?heading=Rok&stub=Rok", 400, "heading"),
        (f"/tables/{TABLE}/data?heading=Nic", 400, "heading"),
        (f"/tables/{TABLE}/data?{ALL}", 403, "selection"),
        (f"/tables/{TABLE}/metadata?valuecodes[Rok]=2024", 400, "codelist[Jst]"),
        (f"/tables/{TABLE}/metadata?codelist[Jst]=x", 400, "codelist[Jst]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(client: Client, path: str, status: int, parameter: str) -> None:
    problem(client, path, status, parameter)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'"x"', b"\xff\xfe", b'{"selection": 1}', b'{"selection": [{}]}',
        b'{"selection": [{"variableCode": "Rok", "valueCodes": [1]}]}',
        b'{"selection": [{"variableCode": "Rok"}, {"variableCode": "rok"}]}',
        b'{"selection": [{"variableCode": "Rok", "codeList": "x"}]}',
        b'{"selection": [], "placement": {"heading": ["Nic"]}}',
        b'{"selection": [{"variableCode": "\\ud800", "valueCodes": []}]}',
    ],
)  # fmt: skip
def test_a_broken_body_is_refused(client: Client, body: bytes) -> None:
    answered = post(client, f"/tables/{TABLE}/data", body)
    assert answered.status_code == 400
    assert answered.headers["Content-Type"] == "application/problem+json"


def test_other_methods_are_refused_and_other_origins_told(client: Client) -> None:
    assert client.delete(f"{BASE}/tables").status_code == 405
    assert client.get(f"{BASE}/savedqueries").status_code == 405
    offered = client.options(f"{BASE}/tables/{TABLE}/data")
    assert offered.status_code == 204
    assert "POST" in offered.headers["Access-Control-Allow-Methods"]


def test_an_xlsx_sheet_is_never_cut(client: Client) -> None:
    asked = (
        "valuecodes[Wskaznik]=ludnosc&valuecodes[Jst]=*&valuecodes[Rok]=*&heading=Wskaznik,Jst,Rok"
    )
    problem(client, f"/tables/{TABLE}/data?{asked}&outputFormat=xlsx", 400, "heading")


_WORDS = st.one_of(
    st.sampled_from(
        ["*", "top(3)", "BOTTOM(1,2)", "from(2020)", "RANGE(2024,2020)", "14??", "1465", "PL",
         "ludnosc", "Rok", "Jst", "px", "csv", "UseCodes", "agg_powiaty", "vs_gmina", "(", ")",
         "[", "TOP(99999)"]
    ),
    st.text(string.printable, max_size=12),
    st.text(max_size=8),
)  # fmt: skip
_NAMES = st.one_of(
    st.sampled_from(
        ["valuecodes[Rok]", "valueCodes[jst]", "valuecodes[Wskaznik]", "codelist[Jst]", "heading",
         "stub", "outputFormat", "outputFormatParams", "lang", "savedQuery", "defaultSelection",
         "pageSize"]
    ),
    st.text(string.printable, max_size=12),
)  # fmt: skip
_PATHS = ("tables", f"tables/{TABLE}", f"tables/{TABLE}/data", f"tables/{TABLE}/metadata", "config")


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(_PATHS),
    st.dictionaries(_NAMES, st.lists(_WORDS, max_size=3).map(",".join), max_size=4),
)
def test_no_address_breaks_the_server(
    client: Client, path: str, parameters: dict[str, str]
) -> None:
    query = "&".join(
        f"{quote(name, errors='replace')}={quote(value, errors='replace')}"
        for name, value in parameters.items()
    )
    response = client.get(f"{BASE}/{path}?{query}")
    assert response.status_code in (200, 400, 403, 404)


# --- selection expressions, against lists written by hand

YEARS = ["2019", "2020", "2021", "2022"]
UNITS = ["PL", "02", "0201", "0201G", "020101", "1465"]


@pytest.mark.parametrize(
    ("expression", "codes", "is_time", "expected"),
    [
        ("*", YEARS, True, YEARS),
        ("TOP(2)", YEARS, True, ["2021", "2022"]),
        ("top(1,1)", YEARS, True, ["2021"]),
        ("Bottom( 2 )", YEARS, True, ["2019", "2020"]),
        ("TOP(2)", UNITS, False, ["PL", "02"]),
        ("TOP(2,1)", UNITS, False, ["02", "0201"]),
        ("BOTTOM(1)", UNITS, False, ["1465"]),
        ("TOP(99)", YEARS, True, YEARS),
        ("FROM(2021)", YEARS, True, ["2021", "2022"]),
        ("to(2020)", YEARS, True, ["2019", "2020"]),
        ("RANGE(2020,2021)", YEARS, True, ["2020", "2021"]),
        ("0201*", UNITS, False, ["0201", "0201G", "020101"]),
        ("*01", UNITS, False, ["0201", "020101"]),
        ("*46*", UNITS, False, ["1465"]),
        ("02??", UNITS, False, ["0201"]),
        ("??", UNITS, False, ["PL", "02"]),
        ("pl", UNITS, False, ["PL"]),
        ("0201g", UNITS, False, ["0201G"]),
    ],
)
def test_an_expression_means_these(
    expression: str, codes: list[str], is_time: bool, expected: list[str]
) -> None:
    assert chosen([expression], codes, is_time=is_time) == expected


@pytest.mark.parametrize(
    "expression",
    ["", "TOP(0)", "TOP()", "TOP(-1)", "TOP(x)", "TOP(1,x)", "TOP(1),2019", "FROM(1900)", "1*2",
     "2?*", "RANGE(2021,2020)", "RANGE(2020)", "nic", "x*", "[2]*"],
)  # fmt: skip
def test_an_expression_that_means_nothing_is_refused(expression: str) -> None:
    with pytest.raises(BadExpression):
        chosen([expression], YEARS, is_time=True)


def test_values_come_in_the_order_of_the_table_each_once() -> None:
    assert chosen(["1465", "PL", "02*", "0201"], UNITS, is_time=False) == [
        "PL", "02", "0201", "0201G", "020101", "1465",
    ]  # fmt: skip
