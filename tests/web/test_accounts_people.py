"""People and roles, the record and personal data, as an administrator works with them."""

import csv
import io
import json
from typing import Any

import pytest
from django.test.client import Client

from tests.helpers.people import person, signed_in
from tests.web.test_accounts_pages import text

pytestmark = pytest.mark.usefixtures("home", "sqlite", "no_tries_yet")

# Who may open what, written from the description of the roles.
PAGES = {
    "/konto/osoby": {"admin", "coordinator", "auditor"},
    "/konto/osoby/zapros": {"admin"},
    "/konto/dziennik": {"admin", "coordinator", "auditor"},
    "/konto/dziennik.csv": {"admin", "coordinator", "auditor"},
    "/konto/prywatnosc": {"admin", "coordinator", "auditor"},
}
ROLES = ("admin", "coordinator", "organiser", "trainer", "auditor")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_pages_and_no_others(role: str) -> None:
    client = signed_in(person(role, "zmp"))
    opened = {path for path in PAGES if client.get(path).status_code == 200}
    assert opened == {path for path, roles in PAGES.items() if role in roles}
    refused = next((path for path in PAGES if role not in PAGES[path]), None)
    if refused is not None:
        answer = client.get(refused)
        assert answer.status_code == 403
        assert "Potrzebne uprawnienie" in text(answer)


@pytest.mark.parametrize("role", ["coordinator", "organiser", "trainer", "auditor"])
def test_only_an_administrator_changes_people(role: str) -> None:
    from smup.accounts.models import Membership, Person

    admin = person("admin")
    client = signed_in(person(role, "zmp"))
    held = admin.memberships.get()
    for path in (
        f"/konto/osoby/{admin.pk}/wylacz",
        f"/konto/osoby/{admin.pk}/drugi-skladnik",
        f"/konto/osoby/{admin.pk}/odnosnik",
        f"/konto/osoby/{admin.pk}/rola",
        f"/konto/osoby/{admin.pk}/rola/{held.pk}/odbierz",
    ):
        assert client.post(path, {"why": "bo tak", "role": "admin"}).status_code == 403
    assert Person.objects.get(pk=admin.pk).is_active
    assert Membership.objects.count() == 2


def test_an_auditor_reads_personal_data_and_erases_none() -> None:
    from smup.accounts.models import Person

    person("trainer", email="jan@example.org")
    client = signed_in(person("auditor"))
    assert "jan@example.org" in text(client.post("/konto/prywatnosc", {"email": "jan@example.org"}))
    data = {"email": "jan@example.org", "why": "prośba", "sure": "on"}
    assert client.post("/konto/prywatnosc/usun", data).status_code == 403
    assert Person.objects.filter(email="jan@example.org").exists()


def test_an_invitation_goes_to_the_outbox_and_into_the_record() -> None:
    from smup.accounts.models import Event, Organisation, Person
    from smup.mailing.models import Message

    Organisation.objects.create(id="zpp", name="Związek Powiatów Polskich", short="ZPP")
    client = signed_in(person("admin", email="ola@example.org"))
    data = {
        "email": " Jan@Example.org",
        "role": "organiser",
        "organisation": "zpp",
        "language": "en",
        "name": "Jan",
    }
    answer = client.post("/konto/osoby/zapros", data)
    who = Person.objects.get(email="jan@example.org")
    assert answer.headers["Location"] == f"/konto/osoby/{who.pk}"
    assert [(m.role, m.organisation_id) for m in who.memberships.all()] == [("organiser", "zpp")]
    letter = Message.objects.get()
    assert (letter.to, letter.lang, letter.letter) == (
        "jan@example.org",
        "en",
        "account-invitation",
    )
    assert "http://localhost/en/konto/start?klucz=" in letter.text
    assert set(Event.objects.values_list("actor", flat=True)) == {"ola@example.org"}


@pytest.mark.parametrize(
    "data", [{"email": "to nie adres"}, {"role": "king"}, {"organisation": "nie-ma"}]
)
def test_a_bad_invitation_keeps_what_was_typed_and_stores_nothing(data: dict[str, str]) -> None:
    from smup.accounts.models import Person

    client = signed_in(person("admin"))
    good = {
        "email": "jan@example.org",
        "role": "trainer",
        "organisation": "",
        "language": "pl",
        "name": "Jan Nowak",
    }
    answer = client.post("/konto/osoby/zapros", good | data)
    assert answer.status_code == 422
    assert "Jan Nowak" in text(answer)
    assert 'class="field-trouble"' in text(answer)
    assert Person.objects.count() == 1


def test_the_last_administrator_stays_and_nobody_switches_themselves_off() -> None:
    from smup.accounts.models import Membership, Person

    who = person("admin", email="ola@example.org")
    client = signed_in(who)
    held = who.memberships.get()
    answer = client.post(
        f"/konto/osoby/{who.pk}/rola/{held.pk}/odbierz", {"why": "zmiana"}, follow=True
    )
    assert "jedyny czynny administrator" in text(answer)
    answer = client.post(f"/konto/osoby/{who.pk}/wylacz", {"why": "zmiana"}, follow=True)
    assert "Własnego konta nie można wyłączyć" in text(answer)
    assert Membership.objects.filter(pk=held.pk).exists()
    assert Person.objects.get(pk=who.pk).is_active


