"""Files to take home: the numbers of the API in every format, whole or from the middle on."""

import hashlib
import itertools
import sqlite3
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from django.test.client import Client
from python_calamine import CalamineWorkbook

from smup.formats.bulk.listing import areas
from smup.formats.bulk.make import derived, make_all
from smup.store.bulk import BulkFolder
from smup.store.release import Release
from smup.web.config.paths import paths

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # their own dependencies warn while they are imported
    import frictionless
    from csvw import CSVW

pytestmark = pytest.mark.xdist_group("site")

Rows = dict[tuple[str, int], tuple[float | None, str, str]]
INDICATOR = "egzamin-osmoklasisty-matematyka"  # has a suppressed value and many gaps
# Reasons that hold for whole kinds of units: bulk files leave such rows out.
LEFT_OUT = {"not_collected", "not_applicable", "not_existing"}
SIGNS = {
    "confidential": "#",
    "suppressed_small": "#",
    "not_applicable": "X",
    "no_denominator": "X",
    "not_existing": "X",
    "not_yet": ":",
}


def quiet(*_: object) -> None:
    """The progress of work nobody watches."""


@pytest.fixture(scope="session")
def bulk(release: Release) -> Path:
    """The folder of derived files of the site's release, those of one area and the whole ones."""
    home, area = paths().home, release.catalogue.indicators[INDICATOR].area
    for name in ("smup.sqlite", "smup-csv.zip"):
        make_all(release, home, quiet, name)
    for name in (f"csv/{area}.csv", f"parquet/area={area}/values.parquet", f"xlsx/{area}.xlsx"):
        make_all(release, home, quiet, name)
    return BulkFolder(home, release.id).folder


@pytest.fixture
def told(client: Client, release: Release) -> Rows:
    """What the API says of one indicator: every unit, every year."""
    years = f"{release.indicators.years[0]}-{release.indicators.years[-1]}"
    answer = client.get(f"/api/v1/data?indicator={INDICATOR}&year={years}")
    rows = _json(answer)["rows"]
    found = {
        (one["unit"], one["year"]): (one["value"], one["status"], " ".join(one["flags"]))
        for one in rows
    }
    assert len(found) > 30_000
    return found


def _json(answer: Any) -> Any:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return orjson.loads(body)


def rows_of(table: Any) -> Rows:
    """unit, year, value, status, flags of any library's rows as Python values."""
    return {
        (unit, int(year)): (None if value is None or value != value else value, status, flags or "")
        for unit, year, value, status, flags in table
    }


def same(found: Rows, told: Rows) -> None:
    assert {key: told[key] for key in found} == found
    assert {told[key][1] for key in told.keys() - found.keys()} <= LEFT_OUT
    assert any(value is None for value, _, _ in found.values())


COLUMNS = ["unit", "year", "value", "status", "flags"]


def test_pandas_reads_what_the_api_says(release: Release, bulk: Path, told: Rows) -> None:
    area = release.catalogue.indicators[INDICATOR].area
    for path in (release.folder / "public/values.parquet", bulk / f"parquet/area={area}"):
        table = pd.read_parquet(path, partitioning=None)
        one = table[table["indicator"] == INDICATOR][COLUMNS].astype(object)
        same(rows_of(one.where(one.notna(), None).itertuples(index=False)), told)


def test_duckdb_reads_what_the_api_says(release: Release, bulk: Path, told: Rows) -> None:
    whole = duckdb.sql(
        f"SELECT {', '.join(COLUMNS)} FROM '{release.folder}/public/values.parquet' "
        f"WHERE indicator = '{INDICATOR}'"
    )
    same(rows_of(whole.fetchall()), told)
    by_area = duckdb.sql(
        f"SELECT DISTINCT area FROM read_parquet('{bulk}/parquet/*/*.parquet', "
        f"hive_partitioning = true) WHERE indicator = '{INDICATOR}'"
    )
    assert by_area.fetchall() == [(release.catalogue.indicators[INDICATOR].area,)]


