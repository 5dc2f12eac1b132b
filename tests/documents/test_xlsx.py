"""A document as a workbook: read back with another library, and as the files it is made of."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from smup.documents.blocks import Cell, Column, DataTable
from smup.documents.document import Document, Numbers
from smup.documents.native import number_format
from smup.documents.xlsx import xlsx
from tests.documents.office import as_pdf_text, needs_office
from tests.documents.sample import BAR, FIGURES, GAP, HOSTILE, LINE, sample, with_blocks

HEAD = 3  # the row of the headings


def rows(document: Document, sheet: str) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx(document)))
    return [list(row) for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]


def files(document: Document) -> dict[str, str]:
    with ZipFile(BytesIO(xlsx(document))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_sheets_are_notes_contents_tables_and_pictures_in_order() -> None:
    told = Numbers(FIGURES, "a.csv", lambda: b"")
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx(replace(sample(), numbers=lambda: (told,)))))
    assert book.sheet_names == [
        "O danych", "Spis treści", "Rysunek 1", "Tabela 1", "Rysunek 2", "Wszystkie liczby",
    ]  # fmt: skip


def test_numbers_are_numbers_in_full_precision_and_gaps_are_reasons() -> None:
    found = rows(sample(), "Tabela 1")
    assert found[0][0] == f"Tabela 1. {FIGURES.caption}"
    assert found[HEAD][:5] == [
        "Wskaźnik", "Rok", "Gżegżółki", "Mediana sąsiadów", "Miejsce (na 2 479)",
    ]  # fmt: skip
    for row, told in zip(found[HEAD + 1 :], FIGURES.rows, strict=False):
        assert row[:5] == [cell.text if cell.value is None else cell.value for cell in told]


def test_a_gap_of_a_chart_is_an_empty_cell_and_its_reason_stands_beside() -> None:
    found = rows(sample(), "Rysunek 1")
    assert found[HEAD][:4] == ["Rok", "Gżegżółki (%)", "Mediana grupy (%)", "Powód braku"]
    assert found[HEAD + 4][:4] == ["2024", "", 68.9, f"Gżegżółki: {GAP}"]
    assert found[HEAD + 5][:4] == ["2025", 73.75, 70.3, ""]


def test_charts_are_native_read_out_and_leave_gaps_open() -> None:
    found = files(sample())
    charts = [text for name, text in found.items() if re.fullmatch(r"xl/charts/chart\d\.xml", name)]
    assert ["lineChart" in one for one in charts] == [True, False]
    assert ["barChart" in one for one in charts] == [False, True]
    # a file of version 12 that says nothing of blanks leaves them open
    assert not any("dispBlanksAs" in one for one in charts)
    assert "<AppVersion>12.0000</AppVersion>" in found["docProps/app.xml"]
    assert "'Rysunek 1'!$B$5:$B$9" in charts[0]
    assert "'Rysunek 1'!$A$5:$A$9" in charts[0]
    said = re.findall(r' descr="([^"]*)"', "".join(found.values()))
    assert said == [LINE.alt, BAR.alt]


def test_words_never_run_as_a_formula() -> None:
    bad = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "https://a.example/", HOSTILE)
    table = DataTable(
        bad[0], (Column(bad[1]), Column(bad[2])), tuple((Cell(one), Cell(one)) for one in bad)
    )
    document = with_blocks(table)
    title = replace(document.title_page, title=bad[0], office=bad[1], subtitle=bad[3])
    found = files(replace(document, title_page=title, edition=bad[5]))
    sheets = [text for name, text in found.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert not any("<f>" in text or "<f " in text for text in sheets)
    links = "".join(text for name, text in found.items() if name.endswith(".rels"))
    assert 'TargetMode="External"' not in links
    assert [row[0] for row in rows(document, "Tabela 1")][HEAD + 1 : HEAD + 7] == list(bad)


@pytest.mark.parametrize(
    ("cell", "shape"),
    [
        (Cell("1 234 567", 1234567.0), "#,##0"),
        (Cell("66,9%", 66.875, 1), '#,##0.0"%"'),
        (Cell("−16,40", -16.4, 2), "#,##0.00"),
        (Cell('5 "x"', 5.0), '#,##0" x"'),
    ],
)
def test_the_format_shows_decimals_and_sign(cell: Cell, shape: str) -> None:
    assert number_format(cell) == shape


def test_sheets_print_on_a4_with_mark_edition_and_repeated_headings() -> None:
    found, document = files(sample()), sample()
    sheets = [text for name, text in found.items() if name.startswith("xl/worksheets/sheet")]
    for text in sheets:
        assert 'paperSize="9"' in text
        assert 'fitToHeight="0"' in text
        footer = "".join(ET.fromstring(text).itertext())
        assert document.title_page.mark in footer
        assert document.edition in footer
    assert found["xl/workbook.xml"].count("_xlnm.Print_Titles") == 3
    assert sum("autoFilter" in text for text in sheets) == 3


def test_the_only_date_is_that_of_the_document() -> None:
    core = files(sample())["docProps/core.xml"]
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2026-05-04T"}
    assert xlsx(sample()) == xlsx(sample())


def test_a_document_without_tables_is_a_workbook_all_the_same() -> None:
    document = replace(sample(), sections=())
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx(document)))
    assert book.sheet_names == ["O danych", "Spis treści"]


@needs_office
def test_libreoffice_lays_it_out(tmp_path: Path) -> None:
    said = as_pdf_text(xlsx(sample()), "xlsx", tmp_path)
    for words in (FIGURES.caption, "12,345.67", LINE.foot, GAP, sample().title_page.mark):
        assert words in said
