"""Pages of accounts through the client: signing in, second factor, inviting, the record."""

import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test.client import Client

from tests.helpers.people import PASSWORD, SECRET, person, signed_in

pytestmark = pytest.mark.usefixtures("home", "sqlite", "no_tries_yet")


def code(secret: str = SECRET) -> str:
    """RFC 6238, 30 seconds, SHA-1, 6 digits; written from the standard."""
    import base64
    import hashlib
    import hmac

    counter = int(time.time() // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def text(response: Any) -> str:
    return response.content.decode()


def test_somebody_signs_in_with_password_and_code(client: Client) -> None:
    person("coordinator", email="ola@example.org")
    page = client.get("/konto/logowanie")
    assert page.status_code == 200
    first = client.post("/konto/logowanie", {"login": "Ola@Example.org", "password": PASSWORD})
    assert first.headers["Location"].startswith("/konto/drugi-skladnik/podaj")
    assert client.get("/konto/dziennik").headers["Location"].startswith("/konto/logowanie?next=")
    second = client.post("/konto/drugi-skladnik/podaj", {"code": code()})
    assert second.headers["Location"] == "/konto"
    assert "ola@example.org" in text(client.get("/konto"))
    assert client.get("/konto/dziennik").status_code == 200


def test_staff_without_second_factor_see_nothing_but_its_setting_up(client: Client) -> None:
    from allauth.mfa.models import Authenticator
    from django.urls import get_resolver

    from smup.web.accounts import urls

    who = person("admin")
    Authenticator.objects.all().delete()
    client = signed_in(who)
    allowed = {
        "konto/logowanie",
        "konto/wyloguj",
        "konto/potwierdz",
        "konto/start",
        "konto/drugi-skladnik",
        "konto/drugi-skladnik/podaj",
        "konto/drugi-skladnik/potwierdz",
        "konto/drugi-skladnik/aplikacja",
        "konto/drugi-skladnik/klucze/dodaj",
    }
    assert get_resolver() is not None
    walked = 0
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        if route in allowed:
            continue
        path = "/" + re.sub(r"<int:\w+>", "1", route).replace("<str:what>", "wylacz").replace(
            "<str:form>", "csv"
        )
        for address in (path, f"/en{path}"):
            answer = client.get(address)
            assert answer.status_code == 302, address
            assert answer.headers["Location"].endswith("/konto/drugi-skladnik"), address
            walked += 1
    assert walked > 30


def test_every_page_of_accounts_asks_for_a_login(client: Client) -> None:
    for address in (
        "/konto",
        "/konto/osoby",
        "/konto/dziennik",
        "/konto/prywatnosc",
        "/konto/osoby/zapros",
        "/konto/sesje",
        "/konto/haslo",
    ):
        answer = client.get(address)
        assert answer.status_code == 302
        where = urlsplit(answer.headers["Location"])
        assert where.path == "/konto/logowanie"
        assert parse_qs(where.query) == {"next": [address]}


@pytest.mark.parametrize("lang", ["", "/en"])
def test_pages_show_themselves_in_both_languages(lang: str) -> None:
    who = person("admin")
    client = signed_in(who)
    for path in (
        "/konto",
        "/konto/osoby",
        "/konto/osoby/zapros",
        f"/konto/osoby/{who.pk}",
        "/konto/dziennik",
        "/konto/prywatnosc",
        "/konto/sesje",
        "/konto/haslo",
        "/konto/drugi-skladnik",
        "/konto/drugi-skladnik/klucze",
        "/konto/wyloguj",
    ):
        answer = client.get(lang + path)
        assert answer.status_code == 200, (path, answer.headers)
        assert answer.headers["Cache-Control"].find("no-store") >= 0
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert f'<html lang="{lang[1:] or "pl"}"' in text(answer)
        assert text(answer).count("<h1") == 1
    for path in (
        "/konto/logowanie",
        "/konto/haslo/zapomniane",
        "/konto/haslo/wyslane",
        "/konto/zalozenie",
        "/konto/nieaktywne",
        "/konto/start?klucz=x",
    ):
        assert Client(SERVER_NAME="localhost").get(lang + path).status_code in (200, 410), path
