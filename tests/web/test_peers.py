"""The page and the answer about similar units."""

import math
import re
from html import unescape

import pytest
from django.test.client import Client

from smup.store.releases import Release

pytestmark = pytest.mark.xdist_group("site")


def words(client: Client, address: str) -> str:
    html = re.sub(r"<svg.*?</svg>", " ", client.get(address).content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_the_page_lists_what_the_release_holds(client: Client, release: Release) -> None:
    page = client.get("/jst/221101/podobne").content.decode()
    for code in release.peers("221101").codes:
        assert f'href="/jst/{code}"' in page
    assert page.count('class="strip"') == 15
    assert "nie jest ogłoszony" in page


def test_another_area_in_english(client: Client, release: Release) -> None:
    page = client.get("/en/jst/0201/podobne?obszar=edukacja").content.decode()
    first = release.peers("0201", "edukacja").codes[0]
    assert f'href="/en/jst/{first}"' in page
    assert "population density" in page


def test_warsaw_is_marked(client: Client) -> None:
    assert "spoza jej klasy" in words(client, "/jst/1465/podobne")
    assert "spoza jej klasy" not in words(client, "/jst/1261/podobne")
    assert "spoza własnej klasy" in words(client, "/jst/1465/wskaznik/ludnosc")


def test_a_unit_without_a_list_says_why(client: Client) -> None:
    assert "nie szukamy podobnych" in words(client, "/jst/14/podobne")


def test_the_page_of_a_unit_leads_there(client: Client) -> None:
    assert "/jst/221101/podobne" in client.get("/jst/221101").content.decode()
    assert "/podobne" not in client.get("/jst/PL").content.decode()


def test_the_answer_is_the_frozen_list(client: Client, release: Release) -> None:
    found = client.get("/api/v1/units/221101/peers?area=edukacja").json()
    assert found | release.peers("221101", "edukacja").to_dict() == found
    assert found["release"] == release.id


def test_own_weights_are_answered_live(client: Client) -> None:
    found = client.get("/api/v1/units/221101/peers?k=3&weights=ludnosc:5,saldo-migracji:0").json()
    assert len(found["peers"]) == 3
    for peer in found["peers"]:
        assert math.fsum(peer["contributions"].values()) == pytest.approx(1.0)
        assert "saldo-migracji" not in peer["contributions"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("area=nie-ma", "area"),
        ("k=0", "k"),
        ("k=x", "k"),
        ("weights=ludnosc", "weights"),
        ("weights=ludnosx:1", "weights"),
        ("variant=x", "variant"),
        ("x=1", "x"),
    ],
)
def test_a_wrong_question_is_a_problem(client: Client, query: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/units/221101/peers?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


def test_a_list_of_ones_own_is_compared(client: Client) -> None:
    address = "/api/v1/compare?unit=221101&indicator=ludnosc&units=020101,020102"
    found = {one["id"]: one for one in client.get(address).json()["comparators"]}
    assert found["list"]["n"] == 2
    assert found["peers"]["n"] == 15
    assert client.get(address + ",0201").json()["parameter"] == "units"