def test_polars_reads_what_the_api_says(release: Release, bulk: Path, told: Rows) -> None:
    area = release.catalogue.indicators[INDICATOR].area
    words = {"unit": pl.String, "flags": pl.String, "value": pl.Float64}
    for table in (
        pl.read_parquet(release.folder / "public/values.parquet"),
        pl.read_csv(bulk / f"csv/{area}.csv", schema_overrides=words),
    ):
        one = table.filter(pl.col("indicator") == INDICATOR).select(COLUMNS)
        same(rows_of(one.iter_rows()), told)


def test_the_database_says_what_the_api_says(bulk: Path, told: Rows) -> None:
    base = sqlite3.connect(bulk / "smup.sqlite")
    asked = f"SELECT {', '.join(COLUMNS)} FROM indicator_values WHERE indicator = ?"
    same(rows_of(base.execute(asked, [INDICATOR])), told)
    base.close()


def test_the_database_is_whole(release: Release, bulk: Path) -> None:
    base = sqlite3.connect(bulk / "smup.sqlite")
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("SELECT value FROM about WHERE key = 'release'").fetchone() == (release.id,)
    for view, name in (("indicator_values", "values"), ("variable_values", "variable_values")):
        rows = pq.read_metadata(release.folder / f"public/{name}.parquet").num_rows
        assert base.execute(f"SELECT count(*) FROM {view}").fetchone() == (rows,)
    plan = base.execute("EXPLAIN QUERY PLAN SELECT * FROM values_cells WHERE unit = 1").fetchall()
    assert "values_by_unit" in plan[0][3]
    base.close()


def test_the_areas_together_are_the_whole(release: Release) -> None:
    from smup.formats.bulk.tables import cut

    public = release.folder / "public"
    parts = {area: cut(public, items) for area, items in areas(release).items()}
    whole = pq.read_metadata(public / "values.parquet").num_rows
    assert sum(len(part) for part in parts.values()) == whole
    for area, items in areas(release).items():
        assert set(parts[area]["indicator"].unique().to_pylist()) <= set(items)


def test_the_workbook_says_what_the_api_says(release: Release, bulk: Path, told: Rows) -> None:
    area = release.catalogue.indicators[INDICATOR].area
    book = CalamineWorkbook.from_path(str(bulk / f"xlsx/{area}.xlsx"))
    assert book.sheet_names[:2] == ["Spis", "Objaśnienia"]
    contents = [row[4] for row in book.get_sheet_by_name("Spis").to_python()[1:]]
    name = book.sheet_names[2 + contents.index(INDICATOR)]
    head, *rows = book.get_sheet_by_name(name).to_python()
    years = [int(str(year)) for year in head[4:]]
    assert years == release.years_of(INDICATOR)
    gaps = 0
    for row in rows:
        for year, cell in zip(years, row[4:], strict=True):
            value, status, _ = told[str(row[0]), year]
            if value is None:
                assert cell == SIGNS.get(status, "."), (row[0], year, status)
                gaps += 1
            else:
                assert cell == value, (row[0], year)
    assert gaps > 0
    notes = {str(row[0]): row[1] for row in book.get_sheet_by_name("Objaśnienia").to_python()}
    assert notes["Wydanie"] == release.id
    assert {"Znak .", "Znak X", "Znak #", "Znak :"} <= set(notes)


def test_json_stat_of_an_indicator_is_the_extract(client: Client, told: Rows) -> None:
    response = client.get(f"/files/latest/json-stat/{INDICATOR}.json")
    document = _json(response)
    axes = [document["dimension"][one]["category"]["index"] for one in document["id"]]
    named = [list(axis) if isinstance(axis, list) else sorted(axis, key=axis.get) for axis in axes]
    year = document["id"].index(document["role"]["time"][0])
    unit = document["id"].index(document["role"]["geo"][0])
    assert len(document["value"]) == len(named[0]) * len(named[1]) * len(named[2])
    for at, labels in enumerate(itertools.product(*named)):
        value, _, _ = told[labels[unit], int(labels[year])]
        assert document["value"][at] == value
        assert (str(at) in document["status"]) >= (value is None)


