"""A portal of invented figures says so on every page, in every answer and in every file."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test.client import Client

from smup.store.releases import Release
from tests.helpers.invented_site import PAGES, invented_site

pytestmark = pytest.mark.xdist_group("site")

WORDS = {"pl": "Dane zmyślone", "en": "Invented data"}


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented_site(tmp_path_factory.mktemp("demo"))[1]


@pytest.fixture
def invented(home: Path, demo_home: Path) -> Iterator[Release]:
    """The store of invented figures in the place of the site's."""
    from smup.web.config import current, paths

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_HOME", str(demo_home))
        paths.paths.cache_clear()
        current.releases.cache_clear()
        yield current.releases().current()
    paths.paths.cache_clear()
    current.releases.cache_clear()


@pytest.fixture
def demo(invented: Release) -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_the_banner_is_on_every_page(demo: Client, address: str, lang: str) -> None:
    prefix = "/en" if lang == "en" else ""
    response = demo.get(prefix + address)
    assert response.status_code in (200, 404)
    html = response.content.decode()
    banner = html.split('<aside class="synthetic"')[1].split("</aside>")[0]
    assert WORDS[lang] in banner
    assert "<button" not in banner
    assert html.index('<aside class="synthetic"') < html.index("<header")
    assert f"<title>[{WORDS[lang]}]" in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("address", ["/", "/jst/1465", "/wskaznik/ludnosc", "/nie-ma"])
def test_official_figures_have_no_banner(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert "synthetic" not in html
    assert WORDS["pl"] not in html


def test_no_publisher_is_named_for_an_invented_figure(demo: Client) -> None:
    html = demo.get("/jst/020101/wskaznik/ludnosc").content.decode()
    assert "dane zmyślone" in html
    assert "Urząd Zmyślony" not in html  # the publisher that the definition names


def test_a_map_taken_out_of_the_page_says_it(demo: Client) -> None:
    answer = demo.get("/wskaznik/ludnosc/mapa.svg?poziom=gmina")
    svg = ET.fromstring(answer.content)
    assert WORDS["pl"] in svg.attrib["aria-label"]
    assert any(WORDS["pl"] in (e.text or "") for e in svg.iter() if e.tag.endswith("text"))


@pytest.mark.parametrize(
    "address",
    [
        "units",
        "units/020101",
        "indicators",
        "indicators/ludnosc",
        "areas",
        "services",
        "data?indicator=ludnosc",
        "compare?unit=020101&indicator=ludnosc",
    ],
)
def test_every_answer_of_the_api_says_it(demo: Client, address: str) -> None:
    answer = demo.get(f"/api/v1/{address}").json()
    assert answer["synthetic"] is True


def test_the_list_of_releases_says_it(demo: Client, invented: Release) -> None:
    (row,) = demo.get("/api/v1/releases").json()["releases"]
    assert (row["id"], row["synthetic"]) == (invented.id, True)


def test_a_file_is_saved_under_a_name_that_says_it(demo: Client) -> None:
    for name in ("values.csv", "values.parquet", "units/020101.json"):
        answer = demo.get(f"/files/latest/{name}")
        saved = answer["Content-Disposition"]
        assert f'filename="dane-zmyslone-{Path(name).name}"' in saved
        answer.close()


@pytest.mark.parametrize(
    "address",
    [
        "/jst/020101/dane.csv",
        "/wykres/trend.csv?jst=020101&wskaznik=ludnosc",
        "/analizy/dane.csv?wskaznik=ludnosc&jst=020101",
    ],
)
def test_every_row_of_a_table_says_so(demo: Client, address: str) -> None:
    head, *rows = demo.get(address).content.decode("utf-8-sig").splitlines()
    assert head.endswith(";Dane zmyślone")
    assert rows
    assert all(row.endswith(";tak") for row in rows)


def test_official_tables_have_no_such_column(client: Client) -> None:
    assert "zmyślone" not in client.get("/jst/1465/dane.csv").content.decode("utf-8-sig")


def test_map_layers_say_it_in_every_feature_and_title(demo: Client) -> None:
    told = demo.get("/ogc/collections/gminy/items?indicator=ludnosc").json()
    assert told["synthetic"] is True
    assert told["features"]
    assert all(one["properties"]["synthetic"] is True for one in told["features"])
    assert demo.get("/ogc").json()["title"].startswith("[Dane zmyślone]")
    schema = demo.get("/ogc/collections/gminy/schema").json()
    assert "synthetic" in schema["properties"]["properties"]["properties"]
    for lang, words in WORDS.items():
        page = demo.get(f"/ogc?f=html&lang={lang}").content.decode()
        assert f"<title>[{words}]" in page


def test_official_map_layers_have_no_such_property(client: Client) -> None:
    one = client.get("/ogc/collections/gminy/items?limit=1").json()["features"][0]
    assert "synthetic" not in one["properties"]
