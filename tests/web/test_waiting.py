"""Indicators without data say what they wait for; amounts can be read in constant prices."""

import re
from decimal import Decimal

import pytest
from django.test.client import Client

from smup.store.releases import Release
from smup.territory import Level

pytestmark = pytest.mark.xdist_group("site")

WAITING = "mieszkania-komunalne-na-1000-mieszkancow"
WAGES = "wynagrodzenie-przecietne"
# GUS, yearly average consumer price index, previous year = 100
CPI = {2019: "102.3", 2020: "103.4", 2021: "105.1", 2022: "114.4"}


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_an_indicator_without_data_shows_its_card_and_who_is_to_supply(client: Client) -> None:
    html = read(client, f"/wskaznik/{WAITING}")
    assert "Czeka na dane" in html
    assert "mieszkania komunalne: <span" in html
    assert "Główny Urząd Statystyczny; Bank Danych Lokalnych" in html
    assert "Co pokazuje" in html
    assert "<svg" not in html.split("<main")[1].split("</main>")[0]
    assert "Waits for data" in read(client, f"/en/wskaznik/{WAITING}")


def test_a_release_knows_what_waits_and_refuses_what_it_does_not_know(release: Release) -> None:
    assert release.years_of(WAITING) == []
    assert release.series(WAITING, "1465") == []
    assert release.default_year(WAITING, Level.GMINA) is None
    with pytest.raises(KeyError):
        release.series("nie-ma-takiego", "1465")


def test_the_same_for_one_unit(client: Client) -> None:
    html = read(client, f"/jst/1465/wskaznik/{WAITING}")
    assert "Czeka na dane" in html
    assert "mieszkania komunalne: <span" in html


def test_an_indicator_with_data_waits_for_nothing(client: Client) -> None:
    assert "Czeka na dane" not in read(client, "/wskaznik/ludnosc")
    assert "Czeka na dane" not in read(client, "/jst/1465/wskaznik/ludnosc")


def test_a_unit_counts_what_waits_and_lists_it_at_the_service(client: Client) -> None:
    assert re.search(r"\d+ wskaźnik\w* czeka\w* na dane", read(client, "/jst/1465"))
    service = read(client, "/jst/1465/usluga/mieszkaniowy-zasob-gminy")
    assert "Wskaźniki bez danych" in service
    assert WAITING in service


def test_completeness(client: Client, release: Release) -> None:
    html = read(client, "/pokrycie")
    shown = release.catalogue.indicators_of()
    known = [i for i in shown if release.years_of(i.id)]
    assert f"Wartości ma {len(known)} z {len(shown)} wskaźników." in html
    for one in shown:
        assert f'href="/wskaznik/{one.id}"' in html, one.id


def in_prices(amount: float, year: int) -> Decimal:
    """In prices of 2022, by hand."""
    worth = Decimal(str(amount))
    for later in range(year + 1, 2023):
        worth *= Decimal(CPI[later]) / 100
    return worth


def test_wages_in_constant_prices(client: Client, release: Release) -> None:
    rows = client.get(f"/api/v1/data?indicator={WAGES}&unit=1465&year=2018-2022&prices=2022").json()
    assert rows["prices"] == 2022
    nominal = {year: value for year, value, _, _ in release.series(WAGES, "1465")}
    for row in rows["rows"]:
        amount = nominal[row["year"]]
        assert amount is not None
        assert abs(Decimal(str(row["value"])) - in_prices(amount, row["year"])) <= Decimal("0.01")
    page = read(client, f"/jst/1465/wskaznik/{WAGES}?ceny=2022")
    assert "ceny stałe z 2022 r." in page
    assert 'aria-current="true">ceny stałe' in page
    plain = read(client, f"/jst/1465/wskaznik/{WAGES}")
    assert 'aria-current="true">bieżące' in plain
    assert "ceny=2022" in plain


@pytest.mark.parametrize("asked", ["1950", "abc", "2099", "-1", "2022.5", "٢٠٢٢"])
def test_unknown_prices(client: Client, asked: str) -> None:
    problem = client.get(f"/api/v1/data?indicator={WAGES}&unit=1465&prices={asked}")
    assert problem.status_code == 400
    assert "Znane lata: 2002–2025" in problem.json()["detail"]
    assert 'aria-current="true">bieżące' in read(client, f"/jst/1465/wskaznik/{WAGES}?ceny={asked}")


def test_what_is_no_amount_has_no_prices(client: Client) -> None:
    problem = client.get("/api/v1/data?indicator=ludnosc&unit=1465&prices=2022")
    assert problem.status_code == 400
    assert "nie jest kwotą" in problem.json()["detail"]
    assert "ceny stałe" not in read(client, "/jst/1465/wskaznik/ludnosc?ceny=2022")
