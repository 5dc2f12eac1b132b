"""``/szukaj``: units, indicators and services for a few words; suggestions while typing."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, JsonResponse

from smup.language import Lang, fold
from smup.store.releases import Release
from smup.territory.search import search as search_units
from smup.territory.search import suggest
from smup.web.config.current import release_of
from smup.web.config.page_cache import cacheable
from smup.web.portal.addresses import Addresses
from smup.web.portal.feeding import is_fed
from smup.web.portal.naming import year_span
from smup.web.portal.page import render
from smup.web.portal.reading import Suggestion, unit_suggestion
from smup.web.portal.strings import strings

LONGEST = 100  # characters looked at; names are far shorter
UNITS, OTHERS = 40, 12
SUGGESTED_UNITS, SUGGESTED_OTHERS = 7, 3


def search(request: HttpRequest, lang: Lang) -> HttpResponse:
    release = release_of(request)
    asked = request.GET.get("q", "").strip()[:LONGEST]
    units = found_units(release, asked, UNITS, lang)
    indicators = found_indicators(release, asked, lang)
    services = found_services(release, asked, lang)
    nothing = bool(asked) and not (units or indicators or services)
    near = [unit_suggestion(release, u, lang) for u in suggest(release.territory, asked)]
    context = {
        "asked": asked,
        "units": units,
        "indicators": indicators,
        "services": services,
        "near": near if nothing else [],
        "nothing": nothing,
        "nothing_words": strings(lang)["search_nothing"].format(asked=asked),
    }
    return render(request, "search.html", context, lang, release)


def suggestions(request: HttpRequest, lang: Lang) -> HttpResponse:
    """``[{"name", "note", "href"}]`` under ``suggestions``, units first."""
    release = release_of(request)
    asked = request.GET.get("q", "").strip()[:LONGEST]
    found = found_units(release, asked, SUGGESTED_UNITS, lang)
    others = found_indicators(release, asked, lang) + found_services(release, asked, lang)
    found += others[: SUGGESTED_OTHERS if found else SUGGESTED_UNITS]
    return cacheable(JsonResponse({"suggestions": found}))


def found_units(release: Release, asked: str, limit: int, lang: Lang) -> list[Suggestion]:
    return [
        unit_suggestion(release, hit.unit, lang)
        for hit in search_units(release.territory, asked, limit=limit)
    ]


def found_indicators(release: Release, asked: str, lang: Lang) -> list[Suggestion]:
    """Indicators whose name or question holds every word asked for (by its beginning), those with
    data first."""
    to, areas = Addresses(lang), release.catalogue.areas
    found = []
    for one in sorted(release.catalogue.shown, key=lambda i: not is_fed(release, i)):
        if _holds(asked, (getattr(one.name, lang), getattr(one.question, lang), one.id)):
            span = year_span(release.years_of(one.id))
            note = ", ".join(part for part in (getattr(areas[one.area].name, lang), span) if part)
            name = getattr(one.name, lang)
            found.append({"name": name, "note": note, "href": to.indicator(one.id)})
    return found[:OTHERS]


def found_services(release: Release, asked: str, lang: Lang) -> list[Suggestion]:
    to, areas = Addresses(lang), release.catalogue.areas
    return [
        {
            "name": getattr(one.name, lang),
            "note": getattr(areas[one.area].name, lang),
            "href": to.service(one.id),
        }
        for one in release.catalogue.services.values()
        if _holds(asked, (getattr(one.name, lang), one.id))
    ][:OTHERS]


def _holds(asked: str, texts: Iterable[str]) -> bool:
    """Does some word of the texts begin with each word asked for? Endings are cut, so that
    "przedszkola" finds "przedszkole"."""
    words = [_stem(word) for word in fold(asked).split() if len(word) > 1]
    present = [word for text in texts for word in fold(text).replace("-", " ").split()]
    return bool(words) and all(any(p.startswith(word) for p in present) for word in words)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 5 else word
