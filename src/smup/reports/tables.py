"""Figures in columns: a unit beside the medians of others, and cells with value or reason."""

from collections.abc import Iterable, Mapping, Sequence
from string import ascii_lowercase

from smup.catalogue import Indicator
from smup.documents.blocks import Cell, Column, DataTable
from smup.language import Lang, format_number
from smup.panel import Status
from smup.present.values import flag_words, reason
from smup.reports.matter import Matter
from smup.store.releases import Release
from smup.telling.captions import published_by, sources_foot
from smup.telling.strings import strings
from smup.telling.units.cards import ORDER, medians_beside
from smup.telling.units.company import comparator_name
from smup.telling.units.places import place_words
from smup.telling.units.standing import Standing

NOTHING = "–"  # where a figure does not exist at all: nobody to compare with, nothing compared
_PURE = ("–", "-", "1", "")  # measures of numbers that have none


def value_cell(matter: Matter, indicator: Indicator, value: float | None, status: Status) -> Cell:
    """The published number without its measure, which the heading or the first cell says; or the
    reason why there is none."""
    if value is None:
        return Cell(reason(status, matter.lang), gap=True)
    return number_cell(matter, indicator, value)


def number_cell(matter: Matter, indicator: Indicator, value: float) -> Cell:
    """A number of an indicator with its decimals and without its measure."""
    return Cell(format_number(value, indicator.decimals, matter.lang), value, indicator.decimals)


def count_cell(value: int, lang: Lang) -> Cell:
    """A count, as of units or places."""
    return Cell(format_number(value, 0, lang), float(value))


def year_cell(one: Standing, letters: Mapping[str, str], lang: Lang) -> Cell:
    """The year of a value with the letters of what stands beside it: "2024 a, b"."""
    if one.value is None:
        return Cell(NOTHING)
    told = ", ".join(sorted(letters[words] for words in flag_words(one.flags, lang)))
    return Cell(f"{one.year} {told}" if told else str(one.year))


def symbol_of(release: Release, indicator: Indicator, lang: Lang) -> str:
    """The measure as it stands in a heading; "" for a pure number."""
    symbol: str = getattr(release.catalogue.measures[indicator.unit].symbol, lang)
    return "" if symbol in _PURE else symbol


def with_measure(release: Release, indicator: Indicator, lang: Lang) -> str:
    """The name of an indicator, the short one where it has one, and the measure of its numbers."""
    name: str = getattr(indicator.label, lang)
    symbol = symbol_of(release, indicator, lang)
    return f"{name} [{symbol}]" if symbol else name


def standings_table(
    matter: Matter, found: Sequence[Standing], comparators: Iterable[str], caption: str
) -> DataTable:
    """A row an indicator: its value and year, the median of each of the ``comparators`` that has
    any, and the place among the others. A row of a gap says its reason in the place of the value.

    Headings are short; the foot says who is meant, and what the letters beside a year mean.
    """
    lang, t = matter.lang, strings(matter.lang)
    medians = medians_beside(matter.release, matter.unit, found)
    asked, letters = set(comparators), flag_letters(found, lang)
    shown = [name for name in ORDER if name in asked and any(name in one for one in medians)]
    columns = (
        Column(t["indicator"]),
        Column(t["value"], number=True),
        Column(t["year"]),
        *(Column(t[f"report_by_{name}"], number=True) for name in shown),
        Column(t["report_col_place"]),
    )
    rows = tuple(
        (
            Cell(with_measure(matter.release, one.indicator, lang)),
            value_cell(matter, one.indicator, one.value, one.status),
            year_cell(one, letters, lang),
            *(_median(matter, one.indicator, beside, name) for name in shown),
            place_cell(one, lang),
        )
        for one, beside in zip(found, medians, strict=True)
    )
    told = [_whose(matter, shown), letters_told(letters)]
    told.append(foot_of(matter, [one.indicator for one in found]))
    return DataTable(caption, columns, rows, " ".join(one for one in told if one))


def _whose(matter: Matter, shown: Sequence[str]) -> str:
    """Whose medians the columns hold: "grupa – gminy wiejskie"."""
    t, named = strings(matter.lang), []
    for one in shown:
        short = t[f"report_by_{one}"]
        name = comparator_name(matter.release, matter.unit, one, matter.lang)
        named.append(short if name == short else f"{short} – {name}")
    return t["report_medians"].format(names="; ".join(named)) if named else ""


def flag_letters(found: Iterable[Standing], lang: Lang) -> dict[str, str]:
    """What stands beside a value, each with the letter that stands for it: "dane wstępne" -> a."""
    told = dict.fromkeys(
        words for one in found if one.value is not None for words in flag_words(one.flags, lang)
    )
    return dict(zip(told, ascii_lowercase, strict=False))


def letters_told(letters: Mapping[str, str]) -> str:
    """The letters with their words, for the foot of a table."""
    said = "; ".join(f"{letter} – {words}" for words, letter in letters.items())
    return f"{said}." if said else ""


def _median(
    matter: Matter, indicator: Indicator, medians: Mapping[str, float], comparator: str
) -> Cell:
    if comparator not in medians:
        return Cell(NOTHING)
    return number_cell(matter, indicator, medians[comparator])


def place_cell(one: Standing, lang: Lang) -> Cell:
    """The place among the others, or why there is none."""
    if one.beside is None or one.value is None:
        return Cell(NOTHING)
    rank = one.beside.rank
    if rank.position is None:
        return Cell(strings(lang)[f"no_place_{rank.reason}"] if rank.reason else NOTHING, gap=True)
    return Cell(place_words(rank.to_dict(), lang))


def foot_of(matter: Matter, indicators: Iterable[Indicator]) -> str:
    """Publishers of what a table shows, each once, and the release."""
    release, lang = matter.release, matter.lang
    sources = dict.fromkeys(
        source for one in indicators for source in published_by(release, one, lang)
    )
    if not sources:
        return f"{strings(lang)['release']} {release.id}."
    return sources_foot(release, list(sources), lang)
