"""Reports of a service, an area, a comparison and an indicator, on the repository's own figures."""

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import pytest

from smup.catalogue import Dimension
from smup.documents import Section
from smup.documents.blocks import DataTable, Picture, lines_of, plain
from smup.documents.document import Document, blocks_of, tables_of
from smup.language import Lang
from smup.reports.compose import compose
from smup.reports.definition import Definition
from smup.reports.matter import CannotWrite
from smup.reports.sections.comparison_parts import SIDE_BY_SIDE
from smup.store.releases import Release
from smup.territory import Level
from tests.reports.matters import pictures_of

VILLAGE, MIXED, TOWN, CITY, POWIAT = "020102", "020104", "020101", "0261", "0201"
LANGS: tuple[Lang, ...] = ("pl", "en")


def report(release: Release, kind: str, *units: str, **asked: object) -> Document:
    return compose(release, Definition.model_validate({"kind": kind, "units": units} | asked))


def section(document: Document, name: str) -> Section:
    return next(one for one in document.sections if one.id == name)


def has(document: Document, name: str) -> bool:
    return any(one.id == name for one in document.sections)


def words_of(one: Section) -> str:
    return " ".join(plain(line) for line in lines_of(one.blocks))


def tables_in(one: Section) -> list[DataTable]:
    return [block for block in blocks_of(one.blocks) if isinstance(block, DataTable)]


def with_data(release: Release, code: str) -> str:
    """The service of which the unit has the most values."""
    counted: Counter[str] = Counter()
    for one in release.catalogue.indicators_of():
        if one.service and release.years_of(one.id):
            known = [value for _, value, _, _ in release.series(one.id, code) if value is not None]
            counted[one.service] += bool(known)
    return counted.most_common(1)[0][0]


@pytest.mark.parametrize(
    ("code", "lang"), list(product((VILLAGE, MIXED, TOWN, CITY, POWIAT), LANGS))
)
def test_a_service_report_holds_every_value_of_the_service(
    release: Release, code: str, lang: Lang
) -> None:
    service = with_data(release, code)
    document = report(release, "service", code, service=service, lang=lang)
    shown = {
        (row[0].text.partition(" [")[0], row[1].value)
        for table in tables_in(section(document, "service-figures"))
        for row in table.rows
    }
    told = words_of(section(document, "service-figures"))
    for one in release.catalogue.indicators_of(service=service):
        name, label = getattr(one.name, lang), getattr(one.label, lang)
        cells = release.series(one.id, code) if release.years_of(one.id) else []
        known = {value for _, value, _, _ in cells if value is not None}
        shown_here = {value for title, value in shown if title == label}
        assert shown_here <= known
        assert shown_here or not known or name in told


def test_a_sum_row_stands_beside_nobody(release: Release) -> None:
    """Every service of the gminas of a powiat together: figures, and nothing that compares."""
    for service in release.catalogue.services:
        document = report(release, "service", "1408G", service=service)
        assert not has(document, "service-chance")
        assert not has(document, "service-expected")


def test_the_four_dimensions_are_all_there_with_a_reason_where_one_is_empty(
    release: Release,
) -> None:
    document = report(release, "service", VILLAGE, service=with_data(release, VILLAGE))
    (table,) = tables_in(section(document, "service-overview"))
    assert len(table.rows) == len(Dimension)
    for row in table.rows:
        assert row[2].text
        assert row[3].value is not None or row[2].gap or row[3].gap


def test_neighbours_stand_beside_the_unit_with_their_own_values(release: Release) -> None:
    service = with_data(release, VILLAGE)
    document = report(release, "service", VILLAGE, service=service)
    (table,) = tables_in(section(document, "service-near"))
    assert table.mine == frozenset({0})
    codes = release.territory.neighbours[VILLAGE, Level.GMINA]
    listed = [row[0].text.partition(" (")[0] for row in table.rows if "sąsiad" in row[1].text]
    assert sorted(listed) == sorted(release.territory.units[code].name for code in codes)
    label, _, year = table.columns[2].title.rpartition(", ")
    indicator = next(
        one
        for one in release.catalogue.indicators_of(service=service)
        if one.label.pl == label and release.years_of(one.id)
    )
    own, _, _ = release.indicators.cell(indicator.id, int(year), VILLAGE)
    assert table.rows[0][2].value == own


