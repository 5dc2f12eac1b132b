"""``/operacje``: how sources and runs stand, what release waits."""

import os
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from smup.accounts.roles import may
from smup.fetch.errors import FetchError
from smup.language import Lang
from smup.sources.registry import PROVIDERS, provider
from smup.store.errors import StoreError
from smup.store.pending import Pending
from smup.sync import wanted
from smup.sync.desk import definitions, opened
from smup.sync.journal import Journal
from smup.sync.proposal import proposal
from smup.sync.status import sources
from smup.web.config.current import releases
from smup.web.config.paths import paths
from smup.web.operations.telling import (
    proposal_told,
    run_told,
    severities,
    source_told,
    timetable_told,
)
from smup.web.people.acting import person_of
from smup.web.people.allowing import needs
from smup.web.people.page import lang_of, show
from smup.web.people.words import words

READ, ACT = "operations.read", "operations.act"
RUNS = 10  # of the journal on the page
DECISIONS = 5
Shown = dict[str, Any]


@needs(READ)
def home(request: HttpRequest) -> HttpResponse:
    """Everything an operator looks at in the morning."""
    return page(request)


@needs(READ)
def progress(request: HttpRequest) -> HttpResponse:
    """Where the run under way stands; the page is loaded anew when it has ended."""
    lang = lang_of(request)
    context = _run(lang)
    response = show(request, "operations/progress.html", context, lang)
    if not context["running"] and request.headers.get("HX-Request"):
        response.headers["HX-Refresh"] = "true"
    return response


def page(request: HttpRequest, refused: str = "", why: str = "") -> HttpResponse:
    """The page; with ``refused`` (status 422) it says why a decision was not taken."""
    lang = lang_of(request)
    person = person_of(request)
    context = {
        **_run(lang),
        **_sources(lang),
        **_release(lang),
        **_timetable(lang),
        "runs": [run_told(run, False, lang) for run in list(Journal(_home()).runs())[:RUNS]],
        "night": _night(lang),
        "acts": person is not None and may(person, ACT),
        "refused": refused,
        "why": why,
    }
    return show(request, "operations/home.html", context, lang, status=422 if refused else 200)


def _home() -> Any:
    return paths().home


def _run(lang: Lang) -> Shown:
    """The run under way, or the last one."""
    journal = Journal(_home())
    alive, last = journal.alive(), journal.last()
    return {
        "running": alive,
        "wanted": wanted.asked(_home()) is not None,
        "run": None if last is None else run_told(last, alive, lang),
    }


def _sources(lang: Lang) -> Shown:
    """Every source; why there is none where the definitions or a key cannot be read."""
    try:
        with opened(paths().root, _home()) as desk:
            found = sources(desk, [provider(name) for name in PROVIDERS])
    except (FetchError, ValueError, OSError) as error:
        return {"sources": [], "sources_trouble": str(error)}
    return {"sources": [source_told(one, lang) for one in found], "sources_trouble": ""}


def _release(lang: Lang) -> Shown:
    """The release that serves, the one that waits, and what was decided lately."""
    pending = Pending(_home())
    context: Shown = {
        "current": None,
        "findings": None,
        "pending": None,
        "decisions": pending.decisions()[-DECISIONS:][::-1],
    }
    with suppress(StoreError):
        context["current"] = releases().info()
        context["findings"] = severities(releases().current(), lang)
    with suppress(StoreError):
        waiting = pending.newest()
        if waiting is not None:
            catalogue = pending.open(waiting.id).catalogue
            territory = pending.open(waiting.id).territory
            found = proposal(_home(), waiting.id)
            context["pending"] = proposal_told(found, catalogue, territory, lang)
    return context


def _timetable(lang: Lang) -> Shown:
    """What the release that serves lacks although it should be published."""
    try:
        catalogue, _ = definitions(paths().root)
        release = releases().current()
    except (StoreError, ValueError, OSError):
        return {"timetable": None}
    return {"timetable": timetable_told(release, catalogue, timezone.localdate(), lang)}


def _night(lang: Lang) -> str:
    """When a run begins each night, in words."""
    t = words(lang)
    try:
        at = wanted.hour(os.environ)
    except wanted.WrongHour as error:
        return str(error)
    return (
        t["operations_night_off"] if at is None else t["operations_night"].format(at=f"{at:%H:%M}")
    )
