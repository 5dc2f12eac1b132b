"""Tables of reports against the panels, worked out again here in plain Python."""

from decimal import ROUND_HALF_UP, Decimal
from statistics import median

import pytest

from smup.catalogue import Indicator
from smup.documents.blocks import DataTable
from smup.panel import Status
from smup.reports.definition import COMPARATORS
from smup.reports.gaps import gap_blocks
from smup.reports.matter import Matter
from smup.reports.tables import standings_table, value_cell, with_measure
from smup.store.releases import Release
from smup.telling.units.standing import Standing
from smup.territory import Level
from tests.reports.matters import matter_for

VILLAGE, CITY, POWIAT = "020102", "0261", "0201"


def written(value: float, indicator: Indicator) -> str:
    """The Polish number, made without the code under test."""
    step = Decimal(1).scaleb(-indicator.decimals)
    rounded = Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP)
    sign = "−" if rounded < 0 else ""
    return sign + f"{abs(rounded):,f}".replace(",", "\u00a0").replace(".", ",")


def table_of(matter: Matter, found: list[Standing]) -> DataTable:
    return standings_table(matter, found, COMPARATORS, "Wszystko")


@pytest.mark.parametrize("code", [VILLAGE, CITY, POWIAT])
def test_every_value_is_that_of_the_panel(release: Release, code: str) -> None:
    matter = matter_for(release, code)
    found = list(matter.standings.values())
    table = table_of(matter, found)
    assert len(table.rows) == len(found) > 50
    for one, row in zip(found, table.rows, strict=True):
        if one.year is None or row[1].gap:
            assert row[1].gap
            assert row[1].value is None
            assert row[1].text
            continue
        value, status, _ = release.indicators.cell(one.indicator.id, one.year, code)
        assert row[1].value == value, status
        assert row[1].text == written(value, one.indicator)
        assert row[2].text.split(" ")[0] == str(one.year)


def test_medians_are_those_of_the_members(release: Release) -> None:
    """Of the neighbours and of the powiat, from the panel, where the indicator is for everybody."""
    matter = matter_for(release, VILLAGE)
    found = [one for one in matter.standings.values() if one.beside is not None]
    table, at = table_of(matter, found), {}
    at = {column.title: place for place, column in enumerate(table.columns)}
    neighbours = release.territory.neighbours[VILLAGE, Level.GMINA]
    compared = 0
    for one, row in zip(found, table.rows, strict=True):
        cell = row[at["sąsiedzi"]]
        if cell.value is None or one.year is None:
            continue
        cells = [release.indicators.cell(one.indicator.id, one.year, code) for code in neighbours]
        known = [value for value, _, _ in cells if value is not None]
        assert cell.value == pytest.approx(median(known))
        compared += 1
    assert compared > 5


def test_only_comparators_asked_for_have_columns(release: Release) -> None:
    matter = matter_for(release, VILLAGE)
    found = [one for one in matter.standings.values() if one.beside is not None]
    table = standings_table(matter, found, ("kraj",), "Kraj")
    titles = [column.title for column in table.columns]
    assert titles == ["Wskaźnik", "Wartość", "Rok", "kraj", "Miejsce"]
    assert "Mediany: kraj – Polska." in table.foot


def test_letters_beside_years_are_told_below(release: Release) -> None:
    matter = matter_for(release, VILLAGE)
    table = table_of(matter, list(matter.standings.values()))
    used = {letter.strip(",") for row in table.rows for letter in row[2].text.split(" ")[1:]}
    for letter in used:
        assert f"{letter} – " in table.foot


def test_a_gap_has_its_reason_and_no_number(release: Release) -> None:
    matter = matter_for(release, VILLAGE)
    indicator = release.catalogue.indicators["ludnosc"]
    cell = value_cell(matter, indicator, None, Status.CONFIDENTIAL)
    assert (cell.text, cell.value, cell.gap) == ("tajemnica statystyczna", None, True)


def test_every_indicator_without_a_value_is_listed_with_its_reason(release: Release) -> None:
    matter = matter_for(release, VILLAGE)
    found = list(matter.standings.values())
    missing = [one for one in found if one.value is None]
    assert missing
    said = str(gap_blocks(matter, found))
    for one in missing:
        assert one.indicator.name.pl in said


def test_the_measure_is_said_once_beside_the_name(release: Release) -> None:
    indicators = release.catalogue.indicators
    assert with_measure(release, indicators["ludnosc"], "pl") == "Ludność [os.]"
