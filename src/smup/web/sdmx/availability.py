"""``availability``: the codes that occur in what a question for data would return."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smup.formats.extract import Extract
from smup.formats.sdmx.model import (
    AREA,
    DIMENSIONS,
    INDICATOR,
    TIME,
    Artefact,
    Codelist,
    Constraint,
    Flow,
    Structures,
)
from smup.formats.sdmx.references import answer
from smup.formats.sdmx.rows import Message, Rows, rows_of
from smup.store.releases import Release
from smup.web.open.parameters import one_of, only
from smup.web.open.problems import Problem, face
from smup.web.sdmx.answering import known_already, send
from smup.web.sdmx.asking import cells
from smup.web.sdmx.errors import told
from smup.web.sdmx.flows import ANY, flow_2_1, flow_3_0, known
from smup.web.sdmx.negotiation import Api, structure_form
from smup.web.sdmx.parameters import AVAILABILITY
from smup.web.sdmx.periods import release_as_of
from smup.web.sdmx.structure import references, written


@face()
@told
@only(*AVAILABILITY)
def available_2_1(
    request: HttpRequest,
    api: Api,
    flow: str,
    key: str = "all",
    provider: str = "all",
    component: str = "all",
) -> HttpResponseBase:
    """``/availableconstraint/{flow}/{key}/{provider}/{component}``"""
    release = release_as_of(request)
    return _answer(request, api, release, flow_2_1(known(release), flow, provider), key, component)


@face()
@told
@only(*AVAILABILITY)
def available_3_0(
    request: HttpRequest,
    api: Api,
    context: str = "*",
    agency: str = "*",
    name: str = "*",
    version: str = "*",
    key: str = "*",
    component: str = "*",
) -> HttpResponseBase:
    """``/availability/{context}/{agency}/{id}/{version}/{key}/{component}``"""
    release = release_as_of(request)
    flow = flow_3_0(known(release), context, agency, name, version)
    return _answer(request, api, release, flow, key, component)


def _answer(
    request: HttpRequest, api: Api, release: Release, flow: Flow, key: str, component: str
) -> HttpResponseBase:
    form, wanted = structure_form(request, api), references(request)
    if one_of(request.GET.get("mode", "exact"), ("exact", "available"), "mode") != "exact":
        raise Problem(400, "Obsługiwany jest tryb exact.", "mode", ["exact"])
    told_of = [] if component in ANY else component.replace("+", ",").split(",")
    for one in told_of:
        one_of(one, DIMENSIONS, "componentID")
    asked = cells(request, release, flow, key)
    if asked.since is None and (same := known_already(request, release, form)):
        return same
    extract = Extract.of(release, flow.indicators, lang=form.lang)
    found = _counted(Message(extract, flow, ()), rows_of(extract, asked, TIME), told_of)
    everything = known(release)
    whole = Structures.of([*everything, found])
    told_all = answer(whole, [found], wanted, "full")
    partial = Structures.of([_partial(one, found) for one in told_all])
    return send(request, release, form, iter([written(partial, release, form)]), flow.id)


@dataclass
class _Seen:
    """Positions that occurred and how many series and observations."""

    places: dict[str, set[int]] = field(default_factory=lambda: {one: set() for one in DIMENSIONS})
    series: int = 0
    observations: int = 0


def _counted(message: Message, parts: Iterable[Rows], told_of: list[str]) -> Constraint:
    seen = _Seen()
    for rows in parts:
        for one in DIMENSIONS:
            seen.places[one].update(np.unique(message.positions(rows, one)).tolist())
        seen.series += len(message.starts(rows))
        seen.observations += len(rows)
    if not seen.observations:
        raise Problem(404, "Żadna obserwacja nie pasuje do zapytania.")
    names = {"pl": "Dostępne kody", "en": "Available codes"}
    values = {
        one: tuple(message.labels[one][sorted(places)].tolist())
        for one, places in seen.places.items()
        if not told_of or one in told_of
    }
    counts = {"series_count": seen.series, "obs_count": seen.observations}
    return Constraint(
        f"CA_{message.flow.id}",
        names,
        flow=message.flow.id,
        role="Actual",
        values=values,
        counts=counts,
    )


def _partial(one: Artefact, found: Constraint) -> Artefact:
    """Lists of units and indicators with the codes that occur."""
    for dimension in (AREA, INDICATOR):
        codes = found.values.get(dimension)
        if codes and isinstance(one, Codelist) and one.id == f"CL_{dimension}":
            return one.only(frozenset(codes))
    return one
