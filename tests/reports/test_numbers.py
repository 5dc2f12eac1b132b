"""Every number of a unit for files that carry data: as the release has them, none twice."""

import base64
import csv
import io
import re
from io import BytesIO

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from smup.documents.document import Numbers
from smup.panel.panel import FIRST_GAP
from smup.reports.compose import compose
from smup.reports.definition import definition_of
from smup.reports.files import written
from smup.store.releases import Release

VILLAGE, CITY, POWIAT = "020102", "0261", "0201"
NAME, YEAR, VALUE = 0, 2, 3


def numbers(release: Release, unit: str, **more: object) -> tuple[Numbers, ...]:
    return compose(release, definition_of({"kind": "unit", "units": [unit], **more})).numbers()


@pytest.mark.parametrize("unit", [VILLAGE, CITY, POWIAT])
def test_every_value_of_the_release_is_there_once(release: Release, unit: str) -> None:
    (found,) = numbers(release, unit)
    told = {(row[NAME].text, row[YEAR].text): row[VALUE] for row in found.table.rows}
    assert len(told) == len(found.table.rows)
    one, expected = release.unit_slice(unit), {}
    for indicator in release.catalogue.shown:
        for year in release.years_of(indicator.id):
            at = release.indicators.item_index[indicator.id], release.indicators.year_index[year]
            if one.status[at] < FIRST_GAP and np.isfinite(one.values[at]):
                expected[indicator.name.pl, str(year)] = float(one.values[at])
    assert expected
    assert {key: cell.value for key, cell in told.items() if not cell.gap} == expected
    assert all(cell.text and cell.value is None for cell in told.values() if cell.gap)


def test_the_csv_says_the_same_rows(release: Release) -> None:
    (found,) = numbers(release, VILLAGE)
    _, *rows = csv.reader(io.StringIO(found.csv().decode("utf-8-sig")), delimiter=";")
    assert [(row[1], row[6]) for row in rows] == [
        (row[NAME].text, row[YEAR].text) for row in found.table.rows
    ]


def test_a_dossier_and_a_workbook_carry_them(release: Release) -> None:
    document = compose(release, definition_of({"kind": "profile", "units": [VILLAGE]}))
    (found,) = document.numbers()
    page = written(document, "dossier").decode()
    assert len(page) < 5_000_000
    data = re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', page)
    assert data is not None
    assert base64.b64decode(data[1]) == found.csv()
    for words in (release.id, "CC BY 4.0"):
        assert words in page
    book = CalamineWorkbook.from_filelike(BytesIO(written(document, "xlsx")))
    rows = book.get_sheet_by_name(document.words.numbers).to_python(skip_empty_area=False)
    assert len(rows) >= len(found.table.rows) + 4
    assert [row[VALUE] for row in rows[4 : 4 + len(found.table.rows)]] == [
        row[VALUE].text if row[VALUE].value is None else row[VALUE].value
        for row in found.table.rows
    ]


def test_units_side_by_side_have_their_numbers_in_the_tables(release: Release) -> None:
    definition = definition_of({"kind": "comparison", "units": [VILLAGE, CITY]})
    document = compose(release, definition)
    assert document.numbers() == ()
    assert "<script" not in written(document, "dossier").decode()
