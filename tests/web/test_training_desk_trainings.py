"""Trainings at the desk: planned, changed with a count of letters, people, attendance, papers."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.helpers.edition import blank_pdf
from tests.web.desk import BASE, Desk, seen, text
from tests.web.desk import desk as desk
from tests.web.desk import filled as filled

UNPROCESSABLE, CONFLICT = 422, 409
PLAN = {
    "nazwa": "Kultura online, grupa 1",
    "organizator": "zmp",
    "rodzaj": "online",
    "obszar": "kultura-i-rekreacja",
    "kwartal": "2022-Q2",
    "miejsc": "10",
    "sluchaczy": "0",
    "miejsce": "",
    "odnosnik": "https://spotkania.example.org/kultura",
    "trener": "",
    "dzien-1": "2027-05-10",
    "od-1": "09:00",
    "do-1": "13:00",
}


@pytest.fixture(autouse=True)
def _store(home: Any) -> None:
    """Pages stand on the store of these tests."""


def letters(training: Any) -> int:
    from smup.mailing.models import Message

    return int(Message.objects.filter(about=f"training:{training.pk}").count())


def test_a_training_is_planned_once(desk: Desk) -> None:
    from smup.training.models import Training

    client = desk.as_("organiser")
    for _ in range(2):
        assert client.post(f"{BASE}/szkolenia/nowe", PLAN).status_code == 302
    made = Training.objects.get(title=PLAN["nazwa"])
    meeting = made.meetings.get()
    assert f"{meeting.starts.astimezone():%Y-%m-%d}" == "2027-05-10"
    assert (meeting.ends - meeting.starts).total_seconds() == 4 * 3600
    assert letters(made) == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"nazwa": ""}, "wymagane"),
        ({"obszar": "finanse-jst"}, "obszar"),
        ({"miejsc": "0"}, "1"),
        ({"od-1": ""}, "Podaj datę, początek i koniec"),
        ({"od-1": "13:00", "do-1": "09:00"}, "d"),
        ({"organizator": "zpp"}, "zpp"),
        ({"odnosnik": "javascript:alert(1)"}, "URL"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_beside_its_field(
    desk: Desk, wrong: dict[str, str], sentence: str
) -> None:
    from smup.training.models import Training

    before = Training.objects.count()
    answer = desk.as_("organiser").post(f"{BASE}/szkolenia/nowe", PLAN | wrong)
    assert answer.status_code == UNPROCESSABLE
    page = text(answer)
    assert 'role="alert"' in page
    assert 'class="field field-wrong"' in page
    assert sentence in page
    assert 'value="https://spotkania.example.org/kultura"' in page or "odnosnik" in wrong
    assert Training.objects.count() == before


def test_a_change_of_an_announced_training_counts_its_letters_first(desk: Desk) -> None:
    client, training = desk.as_("organiser"), desk.training("announced")
    address = f"{BASE}/szkolenie/{training.pk}/zmiana"
    page = client.get(address)
    told = fields(page) | {"do-1": "15:00"}
    before = letters(training)
    look = client.post(address, told)
    assert look.status_code == 200
    assert "dowiedzą się wszyscy zainteresowani: <strong>3\xa0listy" in text(look)
    assert letters(training) == before
    assert training.meetings.get().ends.astimezone().hour != 15
    done = client.post(address, told | {"potwierdzam": "tak"})
    assert done.status_code == 302
    assert letters(training) == before + 3
    again = client.post(address, told | {"potwierdzam": "tak"})
    assert again.status_code == CONFLICT
    assert letters(training) == before + 3


def fields(page: Any) -> dict[str, str]:
    """A form as a browser would send it."""
    from html.parser import HTMLParser

    found: dict[str, str] = {}

    class Reader(HTMLParser):
        select = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            told = dict(attrs)
            name = told.get("name") or ""
            if tag == "select":
                self.select = name
            elif tag == "option" and "selected" in told:
                found[self.select] = told.get("value") or ""
            elif tag == "input" and name and told.get("type") not in ("checkbox", "submit"):
                found[name] = told.get("value") or ""

    Reader().feed(page.content.decode())
    return found


def test_cancelling_needs_a_reason_and_tells_everybody(desk: Desk) -> None:
    client, training = desk.as_("organiser"), desk.training("announced")
    page = client.get(f"{BASE}/szkolenie/{training.pk}")
    assert "Wszyscy zainteresowani dostaną list z powodem: 3\xa0listy" in text(page)
    address, before = f"{BASE}/szkolenie/{training.pk}/krok/cancel", letters(training)
    assert client.post(address, {"widziane": seen(page)}).status_code == UNPROCESSABLE
    told = {"widziane": seen(page), "powod": "Trenerka zachorowała."}
    assert client.post(address, told).status_code == 302
    assert client.post(address, told).status_code == CONFLICT
    assert letters(training) == before + 3
    training.refresh_from_db()
    assert training.state == "cancelled"


def test_people_are_proposed_by_arrival_and_enrolled_once(desk: Desk) -> None:
    import re

    client, bare = desk.as_("organiser"), desk.training("planned")
    address = f"{BASE}/szkolenie/{bare.pk}/osoby"
    page = text(client.get(address))
    ticked = re.findall(r'name="osoba" value="(\d+)"[^>]* checked', page)
    numbers = [int(one) for one in re.findall(r'data-name="Nr">(\d+)<', page)]
    assert numbers == sorted(numbers)
    assert ticked
    for _ in range(2):
        client.post(address, {"osoba": ticked[:2]})
    assert bare.enrolments.filter(state="enrolled").count() == 2
    left = text(client.get(address))
    assert f'value="{ticked[0]}"' not in left
    one = bare.enrolments.first()
    client.post(f"{address}/{one.pk}/wypisz")
    assert bare.enrolments.filter(state="enrolled").count() == 1


def test_more_than_the_places_are_refused_by_name(desk: Desk) -> None:
    import re

    client, bare = desk.as_("organiser"), desk.training("planned")
    bare.capacity = 1
    bare.save()
    address = f"{BASE}/szkolenie/{bare.pk}/osoby"
    all_of_them = re.findall(r'name="osoba" value="(\d+)"', text(client.get(address)))
    answer = client.post(address, {"osoba": all_of_them})
    assert answer.status_code == UNPROCESSABLE
    assert "Tych osób nie zapisano" in text(answer)
    assert bare.enrolments.filter(state="enrolled").count() == 1


def test_attendance_waits_for_the_declarations_and_for_the_day(desk: Desk) -> None:
    client, held = desk.as_("trainer"), desk.training("held")
    page = text(client.get(f"{BASE}/szkolenie/{held.pk}/obecnosc"))
    assert "checked" in page
    coming = desk.training("announced")
    page = text(client.get(f"{BASE}/szkolenie/{coming.pk}/obecnosc"))
    assert page.count("disabled") == 3
    assert "Obecność można zapisać od początku zajęć" in page
    assert "Zapisz obecność tego dnia" not in page


def test_a_missing_declaration_makes_nobody_absent(desk: Desk) -> None:
    from smup.training.models import Attendance, Certificate, Declaration

    client, held = desk.as_("trainer"), desk.training("held")
    Certificate.objects.all().delete()
    Attendance.objects.all().delete()
    Declaration.objects.all()[:1].get().delete()
    address = f"{BASE}/szkolenie/{held.pk}/obecnosc"
    page = text(client.get(address))
    assert page.count("disabled") == 1
    assert "desk-why" in page
    client.post(address, {"wszyscy": "tak"})
    assert not Attendance.objects.exists()


def test_attendance_is_noted_for_a_day_at_a_time(desk: Desk) -> None:
    from smup.training.models import Attendance, Certificate

    client, held = desk.as_("trainer"), desk.training("held")
    Certificate.objects.all().delete()
    address = f"{BASE}/szkolenie/{held.pk}/obecnosc"
    client.post(address, {})
    assert not Attendance.objects.get().present
    client.post(address, {"wszyscy": "tak"})
    assert Attendance.objects.get().present
    assert desk.as_("auditor").post(address, {}).status_code == 403


def test_the_list_to_be_signed_is_a_pdf(desk: Desk) -> None:
    held = desk.training("held")
    answer = desk.as_("trainer").get(f"{BASE}/szkolenie/{held.pk}/lista-obecnosci.pdf")
    assert answer.content.startswith(b"%PDF")


def test_certificates_go_to_those_entitled_once(desk: Desk) -> None:
    from smup.training.models import Certificate

    client, held = desk.as_("organiser"), desk.training("held")
    Certificate.objects.all().delete()
    address = f"{BASE}/szkolenie/{held.pk}/certyfikaty"
    assert "Wydaj: 1\xa0zaświadczenie" in text(client.get(address))
    client.post(address)
    client.post(address)
    one = Certificate.objects.get()
    assert one.number in text(client.get(address))
    client.post(f"{address}/{one.pk}/wycofaj", {"powod": ""})
    one.refresh_from_db()
    assert not one.withdrawn_reason
    client.post(f"{address}/{one.pk}/wycofaj", {"powod": "Pomyłka w nazwisku."})
    one.refresh_from_db()
    assert one.withdrawn_reason == "Pomyłka w nazwisku."


def test_materials_are_put_up_and_taken_down(desk: Desk) -> None:
    client, held = desk.as_("organiser"), desk.training("held")
    address = f"{BASE}/szkolenie/{held.pk}/materialy"
    bad = {"nazwa": "Prezentacja", "material": SimpleUploadedFile("a.exe", b"MZ")}
    wrong = client.post(address, bad)
    assert wrong.status_code == UNPROCESSABLE
    assert 'value="Prezentacja"' in text(wrong)
    good = {"nazwa": "Prezentacja", "material": SimpleUploadedFile("a.pdf", blank_pdf())}
    assert client.post(address, good).status_code == 302
    one = held.materials.get()
    client.post(address, {"usun": str(one.pk)})
    assert not held.materials.exists()


def test_results_are_counts_without_names(desk: Desk) -> None:
    page = text(desk.as_("organiser").get(f"{BASE}/szkolenie/{desk.training('held').pk}"))
    results = page[page.index('id="wyniki"') :]
    assert "Test przed szkoleniem" in results
    assert "Przykładowa" not in results
