"""The page of an indicator: ranking, own unit found, map forms, gaps counted."""

import re

import pytest
from django.test.client import Client

from smup.store.releases import Release

pytestmark = pytest.mark.xdist_group("site")


def rows(html: str) -> list[tuple[int, str]]:
    """(rank, name) of the ranking on a page."""
    table = html.split('<table class="ranking">')[1].split("</table>")[0]
    found = re.findall(r'<td class="num">(\d+)</td><th scope="row"><a [^>]*>([^<]+)</a>', table)
    return [(int(rank), name) for rank, name in found]


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_ranking_follows_the_figures(client: Client, release: Release) -> None:
    panel = release.indicators
    at = panel.item_index["ludnosc"], panel.year_index[2024]
    cities = [
        (panel.values[at][panel.unit_index[u.code]], u.name)
        for u in release.territory
        if u.kind.value == "miasto-na-prawach-powiatu" and u.exists_in(2024)
    ]
    largest = [name for _, name in sorted(cities, reverse=True)[:10]]
    assert [name for _, name in rows(read(client, "/wskaznik/ludnosc"))[:10]] == largest


def test_pages_of_the_ranking_cover_every_unit_once(client: Client) -> None:
    names = []
    for page in range(1, 9):
        names += rows(read(client, f"/wskaznik/ludnosc?poziom=powiat&rok=2024&strona={page}"))
    assert len(names) == 380
    assert [rank for rank, _ in names] == sorted(rank for rank, _ in names)
    html = read(client, "/wskaznik/ludnosc?poziom=powiat&rok=2024&strona=8")
    assert "Strona 8 z 8" in html
    assert "Następna" not in html


def test_own_unit_is_found_and_marked(client: Client) -> None:
    html = read(client, "/wskaznik/ludnosc?jst=hel")
    marked = html.split('<tr class="ours"')[1].split("</tr>")[0]
    assert ">Hel</a>" in marked
    assert "Nie ma na tym poziomie" in read(client, "/wskaznik/ludnosc?jst=qqqq")
    abolished = read(client, "/wskaznik/ludnosc?jst=320304")
    assert "Ostrowice: brak wartości w tym roku" in abolished


def test_both_forms_of_a_map_can_be_chosen(client: Client) -> None:
    html = read(client, "/wskaznik/ludnosc?poziom=powiat")
    assert "mapa=kafelki" in html
    assert "Bez miejsca na mapie (granica niedostępna): 1." in html
    tiles = read(client, "/wskaznik/ludnosc?poziom=powiat&mapa=kafelki")
    assert "Bez miejsca" not in tiles
    gminas = read(client, "/wskaznik/ludnosc?poziom=gmina")
    assert "smup territory geometry" in gminas


def test_the_legend_counts_every_unit(client: Client, release: Release) -> None:
    html = read(client, "/wskaznik/ludnosc?poziom=powiat&rok=2024")
    legend = html.split('<dl class="legend"')[1].split("</dl>")[0]
    assert sum(map(int, re.findall(r'<dd class="quiet tab">(\d+)</dd>', legend))) == 380


def test_the_picture_without_script_has_every_unit(client: Client) -> None:
    response = client.get("/wskaznik/ludnosc/mapa.svg?poziom=powiat&mapa=kafelki")
    assert response["Content-Type"] == "image/svg+xml"
    svg = response.content.decode()
    assert svg.count("<path d=") == 380
    assert "style=" not in svg


def test_suggestions_name_units_first(client: Client) -> None:
    found = client.get("/szukaj/podpowiedzi.json?q=ludn").json()["suggestions"]
    assert any(one["href"] == "/wskaznik/ludnosc" for one in found)
    assert client.get("/szukaj/podpowiedzi.json?q=bole").json()["suggestions"][0]["note"]
    assert client.get("/szukaj/podpowiedzi.json?q=").json() == {"suggestions": []}


def test_a_definition_names_formula_variables_and_sources(client: Client) -> None:
    html = read(client, "/wskaznik/ludnosc")
    assert "<code>ludnosc</code>" in html
    assert "Główny Urząd Statystyczny" in html
