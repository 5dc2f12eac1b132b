"""Units side by side: what is shown, what is left out, and why."""

import re
from html import unescape

import pytest
from django.test.client import Client

from smup.store.releases import Release
from smup.territory import Level
from tests.web.pages import words

pytestmark = pytest.mark.xdist_group("site")

FIVE = "/porownaj?jst=020101,020102,020103,1465,1261&obszar=kontekst"


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words(response.content.decode())


def test_values_stand_in_columns_of_units(client: Client, release: Release) -> None:
    html = client.get(FIVE).content.decode()
    row = next(r for r in html.split("<tr>") if 'href="/wskaznik/urodzenia-na-1000"' in r)
    year = release.default_year("urodzenia-na-1000", Level.GMINA)
    assert str(year) in row
    shown = re.findall(r'<td class="num"><a href="/jst/([0-9]+)/[^"]*">([^<]+)</a>', row)
    panel = release.indicators
    expected = [
        (code, f"{panel.cell('urodzenia-na-1000', year, code)[0]:.4f}".replace(".", ","))
        for code in ("020101", "020102", "020103", "1465", "1261")
        if year is not None
    ]
    assert shown == expected


def test_units_of_one_name_are_told_apart(client: Client) -> None:
    text = text_of(client, FIVE)
    assert "Bolesławiec (gmina miejska)" in text
    assert "Bolesławiec (gmina wiejska)" in text


def test_the_range_is_that_of_the_group_all_share(client: Client) -> None:
    assert "Zakres, środkowa połowa i mediana: gminy wiejskie" in text_of(
        client, "/porownaj?jst=020102,020103&obszar=kontekst"
    )
    assert "Zakres, środkowa połowa i mediana: gminy " in text_of(client, FIVE)
    assert "mediana: powiaty" in text_of(client, "/porownaj?jst=1465,0201&obszar=kontekst")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/porownaj", "Wybierz pierwszą jednostkę"),
        ("/porownaj?jst=1465", "Dodaj jeszcze co najmniej jedną jednostkę"),
        ("/porownaj?jst=xx,1465,1261", "Nie ma jednostek o kodach: xx. Pominięto je."),
        ("/porownaj?jst=1465,02", "Wybrane jednostki są różnych szczebli"),
        ("/porownaj?jst=020101,0201&obszar=kontekst", "Wybrane jednostki są różnych szczebli"),
        ("/porownaj?jst=1465,1261&rok=1000", "Dla roku „1000” nie ma tu danych"),
        ("/porownaj?jst=1465,1261&usluga=biblioteki",
         "Żaden wskaźnik tej usługi nie ma jeszcze danych"),
        ("/porownaj?jst=1465&dodaj=qqqq", "Nic nie pasuje do zapytania „qqqq”"),
        ("/en/porownaj?jst=1465,02", "The chosen units are of different levels"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_said(client: Client, address: str, told: str) -> None:
    assert told in text_of(client, address)


def test_an_eleventh_unit_is_named_and_left_out(client: Client, release: Release) -> None:
    codes = [unit.code for unit in release.territory.of_level(Level.GMINA)][:11]
    text = text_of(client, f"/porownaj?jst={','.join(codes)}&obszar=kontekst")
    left = release.territory.units[codes[-1]].name
    assert f"Obok siebie stoi najwyżej 10 jednostek. Pominięto: {left}." in text


def test_the_list_of_choice_leads_to_a_plain_address(client: Client) -> None:
    response = client.get("/porownaj?jst=1465,1261&temat=usluga:biblioteki&rok=")
    assert response.status_code == 302
    assert response["Location"] == "/porownaj?jst=1465,1261&usluga=biblioteki"


def test_candidates_keep_what_is_compared(client: Client) -> None:
    html = unescape(client.get("/porownaj?jst=1465&obszar=kontekst&dodaj=sopot").content.decode())
    assert 'href="/porownaj?jst=1465,2264&obszar=kontekst"' in html
    found = client.get("/porownaj/podpowiedzi.json?jst=1465&obszar=kontekst&q=sopot").json()
    assert found["suggestions"][0]["href"] == "/porownaj?jst=1465,2264&obszar=kontekst"


def test_a_ready_set_of_neighbours(client: Client, release: Release) -> None:
    html = unescape(client.get("/porownaj?jst=020101&obszar=kontekst").content.decode())
    found = re.search(r'href="/porownaj\?jst=([0-9,]+)&obszar=kontekst">z sąsiadami', html)
    assert found is not None
    codes = found[1].split(",")
    assert codes[0] == "020101"
    assert set(codes[1:]) == set(release.territory.neighbours["020101", Level.GMINA])


@pytest.mark.parametrize("form", ["svg", "csv", "xlsx"])
def test_the_chart_can_be_taken_away(client: Client, form: str) -> None:
    html = unescape(client.get(FIVE).content.decode())
    address = re.search(rf'href="(/wykres/profil\.{form}\?[^"]+)"', html)
    assert address is not None
    response = client.get(address[1])
    assert response.status_code == 200
    assert len(response.content) > 1000


def test_a_script_in_the_address_stays_words(client: Client) -> None:
    html = client.get("/porownaj?jst=<script>x</script>&usluga=<b>&rok=<i>").content.decode()
    assert "<script>x" not in html
    assert "<b>" not in html
