"""Pages of the administrator: who may open them, editions, stages, pilot list, invitations."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test.client import Client
from django.utils import timezone

from smup.training.rules.settings import edition_text
from smup.training.rules.settings_text import SINGLE
from tests.helpers.people import person, signed_in
from tests.helpers.recruiting import edition, gminas
from tests.web.desk import Desk, text
from tests.web.desk import desk as desk
from tests.web.desk import filled as filled

BASE = "/szkolenia/ustawienia"
SETUP, BOTH = {"coordinator"}, {"coordinator", "organiser"}
PAGES = {  # written from the description of the roles
    BASE: SETUP,
    f"{BASE}/edycja/nowa": SETUP,
    f"{BASE}/edycja/1": SETUP,
    f"{BASE}/edycja/1/liczby": SETUP,
    f"{BASE}/edycja/1/zasady": SETUP,
    f"{BASE}/edycja/1/pilotaz": SETUP,
    f"{BASE}/edycja/1/dokumenty": SETUP,
    f"{BASE}/edycja/1/etap": SETUP,
    f"{BASE}/etap/2": SETUP,
    f"{BASE}/organizator/zmp": SETUP,
    "/szkolenia/zaproszenia": BOTH,
    "/szkolenia/zaproszenia/nowe": BOTH,
    "/szkolenia/sprawozdania": BOTH | {"auditor"},
    "/szkolenia/sprawozdania/jednostki.csv": BOTH | {"auditor"},
}


def test_every_role_sees_its_pages(desk: Desk) -> None:
    for role in ("coordinator", "organiser", "auditor", "trainer"):
        client = desk.as_(role)
        for page, allowed in PAGES.items():
            for address in (page, f"/en{page}"):
                wanted = 200 if role in allowed else 403
                assert client.get(address).status_code == wanted, (role, address)


def test_visitors_are_led_to_the_login(desk: Desk) -> None:
    for page in PAGES:
        answer = Client(SERVER_NAME="localhost").get(page)
        assert answer.status_code == 302, page
        assert "/konto/logowanie?next=" in answer.headers["Location"]


def test_an_edition_from_its_draft_to_an_announced_stage(sqlite: dict[str, Any], home: Any) -> None:
    from smup.training.models import Edition, Stage

    client = signed_in(person("coordinator"))
    sent = {
        "slug": "2027",
        "settings": edition_text("2022-2023").replace("2022, 2023", "2027, 2099"),
    }
    answer = client.post(f"{BASE}/edycja/nowa", sent)
    page = f"{BASE}/edycja/{Edition.objects.get(slug='2027').pk}"
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    client.post(f"{page}/krok/ogloszenie")
    client.post(f"{page}/krok/ogloszenie")  # a double click
    opens = timezone.localtime() + timedelta(days=7)
    stage = {
        "opens": f"{opens:%Y-%m-%dT09:00}",
        "closes": f"{opens + timedelta(days=29):%Y-%m-%dT09:00}",
        "quarters": ["2027-Q1"],
        "online": "10",
        "area-edukacja": "4",
    }
    short = client.post(f"{page}/etap", stage)
    assert short.status_code == 422
    assert "Etap trwa co najmniej 30" in text(short)
    assert 'value="10"' in text(short)  # nothing typed is lost
    assert not Stage.objects.exists()
    long = stage | {"closes": f"{opens + timedelta(days=30):%Y-%m-%dT09:00}"}
    assert client.post(f"{page}/etap", long).status_code == 302
    one = Stage.objects.get()
    assert one.areas == ["edukacja"]
    client.post(f"{BASE}/etap/{one.pk}/krok/ogloszenie")
    one.refresh_from_db()
    assert one.state == "announced"
    fewer = {"online": "8", "area-edukacja": "4", "why": "mniejsza sala"}
    assert client.post(f"{BASE}/etap/{one.pk}", fewer).status_code == 302
    assert one.capacities.get(kind="online").persons == 8


def test_bad_settings_come_back_with_their_line(desk: Desk) -> None:
    client = desk.as_("coordinator")
    bad = edition_text("2022-2023").replace("offer_days: 7", "offer_days: siedem")
    line = bad[: bad.index("offer_days")].count("\n") + 1
    answer = client.post(f"{BASE}/edycja/1/zasady", {"settings": bad, "why": "próba"})
    assert answer.status_code == 422
    assert f"wiersz {line}, offer_days" in text(answer)
    assert "offer_days: siedem" in text(answer)


def test_numbers_that_decided_about_units_stay(desk: Desk) -> None:
    from smup.training.models import Edition

    client = desk.as_("coordinator")
    page = f"{BASE}/edycja/1/liczby"
    now = Edition.objects.get().rules.model_dump(include=set(SINGLE))
    sent = {name: value for name, value in now.items() if value is not False}
    good = client.post(page, sent | {"offer_days": 9, "why": "urlopy"})
    assert good.status_code == 302
    assert Edition.objects.get().rules.offer_days == 9
    sent |= {"offer_days": 9, "max_in_person_per_unit": 3, "why": "próba"}
    bad = client.post(page, sent)
    assert bad.status_code == 422
    assert "nie można już zmienić" in text(bad)


def test_an_unclear_name_on_the_pilot_list_is_asked(sqlite: dict[str, Any], home: Any) -> None:
    from smup.training.models import PilotUnit

    client, page = signed_in(person("coordinator")), f"{BASE}/edycja/{edition().pk}/pilotaz"
    asked = client.post(page, {"units": "020101\nBolesławiec\nNibylandia"})
    assert asked.status_code == 422
    assert 'name="typed" value="Bolesławiec"' in text(asked)
    assert "<li>Nibylandia</li>" in text(asked)
    assert not PilotUnit.objects.exists()
    chosen = {"units": "020101 # uwaga\nBolesławiec", "typed": "Bolesławiec", "chosen": "020102"}
    assert client.post(page, chosen).status_code == 302
    assert set(PilotUnit.objects.values_list("unit", flat=True)) == {"020101", "020102"}


def test_a_wave_is_sent_once_and_reminds_only_the_silent(desk: Desk) -> None:
    from smup.mailing.models import Message
    from smup.training.models import Registration, Wave

    client = desk.as_("organiser")
    known = Registration.objects.filter(unit_kind="gmina-wiejska").first()
    assert known is not None
    fresh = [code for code in gminas(200) if not Registration.objects.filter(unit=code)][:3]
    rows = [f"{code};urzad{code}@example.org" for code in (*fresh, known.unit, "1465")]
    sent = {
        "name": "Gminy wiejskie",
        "organiser": "zmp",
        "kinds": ["gmina-wiejska"],
        "emails": "jednostka;e-mail\n" + "\n".join(rows),
    }
    assert client.post("/szkolenia/zaproszenia/nowe", sent).status_code == 302
    wave = Wave.objects.get()
    assert set(wave.invitations.values_list("unit", flat=True)) == set(fresh)
    page = f"/szkolenia/zaproszenia/{wave.pk}"
    for _ in range(2):
        client.post(f"{page}/krok/wyslanie")
        client.post(f"{page}/krok/przypomnienie")
    letters = Message.objects.filter(about__startswith="invitation:").values_list("letter", "to")
    assert sorted(letters) == sorted(
        (letter, f"urzad{code}@example.org")
        for code in fresh
        for letter in ("unit-invitation", "unit-invitation-reminder")
    )
    assert client.get(page).status_code == 200


def test_another_organisers_wave_is_not_shown(desk: Desk) -> None:
    from smup.accounts.actor import SYSTEM
    from smup.accounts.models import Organisation
    from smup.training.actions import inviting
    from smup.training.models import Edition

    made = inviting.create_wave(
        Edition.objects.get(),
        Organisation.objects.get(pk="zpp"),
        "Powiaty",
        ["powiat"],
        {"3216": "starostwo@example.org"},
        actor=SYSTEM,
        now=timezone.now(),
    )
    client = desk.as_("organiser")
    assert client.get(f"/szkolenia/zaproszenia/{made.wave.pk}").status_code == 403
    assert client.post(f"/szkolenia/zaproszenia/{made.wave.pk}/krok/wyslanie").status_code == 403
    assert "Powiaty" not in text(client.get("/szkolenia/zaproszenia"))


def test_the_report_says_the_same_on_its_page_and_in_its_files(desk: Desk) -> None:
    from smup.training.models import Participant, Registration

    client = desk.as_("coordinator")
    page = text(client.get("/szkolenia/sprawozdania"))
    totals = [int(n) for n in re.findall(r'<strong class="tab">(\d+)</strong>', page)]
    holding = "qualified|offered|agreement_sent|agreement_returned|in_training|completed"
    placed = Registration.objects.filter(status__regex=holding)
    people = Participant.objects.filter(registration__in=placed, state="active")
    assert totals[:4] == [
        Registration.objects.count(),
        placed.count(),
        Registration.objects.filter(status__in=("reserve", "to_confirm")).count(),
        people.count(),
    ]
    rows = list(csv.reader(io.StringIO(_csv(client, "zestawienie")), delimiter=";"))
    sums = [row for row in rows if row[1] == "Razem"]
    assert len(sums) == 6
    assert {tuple(map(int, row[2:])) for row in sums} == {tuple(totals)}
    units = list(csv.DictReader(io.StringIO(_csv(client, "jednostki")), delimiter=";"))
    assert len(units) == totals[0]
    assert {unit["Kod"] for unit in units} == set(
        Registration.objects.values_list("unit", flat=True)
    )
    for name in ("zestawienie", "jednostki"):
        book = client.get(f"/szkolenia/sprawozdania/{name}.xlsx")
        assert zipfile.is_zipfile(io.BytesIO(book.content))


def test_files_of_the_report_hold_no_personal_data(desk: Desk) -> None:
    from smup.training.models import Participant, Registration

    client = desk.as_("coordinator")
    told = _csv(client, "jednostki") + text(client.get("/szkolenia/sprawozdania"))
    for one in Registration.objects.all():
        assert one.contact_email not in told
        assert one.contact_name not in told
    for surname in Participant.objects.values_list("surname", flat=True):
        assert surname not in told


def test_an_organiser_reports_the_own_cases(desk: Desk) -> None:
    from smup.training.models import Registration

    rows = csv.DictReader(io.StringIO(_csv(desk.as_("organiser"), "jednostki")), delimiter=";")
    own = Registration.objects.filter(organiser="zmp").values_list("unit", flat=True)
    assert {row["Kod"] for row in rows} == set(own)


@pytest.mark.parametrize(
    "page", ["/szkolenia/sprawozdania?edycja=nie-ma", "/szkolenia/zaproszenia/9"]
)
def test_what_is_not_there_is_told_calmly(desk: Desk, page: str) -> None:
    assert desk.as_("coordinator").get(page).status_code in (200, 404)


def _csv(client: Client, name: str) -> str:
    answer = client.get(f"/szkolenia/sprawozdania/{name}.csv")
    assert answer.status_code == 200
    return str(answer.content.decode("utf-8-sig"))