def test_a_service_that_is_not_of_this_unit_is_a_short_report_that_says_so(
    release: Release,
) -> None:
    """Primary schools are run by gminas."""
    service = next(
        one.id
        for one in release.catalogue.services.values()
        if one.levels == ("gmina",)
        and all(
            set(i.kinds) <= {"gmina", "miasto-na-prawach-powiatu"}
            for i in release.catalogue.indicators_of(service=one.id)
        )
    )
    document = report(release, "service", POWIAT, service=service)
    assert "nie dotyczy jednostek tego rodzaju" in words_of(section(document, "service-overview"))
    assert not has(document, "service-figures")
    assert not pictures_of(document)


@pytest.mark.parametrize("lang", LANGS)
def test_an_area_report_has_a_line_for_every_service_with_data(
    release: Release, lang: Lang
) -> None:
    document = report(release, "area", TOWN, area="edukacja", lang=lang)
    (table,) = tables_in(section(document, "area-overview"))
    assert len(table.columns) == 1 + len(Dimension)
    names = [row[0].text for row in table.rows]
    for one in release.catalogue.services_of("edukacja"):
        fed = [
            i
            for i in release.catalogue.indicators_of(service=one.id)
            if release.years_of(i.id) and "gmina" in i.kinds
        ]
        assert (getattr(one.name, lang) in names) == bool(fed)


def test_a_comparison_shows_the_values_of_the_panel(release: Release) -> None:
    """And all units in tables that fit a page, ours in each of them."""
    codes = (VILLAGE, TOWN, MIXED, "020103", "020105", "020106", "020203")
    document = report(release, "comparison", *codes)
    names = {one.label.pl: one for one in release.catalogue.indicators_of()}
    compared = 0
    for one in document.sections:
        if not one.id.startswith("comparison-") or one.id == "comparison-units":
            continue
        for table in tables_in(one):
            heads = [column.title for column in table.columns]
            assert len(heads) <= 3 + SIDE_BY_SIDE
            assert heads[2] == "Bolesławiec (gmina wiejska)"
            for row in table.rows:
                indicator = names[row[0].text.rpartition(" [")[0] or row[0].text]
                value, _, _ = release.indicators.cell(indicator.id, int(row[1].text), VILLAGE)
                assert row[2].value == value
                compared += value is not None
    assert compared > 20


def test_a_comparison_counts_only_what_two_units_have(release: Release) -> None:
    document = report(release, "comparison", VILLAGE, CITY)
    for one in document.sections:
        if one.id.startswith("comparison-") and one.id != "comparison-units":
            for row in (row for table in tables_in(one) for row in table.rows):
                assert sum(cell.value is not None for cell in row[2:4]) == 2


def test_units_of_different_levels_are_compared_in_values_only(release: Release) -> None:
    document = report(release, "comparison", VILLAGE, POWIAT)
    assert "nie mają wspólnego szczebla" in words_of(section(document, "comparison-units"))
    for table in tables_of(document):
        assert not any(column.title.startswith("mediana") for column in table.columns)


def test_missing_years_of_a_drawn_line_are_said_with_their_reason(release: Release) -> None:
    codes = (VILLAGE, TOWN, MIXED, CITY, "020103", "020105", "020106", "020203", "1465", "1261")
    document = report(release, "comparison", *codes)
    said = 0
    for one in document.sections:
        drawn = [block for block in blocks_of(one.blocks) if isinstance(block, Picture)]
        for picture in drawn:
            if picture.chart is None or picture.chart.kind != "line":
                continue
            for column, name in enumerate(c.title for c in picture.data.columns):
                reasons = {row[column].text for row in picture.data.rows if row[column].gap}
                for reason in reasons - {"brak danych za ten rok"}:  # a year of nobody
                    assert re.search(rf"{re.escape(name)} [0-9–, ]+\({reason}\)", words_of(one))
                    said += 1
    assert said


def test_a_level_that_adds_nobody_has_no_ranking_of_its_own(release: Release) -> None:
    """Of what only gminas do, the powiats with a value are the cities, which stand among gminas."""
    for one in release.catalogue.indicators_of():
        if "powiat" in one.kinds or not release.years_of(one.id):
            continue
        document = report(release, "indicator", "02", indicator=one.id)
        if has(document, "indicator-ranking"):
            assert len(tables_in(section(document, "indicator-ranking"))) == 1
            return
    raise AssertionError("no indicator is of gminas alone")


