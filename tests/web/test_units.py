"""What pages of units say: real figures, real reasons for gaps, real names."""

import pytest
from django.test.client import Client

from smup.store.releases import Release
from tests.web.pages import words as page_words

pytestmark = pytest.mark.xdist_group("site")


def words(client: Client, address: str) -> str:
    return page_words(client.get(address).content.decode())


def test_warsaw_shows_its_population_of_2024(client: Client) -> None:
    text = words(client, "/jst/1465")
    assert "1\u00a0863\u00a0845 os., 2024" in text
    assert "Ludność (2024) 1\u00a0863\u00a0845\u00a0os." in text


def test_the_published_birth_rate_is_shown(client: Client) -> None:
    text = words(client, "/jst/020101/wskaznik/urodzenia-na-1000")
    assert "6,0493\u00a0‰" in text
    assert "Źródło zawiera jeden rok (2024), więc nie można pokazać zmiany w czasie." in text


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("020101", "gmina miejska, powiat bolesławiecki, województwo dolnośląskie"),
        ("020102", "gmina wiejska, powiat bolesławiecki, województwo dolnośląskie"),
        ("101801", "powiat wieruszowski, województwo łódzkie"),
    ],
)
def test_three_boleslawiec_are_told_apart(client: Client, code: str, kind: str) -> None:
    text = words(client, f"/jst/{code}")
    assert kind in text
    assert "Inne jednostki o tej nazwie" in text
    results = words(client, "/szukaj?q=bolesławiec")
    assert kind in results


def test_an_abolished_gmina_says_so_and_shows_its_data(client: Client) -> None:
    text = words(client, "/jst/320304")
    assert "Jednostka zniesiona 1 stycznia 2019 r." in text
    assert "Frekwencja w wyborach do Sejmu" in text
    assert "2015" in text
    assert "jednostka wtedy nie istniała" in text


def test_a_unit_older_than_the_register_claims_no_day(client: Client) -> None:
    text = words(client, "/jst/1431")
    assert "Jednostka już nie istnieje; źródła podają jej wartości do 2001 r." in text
    assert "zniesiona 1 stycznia" not in text


def test_a_gmina_created_in_2025_explains_empty_years(client: Client) -> None:
    text = words(client, "/jst/120713")
    assert "Jednostka utworzona 1 stycznia 2025 r." in text
    assert "do 2024 r. nie ma danych, bo jednostka wtedy nie istniała" in text
    assert "Granica niedostępna" in text


def test_a_city_has_two_roles(client: Client) -> None:
    first = words(client, "/jst/1465/wskaznik/ludnosc")
    second = words(client, "/jst/1465/wskaznik/ludnosc?rola=powiat")
    assert "Porównanie, 2024 (jako gmina)" in first
    assert "(jako powiat)" in second
    assert "2\u00a0477 z 2\u00a0477" in first
    assert "380 z 380" in second


def test_years_that_cannot_be_compared_are_not_joined(client: Client, release: Release) -> None:
    apart = [i.id for i in release.catalogue.indicators.values() if not i.comparable_over_time]
    drawn = [i for i in apart if len([c for c in release.series(i, "PL") if c[1] is not None]) > 1]
    assert drawn
    html = client.get(f"/wskaznik/{drawn[0]}").content.decode()
    assert "Lat nie można porównywać ze sobą" in html
    assert "c-ours-line" not in html.split('id="trend-t"')[1].split("</svg>")[0]


def test_comparison_on_the_page_is_that_of_the_kernel(client: Client, release: Release) -> None:
    """Median and rank of Bolesławiec among urban gminas, counted from the panel by hand."""
    panel, units = release.indicators, release.territory.units
    year = panel.year_index[2024]
    row = panel.values[panel.item_index["urodzenia-na-1000"], year]
    group = {
        code: row[i]
        for i, code in enumerate(panel.units)
        if units[code].kind.value == "gmina-miejska" and row[i] == row[i]
    }
    ordered = sorted(group.values(), reverse=True)
    place = 1 + sum(value > group["020101"] for value in ordered)
    text = words(client, "/jst/020101/wskaznik/urodzenia-na-1000")
    assert f"{place} z {len(group)}" in text


@pytest.mark.parametrize(
    ("alias", "code"), [("146501", "1465"), ("1465011", "1465"), ("0201011", "020101")]
)
@pytest.mark.parametrize("rest", ["", "/wskaznik/ludnosc", "/usluga/szkoly-podstawowe"])
def test_aliases_move_for_good(client: Client, alias: str, code: str, rest: str) -> None:
    response = client.get(f"/jst/{alias}{rest}?rola=gmina")
    assert response.status_code == 301
    assert response["Location"] == f"/jst/{code}{rest}?rola=gmina"


def test_the_same_page_in_english(client: Client) -> None:
    text = words(client, "/en/jst/1465")
    assert "city with powiat rights" in text
    assert "1,863,845" in text
    assert "Porównanie" not in text
    assert client.get("/en/jst/146501")["Location"] == "/en/jst/1465"


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([], ""),
        ([2024], "2024"),
        ([2015, 2019, 2023], "2015, 2019, 2023"),
        ([2020, 2021, 2022, 2024], "2020–2022, 2024"),
    ],
)
def test_years_are_told_as_they_are(years: list[int], words: str) -> None:
    from smup.telling.naming import year_span

    assert year_span(years) == words