@pytest.fixture
def small(store: tuple[str, str]) -> Release:
    from smup.web.config.current import releases

    return releases().current()


@pytest.fixture
def asking(store: tuple[str, str]) -> Client:
    return Client(SERVER_NAME="localhost")


def test_a_confidential_value_is_in_no_file(small: Release) -> None:
    """020102 in 2022 is secret: its cell is empty, and says so, wherever it stands."""
    make_all(small, paths().home, quiet)
    folder = BulkFolder(paths().home, small.id).folder
    base = sqlite3.connect(folder / "smup.sqlite")
    found = base.execute(
        "SELECT value, status FROM indicator_values WHERE unit = '020102' AND year = 2022 "
        "AND indicator = 'ludnosc'"
    ).fetchall()
    base.close()
    assert found == [(None, "confidential")]
    book = CalamineWorkbook.from_path(str(folder / "xlsx/kontekst.xlsx"))
    name = next(one for one in book.sheet_names if one.endswith(" ludnosc"))
    head, *rows = book.get_sheet_by_name(name).to_python()
    at = [str(one) for one in head].index("2022")
    assert {row[0]: row[at] for row in rows}["020102"] == "#"
    lines = (folder / "csv/kontekst.csv").read_text("utf-8").splitlines()
    assert '"ludnosc","020102",2022,,"confidential",""' in lines


def test_two_stores_make_the_same_bytes(small: Release, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "releases").symlink_to(small.folder.parent)
        made.append(make_all(small, tmp_path / name, quiet))
    assert made[0] == made[1]
    assert len(made[0]) > 10


def test_a_file_that_is_there_is_never_made_again(small: Release) -> None:
    home = paths().home
    before = make_all(small, home, quiet, "csv/kontekst.csv")
    path = BulkFolder(home, small.id).path("csv/kontekst.csv")
    stood = path.stat().st_mtime_ns
    assert make_all(small, home, quiet, "csv/kontekst.csv") == before
    assert path.stat().st_mtime_ns == stood
    with pytest.raises(ValueError, match="nie daje pliku"):
        make_all(small, home, quiet, "csv/nie-ma.csv")


def test_the_archive_is_valid_by_both_descriptions(small: Release, tmp_path: Path) -> None:
    make_all(small, paths().home, quiet, "smup-csv.zip")
    archive = BulkFolder(paths().home, small.id).path("smup-csv.zip")
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # third-party code: what it warns of is not ours to mend
        report = frictionless.validate(str(tmp_path / "datapackage.json"))
        assert report.valid, report.to_summary()
        found = CSVW(str(tmp_path / "csv-metadata.json"), validate=True)
        assert found.is_valid
        text = (tmp_path / "values.csv").read_text("utf-8")
        (tmp_path / "values.csv").write_text(text.replace(",2022,", ",dwa,", 1), "utf-8")
        spoilt = CSVW(str(tmp_path / "csv-metadata.json"), validate=True)
        with pytest.raises(ValueError, match="year: invalid lexical value"):
            _ = spoilt.is_valid


@pytest.mark.parametrize("name", ["values.csv", "units.csv", "findings.csv", "csv/kontekst.csv"])
def test_every_csv_has_its_description_beside_it(
    asking: Client, small: Release, tmp_path: Path, name: str
) -> None:
    if "/" in name:
        make_all(small, paths().home, quiet, name)
    plain = name.rsplit("/", 1)[-1]
    for end in ("", "-metadata.json"):
        response = asking.get(f"/files/latest/{name}{end}")
        assert response.status_code == 200
        (tmp_path / f"{plain}{end}").write_bytes(b"".join(response.streaming_content))
    assert response["Content-Type"] == "application/csvm+json"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        described = CSVW(str(tmp_path / f"{plain}-metadata.json"), validate=True)
        assert described.is_valid
    assert [str(one.url) for one in described.tables] == [plain]


