"""``/jst/{code}`` and the services of a unit."""

from collections import Counter
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Area
from smup.language import Lang
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.feeding import fed, waiting_words
from smup.telling.naming import kind_name, title, where
from smup.telling.strings import strings
from smup.telling.units.company import basis_of, company_words
from smup.telling.units.facts import (
    changes,
    facts,
    inside,
    namesakes,
    neighbours,
    notices,
    parents,
    successors,
)
from smup.telling.units.findings import findings
from smup.telling.units.rows import blocks
from smup.telling.units.services import dimension_names, service_line
from smup.telling.units.standing import Standing, standings
from smup.territory import Level, Unit
from smup.web.config.current import release_of
from smup.web.portal.page import render
from smup.web.portal.reading import asked_role, the_unit
from smup.web.portal.reports.offers import of_unit, papers_of

AREA = "obszar"
MANY = 120  # indicators with data beyond which a page lists those of one area only, when asked


def unit(request: HttpRequest, code: str, lang: Lang) -> HttpResponse:
    """Who the unit is, what stands out, and area by area where its services stand."""
    release, to = release_of(request), Addresses(lang)
    found = the_unit(release, code, lang)
    role = asked_role(request, found)
    having = fed(release, release.catalogue.indicators_of())
    stands = standings(release, found, having, role)
    basis = basis_of(release, found)
    asked = request.GET.get(AREA, "")
    areas = [
        _area(release, found, area, stands, role, asked, lang)
        for area in release.catalogue.areas.values()
        if indicators_by_area(release)[area.id]
    ]
    context = introduction(release, found, role, lang) | {
        "facts": facts(release, found, lang),
        "findings": findings(release, found, stands, basis, role, lang),
        "findings_note": strings(lang)[f"findings_note_{basis}"]
        if any(one.has_place for one in stands)
        else "",
        "neighbours": neighbours(release, found, role or found.level, lang),
        "inside": inside(release, found, lang),
        "inside_title": strings(lang).get(f"inside_{found.kind.value}", ""),
        "namesakes": namesakes(release, found, lang),
        "peers_href": to.unit_peers(found.code) if basis == "peers" else "",
        "changes": changes(release, found, lang),
        "successors": successors(release, found, lang),
        "changes_href": to.unit_changes(found.code),
        "compare_href": to.compare([found.code], rola=role.value if role else ""),
        "csv_href": to.unit_data(found.code, "csv"),
        "xlsx_href": to.unit_data(found.code, "xlsx"),
        "reports": of_unit(found, role, lang),
        "papers": papers_of(found, lang),
        "dimensions": dimension_names(lang),
        "has_lines": any(area["lines"] for area in areas),
        "unfolds": any(area["rows_href"] for area in areas),
        "areas": [one for one in areas if one["lines"] or one["known"] or one["gaps"]],
        "empty": [one for one in areas if not (one["lines"] or one["known"] or one["gaps"])],
    }
    return render(request, "unit.html", context, lang, release)


def _area(
    release: Release,
    unit: Unit,
    area: Area,
    stands: list[Standing],
    role: Level | None,
    asked: str,
    lang: Lang,
) -> dict[str, Any]:
    """The services of one area that have data, and all its indicators where they are shown."""
    mine = [one for one in stands if one.indicator.area == area.id]
    chosen = role.value if role else ""
    known = [one for one in mine if one.value is not None]
    lines = []
    for service in release.catalogue.services_of(area.id) if known else ():
        its = [one for one in mine if one.indicator.service == service.id]
        line = service_line(release, unit, service, its, chosen, lang) if its else None
        if line and any(cell.state in ("place", "value", "gap") for cell in line.cells):
            lines.append(line)
    shown = asked == area.id or len(stands) <= MANY
    among = company_words(release, unit, lang)
    made = blocks(release, unit, mine, role, among, lang) if shown else []
    name = getattr(area.name, lang)
    return {
        "id": area.id,
        "name": name,
        "href": Addresses(lang).area(area.id),
        "services_words": strings(lang)["services_of_area"].format(area=name),
        "lines": lines,
        "known": len(known),
        "blocks": [b for b in made if b.rows],
        "gaps": [row for block in made for row in block.gaps],
        "open": asked == area.id or not lines,
        "rows_words": strings(lang)["unit_rows"].format(n=len(known)),
        "rows_href": "" if shown else Addresses(lang).unit(unit.code, rola=chosen, obszar=area.id),
        "waiting": waiting_words(indicators_by_area(release)[area.id] - len(mine), lang),
    }


@lru_cache(maxsize=8)
def indicators_by_area(release: Release) -> Counter[str]:
    """How many indicators each area has, with data or without."""
    return Counter(one.area for one in release.catalogue.indicators_of())


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
        "among": _among(release, unit, lang),
    }


def _among(release: Release, unit: Unit, lang: Lang) -> str:
    """What the figures of the unit are set beside, as a sentence; "" for nothing."""
    among = company_words(release, unit, lang)
    return strings(lang)["places_among"].format(among=among) if among else ""
