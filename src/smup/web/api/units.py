"""Units: search, one of them, what lies below and beside it, what is known of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.formats.profile import profile_record
from smup.formats.records import unit_record, unit_summary
from smup.territory import Kind, Level
from smup.territory.search import search
from smup.web.api.answering import answering, asked_release
from smup.web.api.schemas import units as schemas
from smup.web.open.answers import head, json
from smup.web.open.parameters import one_of, the_unit
from smup.web.open.problems import Problem
from smup.web.open.selecting import children, the_units

router = Router()
FOUND = 50


@router.get("/units", response=schemas.Units)
@answering("query", "kind", "unit")
def units(request: HttpRequest, query: str = "", kind: str = "", unit: str = "") -> HttpResponse:
    """Units whose name or code matches ``query``, best first; all units without it.

    ``kind`` is an exact kind, or ``gmina`` / ``powiat`` for the level with its cities. ``unit``
    chooses as in ``data``: ``children:14``, ``members:1408``, ``group:ID``, ``peers:1465``.
    """
    release = asked_release(request)
    hits: list[tuple[Any, float | None]] = (
        [(hit.unit, hit.score) for hit in search(release.territory, query, limit=FOUND)]
        if query
        else [(unit, None) for unit in release.territory]
    )
    if kind:
        one_of(kind, [*Level, *Kind], "kind")
        hits = [(u, s) for u, s in hits if kind in (u.kind, *u.levels)]
    if unit:
        chosen = set(the_units(release, unit))
        hits = [(u, s) for u, s in hits if u.code in chosen]
    rows = [unit_summary(u, release.territory) | {"score": score} for u, score in hits]
    return json(head(release) | {"units": rows})


@router.get("/units/{code}", response=schemas.UnitRecord)
@answering()
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit by its code or any alias; the answer gives the stable code."""
    release = asked_release(request)
    found = the_unit(release, code, "code")
    groups = {system: release.frame.membership(system) for system in release.frame.systems}
    return json(
        head(release)
        | unit_record(found, release.territory)
        | {
            "children": children(release, found),
            "groups": {
                system: one.units[found.code]
                for system, one in groups.items()
                if found.code in one.units
            },
        }
    )


@router.get("/units/{code}/neighbours", response=schemas.Neighbours)
@answering("level")
def neighbours(request: HttpRequest, code: str, level: str = "") -> HttpResponse:
    """Units that share a border with one; ``level`` decides for a city with powiat rights."""
    release = asked_release(request)
    found = the_unit(release, code, "code")
    known = [one.value for one in found.levels]
    if level and level not in known:
        detail = f"{found.code} nie jest porównywana na poziomie „{level[:40]}”."
        raise Problem(400, detail, "level", known)
    chosen = Level(level) if level else found.level
    codes = release.territory.neighbours.get((found.code, chosen), ()) if chosen else ()
    rows = [unit_summary(release.territory.units[one], release.territory) for one in codes]
    told = {"unit": found.code, "level": chosen.value if chosen else None, "neighbours": rows}
    return json(head(release) | told)


@router.get("/units/{code}/profile", response=schemas.Profile)
@answering("role")
def profile(request: HttpRequest, code: str, role: str = "") -> HttpResponse:
    """A unit at a glance: the newest value of every indicator, its place in the country, the five
    numbers of the country and of its fixed group."""
    release = asked_release(request)
    found = the_unit(release, code, "code")
    known = [one.value for one in found.levels]
    if role and role not in known:
        detail = f"{found.code} nie jest porównywana w roli „{role[:40]}”."
        raise Problem(400, detail, "role", known)
    return json(head(release) | profile_record(release, found, Level(role) if role else None))
