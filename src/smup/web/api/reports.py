"""Reports: ask for one, see how far it is, take the file.

The id of a job says what it is to make, so it is good in every worker of the server and for ever: a
file that gave way to newer ones is made again when its job is asked about.
"""

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router

from smup.reports.compose import section_ids
from smup.reports.definition import Definition, Kind, definition_of
from smup.reports.files import FORMS, file_name
from smup.reports.kind import plan_of
from smup.reports.looking import matter_of
from smup.store.files import sha256
from smup.store.release import Release
from smup.web.api.schemas import reports as schemas
from smup.web.config.paths import paths
from smup.web.open.answers import FOREVER, fresh_json, head, language
from smup.web.open.parameters import one_of, only
from smup.web.open.problems import Problem
from smup.web.open.releasing import current, opened
from smup.web.reporting.allowing import may_order, may_write
from smup.web.reporting.jobs import Job, read_job
from smup.web.reporting.kept import Definitions, TooMuch
from smup.web.reporting.press import Full, State, Status, press
from smup.web.reporting.serving import file_response

router = Router()
BASE = "/api/v1/reports"
AGAIN, LATER = 2, 60  # seconds after which it is worth asking again: being made, no place


@router.get("/reports", response=schemas.ReportKinds)
@only("lang")
def kinds(request: HttpRequest, lang: str = "pl") -> HttpResponse:
    """What reports there are, for whom, of which sections, and in which formats."""
    told = language(lang)
    found = [
        {
            "id": kind.value,
            "name": getattr(plan_of(kind).name, told),
            "about": getattr(plan_of(kind).about, told),
            "units": list(plan_of(kind).units),
            "sections": list(plan_of(kind).sections),
        }
        for kind in Kind
    ]
    return fresh_json({"kinds": found, "formats": list(FORMS)})


@router.post("/reports", response={202: schemas.ReportJob})
@only()
def ask(request: HttpRequest, asked: schemas.ReportRequest) -> HttpResponse:
    """Have a report made. The answer tells the address at which its state is."""
    form = one_of(asked.format, FORMS, "format")
    release = opened(asked.release, "release") if asked.release else current(request)
    try:
        definition = definition_of(asked.definition)
        matter = matter_of(release, definition)
        tuple(section_ids(matter))  # an unknown one is refused here, not in the job
    except ValueError as error:  # CannotWrite is one
        told = str(error)
        raise Problem(400, f"{told[0].upper()}{told[1:]}", "definition") from None
    if not may_write(request):
        raise Problem(429, "Z tego adresu zapisano już wiele definicji. Ponów za kilka minut.")
    try:
        digest = Definitions(paths().home).keep(definition)
    except (TooMuch, OSError):
        raise Problem(503, "Nie można teraz zapisać kolejnych definicji raportów.") from None
    except ValueError as error:
        raise Problem(413, f"{str(error).capitalize()}.", "definition") from None
    job = Job(digest, release.id, form)
    status = _ordered(request, job, definition)
    response = _told(job, status, definition, release, 202)
    response.headers["Location"] = f"{BASE}/{job.id}"
    return response


@router.get("/reports/{id}", response=schemas.ReportJob)
@only()
def state(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 (name in the address)
    """How far a report is, and where its file is once it is there."""
    job, definition, release = _known(id)
    return _told(job, _ordered(request, job, definition), definition, release, 200)


@router.get("/reports/{id}/file")
@only()
def file(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002
    """The file of a report. It never changes: its address names the release."""
    job, definition, release = _known(id)
    status = _ordered(request, job, definition)
    if status.state is State.FAILED:
        raise Problem(404, status.why_not, "id")
    if status.state is State.DONE:
        try:
            path = job.file(paths().home)
            return file_response(request, path, definition, release, job.form, FOREVER)
        except FileNotFoundError:  # it has just given way to newer files
            pass
    raise Problem(404, f"Plik jeszcze nie powstał. Jego stan podaje {BASE}/{job.id}.", "id")


def _known(text: str) -> tuple[Job, Definition, Release]:
    """What an id means. Raises Problem 404."""
    job = read_job(text)
    definition = None if job is None else Definitions(paths().home).find(job.definition)
    if job is None or definition is None or job.template:
        detail = f"Nie ma raportu „{text[:80]}”. Raport zamawia POST {BASE}."
        raise Problem(404, detail, "id")
    return job, definition, opened(job.release, "id")


def _ordered(request: HttpRequest, job: Job, definition: Definition) -> Status:
    """The state of the job, which is ordered where it has to be. Raises Problem 429."""
    desk = press()
    if desk.status(job) is None and not may_order(request):
        raise Problem(429, "Z tego adresu zamówiono już wiele raportów. Ponów za kilka minut.")
    try:
        return desk.order(job, definition)
    except Full:
        detail = f"Powstaje już tyle raportów, ile może. Ponów za {LATER} s."
        raise Problem(429, detail) from None


def _told(
    job: Job, status: Status, definition: Definition, release: Release, code: int
) -> HttpResponse:
    path = job.file(paths().home)
    done = status.state is State.DONE and path.is_file()
    body = {
        **head(release),
        "id": job.id,
        "status": status.state.value,
        "format": job.form,
        "definition": job.definition,
        "address": f"{BASE}/{job.id}",
        "page": f"/raport/{job.definition}",
        "file": f"{BASE}/{job.id}/file" if done else None,
        "filename": file_name(definition, release, job.form),
        "sha256": sha256(path) if done else None,
        "bytes": path.stat().st_size if done else None,
        "problem": status.why_not or None,
    }
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "*",
        "Cache-Control": "no-store",
    }
    if status.state in (State.QUEUED, State.WORKING):
        headers["Retry-After"] = str(AGAIN)
    return HttpResponse(
        orjson.dumps(body), status=code, content_type="application/json", headers=headers
    )
