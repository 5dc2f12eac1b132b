"""Decisions at the desk: once, with a reason, never over somebody else's, nothing typed lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.helpers.edition import blank_pdf
from tests.helpers.people import person, signed_in
from tests.helpers.recruiting import asking_sex
from tests.web.desk import BASE, Desk, seen, step, text
from tests.web.desk import desk as desk
from tests.web.desk import filled as filled

WHY = "Powód, który przeczyta jednostka."
UNPROCESSABLE, CONFLICT = 422, 409


@pytest.fixture(autouse=True)
def _store(home: Any) -> None:
    """Pages stand on the store of these tests."""


def letters(about: str) -> int:
    from smup.mailing.models import Message

    return int(Message.objects.filter(about=about).count())


def in_days(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


TODAY = {"termin": in_days(0), "powod": "Zostaje."}
LATER = {"termin": in_days(30), "powod": WHY}
# Status, step, what is filled in, the status afterwards, letters it makes.
STEPS = [
    ("qualified", "refuse", {"zasada": "6", "powod": WHY}, "refused", 1),
    ("qualified", "send_agreement", {}, "agreement_sent", 1),
    ("qualified", "move", {"komu": "zpp", "powod": WHY}, "qualified", 1),
    (
        "agreement_sent",
        "extend_agreement",
        {"termin": in_days(30), "powod": WHY},
        "agreement_sent",
        1,
    ),
    ("agreement_returned", "accept_agreement", {}, "in_training", 1),
    ("agreement_returned", "send_back_agreement", {"powod": WHY}, "agreement_sent", 1),
    ("refused", "reopen", {"powod": WHY}, "reserve", 1),
]


@pytest.mark.parametrize(("status", "name", "told", "after", "made"), STEPS)
def test_a_step_is_taken_once_with_its_letter(
    desk: Desk, status: str, name: str, told: dict[str, str], after: str, made: int
) -> None:
    from smup.accounts.models import Event

    case, client = desk.case(status), desk.as_("organiser")
    if name == "move":
        client = desk.as_("coordinator")
    about = f"registration:{case.pk}"
    before = letters(about)
    page = seen(client.get(f"{BASE}/zgloszenie/{case.pk}"))
    address = f"{BASE}/zgloszenie/{case.pk}/krok/{name}"
    first = client.post(address, told | {"widziane": page})
    assert first.status_code == 302, text(first)
    again = client.post(address, told | {"widziane": page})
    assert again.status_code == CONFLICT
    assert "Twoja wcześniejsza decyzja jest już zapisana" in text(again)
    case.refresh_from_db()
    assert case.status == after
    assert letters(about) == before + made
    assert Event.objects.filter(about=about).first().actor == client_name(client)


def client_name(client: Any) -> str:
    from smup.accounts.models import Person

    return str(Person.objects.get(pk=client.session["_auth_user_id"]).email)


def test_the_second_of_two_organisers_is_told_what_the_first_did(desk: Desk) -> None:
    case = desk.case("qualified")
    first, second = desk.as_("organiser"), signed_in(person("organiser", "zmp", "ola@example.org"))
    page = f"{BASE}/zgloszenie/{case.pk}"
    as_seen = seen(second.get(page))
    step(first, case, "refuse", zasada="6", powod="Za mało osób.")
    before = letters(f"registration:{case.pk}")
    answer = second.post(f"{page}/krok/send_agreement", {"widziane": as_seen})
    assert answer.status_code == CONFLICT
    told = text(answer)
    assert "W międzyczasie sprawa się zmieniła" in told
    assert "organiser@example.org" in told
    assert "Za mało osób." in told
    case.refresh_from_db()
    assert case.status == "refused"
    assert letters(f"registration:{case.pk}") == before


def test_an_organiser_who_hands_a_case_over_no_longer_sees_it(desk: Desk) -> None:
    case, client = desk.case("qualified"), desk.as_("organiser")
    page = f"{BASE}/zgloszenie/{case.pk}"
    told = {"komu": "zpp", "powod": WHY, "widziane": seen(client.get(page))}
    for _ in range(2):  # the second click says that it is done
        answer = client.post(f"{page}/krok/move", told)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{BASE}/zgloszenia"
    assert client.get(page).status_code == 404
    assert letters_of(case.pk, "moved-organiser") == 1


def test_a_step_that_changes_no_status_is_guarded_too(desk: Desk) -> None:
    """Extending twice from one page would give two deadlines; the second has to look again."""
    case = desk.case("agreement_sent")
    first, second = desk.as_("organiser"), desk.as_("coordinator")
    page = f"{BASE}/zgloszenie/{case.pk}"
    as_seen = seen(second.get(page))
    step(first, case, "extend_agreement", termin=in_days(40), powod=WHY)
    told = {"termin": in_days(50), "powod": WHY, "widziane": as_seen}
    assert second.post(f"{page}/krok/extend_agreement", told).status_code == CONFLICT
    case.agreements.get(deadline=in_days(40))


@pytest.mark.parametrize(
    ("status", "name", "told", "sentence"),
    [
        ("qualified", "refuse", {"zasada": "", "powod": "Zostaje."}, "To pole jest wymagane"),
        ("qualified", "refuse", {"zasada": "6", "powod": "  "}, "To pole jest wymagane"),
        ("qualified", "refuse", {"zasada": "6", "powod": "x" * 2001}, "2000"),
        ("agreement_sent", "extend_agreement", TODAY, "późniejszy niż dzisiaj"),
        ("agreement_sent", "extend_agreement", {"termin": "jutro", "powod": "Zostaje."}, "data"),
        ("agreement_sent", "withdraw_place", {"wina": "on", "powod": "Zostaje."}, "termin"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    desk: Desk, status: str, name: str, told: dict[str, str], sentence: str
) -> None:
    from smup.accounts.models import Event

    case, client = desk.case(status), desk.as_("organiser")
    before = Event.objects.count()
    answer = step(client, case, name, **told)
    assert answer.status_code == UNPROCESSABLE
    page = text(answer)
    assert sentence in page
    assert f'<details class="step" id="krok-{name}" open' in page
    if "Zostaje." in told["powod"]:
        assert "Zostaje.</textarea>" in page
    case.refresh_from_db()
    assert case.status == status
    assert Event.objects.count() == before


def test_a_place_is_offered_to_the_first_only(desk: Desk) -> None:
    from smup.training.actions.admitting import availability
    from smup.training.models import Registration, Stage

    first = availability(Stage.objects.get(number=2)).next_offer()
    assert first is not None
    case = Registration.objects.get(number=first.number)
    client = desk.as_("coordinator")
    later = Registration.objects.filter(status="reserve", number__gt=case.number).last()
    refused = step(client, later, "offer")
    assert refused.status_code == UNPROCESSABLE
    assert str(case.number) in text(refused)
    assert step(client, case, "offer").status_code == 302
    case.refresh_from_db()
    assert case.status == "offered"


def test_only_steps_of_the_table_stand_on_the_page(desk: Desk) -> None:
    import re

    client = desk.as_("coordinator")
    wanted = {
        "qualified": {"send_agreement", "refuse", "move"},
        "reserve": {"offer", "refuse", "move"},
        "withdrawn": {"reopen"},
        "agreement_returned": {"accept_agreement", "send_back_agreement", "refuse", "move"},
    }
    for status, steps in wanted.items():
        page = text(client.get(f"{BASE}/zgloszenie/{desk.case(status).pk}"))
        found = set(re.findall(r'action="[^"]*/krok/(\w+)"', page))
        assert found == steps, status


def test_a_signed_copy_is_a_harmless_pdf(desk: Desk) -> None:
    case, client = desk.case("agreement_sent"), desk.as_("organiser")
    wrong = step(client, case, "return_agreement", plik=SimpleUploadedFile("u.pdf", b"MZ nothing"))
    assert wrong.status_code == UNPROCESSABLE
    assert "PDF" in text(wrong)
    empty = step(client, case, "return_agreement")
    assert empty.status_code == UNPROCESSABLE
    good = SimpleUploadedFile("umowa podpisana.pdf", blank_pdf(), "application/pdf")
    assert step(client, case, "return_agreement", plik=good).status_code == 302
    case.refresh_from_db()
    assert case.status == "agreement_returned"


def test_a_formal_check_is_noted_and_needs_a_note_when_failed(desk: Desk) -> None:
    case, client = desk.case("qualified"), desk.as_("organiser")
    page = f"{BASE}/zgloszenie/{case.pk}"
    address = f"{page}/sprawdzenie/number"
    failed = client.post(address, {"wynik": "nie", "widziane": seen(client.get(page))})
    assert failed.status_code == UNPROCESSABLE
    told = {"wynik": "nie", "uwaga": "Jedna osoba za mało.", "widziane": seen(client.get(page))}
    assert client.post(address, told).status_code == 302
    check = case.checks.get(what="number")
    assert (check.passed, check.note, check.by) == (
        False,
        "Jedna osoba za mało.",
        "organiser@example.org",
    )
    assert "Jedna osoba za mało." in text(client.get(page))


def test_declarations_and_replacing_a_person(desk: Desk) -> None:
    case, client = desk.case("qualified"), desk.as_("organiser")
    page, one = f"{BASE}/zgloszenie/{case.pk}", case.participants.first()
    paper = case.edition.rules.documents.declarations[0].id
    for _ in range(2):  # a double click is one declaration
        told = {"rodzaj": paper, "widziane": seen(client.get(page))}
        assert client.post(f"{page}/osoba/{one.pk}/oswiadczenie", told).status_code == 302
    assert one.declarations.count() == 1
    bad = {"imie": "", "nazwisko": "Zostaje", "widziane": seen(client.get(page))}
    wrong = client.post(f"{page}/osoba/{one.pk}/zastepstwo", bad)
    assert wrong.status_code == UNPROCESSABLE
    assert 'value="Zostaje"' in text(wrong)
    good = {"imie": "Ewa", "nazwisko": "Nowa", "widziane": seen(client.get(page))}
    assert client.post(f"{page}/osoba/{one.pk}/zastepstwo", good).status_code == 302
    assert case.participants.get(state="active", order=one.order).surname == "Nowa"
    assert "zastąpion" in text(client.get(page))


def test_who_comes_instead_says_their_sex_where_it_is_asked(desk: Desk) -> None:
    case, client = desk.case("qualified"), desk.as_("organiser")
    page, one = f"{BASE}/zgloszenie/{case.pk}", case.participants.first()
    assert "Płeć" not in text(client.get(page))
    asking_sex(case.edition)
    told = {"imie": "Jan", "nazwisko": "Nowy", "widziane": seen(client.get(page))}
    wrong = client.post(f"{page}/osoba/{one.pk}/zastepstwo", told)
    assert wrong.status_code == UNPROCESSABLE
    assert "Płeć (tylko do sprawozdania z projektu)" in text(wrong)
    told |= {"plec": "m", "widziane": seen(client.get(page))}
    assert client.post(f"{page}/osoba/{one.pk}/zastepstwo", told).status_code == 302
    assert case.participants.get(state="active", order=one.order).sex == "m"


def test_a_consent_is_given_with_a_reason(desk: Desk) -> None:
    from smup.training.models import Consent

    client = desk.as_("organiser")
    wrong = client.post(f"{BASE}/zgody", {"jst": "999999", "osob": "3", "powod": "Zostaje."})
    assert wrong.status_code == UNPROCESSABLE
    assert "Nie ma jednostki o tym kodzie" in text(wrong)
    assert "Zostaje.</textarea>" in text(wrong)
    good = client.post(f"{BASE}/zgody", {"jst": "020101", "osob": "3", "powod": WHY})
    assert good.status_code == 302
    assert Consent.objects.get(unit="020101").persons == 3


def test_many_at_once_are_looked_at_before_and_done_one_by_one(desk: Desk) -> None:
    from smup.training.models import Registration

    client = desk.as_("organiser")
    ours = Registration.objects.filter(organiser="zmp")
    good = list(ours.filter(status="qualified").values_list("pk", flat=True)[:2])
    chosen = [*good, desk.case("refused").pk]
    foreign = Registration.objects.filter(organiser="zpp", status="qualified").first()
    told: dict[str, Any] = {"czynnosc": "umowy", "id": [*chosen, foreign.pk, "x", "9" * 30]}
    look = client.post(f"{BASE}/zgloszenia/zbiorczo", told)
    page = text(look)
    assert "Zostanie zrobione: 2\xa0zgłoszenia" in page
    assert foreign.unit_name not in page  # another organiser's case is not even shown
    assert ours.filter(status="agreement_sent").count() == 1
    carried = {f"widziane-{pk}": seen_in(page, pk) for pk in good}
    do = told | carried | {"potwierdzam": "tak"}
    done = text(client.post(f"{BASE}/zgloszenia/zbiorczo", do))
    assert "Zrobione: 2\xa0zgłoszenia" in done
    assert set(ours.filter(status="agreement_sent").values_list("pk", flat=True)) >= set(good)
    again = text(client.post(f"{BASE}/zgloszenia/zbiorczo", do))
    assert "Z zaznaczonymi nie można tego zrobić" in again or "Zrobione: 0" in again
    assert all(letters_of(pk, "agreement-ready") == 1 for pk in good)


def seen_in(page: str, pk: int) -> str:
    import re

    found = re.search(rf'name="widziane-{pk}" value="(\d+)"', page)
    assert found is not None
    return found[1]


def letters_of(pk: int, letter: str) -> int:
    from smup.mailing.models import Message

    return int(Message.objects.filter(about=f"registration:{pk}", letter=letter).count())


def test_a_case_that_changed_meanwhile_stops_no_other(desk: Desk) -> None:
    from smup.training.models import Registration

    client = desk.as_("organiser")
    pair = list(Registration.objects.filter(organiser="zmp", status="qualified")[:2])
    told: dict[str, Any] = {"czynnosc": "umowy", "id": [one.pk for one in pair]}
    page = text(client.post(f"{BASE}/zgloszenia/zbiorczo", told))
    carried = {f"widziane-{one.pk}": seen_in(page, one.pk) for one in pair}
    step(desk.as_("coordinator"), pair[0], "move", komu="zpp", powod=WHY)
    Registration.objects.filter(pk=pair[0].pk).update(organiser="zmp")
    done = text(client.post(f"{BASE}/zgloszenia/zbiorczo", told | carried | {"potwierdzam": "1"}))
    assert "W międzyczasie sprawa się zmieniła" in done
    statuses = dict(Registration.objects.filter(pk__in=told["id"]).values_list("pk", "status"))
    assert statuses == {pair[0].pk: "qualified", pair[1].pk: "agreement_sent"}


def test_bulk_leads_back_into_the_desk_only(desk: Desk) -> None:
    client = desk.as_("organiser")
    for bad in ("https://zly.example.org/", "//zly.example.org", "/szkolenia/biurozly", "/"):
        answer = client.post(f"{BASE}/zgloszenia/zbiorczo", {"czynnosc": "umowy", "powrot": bad})
        assert answer.headers["Location"] == f"{BASE}/zgloszenia"
    back = f"{BASE}/zgloszenia?stan=reserve"
    answer = client.post(f"{BASE}/zgloszenia/zbiorczo", {"czynnosc": "umowy", "powrot": back})
    assert answer.headers["Location"] == back


def test_units_of_short_areas_are_told_once(desk: Desk) -> None:
    from smup.mailing.models import Message

    client = desk.as_("coordinator")
    page = text(client.get(f"{BASE}/etap/2/obszary"))
    assert "Drogownictwo i transport" in page
    client.post(f"{BASE}/etap/2/obszary")
    told = Message.objects.filter(letter="area-below-five").count()
    assert told > 0
    client.post(f"{BASE}/etap/2/obszary")
    assert Message.objects.filter(letter="area-below-five").count() == told


def test_a_question_is_answered_once(desk: Desk) -> None:
    from smup.training.models import Question

    one, client = Question.objects.get(), desk.as_("coordinator")
    address = f"{BASE}/pytanie/{one.pk}"
    assert client.post(f"{address}/krok/answer", {"odpowiedz": " "}).status_code == UNPROCESSABLE
    assert client.post(f"{address}/krok/answer", {"odpowiedz": "Tak."}).status_code == 302
    other = signed_in(person("coordinator", email="ola@example.org"))
    late = other.post(f"{address}/krok/answer", {"odpowiedz": "Nie."})
    assert late.status_code == CONFLICT
    one.refresh_from_db()
    assert (one.state, one.answer) == ("answered", "Tak.")
    assert letters(f"question:{one.pk}") == 2  # received, answered


def test_a_copy_of_some_megabytes_is_taken_and_a_huge_one_refused_with_a_page(desk: Desk) -> None:
    case, client = desk.case("agreement_sent"), desk.as_("organiser")
    huge = SimpleUploadedFile("skan.pdf", b"%PDF" + b"0" * 11_000_000)
    answer = step(client, case, "return_agreement", plik=huge)
    assert answer.status_code == 413
    assert "najwyżej 10 MB" in text(answer)
    scan = SimpleUploadedFile("skan.pdf", blank_pdf() + b"\n%" + b"0" * 3_000_000)
    assert step(client, case, "return_agreement", plik=scan).status_code in (302, UNPROCESSABLE)
