"""``/szukaj``: an answer to a plain question, and what else fits; suggestions while typing."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from smup.catalogue import Indicator
from smup.language import Lang
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title, year_span
from smup.telling.strings import strings
from smup.territory import Unit
from smup.territory.index import words
from smup.territory.search import search as search_units
from smup.territory.search import suggest
from smup.web.config.current import release_of
from smup.web.config.page_cache import cacheable
from smup.web.portal.page import render
from smup.web.portal.reading import Suggestion, unit_suggestion
from smup.web.portal.search.answering import Answer, answer, applies, figure
from smup.web.portal.search.questions import LONGEST, Question, understand
from smup.web.portal.search.vocabulary import stem

UNITS, PAIRS, OTHERS = 40, 6, 12
SUGGESTED = 7  # lines under the field
EXAMPLES = {
    "pl": (
        "ile kosztuje przedszkole w Gdyni",
        "gdzie jest największe bezrobocie",
        "porównaj Płock i Włocławek",
        "żłobki w Białymstoku",
    ),
    "en": (
        "how much does a kindergarten cost in Gdynia",
        "where is unemployment highest",
        "compare Płock and Włocławek",
        "population of Warsaw",
    ),
}


def search(request: HttpRequest, lang: Lang) -> HttpResponse:
    release = release_of(request)
    question = understand(release, _asked(request))
    t, asked = strings(lang), question.text
    told = answer(release, question, lang)
    units = found_units(release, question, UNITS, lang)
    found = {
        "areas": found_areas(release, asked, lang),
        "services": found_services(release, question, lang),
        "indicators": found_indicators(release, question, lang),
    }
    nothing = bool(asked) and not (told or units or any(found.values()))
    near = suggest(release.territory, asked) if nothing else []
    context = found | {
        "asked": asked,
        "answer": told,
        "answer_lines": t["answer_side"] if question.compare else t["answer_places"],
        "answer_open": _invitation(question, lang),
        "pairs": _pairs(release, question, told, lang),
        "pairs_title": t["search_pairs"].format(name=_first_name(question, lang)),
        "units": units,
        "near": [unit_suggestion(release, unit, lang) for unit in near],
        "nothing": nothing,
        "nothing_words": t["search_nothing"].format(asked=asked),
        "examples": examples(lang),
    }
    return render(request, "search.html", context, lang, release)


def suggestions(request: HttpRequest, lang: Lang) -> HttpResponse:
    """``[{"kind", "name", "value", "note", "href"}]`` under ``suggestions``: the answer first."""
    release = release_of(request)
    question = understand(release, _asked(request))
    told = answer(release, question, lang)
    units = found_units(release, question, SUGGESTED, lang)
    others = [
        *found_services(release, question, lang)[:2],
        *found_indicators(release, question, lang),
        *found_areas(release, question.text, lang),
    ]
    pairs = _pairs(release, question, told, lang)[:3]
    found = [_of_answer(told)] if told else []
    if told:
        found += units[:2] + pairs + others[:2]
    elif question.subject:
        found += others[:SUGGESTED] + units[:2]
    else:
        found += units + others[: _room(units)]
    named = strings(lang)
    kinds = [one | {"kind_name": named[f"search_kind_{one['kind']}"]} for one in found]
    return cacheable(JsonResponse({"suggestions": kinds}))


def examples(lang: Lang) -> list[Suggestion]:
    """Questions to try, each with the address of its answer."""
    to = Addresses(lang)
    return [{"name": one, "href": to.page("/szukaj", q=one)} for one in EXAMPLES[lang]]


def found_units(release: Release, question: Question, limit: int, lang: Lang) -> list[Suggestion]:
    """Units named in the question and those whose name the whole text begins."""
    typed = [hit.unit for hit in search_units(release.territory, question.text, limit=limit)]
    named = (*question.units, *question.others)
    every = (*named, *typed) if question.subject else (*typed, *named)
    found = list(dict.fromkeys(every))[:limit]
    return [unit_suggestion(release, unit, lang) | {"kind": "unit"} for unit in found]


def found_indicators(release: Release, question: Question, lang: Lang) -> list[Suggestion]:
    to, areas = Addresses(lang), release.catalogue.areas
    found = []
    for one in question.indicators[:OTHERS]:
        span = year_span(release.years_of(one.id)) or strings(lang)["waits_for_data"].lower()
        found.append(
            {
                "kind": "indicator",
                "name": getattr(one.name, lang),
                "note": f"{getattr(areas[one.area].name, lang)}, {span}",
                "href": to.indicator(one.id),
            }
        )
    return found


def found_services(release: Release, question: Question, lang: Lang) -> list[Suggestion]:
    to, catalogue = Addresses(lang), release.catalogue
    found = [catalogue.services[name] for name in question.services[:OTHERS]]
    return [
        {
            "kind": "service",
            "name": getattr(one.name, lang),
            "note": getattr(catalogue.areas[one.area].name, lang),
            "href": to.service(one.id),
        }
        for one in found
    ]


def found_areas(release: Release, asked: str, lang: Lang) -> list[Suggestion]:
    """Areas whose name holds a word asked for."""
    typed = {stem(word) for word in words(asked) if len(word) > 4}
    return [
        {
            "kind": "area",
            "name": getattr(one.name, lang),
            "note": strings(lang)["area"],
            "href": Addresses(lang).area(one.id),
        }
        for one in release.catalogue.areas.values()
        if typed & {stem(word) for word in words(getattr(one.name, lang))}
    ]


def _asked(request: HttpRequest) -> str:
    asked: str = request.GET.get("q", "")
    return asked.replace("\0", "").strip()[:LONGEST]


def _room(units: list[Suggestion]) -> int:
    return 3 if units else SUGGESTED


def _of_answer(told: Answer) -> Suggestion:
    return {
        "kind": "answer",
        "name": told.name,
        "value": told.value,
        "note": told.note,
        "href": told.href,
    }


def _invitation(question: Question, lang: Lang) -> str:
    """What the link of the answer leads to."""
    t = strings(lang)
    if question.compare and len(question.units) > 1:
        return t["answer_open_compare"]
    return t["answer_open_ranking"] if question.ranking else t["answer_open"]


def _first_name(question: Question, lang: Lang) -> str:
    return title(question.units[0], lang) if question.units else ""


def _pairs(
    release: Release, question: Question, told: Answer | None, lang: Lang
) -> list[Suggestion]:
    """Further figures of the unit asked about, where anybody has them."""
    if told is None or not question.units or question.ranking or question.compare:
        return []
    unit = question.units[0]
    others = [
        one for one in question.indicators[1:] if applies(unit, one) and release.years_of(one.id)
    ]
    return [_pair(release, unit, one, lang) for one in others[:PAIRS]]


def _pair(release: Release, unit: Unit, indicator: Indicator, lang: Lang) -> Suggestion:
    one = _of_answer(figure(release, unit, indicator, None, lang))
    return one | {"kind": "indicator", "short": getattr(indicator.name, lang)}
