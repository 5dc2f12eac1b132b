"""Saved queries: kept as the address that asks the same, under a key made of it.

Expressions are kept as they were given, so ``TOP(5)`` is a period that moves with the data and a
list of years one that stays. Who saved a query is not known.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db import DatabaseError
from django.http import HttpRequest, QueryDict
from pydantic import BaseModel, ConfigDict

from smup.language import Lang
from smup.store.releases import Release
from smup.web.open.problems import Problem
from smup.web.pxweb.links import BASE, link
from smup.web.pxweb.outputs import parameters_of, the_form
from smup.web.pxweb.parameters import the_language
from smup.web.pxweb.query import Asked, Query, from_address, to_address
from smup.web.pxweb.selecting import selected
from smup.web.pxweb.tables import IDS, Table, tables_of
from smup.workspace.links import TooLong, find, keep

OUTPUT = ("lang", "outputFormat", "outputFormatParams")


class Saving(BaseModel):
    """The body of a query to save (``SavedQuery``); an ``id`` is ours to give and passed over."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: str | None = None
    selection: Asked
    language: str
    tableId: str
    outputFormat: str | None = None
    outputFormatParams: list[str] | None = None


@dataclass(frozen=True)
class Saved:
    """A query with its table and how its answer is to look."""

    table: str
    query: Query
    lang: Lang
    form: str
    parameters: tuple[str, ...]


def checked(release: Release, asked: Saving) -> Saved:
    """What is to be saved, once it is known that it can be answered. Raises Problem 400, 404."""
    lang = the_language(QueryDict(urlencode({"lang": asked.language})))
    saved = Saved(
        asked.tableId,
        asked.selection.query(),
        lang,
        asked.outputFormat or "",
        tuple(asked.outputFormatParams or ()),
    )
    the_form(saved.form, saved.parameters)
    selected(release, the_table(release, saved.table), saved.query, lang)
    return saved


def store(saved: Saved) -> str:
    """Keep a query; its id. Raises Problem 413, 503."""
    told = to_address(saved.query) | {"lang": saved.lang}
    if saved.form:
        told["outputFormat"] = saved.form
    if saved.parameters:
        told["outputFormatParams"] = ",".join(saved.parameters)
    try:
        return keep(f"{BASE}/tables/{saved.table}/data?{urlencode(told)}", fixed=False)
    except TooLong as error:
        detail = f"{error} Użyj wyrażeń (*, TOP(5)) albo listy kodów zamiast wyliczania wartości."
        raise Problem(413, detail, "selection") from None
    except DatabaseError:
        raise Problem(503, "Zapytań nie można teraz zapisywać.") from None


def load(key: str) -> Saved:
    """The query of an id. Raises Problem 404, 503."""
    try:
        found = find(key)
    except DatabaseError:
        raise Problem(503, "Zapytań nie można teraz odczytać.") from None
    parts = urlsplit(found.address) if found else urlsplit("")
    path = parts.path.removeprefix(f"{BASE}/tables/")
    if path == parts.path or not path.endswith("/data"):
        raise Problem(404, f"Nie ma zapisanego zapytania „{key[:40]}”.", "id")
    parameters = QueryDict(urlencode(parse_qsl(parts.query)))
    return Saved(
        path.removesuffix("/data"),
        from_address(parameters, OUTPUT),
        the_language(parameters),
        parameters.get("outputFormat", ""),
        parameters_of(parameters),
    )


def the_table(release: Release, name: str) -> Table:
    """The table of an id, whatever its case. Raises Problem 404."""
    known = tables_of(release)
    found = known.get(name.upper())
    if found is None:
        raise Problem(404, f"Nie ma tabeli „{name[:40]}”. Spis tabel: {BASE}/tables.", "id")
    return found


def record(request: HttpRequest, key: str, saved: Saved) -> dict[str, Any]:
    """A saved query as it is answered (``SavedQueryResponse``)."""
    kept: dict[str, Any] = {
        "id": key,
        "tableId": saved.table,
        "language": saved.lang,
        "selection": written(saved.query),
    }
    if saved.form:
        kept["outputFormat"] = saved.form
    if saved.parameters:
        kept["outputFormatParams"] = list(saved.parameters)
    path = f"savedqueries/{key}"
    links = [
        link(request, "self", path, saved.lang),
        link(request, "data", f"{path}/data", saved.lang),
    ]
    return {"language": saved.lang, "id": key, "savedQuery": kept, "links": links}


def written(query: Query) -> dict[str, Any]:
    """A query as ``VariablesSelection``."""
    selection = [
        {"variableCode": IDS[role], "valueCodes": list(choice.expressions)}
        | ({"codelist": choice.codelist} if choice.codelist else {})
        for role, choice in query.choices.items()
    ]
    placement = {
        name: [IDS[role] for role in roles]
        for name, roles in (("heading", query.heading), ("stub", query.stub))
        if roles
    }
    return {"selection": selection} | ({"placement": placement} if placement else {})
