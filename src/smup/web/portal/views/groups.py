"""``/grupy`` and ``/grupa/{id}``: fixed groups, their rules and who is in them."""

import difflib
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import DEFAULT_SYSTEM, Group
from smup.formats.groups import system_records
from smup.language import Lang, format_number
from smup.present.sentences import units_counted
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import kind_name, title
from smup.telling.strings import strings
from smup.telling.unit_indicator.grouping import system_name
from smup.territory import Kind, Unit
from smup.web.config.current import release_of
from smup.web.portal.page import render
from smup.web.portal.reading import NothingHere


def index(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Every system with its rule and groups."""
    release, to, t = release_of(request), Addresses(lang), strings(lang)
    systems = system_records(release.catalogue, release.frame, lang)
    for system in systems:
        system["default"] = system["id"] == DEFAULT_SYSTEM
        system["people"] = _people(system["population_year"], lang)
        system["version_words"] = t["group_version"].format(
            version=system["version"], since=system["since"], release=release.id
        )
        for group in system["groups"]:
            group["href"] = to.group(group["id"])
            group["shown"] = format_number(group["count"], 0, lang)
    return render(request, "groups.html", {"systems": systems}, lang, release)


def group(request: HttpRequest, group: str, lang: Lang) -> HttpResponse:
    """One group: its rule in words and its members by województwo."""
    release, to, t = release_of(request), Addresses(lang), strings(lang)
    one = _the_group(release, group, lang)
    membership = release.frame.membership(one.system)
    units = [release.territory.units[code] for code in membership.members(one.id)]
    there = [unit for unit in units if unit.valid_to is None]
    gone = [unit for unit in units if unit.valid_to is not None]
    defined = release.catalogue.systems.get(one.system)
    context = {
        "name": getattr(one.name, lang),
        "rule": _rule(one, lang, by_table=bool(defined and defined.source)),
        "system_rule": getattr(defined.rule, lang) if defined else "",
        "people": _people(membership.year, lang),
        "note": getattr(one.note, lang) if one.note else "",
        "system": system_name(release, one.system, lang),
        "source": defined.source if defined else None,
        "source_title": getattr(defined.source.title, lang) if defined and defined.source else "",
        "counted": f"{units_counted(len(there), lang)}.",
        "version_words": t["group_version"].format(
            version=defined.version, since=defined.since, release=release.id
        )
        if defined
        else "",
        "places": _by_place(release, there, lang),
        "gone": [_link(unit, lang) for unit in gone],
        "index": to.page("/grupy"),
    }
    return render(request, "group.html", context, lang, release)


def _the_group(release: Release, name: str, lang: Lang) -> Group:
    groups = release.catalogue.groups
    if name not in groups:
        to = Addresses(lang)
        near = [
            {"name": getattr(groups[i].name, lang), "note": "", "href": to.group(i)}
            for i in difflib.get_close_matches(name, list(groups), n=5, cutoff=0.4)
        ]
        raise NothingHere("group", name, near)
    return groups[name]


def _rule(group: Group, lang: Lang, *, by_table: bool) -> str:
    """Who is in the group, in words."""
    t = strings(lang)
    kinds = ", ".join(kind_name(Kind(kind), lang) for kind in group.kinds)
    if by_table:
        return t["group_rule_table"].format(kinds=kinds)
    low, below = group.population_from, group.population_below
    key = {
        (False, False): "group_rule_kind",
        (True, False): "group_rule_from",
        (False, True): "group_rule_below",
        (True, True): "group_rule_between",
    }[low is not None, below is not None]
    return t[key].format(
        kinds=kinds, low=format_number(low or 0, 0, lang), below=format_number(below or 0, 0, lang)
    )


def _people(year: int | None, lang: Lang) -> str:
    return strings(lang)["group_people"].format(year=year) if year else ""


def _by_place(release: Release, units: list[Unit], lang: Lang) -> list[dict[str, Any]]:
    """Members under the województwo they lie in."""
    found: dict[str, list[dict[str, str]]] = {}
    for unit in units:
        found.setdefault(unit.wojewodztwo or "", []).append(_link(unit, lang))
    names = release.territory.units
    return [
        {"name": title(names[code], lang), "count": len(members), "units": members}
        for code, members in found.items()
    ]


def _link(unit: Unit, lang: Lang) -> dict[str, str]:
    return {"name": title(unit, lang), "code": unit.code, "href": Addresses(lang).unit(unit.code)}