def test_checksums_are_true(asking: Client, small: Release) -> None:
    make_all(small, paths().home, quiet)
    lines = asking.get("/files/latest/SHA256SUMS").content.decode().splitlines()
    named = dict(reversed(line.split("  ")) for line in lines)
    expected = {one.path for one in derived(small, paths().home)} | {"values.csv", "units.csv"}
    assert expected <= set(named)
    for name, digest in named.items():
        body = b"".join(asking.get(f"/files/{small.id}/{name}").streaming_content)
        assert hashlib.sha256(body).hexdigest() == digest, name


@pytest.fixture
def whole(asking: Client) -> bytes:
    return b"".join(asking.get("/files/latest/values.csv").streaming_content)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=5-99", 5, 100),
        ("bytes=100-", 100, None),
        ("bytes=-7", -7, None),
    ],
)
def test_a_part_is_sent(
    asking: Client, whole: bytes, asked: str, start: int, end: int | None
) -> None:
    response = asking.get("/files/latest/values.csv", headers={"range": asked})
    assert response.status_code == 206
    body = b"".join(response.streaming_content)
    assert body == whole[start:end]
    first = start % len(whole)
    assert response["Content-Range"] == f"bytes {first}-{first + len(body) - 1}/{len(whole)}"
    assert response["Content-Length"] == str(len(body))
    assert response["Accept-Ranges"] == "bytes"


def test_a_broken_download_is_finished_only_with_the_same_bytes(
    asking: Client, whole: bytes
) -> None:
    address = "/files/latest/values.csv"
    first = asking.get(address)
    first.close()
    asked = {"range": "bytes=40-", "if-range": first["ETag"]}
    rest = asking.get(address, headers=asked)
    assert rest.status_code == 206
    assert whole[:40] + b"".join(rest.streaming_content) == whole
    for stale in ('"another"', "Sat, 22 Nov 2025 12:00:00 GMT"):
        again = asking.get(address, headers=asked | {"if-range": stale})
        assert again.status_code == 200
        assert b"".join(again.streaming_content) == whole


def test_a_part_behind_the_end_is_refused(asking: Client, whole: bytes) -> None:
    for asked in (f"bytes={len(whole)}-", "bytes=99999999999999-", "bytes=-0"):
        response = asking.get("/files/latest/values.csv", headers={"range": asked})
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{len(whole)}"


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=0-1,5-9", "lines=1-2", "bytes=a-b", "bytes=-", "x", "bytes=٣-"]
)
def test_what_is_no_single_range_is_left_unheeded(asking: Client, whole: bytes, asked: str) -> None:
    response = asking.get("/files/latest/values.csv", HTTP_RANGE=asked)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == whole


def test_head_knows_no_parts(asking: Client, whole: bytes) -> None:
    response = asking.head("/files/latest/values.csv", headers={"range": "bytes=0-9"})
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(whole))


