"""A question in words: what each part of it says, and headings of what it shows."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from smup.language import Lang, format_number
from smup.present.sentences import units_counted
from smup.store.releases import Release
from smup.telling.naming import kind_name, level_name, title, year_span
from smup.telling.strings import strings
from smup.territory import Kind, Level
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.cube import Cube
from smup.web.portal.explorer.question import Condition, Limits, Question
from smup.web.portal.explorer.selection import Selection, condition_year, people_of

NAMED = 3  # names in a heading before the rest is counted
MOST_CHIPS = 30


@dataclass(frozen=True)
class Chip:
    """One part of the question; ``without`` is the question once it is taken away."""

    words: str
    without: Question


def indicator_chips(release: Release, question: Question, lang: Lang) -> list[Chip]:
    found = release.catalogue.indicators
    return [
        Chip(
            str(getattr(found[name].name, lang)),
            replace(
                question,
                indicators=tuple(one for one in question.indicators if one != name),
                sort="",
                page=1,
            ),
        )
        for name in question.indicators
    ]


def unit_chips(release: Release, question: Question, lang: Lang) -> list[Chip]:
    """The sets and rules of a question, then its listed units."""
    return [*_set_chips(release, question, lang), *_listed_chips(release, question, lang)]


def _listed_chips(release: Release, question: Question, lang: Lang) -> list[Chip]:
    units = question.units
    if len(units) > MOST_CHIPS:
        words = strings(lang)["explorer_listed"].format(units=units_counted(len(units), lang))
        return [Chip(words, replace(question, units=(), page=1))]
    return [
        Chip(
            title(release.territory.units[code], lang),
            replace(question, units=tuple(one for one in units if one != code), page=1),
        )
        for code in units
    ]


def _set_chips(release: Release, question: Question, lang: Lang) -> list[Chip]:
    t, clean = strings(lang), replace(question, page=1)
    units, groups = release.territory.units, release.catalogue.groups

    def said(key: str, code: str) -> str:
        return t[key].format(name=title(units[code], lang))

    chips: list[Chip] = []
    if question.level:
        chips.append(Chip(level_words(question.level, lang), replace(clean, level="")))
    if question.group:
        chips.append(
            Chip(str(getattr(groups[question.group].name, lang)), replace(clean, group=""))
        )
    if question.alike:
        chips.append(Chip(said("explorer_alike", question.alike), replace(clean, alike="")))
    if question.around:
        chips.append(Chip(said("explorer_around", question.around), replace(clean, around="")))
    if question.inside:
        chips.append(Chip(said("explorer_inside", question.inside), replace(clean, inside="")))
    chips += [
        Chip(kind_name(Kind(kind), lang), replace(clean, kinds=_but(question.kinds, kind)))
        for kind in question.kinds
    ]
    if question.population:
        year = people_of(release)[0]
        words = people_words(question.population, lang)
        dated = f"{words} ({year})" if year else words
        chips.append(Chip(dated, replace(clean, population=None)))
    chips += [
        Chip(
            title(units[code], lang),
            replace(clean, voivodeships=_but(question.voivodeships, code)),
        )
        for code in question.voivodeships
    ]
    chips += [
        Chip(
            condition_words(release, one, question, lang),
            replace(clean, conditions=tuple(c for c in question.conditions if c != one)),
        )
        for one in question.conditions
    ]
    return chips


def _but(values: tuple[str, ...], left_out: str) -> tuple[str, ...]:
    return tuple(value for value in values if value != left_out)


def level_words(level: str, lang: Lang) -> str:
    if level == q.MIXED:
        return strings(lang)["explorer_mixed"]
    return level_name(Level(level), lang)


def people_words(limits: Limits, lang: Lang) -> str:
    """ "ludność 5 000–10 000", "ludność od 20 000", "ludność do 5 000"."""
    low, high = (None if end is None else format_number(end, 0, lang) for end in limits)
    key = "between" if low and high else "from" if low else "to"
    return strings(lang)[f"explorer_people_{key}"].format(low=low, high=high)


def condition_words(release: Release, condition: Condition, question: Question, lang: Lang) -> str:
    """ "gęstość zaludnienia > 100 (2024)"."""
    one = release.catalogue.indicators[condition.indicator]
    level = Level(question.level) if question.level not in ("", q.MIXED) else None
    year = condition_year(release, one.id, level)
    number = format_number(condition.limit, _decimals(condition.limit), lang)
    sign = condition.sign.replace(">=", "≥").replace("<=", "≤")
    return f"{getattr(one.label, lang)} {sign} {number}" + (f" ({year})" if year else "")


def _decimals(number: float) -> int:
    _, _, fraction = f"{number:.6f}".rstrip("0").partition(".")
    return len(fraction)


def heading(release: Release, cube: Cube, selection: Selection, lang: Lang) -> str:
    """What the table shows: indicators, units, years."""
    named = [str(getattr(one.label, lang)) for one in cube.indicators]
    who = _names([title(unit, lang) for unit in selection.units], lang, _counted(selection, lang))
    more = _names(named, lang, lambda n: strings(lang)["explorer_indicators_n"].format(n=n))
    return f"{more}: {who}, {year_span(list(cube.years))}"


def _counted(selection: Selection, lang: Lang) -> Callable[[int], str]:
    level = level_name(selection.level, lang) if selection.level else ""
    return lambda n: f"{level} ({format_number(n, 0, lang)})" if level else units_counted(n, lang)


def _names(names: list[str], lang: Lang, counted: Callable[[int], str]) -> str:
    return ", ".join(names) if len(names) <= NAMED else counted(len(names))
