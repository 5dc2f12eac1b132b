"""The controls of the page: small forms, each carrying the rest of the question unseen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from smup.language import Lang
from smup.store.releases import Release
from smup.telling.naming import kind_name, title
from smup.telling.strings import strings
from smup.telling.unit_indicator.grouping import system_name
from smup.territory import Kind, Level
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.asked import Asked, Trouble
from smup.web.portal.explorer.question import Question
from smup.web.portal.explorer.selection import LEVELS
from smup.web.portal.explorer.typed import ADD_INDICATOR, ADD_UNITS
from smup.web.portal.explorer.wording import Chip, indicator_chips, level_words, unit_chips

SPANS = (1, 3, 5, 10)  # newest years offered


@dataclass(frozen=True)
class Option:
    value: str
    words: str
    chosen: bool


def form_context(asked: Asked, known_years: list[int]) -> dict[str, Any]:
    """Everything the controls need."""
    release, question, lang = asked.release, asked.question, asked.lang
    return {
        "indicator_chips": _chips(indicator_chips(release, question, lang), lang),
        "unit_chips": _chips(unit_chips(release, question, lang), lang),
        "indicator_troubles": _troubles(asked, q.INDICATORS),
        "unit_troubles": _troubles(asked, q.UNITS),
        "year_troubles": _troubles(asked, q.YEARS),
        "table_troubles": _troubles(asked, q.TABLE),
        "typed_indicator": asked.typed.get(ADD_INDICATOR, ""),
        "typed_units": asked.typed.get(ADD_UNITS, ""),
        "whole": _hidden(question, ()),
        "without_years": _hidden(question, ("years",)),
        "without_rules": _hidden(
            question, ("level", "kinds", "voivodeships", "group", "population")
        ),
        "without_table": _hidden(question, ("rows", "columns", "filter", "gaps")),
        "year_options": _year_options(question, known_years, lang),
        "known_years": known_years,
        "level_options": _level_options(question, lang),
        "kind_options": _kind_options(question, lang),
        "voivodeship_options": _voivodeship_options(release, question, lang),
        "group_options": _group_options(release, question, lang),
        "people": ["" if end is None else end for end in question.population or (None, None)],
        "condition_options": _condition_options(release, question, lang),
        "signs": q.SIGNS,
        "rows_options": _axis_options(question.rows, lang),
        "columns_options": _axis_options(question.columns, lang),
        "filter": question.filter,
        "hides_gaps": question.gaps == q.WITHOUT_GAPS,
        "rules_open": question.has_rules or bool(question.group or question.level),
        "cleared": Question(release=question.release).href(lang),
        "suggestions_href": question.href(lang, f"{q.PATH}/podpowiedzi.json"),
    }


def _chips(chips: Iterable[Chip], lang: Lang) -> list[dict[str, str]]:
    return [{"words": chip.words, "href": chip.without.href(lang)} for chip in chips]


def _troubles(asked: Asked, place: str) -> list[dict[str, Any]]:
    def told(trouble: Trouble) -> dict[str, Any]:
        choices = [
            {
                "name": choice.name,
                "note": choice.note,
                "href": choice.take(asked.question).href(asked.lang),
            }
            for choice in trouble.choices
        ]
        return {"words": trouble.words, "choices": choices}

    return [told(trouble) for trouble in asked.troubles_of(place)]


def _hidden(question: Question, edited: tuple[str, ...]) -> list[tuple[str, str]]:
    """The parameters a form sends along; not those it edits itself."""
    plain = Question()
    blank = {name: getattr(plain, name) for name in edited}
    return replace(question, page=1, **blank).query()


def _options(chosen: str, named: Mapping[str, str]) -> list[Option]:
    return [Option(value, words, value == chosen) for value, words in named.items()]


def _year_options(question: Question, known: list[int], lang: Lang) -> list[Option]:
    t = strings(lang)
    named = {
        f"{q.NEWEST}{n}": t["explorer_newest_one"] if n == 1 else t["explorer_newest_n"].format(n=n)
        for n in SPANS
    }
    named[q.ALL_YEARS] = t["explorer_all_years"]
    named |= {str(year): str(year) for year in reversed(known)}
    newest = question.years.removeprefix(q.NEWEST)
    words = t["explorer_newest_n"].format(n=newest)
    own = words if newest != question.years else question.years.replace("-", "–")
    named.setdefault(question.years, own)
    return _options(question.years, named)


def _level_options(question: Question, lang: Lang) -> list[Option]:
    named = {"": strings(lang)["explorer_level_free"]}
    named |= {level.value: level_words(level.value, lang) for level in LEVELS}
    named[q.MIXED] = strings(lang)["explorer_mixed"]
    return _options(question.level, named)


def _kind_options(question: Question, lang: Lang) -> list[Option]:
    kinds = [kind for kind in Kind if kind.levels and kind is not Kind.KRAJ]
    named = {kind.value: kind_name(kind, lang) for kind in kinds}
    return _several(question.kinds, named, strings(lang)["explorer_any_kind"])


def _voivodeship_options(release: Release, question: Question, lang: Lang) -> list[Option]:
    units = release.territory.of_level(Level.WOJEWODZTWO)
    named = {unit.code: unit.name for unit in units}
    return _several(question.voivodeships, named, strings(lang)["explorer_any_place"])


def _several(chosen: tuple[str, ...], named: dict[str, str], any_words: str) -> list[Option]:
    """A list of which one is chosen; several chosen together are an entry of their own."""
    entries = {"": any_words} | named
    if len(chosen) > 1:
        entries[",".join(chosen)] = ", ".join(named[value] for value in chosen if value in named)
    return _options(",".join(chosen), entries)


def _group_options(release: Release, question: Question, lang: Lang) -> list[dict[str, Any]]:
    groups = release.catalogue.groups.values()
    return [
        {
            "name": system_name(release, system, lang),
            "options": [
                Option(one.id, str(getattr(one.name, lang)), one.id == question.group)
                for one in groups
                if one.system == system
            ],
        }
        for system in release.frame.systems
    ]


def _condition_options(release: Release, question: Question, lang: Lang) -> list[Option]:
    """The indicators shown and those that describe a place."""
    catalogue = release.catalogue
    places = [one.id for one in catalogue.shown if one.service is None]
    names = dict.fromkeys([*question.indicators, *places])
    return [
        Option(name, str(getattr(catalogue.indicators[name].name, lang)), False)
        for name in names
        if release.years_of(name)
    ]


def _axis_options(chosen: str, lang: Lang) -> list[Option]:
    return _options(chosen, {axis: strings(lang)[f"explorer_axis_{axis}"] for axis in q.AXES})


def title_of(question: Question, release: Release, lang: Lang) -> str:
    """Of the page: what is asked, in a few words."""
    names = [getattr(release.catalogue.indicators[i].label, lang) for i in question.indicators[:2]]
    units = [title(release.territory.units[code], lang) for code in question.units[:2]]
    return ", ".join([*names, *units])
