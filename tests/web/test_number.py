"""A number opened: formula, numbers, rows, proof; and the same as JSON."""

import csv
import hashlib
import json
import re
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from django.test.client import Client

from smup.store.releases import Release
from tests.helpers.two_releases import two_releases
from tests.web.pages import words as page_words

pytestmark = pytest.mark.xdist_group("site")

DENSITY = "/jst/020101/wskaznik/gestosc-zaludnienia/liczba?rok=2024"


def words(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return page_words(response.content.decode())


def table(client: Client, address: str) -> bytes:
    """A table of the release, downloaded whole."""
    with closing(client.get(address)) as response:
        assert response.status_code == 200
        return b"".join(response.streaming_content)


def test_a_ratio_shows_formula_numbers_and_rounding(client: Client) -> None:
    text = words(client, DENSITY)
    assert "100 × „ludność” ÷ „powierzchnia w hektarach”" in text
    assert "100 × 36\u00a0795 ÷ 2\u00a0285 = 1\u00a0610,284464…" in text
    assert "do 1 miejsca po przecinku, połówki w górę: 1\u00a0610,3\u00a0os./km²" in text
    assert "wynik jest taki sam jak w wydaniu" in text


def test_every_input_leads_to_its_row(client: Client, root: Path) -> None:
    html = client.get(DENSITY).content.decode()
    found = re.findall(r'<a href="(/files/[^"]+)">[^<]+, wiersz (\d+)</a><br><code>([^<]+)', html)
    assert len(found) == 2
    for address, line, told in found:
        name = address.rpartition("/")[2]
        with (root / "data" / name).open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file))[int(line) - 1] == told.split(",")
        assert table(client, address) == (root / "data" / name).read_bytes()


def test_a_total_names_the_parts_it_was_made_of(client: Client) -> None:
    text = words(client, "/jst/0201/wskaznik/ludnosc/liczba?rok=2024")
    assert "Wartości części obszaru dodano do siebie. Wzięto: 6 z 6." in text
    assert "Osiecznica" in text
    assert "Suma kontrolna SHA-256" in text


def test_the_country_is_subtracted_in_words(client: Client) -> None:
    address = "/jst/14/wskaznik/egzamin-osmoklasisty-matematyka-odchylenie/liczba?rok=2024"
    text = words(client, address)
    assert "Minus kraj" in text
    assert "to wartość kraju w 2024 r." in text


def test_a_gap_says_which_input_is_missing(client: Client) -> None:
    text = words(client, "/jst/120713/wskaznik/ludnosc/liczba?rok=2024")
    assert "wydanie podaje ten sam powód braku wartości" in text
    assert "jednostka wtedy nie istniała" in text
    text = words(client, "/jst/020101/wskaznik/zmiana-ludnosci-w-5-lat/liczba?rok=2024")
    assert "ludność 2019 źródło nie podaje tej wartości" in text
    assert "Żadna tabela nie podaje tej zmiennej w tym roku" in text


def test_the_page_of_the_figure_leads_there_without_script(client: Client) -> None:
    html = client.get("/jst/1465/wskaznik/ludnosc").content.decode()
    found = re.findall(r'<a href="(/jst/1465/wskaznik/ludnosc/liczba\?rok=\d{4})"', html)
    assert len(found) > 20
    for address in (found[0], found[-1]):
        page = client.get(address).content.decode()
        assert '<div class="calculation">' in page
        assert f"Ludność</a>, {address[-4:]}" in page


@pytest.mark.parametrize("year", ["", "1066", "rok", "²", "9" * 400, "<script>"])
def test_an_unknown_year_gives_the_newest(client: Client, year: str) -> None:
    text = words(client, f"/jst/1465/wskaznik/ludnosc/liczba?rok={year}")
    assert "1\u00a0863\u00a0845\u00a0os." in text


def test_unknown_names_are_not_found_and_aliases_move(client: Client) -> None:
    assert "nie ma" in words(client, "/jst/1465/wskaznik/nic/liczba", 404).lower()
    assert "nie ma" in words(client, "/jst/9999/wskaznik/ludnosc/liczba", 404).lower()
    moved = client.get("/jst/146501/wskaznik/ludnosc/liczba?rok=2020")
    assert moved.status_code == 301
    assert moved["Location"] == "/jst/1465/wskaznik/ludnosc/liczba?rok=2020"


def test_an_indicator_that_waits_for_data_says_for_what(client: Client, release: Release) -> None:
    waiting = next(
        i.id for i in release.catalogue.shown if i.id not in release.indicators.item_index
    )
    text = words(client, f"/jst/1465/wskaznik/{waiting}/liczba")
    assert "czeka na dane" in text


def test_english_is_complete(client: Client) -> None:
    text = words(client, "/en" + DENSITY)
    assert "100 × 36,795 ÷ 2,285" in text
    assert "the result is the same as in the release" in text
    assert "wiersz" not in text


