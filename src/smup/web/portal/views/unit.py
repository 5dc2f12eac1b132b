"""``/jst/{code}`` and the services of a unit."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Indicator
from smup.language import Lang
from smup.store.releases import Release
from smup.territory import Level, Unit
from smup.web.config.current import release_of
from smup.web.portal.addresses import Addresses
from smup.web.portal.feeding import fed, waiting, waiting_words
from smup.web.portal.frontier import frontier_section
from smup.web.portal.naming import kind_name, title, where
from smup.web.portal.page import render
from smup.web.portal.reading import the_service, the_unit
from smup.web.portal.rows import blocks, group_words
from smup.web.portal.strings import strings
from smup.web.portal.unit_facts import (
    changes,
    facts,
    inside,
    namesakes,
    neighbours,
    notices,
    parents,
    successors,
)

ROLE = "rola"
MANY = 120  # indicators with data beyond which a page of all of them would be endless
FEW = 2  # rows of each service there; the others stand on the service's own page


def unit(request: HttpRequest, code: str, lang: Lang) -> HttpResponse:
    """Who the unit is and, area by area, its newest figures."""
    release = release_of(request)
    found = the_unit(release, code, lang)
    role = asked_role(request, found)
    areas: list[dict[str, Any]] = []
    many = len(fed(release, release.catalogue.indicators_of())) > MANY
    for area in release.catalogue.areas.values():
        indicators = release.catalogue.indicators_of(area=area.id)
        if not indicators:
            continue
        having = fed(release, indicators)
        made = blocks(release, found, first_few(having) if many else having, role, lang)
        areas.append(
            {
                "id": area.id,
                "name": getattr(area.name, lang),
                "href": Addresses(lang).area(area.id),
                "blocks": [b for b in made if b.rows],
                "gaps": [row for block in made for row in block.gaps],
                "shown": sum(len(b.rows) for b in made),
                "waiting": waiting_words(len(indicators) - len(having), lang),
            }
        )
    context = introduction(release, found, role, lang) | {
        "facts": facts(release, found, lang),
        "neighbours": neighbours(release, found, role or found.level, lang),
        "inside": inside(release, found, lang),
        "inside_title": strings(lang).get(f"inside_{found.kind.value}", ""),
        "namesakes": namesakes(release, found, lang),
        "peers_href": Addresses(lang).unit_peers(found.code) if _has_peers(release, found) else "",
        "changes": changes(release, found, lang),
        "successors": successors(release, found, lang),
        "changes_href": Addresses(lang).unit_changes(found.code),
        "compared": any(row.strip for a in areas for block in a["blocks"] for row in block.rows),
        "areas": areas,
        "many": many,
    }
    return render(request, "unit.html", context, lang, release)


def _has_peers(release: Release, unit: Unit) -> bool:
    """Is there a list of similar units to lead to?"""
    tables = release.peer_tables
    return tables is not None and unit.code in tables.space.place


def first_few(indicators: list[Indicator]) -> list[Indicator]:
    """The first of every service, in display order; those without a service stay together."""
    chosen: list[Indicator] = []
    for service, members in groupby(indicators, key=lambda one: one.service):
        chosen += list(members)[: None if service is None else FEW]
    return chosen


def unit_service(request: HttpRequest, code: str, service: str, lang: Lang) -> HttpResponse:
    """The indicators of one service for one unit, with what each shows and does not show."""
    release = release_of(request)
    chosen = the_service(release, service, lang)
    found = the_unit(release, code, lang, f"/usluga/{service}")
    role = asked_role(request, found)
    indicators = release.catalogue.indicators_of(service=chosen.id)
    made = blocks(release, found, fed(release, indicators), role, lang)
    context = introduction(release, found, role, lang) | {
        "service": getattr(chosen.name, lang),
        "what": getattr(chosen.what, lang),
        "service_href": Addresses(lang).service(chosen.id),
        "area": getattr(release.catalogue.areas[chosen.area].name, lang),
        "area_href": Addresses(lang).area(chosen.area),
        "blocks": [b for b in made if b.rows],
        "gaps": [row for block in made for row in block.gaps],
        "waiting": waiting(release, indicators, lang),
        "compared": any(row.strip for block in made for row in block.rows),
        "limitations": [
            {"name": getattr(i.name, lang), "words": getattr(i.limitations, lang)}
            for i in indicators
        ],
    }
    context |= frontier_section(release, found, chosen.id, lang)
    return render(request, "unit_service.html", context, lang, release)


def introduction(
    release: Release, unit: Unit, asked: Level | None, lang: Lang
) -> dict[str, object]:
    """What stands at the head of every page of a unit."""
    to, t = Addresses(lang), strings(lang)
    roles = [
        {
            "name": t[f"role_{level.value}"],
            "href": to.unit(unit.code, rola=level.value),
            "chosen": level is (asked or unit.level),
        }
        for level in unit.levels
    ]
    return {
        "unit": unit,
        "title": title(unit, lang),
        "kind": kind_name(unit.kind, lang),
        "where": where(unit, release.territory, lang),
        "unit_href": to.unit(unit.code),
        "parents": parents(release, unit, lang),
        "notices": notices(release, unit, lang),
        "roles": roles if len(roles) > 1 else [],
        "role": t[f"role_{(asked or unit.levels[0]).value}"] if len(roles) > 1 else "",
        "group": group_words(release, unit, lang),
    }


def asked_role(request: HttpRequest, unit: Unit) -> Level | None:
    """The role asked for, where the unit has a choice; else None."""
    asked = request.GET.get(ROLE)
    levels = unit.levels if len(unit.levels) > 1 else ()
    return next((level for level in levels if level.value == asked), None)
