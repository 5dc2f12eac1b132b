"""Values in every format, cell by cell against the release; choices, changes, large answers."""

import csv
import gzip
import io
import json
from itertools import product

import brotli
import pyarrow.parquet as pq
import pytest
import zstandard
from django.test.client import Client
from jsonstat_validator import validate_jsonstat
from pyjstat import pyjstat
from python_calamine import CalamineWorkbook

from smup.formats.signs import SIGNS
from smup.panel import flag_names
from smup.store.releases import Release

pytestmark = pytest.mark.xdist_group("site")
ASKED = "indicator=ludnosc,urodzenia,saldo-migracji-na-1000&unit=1465,020101,120713&year=2019-2024"
ITEMS = ("ludnosc", "urodzenia", "saldo-migracji-na-1000")
UNITS, YEARS = ("1465", "020101", "120713"), range(2019, 2025)
Cell = tuple[float | None, str, list[str]]


def expected(release: Release) -> dict[tuple[str, str, int], Cell]:
    """The cells asked for, one by one."""
    found = {}
    for item, unit, year in product(ITEMS, UNITS, YEARS):
        if year not in release.indicators.years:
            continue
        value, status, flags = release.indicators.cell(item, year, unit)
        found[item, unit, year] = value, status.name.lower(), flag_names(flags)
    return found


def test_json_objects(client: Client, release: Release) -> None:
    answer = client.get(f"/api/v1/data?{ASKED}").json()
    rows = {
        (r["indicator"], r["unit"], r["year"]): (r["value"], r["status"], r["flags"])
        for r in answer["rows"]
    }
    assert rows == expected(release)
    assert len(answer["rows"]) == len(rows)
    assert answer["complete"] is True
    assert list(answer)[-1] == "complete"  # written when all else is there


def test_json_arrays(client: Client, release: Release) -> None:
    answer = client.get(f"/api/v1/data?{ASKED}&format=rows").json()
    assert answer["columns"] == ["indicator", "unit", "year", "value", "status", "flags"]
    assert {tuple(r[:3]): tuple(r[3:]) for r in answer["rows"]} == expected(release)


def test_one_object_a_line(client: Client, release: Release) -> None:
    response = client.get(f"/api/v1/data?{ASKED}&format=ndjson&fields=unit,year,indicator,value")
    rows = [json.loads(line) for line in response.content.splitlines()]
    assert {(r["indicator"], r["unit"], r["year"]): r["value"] for r in rows} == {
        key: cell[0] for key, cell in expected(release).items()
    }
    assert list(rows[0]) == ["unit", "year", "indicator", "value"]
    assert response["SMUP-Release"] == release.id
    assert response["SMUP-Complete"] == "true"


