"""Pages of prose about the portal itself: what it is, API, accessibility, privacy."""

from django.http import HttpRequest, HttpResponse

from smup.accounts import personal
from smup.language import Lang
from smup.web.config.current import release_of
from smup.web.config.journal import log_days
from smup.web.config.limits import CALLS, CALLS_WINDOW
from smup.web.people.words import words
from smup.web.portal.page import render

# Address -> keys of its title and of what a search engine says of it
TITLES = {
    "o-serwisie": ("about", "about_lead"),
    "api": ("api_docs", "api_lead"),
    "api/jak-podlaczyc": ("connect_title", "connect_lead"),
    "deklaracja-dostepnosci": ("accessibility", "accessibility_lead"),
    "prywatnosc": ("privacy", "privacy_lead"),
}


def text_page(request: HttpRequest, name: str, lang: Lang) -> HttpResponse:
    """A page of prose in the language asked for, with a few facts of the release."""
    release, t = release_of(request), words(lang)
    title, lead = TITLES[name]
    catalogue = release.catalogue
    context = {
        "t": t,
        "text": f"portal/texts/{name}.{lang}.html",
        "page_title": t[title],
        "page_lead": t[lead],
        "areas_count": sum(area.number is not None for area in catalogue.areas.values()),
        "services_count": len(catalogue.services),
        "indicators_count": len(catalogue.shown),
        "fed_count": len(release.indicators.items),
        "calls": CALLS,
        "calls_window": CALLS_WINDOW,
        "log_days": log_days(),
        "holders": personal.purposes(lang),
    }
    return render(request, "text.html", context, lang, release)
