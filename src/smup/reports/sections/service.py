"""One service of a unit: what is measured in the four dimensions, and every figure of it."""

from collections.abc import Iterator, Mapping, Sequence

from smup.catalogue import Dimension, Service
from smup.documents.blocks import Block, Cell, Column, DataTable, Paragraph, Picture, Section
from smup.reports.gaps import gap_blocks, waiting_section
from smup.reports.matter import Matter
from smup.reports.pictures import trend_picture
from smup.reports.tables import (
    NOTHING,
    count_cell,
    flag_letters,
    foot_of,
    letters_told,
    place_cell,
    standings_table,
    value_cell,
    with_measure,
    year_cell,
)
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.units.services import dimension_names, leading
from smup.telling.units.standing import Standing

TRENDS = 3  # charts of one dimension


def the_service(matter: Matter) -> Service:
    return matter.release.catalogue.services[matter.definition.service]


def leaders(matter: Matter) -> list[Standing]:
    """Of each dimension in which the unit has a value, the indicator that stands for it; where it
    has none in any, the first of those that only describe."""
    of = [[one for one in matter.told if one.indicator.dimension is each] for each in Dimension]
    found = [one for one in map(leading, filter(None, of)) if one.value is not None]
    return found or [one for one in matter.told if one.value is not None][: len(Dimension)]


def overview(matter: Matter, _: str) -> Section:
    """What the service is, and where its four dimensions stand."""
    t, lang, service = strings(matter.lang), matter.lang, the_service(matter)
    blocks: list[Block] = [Paragraph((getattr(service.what, lang),))]
    if not matter.indicators:
        blocks.append(Paragraph((t["report_service_not_made"],), "note"))
    elif not any(one.value is not None for one in matter.told):
        blocks.append(Paragraph((t["report_service_no_values"],), "note"))
    else:
        blocks += [_dimensions(matter), Paragraph((t["report_service_leading"],), "quiet")]
    blocks.append(Paragraph((getattr(service.comparing, lang),), "quiet"))
    name = getattr(service.name, lang)
    return Section("service-overview", t["report_service_overview"].format(name=name), (*blocks,))


def _dimensions(matter: Matter) -> DataTable:
    t, lang = strings(matter.lang), matter.lang
    columns = (
        Column(t["report_col_dimension"]),
        Column(t["report_col_known"], number=True),
        Column(t["report_col_leading"]),
        Column(t["value"], number=True),
        Column(t["year"]),
        Column(t["report_col_place"]),
    )
    name = getattr(the_service(matter).name, lang)
    caption = t["report_dimensions_caption"].format(name=name, unit=title(matter.unit, lang))
    shown = [one for one in leaders(matter) if one.indicator.dimension]
    letters = flag_letters(shown, lang)
    rows = tuple(_dimension(matter, each, head, letters) for each, head in _named(matter))
    foot = foot_of(matter, [one.indicator for one in shown])
    return DataTable(caption, columns, rows, f"{letters_told(letters)} {foot}".strip())


def _named(matter: Matter) -> Iterator[tuple[Dimension, str]]:
    return zip(Dimension, dimension_names(matter.lang), strict=True)


def _dimension(
    matter: Matter, dimension: Dimension, name: str, letters: Mapping[str, str]
) -> tuple[Cell, ...]:
    """One line; why there is no figure stands in the place of the indicator."""
    found = [one for one in matter.told if one.indicator.dimension is dimension]
    known = sum(one.value is not None for one in found)
    if not found:
        why = _why_none(matter, dimension)
        return (Cell(name), count_cell(0, matter.lang), Cell(why, gap=True), *[Cell(NOTHING)] * 3)
    one = leading(found)
    return (
        Cell(name),
        count_cell(known, matter.lang),
        Cell(with_measure(matter.release, one.indicator, matter.lang)),
        value_cell(matter, one.indicator, one.value, one.status),
        year_cell(one, letters, matter.lang),
        place_cell(one, matter.lang),
    )


def _why_none(matter: Matter, dimension: Dimension) -> str:
    """Nobody has data, the catalogue says why there is no indicator, or there is none."""
    t = strings(matter.lang)
    if any(one.dimension is dimension for one in matter.indicators):
        return t["cell_waits"]
    said = the_service(matter).missing.get(dimension)
    return str(getattr(said, matter.lang)) if said else t["cell_none"]


def figures(matter: Matter, _: str) -> Section | None:
    """Every indicator of the service, dimension by dimension, then those that only describe."""
    t, made = strings(matter.lang), list[Block]()
    named = [*((each, name) for each, name in _named(matter)), (None, t["dimension_context"])]
    for dimension, name in named:
        found = [one for one in matter.told if one.indicator.dimension is dimension]
        if found:
            ident = f"service-{dimension.value if dimension else 'context'}"
            caption = f"{getattr(the_service(matter).name, matter.lang)}: {name}"
            made.append(Section(ident, name, standing_blocks(matter, found, caption, TRENDS)))
    made += waiting_section(matter, "service-waiting")
    return Section("service-figures", t["report_service_figures"], (*made,)) if made else None


def standing_blocks(
    matter: Matter, found: Sequence[Standing], caption: str, trends: int
) -> tuple[Block, ...]:
    """Figures of one subject: a table of what is known, its leading courses, what is missing."""
    known = [one for one in found if one.value is not None]
    blocks: list[Block] = []
    if known:
        blocks.append(standings_table(matter, known, matter.definition.comparators, caption))
        blocks += trends_of(matter, known, trends)
    return (*blocks, *gap_blocks(matter, found))


def trends_of(matter: Matter, known: Sequence[Standing], most: int) -> list[Picture]:
    """The first ``most`` indicators with a course to draw: those whose years compare before the
    others, among them the leading one first."""
    first, drawn = leading(known), list[Picture]()
    for one in sorted(known, key=lambda s: (not s.indicator.comparable_over_time, s is not first)):
        if len(drawn) == most:
            break
        made = trend_picture(matter, one.indicator)
        if isinstance(made, Picture):
            drawn.append(made)
    return drawn
