"""Files of reports, and the page one waits on while a file is made."""

import threading

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from smup.language import Lang
from smup.reports.compose import CannotWrite
from smup.reports.definition import Definition
from smup.reports.files import FORMS, file_name
from smup.reports.looking import matter_of
from smup.store.releases import Release
from smup.telling.naming import file_size
from smup.telling.strings import strings
from smup.web.config.current import ASKED, release_of
from smup.web.config.paths import paths
from smup.web.open.answers import FOREVER, NO_CACHE
from smup.web.portal.errors import refused
from smup.web.portal.page import render
from smup.web.portal.reading import NothingHere
from smup.web.portal.reports.wanted import the_definition, wanted
from smup.web.reporting.allowing import may_order
from smup.web.reporting.jobs import Job
from smup.web.reporting.kept import Templates
from smup.web.reporting.press import Full, State, Status, press
from smup.web.reporting.serving import file_response

WAITING = "czekam"  # the parameter of the page one waits on
TEMPLATE = "wzor"
PATIENCE = 6.0  # seconds a request waits for a file; most are made within one
AGAIN = 60  # seconds after which it is worth asking again when all places are taken
_PATIENT = threading.BoundedSemaphore(3)  # threads of a worker that may wait at once


def quick_file(request: HttpRequest, form: str, lang: Lang) -> HttpResponseBase:
    """``/raporty/plik.pdf?rodzaj=…&jst=…``: a report as it usually is."""
    release = release_of(request)
    asked = wanted(request.GET.dict(), release, lang)
    if not asked.whole or asked.notices:
        told = asked.notices or (strings(lang)["report_builder_not_whole"],)
        return refused(request, " ".join(told))
    return _answer(request, asked.definition(), "", form, lang)


def saved_file(request: HttpRequest, digest: str, form: str, lang: Lang) -> HttpResponseBase:
    """``/raport/<digest>.pdf``: one form of a saved report; of a DOCX ``wzor`` is the digest of an
    office's template."""
    definition = the_definition(digest)
    template = request.GET.get(TEMPLATE, "") if form == "docx" else ""
    if template and not Templates(paths().home).has(template):
        return refused(request, strings(lang)["report_template_gone"])
    return _answer(request, definition, template, form, lang)


def _answer(
    request: HttpRequest, definition: Definition, template: str, form: str, lang: Lang
) -> HttpResponseBase:
    if form not in FORMS:
        raise NothingHere("report_form", form, [])
    release = release_of(request)
    try:
        matter_of(release, definition)
    except CannotWrite as error:
        return refused(request, str(error))
    job = Job(definition.digest, release.id, form, template)
    waits = WAITING in request.GET
    status = _status(request, job, definition, 0.0 if waits else PATIENCE)
    if waits or status is None or status.state is State.FAILED:
        return _state(request, job, status, definition, release, lang)
    if status.state is State.DONE:
        lasting = FOREVER if request.GET.get(ASKED) == release.id else NO_CACHE
        try:
            path = job.file(paths().home)
            return file_response(request, path, definition, release, form, lasting)
        except FileNotFoundError:  # it has just given way to newer files
            pass
    query = request.GET.copy()
    query[WAITING] = "tak"
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}", status=303)


def _status(
    request: HttpRequest, job: Job, definition: Definition, patience: float
) -> Status | None:
    """The state of the job, which is ordered where nobody did; None where no more may be."""
    desk = press()
    if desk.status(job) is None and not may_order(request):
        return None
    waits = bool(patience) and _PATIENT.acquire(blocking=False)
    try:
        return desk.order(job, definition, patience if waits else 0.0)
    except Full:
        return None
    finally:
        if waits:
            _PATIENT.release()


def _state(
    request: HttpRequest,
    job: Job,
    status: Status | None,
    definition: Definition,
    release: Release,
    lang: Lang,
) -> HttpResponse:
    """The page of a job; it asks again by itself until the file is there."""
    t = strings(lang)
    name = status.state.value if status else "busy"
    query = request.GET.copy()
    query.pop(WAITING, None)
    asked = f"?{query.urlencode()}" if query else ""
    path = job.file(paths().home)
    done = status is not None and status.state is State.DONE and path.is_file()
    context = {
        "heading": t[f"report_job_{name}_title"],
        "words": (status.why_not if status else "") or t[f"report_job_{name}"],
        "file": f"{request.path}{asked}" if done else "",
        "file_words": t["report_job_take"].format(form=t[f"report_form_{job.form}"]),
        "file_note": file_size(path.stat().st_size, lang) if done else "",
        "file_name": file_name(definition, release, job.form),
        "again": request.get_full_path(),
        "waits": name in (State.QUEUED, State.WORKING, "busy"),
    }
    codes = {State.DONE: 200, State.FAILED: 422}
    code = codes.get(status.state, 202) if status else 503
    response = render(request, "report_job.html", context, lang, release, code)
    response.headers["Cache-Control"] = "no-store"
    if hasattr(response, "smup_cacheable"):
        del response.smup_cacheable
    if code == 503:
        response.headers["Retry-After"] = str(AGAIN)
    return response
