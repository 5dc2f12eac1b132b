"""The registration form: five steps, what it refuses, and how safe it is to repeat."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.client import Client
from django.test.utils import CaptureQueriesContext

from tests.helpers.applying import (
    FORM,
    KRAKOW,
    NIP,
    STEPS,
    WHOLE,
    Filling,
    people,
    text,
    troubles,
    value_of,
)
from tests.helpers.recruiting import asking_sex, edition, form, gminas, nips, send, stage

if TYPE_CHECKING:
    from smup.training.models import Edition, Registration

AREAS = ("edukacja", "kultura-i-rekreacja")
PLACES = {("online", ""): 6, ("in_person", AREAS[0]): 2, ("in_person", AREAS[1]): 2}


def now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def registrations() -> "list[Registration]":
    from smup.training.models import Registration

    return list(Registration.objects.order_by("number"))


@pytest.fixture
def opened(home: Path, sqlite: dict[str, Any]) -> "Edition":
    """An edition whose first stage is open."""
    made = edition()
    stage(made, places=PLACES, opens=now() - timedelta(days=5))
    return made


@pytest.fixture
def opened_anywhere(home: Path, database: dict[str, Any]) -> "Edition":
    """The same in every kind of database."""
    made = edition()
    stage(made, places=PLACES, opens=now() - timedelta(days=5))
    return made


@pytest.fixture
def filling(opened: "Edition") -> Filling:
    return Filling.begin(Client(SERVER_NAME="localhost"))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_five_steps_make_a_registration(opened_anywhere: "Edition", prefix: str) -> None:
    filling = Filling.begin(Client(SERVER_NAME="localhost"), prefix)
    for step in range(1, 5):
        answer = filling.on(step)
        assert answer.status_code == 303, troubles(answer)
        assert f"krok={step + 1}" in answer.headers["Location"]
        assert filling.client.get(answer.headers["Location"]).status_code == 200
    answer = filling.finish()
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{prefix}/szkolenia/moje?klucz=")
    (made,) = registrations()
    assert (made.unit, made.nip, made.headcount, made.number) == (KRAKOW, "5261040828", 100, 1)
    assert (made.contact_email, made.lang) == ("maria@example.org", prefix.strip("/") or "pl")
    assert made.organiser_id == "zpp"  # a city with powiat rights
    sent = made.participants.order_by("order").values_list("surname", "kind", "area")
    assert list(sent) == [
        ("Przykładowa1", "online", "edukacja"),
        ("Przykładowa2", "online", "kultura-i-rekreacja"),
    ]


def test_sending_leads_to_the_status_page(filling: Filling) -> None:
    filling.fill()
    entered = filling.client.get(filling.finish().headers["Location"])
    assert (entered.status_code, entered.headers["Location"]) == (303, "/szkolenia/moje")
    page = filling.client.get("/szkolenia/moje")
    assert "2022-2023/0001" in text(page)
    assert "Maria Wzorowa" not in page.headers.get("Location", "")


def test_everything_at_once_is_taken_too(opened_anywhere: "Edition") -> None:
    answer = Filling.begin(Client(SERVER_NAME="localhost")).at_once()
    assert answer.status_code == 303
    assert [one.unit for one in registrations()] == [KRAKOW]


def test_a_double_click_makes_one_registration(opened_anywhere: "Edition") -> None:
    filling = Filling.begin(Client(SERVER_NAME="localhost"))
    answers = [filling.at_once() for _ in range(3)]
    assert {one.status_code for one in answers} == {303}
    assert all("/szkolenia/moje?klucz=" in one.headers["Location"] for one in answers)
    assert len(registrations()) == 1
    from smup.mailing.models import Message

    assert Message.objects.count() == 1


def test_the_back_button_does_no_harm_after_sending(filling: Filling) -> None:
    filling.fill()
    filling.finish()
    again = filling.client.get(f"{FORM}?szkic={filling.secret}&krok=3")
    assert (again.status_code, again.headers["Location"][:21]) == (303, "/szkolenia/moje?klucz")
    assert filling.on(2, urzad="Inny").status_code == 303
    assert [one.office_name for one in registrations()] == ["Urząd Miasta"]


def test_the_secret_of_a_sent_form_opens_nothing_after_a_day(filling: Filling) -> None:
    from smup.training.models import Registration

    filling.fill()
    filling.finish()
    Registration.objects.update(arrived_at=now() - timedelta(days=2))
    answer = filling.client.get(f"{FORM}?szkic={filling.secret}")
    assert answer.status_code == 410
    assert "To zgłoszenie zostało już wysłane" in text(answer)


# Step, what is typed instead, the control beside which a sentence stands, words of the sentence.
BAD = [
    (1, {"jst": ""}, "jst", "Wybierz jednostkę"),
    (1, {"jst": "999999"}, "jst", "Nie ma takiej jednostki"),
    (1, {"jst": "Bolesławiec"}, "jst", "Wybierz jednostkę"),
    (1, {"jst": "12"}, "jst", "do nich nie należy"),
    (1, {"nip": ""}, "nip", "Wpisz NIP jednostki"),
    (1, {"nip": "526-10-40-829"}, "nip", "cyfra kontrolna"),
    (1, {"nip": "0000000000"}, "nip", "samych zer"),
    (1, {"nip": "12345"}, "nip", "10 cyfr"),
    (2, {"urzad": "  "}, "urzad", "nazwę urzędu"),
    (2, {"adres": ""}, "adres", "adres urzędu"),
    (2, {"zatrudnienie": ""}, "zatrudnienie", "liczbą"),
    (2, {"zatrudnienie": "około stu"}, "zatrudnienie", "liczbą"),
    (2, {"zatrudnienie": "12,5"}, "zatrudnienie", "liczbą"),
    (2, {"zatrudnienie": "0"}, "zatrudnienie", "od 1 do"),
    (2, {"urzad": "u" * 201}, "urzad", "za długi"),
    (3, {"kontakt_imie_nazwisko": ""}, "kontakt_imie_nazwisko", "imię i nazwisko"),
    (3, {"kontakt_telefon": "12"}, "kontakt_telefon", "9 cyfr"),
    (3, {"kontakt_email": "maria@"}, "kontakt_email", "adres e-mail"),
    (3, {"kontakt_email": "a@b.pl\nBcc: c@d.pl"}, "kontakt_email", "adres e-mail"),
    (4, {"uczestnik-2-imie": ""}, "uczestnik-2-imie", "Wpisz imię"),
    (4, {"uczestnik-1-rodzaj": ""}, "uczestnik-1-rodzaj", "rodzaj szkolenia osoby 1"),
    (4, {"uczestnik-2-obszar": ""}, "uczestnik-2-obszar", "obszar szkolenia osoby 2"),
    (4, {"uczestnik-2-obszar": "finanse-jst"}, "uczestnik-2-obszar", "nie ma w etapie"),
    (4, {"uczestnik-2-rodzaj": "korespondencyjnie"}, "uczestnik-2-rodzaj", "rodzaj szkolenia"),
    (4, {"uczestnik-2-rodzaj": "stacjonarne"}, "uczestnicy", "dla wszystkich jeden rodzaj"),
    (
        4,
        people(("stacjonarne", AREAS[0]), ("stacjonarne", AREAS[1])),
        "uczestnicy",
        "jednym obszarze",
    ),
    (4, people(*[("online", AREAS[0])] * 3), "uczestnicy", "Usuń nadmiarowe"),
    (
        4,
        {name: "" for name in STEPS[4] if name.startswith("uczestnik-2")},
        "uczestnicy",
        "Dodaj brakujące",
    ),
    (5, {"akceptuje": ""}, "akceptuje", "zaakceptuj"),
    (5, {"oswiadcza": ""}, "oswiadcza", "pracownikami samorządowymi"),
]


@pytest.mark.parametrize(("step", "typed", "control", "words"), BAD)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    filling: Filling, step: int, typed: dict[str, str], control: str, words: str
) -> None:
    filling.fill(step - 1)
    answer = filling.finish(**typed) if step == 5 else filling.on(step, **typed)
    assert answer.status_code == 400
    assert words in troubles(answer)[control], troubles(answer)
    for name, value in {**STEPS[step], **typed}.items():
        if value and not name.endswith(("rodzaj", "obszar")) and name not in STEPS[5]:
            shown = value_of(answer, name)  # a unit that was recognised is shown with its name
            assert shown == value or (name == "jst" and f"[{value}]" in shown), name
    assert registrations() == []
    # what was typed is also there when the address is opened again
    again = filling.client.get(f"{FORM}?szkic={filling.secret}&krok={min(step, 4)}")
    assert again.status_code == 200


@pytest.mark.parametrize(("step", "typed", "control", "words"), BAD)
def test_sending_at_once_refuses_the_same(
    filling: Filling, step: int, typed: dict[str, str], control: str, words: str
) -> None:
    answer = filling.at_once(**typed)
    assert answer.status_code == 400
    assert words in text(answer)
    assert registrations() == []


def test_three_of_three_in_person_are_too_many(filling: Filling) -> None:
    filling.fill(1)
    filling.on(2, zatrudnienie="200")
    filling.on(3)
    answer = filling.on(4, **people(*[("stacjonarne", AREAS[0])] * 3))
    assert "najwyżej 2" in troubles(answer)["uczestnicy"]
    good = filling.on(4, **people(*[("stacjonarne", AREAS[0])] * 2, ("online", AREAS[1])))
    assert good.status_code == 303


def test_a_unit_is_picked_among_those_of_its_name(filling: Filling) -> None:
    answer = filling.on(1, jst="bolesławiec")
    page = answer.content.decode()
    assert 'value="020101"' in page
    assert 'value="020102"' in page
    assert filling.on(1, jst="bolesławiec", **{"jst-wybor": "020102"}).status_code == 303
    shown = filling.client.get(f"{FORM}?szkic={filling.secret}&krok=1")
    assert value_of(shown, "jst").endswith("[020102]")
    assert "ZMP" in text(shown) or "Związek Miast Polskich" in text(shown)


def test_a_pilot_unit_and_a_second_registration_are_refused_beside_the_unit(
    filling: Filling, opened: "Edition"
) -> None:
    from smup.training.models import PilotUnit

    pilot, first = gminas(2)
    PilotUnit.objects.create(edition=opened, unit=pilot)
    send(opened, form(first, next(nips())), now())
    assert "w pilotażu" in troubles(filling.on(1, jst=pilot))["jst"]
    assert "ma już zgłoszenie" in troubles(filling.on(1, jst=first))["jst"]
    for code, words in ((pilot, "w pilotażu"), (first, "ma już zgłoszenie")):
        beside = filling.client.get(f"{FORM}/jednostka?jst={code}")
        assert words in text(beside)
    assert len(registrations()) == 1


@pytest.mark.parametrize(
    ("opens", "words"),
    [(timedelta(days=2), "jeszcze się nie zaczął"), (timedelta(days=-60), "zakończył się")],
)
def test_a_closed_stage_takes_drafts_and_no_forms(
    home: Path, sqlite: dict[str, Any], opens: timedelta, words: str
) -> None:
    made = edition()
    stage(made, opens=now() + opens)
    filling = Filling.begin(Client(SERVER_NAME="localhost"))
    filling.fill()
    shown = filling.client.get(f"{FORM}?szkic={filling.secret}&krok=5")
    assert words in text(shown)
    answer = filling.finish()
    assert answer.status_code == 400
    assert words in text(answer)
    assert "Przykładowa1" in text(answer)
    assert registrations() == []


def test_a_draft_whose_time_is_over_is_explained_and_the_page_kept(filling: Filling) -> None:
    from smup.training.models import Draft

    filling.fill(1)
    Draft.objects.update(expires_at=now() - timedelta(seconds=1))
    gone = filling.client.get(f"{FORM}?szkic={filling.secret}")
    assert gone.status_code == 410
    assert "już nie ma" in text(gone)
    answer = filling.on(2)
    assert answer.status_code == 409
    assert value_of(answer, "urzad") == "Urząd Miasta"
    assert value_of(answer, "szkic") != filling.secret
    assert "poprzedniego szkicu minął" in text(answer)


def test_a_long_text_is_refused_in_words_and_kept(filling: Filling) -> None:
    filling.fill(1)
    answer = filling.on(2, adres="a" * 500_000)
    assert answer.status_code == 400
    assert "500000" in troubles(answer)["adres"].replace("\u00a0", "")
    assert len(value_of(answer, "adres")) == 500_000


def test_ten_megabytes_are_answered_with_a_page(filling: Filling) -> None:
    filling.fill(1)
    answer = filling.on(2, adres="a" * 10_000_000)
    assert answer.status_code == 413
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Niczego nie zapisano" in text(answer)
    kept = filling.client.get(f"{FORM}?szkic={filling.secret}&krok=1")
    assert value_of(kept, "nip") == NIP


def test_markup_that_was_typed_stays_text(filling: Filling) -> None:
    filling.fill(1)
    nasty = '"><script>alert(1)</script>'
    answer = filling.on(2, urzad=nasty, zatrudnienie="")
    assert "<script>alert" not in answer.content.decode()
    assert value_of(answer, "urzad") == nasty


def test_a_form_from_elsewhere_is_not_taken(opened: "Edition") -> None:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    filling = Filling.begin(client)
    assert filling.at_once().status_code == 403
    assert registrations() == []
    token = value_of(client.get(f"{FORM}?szkic={filling.secret}"), "csrfmiddlewaretoken")
    assert filling.at_once(csrfmiddlewaretoken=token).status_code == 303


def test_the_draft_goes_on_by_a_link_sent_by_mail(filling: Filling) -> None:
    from smup.mailing.models import Message

    filling.fill(2)
    answer = filling.send(
        {"kontakt_telefon": "22 555"}, strona="3", krok="link", na_adres="maria@example.org"
    )
    assert answer.status_code == 303
    message = Message.objects.get(letter="draft-link")
    assert message.to == "maria@example.org"
    assert f"szkic={filling.secret}" in message.text
    shown = Client(SERVER_NAME="localhost").get(f"{FORM}?szkic={filling.secret}&krok=3")
    assert value_of(shown, "kontakt_telefon") == "22 555"
    bad = filling.send({}, strona="3", krok="link", na_adres="nikt")
    assert bad.status_code == 400
    assert "adres e-mail" in text(bad)


def test_more_people_are_taken_once_the_organiser_consented(
    filling: Filling, opened: "Edition"
) -> None:
    from smup.training.models import Consent

    three = people(*[("online", AREAS[0])] * 3)
    filling.fill(3)
    assert "Usuń nadmiarowe" in troubles(filling.on(4, **three))["uczestnicy"]
    Consent.objects.create(
        edition=opened, unit=KRAKOW, persons=3, reason="Dwa wydziały.", at=now(), by="x"
    )
    assert filling.on(4, **three).status_code == 303
    assert filling.finish().status_code == 303
    assert registrations()[0].participants.count() == 3


def test_a_person_beyond_the_number_is_removed_by_a_button(filling: Filling) -> None:
    filling.fill(3)
    three = people(("online", AREAS[0]), ("online", AREAS[1]), ("online", AREAS[0]))
    assert 'value="usun-3"' in filling.on(4, **three).content.decode()
    answer = filling.send(three, strona="4", krok="usun-2")
    shown = filling.client.get(answer.headers["Location"])
    assert value_of(shown, "uczestnik-2-nazwisko") == "Przykładowa3"
    assert "uczestnik-3-imie" not in shown.content.decode()


# Questions to the database: the page, and what is sent from it.
MOST_QUERIES = {1: (3, 10), 2: (2, 4), 3: (2, 4), 4: (12, 11), 5: (9, 40)}


@pytest.mark.parametrize("step", list(MOST_QUERIES))
def test_the_form_asks_the_database_little(filling: Filling, step: int) -> None:
    filling.fill(step - 1)
    shown, sent = MOST_QUERIES[step]
    with CaptureQueriesContext(connection) as asked:
        filling.client.get(f"{FORM}?szkic={filling.secret}&krok={step}")
    assert len(asked) <= shown
    with CaptureQueriesContext(connection) as asked:
        answer = filling.finish() if step == 5 else filling.on(step)
    assert answer.status_code == 303
    assert len(asked) <= sent


def test_the_headcount_tells_the_number_of_people(opened: "Edition") -> None:
    client = Client(SERVER_NAME="localhost")
    told = {
        n: text(client.get(f"{FORM}/liczba?zatrudnienie={n}"))
        for n in ("50", "51", "150", "151", "600", "601", "1 200", "wielu")
    }
    assert told["50"].endswith("1 osobę.")
    assert told["51"].endswith("2 osoby.")
    assert told["150"].endswith("2 osoby.")
    assert told["151"].endswith("3 osoby.")
    assert told["600"].endswith("4 osoby.")
    assert told["601"].endswith("5 osób.")
    assert told["1 200"].endswith("5 osób.")
    assert told["wielu"] == ""


def test_nothing_is_kept_of_fields_nobody_asked_for(filling: Filling) -> None:
    from smup.training.models import Draft

    filling.on(1, pesel="02271409862", **{"uczestnik-99-imie": "x", "uczestnik-1-pesel": "1"})
    assert set(Draft.objects.get().data) <= set(WHOLE) | {"jst-wybor"}


def test_sex_is_asked_only_where_the_edition_says_so(filling: Filling, opened: "Edition") -> None:
    """The label says what for; a draft keeps the answer; nobody is registered without it."""
    from smup.training.models import Participant

    asked = {"uczestnik-1-plec": "k", "uczestnik-2-plec": "m"}
    assert "Płeć" not in text(filling.client.get(f"{FORM}?szkic={filling.secret}&krok=4"))
    asking_sex(opened)
    filling.fill(3)
    answer = filling.on(4, **{"uczestnik-1-plec": "k", "uczestnik-2-plec": "inna"})
    assert answer.status_code == 400
    assert list(troubles(answer)) == ["uczestnik-2-plec"]
    assert "Płeć (tylko do sprawozdania z projektu)" in text(answer)
    assert filling.on(4, **{"uczestnik-2-plec": "m"}).status_code == 303
    page = filling.client.get(f"{FORM}?szkic={filling.secret}&krok=5")
    assert "Anna Przykładowa1 (kobieta)" in text(page)
    assert filling.finish(**{"uczestnik-1-plec": ""}).status_code == 400
    assert filling.finish(**asked).status_code == 303
    assert list(Participant.objects.order_by("order").values_list("sex", flat=True)) == ["k", "m"]


def test_sex_nobody_asked_for_is_not_kept(filling: Filling) -> None:
    from smup.training.models import Participant

    assert filling.at_once(**{"uczestnik-1-plec": "k"}).status_code == 303
    assert set(Participant.objects.values_list("sex", flat=True)) == {""}
