"""The slides of a document, read back: titles, native charts and tables, words beside them."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from python_calamine import CalamineWorkbook

from smup.documents.blocks import Cell, Chart, Column, DataTable, Picture
from smup.documents.columns import together
from smup.documents.document import Document, Slide
from smup.documents.pptx import pptx
from tests.documents.office import as_pdf_text, needs_office
from tests.documents.sample import BAR, FIGURES, HOSTILE, LINE, LINE_SVG, sample


def deck(document: Document) -> Deck:
    return Presentation(BytesIO(pptx(document)))


def told(*slides: Slide) -> Document:
    return replace(sample(), slides=slides)


def test_every_slide_has_its_title_the_mark_and_a_number() -> None:
    document = sample()
    found = deck(document)
    assert (found.slide_width, found.slide_height) == (12191695, 6858000)
    assert [slide.shapes.title.text for slide in found.slides] == [
        one.title for one in document.slides
    ]
    for slide in found.slides:
        by_type = {shape.element.ph.get("type"): shape for shape in slide.placeholders}
        assert document.title_page.mark in by_type["ftr"].text
        assert document.edition in by_type["ftr"].text
        assert 'type="slidenum"' in by_type["sldNum"].element.xml
        ids = slide.element.xpath(".//p:cNvPr/@id")
        assert len(ids) == len(set(ids))
        empty = [shape.name for shape in slide.placeholders if not shape.text.strip()]
        assert empty == []


def test_lines_stand_in_placeholders_in_the_language() -> None:
    slide = deck(sample()).slides[5]
    (body,) = (one for one in slide.placeholders if one.placeholder_format.idx == 1)
    assert [paragraph.text for paragraph in body.text_frame.paragraphs] == ["GUS", "SIO"]
    english = deck(sample(lang="en"))
    for found, language in ((deck(sample()), "pl-PL"), (english, "en-GB")):
        marked = {
            run.get("lang")
            for one in found.slides
            for run in one.element.iter("{*}rPr")
            if run.getparent().tag.endswith("}r")
        }
        assert marked == {language}
        assert found.core_properties.language == language


def test_charts_are_native_with_their_numbers_and_a_gap_stays_open() -> None:
    slide = deck(sample()).slides[2]
    (frame,) = (shape for shape in slide.shapes if shape.has_chart)
    chart = frame.chart
    assert list(chart.plots[0].categories) == ["2021", "2022", "2023", "2024", "2025"]
    assert [tuple(series.values) for series in chart.series] == [
        (66.875, 68.125, 70.625, None, 73.75),
        (67.5, 67.4, 68.8, 68.9, 70.3),
    ]
    assert 'dispBlanksAs val="gap"' in chart.part.blob.decode()
    assert frame.element.xpath(".//p:cNvPr/@descr") == [LINE.alt]
    assert LINE.foot in slide.notes_slide.notes_text_frame.text
    assert LINE.alt in slide.notes_slide.notes_text_frame.text


def test_the_numbers_of_a_chart_are_where_it_looks_for_them() -> None:
    slide = deck(sample()).slides[2]
    (frame,) = (shape for shape in slide.shapes if shape.has_chart)
    book = CalamineWorkbook.from_filelike(BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    rows = book.get_sheet_by_name("Sheet1").to_python(skip_empty_area=False)
    assert rows[0] == ["", "Gżegżółki", "Mediana grupy"]
    assert rows[4] == ["2024", "", 68.9]
    assert "Sheet1!$B$2:$B$6" in frame.chart.part.blob.decode()


def test_a_cloud_of_points_leaves_out_pairs_with_a_gap() -> None:
    table = DataTable(
        "Chmura",
        (Column("Jednostka"), Column("Wiek", number=True), Column("Wydatki", number=True)),
        (
            (Cell("A"), Cell("1", 1.0), Cell("10", 10.0)),
            (Cell("B"), Cell("2", 2.0), Cell("brak", gap=True)),
            (Cell("C"), Cell("3", 3.0), Cell("30", 30.0)),
        ),
    )
    picture = Picture(LINE_SVG, "Chmura punktów.", "Chmura", "", table, Chart("scatter", 1, (2,)))
    (slide,) = deck(told(Slide("Chmura", (), picture))).slides
    (frame,) = (shape for shape in slide.shapes if shape.has_chart)
    assert list(frame.chart.plots[0].series[0].values) == [10.0, 30.0]
    book = CalamineWorkbook.from_filelike(BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    rows = book.get_sheet_by_name("Sheet1").to_python(skip_empty_area=False)
    assert rows == [["", "Wydatki"], [1.0, 10.0], [3.0, 30.0]]


def test_what_no_chart_can_draw_is_a_sharp_picture_with_words() -> None:
    (slide,) = deck(told(Slide("Rysunek", (), replace(LINE, chart=None)))).slides
    (shown,) = (shape for shape in slide.shapes if shape.shape_type == 13)  # a picture
    width, _ = shown.image.size
    assert width / (shown.width / 914_400) >= 200  # pixels for an inch of the slide
    assert shown.element.xpath(".//p:cNvPr/@descr") == [LINE.alt]


def test_too_many_bars_are_drawn_rather_than_squeezed() -> None:
    rows = tuple((Cell(f"Gmina {n}"), Cell(str(n), float(n))) for n in range(40))
    many = replace(BAR, data=replace(BAR.data, rows=rows, mine=frozenset()))
    (slide,) = deck(told(Slide("Słupki", (), many))).slides
    assert not any(shape.has_chart for shape in slide.shapes)


def test_tables_are_native_and_fit_the_slide() -> None:
    slide = deck(sample()).slides[3]
    (frame,) = (shape for shape in slide.shapes if shape.has_table)
    cells = [[cell.text for cell in row.cells] for row in frame.table.rows]
    assert cells[0] == ["Wskaźnik", "Rok", "Gżegżółki", "Mediana sąsiadów", "Miejsce (na 2 479)"]
    assert cells[1:] == [[together(cell.text) for cell in row] for row in FIGURES.rows]
    assert frame.table.first_row
    assert frame.left + frame.width <= 12191695
    assert sum(row.height for row in frame.table.rows) + frame.top < 6858000


def test_words_of_others_stay_words() -> None:
    table = DataTable(
        HOSTILE,
        (Column(HOSTILE), Column("x", number=True)),
        ((Cell(HOSTILE), Cell("1", 1.0)),),
    )
    picture = Picture(LINE_SVG, HOSTILE, HOSTILE, HOSTILE, table, Chart("bar", 0, (1,)))
    slide, other = deck(
        told(Slide(HOSTILE, ((HOSTILE,),), picture), Slide("=1+1", (), table))
    ).slides
    assert slide.shapes.title.text == HOSTILE
    (frame,) = (shape for shape in slide.shapes if shape.has_chart)
    assert list(frame.chart.plots[0].categories) == [HOSTILE]
    with ZipFile(BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert other.shapes.title.text == "=1+1"


def test_the_only_date_is_that_of_the_document() -> None:
    made = pptx(sample())
    assert made == pptx(sample())
    days = set()
    with ZipFile(BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".xlsx"):
                with ZipFile(BytesIO(content)) as inner:
                    content = inner.read("docProps/core.xml")
            elif name != "docProps/core.xml":
                continue
            days |= set(re.findall(r"\d{4}-\d\d-\d\dT", content.decode()))
    assert days == {"2026-05-04T"}


@pytest.mark.parametrize("slides", [(), (Slide("Sam tytuł"),)])
def test_a_deck_may_be_short(slides: tuple[Slide, ...]) -> None:
    assert len(deck(told(*slides)).slides) == len(slides)


@needs_office
def test_libreoffice_lays_it_out(tmp_path: Path) -> None:
    document = sample()
    said = as_pdf_text(pptx(document), "pptx", tmp_path)
    for slide in document.slides:
        assert slide.title in said
    assert said.count(document.title_page.mark) == len(document.slides)
    for words in ("12 345,67", "Mediana grupy", LINE.foot):
        assert words in said
