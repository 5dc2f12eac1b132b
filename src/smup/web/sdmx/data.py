"""``data``: observations of a flow."""

from collections.abc import Iterable, Iterator
from itertools import chain

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smup.formats.extract import Extract
from smup.formats.sdmx.data_csv import csv_1, csv_2
from smup.formats.sdmx.data_json import data_json
from smup.formats.sdmx.data_xml import Root, data_xml
from smup.formats.sdmx.model import INDICATOR, TIME, Flow, Structures
from smup.formats.sdmx.rows import Action, Asked, Message, Rows, rows_gone, rows_of
from smup.store.releases import Release
from smup.web.open.parameters import only
from smup.web.open.problems import Problem, face
from smup.web.sdmx.answering import known_already, send
from smup.web.sdmx.asking import Shape, cells, shape
from smup.web.sdmx.errors import told
from smup.web.sdmx.flows import flow_2_1, flow_3_0, known
from smup.web.sdmx.negotiation import Api, Form, data_form
from smup.web.sdmx.parameters import DATA
from smup.web.sdmx.periods import release_as_of

WHOLE = 1_000_000  # cells looked into for an answer sent in one piece; above it is a stream
MOST_ACROSS = 5_000_000  # cells of an answer over indicators, which has to be held to be sorted
_ROOTS: dict[str, Root] = {
    "generic": "GenericData",
    "specific": "StructureSpecificData",
    "genericts": "GenericTimeSeriesData",
    "specificts": "StructureSpecificTimeSeriesData",
}


@face()
@told
@only(*DATA)
def data_2_1(
    request: HttpRequest, api: Api, flow: str, key: str = "all", provider: str = "all"
) -> HttpResponseBase:
    """``/data/{flow}/{key}/{provider}``"""
    release = release_as_of(request)
    return _answer(request, api, release, flow_2_1(known(release), flow, provider), key)


@face()
@told
@only(*DATA)
def data_3_0(
    request: HttpRequest,
    api: Api,
    context: str = "*",
    agency: str = "*",
    name: str = "*",
    version: str = "*",
    key: str = "*",
) -> HttpResponseBase:
    """``/data/{context}/{agency}/{id}/{version}/{key}``"""
    release = release_as_of(request)
    flow = flow_3_0(known(release), context, agency, name, version)
    return _answer(request, api, release, flow, key)


def _answer(
    request: HttpRequest, api: Api, release: Release, flow: Flow, key: str
) -> HttpResponseBase:
    form = data_form(request, api)
    extract = Extract.of(release, flow.indicators, lang=form.lang)
    asked, packed = cells(request, release, flow, key), shape(request, extract)
    _check(request, form, packed)
    size = len(asked.years) * sum(len(units) for units in asked.units.values())
    at = TIME if form.format.name in ("csv1", "csv2") else packed.at
    if at == INDICATOR and size > MOST_ACROSS:
        raise Problem(413, "Zawęź zapytanie albo wybierz inny wymiar.", "dimensionAtObservation")
    if asked.since is None and (same := known_already(request, release, form)):
        return same
    sets = _sets(extract, asked, at, "updatedAfter" in request.GET)
    if not sets:
        raise Problem(404, "Żadna obserwacja nie pasuje do zapytania.")
    message = Message(
        extract, flow, sets, at, packed.attributes, packed.values, packed.observations
    )
    pieces = _encoded(message, known(release), form)
    return send(request, release, form, pieces, flow.id, streamed=size > WHOLE)


def _check(request: HttpRequest, form: Form, packed: Shape) -> None:
    if form.format.name in ("genericts", "specificts") and packed.at != TIME:
        detail = f"Szeregi czasowe mają przy obserwacji {TIME}."
        raise Problem(400, detail, "dimensionAtObservation", [TIME])
    if request.GET.get("includeHistory", "false") != "false":
        detail = "Historii w jednej odpowiedzi nie ma; dawne wydania są pod asOf."
        raise Problem(400, detail, "includeHistory", ["false"])


def _sets(
    extract: Extract, asked: Asked, at: str, updates: bool
) -> tuple[tuple[Action, Iterable[Rows]], ...]:
    """What is told, and what is no longer told where changes are asked for; none that is empty."""
    usual: Action = "Replace" if updates else "Information"
    found: list[tuple[Action, Iterator[Rows]]] = [(usual, rows_of(extract, asked, at))]
    if asked.since is not None:
        found.append(("Delete", rows_gone(extract, asked, at)))
    started = [(action, next(rows, None), rows) for action, rows in found]
    return tuple((action, chain([first], rest)) for action, first, rest in started if first)


def _encoded(message: Message, structures: Structures, form: Form) -> Iterator[bytes]:
    if form.format.name == "csv1":
        return csv_1(message, structures, form.labels)
    if form.format.name == "csv2":
        return csv_2(message, structures, form.labels)
    if form.format.name == "json":
        return data_json(message, structures)
    return data_xml(message, structures, _ROOTS[form.format.name])
