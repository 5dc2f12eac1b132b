"""Series on the borders of a chosen year: API and pages, on the repository's own figures."""

import re

import pytest
from django.test.client import Client

API = "/api/v1/data?indicator=ludnosc&unit={}&year={}&territory={}"


def rows(client: Client, unit: str, year: str, territory: str) -> list[dict]:  # type: ignore[type-arg]
    answer = client.get(API.format(unit, year, territory))
    assert answer.status_code == 200
    assert answer.json()["territory"] == territory
    return list(answer.json()["rows"])


def test_a_city_that_was_in_a_powiat_for_ten_years(client: Client) -> None:
    """In 2012 177 604 people lived in the powiat with Wałbrzych in it."""
    city, powiat = rows(client, "0265,0221", "2012", "current")
    assert city["bridged"] == powiat["bridged"] == "apportioned"
    assert city["value"] + powiat["value"] == pytest.approx(177_604, abs=1)
    assert city["share"] == {"0221": 0.6709}
    assert city["flags"] == ["estimated", "bridged"]
    (before,) = rows(client, "0265", "2002", "current")
    assert (before["value"], before["bridged"], before["share"]) == (129_724, "exact", None)
    (old,) = rows(client, "0221", "2013", "2005")
    assert (old["value"], old["bridged"]) == (57_834 + 117_926, "summed")


def test_what_cannot_be_divided_is_impossible(client: Client) -> None:
    (row,) = rows(client, "0862", "2014", "current")
    assert (row["value"], row["status"], row["bridged"]) == (None, "not_bridgeable", "impossible")


def test_as_published_says_so(client: Client) -> None:
    (row,) = rows(client, "0221", "2012", "published")
    assert (row["value"], row["bridged"], row["share"]) == (177_604, "exact", None)


def test_without_territory_nothing_is_said_of_borders(client: Client) -> None:
    answer = client.get("/api/v1/data?indicator=ludnosc&unit=0221&year=2012").json()
    assert "territory" not in answer
    assert not {"bridged", "share"} & set(answer["rows"][0])


@pytest.mark.parametrize("asked", ["1800", "dzisiaj", "2012,2013"])
def test_unknown_borders_are_refused(client: Client, asked: str) -> None:
    problem = client.get(API.format("0221", "2012", asked))
    assert problem.status_code == 400
    assert problem.json()["parameter"] == "territory"


def test_borders_and_prices_are_asked_for_apart(client: Client) -> None:
    address = "/api/v1/data?indicator=wynagrodzenie-przecietne&unit=0221&prices=2022"
    assert client.get(f"{address}&territory=current").status_code == 400


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_switch_stands_where_borders_changed(client: Client) -> None:
    shown = page(client, "/jst/0221/wskaznik/ludnosc")
    found = re.search(r'href="(/jst/0221/wskaznik/ludnosc\?granice=\d+)"', shown)
    assert found
    bridged = page(client, found[1])
    assert "Szacunek z podziału jednostki: 2003–2012." in bridged
    assert "Liczymy 33% jednostki „powiat wałbrzyski”." in bridged
    assert "(z podziału)" in bridged
    assert "as published" in page(client, f"/en{found[1]}")


def test_the_switch_does_not_stand_where_it_changes_nothing(client: Client) -> None:
    for unit in ("020101", "PL", "320304"):
        assert "granice=" not in page(client, f"/jst/{unit}/wskaznik/ludnosc")


def test_other_borders_than_those_offered_are_as_published(client: Client) -> None:
    for asked in ("1700", "x", ""):
        shown = page(client, f"/jst/0221/wskaznik/ludnosc?granice={asked}")
        assert "Szacunek z podziału" not in shown


def test_an_abolished_unit_names_its_successors(client: Client) -> None:
    shown = page(client, "/jst/320304")
    assert "Terytorium przeszło do: Drawsko Pomorskie, Złocieniec." in shown
    assert "43% powierzchni" in shown
    record = client.get("/api/v1/units/320304").json()
    assert [one["unit"] for one in record["successors"]] == ["320302", "320306"]
