"""Wrong addresses get a page that helps, with the right status, and never a traceback."""

import pytest
from django.test.client import Client

pytestmark = pytest.mark.xdist_group("site")


@pytest.mark.parametrize(
    ("address", "suggested"),
    [
        ("/jst/boleslawiec", "/jst/020101"),
        ("/jst/Bolesawiec", "/jst/020102"),
        ("/jst/020199", "/jst/020101"),
        ("/wskaznik/ludnos", "/wskaznik/ludnosc"),
        ("/jst/1465/wskaznik/urodzenia-na-100", "/wskaznik/urodzenia-na-1000"),
        ("/obszar/edukcja", "/obszar/edukacja"),
        ("/usluga/szkoly-podstawow", "/usluga/szkoly-podstawowe"),
        ("/en/jst/boleslawiec", "/en/jst/020101"),
    ],
)
def test_unknown_names_get_suggestions(client: Client, address: str, suggested: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert f'href="{suggested}"' in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/nie-ma-takiej",
        "/jst/" + "9" * 500,
        "/jst/<script>alert(1)</script>",
        "/wskaznik/%00",
        "/jst/../../etc/passwd",
        "/wskaznik/ludnosc/mapa.png",
        "/mapa/gmina-granice-000000000000.json",
        "/files/latest/../manifest.json",
        "/files/2020-01-01-00000000/values.csv",
    ],
)
def test_absurd_addresses_are_not_found(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    body = response.content.decode()
    assert "<script>alert" not in body
    assert "Traceback" not in body


@pytest.mark.parametrize(
    "query",
    [
        "rok=abc&poziom=planeta&mapa=%F0%9F%97%BA&strona=-4&jst=" + "x" * 3000,
        "rok=99999999999999999999&strona=99999999999",
        "rok=²&strona=²",
        "poziom=&rok=&jst=%3Cscript%3E",
        "jst=Bolesawiec",
    ],
)
def test_absurd_parameters_still_give_a_page(client: Client, query: str) -> None:
    response = client.get(f"/wskaznik/ludnosc?{query}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_a_search_for_nothing_known_says_so(client: Client) -> None:
    html = client.get("/szukaj?q=<b>qqq").content.decode()
    assert "Nic nie pasuje do zapytania „&lt;b&gt;qqq”" in html


def test_only_reading_is_allowed(client: Client) -> None:
    for address in ("/", "/jst/1465", "/files/latest/values.csv"):
        response = client.post(address)
        assert response.status_code == 405
        assert response["Allow"].removesuffix(", OPTIONS") == "GET, HEAD"


def test_a_fault_of_ours_gives_the_error_page(
    home: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smup.web.portal.views import unit

    def fail(*args: object) -> None:
        raise RuntimeError("kubek")

    monkeypatch.setattr(unit, "facts", fail)
    response = Client(raise_request_exception=False, SERVER_NAME="localhost").get(
        "/jst/0202?usterka"
    )
    assert response.status_code == 500
    body = response.content.decode()
    assert "Błąd po stronie serwisu" in body
    assert "kubek" not in body


def test_without_a_release_pages_say_what_is_missing(
    home: object, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    from pathlib import Path

    from smup.store.releases import Releases
    from smup.web.config import current, page_cache

    empty = Releases(Path(str(tmp_path)))
    monkeypatch.setattr(current, "releases", lambda: empty)
    monkeypatch.setattr(page_cache, "releases", lambda: empty)
    client = Client(SERVER_NAME="localhost")
    page = client.get("/jst/1465")
    assert page.status_code == 503
    assert "nie zbudowano jeszcze żadnego wydania" in page.content.decode()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    problem = client.get("/api/v1/units")
    assert problem.status_code == 503
    assert problem["Content-Type"] == "application/problem+json"
