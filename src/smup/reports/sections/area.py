"""One area of services: what it comes to, every figure beside the others, how the leading ones
changed, what is missing and what to beware of."""

from collections.abc import Iterable, Sequence

from smup.documents import Block, Items, Paragraph, Section, Strong, line
from smup.documents.blocks import DataTable, Picture
from smup.language import format_number, plural
from smup.present.sentences import verdict
from smup.reports.awaiting import awaiting
from smup.reports.gaps import gap_blocks
from smup.reports.matter import CannotWrite, Matter
from smup.reports.pictures import trend_picture
from smup.reports.sections.findings import sides
from smup.reports.sections.key_figures import leading_of_services
from smup.reports.sections.portrait import POPULATION
from smup.reports.tables import standings_table
from smup.telling.strings import strings
from smup.telling.units.company import company_words
from smup.telling.units.standing import Standing

CHARTS = 4  # of an area; eleven areas make about forty


def areas(matter: Matter) -> list[str]:
    """All areas, in the order of the catalogue."""
    return list(matter.release.catalogue.areas)


def area(matter: Matter, asked: str) -> Section | None:
    """The whole area; None where it has nothing for such a unit, or no figure and nobody named it.

    Raises CannotWrite without its name.
    """
    if not asked:
        raise CannotWrite("Rozdział „area” wymaga obszaru, na przykład „area:edukacja”.")
    found, lang = matter.told_of(asked), matter.lang
    known = [one for one in found if one.value is not None]
    mine = [one for one in matter.indicators if one.area == asked]
    is_named = f"area:{asked}" in (matter.definition.sections or matter.plan.sections)
    if not known and not (mine and is_named):
        return None
    led = [one for one in leading_of_services(known) if is_drawn(one)]
    pictures = list(courses(matter, led, CHARTS))
    blocks: list[Block] = [opening(matter, found, known), *outstanding(matter, known)]
    blocks += tables(matter, known)
    blocks += [one for _, one in pictures]
    blocks += gap_blocks(matter, found)
    blocks += awaiting(matter, mine) if is_named else ()
    blocks += beware(matter, [standing for standing, _ in pictures])
    name = getattr(matter.release.catalogue.areas[asked].name, lang)
    return Section(f"area-{asked}", name, tuple(blocks))


def opening(matter: Matter, found: Sequence[Standing], known: Sequence[Standing]) -> Paragraph:
    """How much is known, and on which side of the median the judged figures are."""
    t, lang = strings(matter.lang), matter.lang
    years = [one.year for one in known if one.year is not None]
    if not years:
        return Paragraph((t["report_area_nothing"],), "answer")
    newest = max(years)
    words = t["report_area_known"].format(
        known=format_number(len(known), 0, lang),
        all=format_number(len(found), 0, lang),
        year=newest,
        of_year=format_number(years.count(newest), 0, lang),
    )
    judged = [judgement for one in known if (judgement := _judgement(one)) is not None]
    among = company_words(matter.release, matter.unit, lang)
    if judged and among:
        form = plural(len(judged), "one", "few", "many")
        words += " " + t[f"report_area_judged_{form}"].format(
            n=format_number(len(judged), 0, lang),
            good=format_number(judged.count(1), 0, lang),
            bad=format_number(judged.count(-1), 0, lang),
            even=format_number(judged.count(0), 0, lang),
            among=among,
        )
    return Paragraph((words,), "answer")


def _judgement(one: Standing) -> int | None:
    """1 on the better side of the median of the others, -1 on the worse, 0 on it; None where
    nothing is judged."""
    if one.summary is None or one.value is None or one.indicator.better not in ("higher", "lower"):
        return None
    side = verdict(one.value, one.summary.median, one.indicator).side
    return side if one.indicator.better == "higher" else -side


def outstanding(matter: Matter, known: Sequence[Standing]) -> list[Block]:
    """What stands out among the units the report compares with."""
    t = strings(matter.lang)
    told: list[Block] = []
    for heading, lines in zip(("findings_strong", "findings_weak"), sides(matter, known),
                              strict=True):  # fmt: skip
        if lines:
            told += [Paragraph((Strong(f"{t[heading]}:"),)), Items(tuple(lines))]
    return told


def tables(matter: Matter, known: Sequence[Standing]) -> list[DataTable]:
    """Monitoring figures beside the others; those of context apart, since they judge nothing."""
    t = strings(matter.lang)
    monitoring = [one for one in known if one.indicator.service is not None]
    context = [one for one in known if one.indicator.service is None]
    asked = matter.definition.comparators
    return [
        standings_table(matter, its, asked, t[key])
        for key, its in (("report_area_table", monitoring), ("report_context_table", context))
        if its
    ]


def is_drawn(one: Standing) -> bool:
    """The population has its picture where the unit is introduced."""
    return one.indicator.comparable_over_time and one.indicator.id != POPULATION


def courses(
    matter: Matter, led: Iterable[Standing], most: int
) -> Iterable[tuple[Standing, Picture]]:
    """The first figures whose course can be drawn."""
    drawn = 0
    for one in led:
        if drawn == most:
            return
        made = trend_picture(matter, one.indicator)
        if isinstance(made, Picture):
            drawn += 1
            yield one, made


def beware(matter: Matter, shown: Sequence[Standing]) -> list[Block]:
    """What the drawn figures do not say."""
    if not shown:
        return []
    lines = tuple(
        line(
            Strong(f"{getattr(one.indicator.name, matter.lang)}: "),
            getattr(one.indicator.limitations, matter.lang),
        )
        for one in shown
    )
    return [Paragraph((Strong(strings(matter.lang)["report_beware"]),)), Items(lines)]
