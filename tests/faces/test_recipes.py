"""The recipes of "Jak podłączyć", taken from the page as readers copy them and run as told."""

import json
import re
import urllib.request
from html import unescape
from io import BytesIO
from pathlib import Path

import duckdb
import pandas as pd
import pyogrio
import pytest

from smup.store.releases import Release
from smup.territory import Level

pytestmark = pytest.mark.xdist_group("faces")


@pytest.fixture(scope="module", params=["", "/en"], ids=["pl", "en"])
def page(address: str, request: pytest.FixtureRequest) -> str:
    return fetch(f"{address}{request.param}/api/jak-podlaczyc").decode()


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        assert answer.status == 200
        return bytes(answer.read())


def recipes(page: str, kind: str) -> list[str]:
    found = re.findall(rf'<code class="{kind}">(.*?)</code></pre>', page, re.DOTALL)
    return [unescape(text) for text in found]


def told(release: Release, frame: pd.DataFrame) -> None:
    """Every row as the release has it."""
    assert len(frame)
    for row in frame.itertuples():
        value, status, _ = release.indicators.cell("ludnosc", row.year, row.unit)
        assert row.status == status.name.lower()
        assert pd.isna(row.value) if value is None else row.value == value


def test_python(page: str, release: Release) -> None:
    client, plain = recipes(page, "python")
    named: dict[str, object] = {}
    exec(client, named)
    frames = {name: it for name, it in named.items() if isinstance(it, pd.DataFrame)}
    assert len(frames) == 4
    assert all(len(frame) for frame in frames.values())
    figures = next(frame for frame in frames.values() if "value" in frame and "year" in frame)
    told(release, figures)
    named = {}
    exec(plain, named)
    (same,) = [it for it in named.values() if isinstance(it, pd.DataFrame)]
    told(release, same)
    assert same["unit"].str.fullmatch("14..").all()
    pd.testing.assert_series_equal(same["value"], figures["value"], check_dtype=False)


def test_duckdb(
    page: str, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (download,), (sql,) = recipes(page, "download"), recipes(page, "sql")
    url = download.split()[-1]
    (tmp_path / url.rsplit("/", 1)[1]).write_bytes(fetch(url))
    monkeypatch.chdir(tmp_path)
    rows = duckdb.sql(sql).fetchall()
    panel = release.indicators
    values = [panel.cell("ludnosc", 2024, unit)[0] for unit in panel.units if len(unit) == 4]
    largest = sorted((v for v in values if v is not None), reverse=True)[:10]
    assert [value for _, _, value in rows] == largest
    assert rows[0][0] == "1465"


def test_gdal(page: str, release: Release) -> None:
    (command,) = recipes(page, "gdal")
    match = re.search(r'"(OAPIF:[^"]+)" (\w+)$', command)
    assert match is not None
    meta, _, _, columns = pyogrio.raw.read(match[1], layer=match[2], read_geometry=False)
    values = dict(zip(meta["fields"], columns, strict=True))
    units = [u.code for u in release.territory.of_level(Level.GMINA) if u.valid_to is None]
    assert list(values["code"]) == units
    for code, value in zip(values["code"], values["ludnosc_2024"], strict=True):
        known = release.indicators.cell("ludnosc", 2024, code)[0]
        assert pd.isna(value) if known is None else value == known


def test_the_interface_of_gus(page: str, release: Release) -> None:
    (url,) = recipes(page, "gus")
    rows = json.loads(fetch(url))["data"]
    country = 1_000_000 + release.territory.numbers["PL"]
    (row,) = [row for row in rows if row["id-teryt"] == country]
    assert row["wartosc"] == release.indicators.cell("ludnosc", 2024, "PL")[0]


def test_every_file_of_excel_power_query_and_r_is_there(page: str, release: Release) -> None:
    """The programs are not on every machine: what they would fetch is read by another."""
    code = unescape(" ".join(re.findall(r"<pre.*?</pre>", page, re.DOTALL)))
    urls = set(re.findall(r"http://127[^\s\"<]*/api/v1/data[^\s\"<]*", code))
    forms = {re.search(r"format=(\w+)", url)[1]: url for url in urls}  # type: ignore[index]
    assert set(forms) == {"csv", "xlsx"}
    for url in urls:
        body = fetch(url)
        if "format=csv" in url:
            told(release, pd.read_csv(BytesIO(body), dtype={"unit": str}).head(300))
        else:
            assert body.startswith(b"PK")


def test_every_link_leads_somewhere(address: str, page: str) -> None:
    article = page[page.index('<article class="text">') : page.index("</article>")]
    links = {unescape(link) for link in re.findall(r'href="(/[^"]*)"', article)}
    assert len(links) > 10
    for link in links:
        fetch(address + link)
    anchors = set(re.findall(r'href="#([^"]+)"', article))
    assert anchors <= set(re.findall(r'id="([^"]+)"', article))
