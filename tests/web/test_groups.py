"""Fixed groups and the efficiency frontier on pages and in the API."""

import pytest
from django.test.client import Client

from smup.store.releases import Release


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    content: bytes = response.content
    return content.decode()


@pytest.mark.parametrize(("prefix", "rule"), [("", "Eurostat"), ("/en", "Eurostat")])
def test_every_system_and_group_has_its_place(
    client: Client, release: Release, prefix: str, rule: str
) -> None:
    text = page(client, f"{prefix}/grupy")
    assert rule in text
    assert release.id in text
    for group in release.catalogue.groups:
        assert f'href="{prefix}/grupa/{group}"' in text


def test_a_group_lists_its_members_and_its_rule(client: Client, release: Release) -> None:
    text = page(client, "/grupa/miasta-od-200-tys")
    membership = release.frame.membership("rodzaj-i-ludnosc")
    for code in membership.members("miasta-od-200-tys"):
        assert f'href="/jst/{code}"' in text
    assert "co najmniej 200" in text
    assert f"Decyduje ludność z {membership.year} r." in text
    assert "1 stycznia" not in text
    assert "Wałbrzych do 2002" in page(client, "/grupa/miasta-na-prawach-powiatu")


def test_an_unknown_group_helps(client: Client) -> None:
    text = page(client, "/grupa/gminy-miejsk", 404)
    assert 'href="/grupa/gminy-miejskie"' in text


def test_a_comparison_can_be_switched_to_another_system(client: Client) -> None:
    usual = page(client, "/jst/020102/wskaznik/ludnosc")
    sized = page(client, "/jst/020102/wskaznik/ludnosc?grupy=rodzaj-i-ludnosc")
    assert "gminy wiejskie od 10 tys. mieszkańców" not in usual
    assert "gminy wiejskie od 10 tys. mieszkańców" in sized
    assert page(client, "/jst/020102/wskaznik/ludnosc?grupy=nie-ma").count("aria-current") == (
        usual.count("aria-current")
    )
    assert "tabela jej nie zawiera" in page(client, "/jst/120713/wskaznik/ludnosc?grupy=degurba")


def test_groups_in_the_api(client: Client, release: Release) -> None:
    whole = client.get("/api/v1/groups").json()
    assert [one["id"] for one in whole["systems"]] == list(release.frame.systems)
    assert {one["id"] for one in whole["groups"]} == set(release.catalogue.groups)
    one = client.get("/api/v1/groups/degurba-1").json()
    assert one["count"] == len(one["units"]) == 75
    assert "1465" in one["units"]
    assert client.get("/api/v1/groups?system=degurba&lang=en").json()["systems"][0]["source"]
    assert client.get("/api/v1/groups?system=x").status_code == 400
    missing = client.get("/api/v1/groups/degurba").json()
    assert (missing["status"], missing["suggestions"][0][:7]) == (404, "degurba")


def test_a_comparison_in_the_api_names_its_system(client: Client) -> None:
    asked = {"unit": "020102", "indicator": "ludnosc"}
    usual = client.get("/api/v1/compare", asked).json()
    sized = client.get("/api/v1/compare", asked | {"groups": "rodzaj-i-ludnosc"}).json()
    assert (usual["groups"], sized["groups"]) == ("rodzaj", "rodzaj-i-ludnosc")
    of = [
        next(c["rank"]["of"] for c in found["comparators"] if c["id"] == "group")
        for found in (usual, sized)
    ]
    assert of[0] > of[1]
    assert client.get("/api/v1/compare", asked | {"groups": "x"}).status_code == 400


def test_groups_are_frozen_with_the_release(release: Release) -> None:
    frozen = release.frame.frozen
    assert frozen is not None
    assert set(frozen) == {"rodzaj", *release.catalogue.systems}
    rows = (release.folder / "public" / "groups.csv").read_text("utf-8-sig").splitlines()
    assert [name.strip('"') for name in rows[0].split(",")] == ["system", "group", "unit"]
    assert len(rows) == 1 + sum(len(one.units) for one in frozen.values())


def test_a_frontier_without_data_is_refused_in_words(client: Client) -> None:
    offered = page(client, "/jst/020102/usluga/szkoly-podstawowe")
    assert "Pokaż granicę efektywności" in offered
    text = page(client, "/jst/020102/usluga/szkoly-podstawowe?granica=tak")
    assert "Granica efektywności – czytać ostrożnie" in text
    assert "W żadnym roku nakłady i efekty nie są znane" in text
    assert "Dlaczego ostrożnie" in text
    assert "Granica efektywności" not in page(client, "/jst/020102/usluga/technika")
    assert "Granica efektywności" not in page(client, "/jst/0201/usluga/szkoly-podstawowe")
    asked = {"unit": "020102", "service": "szkoly-podstawowe"}
    found = client.get("/api/v1/frontier", asked).json()
    assert found["refused"] == "no_year"
    assert client.get("/api/v1/frontier", asked | {"service": "x"}).status_code == 400
    assert client.get("/api/v1/frontier", asked | {"unit": "9999"}).status_code == 404
