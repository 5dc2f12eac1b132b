"""The organisers' desk: who sees what, lists and files, one case."""

import csv
import io
from typing import Any

import pytest
from django.test.client import Client

from tests.helpers.people import person, signed_in
from tests.web.desk import BASE, Desk, text
from tests.web.desk import desk as desk
from tests.web.desk import filled as filled

# Written from the description of the roles: who may open which page of the desk.
PAGES = {
    "": {"coordinator", "organiser", "auditor"},
    "/zgloszenia": {"coordinator", "organiser", "auditor"},
    "/zgloszenia.csv": {"coordinator", "organiser", "auditor"},
    "/zgody": {"coordinator", "organiser", "auditor"},
    "/szkolenia": {"coordinator", "organiser", "auditor", "trainer"},
    "/szkolenia/nowe": {"coordinator", "organiser"},
    "/pytania": {"coordinator", "organiser", "auditor"},
    "/etap/2/obszary": {"coordinator", "organiser"},
}
ROLES = ("coordinator", "organiser", "auditor", "trainer")


def test_every_role_sees_its_pages(desk: Desk) -> None:
    for role in ROLES:
        client = desk.as_(role)
        for page, allowed in PAGES.items():
            wanted = 200 if role in allowed else 302 if not page else 403  # led to the trainings
            assert client.get(BASE + page).status_code == wanted, (role, page)


def test_visitors_are_led_to_the_login(desk: Desk) -> None:
    answer = Client(SERVER_NAME="localhost").get(f"{BASE}/zgloszenia?stan=reserve")
    assert answer.status_code == 302
    assert "/konto/logowanie?next=" in answer.headers["Location"]


def test_without_an_edition_the_desk_says_so(home: Any, sqlite: dict[str, Any]) -> None:
    answer = signed_in(person("coordinator")).get(BASE)
    assert answer.status_code == 200
    assert "Nie ma jeszcze żadnej edycji" in text(answer)


def test_every_page_exists_in_english(desk: Desk) -> None:
    client = desk.as_("coordinator")
    for page in PAGES:
        answer = client.get(f"/en{BASE}{page}")
        assert answer.status_code == 200, page
    assert "What waits" in text(client.get(f"/en{BASE}/zgloszenia"))


def test_the_start_says_whether_another_stage_is_needed(desk: Desk) -> None:
    from smup.training.models import Edition, Registration

    holding = (
        *("qualified", "offered", "agreement_sent"),
        *("agreement_returned", "in_training", "completed"),
    )
    reached = Registration.objects.filter(status__in=holding).count()
    edition, client = Edition.objects.get(), desk.as_("coordinator")
    for target, said in (
        (reached + 1, "przy tym stanie potrzebny jest kolejny etap"),
        (reached, "kolejny etap nie jest potrzebny"),
    ):
        edition.settings = edition.settings.replace("target_units: 577", f"target_units: {target}")
        edition.save()
        assert said in text(client.get(BASE)), target
        edition.settings = edition.settings.replace(f"target_units: {target}", "target_units: 577")
    assert "no other stage is needed" in text(client.get(f"/en{BASE}"))


def test_an_organiser_sees_the_own_cases_only(desk: Desk) -> None:
    from smup.training.models import Registration

    client = desk.as_("organiser")
    ours = Registration.objects.filter(organiser="zmp").count()
    assert 0 < ours < 40
    assert f">{ours}\xa0zgłosze" in text(client.get(f"{BASE}/zgloszenia"))
    other = Registration.objects.filter(organiser="zpp").first()
    assert client.get(f"{BASE}/zgloszenie/{other.pk}").status_code == 404
    answer = client.post(f"{BASE}/zgloszenie/{other.pk}/krok/refuse", {"widziane": "0"})
    assert answer.status_code == 404


def test_an_auditor_reads_and_can_do_nothing(desk: Desk) -> None:
    client, case = desk.as_("auditor"), desk.case("qualified")
    page = text(client.get(f"{BASE}/zgloszenie/{case.pk}"))
    assert "W tym stanie nie ma nic do zrobienia" in page
    assert 'id="krok-' not in page
    for path in ("krok/refuse", "krok/send_agreement", "sprawdzenie/number"):
        answer = client.post(f"{BASE}/zgloszenie/{case.pk}/{path}", {"powod": "x"})
        assert answer.status_code == 403, path
    case.refresh_from_db()
    assert case.status == "qualified"


def test_a_trainer_sees_the_own_trainings_only(desk: Desk) -> None:
    client = desk.as_("trainer")
    assert client.get(BASE).headers["Location"] == f"{BASE}/szkolenia"
    page = text(client.get(f"{BASE}/szkolenia"))
    assert f'href="{BASE}"' in page  # the menu leads there
    assert "grupa 1" in page
    assert "grupa 2" in page
    assert "grupa 3" not in page
    bare = desk.training("planned")
    assert client.get(f"{BASE}/szkolenie/{bare.pk}").status_code == 404
    own = desk.training("announced")
    shown = text(client.get(f"{BASE}/szkolenie/{own.pk}"))
    assert "/zmiana" not in shown
    assert "krok-cancel" not in shown


