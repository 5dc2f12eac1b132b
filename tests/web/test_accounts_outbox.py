"""The pages of mail: who sees what, what can be done, nothing that opens anything."""

from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.db import transaction

from smup.mailing.letter import letter_of, samples
from tests.helpers.people import person, signed_in
from tests.mailing.helpers import Mail, rooms

LINK = "https://smup.example.pl/szkolenia/moje?klucz=SeCreT"


def _put(mail: Mail, number: int, organisation: str = "zmp", letter: str = "contact-link") -> Any:
    fields = samples(letter_of(letter), "pl") | {"link": LINK}
    with transaction.atomic():
        mail.outbox.put(
            letter,
            f"urzad{number}@example.pl",
            "pl",
            fields | {"number": f"2027/{number}"},
            key=f"{letter}:{number}",
            about=f"registration:{number}",
            organisation=organisation,
            now=datetime.now(UTC),
        )
    return mail.Message.objects.get(key=f"{letter}:{number}")


@pytest.fixture
def mail(sqlite: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Mail:
    """The rooms of mail, in an environment that does not send."""
    monkeypatch.delenv("SMUP_SMTP", raising=False)
    return rooms()


pytestmark = pytest.mark.usefixtures("home")


def test_everybody_with_the_right_sees_the_mail_of_the_own_organisation(mail: Mail) -> None:
    ours, theirs, nobodys = _put(mail, 1), _put(mail, 2, "zpp"), _put(mail, 3, "")
    seen = {
        "admin": {ours, theirs, nobodys},
        "coordinator": {ours, theirs, nobodys},
        "auditor": {ours, theirs, nobodys},
        "organiser": {ours},
    }
    for role, expected in seen.items():
        client = signed_in(person(role, "zmp" if role == "organiser" else None))
        page = client.get("/konto/poczta").content.decode()
        found = {one for one in (ours, theirs, nobodys) if one.to in page}
        assert found == expected, role
        for one in (ours, theirs, nobodys):
            status = client.get(f"/konto/poczta/{one.pk}").status_code
            assert status == (200 if one in expected else 404), role


@pytest.mark.parametrize("path", ["", "/1", "/wzory", "/wzory/contact-link"])
def test_others_see_nothing(mail: Mail, path: str) -> None:
    from django.test import Client

    _put(mail, 1)
    address = f"/konto/poczta{path}"
    answer = Client(SERVER_NAME="localhost").get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/konto/logowanie?next=")
    assert signed_in(person("trainer", "zmp")).get(address).status_code == 403


def test_a_key_is_shown_to_nobody(mail: Mail) -> None:
    one = _put(mail, 1)
    page = signed_in(person("admin")).get(f"/konto/poczta/{one.pk}").content.decode()
    assert "SeCreT" not in page
    assert "klucz=…" in page


@pytest.mark.parametrize(("lang", "words"), [("", "nie jest ustawione"), ("/en", "not set up")])
def test_the_page_says_that_nothing_is_sent(mail: Mail, lang: str, words: str) -> None:
    page = signed_in(person("auditor")).get(f"{lang}/konto/poczta").content.decode()
    assert words in page


def test_filters(mail: Mail) -> None:
    _put(mail, 1)
    other = _put(mail, 2)
    mail.Message.objects.filter(pk=other.pk).update(state="uncertain")
    client = signed_in(person("auditor"))

    def found(query: str) -> list[str]:
        page = client.get(f"/konto/poczta?{query}").content.decode()
        return [to for to in ("urzad1@", "urzad2@") if to in page]

    assert found("stan=uncertain") == ["urzad2@"]
    assert found("szukaj=URZAD1") == ["urzad1@"]
    assert found("szukaj=registration:2") == ["urzad2@"]
    assert found("stan=nie-ma") == []
    assert found(f"przed={other.pk}") == ["urzad1@"]


def test_a_person_decides_with_a_reason(mail: Mail) -> None:
    one = _put(mail, 1)
    mail.Message.objects.update(state="uncertain")
    client, address = signed_in(person("coordinator")), f"/konto/poczta/{one.pk}"
    answer = client.post(address, {"krok": "again", "why": " "})
    assert answer.status_code == 422
    assert "Podaj powód." in answer.content.decode()
    answer = client.post(address, {"krok": "again", "why": "nie dotarło"}, follow=True)
    assert "List czeka na wysłanie." in answer.content.decode()
    assert mail.Message.objects.get().state == "waiting"
    event = mail.Event.objects.latest("id")
    assert (event.actor, event.why) == ("coordinator@example.org", "nie dotarło")


def test_who_only_reads_changes_nothing(mail: Mail) -> None:
    one = _put(mail, 1)
    client = signed_in(person("auditor"))
    assert "krok" not in client.get(f"/konto/poczta/{one.pk}").content.decode()
    answer = client.post(f"/konto/poczta/{one.pk}", {"krok": "cancel", "why": "x"})
    assert answer.status_code == 403
    answer = client.post("/konto/poczta/wzory/question-received", {"krok": "zapisz"})
    assert answer.status_code == 403
    assert mail.Message.objects.get().state == "waiting"


def test_a_text_is_previewed_saved_and_given_up(mail: Mail) -> None:
    client, address = signed_in(person("admin")), "/konto/poczta/wzory/question-received"
    text = {"subject": "Nr {number}", "body": "Oto pytanie:\n\n  {question}", "why": "krócej"}
    preview = unescape(client.post(address, text | {"krok": "podglad"}).content.decode())
    assert "Nr 2027/0142" in preview
    assert not mail.texts.text_of(letter_of("question-received"), "pl").own
    client.post(address, text | {"krok": "zapisz"})
    kept = mail.texts.text_of(letter_of("question-received"), "pl")
    assert (kept.subject, kept.body) == (text["subject"], text["body"])
    client.post(address, {"krok": "przywroc", "why": "jednak nie"})
    assert not mail.texts.text_of(letter_of("question-received"), "pl").own


def test_a_bad_text_stays_in_the_form_with_a_sentence(mail: Mail) -> None:
    answer = signed_in(person("admin")).post(
        "/konto/poczta/wzory/question-received",
        {"krok": "zapisz", "subject": "Nr {number}", "body": "<b>Bez pytania {x}", "why": ""},
    )
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Ten list nie ma pola: {x}." in page
    assert "<textarea" in page
    assert "&lt;b&gt;Bez pytania {x}" in answer.content.decode()
    assert not mail.texts.text_of(letter_of("question-received"), "pl").own


def test_a_letter_that_is_not_there(mail: Mail) -> None:
    client = signed_in(person("admin"))
    assert client.get("/konto/poczta/wzory/nie-ma").status_code == 404
    assert client.get("/konto/poczta/999").status_code == 404


def test_what_was_forgotten_is_said(mail: Mail) -> None:
    from smup.accounts.actor import SYSTEM

    one = _put(mail, 1)
    with transaction.atomic():
        assert mail.own_data.Outbox().erase("urzad1@example.pl", SYSTEM, "prośba") == 1
    kept = mail.Message.objects.get()
    assert (kept.to, kept.subject, kept.text, kept.state) == ("", "", "", "cancelled")
    page = signed_in(person("admin")).get(f"/konto/poczta/{one.pk}").content.decode()
    assert "Adres i treść usunięto" in page
    assert 'value="again"' not in page
