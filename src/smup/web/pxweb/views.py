"""Every address of PxWebApi 2: parameters in, an answer out."""

from datetime import UTC, datetime
from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from smup.formats.terms import LICENCE
from smup.language import Lang
from smup.present.places import telling_titles
from smup.web.config.client_address import client_address
from smup.web.config.limits import CALLS, CALLS_WINDOW, PXWEB_CELLS
from smup.web.open.answers import fresh_json, json
from smup.web.open.parameters import only
from smup.web.open.problems import Problem, face
from smup.web.open.releasing import current
from smup.web.pxweb import listing, saved
from smup.web.pxweb.answering import answer, json_stat, resolved
from smup.web.pxweb.links import BASE, link
from smup.web.pxweb.metadata import metadata, outline
from smup.web.pxweb.outputs import DEFAULT, FORMS, parameters_of, the_form
from smup.web.pxweb.parameters import DEFAULT_LANGUAGE, number, the_language, yes
from smup.web.pxweb.query import Asked, Query, body_of, from_address
from smup.web.pxweb.selecting import selected, the_codelist
from smup.web.pxweb.tables import IDS, tables_of
from smup.workspace.rate import Rate

_OUTPUT = saved.OUTPUT
_RATE = Rate()  # of queries saved from one place
_LABELS: dict[Lang, str] = {"pl": "Polski", "en": "English"}
_CITED: dict[Lang, str] = {
    "pl": "Źródło: SMUP, wydanie {release}",
    "en": "Source: SMUP, release {release}",
}


@face()
@only("lang")
def config(request: HttpRequest) -> HttpResponse:
    """What a client must know before it asks: languages, limits, formats."""
    release = current(request)
    the_language(request.GET)
    return json(
        {
            "apiVersion": "2.0.0",
            "appVersion": version("smup"),
            "languages": [{"id": lang, "label": label} for lang, label in _LABELS.items()],
            "defaultLanguage": DEFAULT_LANGUAGE,
            "maxDataCells": PXWEB_CELLS,
            "maxCallsPerTimeWindow": CALLS,
            "timeWindow": CALLS_WINDOW,
            "license": LICENCE,
            "sourceReferences": [
                {"language": lang, "text": words.format(release=release.id)}
                for lang, words in _CITED.items()
            ],
            "defaultDataFormat": DEFAULT,
            "dataFormats": list(FORMS),
            "features": [
                {
                    "id": "maxDataCellsByFormat",
                    "params": [
                        {"key": name, "value": str(form.most)} for name, form in FORMS.items()
                    ],
                }
            ],
        }
    )


@face()
@only("lang", "query", "pastDays", "includeDiscontinued", "pageNumber", "pageSize")
def tables(request: HttpRequest) -> HttpResponse:
    """The tables, found by words and by age, a page at a time."""
    release, lang = current(request), the_language(request.GET)
    words = request.GET.get("query", "")
    at = number(request.GET, "pageNumber", 1, 10**6)
    size = number(request.GET, "pageSize", listing.PAGE_SIZE, listing.MOST_ON_PAGE)
    days = number(request.GET, "pastDays", 0, 36_500)
    discontinued = yes(request.GET, "includeDiscontinued")
    found = [
        table
        for table in listing.matching(tables_of(release), words, lang)
        if (discontinued or not table.is_discontinued)
        and (not days or listing.is_recent(release, days, datetime.now(UTC)))
    ]
    asked = {"query": words} if words else {}
    asked |= {"pastDays": str(days)} if days else {}
    asked |= {"includeDiscontinued": "true"} if discontinued else {}
    shown, page = listing.page(request, found, at, size, lang, asked)
    body = {
        "language": lang,
        "tables": [listing.entry(request, release, table, lang) for table in shown],
        "page": page,
        "links": [link(request, "self", "tables", lang)],
    }
    return fresh_json(body) if days else json(body)


