"""Public pages of the trainings: what they say, no cookie, few questions to the database."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.client import Client
from django.test.utils import CaptureQueriesContext

from tests.helpers.applying import text, troubles
from tests.helpers.edition import run
from tests.helpers.recruiting import edition, form, gminas, nips, send, stage

if TYPE_CHECKING:
    from tests.helpers.edition import Programme

PAGES = (
    "/szkolenia/",
    "/szkolenia/zasady",
    "/szkolenia/harmonogram",
    "/szkolenia/harmonogram.ics",
    "/szkolenia/dokumenty",
    "/szkolenia/pytania",
    "/szkolenia/pilotaz",
    "/szkolenia/certyfikat",
    "/szkolenia/wolny-sluchacz",
    "/szkolenia/organizator/zmp",
    "/szkolenia/zgloszenie",
)
MOST_QUERIES = 9
SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def now() -> datetime:
    from django.utils import timezone

    return timezone.now()


@pytest.fixture
def client(home: Path) -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def programme(home: Path, sqlite: dict[str, Any]) -> "Programme":
    return run(now())


def test_every_page_is_there_without_a_cookie(client: Client, programme: "Programme") -> None:
    for address in (*PAGES, *(f"/en{one}" for one in PAGES)):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies, address
        assert "Set-Cookie" not in answer.headers, address
        assert len(asked) <= MOST_QUERIES, (address, len(asked))


def test_without_an_edition_a_page_says_so(
    client: Client, home: Path, sqlite: dict[str, Any]
) -> None:
    for address in PAGES:
        if not address.endswith((".ics", "/zmp")):
            answer = client.get(address)
            assert answer.status_code == 200, address
            if not address.endswith("certyfikat"):
                assert "Nie ma teraz ogłoszonej rekrutacji" in text(answer), address
    assert client.get("/szkolenia/harmonogram.ics").status_code == 404
    assert client.get("/szkolenia/zgloszenie?nowe=1").status_code == 200


def test_the_start_counts_units_people_and_places(
    client: Client, home: Path, sqlite: dict[str, Any]
) -> None:
    made, numbers = edition(), nips()
    stage(made, places={("online", ""): 3}, opens=now() - timedelta(days=2))
    asked = [("online", "edukacja")]
    for code, people in zip(gminas(3), (asked * 2, asked, asked), strict=True):
        send(made, form(code, next(numbers), people), now())
    page = text(client.get("/szkolenia/"))
    assert "2 jednostki mają miejsce" in page  # the third waits
    assert "co najmniej 577" in page
    assert "online 3 3 0 1" in page  # places, taken, free, on reserve
    assert "Etap 1 rekrutacji trwa" in page
    assert "Zgłoś jednostkę" in page


@pytest.mark.parametrize(
    ("opens", "words"),
    [
        (timedelta(days=3), "Etap 1 rekrutacji wkrótce się otworzy"),
        (timedelta(days=-1), "Etap 1 rekrutacji trwa"),
        (timedelta(days=-40), "Etap 1 rekrutacji zakończył się"),
    ],
)
def test_the_start_says_where_recruitment_stands(
    client: Client, home: Path, sqlite: dict[str, Any], opens: timedelta, words: str
) -> None:
    stage(edition(), opens=now() + opens)
    assert words in text(client.get("/szkolenia/"))


def test_the_rules_show_the_numbers_of_the_edition(client: Client, programme: "Programme") -> None:
    from smup.training.models import Edition

    page = text(client.get("/szkolenia/zasady"))
    for words in ("do 50 1", "51–150 2", "151–300 3", "301–600 4", "od 601 5", "577", "30 dni"):
        assert words in page, words
    changed = programme.edition.settings.replace("target_units: 577", "target_units: 612")
    Edition.objects.update(settings=changed)
    page = text(client.get("/szkolenia/zasady"))
    assert "612" in page
    assert "577" not in page


def test_the_address_of_a_meeting_is_not_public(client: Client, programme: "Programme") -> None:
    from smup.training.models import Training

    links = [one.link for one in Training.objects.all() if one.link]
    assert links
    for address in ("/szkolenia/harmonogram", "/szkolenia/harmonogram.ics"):
        page = client.get(address).content.decode()
        assert not any(link in page for link in links)


def test_a_question_becomes_a_case(client: Client, programme: "Programme") -> None:
    from smup.mailing.models import Message
    from smup.training.models import Question

    before = Question.objects.count()
    sent = {
        "organizator": "zpp",
        "imie_nazwisko": "Jan Wzorowy",
        "email": "jan@example.org",
        "pytanie": "Czy miasto może zgłosić zastępcę?",
    }
    answer = client.post("/szkolenia/pytania", sent, **SAME)
    assert answer.status_code == 303
    assert client.post("/szkolenia/pytania", sent, **SAME).status_code == 303  # a double click
    assert Question.objects.count() == before + 1
    assert Question.objects.latest("pk").organiser_id == "zpp"
    assert Message.objects.filter(to="jan@example.org").count() == 1
    assert "Pytanie jest przyjęte" in text(client.get(answer.headers["Location"].split("#")[0]))


def test_a_bad_question_is_refused_beside_its_field(client: Client, programme: "Programme") -> None:
    from smup.training.models import Question

    before = Question.objects.count()
    sent = {"organizator": "zpp", "imie_nazwisko": "Jan", "email": "jan", "pytanie": ""}
    answer = client.post("/szkolenia/pytania", sent, **SAME)
    assert answer.status_code == 400
    assert "adres e-mail" in troubles(answer)["email"]
    assert "pytanie" in troubles(answer)
    assert 'value="Jan"' in answer.content.decode()
    assert (
        client.post("/szkolenia/pytania", {**sent, "organizator": "obcy"}, **SAME).status_code
        == 400
    )
    foreign = {"HTTP_SEC_FETCH_SITE": "cross-site"}
    assert client.post("/szkolenia/pytania", sent, **foreign).status_code == 403
    assert Question.objects.count() == before


def test_a_free_listener_joins_a_training_that_takes_them(
    client: Client, programme: "Programme"
) -> None:
    from smup.training.models import FreeListener, Training

    training = Training.objects.filter(state="announced", listener_places__gt=0)[0]
    sent = {
        "szkolenie": str(training.pk),
        "imie_nazwisko": "Ewa Wolna",
        "email": "ewa@example.org",
        "jst": "1261",
    }
    assert client.post("/szkolenia/wolny-sluchacz", sent, **SAME).status_code == 303
    assert client.post("/szkolenia/wolny-sluchacz", sent, **SAME).status_code == 303
    assert list(FreeListener.objects.values_list("email", "unit")) == [("ewa@example.org", "1261")]
    for number in ("", "0", "9" * 40, "٣"):
        bad = client.post("/szkolenia/wolny-sluchacz", {**sent, "szkolenie": number}, **SAME)
        assert bad.status_code == 400
        assert "Wybierz szkolenie" in text(bad)


def test_a_code_tells_whether_a_certificate_is_valid(
    client: Client, programme: "Programme"
) -> None:
    from smup.training.models import Certificate

    code, number = Certificate.objects.values_list("code", "number")[0]
    page = text(client.get("/szkolenia/certyfikat", {"kod": code.lower()}))
    assert "jest ważne" in page
    assert number in page
    assert "Nie ma zaświadczenia" in text(client.get("/szkolenia/certyfikat?kod=AAAA"))
    Certificate.objects.update(withdrawn_reason="Pomyłka.")
    assert "zostało wycofane" in text(client.get("/szkolenia/certyfikat", {"kod": code}))


def test_the_pilot_list_names_its_units(client: Client, programme: "Programme") -> None:
    from smup.training.models import PilotUnit

    PilotUnit.objects.create(edition=programme.edition, unit="1261")
    page = text(client.get("/szkolenia/pilotaz"))
    assert "Kraków" in page
    assert "województwo małopolskie" in page


def test_public_files_are_given_and_others_are_not(client: Client, programme: "Programme") -> None:
    from smup.accounts.actor import SYSTEM
    from smup.training.actions import handing_out
    from smup.training.models import Material

    for public in (True, False):
        handing_out.add(
            programme.edition,
            None,
            f"Plik {public}",
            b"a;b\n1;2\n",
            "plik.csv",
            public=public,
            actor=SYSTEM,
            now=now(),
        )
    open_one, closed = (Material.objects.get(title=f"Plik {one}") for one in (True, False))
    answer = client.get(f"/szkolenia/dokumenty/{open_one.pk}")
    assert answer.content == b"a;b\n1;2\n"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/szkolenia/dokumenty/{closed.pk}").status_code == 404
    page = text(client.get("/szkolenia/dokumenty"))
    assert "Plik True" in page
    assert "Plik False" not in page


def test_the_portal_leads_to_the_trainings(client: Client, home: Path) -> None:
    assert 'href="/szkolenia/"' in client.get("/o-serwisie").content.decode()
    moved = client.get("/szkolenia")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/szkolenia/")
