"""``/raporty``: the page on which a report is put together, and what its form sends."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from smup.language import Lang
from smup.reports.compose import CannotWrite
from smup.reports.definition import MOST_BYTES, Definition, read_definition
from smup.reports.files import FORMS
from smup.reports.kind import plan_of
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.web.config.current import release_of
from smup.web.config.own_page import own_page
from smup.web.config.page_cache import cacheable
from smup.web.config.paths import paths
from smup.web.portal.page import render
from smup.web.portal.reports.filled import filled_as_sent, filled_from
from smup.web.portal.reports.form import (
    about_context,
    candidates,
    content_context,
    kind_options,
    parts_of,
)
from smup.web.portal.reports.offers import file_of
from smup.web.portal.reports.sent import DOWN, UP, definition_sent
from smup.web.portal.reports.wanted import PATH, Wanted, nobody, the_definition, wanted, wanted_of
from smup.web.reporting.allowing import may_write
from smup.web.reporting.kept import Definitions, TooMuch

LONGEST_NAME = 100
EDITED = "definicja"  # the parameter that names a saved definition to begin from


def builder(request: HttpRequest, lang: Lang) -> HttpResponse:
    """The kinds there are; of one kind, its form, whose answer is kept and has an address."""
    release = release_of(request)
    if request.method == "POST":
        return _sent(request, release, lang)
    digest = request.GET.get(EDITED, "")
    saved = the_definition(digest) if digest else None
    asked = wanted_of(saved, release, lang) if saved else wanted(request.GET.dict(), release, lang)
    return _page(request, release, asked, saved)


def suggestions(request: HttpRequest, lang: Lang) -> HttpResponse:
    """``[{"name", "note", "href"}]`` under ``suggestions``: units while typing."""
    release = release_of(request)
    asked = wanted(request.GET.dict(), release, lang)
    typed = request.GET.get("q", "").strip()[:LONGEST_NAME]
    return cacheable(JsonResponse({"suggestions": candidates(release, asked, typed)}))


def read_saved(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Keep a definition sent as text or as a file; the page of its report."""
    if request.method != "POST":
        return HttpResponseRedirect(Addresses(lang).page(PATH))
    release, file = release_of(request), request.FILES.get("plik")
    text = file.read().decode("utf-8", "replace") if file else request.POST.get("yaml", "")
    try:
        return _keep(request, read_definition(text), release, lang)
    except ValueError as error:
        trouble, status = _trouble(error, lang)
    return _kinds(request, release, nobody(lang), trouble, text[:MOST_BYTES], status)


def _sent(request: HttpRequest, release: Release, lang: Lang) -> HttpResponse:
    """A move of a section shows the form again; anything else keeps the definition."""
    asked = wanted(request.POST.dict(), release, lang)
    if not asked.whole or UP in request.POST or DOWN in request.POST:
        return _page(request, release, asked, None)
    try:
        return _keep(request, definition_sent(request.POST, asked, release), release, lang)
    except ValueError as error:  # CannotWrite is one
        return _page(request, release, asked, None, *_trouble(error, lang))


class _NotKept(ValueError):
    """A definition is right and yet not kept: ``words`` is the key of why, ``status`` of HTTP."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.words, self.status = words, status


def _keep(
    request: HttpRequest, definition: Definition, release: Release, lang: Lang
) -> HttpResponse:
    """Lead to the page of the report. Raises ValueError for one that cannot be written or kept."""
    if not own_page(request):
        raise _NotKept("explorer_link_foreign", 403)
    if not may_write(request):
        raise _NotKept("explorer_link_often", 429)
    parts_of(release, definition)
    try:
        digest = Definitions(paths().home).keep(definition)
    except (TooMuch, OSError) as error:
        raise _NotKept("report_builder_store_full", 503) from error
    response = HttpResponseRedirect(Addresses(lang).page(f"/raport/{digest}"))
    response.status_code = 303
    return response


def _trouble(error: ValueError, lang: Lang) -> tuple[str, int]:
    t = strings(lang)
    if isinstance(error, _NotKept):
        return t[error.words], error.status
    return t["report_builder_refused"].format(why=str(error).removesuffix(".")), 400


def _page(
    request: HttpRequest,
    release: Release,
    asked: Wanted,
    saved: Definition | None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form of one kind."""
    if asked.kind is None:
        return _kinds(request, release, asked, trouble)
    plan = plan_of(asked.kind)
    typed = request.GET.get("dodaj", "").strip()[:LONGEST_NAME]
    context: dict[str, Any] = {
        "kind_name": getattr(plan.name, asked.lang),
        "kind_about": getattr(plan.about, asked.lang),
        "all_kinds": Addresses(asked.lang).page(PATH),
        **about_context(release, asked, typed),
    }
    if asked.whole:
        try:
            context |= _content(request, release, asked, saved)
        except CannotWrite as error:
            trouble = trouble or str(error)
        else:
            context["files"] = _usual_files(asked)
    notices = [*asked.notices, *([trouble] if trouble else [])]
    return _answer(
        request, "report_builder.html", context | {"notices": notices}, release, asked.lang, status
    )


def _usual_files(asked: Wanted) -> list[tuple[str, str]]:
    t = strings(asked.lang)
    return [(t[f"report_form_{form}"], file_of(asked, form)) for form in FORMS]


def _content(
    request: HttpRequest, release: Release, asked: Wanted, saved: Definition | None
) -> dict[str, Any]:
    usual = asked.definition()
    known = list(parts_of(release, usual))
    if request.method == "POST":
        filled = filled_as_sent(request.POST, known, asked.lang)
    else:
        filled = filled_from(saved or usual, known)
    return content_context(release, asked, usual, filled)


def _kinds(
    request: HttpRequest,
    release: Release,
    asked: Wanted,
    trouble: str = "",
    text: str = "",
    status: int = 400,
) -> HttpResponse:
    """The kinds of reports, and a place for a definition somebody has."""
    lang = asked.lang
    context = {
        "kinds": kind_options(asked),
        "about": ", ".join(title(unit, lang) for unit in asked.units),
        "notices": [*asked.notices, *([trouble] if trouble else [])],
        "text": text,
        "read_action": Addresses(lang).page(f"{PATH}/definicja"),
    }
    return _answer(request, "report_kinds.html", context, release, lang, status if trouble else 200)


def _answer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    release: Release,
    lang: Lang,
    status: int,
) -> HttpResponse:
    response = render(request, template, context, lang, release, status)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response
