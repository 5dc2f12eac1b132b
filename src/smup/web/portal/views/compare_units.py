"""``/porownaj?jst=a,b,c&usluga=…|obszar=…&rok=…``: two to ten units over a service or an area."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from smup.catalogue import Indicator
from smup.language import Lang, format_number, sort_key
from smup.present.charts.spine import MOST_UNITS, mark_of
from smup.present.svg import element
from smup.present.values import reason
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.comparing.profile import (
    Side,
    range_words,
)
from smup.telling.naming import title, told_apart, where
from smup.telling.strings import strings
from smup.territory import GMINA_KINDS, Unit
from smup.territory.search import search as search_units
from smup.web.config.current import release_of
from smup.web.config.page_cache import cacheable
from smup.web.portal.asking.comparing import Asked, asked_comparison
from smup.web.portal.page import render
from smup.web.portal.reports.offers import of_comparison

CANDIDATES = 8
CHOICE = "temat"


def compare(request: HttpRequest, lang: Lang) -> HttpResponse:
    release, t = release_of(request), strings(lang)
    asked = asked_comparison(request, release, lang)
    key, _, chosen = request.GET.get(CHOICE, "").partition(":")
    if key in ("usluga", "obszar"):  # of the list of choice, which names both by one parameter
        kept = {"rola": asked.role, "rok": asked.year or "", key: chosen[:80]}
        to = Addresses(lang).compare([unit.code for unit in asked.units], **kept)
        return HttpResponseRedirect(to)
    found = asked.sides(release)
    figure = asked.profile(release, lang) if len(asked.units) > 1 else None
    names = told_apart(asked.units, lang)
    wanted = request.GET.get("dodaj", "").strip()[:100]
    context: dict[str, Any] = {
        "names": ", ".join(names),
        "subject": asked.subject.name,
        "units": [_chip(release, asked, at, name, lang) for at, name in enumerate(names)],
        "full": len(asked.units) >= MOST_UNITS,
        "notices": asked.notices,
        "hint": _hint(asked, lang),
        "figure": figure,
        "why_no_figure": "" if figure or len(asked.units) < 2 else _why(asked, found, lang),
        "rows": [_row(release, asked, one, lang) for one in found] if asked.units else [],
        "range": range_words(release, asked.units, asked.level, lang) if asked.level else "",
        "presets": _presets(release, asked, lang),
        "wanted": wanted,
        "candidates": candidates(release, asked, wanted, lang) if wanted else [],
        "nobody": t["search_nothing"].format(asked=wanted),
        "subjects": _subjects(release, asked, lang),
        "years": _years(release, asked),
        "reports": of_comparison(asked.units, lang),
        "hidden": {"jst": ",".join(unit.code for unit in asked.units), **asked.query()},
        "suggest_href": Addresses(lang).page(
            "/porownaj/podpowiedzi.json",
            jst=",".join(unit.code for unit in asked.units),
            **asked.query(),
        ),
    }
    return render(request, "compare.html", context, lang, release)


def suggestions(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Units to add while typing: each leads to the comparison with it."""
    release = release_of(request)
    asked = asked_comparison(request, release, lang)
    wanted = request.GET.get("q", "").strip()[:100]
    return cacheable(JsonResponse({"suggestions": candidates(release, asked, wanted, lang)}))


def candidates(release: Release, asked: Asked, wanted: str, lang: Lang) -> list[dict[str, str]]:
    """Units of this name that can be added, with the address that adds them."""
    hits = search_units(release.territory, wanted, limit=CANDIDATES + len(asked.units))
    return [
        {
            "kind": "unit",
            "name": title(hit.unit, lang),
            "note": where(hit.unit, release.territory, lang),
            "href": _with(asked, [*asked.units, hit.unit], lang),
        }
        for hit in hits
        if hit.unit not in asked.units
    ][:CANDIDATES]


def _with(asked: Asked, units: Sequence[Unit], lang: Lang) -> str:
    return Addresses(lang).compare([unit.code for unit in units], **asked.query())


def _hint(asked: Asked, lang: Lang) -> str:
    """What to do next where there is not enough to compare."""
    key = {0: "compare_none", 1: "compare_one"}.get(len(asked.units))
    return strings(lang)[key] if key else ""


def _why(asked: Asked, found: Sequence[Side], lang: Lang) -> str:
    """Why there is a table only."""
    t = strings(lang)
    if not found:
        return t["compare_no_indicators"]
    return t["compare_table_only"] if asked.level is None else t["compare_no_range"]


