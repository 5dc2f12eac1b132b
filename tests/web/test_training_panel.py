"""The contact person's pages: the way in, what is shown, what can be done and by whom."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import Client
from django.test.utils import CaptureQueriesContext

from tests.helpers.applying import people, text
from tests.helpers.edition import blank_pdf, run
from tests.helpers.recruiting import asking_sex

if TYPE_CHECKING:
    from smup.training.models import Registration
    from tests.helpers.edition import Programme

MINE = "/szkolenia/moje"
STATUSES = (
    "qualified", "reserve", "offered", "to_confirm", "agreement_sent", "agreement_returned",
    "in_training", "refused", "withdrawn", "withdrawn_by_organiser", "lapsed",
)  # fmt: skip


def now() -> datetime:
    from django.utils import timezone

    return timezone.now()


@pytest.fixture
def programme(home: Path, sqlite: dict[str, Any]) -> "Programme":
    return run(now())


def link_of(case: "Registration", hours: int = 2, at: datetime | None = None) -> str:
    from smup.accounts import links
    from smup.training.actions.letters import PURPOSE, subject

    token = links.issue(PURPOSE, subject(case), hours, once=False, now=at or now())
    return f"{MINE}?klucz={token}"


def entered(case: "Registration", prefix: str = "", **more: Any) -> Client:
    client = Client(SERVER_NAME="localhost", **more)
    answer = client.get(prefix + link_of(case))
    assert (answer.status_code, answer.headers["Location"]) == (303, prefix + MINE)
    return client


def do(client: Client, what: str, **more: Any) -> Any:
    return client.post(MINE, {"co": what, **more})


def status_of(case: "Registration") -> str:
    from smup.training.models import Registration

    return str(Registration.objects.get(pk=case.pk).status)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_status_has_a_page(programme: "Programme", prefix: str) -> None:
    from smup.training.rules.workflow import workflow

    for status in STATUSES:
        case = programme.of(status)
        page = entered(case, prefix).get(prefix + MINE)
        assert page.status_code == 200, status
        name = workflow("registration").statuses[status].name.of("en" if prefix else "pl")
        assert name in text(page), status
        assert page.headers["Cache-Control"] == "no-store"


def test_the_panel_asks_the_database_little(programme: "Programme") -> None:
    client = entered(programme.of("in_training"))
    with CaptureQueriesContext(connection) as asked:
        client.get(MINE)
    assert len(asked) <= 24, len(asked)


def test_the_cookie_is_short_and_the_key_is_gone_from_the_address(programme: "Programme") -> None:
    client = Client(SERVER_NAME="localhost")
    answer = client.get(link_of(programme.of("qualified")))
    cookie = answer.cookies["smup-sesja"]
    assert cookie["samesite"] == "Lax"
    assert cookie["httponly"]
    assert int(cookie["max-age"]) <= 2 * 3600
    assert "klucz" not in answer.headers["Location"]


def test_a_stranger_sees_nothing(programme: "Programme") -> None:
    case = programme.of("agreement_sent")
    paper = case.documents.filter(kind="agreement")[0]
    client = Client(SERVER_NAME="localhost")
    for address in (MINE, f"{MINE}/dane", f"{MINE}/dane.json", f"{MINE}/dokument/{paper.pk}"):
        answer = client.get(address)
        assert case.unit_name not in text(answer), address
        assert "Wyślij link" in text(answer), address
    assert do(client, "wycofuje", powod="x").status_code == 403
    assert status_of(case) == "agreement_sent"


@pytest.mark.parametrize("token", ["", "zmyslony", "x" * 5000])
def test_a_wrong_key_opens_nothing(programme: "Programme", token: str) -> None:
    answer = Client(SERVER_NAME="localhost").get(MINE, {"klucz": token})
    assert answer.status_code == 410
    assert "nie jest ważny" in text(answer)


def test_a_key_does_not_outlive_its_time(programme: "Programme") -> None:
    link = link_of(programme.of("qualified"), 2, now() - timedelta(hours=3))
    assert Client(SERVER_NAME="localhost").get(link).status_code == 410


def test_one_registration_does_not_reach_into_another(programme: "Programme") -> None:
    mine, other = programme.of("agreement_returned"), programme.of("agreement_sent")
    paper = other.documents.filter(kind="agreement")[0]
    person = other.participants.all()[0]
    client = entered(mine)
    assert client.get(f"{MINE}/dokument/{paper.pk}").status_code == 404
    assert client.get(f"{MINE}/oswiadczenia/{person.pk}.pdf").status_code == 404
    assert client.get(f"{MINE}/kalendarz/{programme.trainings[0].pk}.ics").status_code == 404
    answer = do(client, "zamiana", osoba=person.pk, imie="Obca", nazwisko="Osoba")
    assert answer.status_code == 400
    assert other.participants.filter(surname="Osoba").count() == 0


def test_asking_for_a_link_never_tells_whether_the_address_is_known(
    programme: "Programme",
) -> None:
    from smup.mailing.models import Message

    known = programme.of("qualified").contact_email
    client = Client(SERVER_NAME="localhost")
    answers = [client.post(MINE, {"adres": one}) for one in (known, "nikt@example.org")]
    assert [one.status_code for one in answers] == [200, 200]
    said = [text(one).replace(known, "…").replace("nikt@example.org", "…") for one in answers]
    assert said[0] == said[1]
    assert Message.objects.filter(letter="contact-link", to=known).count() == 1
    client.post(MINE, {"adres": known.upper()})
    assert Message.objects.filter(letter="contact-link").count() == 1  # within the hour once
    bad = client.post(MINE, {"adres": "nikt"})
    assert bad.status_code == 400
    assert "adres e-mail" in text(bad)


def test_an_offer_is_taken_once(programme: "Programme") -> None:
    case = programme.of("offered")
    client = entered(case)
    answer = do(client, "przyjmuje")
    assert answer.status_code == 303
    assert "Miejsce jest przyjęte" in text(client.get(answer.headers["Location"]))
    assert status_of(case) == "qualified"
    assert do(client, "przyjmuje").status_code == 303  # a double click
    from smup.accounts.models import Event

    about = f"registration:{case.pk}"
    verb = "training.registration.offer_accepted"
    (event,) = Event.objects.filter(about=about, what=verb)
    assert (event.actor_kind, event.actor_id) == ("contact", case.pk)


def test_an_offer_is_declined_with_or_without_a_reason(programme: "Programme") -> None:
    case = programme.of("offered")
    assert do(entered(case), "rezygnuje", powod="Brak osób.").status_code == 303
    assert status_of(case) == "withdrawn"


def test_the_reserve_confirms_in_the_new_stage(programme: "Programme") -> None:
    case = programme.of("to_confirm")
    assert do(entered(case), "potwierdzam").status_code == 303
    assert status_of(case) in ("qualified", "reserve")


def test_a_late_answer_is_refused_in_words(programme: "Programme") -> None:
    from smup.training.models import Registration

    case = programme.of("offered")
    Registration.objects.filter(pk=case.pk).update(deadline=now() - timedelta(hours=1))
    answer = do(entered(case), "przyjmuje")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert status_of(case) == "offered"


def test_what_the_status_does_not_allow_is_neither_shown_nor_done(programme: "Programme") -> None:
    case = programme.of("reserve")
    client = entered(case)
    page = client.get(MINE).content.decode()
    assert 'value="przyjmuje"' not in page
    assert 'value="umowa"' not in page
    assert do(client, "przyjmuje").status_code == 400
    assert status_of(case) == "reserve"
    assert do(client, "usun_wszystko").status_code == 200
    assert "miejsce" in text(client.get(MINE))


def test_the_reserve_sees_its_place(programme: "Programme") -> None:
    from smup.training.models import Registration

    case = programme.of("reserve")
    ahead = Registration.objects.filter(
        stage=case.stage, status__in=("reserve", "to_confirm"), number__lt=case.number
    ).count()
    assert f"miejsce {ahead + 1}" in text(entered(case).get(MINE))


# Content, words of the sentence beside the field; written from the issue.
BAD_FILES = [
    (b"", "Nie wybrano pliku"),
    (b"PK\x03\x04 to jest DOCX", "To nie jest plik PDF"),
    (b"%PDF-1.7\nnic tu nie ma", "nie da się odczytać"),
]


def test_a_signed_agreement_is_returned_once(programme: "Programme") -> None:
    case = programme.of("agreement_sent")
    client = entered(case)
    for content, words in BAD_FILES:
        answer = do(client, "umowa", plik=SimpleUploadedFile("umowa.pdf", content))
        assert answer.status_code == 400
        assert words in text(answer), words
        assert status_of(case) == "agreement_sent"
    for _ in range(2):
        file = SimpleUploadedFile("umowa.pdf", blank_pdf())
        assert do(client, "umowa", plik=file).status_code == 303
    assert status_of(case) == "agreement_returned"
    (signed,) = case.documents.filter(kind="agreement_signed")
    back = client.get(f"{MINE}/dokument/{signed.pk}")
    assert back.content == blank_pdf()
    assert back.headers["Content-Disposition"].startswith("attachment")


def test_a_pdf_that_could_run_is_refused(programme: "Programme") -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(blank_pdf())))
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('x')")}
    runs = DictionaryObject({NameObject(name): value for name, value in script.items()})
    writer.root_object[NameObject("/OpenAction")] = runs
    active = BytesIO()
    writer.write(active)
    case = programme.of("agreement_sent")
    answer = do(entered(case), "umowa", plik=SimpleUploadedFile("u.pdf", active.getvalue()))
    assert answer.status_code == 400
    assert "aktywną treść" in text(answer)
    assert status_of(case) == "agreement_sent"


def test_a_file_that_is_too_large_is_answered_with_a_page(programme: "Programme") -> None:
    client = entered(programme.of("agreement_sent"))
    answer = do(client, "umowa", plik=SimpleUploadedFile("u.pdf", b"%PDF-" + b"0" * 11_000_000))
    assert answer.status_code == 413
    assert "10 MB" in text(answer)
    ten = do(client, "umowa", plik=SimpleUploadedFile("u.pdf", b"%PDF-" + b"0" * 10_100_000))
    assert ten.status_code == 400
    assert "większy niż 10 MB" in text(ten)


def test_a_declaration_is_handed_in_for_one_person(programme: "Programme") -> None:
    case = programme.of("qualified")
    person = case.participants.order_by("order")[0]
    client = entered(case)
    ready = client.get(f"{MINE}/oswiadczenia/{person.pk}.pdf")
    assert ready.content.startswith(b"%PDF-")
    bad = do(
        client,
        "oswiadczenie",
        osoba=person.pk,
        rodzaj="uczestnictwo",
        email="anna@example.org",
        plik=SimpleUploadedFile("o.pdf", b"nie pdf"),
    )
    assert bad.status_code == 400
    assert 'value="anna@example.org"' in bad.content.decode()
    good = do(
        client,
        "oswiadczenie",
        osoba=person.pk,
        rodzaj="uczestnictwo",
        email="anna@example.org",
        plik=SimpleUploadedFile("o.pdf", blank_pdf()),
    )
    assert good.status_code == 303
    assert [one.kind for one in person.declarations.all()] == ["uczestnictwo"]
    assert case.participants.get(pk=person.pk).email == "anna@example.org"
    assert "Brakujące oświadczenia: 2" in text(client.get(MINE))


def test_a_participant_is_replaced_and_the_name_kept_on_error(programme: "Programme") -> None:
    case = programme.of("qualified")
    person = case.participants.order_by("order")[0]
    client = entered(case)
    bad = do(client, "zamiana", osoba=person.pk, imie="Barbara", nazwisko="")
    assert bad.status_code == 400
    assert 'value="Barbara"' in bad.content.decode()
    assert (
        do(client, "zamiana", osoba=person.pk, imie="Barbara", nazwisko="Nowa").status_code == 303
    )
    active = case.participants.get(state="active", order=person.order)
    assert (active.name, active.surname, active.area) == ("Barbara", "Nowa", person.area)
    assert "Barbara Nowa" in text(client.get(MINE))


def test_who_comes_instead_says_their_sex_where_it_is_asked(programme: "Programme") -> None:
    case = programme.of("qualified")
    asking_sex(case.edition)
    person = case.participants.order_by("order")[0]
    client, typed = entered(case), {"imie": "Jan", "nazwisko": "Nowy"}
    assert "Płeć (tylko do sprawozdania z projektu)" in text(client.get(MINE))
    bad = do(client, "zamiana", osoba=person.pk, **typed)
    assert bad.status_code == 400
    assert "Zaznacz płeć tej osoby" in text(bad)
    assert do(client, "zamiana", osoba=person.pk, plec="m", **typed).status_code == 303
    assert case.participants.get(state="active", order=person.order).sex == "m"
    assert "mężczyzna" in text(client.get(MINE))
    assert "Jan Nowy, mężczyzna" in text(client.get(f"{MINE}/dane"))
    held = client.get(f"{MINE}/dane.json").json()["participants"]
    assert {one["sex"] for one in held if one["surname"] == "Nowy"} == {"m"}


def test_people_refused_for_their_number_are_corrected(programme: "Programme") -> None:
    from smup.training.models import Registration

    case = programme.of("refused")
    client, page = entered(case), f"{MINE}/osoby"
    assert client.get(page).status_code == 303  # refused for something else
    assert page not in client.get(MINE).content.decode()
    Registration.objects.filter(pk=case.pk).update(rule="6", headcount=40)
    assert page in client.get(MINE).content.decode()
    shown = client.get(page)
    first = case.participants.filter(state="active").order_by("order")[0]
    assert f'value="{first.surname}"' in shown.content.decode()
    typed = {"zatrudnienie": "100", "krok": "wyslij"} | people(("online", "edukacja"))
    wrong = client.post(page, typed)
    assert wrong.status_code == 400
    assert "Uczestnik 2" in text(wrong)  # so many fields as people are needed
    assert 'value="Przykładowa1"' in wrong.content.decode()
    typed |= people(("online", "edukacja"), ("online", "edukacja"))
    assert (
        "usun-2"
        in client.post(page, {**typed, "zatrudnienie": "40", "krok": "przelicz"}).content.decode()
    )
    left = client.post(page, {**typed, "krok": "usun-1"}).content.decode()
    assert 'name="uczestnik-1-nazwisko" type="text" value="Przykładowa2"' in left
    assert client.post(page, typed).headers["Location"] == f"{MINE}?zrobiono=osoby"
    active = case.participants.filter(state="active").order_by("order")
    assert [one.surname for one in active] == ["Przykładowa1", "Przykładowa2"]
    assert status_of(case) == "refused"
    done = text(client.get(f"{MINE}?zrobiono=osoby"))
    assert "Uczestnicy są poprawieni" in done
    assert "Correct the participants" in text(client.get(f"/en{MINE}"))


def test_a_withdrawal_is_final_for_the_unit(programme: "Programme") -> None:
    case = programme.of("qualified")
    client = entered(case)
    assert do(client, "wycofuje", powod="Zmiana planów.").status_code == 303
    assert status_of(case) == "withdrawn"
    assert 'value="wycofuje"' not in client.get(MINE).content.decode()


def test_a_question_of_the_unit_becomes_a_case(programme: "Programme") -> None:
    case = programme.of("qualified")
    client = entered(case)
    assert do(client, "pytanie", pytanie="").status_code == 400
    assert do(client, "pytanie", pytanie="Gdzie jest parking?").status_code == 303
    (question,) = case.questions.all()
    assert (question.email, question.organiser_id) == (case.contact_email, case.organiser_id)
    assert "Gdzie jest parking?" in text(client.get(MINE))


def test_an_area_below_five_is_answered(programme: "Programme") -> None:
    from smup.accounts.actor import SYSTEM
    from smup.training.actions import short_areas
    from smup.training.models import Registration

    stage = programme.stages[1]
    told = short_areas.tell_short_areas(stage, actor=SYSTEM, now=now())
    assert told
    waits = told[0]
    client = entered(waits)
    assert "Za mało chętnych" in text(client.get(MINE))
    assert do(client, "czekamy").status_code == 303
    assert Registration.objects.get(pk=waits.pk).area_answer == "wait"
    assert "Za mało chętnych" not in text(client.get(MINE))


def test_the_data_that_are_held_are_shown_and_given_out(programme: "Programme") -> None:
    case = programme.of("qualified")
    client = entered(case)
    assert case.contact_email in text(client.get(f"{MINE}/dane"))
    held = client.get(f"{MINE}/dane.json").json()
    assert held["registration"]["contact_email"] == case.contact_email
    assert len(held["participants"]) == case.participants.count()
    assert "pesel" not in str(held).lower()


def test_leaving_forgets_the_registration(programme: "Programme") -> None:
    case = programme.of("qualified")
    client = entered(case)
    assert client.post(f"{MINE}/koniec").status_code == 303
    assert case.unit_name not in text(client.get(MINE))


def test_buttons_on_foreign_pages_do_nothing(programme: "Programme") -> None:
    case = programme.of("qualified")
    client = entered(case, enforce_csrf_checks=True)
    assert do(client, "wycofuje", powod="x").status_code == 403
    assert status_of(case) == "qualified"


def test_a_training_its_test_and_its_certificate(programme: "Programme") -> None:
    from smup.training.models import Enrolment

    case = programme.of("in_training")
    seat = Enrolment.objects.filter(participant__registration=case, state="enrolled")[0]
    client = entered(case)
    ics = client.get(f"{MINE}/kalendarz/{seat.training_id}.ics")
    assert ics.content.startswith(b"BEGIN:VCALENDAR")
    assert client.get(f"{MINE}/test/{seat.pk}/pre").status_code == 200
    assert "Wynik:" in text(client.get(f"{MINE}/test/{seat.pk}/post"))
    assert client.get(f"{MINE}/test/{seat.pk}/inny").status_code == 404
    assert client.get(f"{MINE}/test/{10**30}/pre").status_code == 404
    survey = f"{MINE}/ankieta/{seat.pk}"
    assert client.post(survey, {}).status_code == 400
    marks = dict.fromkeys(_survey_questions(), "5")
    assert client.post(survey, {**marks, "uwagi": "Było dobrze."}).status_code == 303
    assert "Dziękujemy" in text(client.get(survey))
    seat.refresh_from_db()
    assert seat.survey_given


def _survey_questions() -> list[str]:
    from smup.training.papers.questions import survey

    return [one.id for one in survey().questions]
