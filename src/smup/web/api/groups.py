"""Fixed groups with their members, and the efficiency frontier drawn within a group."""

import difflib

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.compare.frontier import FrontierRefused, frontier_of
from smup.formats.groups import group_record, system_records
from smup.web.api.answering import answering, asked_release
from smup.web.api.schemas import definitions, figures
from smup.web.open.answers import head, json, language
from smup.web.open.parameters import one_of, required, the_unit
from smup.web.open.problems import Problem

router = Router()


@router.get("/groups", response=definitions.Groups)
@answering("system", "lang")
def groups(request: HttpRequest, system: str = "", lang: str = "pl") -> HttpResponse:
    """Systems of fixed groups and their groups; of one system where asked."""
    release, words = asked_release(request), language(lang)
    if system:
        one_of(system, release.frame.systems, "system")
    found = [
        one
        for one in system_records(release.catalogue, release.frame, words)
        if system in ("", one["id"])
    ]
    members = [group | {"system": one["id"]} for one in found for group in one.pop("groups")]
    return json(head(release) | {"systems": found, "groups": members})


@router.get("/groups/{id}", response=definitions.GroupRecord)
@answering("lang")
def group(request: HttpRequest, id: str, lang: str = "pl") -> HttpResponse:  # noqa: A002 (name in the address)
    """One fixed group with the codes of its units, as frozen with the release."""
    release, words = asked_release(request), language(lang)
    known = release.catalogue.groups
    if id not in known:
        near = difflib.get_close_matches(id, list(known), n=5, cutoff=0.4)
        raise Problem(404, f"Nie ma grupy „{id[:80]}”.", "id", near)
    return json(head(release) | group_record(release.catalogue, release.frame, id, words))


@router.get("/frontier", response=figures.Frontier)
@answering("unit", "service")
def frontier(request: HttpRequest, unit: str = "", service: str = "") -> HttpResponse:
    """Where a unit stands on the efficiency frontier (DEA) of a service, or why nowhere."""
    release = asked_release(request)
    found = the_unit(release, required(unit, "unit"), "unit")
    one_of(required(service, "service"), release.catalogue.services, "service")
    try:
        answer = frontier_of(release.frame, found.code, service).to_dict()
    except FrontierRefused as refused:
        answer = {"unit": found.code, "service": service, "refused": refused.why,
                  "words": str(refused)}  # fmt: skip
    return json(head(release) | answer)