def test_the_list_is_by_arrival_and_filters(desk: Desk) -> None:
    from smup.training.models import Registration

    client = desk.as_("coordinator")
    rows = listed(client, "")
    assert [int(one["Nr"]) for one in rows] == sorted(int(one["Nr"]) for one in rows)
    assert len(rows) == 40
    waiting = listed(client, "stan=reserve")
    assert len(waiting) == Registration.objects.filter(status="reserve").count()
    assert {one["Etap"] for one in listed(client, "etap=1")} == {"1"}
    assert {one["Organizator"] for one in listed(client, "organizator=zpp")} == {"ZPP"}
    assert {one["Rodzaj"] for one in listed(client, "rodzaj=powiat")} == {"powiat"}
    assert all(one["Obszar stacjonarny"] == "Edukacja" for one in listed(client, "obszar=edukacja"))
    assert [one["Jednostka"] for one in listed(client, "szukaj=zielona+GORA")] == ["Zielona Góra"]
    assert listed(client, "szukaj=nie+ma+takiej") == []
    assert len(listed(client, "etap=99999999999999999999999&stan=reserve")) == len(waiting)


def test_the_file_is_what_the_list_shows_and_runs_nothing(desk: Desk) -> None:
    from smup.training.models import Registration

    Registration.objects.filter(number=1).update(contact_name="=HYPERLINK(0)")
    rows = listed(desk.as_("coordinator"), "etap=1")
    assert rows[0]["Osoba kontaktowa"] == "'=HYPERLINK(0)"
    book = desk.as_("coordinator").get(f"{BASE}/zgloszenia.xlsx")
    assert book.content[:2] == b"PK"


def listed(client: Client, query: str) -> list[dict[str, str]]:
    """The list as its CSV says it."""
    answer = client.get(f"{BASE}/zgloszenia.csv?{query}")
    told = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(told), delimiter=";"))


def test_lists_ask_the_database_no_more_for_more_cases(desk: Desk) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = desk.as_("coordinator")
    counts = []
    for page in ("/zgloszenia?szukaj=12", "/zgloszenia"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(BASE + page)
        counts.append(len(asked))
    # the search reads all cases once; the number of rows makes no difference
    assert counts[1] <= counts[0] <= counts[1] + 1
    with CaptureQueriesContext(connection) as asked:
        client.get(BASE)
    assert len(asked) < 40


def test_the_start_counts_what_its_lists_show(desk: Desk) -> None:
    import re

    client = desk.as_("coordinator")
    page = text(client.get(BASE))
    counts = re.findall(r'href="[^"]*czeka=([^"]+)"><strong class="tab">(\d+)', page)
    assert {task for task, _ in counts} >= {"sprawdzenie", "umowy", "zwrocone", "braki"}
    for task, n in counts:
        if task != "braki":
            assert len(listed(client, f"czeka={task}")) == int(n), task


def test_places_of_the_start_are_those_of_the_rules(desk: Desk) -> None:
    from smup.training.models import Participant, Stage
    from smup.web.training.desk.places import lines_of

    stage = Stage.objects.get(number=2)
    online = lines_of(stage)[0]
    people = Participant.objects.filter(registration__stage=stage, kind="online", state="active")
    holding = ("qualified", "agreement_sent", "agreement_returned", "in_training", "completed")
    assert online.capacity == 16
    assert online.qualified == people.filter(registration__status__in=holding).count()
    assert online.offered == people.filter(registration__status="offered").count()
    waiting = ("reserve", "to_confirm")
    assert online.waiting == people.filter(registration__status__in=waiting).count()
    assert online.free == 16 - online.qualified - online.offered


def test_a_case_tells_everything(desk: Desk) -> None:
    case = desk.case("in_training")
    page = text(desk.as_("coordinator").get(f"{BASE}/zgloszenie/{case.pk}"))
    for told in (
        case.unit_name,
        f'href="/jst/{case.unit}"',
        case.nip,
        case.office_address,
        case.contact_email,
        "Edukacja online, grupa 1",
        "Deklaracja uczestnictwa w szkoleniu",
        "ZMP/2022-2023/",
        "Umowa: przyjęta",
        "Zgłoszenie: zakwalifikowan",
        "Zapisano wynik oceny formalnej",
    ):
        assert told in page, told


def test_a_case_on_the_reserve_list_says_which_places_were_short(desk: Desk) -> None:
    case = desk.case("reserve")
    page = text(desk.as_("coordinator").get(f"{BASE}/zgloszenie/{case.pk}"))
    assert "Na liście rezerwowej na miejscu" in page
    assert "stacjonarnie, Edukacja: potrzeba 1, miejsc jest 2, zajętych 0" in page


def test_documents_are_for_those_who_see_the_case(desk: Desk) -> None:
    case = desk.case("in_training")
    paper = case.documents.first()
    answer = desk.as_("organiser").get(f"{BASE}/dokument/{paper.pk}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert desk.as_("trainer").get(f"{BASE}/dokument/{paper.pk}").status_code == 403
    case.organiser_id = "zpp"
    case.save()
    assert desk.as_("organiser").get(f"{BASE}/dokument/{paper.pk}").status_code == 404


def test_names_of_people_are_never_markup(desk: Desk) -> None:
    case = desk.case("qualified")
    case.participants.update(surname="<script>alert(1)</script>")
    page = desk.as_("coordinator").get(f"{BASE}/zgloszenie/{case.pk}").content.decode()
    assert "<script>alert" not in page


def test_every_word_of_a_template_exists() -> None:
    import re
    from pathlib import Path

    import smup.web.training
    from smup.web.people.words import words

    folder = Path(smup.web.training.__file__).parent / "templates/training/desk"
    wanted = {
        word
        for path in folder.rglob("*.html")
        for word in re.findall(r"\bt\.(\w+)", path.read_text(encoding="utf-8"))
    }
    assert wanted
    assert not wanted - words("pl").keys()


@pytest.fixture(autouse=True)
def _store(home: Any) -> None:
    """Pages stand on the store of these tests."""
