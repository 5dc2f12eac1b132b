"""What the fields and lists of the page send, turned into a question.

A name typed is looked up; when it is clear what is meant the question grows, else the page offers
what it could be.
"""

from dataclasses import replace

from django.http import QueryDict

from smup.language import fold
from smup.territory import Kind
from smup.territory.search import suggest
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.asked import Asked, indicator_choice, unit_choice
from smup.web.portal.explorer.finding import (
    MOST,
    indicators_named,
    is_a_name,
    unit_named,
    units_named,
)
from smup.web.portal.explorer.phrases import LONGEST, Understood, understand
from smup.web.portal.explorer.question import Condition, Question

ADD_INDICATOR, ADD_UNITS = "dodaj-wskaznik", "dodaj-jst"
FROM, TO = "od", "do"
PEOPLE_FROM, PEOPLE_TO = "ludnosc-od", "ludnosc-do"
WHERE, SIGN, LIMIT = "gdzie-wskaznik", "gdzie-znak", "gdzie-wartosc"
CONTROLS = (ADD_INDICATOR, ADD_UNITS, FROM, TO, PEOPLE_FROM, PEOPLE_TO, WHERE, SIGN, LIMIT)


def take_controls(asked: Asked, query: QueryDict) -> None:
    """Add to the question what was typed or chosen on the page."""
    asked.sent = any(name in query for name in CONTROLS) or any(
        value == "" for name in query for value in query.getlist(name)
    )
    typed = {name: query.get(name, "").replace("\0", "").strip()[:LONGEST] for name in CONTROLS}
    if typed[ADD_INDICATOR]:
        _add_indicator(asked, typed[ADD_INDICATOR])
    if typed[ADD_UNITS]:
        _add_units(asked, typed[ADD_UNITS])
    if typed[FROM] or typed[TO]:
        _years(asked, typed[FROM], typed[TO])
    if typed[PEOPLE_FROM] or typed[PEOPLE_TO]:
        _people(asked, typed[PEOPLE_FROM], typed[PEOPLE_TO])
    if typed[LIMIT]:
        _condition(asked, typed[WHERE], typed[SIGN], typed[LIMIT])


def _add_indicator(asked: Asked, text: str) -> None:
    named = indicators_named(asked.release, text, asked.lang)
    catalogue = asked.release.catalogue
    exact = [
        name
        for name in named
        if fold(text) in (name, fold(getattr(catalogue.indicators[name].name, asked.lang)))
    ]
    if len(named) == 1 or exact:
        asked.question = indicator_choice(asked, (exact or named)[0]).take(asked.question)
        return
    asked.typed[ADD_INDICATOR] = text
    choices = (indicator_choice(asked, name) for name in named[:MOST])
    key = "explorer_which_indicator" if named else "explorer_no_such_indicator"
    asked.trouble(q.INDICATORS, key, choices, asked=text)


def _add_units(asked: Asked, text: str) -> None:
    """A unit, several with commas between them, or a set described in words."""
    territory = asked.release.territory
    hits = units_named(territory, text)
    if len(hits) == 1 and is_a_name(hits):
        asked.question = unit_choice(asked, hits[0].unit.code).take(asked.question)
        return
    found = understand(text, territory, lambda name: unit_named(territory, name))
    if found.anything and not found.rest and not is_a_name(hits):
        asked.question = described(asked.question, found)
        return
    codes = [unit_named(territory, part) for part in text.split(",") if part.strip()]
    if codes and all(codes):
        for code in codes:
            asked.question = unit_choice(asked, code).take(asked.question)
        return
    asked.typed[ADD_UNITS] = text
    if hits:
        choices = (unit_choice(asked, hit.unit.code) for hit in hits)
        asked.trouble(q.UNITS, "explorer_which_unit", choices, asked=text)
    elif found.anything:
        asked.question = described(asked.question, found)
        asked.trouble(q.UNITS, "explorer_not_understood", rest=", ".join(found.rest))
    else:
        near = (unit_choice(asked, unit.code) for unit in suggest(territory, text))
        asked.trouble(q.UNITS, "explorer_no_such_units", near, asked=text)


def described(question: Question, found: Understood) -> Question:
    """The question with a set described in words; what the words do not mention stays."""
    level = found.level.value if found.level and not found.kinds else ""
    return replace(
        question,
        kinds=tuple(kind.value for kind in Kind if kind in found.kinds) or question.kinds,
        population=found.population or question.population,
        voivodeships=tuple(found.voivodeships) or question.voivodeships,
        inside=found.inside or question.inside,
        alike=found.alike or question.alike,
        around=found.around or question.around,
        level=level or question.level,
        page=1,
    )


def _years(asked: Asked, first: str, last: str) -> None:
    years = [text for text in (first, last) if text.isascii() and text.isdecimal()]
    if not years or any(len(text) != 4 for text in years):
        asked.trouble(q.YEARS, "explorer_unknown_years", asked=f"{first}–{last}")
        return
    span = f"{min(years)}-{max(years)}" if len(set(years)) > 1 else years[0]
    asked.question = replace(asked.question, years=span, page=1)


def _people(asked: Asked, low: str, high: str) -> None:
    ends = []
    for text in (low.replace(" ", ""), high.replace(" ", "")):
        if text and not (text.isascii() and text.isdecimal() and len(text) < 10):
            asked.trouble(q.UNITS, "explorer_unknown_people", asked=text)
            return
        ends.append(int(text) if text else None)
    if None not in ends and (ends[0] or 0) > (ends[1] or 0):
        ends.reverse()
    asked.question = replace(asked.question, population=(ends[0], ends[1]), page=1)


def _condition(asked: Asked, indicator: str, sign: str, limit: str) -> None:
    known = {one.id for one in asked.release.catalogue.shown}
    try:
        number = float(limit.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        number = float("nan")
    if indicator not in known or sign not in q.SIGNS or not abs(number) < 1e12:
        asked.trouble(q.UNITS, "explorer_unknown_condition", asked=limit)
        return
    one = Condition(indicator, sign, number)
    kept = tuple(old for old in asked.question.conditions if str(old) != str(one))
    asked.question = replace(asked.question, conditions=(*kept, one), page=1)
