"""The answer to a question understood: a figure of a unit, the first places, units side by side."""

from dataclasses import dataclass

from smup.catalogue import Indicator
from smup.compare import default_role
from smup.language import Lang
from smup.present.values import gap, value_text
from smup.store.release import Release
from smup.telling.addresses import Addresses
from smup.telling.feeding import suppliers
from smup.telling.indicators.ranking import order
from smup.telling.maps.looking import levels_with_data, years_of_level
from smup.telling.maps.shapes import cells_of
from smup.telling.naming import level_name, title
from smup.telling.strings import strings
from smup.telling.units.standing import group_summary, role_of
from smup.territory import Kind, Level, Unit
from smup.web.portal.search.everyday import Ranking
from smup.web.portal.search.questions import Question

FIRST = 5  # places shown
COMPARED = 10  # units side by side


@dataclass(frozen=True)
class Line:
    """One unit with its figure."""

    name: str
    value: str
    href: str


@dataclass(frozen=True)
class Answer:
    """``value`` is the figure or the reason why there is none; ``lines`` are further units."""

    name: str
    value: str
    note: str
    href: str
    lines: tuple[Line, ...] = ()


def answer(release: Release, question: Question, lang: Lang) -> Answer | None:
    """The likeliest answer; None where neither a unit with a subject nor an order was asked for."""
    first = next(iter(question.indicators), None)
    if question.compare and len(question.units) > 1:
        return _compared(release, question, first, lang)
    if question.ranking and first is not None and not _is_body(question.units):
        known = next((i for i in question.indicators if levels_with_data(release, i)), None)
        ranked = _ranked(release, question, known, lang) if known else None
        if ranked is not None and ranked.lines:
            return ranked
    if question.units and first is not None:
        return figure(release, question.units[0], first, question.year, lang)
    return None


def figure(
    release: Release, unit: Unit, indicator: Indicator, year: int | None, lang: Lang
) -> Answer:
    """One figure of a unit, of the year asked for where it is known, else of its newest."""
    value, note = _told(release, unit, indicator, year, lang)
    name = f"{title(unit, lang)}: {getattr(indicator.name, lang)}"
    return Answer(name, value, note, Addresses(lang).unit_indicator(unit.code, indicator.id))


def _is_body(units: tuple[Unit, ...]) -> bool:
    """Is the unit named one whose own figure is meant, or a place to look for others in?"""
    larger = (Kind.WOJEWODZTWO, Kind.KRAJ, Kind.POWIAT)
    return bool(units) and units[0].kind not in larger


def _told(
    release: Release, unit: Unit, indicator: Indicator, year: int | None, lang: Lang
) -> tuple[str, str]:
    """The figure with its year, and the median of the unit's group beside it."""
    t = strings(lang)
    if not release.years_of(indicator.id):
        who = ", ".join(suppliers(release, indicator))
        return t["waits_for_data"], t["answer_waits"].format(who=who) if who else ""
    measure = release.catalogue.measures[indicator.unit]
    cells = release.series(indicator.id, unit.code)
    known = {found: value for found, value, _, _ in cells if value is not None}
    role = role_of(unit, indicator, None)
    usual = release.default_year(indicator.id, role)
    shown = next((y for y in (year, usual, max(known, default=None)) if y in known), None)
    if shown is None:
        status = next((s for y, _, s, _ in cells if y == usual), cells[-1][2])
        return gap(status, lang), ""
    value = f"{value_text(known[shown], indicator, measure, lang)} ({shown})"
    summary = group_summary(release, unit, indicator, role, shown)
    if summary is None or not summary.is_telling:
        return value, ""
    median = value_text(summary.median, indicator, measure, lang)
    return value, t["answer_median"].format(median=median)


def _compared(
    release: Release, question: Question, indicator: Indicator | None, lang: Lang
) -> Answer:
    units = question.units[:COMPARED]
    service = indicator.service if indicator is not None else None
    service = service or next(iter(question.services), None)
    href = Addresses(lang).page(
        "/porownaj", jst=",".join(unit.code for unit in units), usluga=service
    )
    names = ", ".join(title(unit, lang) for unit in units)
    name = strings(lang)["answer_compare"].format(names=names)
    if indicator is None:
        return Answer(name, "", strings(lang)["answer_compare_note"], href)
    lines = tuple(_line(release, unit, indicator, question.year, lang) for unit in units)
    return Answer(name, "", getattr(indicator.name, lang), href, lines)


def _line(release: Release, unit: Unit, indicator: Indicator, year: int | None, lang: Lang) -> Line:
    one = figure(release, unit, indicator, year, lang)
    return Line(title(unit, lang), one.value, one.href)


def _ranked(release: Release, question: Question, indicator: Indicator, lang: Lang) -> Answer:
    level = _level(release, question, indicator)
    years = years_of_level(release, indicator, level)
    year = question.year if question.year in years else release.default_year(indicator.id, level)
    year = year or years[-1]
    within = question.units[0] if question.units else None
    cells = {
        code: cell
        for code, cell in cells_of(release, indicator.id, level, year).items()
        if within is None or within.kind is Kind.KRAJ or _lies_in(release, code, within)
    }
    placed = [(code, value) for _, code, value in order(cells, indicator, release)]
    if _from_the_end(question.ranking or "best", indicator):
        placed.reverse()
    href = Addresses(lang).indicator(indicator.id, poziom=level.value, rok=year)
    lines = tuple(_place(release, code, value, indicator, lang) for code, value in placed[:FIRST])
    where = [level_name(level, lang), title(within, lang) if within else "", str(year)]
    name = f"{getattr(indicator.name, lang)} – {', '.join(part for part in where if part)}"
    told = f"{lines[0].name}: {lines[0].value}" if lines else ""
    note = strings(lang)["answer_neither"] if indicator.better == "neither" else ""
    return Answer(name, told, note, href, lines)


def _level(release: Release, question: Question, indicator: Indicator) -> Level:
    usable = levels_with_data(release, indicator)
    if question.level in usable and question.level is not None:
        return question.level
    inside = question.units[0].kind if question.units else None
    wanted = Level.GMINA if inside is Kind.POWIAT else Level.POWIAT
    return wanted if wanted in usable else usable[0]


def _lies_in(release: Release, code: str, place: Unit) -> bool:
    return place.code in release.territory.units[code].parents


def _from_the_end(ranking: Ranking, indicator: Indicator) -> bool:
    """``order`` puts the lowest first where lower is better, the highest first elsewhere."""
    lowest_first = indicator.better == "lower"
    if ranking in ("highest", "lowest"):
        return (ranking == "highest") == lowest_first
    return ranking == "worst"


def _place(release: Release, code: str, value: float, indicator: Indicator, lang: Lang) -> Line:
    unit = release.territory.units[code]
    measure = release.catalogue.measures[indicator.unit]
    words = value_text(value, indicator, measure, lang)
    return Line(title(unit, lang), words, Addresses(lang).unit_indicator(code, indicator.id))


def applies(unit: Unit, indicator: Indicator) -> bool:
    """Can the unit have a figure of this indicator at all?"""
    return unit.kind is Kind.KRAJ or default_role(unit, indicator) is not None
