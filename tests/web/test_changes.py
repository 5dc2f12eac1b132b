"""The page and the answer about what changed for a unit, and the section on a unit's figure."""

import re

import pytest
from django.test.client import Client

from smup.compare.change import change_of
from smup.compare.changes import changes_since_year
from smup.store.releases import Release
from tests.web.pages import words_beside_pictures

pytestmark = pytest.mark.xdist_group("site")


def words(client: Client, address: str) -> str:
    return words_beside_pictures(client.get(address).content.decode())


def test_the_page_counts_what_the_core_found(client: Client, release: Release) -> None:
    noted = changes_since_year(release.frame, "1465", 2020)
    text = words(client, "/jst/1465/zmiany?od=2020")
    assert "Co się zmieniło od 2020 r." in text
    for kind, name in (("change_real", "Wyraźne zmiany"), ("new_value", "Nowe dane")):
        n = sum(one.kind == kind for one in noted)
        assert (f"{name} {n}" in text) == (n > 0)


def test_without_a_year_it_is_the_one_before_the_newest_of_the_unit(client: Client) -> None:
    """2025 holds exams of Mazowsze only; elsewhere the newest figures are of 2024."""
    assert "Co się zmieniło od 2023 r." in words(client, "/jst/020101/zmiany")
    assert "What changed since 2023" in words(client, "/en/jst/020101/zmiany?od=nonsense")
    assert "Co się zmieniło od 2024 r." in words(client, "/jst/1465/zmiany")


def test_an_alias_leads_to_the_unit_and_an_unknown_code_to_help(client: Client) -> None:
    moved = client.get("/jst/1465011/zmiany?od=2020")
    assert (moved.status_code, moved["Location"]) == (301, "/jst/1465/zmiany?od=2020")
    assert client.get("/jst/9999/zmiany").status_code == 404


def test_the_unit_page_leads_here(client: Client) -> None:
    assert 'href="/jst/020101/zmiany"' in client.get("/jst/020101").content.decode()


def test_nothing_changed_is_said(client: Client, release: Release) -> None:
    assert changes_since_year(release.frame, "320304", release.indicators.years[-2]) == []
    address = f"/jst/320304/zmiany?od={release.indicators.years[-2]}"
    assert "Nie ma tu nowych ani zmienionych wartości tej jednostki." in words(client, address)


def test_two_releases(client: Client, store: tuple[str, str]) -> None:
    earlier, later = store
    text = words(client, f"/jst/020101/zmiany?od={earlier}")
    assert f"Co się zmieniło od wydania {earlier}" in text
    for part in ("Nowe dane", "Rewizje", "110 os. (2022)", "112 os. (2022)"):
        assert part in text
    assert client.get(f"/jst/020101/zmiany?od={earlier}")["Cache-Control"] == "no-cache"
    assert f"od={earlier}" in client.get("/jst/020101/zmiany").content.decode()
    answer = client.get(f"/api/v1/changes?unit=020101&since={earlier}").json()
    assert answer["release"] == later
    assert {one["kind"] for one in answer["changes"]} >= {"revision", "new_value"}


def test_the_answer_of_a_year(client: Client, release: Release) -> None:
    from smup.web.api import changes as api

    response = client.get("/api/v1/changes?unit=1465011&since=2020")
    body = api.Changes.model_validate(response.json(), strict=True)
    assert (body.unit, body.since, body.release) == ("1465", "2020", release.id)
    assert len(body.changes) == len(changes_since_year(release.frame, "1465", 2020))


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("", 400, "unit"),
        ("unit=1465", 400, "since"),
        ("unit=9999&since=2020", 404, "unit"),
        ("unit=1465&since=1900", 400, "since"),
        ("unit=1465&since=dawno", 404, "since"),
        ("unit=1465&since=2020&od=1", 400, "od"),
    ],
)
def test_refusals_name_the_parameter(
    client: Client, query: str, status: int, parameter: str
) -> None:
    response = client.get(f"/api/v1/changes?{query}")
    assert (response.status_code, response.json()["parameter"]) == (status, parameter)


def test_the_section_says_what_the_core_found(client: Client, release: Release) -> None:
    text = words(client, "/jst/1465/wskaznik/ludnosc")
    start = int(re.search(r"w (\d{4}) r\. do [\d ]+ w 2024 r\.", text)[1])  # type: ignore[index]
    found = change_of(release.frame, "1465", "ludnosc", start, 2024)
    assert not found.breaks
    assert ("Zmiana jest wyraźna" in text) == (found.real is True)
    assert re.search(r"Trend (rosnący|malejący)|Bez wyraźnego trendu|do oceny trendu", text)


def test_a_figure_of_one_year_has_no_section(client: Client) -> None:
    html = client.get("/jst/020101/wskaznik/urodzenia-na-1000").content.decode()
    assert '<h2 id="z">' not in html