@pytest.fixture
def unmade(small: Release, tmp_path: Path) -> Iterator[Client]:
    """The store of two releases without any derived file."""
    from smup.web.config import current

    (tmp_path / "releases").symlink_to(small.folder.parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_HOME", str(tmp_path))
        paths.cache_clear()
        current.releases.cache_clear()
        yield Client(SERVER_NAME="localhost")
    paths.cache_clear()
    current.releases.cache_clear()


def test_a_large_file_is_made_while_the_reader_waits(
    unmade: Client, small: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody makes files in this store: nothing is started, and the answer says when to ask."""
    address = "/files/latest/smup.sqlite"
    with BulkFolder(paths().home, small.id).alone(wait=True):
        later = unmade.get(address)
        page = unmade.get(address, headers={"accept": "text/html,*/*"})
    assert later.status_code == 503
    assert "503" not in capsys.readouterr().err  # given on purpose, no fault for the log
    assert later["Retry-After"] == "10"
    assert later["Content-Type"] == "application/problem+json"
    assert later["Cache-Control"] == "no-store"
    assert page.status_code == 202
    assert "Plik właśnie powstaje" in page.content.decode()
    assert not BulkFolder(paths().home, small.id).path("smup.sqlite").exists()


def test_a_process_of_its_own_makes_it(unmade: Client, small: Release) -> None:
    from smup.web.config.workshop import Workshop

    watch = Workshop().begin(small, "smup.sqlite")
    assert watch is not None
    watch.join(60)
    response = unmade.get("/files/latest/smup.sqlite")
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"SQLite format 3\0")


def test_a_second_process_is_not_started(unmade: Client, small: Release) -> None:
    """A crowd that asks for everything at once has one process at work, not one a file."""
    from smup.web.config.workshop import Workshop

    shop = Workshop()
    watch = shop.begin(small, "smup.sqlite")
    assert watch is not None
    assert shop.begin(small, "smup-csv.zip") is None
    assert shop.begin(small, "csv/kontekst.csv") is None
    watch.join(60)
    assert set(BulkFolder(paths().home, small.id).all_made()) == {"smup.sqlite"}


def test_what_failed_is_not_tried_at_every_request(unmade: Client, small: Release) -> None:
    from smup.web.config.workshop import Workshop

    shop = Workshop()
    watch = shop.begin(small, "nie/ma.csv")
    assert watch is not None
    watch.join(60)
    assert shop.begin(small, "nie/ma.csv") is None


@pytest.mark.parametrize(
    "name",
    [
        "../manifest.json",
        "%2e%2e/manifest.json",
        "slices/../../manifest.json",
        "datapackage.json.br",
        ".sums/smup.sqlite",
        "csv/.kontekst.csv.1",
        "xlsx/nie-ma.xlsx",
        "json-stat/../../x.json",
        "%00",
        "a" * 5000,
        "csv",
        "topojson/kraj.topojson",
    ],
)
def test_nothing_else_is_served(asking: Client, name: str) -> None:
    assert asking.get(f"/files/latest/{name}").status_code == 404


@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_page_leads_to_every_kind_of_file(asking: Client, small: Release, lang: str) -> None:
    html = asking.get(f"{lang}/pliki").content.decode()
    for name in (
        "smup.sqlite",
        "smup-csv.zip",
        "values.csv",
        "values.parquet",
        "xlsx/kontekst.xlsx",
        "csv/kontekst.csv",
        "parquet/area=kontekst/values.parquet",
        "json-stat/ludnosc.json",
        "values.csv-metadata.json",
        "datapackage.json",
        "SHA256SUMS",
    ):
        assert f'href="/files/latest/{name}"' in html
    pinned = asking.get(f"{lang}/pliki/{small.id}").content.decode()
    assert f'href="/files/{small.id}/smup.sqlite"' in pinned
    assert asking.get(f"{lang}/pliki/2020-01-01-00000000").status_code == 404


def test_a_folder_of_files_leads_to_its_page(asking: Client, small: Release) -> None:
    assert asking.get("/files/latest/")["Location"] == "/pliki"
    assert asking.get(f"/files/{small.id}/")["Location"] == f"/pliki/{small.id}"


def test_search_engines_find_the_data_set(asking: Client, small: Release) -> None:
    html = asking.get("/pliki").content.decode()
    told = orjson.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert told["@type"] == "Dataset"
    assert told["version"] == small.id
    assert 50 <= len(told["description"]) <= 5000  # what Google's guide asks for
    assert [part["@id"].split("#")[1] for part in told["hasPart"]] == ["smup-kontekst"]
    assert all(one["contentUrl"].startswith("http://localhost/") for one in told["distribution"])