@face()
@only("lang")
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table as the list shows it."""
    release, lang = current(request), the_language(request.GET)
    found = saved.the_table(release, name)
    return json({"language": lang, **listing.entry(request, release, found, lang)})


@face()
def described(request: HttpRequest, name: str) -> HttpResponse:
    """The variables of a table with all their values, or those of a selection."""
    release, lang = current(request), the_language(request.GET)
    found = saved.the_table(release, name)
    query = from_address(request.GET, ("lang", "defaultSelection", "savedQuery"))
    listed = _codelist_alone(query)
    told = None
    if key := request.GET.get("savedQuery", ""):
        kept = saved.load(key)
        if saved.the_table(release, kept.table) != found:
            raise Problem(400, f"Zapytanie {key[:40]} jest o innej tabeli.", "savedQuery")
        told = selected(release, found, kept.query, lang)
    elif yes(request.GET, "defaultSelection"):
        told = selected(release, found, Query(), lang)
    parameter = f"codelist[{IDS['geo']}]"
    applied = the_codelist(release, listed, lang, parameter, 400) if listed else None
    return json_stat(
        metadata(request, release, found, outline(release, found, told, lang), applied)
    )


@face()
@only("lang")
def default_selection(request: HttpRequest, name: str) -> HttpResponse:
    """What is shown where nothing is chosen, value by value."""
    release, lang = current(request), the_language(request.GET)
    found = saved.the_table(release, name)
    told = selected(release, found, Query(), lang)
    return json(resolved(request, told, lang, f"tables/{found.id}/defaultselection"))


@face("POST")
def data(request: HttpRequest, name: str) -> HttpResponseBase:
    """The cells of a selection in the format asked for."""
    release, lang = current(request), the_language(request.GET)
    found = saved.the_table(release, name)
    query = from_address(request.GET, _OUTPUT)
    if request.method == "POST":
        if query != Query():
            raise Problem(400, "Wybór podaj w treści zapytania, nie w adresie.", "selection")
        query = body_of(request, Asked).query()
    form, shape = the_form(request.GET.get("outputFormat", ""), parameters_of(request.GET))
    return answer(release, found, selected(release, found, query, lang), lang, form, shape)


@face()
@only("lang")
def code_list(request: HttpRequest, name: str) -> HttpResponse:
    """A code list: its values and the units each of them stands for."""
    release, lang = current(request), the_language(request.GET)
    found = the_codelist(release, name, lang, "id", 404)
    titles = telling_titles(release.territory, lang)
    return json(
        {
            "id": found.id,
            "label": found.label,
            "language": lang,
            "languages": list(_LABELS),
            "type": found.type,
            "elimination": False,
            "values": [
                {"code": code, "label": titles[code], "valueMap": list(its)}
                for code, its in found.values.items()
            ],
            "links": [link(request, "self", f"codelists/{found.id}", lang)],
        }
    )


@face("POST")
@only("lang")
def save(request: HttpRequest) -> HttpResponse:
    """Keep a query; the answer says under which id."""
    if request.method != "POST":
        raise Problem(405, "Zapytanie zapisuje się metodą POST.")
    asked = body_of(request, saved.Saving)
    kept = saved.checked(current(request), asked)
    if not _RATE.allows(client_address(request.META)):
        raise Problem(429, "Zapisano zbyt wiele zapytań; spróbuj za kilka minut.")
    key = saved.store(kept)
    response = fresh_json(saved.record(request, key, kept))
    response.status_code = 201
    response.headers["Location"] = f"{BASE}/savedqueries/{key}"
    return response


@face()
@only("lang")
def saved_query(request: HttpRequest, key: str) -> HttpResponse:
    """A saved query as it was saved."""
    return json(saved.record(request, key, saved.load(key)))


@face()
@only("lang")
def saved_selection(request: HttpRequest, key: str) -> HttpResponse:
    """A saved query value by value, its expressions worked out on the newest data."""
    release, kept = current(request), saved.load(key)
    found = saved.the_table(release, kept.table)
    told = selected(release, found, kept.query, kept.lang)
    return json(resolved(request, told, kept.lang, f"savedqueries/{key}/selection"))


@face()
def saved_data(request: HttpRequest, key: str) -> HttpResponseBase:
    """A saved query answered; the format and the language may be others than those saved."""
    release, kept = current(request), saved.load(key)
    lang = the_language(request.GET) if request.GET.get("lang") else kept.lang
    name = request.GET.get("outputFormat", "")
    shaping = parameters_of(request.GET)
    if from_address(request.GET, _OUTPUT) != Query():
        raise Problem(400, "Zapisanego wyboru nie można tu zmienić.", "selection")
    own = not name and not shaping
    form, shape = the_form(name or kept.form, kept.parameters if own else shaping)
    found = saved.the_table(release, kept.table)
    return answer(release, found, selected(release, found, kept.query, lang), lang, form, shape)


def _codelist_alone(query: Query) -> str:
    """The code list of Jst, the one thing of a query that metadata take. Raises Problem 400."""
    others = query.heading or query.stub or any(c.expressions for c in query.choices.values())
    lists = {role: choice.codelist for role, choice in query.choices.items() if choice.codelist}
    if others or set(lists) - {"geo"}:
        detail = f"Opis tabeli przyjmuje z wyboru tylko codelist[{IDS['geo']}]."
        raise Problem(400, detail, f"codelist[{IDS['geo']}]")
    return lists.get("geo", "")


@face()
def unknown(request: HttpRequest) -> HttpResponse:
    known = ["config", "tables", "tables/{id}", "tables/{id}/metadata", "tables/{id}/data",
             "tables/{id}/defaultselection", "codelists/{id}", "savedqueries"]  # fmt: skip
    raise Problem(404, f"PxWebApi nie ma adresu {request.path[:80]}.", "", known)