def test_a_change_needs_a_reason() -> None:
    from smup.accounts.models import Event, Person

    other = person("trainer")
    client = signed_in(person("admin"))
    answer = client.post(f"/konto/osoby/{other.pk}/wylacz", {"why": "  "}, follow=True)
    assert "Podaj powód" in text(answer)
    assert Person.objects.get(pk=other.pk).is_active
    client.post(f"/konto/osoby/{other.pk}/wylacz", {"why": "koniec umowy"})
    assert not Person.objects.get(pk=other.pk).is_active
    assert Event.objects.get(what="accounts.person.off").why == "koniec umowy"


def test_resetting_the_second_factor_asks_for_a_new_one() -> None:
    other = person("trainer")
    client = signed_in(person("admin"))
    client.post(f"/konto/osoby/{other.pk}/drugi-skladnik", {"why": "zgubiony telefon"})
    assert signed_in(other).get("/konto").headers["Location"] == "/konto/drugi-skladnik"


def fill_record() -> None:
    from django.db import transaction

    from smup.accounts import audit
    from smup.accounts.actor import Actor, contact

    with transaction.atomic():
        audit.record(
            Actor("person", 1, "ewa@example.org"),
            "accounts.role.given",
            "person:7",
            after={"role": "trainer"},
        )
        audit.record(
            contact(12),
            "nikt.nie.zna",
            "registration:12",
            before={"a": 1},
            after={"a": 2},
            why='=HYPERLINK("http://x")',
        )


def test_the_record_is_read_in_words_filtered_and_taken_along() -> None:
    fill_record()
    client = signed_in(person("auditor"))
    page = text(client.get("/konto/dziennik"))
    assert "Nadano rolę" in page
    assert "nikt.nie.zna" in page  # an unknown verb shows itself
    assert "osoba kontaktowa zgłoszenia 12" in page
    one = text(client.get("/konto/dziennik?osoba=ewa"))
    assert "Nadano rolę" in one
    assert "osoba kontaktowa" not in one
    assert "Role given" in text(client.get("/en/konto/dziennik?czego=person:7"))
    assert "Nie ma takich wpisów" in text(client.get("/konto/dziennik?do=2020-01-01"))
    assert "Nie ma takich wpisów" in text(client.get("/konto/dziennik?od=nie-data"))

    file = b"".join(client.get("/konto/dziennik.csv?czego=registration:12").streaming_content)
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][1:4] == ["osoba kontaktowa zgłoszenia 12", "nikt.nie.zna", "registration:12"]
    assert not rows[1][5].startswith("=")  # a spreadsheet runs nothing
    lines = b"".join(client.get("/konto/dziennik.jsonl").streaming_content).splitlines()
    kept = [json.loads(line) for line in lines]
    assert [one["about"] for one in kept] == ["registration:12", "person:7"]
    assert kept[0]["before"] == {"a": 1}


def test_the_record_is_turned_page_by_page() -> None:
    from django.db import transaction

    from smup.accounts import audit
    from smup.accounts.actor import SYSTEM

    with transaction.atomic():
        for number in range(120):
            audit.record(SYSTEM, "x.y.z", f"thing:{number}")
    client = signed_in(person("auditor"))
    seen, address = list[str](), "/konto/dziennik"
    while address:
        page = text(client.get(address))
        seen += [part.split("<")[0] for part in page.split(">thing:")[1:]]
        further = page.split('<a href="?przed=')
        address = (
            f"/konto/dziennik?przed={further[1].split(chr(34))[0]}" if len(further) > 1 else ""
        )
    assert seen == [str(number) for number in reversed(range(120))]


def test_lists_ask_the_database_the_same_number_of_questions_however_long() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(person("admin"))

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/konto/osoby")
        return len(asked)

    before = questions()
    for number in range(12):
        person("organiser", "zmp", email=f"osoba{number}@example.org")
    assert questions() <= before + 1  # organisations, when there are any


def test_data_of_a_person_are_found_given_out_and_erased() -> None:
    from smup.accounts.models import Event, Person

    person("trainer", email="jan@example.org", name="Jan Nowak")
    client = signed_in(person("admin"))
    found = client.post("/konto/prywatnosc", {"email": "JAN@example.org"})
    assert "Jan Nowak" in text(found)
    file = client.post("/konto/prywatnosc/plik", {"email": "jan@example.org"})
    told: Any = json.loads(file.content)
    assert told["purposes"]["accounts"]["records"][0]["name"] == "Jan Nowak"
    unsure = client.post("/konto/prywatnosc/usun", {"email": "jan@example.org", "why": "prośba"})
    assert unsure.status_code == 422
    assert Person.objects.filter(email="jan@example.org").exists()
    data = {"email": "jan@example.org", "why": "prośba z 3 marca", "sure": "on"}
    assert client.post("/konto/prywatnosc/usun", data).status_code == 302
    assert not Person.objects.filter(email="jan@example.org").exists()
    assert "niczego o tej osobie" in text(
        client.post("/konto/prywatnosc", {"email": "jan@example.org"})
    )
    erased = Event.objects.get(what="accounts.personal.erased")
    assert erased.why == "prośba z 3 marca"
    assert "jan@example.org" not in str(erased.before) + str(erased.after) + erased.about


def test_nobody_is_shown_without_signing_in() -> None:
    who = person("admin")
    client = Client(SERVER_NAME="localhost")
    for path in (f"/konto/osoby/{who.pk}", "/konto/prywatnosc/plik", "/konto/dziennik.jsonl"):
        assert client.get(path).status_code == 302
        assert client.post(path, {"email": who.email}).status_code == 302
