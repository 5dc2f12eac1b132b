"""The operator's pages: who sees them, what they say, what can be done, what is recorded."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from smup.build import build_release
from smup.store.pending import Pending
from smup.store.releases import Releases
from smup.sync import wanted
from smup.sync.journal import Journal
from smup.sync.running import run
from tests.contract.serving import Serving
from tests.helpers.people import person, signed_in
from tests.sync.registered import small_registry
from tests.sync.small import Small, small_root
from tests.web.test_valid_html import errors

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("operations")
    build_release(small_root(folder / "root"), folder / "home")
    return folder


@pytest.fixture
def store(
    home: Path, built: Path, sqlite: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A store with one release, in the place of the site's; its sources are one small source."""
    from smup.web.config import current, paths

    place = tmp_path / "store"
    shutil.copytree(built / "home", place, symlinks=True)
    monkeypatch.setenv("SMUP_HOME", str(place))
    monkeypatch.setenv("SMUP_ROOT", str(built / "root"))
    for cache in (paths.paths, current.releases):
        cache.cache_clear()
    with small_registry():
        yield place
    monkeypatch.undo()
    for cache in (paths.paths, current.releases):
        cache.cache_clear()


@pytest.fixture
def synced(store: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A run brought news; the id of the release that waits."""
    with Serving("tests.sync.small:Service") as service:
        monkeypatch.setenv("SMUP_PROVIDER_REJESTR", service.address)
        return run(built / "root", store, [Small()]).release


def page_of(client: Any, address: str = "/operacje", status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return unescape(answer.content.decode())


@pytest.mark.parametrize("address", ["/operacje", "/en/operacje", "/operacje/przebieg"])
def test_only_staff_with_the_permission_see_the_pages(store: Path, address: str) -> None:
    from django.test import Client

    answer = Client(SERVER_NAME="localhost").get(address)
    assert answer.status_code == 302
    assert "/konto/logowanie?next=" in answer.headers["Location"]
    for role in ("coordinator", "trainer"):
        assert signed_in(person(role)).get(address).status_code == 403
    for role in ("admin", "auditor"):
        answer = signed_in(person(role)).get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"


def test_before_anything_the_page_says_what_will_come(store: Path) -> None:
    page = page_of(signed_in(person("admin")))
    for words in (
        "Żadne wydanie nie czeka.",
        "Jeszcze nie było żadnej synchronizacji.",
        "Synchronizacja nocna jest wyłączona (SMUP_SYNC).",
        "Tu pojawią się kolejne synchronizacje.",
        "małe źródło",
    ):
        assert words in page
    english = page_of(signed_in(person("auditor")), "/en/operacje")
    assert "No release waits." in english
    assert "small source" in english


def test_a_source_shows_its_limits_and_what_is_left(synced: str) -> None:
    page = page_of(signed_in(person("admin")))
    # three requests were sent; the limits are 1000 a second and 1000 a quarter of an hour
    assert "997 z 1 000" in page.replace("\u00a0", " ")
    assert re.search(r'<meter [^>]*max="1000" value="997"[^>]*aria-label="[^"]*15 min"', page)
    assert "2023" in page
    assert "nic" in page


def test_a_waiting_release_is_shown_with_what_it_changes(store: Path, synced: str) -> None:
    from smup.sync.proposal import proposal

    found = proposal(store, synced)
    # ludnosc of three units in 2023; their gestosc needs the area, which nobody told for 2023
    assert {one.indicator for one in found.changed} >= {"ludnosc"}
    assert found.sources == ("rejestr",)
    assert found.causes["source"] > 0
    page = page_of(signed_in(person("admin")))
    assert synced in page
    assert "Zatwierdź wydanie" in page
    assert "Jeden wiersz nie ma kodu." in page
    reader = page_of(signed_in(person("auditor")))
    assert synced in reader
    assert "Zatwierdź wydanie" not in reader


def test_no_reader_comes_to_a_release_that_waits(store: Path, synced: str) -> None:
    from django.test import Client

    reader = Client(SERVER_NAME="localhost")
    for address in ("/wydania", "/api/v1/releases", "/feed.xml"):
        assert synced not in reader.get(address).content.decode(), address
    for address in (
        f"/?wydanie={synced}",
        f"/wydania/{synced}",
        f"/files/{synced}/findings.csv",
        f"/files/pending/{synced}/findings.csv",
        f"/api/v1/data?indicators=ludnosc&units=0261&asOf={synced}",
    ):
        assert reader.get(address).status_code in (400, 404), address


def test_approval_makes_it_serve_and_is_recorded(store: Path, synced: str) -> None:
    from smup.accounts.models import Event

    client = signed_in(person("admin"))
    told = {"krok": "zatwierdz", "why": "sprawdzone"}
    answer = client.post(f"/operacje/wydanie/{synced}", told, follow=True)
    assert f"Wydanie {synced} jest bieżące." in answer.content.decode()
    assert Releases(store).current_id() == synced
    assert Pending(store).ids() == ()
    event = Event.objects.latest("id")
    assert (event.what, event.about, event.actor, event.why) == (
        "operations.release.approved",
        f"release:{synced}",
        "admin@example.org",
        "sprawdzone",
    )
    record = page_of(client, "/konto/dziennik")
    assert "Zatwierdzono wydanie danych" in record
    assert f"Wydanie danych {synced}" in record


def test_a_refusal_wants_a_reason(store: Path, synced: str) -> None:
    from smup.accounts.models import Event

    before = Releases(store).current_id()
    client, address = signed_in(person("admin")), f"/operacje/wydanie/{synced}"
    answer = client.post(address, {"krok": "odrzuc", "why": " "})
    assert answer.status_code == 422
    assert "Podaj powód odrzucenia" in answer.content.decode()
    assert Pending(store).ids() == (synced,)
    answer = client.post(address, {"krok": "odrzuc", "why": "ludność skacze"}, follow=True)
    assert f"Odrzucono wydanie {synced}." in answer.content.decode()
    assert Pending(store).ids() == ()
    assert Releases(store).current_id() == before
    assert Event.objects.latest("id").why == "ludność skacze"
    again = client.post(address, {"krok": "zatwierdz"})
    assert again.status_code == 422
    assert "nie czeka na zatwierdzenie" in unescape(again.content.decode())
    assert Event.objects.filter(what="operations.release.approved").count() == 0


def test_a_damaged_release_is_not_approved_and_nothing_is_recorded(
    store: Path, synced: str
) -> None:
    from smup.accounts.models import Event

    (store / "releases" / "pending" / synced / "indicators.parquet").write_bytes(b"?")
    answer = signed_in(person("admin")).post(f"/operacje/wydanie/{synced}", {"krok": "zatwierdz"})
    assert answer.status_code == 422
    assert "jest uszkodzone" in answer.content.decode()
    assert Event.objects.filter(what__startswith="operations").count() == 0


def test_a_run_is_asked_for_and_recorded(store: Path) -> None:
    from smup.accounts.models import Event

    client = signed_in(person("admin"))
    answer = client.post("/operacje/synchronizacja", {"zrodlo": "rejestr"}, follow=True)
    assert "Synchronizacja zacznie się za chwilę." in answer.content.decode()
    assert "data-hx-trigger" in answer.content.decode()
    assert wanted.asked(store) == ["rejestr"]
    event = Event.objects.latest("id")
    assert (event.what, event.about) == ("operations.sync.asked", "sync:rejestr")
    assert client.post("/operacje/synchronizacja", {"zrodlo": "../x"}).status_code == 404
    assert client.get("/operacje/synchronizacja").status_code == 405


@pytest.mark.parametrize(
    "address",
    ["/operacje/synchronizacja", "/operacje/synchronizacja/koniec", "/operacje/wydanie/x"],
)
def test_who_only_reads_changes_nothing(store: Path, address: str) -> None:
    client = signed_in(person("auditor"))
    assert client.post(address, {"krok": "zatwierdz"}).status_code == 403
    assert wanted.asked(store) is None
    guarded = signed_in(person("admin"), enforce_csrf_checks=True)
    assert guarded.post(address, {"krok": "zatwierdz"}).status_code == 403


def test_a_failure_stands_there_with_its_request_and_a_retry(
    store: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Serving("tests.sync.small:Service") as service:
        service.change(refusing=True)
        monkeypatch.setenv("SMUP_PROVIDER_REJESTR", service.address)
        monkeypatch.setenv("SMUP_KEY_REJESTR", "tajny-klucz-123")
        run(built / "root", store, [Small()])
        page = page_of(signed_in(person("admin")))
        assert f"GET {service.address}/figures/0" in page
    assert "smup sync rejestr" in page
    assert "Ponów" in page
    assert "z błędem" in page
    assert "tajny-klucz" not in page


def test_a_run_under_way_is_refreshed_and_its_end_loads_the_page_anew(store: Path) -> None:
    from smup.sync.journal import Part, Run

    journal, client = Journal(store), signed_in(person("auditor"))
    part = Part(provider="rejestr", started="2026-11-23T02:30:00+00:00", asked=120)
    under_way = Run(
        id="20261123T023000000000Z",
        started="2026-11-23T02:30:00+00:00",
        reason="night",
        sources=("rejestr",),
        parts=(part,),
        stage="liczby",
        done=12,
        total=48,
        waits="2026-11-23T03:00:00+00:00",
    )
    journal.save(under_way)
    with journal.alone():
        answer = client.get("/operacje/przebieg", headers={"HX-Request": "true"})
        page = answer.content.decode()
        assert '<progress max="48" value="12"' in page
        assert "12 / 48" in page
        assert "2026-11-23 04:00" in page  # Polish time
        assert "data-hx-trigger" in page
        assert "HX-Refresh" not in answer.headers
    answer = client.get("/operacje/przebieg", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"
    assert "urwana" in answer.content.decode()


def test_a_run_under_way_is_ended_and_that_is_recorded(
    store: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smup.accounts.models import Event

    client = signed_in(person("admin"))
    assert "Przerwij" not in page_of(client)
    answer = client.post("/operacje/synchronizacja/koniec", follow=True)
    assert "Żadna synchronizacja nie trwa." in answer.content.decode()
    assert Event.objects.filter(what__startswith="operations").count() == 0
    with Serving("tests.sync.small:Service") as service:
        monkeypatch.setenv("SMUP_PROVIDER_REJESTR", service.address)
        service.change(hanging=True)
        with subprocess.Popen(
            [sys.executable, "-m", "tests.sync.runner", str(built / "root"), str(store)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "second\n"
            assert "Przerwij synchronizację" in page_of(client)
            answer = client.post("/operacje/synchronizacja/koniec", follow=True)
            assert "następna ruszy od tego miejsca" in answer.content.decode()
            process.communicate(timeout=60)
    last = Journal(store).last()
    assert last is not None
    assert last.stopped
    assert Event.objects.latest("id").what == "operations.sync.stopped"
    assert "Przerwano synchronizację" in page_of(client, "/konto/dziennik")


def test_definitions_that_cannot_be_read_are_told(
    store: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smup.web.config import paths

    monkeypatch.setenv("SMUP_ROOT", str(tmp_path / "nowhere"))
    paths.paths.cache_clear()
    page = page_of(signed_in(person("admin")))
    assert "providers.yaml" in page


def test_the_pages_are_valid_html(store: Path, synced: str, tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine")
    client, files = signed_in(person("admin")), {}
    (tmp_path / "html").mkdir()
    for number, address in enumerate(("/operacje", "/en/operacje", "/operacje/przebieg")):
        path = tmp_path / "html" / f"{number}.html"
        path.write_bytes(client.get(address).content)
        files[path.name] = address
    assert errors(java, tmp_path / "html", files) == []