def _chip(release: Release, asked: Asked, at: int, name: str, lang: Lang) -> dict[str, str]:
    """A chosen unit: its mark, its page, and the comparison without it."""
    unit = asked.units[at]
    drawn = element(
        "svg", mark_of(at, 0.5, 8), cls="chip-mark", width=16, height=16, aria_hidden="true"
    )
    return {
        "name": name,
        "note": where(unit, release.territory, lang),
        "href": Addresses(lang).unit(unit.code),
        "mark": drawn,
        "without": _with(asked, [one for one in asked.units if one is not unit], lang),
    }


def _row(release: Release, asked: Asked, one: Side, lang: Lang) -> dict[str, Any]:
    indicator, to = one.indicator, Addresses(lang)
    return {
        "name": getattr(indicator.name, lang),
        "href": to.indicator(indicator.id),
        "note": _note(release, one, lang),
        "median": number(indicator, one.summary.median, lang) if one.summary else "–",
        "cells": [
            {
                "shown": reason(status, lang) if value is None else number(indicator, value, lang),
                "gap": value is None,
                "href": to.unit_indicator(unit.code, indicator.id, rola=asked.role),
            }
            for unit, (value, status) in zip(asked.units, one.values, strict=True)
        ],
    }


def number(indicator: Indicator, value: float, lang: Lang) -> str:
    """The number alone: the measure stands once, beside the name of the indicator."""
    return format_number(value, indicator.decimals, lang)


def _note(release: Release, one: Side, lang: Lang) -> str:
    """Measure, year and which direction is better."""
    t, better = strings(lang), one.indicator.better
    measure = getattr(release.catalogue.measures[one.indicator.unit].symbol, lang)
    if better == "neither":
        return t["compare_row_neither"].format(measure=measure, year=one.year)
    return t["compare_row"].format(measure=measure, year=one.year, side=t[f"side_{better}"])


def _presets(release: Release, asked: Asked, lang: Lang) -> list[dict[str, str]]:
    """The first unit with its neighbours, its nearest peers, the gminas of its powiat."""
    if not asked.units:
        return []
    first, territory, t = asked.units[0], release.territory, strings(lang)
    level = asked.level if asked.level in first.levels else first.level
    sets: dict[str, list[Unit]] = {}
    if level is not None:
        codes = territory.neighbours.get((first.code, level), ())
        sets["compare_with_neighbours"] = [territory.units[code] for code in codes]
    if release.peer_tables is not None:
        area = asked.subject.indicators[0].area if asked.subject.indicators else ""
        codes = release.peer_tables.codes_of(first, area)
        sets["compare_with_peers"] = [territory.units[code] for code in codes]
    if first.kind in GMINA_KINDS and first.powiat:
        members = territory.members(first.powiat)
        sets["compare_with_powiat"] = [u for u in members if u.valid_to is None]
    made = []
    for key, units in sets.items():
        others = [unit for unit in units if unit is not first][: MOST_UNITS - 1]
        if others:
            made.append({"name": t[key], "href": _with(asked, [first, *others], lang)})
    return made


def _subjects(release: Release, asked: Asked, lang: Lang) -> list[dict[str, Any]]:
    """Areas with their services that have data, as groups of a list of choice."""
    catalogue, chosen = release.catalogue, (asked.subject.key, asked.subject.id)
    fed = [one for one in catalogue.indicators_of() if release.years_of(one.id)]
    with_data = {one.service for one in fed} | {one.area for one in fed}
    return [
        {
            "name": getattr(area.name, lang),
            "options": [
                {
                    "value": f"obszar:{area.id}",
                    "name": f"{getattr(area.name, lang)} – {strings(lang)['compare_whole']}",
                    "chosen": chosen == ("obszar", area.id),
                },
                *(
                    {
                        "value": f"usluga:{one.id}",
                        "name": getattr(one.name, lang),
                        "chosen": chosen == ("usluga", one.id),
                    }
                    for one in sorted(
                        catalogue.services_of(area.id),
                        key=lambda s: sort_key(getattr(s.name, lang)),
                    )
                    if one.id in with_data
                ),
            ],
        }
        for area in catalogue.areas.values()
        if area.id in with_data
    ]


def _years(release: Release, asked: Asked) -> list[dict[str, Any]]:
    """Years in which any indicator of the subject has data, the newest first."""
    known = {year for one in asked.subject.indicators for year in release.years_of(one.id)}
    return [{"value": year, "chosen": year == asked.year} for year in sorted(known, reverse=True)]
