"""The page and the answer about similar units."""

import math
import re

import pytest
from django.test.client import Client

from smup.compare.peers import peers_of
from smup.store.releases import Release
from tests.web.pages import words_beside_pictures

pytestmark = pytest.mark.xdist_group("site")


def words(client: Client, address: str) -> str:
    return words_beside_pictures(client.get(address).content.decode())


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


def test_peers_outside_the_stratum_are_marked_in_answers(client: Client) -> None:
    for unit, outside in (("1465", ["peers"]), ("1261", [])):
        found = client.get(f"/api/v1/compare?unit={unit}&indicator=ludnosc").json()["comparators"]
        assert [one["id"] for one in found if one["outside_stratum"]] == outside


def the_list(client: Client, query: str, unit: str = "221101") -> list[str]:
    page = client.get(f"/jst/{unit}/podobne?{query}").content.decode()
    table = page.partition('class="even peers"')[2].partition("</table>")[0]
    return re.findall(r'<th scope="row"><a href="/jst/(\w+)"', table)


def test_a_list_of_ones_own_differs_and_says_so(client: Client, release: Release) -> None:
    query = "k=20&waga.ludnosc=0,5&bez=saldo-migracji"
    codes = the_list(client, query)
    asked = peers_of(release.frame, "221101", k=20, weights={"ludnosc": 0.5, "saldo-migracji": 0.0})
    assert codes == list(asked.codes)
    text, published = words(client, f"/jst/221101/podobne?{query}"), release.peers("221101").codes
    assert "lista ułożona przez czytelnika" in text
    assert "liczba ludności 0,5 (ogłoszona 2)" in text
    assert "pominięte cechy: saldo migracji" in text
    kept = len(set(codes) & set(published))
    assert f"zostało na niej {kept} z {len(published)}" in text
    for code in set(codes) - set(published):
        assert release.territory.units[code].name in text.partition("Doszły")[2].partition(".")[0]


def test_the_published_list_asked_for_in_full_is_no_list_of_ones_own(
    client: Client, release: Release
) -> None:
    query = "obszar=edukacja&k=15&metoda=smup&waga.ludnosc=2&waga.dzieci-i-mlodziez=3"
    assert the_list(client, query) == list(release.peers("221101", "edukacja").codes)
    assert "ułożona przez czytelnika" not in words(client, f"/jst/221101/podobne?{query}")


def test_the_classic_method(client: Client, release: Release) -> None:
    asked = peers_of(release.frame, "0201", variant="cipfa")
    assert the_list(client, "metoda=cipfa", "0201") == list(asked.codes)
    text = words(client, "/en/jst/0201/podobne?metoda=cipfa&waga.ludnosc=5")
    assert "classic method (CIPFA)" in text
    assert "changed weights have no effect" in text
    assert "farthest" not in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("k=0", "od 1 do 100"),
        ("k=101", "od 1 do 100"),
        ("k=%C2%B2", "od 1 do 100"),
        ("metoda=magia", "Nie ma takiej metody"),
        ("waga.ludnosc=-1", "ma być liczbą od 0 do 100"),
        ("waga.ludnosc=nan", "ma być liczbą od 0 do 100"),
        ("waga.ludnosc=dużo", "ma być liczbą od 0 do 100"),
        ("waga.cena-chleba=1", "Cecha „cena-chleba” nie jest znana"),
        ("bez=%3Cscript%3E", "Cecha „<script>” nie jest znana"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_published_list(
    client: Client, release: Release, query: str, said: str
) -> None:
    answer = client.get(f"/jst/221101/podobne?{query}")
    assert answer.status_code == 200
    assert said in words(client, f"/jst/221101/podobne?{query}")
    assert the_list(client, query) == list(release.peers("221101").codes)


def test_a_list_of_no_features_is_refused(client: Client, release: Release) -> None:
    names = [one.id for one in release.peers("221101").features]
    query = "&".join(f"bez={name}" for name in names)
    assert "Żadna cecha nie miałaby wagi" in words(client, f"/jst/221101/podobne?{query}")
    assert the_list(client, query) == list(release.peers("221101").codes)


def test_the_form_keeps_what_was_asked(client: Client) -> None:
    page = client.get("/jst/221101/podobne?obszar=edukacja&k=7&bez=ludnosc").content.decode()
    assert 'name="k" type="number" min="1" max="100" value="7"' in page
    assert '<input type="hidden" name="obszar" value="edukacja">' in page
    assert 'name="bez" value="ludnosc" checked' in page
    assert "<form" not in client.get("/jst/14/podobne").content.decode().partition("<main")[2]


def test_features_are_left_out_of_answers(client: Client) -> None:
    found = client.get("/api/v1/units/221101/peers?without=ludnosc,saldo-migracji").json()
    own = client.get("/api/v1/units/221101/peers?weights=ludnosc:0,saldo-migracji:0").json()
    assert found == own
    assert not {"ludnosc", "saldo-migracji"} & {one["id"] for one in found["features"]}
    wrong = client.get("/api/v1/units/221101/peers?without=nic")
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "without")
    classic = client.get("/api/v1/units/221101/peers?variant=cipfa&without=ludnosc").json()
    assert "ludnosc" not in {one["id"] for one in classic["features"]}


def test_a_list_of_ones_own_is_compared(client: Client) -> None:
    address = "/api/v1/compare?unit=221101&indicator=ludnosc&units=020101,020102"
    found = {one["id"]: one for one in client.get(address).json()["comparators"]}
    assert found["list"]["n"] == 2
    assert found["peers"]["n"] == 15
    assert client.get(address + ",0201").json()["parameter"] == "units"