def ranked(release: Release, region: str, name: str, level: Level) -> tuple[DataTable, int]:
    document = report(release, "indicator", region, indicator=name)
    tables = tables_in(section(document, "indicator-ranking"))
    units = {len(u.code) for u in release.territory.of_level(level) if len(u.levels) == 1}
    at = 0 if units == {6} or len(tables) == 1 else 1
    year = int(tables[at].caption.split(", ")[-2].partition(":")[0])
    return tables[at], year


def test_a_ranking_is_complete_and_in_order(release: Release) -> None:
    """Places against an order made here: 1224 on published values."""
    name, region = "ludnosc", "02"
    table, year = ranked(release, region, name, Level.GMINA)
    indicator = release.catalogue.indicators[name]
    values = {}
    for unit in release.territory.of_level(Level.GMINA):
        value, _, _ = release.indicators.cell(name, year, unit.code)
        if value is not None and unit.wojewodztwo == region:
            values[unit.code] = value
    assert len(table.rows) == len(values) > 20
    step = Decimal(1).scaleb(-indicator.decimals)
    published = [Decimal(repr(v)).quantize(step, rounding=ROUND_HALF_UP) for v in values.values()]
    for row in table.rows:
        own = Decimal(repr(row[3].value)).quantize(step, rounding=ROUND_HALF_UP)
        assert row[0].value == 1 + sum(other > own for other in published)


def test_every_unit_is_in_the_order_or_among_the_gaps(release: Release) -> None:
    """An indicator of which some units of the województwo have no value."""
    for one in release.catalogue.indicators_of():
        if not release.years_of(one.id):
            continue
        document = report(release, "indicator", "14", indicator=one.id)
        if not has(document, "indicator-ranking"):
            continue
        ranking = section(document, "indicator-ranking")
        table, told = tables_in(ranking)[0], words_of(ranking)
        if "Bez wartości" not in told:
            continue
        listed = {row[1].text for row in table.rows}
        gminas = "gminy" in table.caption
        for unit in release.territory.of_level(Level.GMINA if gminas else Level.POWIAT):
            if unit.wojewodztwo == "14" and unit.valid_to is None:
                assert unit.name in told or any(unit.name in name for name in listed)
        return
    raise AssertionError("no indicator has gaps")


def test_an_indicator_without_data_is_explained_and_nothing_else(release: Release) -> None:
    name = next(one.id for one in release.catalogue.shown if not release.years_of(one.id))
    document = report(release, "indicator", "02", indicator=name)
    assert "nie ma mapy ani rankingu" in words_of(section(document, "indicator-definition"))
    assert not has(document, "indicator-ranking")
    assert not pictures_of(document)


def test_a_map_is_of_the_wojewodztwo_alone(release: Release) -> None:
    document = report(release, "indicator", "02", indicator="ludnosc")
    maps = list(blocks_of(section(document, "indicator-map").blocks))
    assert maps
    for one in maps:
        assert isinstance(one, Picture)
        counted = sum(row[1].value or 0 for row in one.data.rows)
        assert 0 < counted < 200  # of more than 2,400 gminas
        assert "województwo dolnośląskie" in one.alt


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "indicator", "units": [VILLAGE], "indicator": "ludnosc"},
        {"kind": "indicator", "units": ["02"], "indicator": "nie-ma-takiego"},
        {"kind": "service", "units": [VILLAGE], "service": "nie-ma-takiej"},
        {"kind": "area", "units": [VILLAGE], "area": "nie-ma-takiego"},
        {"kind": "comparison", "units": [VILLAGE, "9999999"]},
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(
    release: Release, asked: dict[str, object]
) -> None:
    with pytest.raises(CannotWrite, match=r"\w+ .+\."):
        compose(release, Definition.model_validate(asked))


@pytest.mark.parametrize("lang", LANGS)
def test_ids_are_unique_and_titles_are_said(release: Release, lang: Lang) -> None:
    documents = [
        report(release, "service", CITY, service=with_data(release, CITY), lang=lang),
        report(release, "area", VILLAGE, area="edukacja", lang=lang),
        report(release, "comparison", VILLAGE, TOWN, lang=lang),
        report(release, "indicator", "02", indicator="ludnosc", lang=lang),
    ]
    for document in documents:
        found = [one for one in blocks_of(document.sections) if isinstance(one, Section)]
        ids = Counter(one.id for one in found)
        assert not [one for one, n in ids.items() if n > 1]
        assert all(one.title for one in found)