def test_csv_for_programs(client: Client, release: Release) -> None:
    text = client.get(f"/api/v1/data?{ASKED}&format=csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    found = {(r["indicator"], r["unit"], int(r["year"])): r for r in rows}
    assert found.keys() == expected(release).keys()
    for key, (value, status, flags) in expected(release).items():
        assert (float(found[key]["value"]) if found[key]["value"] else None) == value
        assert found[key]["status"] == status
        assert found[key]["flags"].split() == flags
    assert found["ludnosc", "1465", 2024]["unit_name"] == "Warszawa"


def test_csv_for_polish_excel(client: Client, release: Release) -> None:
    """Semicolon, decimal comma, mark, CRLF; the published number of decimals."""
    body = client.get(f"/api/v1/data?{ASKED}&format=csv&dialect=pl").content
    assert body.startswith(b"\xef\xbb\xbfIdentyfikator wska\xc5\xbanika;")
    assert body.count(b"\r\n") == body.count(b"\n") == len(expected(release)) + 1
    year = max(set(release.years_of("saldo-migracji-na-1000")) & set(YEARS))
    value = release.indicators.cell("saldo-migracji-na-1000", year, "1465")[0]
    places = release.catalogue.indicators["saldo-migracji-na-1000"].decimals
    assert value is not None
    assert f";{value:.{places}f};".replace(".", ",").encode() in body


def test_gaps_as_signs(client: Client, release: Release) -> None:
    text = client.get(f"/api/v1/data?{ASKED}&format=csv&missing=codes").content.decode()
    statuses = {status.name.lower(): status for status in SIGNS}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        cell = expected(release)[row["indicator"], row["unit"], int(row["year"])]
        if cell[0] is None:
            assert row["value"] == SIGNS[statuses[cell[1]]].sign != ""


def test_workbook(client: Client, release: Release) -> None:
    body = client.get(f"/api/v1/data?{ASKED}&format=xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    assert len(book.sheet_names) == 2
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head[5] == "Wartość"
    assert len(rows) == len(expected(release))
    for row in rows:
        value = expected(release)[row[0], row[2], int(row[4])][0]
        assert row[5] == ("" if value is None else value)
    notes = book.get_sheet_by_index(1).to_python()
    assert ["Wydanie", release.id] in notes


def test_parquet(client: Client, release: Release) -> None:
    table = pq.read_table(io.BytesIO(client.get(f"/api/v1/data?{ASKED}&format=parquet").content))
    rows = {
        (r["indicator"], r["unit"], r["year"]): (r["value"], r["status"], r["flags"].split())
        for r in table.to_pylist()
    }
    assert rows == expected(release)
    assert table.schema.metadata[b"release"] == release.id.encode()


@pytest.mark.filterwarnings("ignore:Shouldn't use this function:DeprecationWarning")
def test_json_stat_as_others_read_it(client: Client, release: Release) -> None:
    text = client.get(f"/api/v1/data?{ASKED}&format=json-stat").content.decode()
    assert validate_jsonstat(json.loads(text))
    frame = pyjstat.Dataset.read(text).write("dataframe", naming="id")
    axes = json.loads(text)["id"]
    found = {
        (row[axes[0]], row[axes[1]], int(row[axes[2]])): row["value"]
        for row in frame.to_dict("records")
    }
    for key, (value, _, _) in expected(release).items():
        assert found[key] == value or (value is None and found[key] != found[key])


def test_names_of_sets(client: Client, release: Release) -> None:
    def units(text: str) -> list[str]:
        return client.get(f"/api/v1/data?indicator=ludnosc&year=2024&unit={text}").json()["units"]

    assert units("children:14")[0] == "1401"
    assert set(units("children:14")) == {
        u.code for u in release.territory if u.wojewodztwo == "14" and len(u.code) == 4
    }
    assert set(units("children:1408")) == {u.code for u in release.territory if u.powiat == "1408"}
    assert units("members:1465") == ["1465"]
    assert len(units("kind:wojewodztwo")) == len(units("children:PL")) == 16
    assert units("peers:1465") == [p.unit for p in release.peers("1465").peers]
    assert units("1465,children:PL,146501") == ["1465", *units("children:PL")]
    service = client.get("/api/v1/data?indicator=service:biblioteki&unit=PL").json()["indicators"]
    assert service == [i.id for i in release.catalogue.shown if i.service == "biblioteki"]


def test_latest_years(client: Client, release: Release) -> None:
    answer = client.get("/api/v1/data?indicator=ludnosc,urodzenia&unit=PL&year=last-2").json()
    found = {(r["indicator"], r["year"]) for r in answer["rows"]}
    assert found == {
        (item, year) for item in ("ludnosc", "urodzenia") for year in release.years_of(item)[-2:]
    }


def test_everything_of_one_unit_is_one_answer(client: Client, release: Release) -> None:
    answer = client.get("/api/v1/data?unit=1465").json()
    shown = [one.id for one in release.catalogue.shown]
    assert answer["indicators"] == shown
    assert len(answer["rows"]) == sum(len(release.years_of(one)) for one in shown)


def test_what_waits_for_data_is_an_empty_list(client: Client, release: Release) -> None:
    waiting = next(i.id for i in release.catalogue.shown if not release.years_of(i.id))
    answer = client.get(f"/api/v1/data?indicator={waiting}&unit=1465").json()
    assert answer["rows"] == []
    assert answer["complete"] is True


def test_a_large_answer_is_sent_while_it_is_made(client: Client, release: Release) -> None:
    """The whole release, unpacked from three compressions, is the same."""
    address = "/api/v1/data?indicator=*&unit=*&year=last-9&format=ndjson"
    plain = client.get(address)
    assert plain.streaming
    body = plain.getvalue()
    spans = [release.years_of(one.id)[-9:] for one in release.catalogue.shown]
    assert body.count(b"\n") == sum(map(len, spans)) * len(release.indicators.units) > 200_000
    unpack = {
        "br": brotli.decompress,
        "zstd": lambda packed: zstandard.ZstdDecompressor().decompressobj().decompress(packed),
        "gzip": gzip.decompress,
    }
    for coding, read in unpack.items():
        response = client.get(address, headers={"accept-encoding": coding})
        assert response["Content-Encoding"] == coding
        assert read(response.getvalue()) == body


def test_small_answers_are_packed_as_the_client_likes(client: Client) -> None:
    address = f"/api/v1/data?{ASKED}"
    plain = client.get(address).content
    read = zstandard.ZstdDecompressor().decompressobj().decompress
    assert (
        gzip.decompress(client.get(address, headers={"accept-encoding": "gzip"}).content) == plain
    )
    assert read(client.get(address, headers={"accept-encoding": "zstd"}).content) == plain
    refused = client.get(address, headers={"accept-encoding": "br;q=0, gzip"})
    assert refused["Content-Encoding"] == "gzip"
    workbook = client.get(f"{address}&format=xlsx", headers={"accept-encoding": "br"})
    assert "Content-Encoding" not in workbook


def test_a_release_named_is_kept_for_ever(client: Client, release: Release) -> None:
    named = client.get(f"/api/v1/data?{ASKED}&asOf={release.id}")
    assert "immutable" in named["Cache-Control"]
    assert "immutable" not in client.get(f"/api/v1/data?{ASKED}")["Cache-Control"]
    assert "immutable" in client.get(f"/api/v1/units/1465?asOf={release.id}")["Cache-Control"]
    again = client.get(
        f"/api/v1/data?{ASKED}&asOf={release.id}", headers={"if-none-match": named["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("data?unit=children:020101", 400, "unit"),
        ("data?unit=sasiedzi:1465", 400, "unit"),
        ("data?unit=group:nie-ma", 404, "unit"),
        ("data?unit=kind:planeta", 400, "unit"),
        ("data?indicator=area:nie-ma", 400, "indicator"),
        ("data?indicator=ludnosc&year=last-0", 400, "year"),
        ("data?indicator=ludnosc&year=,", 400, "year"),
        ("data?indicator=ludnosc&format=pdf", 400, "format"),
        ("data?indicator=ludnosc&dialect=pl", 400, "dialect"),
        ("data?indicator=ludnosc&format=csv&dialect=de", 400, "dialect"),
        ("data?indicator=ludnosc&fields=wartosc", 400, "fields"),
        ("data?indicator=ludnosc&fields=,", 400, "fields"),
        ("data?indicator=ludnosc&missing=nie", 400, "missing"),
        ("data?indicator=ludnosc&asOf=2026-13-01", 400, "asOf"),
        ("data?indicator=ludnosc&asOf=1999-01-01", 404, "asOf"),
        ("data?indicator=ludnosc&asOf=../../etc", 404, "asOf"),
        ("data?indicator=ludnosc&changedSince=2026-01-01-00000000", 404, "changedSince"),
        ("data?indicator=*&format=xlsx", 413, "format"),
        ("data?indicator=ludnosc&lang=de", 400, "lang"),
        ("data?indicator=%00&unit=%ff", 404, "indicator"),
    ],
)
def test_refusals_name_the_parameter(
    client: Client, address: str, status: int, parameter: str
) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status
    problem = response.json()
    assert problem["parameter"] == parameter
    assert problem["type"].startswith("/api#")
    assert response["Content-Type"] == "application/problem+json"


def test_other_methods_are_refused_and_other_origins_told(client: Client) -> None:
    assert client.post("/api/v1/data").status_code == 405
    offered = client.options("/api/v1/data")
    assert offered.status_code == 204
    assert offered["Access-Control-Allow-Origin"] == "*"


def test_an_earlier_release_and_what_changed_since(store: tuple[str, str], home: object) -> None:
    """The later release corrects a figure and adds a year (tests/helpers/two_releases.py)."""
    earlier, later = store
    client = Client(SERVER_NAME="localhost")
    asked = "/api/v1/data?indicator=*&unit=020101,020102"
    now, then = client.get(asked).json(), client.get(f"{asked}&asOf={earlier}").json()
    assert (now["release"], then["release"]) == (later, earlier)

    def cells(answer: dict) -> dict:
        return {
            (r["indicator"], r["unit"], r["year"]): (r["value"], r["status"], r["flags"])
            for r in answer["rows"]
        }

    old, new = cells(then), cells(now)
    changed = client.get(f"{asked}&changedSince={earlier}").json()
    assert changed["changedSince"] == earlier
    found = cells(changed)
    gap = (None, "not_collected", [])
    assert found == {
        key: cell for key, cell in new.items() if cell != old.get(key, gap) and key in found
    }
    differ = {key for key, cell in new.items() if key in old and cell != old[key]}
    assert differ <= found.keys()
    assert found["ludnosc", "020101", 2022][0] == 112.0
    kinds = {r["change"] for r in changed["rows"]}
    assert "revised" in kinds
    assert "appeared" in kinds
    none = client.get(f"{asked}&asOf={earlier}&changedSince={earlier}").json()
    assert none["rows"] == []
    back = client.get(f"/api/v1/data?indicator=*&asOf={earlier}&changedSince={later}").json()
    gone = {
        (r["indicator"], r["unit"], r["year"]) for r in back["rows"] if r["change"] == "deleted"
    }
    assert ("ludnosc", "020101", 2023) in gone
    assert all(r["value"] is None for r in back["rows"] if r["change"] == "deleted")
