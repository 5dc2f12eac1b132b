"""A service of a unit among others: neighbours and peers by name, the spread of all."""

from smup.documents.blocks import Cell, Column, DataTable, Paragraph, Section
from smup.language import sort_key
from smup.reports.matter import Matter
from smup.reports.pictures import picture
from smup.reports.sections.service import leaders, the_service
from smup.reports.tables import foot_of, symbol_of, value_cell
from smup.telling.charts.spread import distribution
from smup.telling.maps.shapes import cells_of
from smup.telling.naming import told_apart
from smup.telling.strings import strings
from smup.telling.units.standing import Standing
from smup.territory import Unit

MOST = 15  # neighbours, and as many peers


def near(matter: Matter, _: str) -> Section | None:
    """The unit, its neighbours and its peers in the leading indicators; None without either."""
    t, shown, others = strings(matter.lang), leaders(matter), _others(matter)
    if not shown or not others:
        return None
    units = [matter.unit, *others]
    names = told_apart(units, matter.lang)
    columns = (
        Column(t["unit_word"]),
        Column(t["report_col_who"]),
        *(_heading(matter, one) for one in shown),
    )
    rows = tuple(
        (
            Cell(name),
            Cell("" if unit is matter.unit else others[unit]),
            *(_cell(matter, one, unit) for one in shown),
        )
        for unit, name in zip(units, names, strict=True)
    )
    service = getattr(the_service(matter).name, matter.lang)
    caption = t["report_near_caption"].format(name=service)
    foot = foot_of(matter, [one.indicator for one in shown])
    table = DataTable(caption, columns, rows, foot, frozenset({0}))
    lead = Paragraph((t["report_near_lead"],), "quiet")
    return Section("service-near", t["report_near"], (lead, table))


def _heading(matter: Matter, one: Standing) -> Column:
    label = getattr(one.indicator.label, matter.lang)
    symbol = symbol_of(matter.release, one.indicator, matter.lang)
    return Column(f"{label}, {one.year}", symbol, number=True)


def _cell(matter: Matter, one: Standing, unit: Unit) -> Cell:
    assert one.year is not None  # it has a value
    panel = matter.release.indicators
    value, status, _ = panel.cell(one.indicator.id, one.year, unit.code)
    return value_cell(matter, one.indicator, value, status)


def _others(matter: Matter) -> dict[Unit, str]:
    """Who they are, in words: neighbours by name, then peers, the most alike first."""
    t, release, unit = strings(matter.lang), matter.release, matter.unit
    units, found = release.territory.units, dict[Unit, list[str]]()
    role = matter.role or unit.level
    asked = matter.definition.comparators
    if "neighbours" in asked and role is not None:
        codes = release.territory.neighbours.get((unit.code, role), ())
        for one in sorted((units[c] for c in codes), key=lambda u: sort_key(u.name))[:MOST]:
            found.setdefault(one, []).append(t["report_neighbour"])
    if "peers" in asked and release.peer_tables is not None:
        for code in release.peer_tables.codes_of(unit, the_service(matter).area)[:MOST]:
            found.setdefault(units[code], []).append(t["report_peer"])
    return {one: ", ".join(words) for one, words in found.items()}


def spread(matter: Matter, _: str) -> Section | None:
    """How the values of all units of the level are spread, the unit marked, for each dimension."""
    drawn = []
    for one in leaders(matter):
        assert one.year is not None  # it has a value
        cells = cells_of(matter.release, one.indicator.id, one.role, one.year)
        made = distribution(
            matter.release, one.indicator, cells, one.role, one.year, [matter.unit], matter.lang
        )
        if made is not None:
            drawn.append(picture(made, matter))
    if not drawn:
        return None
    return Section("service-spread", strings(matter.lang)["report_spread"], (*drawn,))
