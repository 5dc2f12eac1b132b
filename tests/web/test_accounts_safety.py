"""What strangers try on the pages of accounts, and what pages about numbers never do."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test.client import Client

from tests.helpers.people import PASSWORD, person, signed_in
from tests.web.test_accounts_pages import code, text

pytestmark = pytest.mark.usefixtures("home", "sqlite", "no_tries_yet")
LOGIN = "/konto/logowanie"


def troubles(page: str) -> list[str]:
    return re.findall(r'<div class="troubles".*?</div>', page, re.S)


def test_wrong_passwords_are_counted_and_then_refused() -> None:
    person("admin", email="ola@example.org")
    client = Client(SERVER_NAME="localhost")
    for _ in range(5):
        client.post(LOGIN, {"login": "ola@example.org", "password": "nie to haslo"})
    answer = client.post(LOGIN, {"login": "ola@example.org", "password": PASSWORD})
    assert answer.status_code in (200, 429)
    assert "_auth_user_id" not in client.session


def test_wrong_codes_are_counted_and_then_refused() -> None:
    person("admin", email="ola@example.org")
    client = Client(SERVER_NAME="localhost")
    client.post(LOGIN, {"login": "ola@example.org", "password": PASSWORD})
    right = code()
    wrong = f"{(int(right) + 500_000) % 1_000_000:06}"
    for _ in range(6):
        client.post("/konto/drugi-skladnik/podaj", {"code": wrong})
    client.post("/konto/drugi-skladnik/podaj", {"code": code()})
    assert "_auth_user_id" not in client.session


def test_a_code_works_once() -> None:
    person("admin", email="ola@example.org")
    first, second = (Client(SERVER_NAME="localhost") for _ in range(2))
    used = code()
    for client in (first, second):
        client.post(LOGIN, {"login": "ola@example.org", "password": PASSWORD})
        client.post("/konto/drugi-skladnik/podaj", {"code": used})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_nobody_learns_whether_there_is_an_account() -> None:
    """Known, unknown, switched off and merely invited look the same from outside."""
    from smup.accounts import people
    from smup.accounts.actor import SYSTEM
    from smup.mailing.models import Message

    person("admin", email="jest@example.org")
    off = person("trainer", email="wylaczona@example.org")
    people.switch_off(off, SYSTEM, "test")
    people.invite("zaproszona@example.org", "trainer", None, SYSTEM)
    emails = [f"{who}@example.org" for who in ("jest", "wylaczona", "zaproszona", "nie-ma-takiej")]
    said, sent = set(), set()
    for email in emails:
        client = Client(SERVER_NAME="localhost")
        wrong = client.post(LOGIN, {"login": email, "password": "nie to haslo"})
        said.add((wrong.status_code, *troubles(text(wrong))))
        forgot = client.post("/konto/haslo/zapomniane", {"email": email})
        sent.add((forgot.status_code, forgot.headers["Location"]))
    assert len(said) == 1
    assert len(sent) == 1
    letters = Message.objects.filter(letter="account-password-reset")
    assert sorted(letters.values_list("to", flat=True)) == [
        "jest@example.org",
        "zaproszona@example.org",
    ]


def test_the_link_of_an_invitation_sets_a_password_once_and_asks_for_a_second_factor() -> None:
    from smup.accounts import people
    from smup.accounts.actor import SYSTEM
    from smup.accounts.models import Event

    _, token = people.invite("nowa@example.org", "organiser", None, SYSTEM)
    client = Client(SERVER_NAME="localhost")
    address = f"/konto/start?klucz={token}"
    assert client.get(address).status_code == 200
    assert client.get(address).status_code == 200  # looking uses nothing up
    short = client.post(address, {"password1": "krotkie", "password2": "krotkie"})
    assert short.status_code == 422
    assert troubles(text(short))
    right = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(address, right).status_code == 302
    assert client.get("/konto").headers["Location"] == "/konto/drugi-skladnik"
    assert Client(SERVER_NAME="localhost").post(address, right).status_code == 410
    told = Event.objects.order_by("id").values_list("what", flat=True)
    assert list(told) == [
        "accounts.person.invited",
        "accounts.role.given",
        "accounts.link.issued",
        "accounts.password.set",
    ]


def test_a_forgotten_password_ends_sessions_and_leaves_the_second_factor() -> None:
    from smup.mailing.models import Message

    who = person("admin", email="ola@example.org")
    thief = signed_in(who)
    assert thief.get("/konto").status_code == 200
    client = Client(SERVER_NAME="localhost")
    client.post("/konto/haslo/zapomniane", {"email": "OLA@example.org"})
    letter = Message.objects.get(letter="account-password-reset")
    link = re.search(r"http://localhost(/konto/start\?klucz=\S+)", letter.text)
    assert link is not None
    new = "Nowe-haslo-9-lisow"
    assert client.post(link[1], {"password1": new, "password2": new}).headers["Location"] == LOGIN
    assert urlsplit(thief.get("/konto").headers["Location"]).path == LOGIN
    client.post(LOGIN, {"login": "ola@example.org", "password": new})
    assert "_auth_user_id" not in client.session  # the code is still asked for


@pytest.mark.parametrize(
    "place", ["https://zle.example/", "//zle.example/x", "/\\zle.example", "javascript:alert(1)"]
)
def test_the_login_leads_to_no_other_site(place: str) -> None:
    person("admin", email="ola@example.org")
    client = Client(SERVER_NAME="localhost")
    data = {"login": "ola@example.org", "password": PASSWORD, "next": place}
    client.post(f"{LOGIN}?next={place}", data)
    answer = client.post("/konto/drugi-skladnik/podaj", {"code": code()})
    assert answer.headers["Location"] == "/konto"


def test_the_login_leads_back_to_the_page_that_was_asked_for() -> None:
    person("admin", email="ola@example.org")
    client = Client(SERVER_NAME="localhost")
    asked = client.get("/konto/dziennik?osoba=ewa").headers["Location"]
    assert parse_qs(urlsplit(asked).query)["next"] == ["/konto/dziennik?osoba=ewa"]
    client.post(
        asked,
        {"login": "ola@example.org", "password": PASSWORD, "next": "/konto/dziennik?osoba=ewa"},
    )
    answer = client.post("/konto/drugi-skladnik/podaj", {"code": code()})
    assert answer.headers["Location"] == "/konto/dziennik?osoba=ewa"


def test_a_session_known_before_the_login_is_worth_nothing() -> None:
    who = person("admin", email="ola@example.org")
    client = Client(SERVER_NAME="localhost")
    client.post(LOGIN, {"login": "ola@example.org", "password": PASSWORD})
    before = client.cookies["smup-sesja"].value
    client.post("/konto/drugi-skladnik/podaj", {"code": code()})
    after = client.cookies["smup-sesja"].value
    assert before != after
    stranger = Client(SERVER_NAME="localhost")
    stranger.cookies["smup-sesja"] = before
    assert urlsplit(stranger.get("/konto").headers["Location"]).path == LOGIN
    assert who.pk


@pytest.mark.parametrize("path", [LOGIN, "/konto/haslo/zapomniane", "/konto/osoby/zapros"])
def test_forms_sent_from_elsewhere_are_refused_in_words(path: str) -> None:
    client = signed_in(person("admin"), enforce_csrf_checks=True)
    answer = client.post(path, {"login": "x@example.org", "email": "x@example.org"})
    assert answer.status_code == 403
    assert "Formularz stracił ważność" in text(answer)


def test_cookies_are_kept_from_scripts_and_from_plain_connections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.conf import settings

    from smup.web.config import client_address

    plain = Client(SERVER_NAME="localhost").get(LOGIN)
    assert not plain.cookies["smup-formularz"]["secure"]
    monkeypatch.setenv("SMUP_PROXIES", "127.0.0.1")
    client_address.trusted.cache_clear()
    client_address._is_trusted.cache_clear()
    client = Client(SERVER_NAME="localhost", headers={"x-forwarded-proto": "https"})
    person("admin", email="ola@example.org")
    client.post(LOGIN, {"login": "ola@example.org", "password": PASSWORD})
    session = client.cookies["smup-sesja"]
    assert session["secure"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert session["max-age"] == 12 * 3600 == settings.SESSION_COOKIE_AGE
    client_address.trusted.cache_clear()
    client_address._is_trusted.cache_clear()


@pytest.mark.parametrize("path", ["/", "/en/", "/prywatnosc", "/jst/1465", "/nie-ma", "/raporty"])
def test_pages_about_numbers_know_no_session(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.backends.base.base import BaseDatabaseWrapper

    client = signed_in(person("admin"))

    def refuse(*_: Any) -> None:
        raise AssertionError("a page about numbers asked the database")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)
    answer = client.get(path, headers={"accept": "text/html"})
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    if answer.status_code == 200:
        assert answer.headers["Cache-Control"] == "public, no-cache"


def test_the_public_page_names_every_purpose() -> None:
    from smup.accounts.personal import holders

    page = text(Client(SERVER_NAME="localhost").get("/prywatnosc"))
    assert len(holders()) >= 2
    for holder in holders():
        assert holder.retention["pl"][1:] in page


def test_somebody_switched_off_is_out_at_once() -> None:
    from smup.accounts import people
    from smup.accounts.actor import SYSTEM

    who = person("organiser", "zmp")
    person("admin")
    client = signed_in(who)
    assert client.get("/konto").status_code == 200
    people.switch_off(who, SYSTEM, "odeszła z pracy")
    assert urlsplit(client.get("/konto").headers["Location"]).path == LOGIN


def test_a_new_password_and_new_recovery_codes_are_recorded_with_their_letters() -> None:
    from smup.accounts.models import Event
    from smup.mailing.models import Message

    who = person("admin", email="ola@example.org")
    client = Client(SERVER_NAME="localhost")
    client.post(LOGIN, {"login": who.email, "password": PASSWORD})
    client.post("/konto/drugi-skladnik/podaj", {"code": code()})
    new = "Inna-lampa-8-okien"
    client.post("/konto/potwierdz", {"password": PASSWORD})
    made = client.post("/konto/drugi-skladnik/kody/nowe", {})
    assert made["Location"] == "/konto/drugi-skladnik/kody", text(made)
    client.post("/konto/haslo", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    kept = Event.objects.filter(about=f"person:{who.pk}").order_by("pk")
    assert [(one.what, one.actor) for one in kept] == [
        ("accounts.second_factor.added", who.email),
        ("accounts.password.set", who.email),
    ]
    assert Message.objects.filter(letter="account-notice", to=who.email).count() >= 1
