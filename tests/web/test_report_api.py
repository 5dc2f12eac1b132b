"""``/api/v1/reports``: a report is asked for, waited for and taken, or refused in words."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test.client import Client
from pypdf import PdfReader

from smup.reports.definition import Definition, read_definition
from smup.store.releases import Release
from smup.web.reporting.jobs import Job, read_job
from smup.web.reporting.maker import Broken, Maker
from smup.web.reporting.press import Full, Press, State

pytestmark = pytest.mark.xdist_group("site")
BASE = "/api/v1/reports"
PROFILE: dict[str, Any] = {"kind": "profile", "units": ["1465"]}


def ask(client: Client, body: object) -> HttpResponse:
    text = body if isinstance(body, str) else json.dumps(body)
    response: HttpResponse = client.post(BASE, data=text, content_type="application/json")
    return response


def made(client: Client, address: str) -> dict[str, Any]:
    """The state of a job once it is done or has failed."""
    from smup.web.reporting.press import press

    job = read_job(address.rpartition("/")[2])
    assert job is not None
    while True:
        told: dict[str, Any] = client.get(address).json()
        if told["status"] in ("done", "failed"):
            return told
        press().wait(job, 30)


def test_kinds_and_formats_are_listed(client: Client) -> None:
    told = client.get(BASE).json()
    assert {"profile", "unit", "state", "waste"} <= {one["id"] for one in told["kinds"]}
    assert told["formats"][:2] == ["pdf", "docx"]
    english = client.get(BASE, {"lang": "en"}).json()
    assert english["kinds"][0]["name"] == "Unit profile"


def test_a_report_is_asked_for_and_taken(client: Client, release: Release) -> None:
    response = ask(client, {"definition": PROFILE, "format": "pdf"})
    assert response.status_code == 202
    told = made(client, response.headers["Location"])
    assert told["status"] == "done"
    assert told["release"] == release.id
    response = client.get(told["file"])
    content = response.getvalue()
    assert hashlib.sha256(content).hexdigest() == told["sha256"]
    assert len(content) == told["bytes"]
    assert told["filename"] in response.headers["Content-Disposition"]
    assert "immutable" in response.headers["Cache-Control"]
    assert "Warszawa" in PdfReader(BytesIO(content)).pages[0].extract_text()
    assert client.get(told["page"]).status_code == 200


def test_the_same_question_is_the_same_job(client: Client) -> None:
    swapped = {"units": ["1465"], "kind": "profile"}
    first, second = (
        ask(client, {"definition": one, "format": "html"}).json() for one in (PROFILE, swapped)
    )
    assert first["id"] == second["id"]


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ("{", 400, "nie jest poprawnym JSON"),
        ({}, 400, "definition"),
        ({"definition": {"kind": "x", "units": ["1465"]}}, 400, "niedozwolona wartość „x”"),
        ({"definition": {**PROFILE, "units": ["9999"]}}, 400, "nie ma jednostki o kodzie 9999"),
        ({"definition": {**PROFILE, "kind": "service"}}, 400, "wymaga pola „service”"),
        ({"definition": {**PROFILE, "colour": "red"}}, 400, "nieznany klucz „colour”"),
        ({"definition": {**PROFILE, "sections": ["nic"]}}, 400, "Nie ma tu rozdziału „nic”"),
        ({"definition": {**PROFILE, "office": {"name": "\ud800"}}}, 400, "zawiera znak"),
        ('{"definition":' + "[" * 100_000, 400, "nie jest poprawnym JSON"),
        ({"definition": PROFILE, "format": "exe"}, 400, "pdf, docx"),
        ({"definition": PROFILE, "release": "2001-01-01-00000000"}, 404, "Nie ma wydania"),
        ({"definition": {**PROFILE, "texts": {f"t{n}": "x" * 4000 for n in range(9)}}}, 413, "baj"),
    ],
)
def test_a_wrong_question_is_refused_in_words(
    client: Client, body: object, status: int, told: str
) -> None:
    response = ask(client, body)
    assert response.status_code == status, response.content.decode()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert told in response.json()["detail"]


def test_what_fails_says_why_and_is_not_tried_again_at_once(client: Client, home: Path) -> None:
    response = ask(client, {"definition": {**PROFILE, "texts": {"nic": "x"}}, "format": "pdf"})
    told = made(client, response.headers["Location"])
    assert told["status"] == "failed"
    assert "nic" in told["problem"]
    assert told["file"] is None
    refused = client.get(f"{told['address']}/file")
    assert refused.status_code == 404
    assert refused.json()["detail"] == told["problem"]
    (note,) = (home / "report-jobs").glob("*.failed")
    assert note.read_text("utf-8") == told["problem"]


@pytest.mark.parametrize(
    "name", ["x", "0" * 24, "../../secret-key", f"{'0' * 24}-pdf-2026-01-01-00000000"]
)
def test_an_unknown_job_is_not_there(client: Client, name: str) -> None:
    for address in (f"{BASE}/{name}", f"{BASE}/{name}/file"):
        assert client.get(address).status_code == 404


def test_a_file_that_gave_way_is_made_again(client: Client, home: Path) -> None:
    address = ask(client, {"definition": PROFILE, "format": "html"}).headers["Location"]
    first = made(client, address)
    job = read_job(first["id"])
    assert job is not None
    job.file(home).unlink()
    assert client.get(address).json()["status"] in ("queued", "working")
    assert made(client, address)["sha256"] == first["sha256"]


def test_other_origins_may_ask(client: Client) -> None:
    offered = client.options(BASE)
    assert "POST" in offered.headers["Access-Control-Allow-Methods"]
    assert client.put(BASE).status_code == 405
    assert client.delete(f"{BASE}/x").status_code == 405


@pytest.mark.parametrize("template", ["", "0" * 16])
def test_an_id_says_what_is_made(template: str) -> None:
    job = Job("ab" * 12, "2026-11-22-1114fdbd", "docx", template)
    assert read_job(job.id) == job


class Stubborn(Maker):
    """Ends as a process does that was killed."""

    def make(self, job: Job, definition: Definition) -> str:
        raise Broken


def test_a_process_that_dies_fails_one_job_and_leaves_the_others(tmp_path: Path) -> None:
    definition = read_definition("kind: profile\nunits: ['1465']")
    desk = Press(tmp_path, Stubborn(tmp_path))
    for form in ("pdf", "docx"):
        job = Job(definition.digest, "2026-11-22-1114fdbd", form)
        assert desk.order(job, definition, 30).state is State.FAILED


def test_a_file_that_takes_too_long_is_broken_off_and_the_next_is_made(
    home: Path, release: Release
) -> None:
    definition = read_definition("kind: unit\nunits: ['1465']")
    maker = Maker(home, limit=0.01)
    job = Job(definition.digest, release.id, "docx")
    with pytest.raises(Broken):
        maker.make(job, definition)
    maker.limit = 120
    assert maker.make(job, definition) == ""
    assert job.file(home).is_file()
    maker.close()


def test_no_more_jobs_wait_than_there_are_places(tmp_path: Path) -> None:
    definition = read_definition("kind: profile\nunits: ['1465']")
    desk = Press(tmp_path, Stubborn(tmp_path), places=0)
    with pytest.raises(Full):
        desk.order(Job(definition.digest, "2026-11-22-1114fdbd", "pdf"), definition)
