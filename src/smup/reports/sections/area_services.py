"""An area of a unit: its services side by side, then each service in short."""

from itertools import groupby

from smup.documents.blocks import Block, Cell, Column, DataTable, Paragraph, Section
from smup.reports.gaps import waiting_blocks, waiting_section
from smup.reports.matter import Matter
from smup.reports.sections.service import standing_blocks
from smup.reports.tables import NOTHING, foot_of
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.units.services import Cell as Shown
from smup.telling.units.services import dimension_names, service_line
from smup.telling.units.standing import Standing

TRENDS = 2  # charts of one service


def services_overview(matter: Matter, _: str) -> Section:
    """The services of the area in their four dimensions, each by its leading indicator."""
    t, lang = strings(matter.lang), matter.lang
    area = matter.release.catalogue.areas[matter.definition.area]
    heading = t["report_area_overview"].format(name=getattr(area.name, lang))
    table = _table(matter, heading)
    if table is None:
        note = Paragraph((t["report_area_no_values"],), "note")
        waiting = waiting_blocks(matter, matter.indicators)
        return Section("area-overview", heading, (note, *waiting))
    note = Paragraph((t["report_services_note"],), "quiet")
    return Section("area-overview", heading, (table, note))


def _table(matter: Matter, heading: str) -> DataTable | None:
    """A row a service that has an indicator with data; None where none has."""
    t, release, role = strings(matter.lang), matter.release, matter.role
    by_service = _by_service(matter)
    rows = []
    for service in release.catalogue.services_of(matter.definition.area):
        if service.id not in by_service:
            continue
        line = service_line(
            release,
            matter.unit,
            service,
            by_service[service.id],
            role.value if role else "",
            matter.lang,
        )
        rows.append((Cell(line.name), *(_cell(matter, one) for one in line.cells)))
    if not rows:
        return None
    columns = (Column(t["col_service"]), *map(Column, dimension_names(matter.lang)))
    caption = f"{heading}: {title(matter.unit, matter.lang)}"
    shown = [one.indicator for one in matter.told if one.value is not None]
    return DataTable(caption, columns, tuple(rows), foot_of(matter, shown))


def _by_service(matter: Matter) -> dict[str | None, list[Standing]]:
    found: dict[str | None, list[Standing]] = {}
    for one in matter.told:
        found.setdefault(one.indicator.service, []).append(one)
    return found


def _cell(matter: Matter, one: Shown) -> Cell:
    """Place and value; why there is no place or no value."""
    if one.state == "none":
        return Cell(NOTHING)
    if one.state == "place":
        return Cell(f"{one.place}; {one.value}")
    if one.state == "value":
        return Cell(f"{one.value}; {one.words}" if one.words else one.value)
    return Cell(one.words, gap=True)


def services(matter: Matter, _: str) -> Section | None:
    """Each service of the area: figures, courses, gaps; last what belongs to no service."""
    t, catalogue, made = strings(matter.lang), matter.release.catalogue, list[Block]()
    for service, members in groupby(matter.told, key=lambda one: one.indicator.service):
        name = t["report_no_service"]
        blocks: tuple[Block, ...] = ()
        if service is not None:
            its = catalogue.services[service]
            name = getattr(its.name, matter.lang)
            blocks = (Paragraph((getattr(its.what, matter.lang),), "quiet"),)
        blocks += standing_blocks(matter, list(members), name, TRENDS)
        made.append(Section(f"service-{service or 'none'}", name, blocks))
    if not made:
        return None
    made += waiting_section(matter, "area-waiting")
    return Section("area-services", t["report_area_services"], (*made,))
