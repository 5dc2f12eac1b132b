"""The report in words: names of breakdowns, of their lines and of columns."""

from dataclasses import dataclass

from smup.accounts.models import Organisation
from smup.language import Lang
from smup.present.places import kind_name as unit_kind_name
from smup.territory import Kind as UnitKind
from smup.training.actions.reporting import Breakdown, Figures, Report, region_name
from smup.training.models import Edition
from smup.training.naming import area_name, kind_name
from smup.training.rules.workflow import workflow
from smup.web.people.words import words

COLUMNS = ("registered", "placed", "reserve", "people", "certified")


@dataclass(frozen=True)
class Told:
    """One table: ``rows`` are the name of a line and its numbers in the order of COLUMNS."""

    id: str
    title: str
    first: str  # head of the column of names
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    shared: bool


def told(report: Report, edition: Edition, lang: Lang) -> list[Told]:
    """All tables, each with a line of the total unless a unit may stand in several lines."""
    return [_table(one, report, edition, lang) for one in report.breakdowns]


def total_words(report: Report, lang: Lang) -> list[tuple[str, int]]:
    """The totals with what they are."""
    return list(zip(columns(lang), numbers(report.total), strict=True))


def columns(lang: Lang) -> list[str]:
    return [words(lang)[f"reports_column_{name}"] for name in COLUMNS]


def numbers(figures: Figures) -> tuple[int, ...]:
    return tuple(getattr(figures, name) for name in COLUMNS)


def _table(one: Breakdown, report: Report, edition: Edition, lang: Lang) -> Told:
    t, names = words(lang), _names(one, edition, lang)
    rows = [(names[line.key], numbers(line.figures)) for line in one.lines]
    if not one.shared:
        rows.append((t["reports_total"], numbers(report.total)))
    return Told(
        one.id, t[f"reports_by_{one.id}"], t[f"reports_first_{one.id}"], tuple(rows), one.shared
    )


def _names(one: Breakdown, edition: Edition, lang: Lang) -> dict[str, str]:
    """Key of a line -> what it is called."""
    keys = [line.key for line in one.lines]
    if one.id == "organiser":
        return dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "short"))
    if one.id == "size":
        return sizes(edition, lang)
    return {key: _name(one.id, key, lang) for key in keys}


def _name(breakdown: str, key: str, lang: Lang) -> str:
    t = words(lang)
    match breakdown:
        case "unit_kind":
            return unit_kind_name(UnitKind(key), lang)
        case "region":
            return region_name(key)
        case "stage":
            return t["reports_stage"].format(n=key)
        case "status":
            return workflow("registration").statuses[key].name.of(lang)
        case "training":
            return kind_name(key, lang)
        case "area":
            return area_name(key, lang)
    return t[f"reports_{breakdown}_{key or 'unknown'}"]


def sizes(edition: Edition, lang: Lang) -> dict[str, str]:
    """People an office sends -> its size: ``51–150``."""
    found, low, t = {}, 1, words(lang)
    for step in edition.rules.headcount:
        if step.up_to is None:
            found[str(step.people)] = t["reports_size_over"].format(low=low - 1)
        else:
            found[str(step.people)] = f"{low}–{step.up_to}"
            low = step.up_to + 1
    return found
