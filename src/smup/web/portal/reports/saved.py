"""``/raport/<digest>``: a saved report – what it is, its files, its link, its preview."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe

from smup.documents.html import document_html
from smup.documents.template import UnsafeTemplate
from smup.language import Lang
from smup.reports.compose import CannotWrite
from smup.reports.definition import Definition, write_definition
from smup.reports.files import FORMS
from smup.reports.kind import plan_of
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title, where
from smup.telling.strings import strings
from smup.web.config.current import ASKED, release_of
from smup.web.config.origin import origin
from smup.web.config.own_page import own_page
from smup.web.config.page_cache import cacheable
from smup.web.config.paths import paths
from smup.web.open.answers import FOREVER
from smup.web.portal.page import render
from smup.web.portal.reports.builder import EDITED
from smup.web.portal.reports.files import TEMPLATE
from smup.web.portal.reports.form import composed
from smup.web.portal.reports.wanted import PATH, the_definition
from smup.web.reporting.allowing import may_write
from smup.web.reporting.kept import Templates, TooMuch

YAML = "application/yaml; charset=utf-8"


def report(request: HttpRequest, digest: str, lang: Lang) -> HttpResponse:
    """The page of a saved report. A template sent to it becomes the address of a file."""
    definition = the_definition(digest)
    if request.method == "POST":
        return _with_template(request, digest, definition, lang)
    return _page(request, digest, definition, lang)


def definition_yaml(request: HttpRequest, digest: str, lang: Lang) -> HttpResponse:
    """The definition as a file; the same in both languages."""
    text = write_definition(the_definition(digest))
    name = f'attachment; filename="raport-{digest}.yaml"'
    response = HttpResponse(text, content_type=YAML, headers={"Content-Disposition": name})
    return cacheable(response, FOREVER)


def preview(request: HttpRequest, digest: str, lang: Lang) -> HttpResponse:
    """The whole report as a page, in the language of the report."""
    release, definition = release_of(request), the_definition(digest)
    try:
        document = composed(release, definition)
    except CannotWrite:
        return HttpResponseRedirect(Addresses(lang).page(f"/raport/{digest}"))
    context = {
        "title": document.title_page.title,
        "subtitle": document.title_page.subtitle,
        "office": document.title_page.office,
        "report_lang": document.lang,
        "body": mark_safe(document_html(document, 2, "r-")),
        "back": Addresses(lang).page(f"/raport/{digest}"),
    }
    return render(request, "report_preview.html", context, lang, release)


def _with_template(
    request: HttpRequest, digest: str, definition: Definition, lang: Lang
) -> HttpResponse:
    """Keep an office's template for as long as the file takes, and lead to the file."""
    t, file = strings(lang), request.FILES.get("wzor")
    if not own_page(request):
        return _page(request, digest, definition, lang, t["explorer_link_foreign"], 403)
    if file is None:
        return _page(request, digest, definition, lang, t["report_template_none"], 400)
    if not may_write(request):
        return _page(request, digest, definition, lang, t["explorer_link_often"], 429)
    try:
        kept = Templates(paths().home).keep(file.read())
    except UnsafeTemplate as error:
        return _page(request, digest, definition, lang, error.said(lang), 400)
    except (TooMuch, OSError):
        return _page(request, digest, definition, lang, t["report_template_full"], 503)
    asked = {TEMPLATE: kept, ASKED: request.POST.get(ASKED, "")}
    to = Addresses(lang).page(f"/raport/{digest}.docx", **asked)
    response = HttpResponseRedirect(to)
    response.status_code = 303
    return response


def _page(
    request: HttpRequest,
    digest: str,
    definition: Definition,
    lang: Lang,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    release, to = release_of(request), Addresses(lang)
    plan, page = plan_of(definition.kind), to.page(f"/raport/{digest}")
    context: dict[str, Any] = {
        "title": getattr(plan.name, definition.lang),
        "report_lang": definition.lang,
        "about": getattr(plan.about, lang),
        "forms": _forms(page, lang),
        "facts": _facts(definition, release, lang),
        "preview": f"{page}/podglad",
        "edit": to.page(PATH, **{EDITED: digest}),
        "yaml": f"{page}.yaml",
        "text": write_definition(definition),
        "template_action": page,
        "link": origin(request) + page,
        "pinned_link": f"{origin(request)}{page}?{ASKED}={release.id}",
        "shown": release.id,
    }
    try:
        document = composed(release, definition)
        context["title"] = document.title_page.title
        context["subtitle"] = document.title_page.subtitle
        context["parts"] = [one.title for one in document.sections]
    except CannotWrite as error:
        context["forms"], trouble = [], trouble or str(error)
    context["notices"] = [trouble] if trouble else []
    response = render(request, "report.html", context, lang, release, status)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response


def _forms(page: str, lang: Lang) -> list[dict[str, str]]:
    """The formats with the address of the file in each, and what it is good for."""
    t = strings(lang)
    return [
        {
            "form": form,
            "name": t[f"report_form_{form}"],
            "href": f"{page}.{form}",
            "note": t[f"report_form_{form}_note"],
        }
        for form in FORMS
    ]


def _facts(definition: Definition, release: Release, lang: Lang) -> list[dict[str, str]]:
    """What was chosen, without what is as usual."""
    t, years = strings(lang), definition.years
    units = [release.territory.get(code) for code in definition.units]
    named = [
        f"{title(unit, lang)} ({where(unit, release.territory, lang)})" for unit in units if unit
    ]
    told = {
        "report_fact_units": "; ".join(named),
        "report_fact_years": f"{years[0]}–{years[1]}" if years else "",
        "report_fact_office": definition.office.name,
        "report_fact_lang": t[f"report_builder_{definition.lang}"],
        "report_fact_release": release.id,
    }
    return [{"name": t[key], "value": value} for key, value in told.items() if value]
