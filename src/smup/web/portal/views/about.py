"""Pages about the portal itself: method, coverage, releases, API, accessibility, privacy."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Indicator
from smup.language import Lang, format_number
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.present.values import reason
from smup.store.releases import Release
from smup.territory import Level
from smup.web.config.current import release_of, releases
from smup.web.portal.addresses import Addresses
from smup.web.portal.naming import level_name, year_span
from smup.web.portal.page import render
from smup.web.portal.reading import indicators_in
from smup.web.portal.standing import columns_of_level
from smup.web.portal.strings import strings
from smup.web.portal.unit_facts import day_words

TITLES = {
    "metodologia": "methodology",
    "api": "api_docs",
    "deklaracja-dostepnosci": "accessibility",
    "prywatnosc": "privacy",
}


def text_page(request: HttpRequest, name: str, lang: Lang) -> HttpResponse:
    """A page of prose in the language asked for, with a few facts of the release."""
    release = release_of(request)
    statuses = [reason(s, lang) for s in Status if s >= FIRST_GAP]
    context = {
        "statuses": statuses,
        "sources": release.sources,
        "groups": [getattr(g.name, lang) for g in release.catalogue.groups.values()],
        "text": f"portal/texts/{name}.{lang}.html",
        "page_title": strings(lang)[TITLES[name]],
    }
    return render(request, "text.html", context, lang, release)


def coverage(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Which indicators have which years, and how many units in the newest one."""
    release = release_of(request)
    catalogue = release.catalogue
    areas = [
        {
            "name": getattr(area.name, lang),
            "rows": [_covered(release, i, lang) for i in indicators],
        }
        for area in catalogue.areas.values()
        if (indicators := indicators_in(release, catalogue.indicators_of(area=area.id)))
    ]
    empty = [
        getattr(area.name, lang)
        for area in catalogue.areas.values()
        if not indicators_in(release, catalogue.indicators_of(area=area.id))
    ]
    levels = [level_name(level, lang) for level in (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)]
    context = {"areas": areas, "empty": empty, "levels": levels}
    return render(request, "coverage.html", context, lang, release)


def _covered(release: Release, indicator: Indicator, lang: Lang) -> dict[str, Any]:
    """The years of an indicator, and "n of N" units with a value in its newest year, by level."""
    years = release.years_of(indicator.id)
    panel = release.indicators
    counts = []
    for level in (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO):
        if not years:
            counts.append("–")
            continue
        at = panel.item_index[indicator.id], panel.year_index[years[-1]]
        status = panel.status[at][columns_of_level(release, level)]
        known = int((status < FIRST_GAP).sum())
        existing = int((status != Status.NOT_EXISTING).sum())
        counts.append(
            f"{format_number(known, 0, lang)} / {format_number(existing, 0, lang)}"
            if known
            else "–"
        )
    return {
        "name": getattr(indicator.name, lang),
        "href": Addresses(lang).indicator(indicator.id),
        "years": year_span(years),
        "year_count": len(years),
        "newest": years[-1] if years else "",
        "counts": counts,
    }


def release_list(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Every release of the store, newest first, with its files."""
    release = release_of(request)
    rows = [
        {
            "id": info.id,
            "created": _day(info.created, lang),
            "indicators": format_number(info.indicators, 0, lang),
            "values": format_number(info.values, 0, lang),
            "catalogue": info.catalogue[:12],
            "active": info.active,
            "files": f"/files/{info.id}/datapackage.json",
            "csv": f"/files/{info.id}/values.csv",
            "parquet": f"/files/{info.id}/values.parquet",
        }
        for info in reversed(releases().list())
    ]
    context = {"rows": rows, "sources": release.sources}
    response = render(request, "releases.html", context, lang, release)
    # the list may grow while the current release stays: not a function of the release alone
    response.smup_cacheable = False
    response.headers["Cache-Control"] = "no-cache"
    return response


def _day(moment: str, lang: Lang) -> str:
    return day_words(datetime.fromisoformat(moment).date(), lang)
