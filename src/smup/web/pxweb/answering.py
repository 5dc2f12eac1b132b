"""Answers that several addresses give: cells in a format, a selection written out."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase

from smup.formats import media
from smup.formats.jsonstat import Document, as_bytes
from smup.formats.synthetic import file_name
from smup.language import Lang
from smup.store.releases import Release
from smup.web.open.answers import content, stream
from smup.web.open.problems import Problem
from smup.web.pxweb.links import link
from smup.web.pxweb.outputs import Form, Shape
from smup.web.pxweb.selecting import Selected, cube
from smup.web.pxweb.tables import IDS, Table

MOST_KEPT = 4 * 2**20  # bytes of an answer worth a place among the pages in memory


def answer(
    release: Release, table: Table, told: Selected, lang: Lang, form: Form, shape: Shape
) -> HttpResponseBase:
    """The cells of a selection as a file. Raises Problem 403 for more than the format may hold."""
    if told.cells > form.most:
        detail = (
            f"Wybór obejmuje {told.cells} komórek, w tym formacie najwięcej {form.most}. Zawęź "
            "wybór, zapytaj częściami albo pobierz całe wydanie: /files/latest/."
        )
        raise Problem(403, detail, "selection")
    body = form.write(release, table, cube(release, table, told, lang), shape)
    name = file_name(f"{table.id}.{form.ending}", release.synthetic) if form.ending else ""
    if len(body) > MOST_KEPT:
        return stream([body], form.content_type, filename=name)
    return content(body, form.content_type, filename=name)


def json_stat(body: Document) -> HttpResponse:
    """A dataset without cells."""
    return content(as_bytes(body), media.JSON)


def resolved(request: HttpRequest, told: Selected, lang: Lang, path: str) -> dict[str, Any]:
    """A selection with its expressions worked out (``SelectionResponse``)."""
    left_out = {"geo"} if told.without_units else set()
    return {
        "selection": [
            {"variableCode": IDS[role], "valueCodes": [] if role in left_out else list(codes)}
            for role, codes in told.codes.items()
        ],
        "placement": {
            "heading": [IDS[role] for role in told.heading],
            "stub": [IDS[role] for role in told.stub],
        },
        "language": lang,
        "links": [link(request, "self", path, lang)],
    }
