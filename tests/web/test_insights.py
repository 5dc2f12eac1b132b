"""What could be expected, who improved and what it would take, on the page and in the API."""

import pytest
from django.test.client import Client

from tests.web.test_units import words

pytestmark = pytest.mark.xdist_group("site")


def test_what_could_be_expected(client: Client) -> None:
    text = words(client, "/jst/020102/wskaznik/pit-na-mieszkanca")
    assert "Czego można się spodziewać po takiej gminie" in text
    assert "liczba ludności – logarytm" in text
    assert "Pominięte cechy:" in text
    english = words(client, "/en/jst/020102/wskaznik/pit-na-mieszkanca")
    assert "What can be expected of a gmina like this" in english


def test_who_was_like_us_and_is_better_now(client: Client) -> None:
    text = words(client, "/jst/0261/wskaznik/dzieci-w-zlobkach")
    assert "Kto był jak my, a jest lepiej" in text
    assert "Czego można się spodziewać po takim mieście: Cechy miejsca wyjaśniają zbyt mało" in text


def test_a_distance_is_not_called_a_need_where_nothing_is_better(client: Client) -> None:
    text = words(client, "/jst/0201/wskaznik/bezrobotni-na-1000-mieszkancow")
    assert "Ile dzieli od mediany" in text
    assert "Ile by to wymagało" not in text


def test_a_place_has_no_insights(client: Client) -> None:
    text = words(client, "/jst/020102/wskaznik/ludnosc")
    assert "Czego można się spodziewać" not in text
    assert "Czego tu nie podajemy" not in text


def test_the_api_explains_when_asked(client: Client) -> None:
    from smup.web.api.schemas.figures import Comparison

    address = "/api/v1/compare?unit=020102&indicator=pit-na-mieszkanca"
    plain = client.get(address).json()
    explained = client.get(f"{address}&explain=1").json()
    assert set(explained) - set(plain) == {"expected", "improvers", "needed"}
    Comparison.model_validate(explained)
    assert explained["expected"]["low"] < explained["expected"]["expected"]
    assert explained["improvers"]["why"].startswith("Ten wskaźnik niczego nie ocenia")
    assert client.get(f"{address}&explain=tak").status_code == 400
