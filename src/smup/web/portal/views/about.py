"""Pages about the portal itself: releases, API, accessibility, privacy."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from smup.language import Lang, format_number
from smup.web.config.current import release_of, releases
from smup.web.portal.page import render
from smup.web.portal.strings import strings
from smup.web.portal.unit_facts import day_words

TITLES = {
    "api": "api_docs",
    "deklaracja-dostepnosci": "accessibility",
    "prywatnosc": "privacy",
}


def text_page(request: HttpRequest, name: str, lang: Lang) -> HttpResponse:
    """A page of prose in the language asked for, with a few facts of the release."""
    release = release_of(request)
    context = {
        "sources": release.sources,
        "text": f"portal/texts/{name}.{lang}.html",
        "page_title": strings(lang)[TITLES[name]],
    }
    return render(request, "text.html", context, lang, release)


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
