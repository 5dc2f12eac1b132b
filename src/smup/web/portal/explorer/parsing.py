"""From the address of the explorer to a question, and words on all that does not make sense.

Every parameter is looked up among known values; what the controls of the page send besides is
turned into a question by ``typed``.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import replace

from django.http import QueryDict

from smup.language import Lang
from smup.store.releases import Release
from smup.territory import Kind, Level
from smup.territory.search import suggest
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.asked import Asked, indicator_choice, unit_choice
from smup.web.portal.explorer.question import Condition, Limits, Question
from smup.web.portal.explorer.typed import take_controls

MOST_INDICATORS = 12
MOST_UNITS = 3000  # more than there are
MOST_CONDITIONS = 6
SHOWN = 80  # characters of a wrong value that are repeated
LEVELS = (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO, Level.KRAJ)
_YEARS = re.compile(r"\d{4}(?:-\d{4})?(?:,\d{4}(?:-\d{4})?){0,40}", re.ASCII)
_NEWEST = re.compile(rf"{q.NEWEST}[1-9]\d?", re.ASCII)
_PEOPLE = re.compile(r"(\d{0,9})-(\d{0,9})", re.ASCII)
_CONDITION = re.compile(r"([a-z0-9-]{1,80})(>=|<=|>|<|=)(-?\d{1,12}(?:[.,]\d{1,6})?)", re.ASCII)
_SORT = re.compile(r"-?[A-Za-z0-9-]{1,80}(?:\.[A-Za-z0-9-]{1,80})?", re.ASCII)


def read(query: QueryDict, release: Release, lang: Lang) -> Asked:
    """The question of an address. Whatever is wrong is left out of it and said."""
    asked = Asked(release, lang)
    asked.question = Question(
        indicators=_indicators(asked, _items(query, "wskaznik")),
        units=_units(asked, _items(query, "jst")),
        group=_known(asked, query, "grupa", release.catalogue.groups, q.UNITS),
        alike=_unit(asked, query, "podobne"),
        around=_unit(asked, query, "sasiedzi"),
        inside=_unit(asked, query, "w"),
        voivodeships=_several(asked, query, "woj", _voivodeships(release)),
        kinds=_several(asked, query, "rodzaj", [kind.value for kind in Kind if kind.levels]),
        population=_population(asked, query.get("ludnosc", "")),
        conditions=_conditions(asked, query.getlist("gdzie")),
        level=_known(asked, query, "poziom", [*LEVELS, q.MIXED], q.UNITS),
        years=_years(asked, query.get("lata", "")),
        rows=_known(asked, query, "wiersze", q.AXES, q.TABLE) or q.UNITS,
        columns=_known(asked, query, "kolumny", q.AXES, q.TABLE) or q.INDICATORS,
        picture=_known(asked, query, "obraz", q.PICTURES, q.TABLE) or q.TABLE,
        sort=_sort(query.get("sort", "")),
        filter=query.get("filtr", "").replace("\0", "").strip()[:SHOWN],
        gaps=_known(asked, query, "braki", [q.WITHOUT_GAPS], q.TABLE),
        page=_page(query.get("strona", "")),
        release=query.get("wydanie", "")[:SHOWN],
    )
    if asked.question.rows == asked.question.columns:
        other = q.YEARS if asked.question.rows == q.INDICATORS else q.INDICATORS
        asked.question = replace(asked.question, columns=other)
    take_controls(asked, query)
    return asked


def _items(query: QueryDict, name: str) -> list[str]:
    """Values between commas of a parameter, given once or several times, each once, in order."""
    parts = ",".join(query.getlist(name)).split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _indicators(asked: Asked, names: list[str]) -> tuple[str, ...]:
    catalogue = asked.release.catalogue
    known = {one.id: one for one in catalogue.shown}
    found: dict[str, None] = {}
    for name in names[: 10 * MOST_INDICATORS]:
        its = catalogue.renamed.get(name, name)
        if its in known:
            found[its] = None
            continue
        near = difflib.get_close_matches(name[:SHOWN], known, n=5, cutoff=0.5)
        asked.trouble(
            q.INDICATORS,
            "explorer_unknown_indicator",
            (indicator_choice(asked, one) for one in near),
            asked=name[:SHOWN],
        )
    if len(found) > MOST_INDICATORS:
        asked.trouble(q.INDICATORS, "explorer_many_indicators", most=MOST_INDICATORS, n=len(found))
    return tuple(found)[:MOST_INDICATORS]


def _units(asked: Asked, codes: list[str]) -> tuple[str, ...]:
    territory = asked.release.territory
    found: dict[str, None] = {}
    unknown = []
    for code in codes[:MOST_UNITS]:
        unit = territory.get(code) or territory.get(code.upper())
        if unit is None:
            unknown.append(code)
        else:
            found[unit.code] = None
    for code in unknown[:5]:
        _unknown_unit(asked, code)
    if len(unknown) > 5:
        asked.trouble(q.UNITS, "explorer_more_unknown", n=len(unknown) - 5)
    if len(codes) > MOST_UNITS:
        asked.trouble(q.UNITS, "explorer_many_units", most=MOST_UNITS, n=len(codes))
    return tuple(found)


def _unknown_unit(asked: Asked, code: str) -> None:
    territory = asked.release.territory
    near = [unit.code for unit in suggest(territory, code[:SHOWN])]
    near = near or difflib.get_close_matches(code[:8], list(territory.units), n=5, cutoff=0.7)
    choices = (unit_choice(asked, one) for one in near)
    asked.trouble(q.UNITS, "explorer_unknown_unit", choices, asked=code[:SHOWN])


def _unit(asked: Asked, query: QueryDict, name: str) -> str:
    """The code of one unit; "" where none is asked for or the one asked for is unknown."""
    code = query.get(name, "").strip()
    unit = asked.release.territory.get(code) or asked.release.territory.get(code.upper())
    if code and unit is None:
        _unknown_unit(asked, code)
    return unit.code if unit and code else ""


def _known(asked: Asked, query: QueryDict, name: str, known: Iterable[str], place: str) -> str:
    value = query.get(name, "")
    if not value or value in set(known):
        return str(value)
    _unknown(asked, place, name, value)
    return ""


def _several(asked: Asked, query: QueryDict, name: str, known: list[str]) -> tuple[str, ...]:
    found = []
    for value in _items(query, name)[:50]:
        if value in known:
            found.append(value)
        else:
            _unknown(asked, q.UNITS, name, value)
    return tuple(sorted(found, key=known.index))


def _unknown(asked: Asked, place: str, name: str, value: str) -> None:
    asked.trouble(place, "explorer_unknown_value", name=name, asked=value[:SHOWN])


def _voivodeships(release: Release) -> list[str]:
    return [unit.code for unit in release.territory.of_level(Level.WOJEWODZTWO)]


def _population(asked: Asked, text: str) -> Limits | None:
    if not text:
        return None
    match = _PEOPLE.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        _unknown(asked, q.UNITS, "ludnosc", text)
        return None
    low, high = (int(end) if end else None for end in match.groups())
    return (high, low) if low is not None and high is not None and low > high else (low, high)


def _conditions(asked: Asked, texts: list[str]) -> tuple[Condition, ...]:
    found: dict[str, Condition] = {}
    known = {one.id for one in asked.release.catalogue.shown}
    for text in texts[:MOST_CONDITIONS]:
        match = _CONDITION.fullmatch(text.replace(" ", ""))
        if match is None or match[1] not in known:
            _unknown(asked, q.UNITS, "gdzie", text)
        else:
            one = Condition(match[1], match[2], float(match[3].replace(",", ".")))
            found[str(one)] = one
    if len(texts) > MOST_CONDITIONS:
        asked.trouble(q.UNITS, "explorer_many_conditions", most=MOST_CONDITIONS)
    return tuple(found.values())


def _years(asked: Asked, text: str) -> str:
    text = text.strip()
    if not text:
        return q.DEFAULT_YEARS
    if text == q.ALL_YEARS or _NEWEST.fullmatch(text) or _YEARS.fullmatch(text):
        return text
    asked.trouble(q.YEARS, "explorer_unknown_years", asked=text[:SHOWN])
    return q.DEFAULT_YEARS


def _sort(text: str) -> str:
    return text if _SORT.fullmatch(text) else ""


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