@pytest.mark.parametrize(
    "asked",
    [
        "indicator=gestosc-zaludnienia&unit=020101&year=2024",
        "indicator=ludnosc&unit=14&year=2024",
        "indicator=egzamin-osmoklasisty-matematyka-odchylenie&unit=14&year=2024",
        "indicator=ludnosc&unit=120713&year=2024",
    ],
)
def test_the_api_says_the_same_in_the_documented_shape(
    client: Client, release: Release, asked: str
) -> None:
    from smup.web.api.schemas.trace import Trace  # needs the settings

    answer = client.get(f"/api/v1/trace?{asked}").json()
    Trace.model_validate(answer, strict=True)
    cell = answer["indicator"], answer["year"], answer["unit"]
    assert answer["value"] == release.indicators.cell(*cell)[0]
    assert answer["recomputed"]["value"] == answer["value"]
    assert answer["verdict"] == "same"


def test_the_api_gives_row_and_table(client: Client, root: Path) -> None:
    asked = "indicator=gestosc-zaludnienia&unit=020101&year=2024"
    answer = client.get(f"/api/v1/trace?{asked}").json()
    for one in answer["inputs"]:
        (row,) = one["rows"]
        lines = (root / "data" / f"{row['table']}.csv").read_text("utf-8").split("\n")
        assert lines[row["line"] - 1] == row["text"]
        its = answer["tables"][row["table"]]
        assert hashlib.sha256(table(client, its["table"])).hexdigest() == its["sha256"]
        assert all(len(file["sha256"]) == 64 for file in its["files"])


@pytest.mark.parametrize(
    ("asked", "parameter", "status"),
    [
        ("unit=1465&year=2024", "indicator", 400),
        ("indicator=ludnosc&unit=1465&year=2023,2024", "year", 400),
        ("indicator=ludnosc&unit=1465&year=abc", "year", 400),
        ("indicator=ludnosc&unit=nikt&year=2024", "unit", 404),
        ("indicator=ludnosc&unit=1465&year=2024&rok=1", "rok", 400),
    ],
)
def test_the_api_refuses_by_name(client: Client, asked: str, parameter: str, status: int) -> None:
    answer = client.get(f"/api/v1/trace?{asked}")
    assert answer.status_code == status
    assert answer.json()["parameter"] == parameter


def test_the_ranking_can_be_narrowed(client: Client, release: Release) -> None:
    html = client.get("/wskaznik/ludnosc?rok=2024&woj=02&grupa=gminy-wiejskie").content.decode()
    codes = re.findall(r'<th scope="row"><a href="/jst/(\d+)/wskaznik/ludnosc"', html)
    assert len(codes) == 50
    units = [release.territory.units[code] for code in codes]
    assert {(u.wojewodztwo, u.kind.value) for u in units} == {("02", "gmina-wiejska")}
    assert '<option value="02" selected>dolnośląskie</option>' in html
    follow = re.findall(r'<a href="([^"]+)" rel="next"', html)
    more = client.get(unescape(follow[0])).content.decode()
    others = re.findall(r'<th scope="row"><a href="/jst/(\d+)/wskaznik/ludnosc"', more)
    assert others
    assert {release.territory.units[code].wojewodztwo for code in others} == {"02"}


@pytest.mark.parametrize("asked", ["woj=99", "grupa=nikt", "woj=<b>&grupa=%00&strona=" + "9" * 300])
def test_a_narrowing_nobody_knows_is_none(client: Client, asked: str) -> None:
    text = words(client, f"/wskaznik/ludnosc?rok=2024&{asked}")
    assert "2\u00a0477 jednostek" in text


def test_who_has_no_value_is_named_with_the_reason(client: Client) -> None:
    html = client.get("/wskaznik/egzamin-osmoklasisty-matematyka?rok=2025").content.decode()
    found = re.findall(r'<a href="(/jst/\d+/wskaznik/[a-z-]+/liczba\?rok=2025)"', html)
    assert found
    assert "ten sam powód braku wartości" in words(client, found[0])


def test_the_card_says_when_sources_were_retrieved(client: Client) -> None:
    text = words(client, "/wskaznik/ludnosc")
    assert "(tablica IV) (pobrano 2026-11-22)" in text
    assert "Kalendarz publikacji" in text


def test_the_card_says_what_was_revised(tmp_path: Path, home: Path, client: Client) -> None:
    from smup.web.config import current, paths

    folder, earlier, later = two_releases(tmp_path)
    built = folder / "releases" / earlier / "build.json"  # both were built within one second
    built.write_text(json.dumps(json.loads(built.read_text()) | {"created": "2023-05-07"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_HOME", str(folder))
        paths.paths.cache_clear()
        current.releases.cache_clear()
        html = client.get("/wskaznik/ludnosc").content.decode()
    paths.paths.cache_clear()
    current.releases.cache_clear()
    assert f"Od wydania {earlier}: nowe wartości" in html
    assert "zmienione 1," in html
    assert f'href="/wydania/{earlier}/{later}"' in html


def test_a_unit_of_another_time_is_no_part_of_an_area(client: Client) -> None:
    """Dolnośląskie of 2022 is 30 powiats and cities; Wałbrzych until 2002 is not one of them."""
    page = client.get("/jst/02/wskaznik/domy-pomocy-spolecznej/liczba?rok=2022").content.decode()
    assert "Wzięto: 27 z 30." in page
    assert "do 2002" not in page
