"""Word files: everything by style, readable without seeing, the same bytes, opened by others."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import docx as word_files
import pytest

from smup.documents.blocks import Items, Paragraph
from smup.documents.columns import together
from smup.documents.docx import docx
from tests.documents.office import as_pdf_text, needs_office, parts
from tests.documents.sample import FIGURES, GAP, HOSTILE, LINE, sample, with_blocks

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

# What may stand beside a style: it says where something is, never how it looks.
BESIDE = {
    "pPr": {"pStyle", "numPr"},
    "rPr": {"rStyle"},
    "tblPr": {"tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption", "tblDescription"},
    "trPr": {"cantSplit", "tblHeader"},
    "tcPr": {"tcW"},
}


@pytest.fixture(scope="module")
def made() -> bytes:
    return docx(sample())


@pytest.fixture(scope="module")
def body(made: bytes) -> ET.Element:
    return ET.fromstring(parts(made)["word/document.xml"])


def local(element: ET.Element) -> str:
    return element.tag.removeprefix(W)


def style_of(paragraph: ET.Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def words(element: ET.Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def test_nothing_is_formatted_by_hand(made: bytes) -> None:
    texts = [name for name in parts(made) if re.match(r"word/(document|footer\d*)\.xml", name)]
    assert len(texts) == 3
    for name in texts:
        for element in ET.fromstring(parts(made)[name]).iter():
            beside = {local(child) for child in element}
            assert beside <= BESIDE.get(local(element), beside), (name, local(element), beside)
            if local(element) == "p":
                assert style_of(element)


def test_every_style_named_is_there(made: bytes, body: ET.Element) -> None:
    styles = ET.fromstring(parts(made)["word/styles.xml"])
    known = {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    for tag in ("pStyle", "rStyle", "tblStyle"):
        assert {one.get(f"{W}val") for one in body.iter(f"{W}{tag}")} <= known
    for tag in ("basedOn", "next"):
        assert {one.get(f"{W}val") for one in styles.iter(f"{W}{tag}")} <= known


def test_headings_captions_and_contents(body: ET.Element) -> None:
    by_style: dict[str, list[str]] = {}
    for paragraph in body.iter(f"{W}p"):
        by_style.setdefault(style_of(paragraph), []).append(words(paragraph))
    assert by_style["Title"] == ["Raport o stanie gminy Gżegżółki"]
    chapters = [
        "Co wiadomo i za który rok",
        "Edukacja",
        "Realizacja polityk, programów i strategii",
        "Metodologia i źródła",
    ]
    assert by_style["Heading1"] == by_style["TOC1"] == chapters
    assert by_style["Heading2"] == by_style["TOC2"] == ["Wychowanie przedszkolne"]
    assert by_style["Heading3"] == ["Szczegóły"]
    assert by_style["Caption"] == [
        "Rysunek 1. Więcej dzieci w przedszkolach niż w połowie grupy",
        "Tabela 1. Najważniejsze wskaźniki edukacji na tle innych",
        "Rysunek 2. Powierzchnia trzech gmin",
    ]
    fields = [(one.text or "").split()[:2] for one in body.iter(f"{W}instrText")]
    assert fields == [["TOC", "\\o"], ["SEQ", "Rysunek"], ["SEQ", "Tabela"], ["SEQ", "Rysunek"]]


def test_links_lead_to_headings(body: ET.Element) -> None:
    marks = {one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")}
    links = [one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink")]
    assert len(links) == 6  # five lines of the contents and one in the text
    assert set(links) <= marks


def test_pictures_are_sharp_and_said(made: bytes, body: ET.Element) -> None:
    described = [one.get("descr") for one in body.iter(f"{WP}docPr")]
    assert described[0] == LINE.alt
    assert all(described)
    extent = next(body.iter(f"{WP}extent"))
    picture = parts(made)["word/media/report1.png"]
    pixels = int.from_bytes(picture[16:20], "big")
    assert pixels / (int(extent.get("cx", "0")) / 914_400) >= 200


def test_tables_are_native_and_said(body: ET.Element) -> None:
    table = next(
        one for one in body.iter(f"{W}tbl")
        if (said := one.find(f"{W}tblPr/{W}tblCaption")) is not None
        and said.get(f"{W}val") == FIGURES.caption
    )  # fmt: skip
    first, *rest = table.findall(f"{W}tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rest)
    shown = [[words(cell) for cell in row.findall(f"{W}tc")] for row in rest]
    assert shown == [[together(cell.text) for cell in row] for row in FIGURES.rows]
    numbers = [style_of(p) for row in rest for p in row.findall(f"{W}tc")[2].iter(f"{W}p")]
    assert numbers == ["TableNumber"] * 4
    gap = next(run for run in table.iter(f"{W}r") if words(run) == GAP)
    look = gap.find(f"{W}rPr/{W}rStyle")
    assert look is not None
    assert look.get(f"{W}val") == "Gap"


def test_a_place_for_own_words_is_a_control(body: ET.Element) -> None:
    controls = {
        tag.get(f"{W}val"): one for one in body.iter(f"{W}sdt")
        if (tag := one.find(f"{W}sdtPr/{W}tag")) is not None
    }  # fmt: skip
    empty, written = controls["polityki"], controls["budzet-obywatelski"]
    assert empty.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    assert "Opisz, które programy" in words(empty)
    assert written.find(f"{W}sdtPr/{W}showingPlcHdr") is None
    assert "Podsumuj" not in words(written)
    assert words(written).startswith(HOSTILE)


def test_each_numbered_list_begins_at_one() -> None:
    one = Items((("raz",), ("dwa",)), ordered=True)
    made = docx(with_blocks(one, Paragraph(("między",)), one))
    body = ET.fromstring(parts(made)["word/document.xml"])
    numbers = [one.get(f"{W}val") for one in body.iter(f"{W}numId")]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    lists = ET.fromstring(parts(made)["word/numbering.xml"])
    starts = {
        one.get(f"{W}numId") for one in lists.iter(f"{W}num")
        if one.find(f"{W}lvlOverride/{W}startOverride") is not None
    }  # fmt: skip
    assert set(numbers) <= starts


def test_release_mark_and_page_stand_on_every_page(made: bytes) -> None:
    footers = [ET.fromstring(text) for name, text in parts(made).items() if "/footer" in name]
    assert len(footers) == 2  # the title page has its own, without a number
    said = sorted(words(one) for one in footers)
    assert said == [
        "Strona 1 · Wydanie 2026-05-04 · Dane zmyślone – nie do użytku",
        "Wydanie 2026-05-04 · Dane zmyślone – nie do użytku",
    ]


def test_what_the_file_says_of_itself() -> None:
    known = word_files.Document(BytesIO(docx(sample(lang="en")))).core_properties
    assert known.title == "Raport o stanie gminy Gżegżółki"
    assert known.author == "Urząd Gminy w Gżegżółkach"
    assert known.language == "en-GB"
    assert known.created == known.modified
    assert known.created is not None
    assert known.created.date().isoformat() == "2026-05-04"


@pytest.mark.parametrize(("lang", "locale"), [("pl", "pl-PL"), ("en", "en-GB")])
def test_the_language_is_said(lang: str, locale: str) -> None:
    made = docx(sample(lang="en" if lang == "en" else "pl"))
    styles = ET.fromstring(parts(made)["word/styles.xml"])
    assert [one.get(f"{W}val") for one in styles.iter(f"{W}lang")] == [locale]


def test_the_same_bytes(made: bytes) -> None:
    assert docx(sample()) == made


def test_saved_by_another_program_it_stays_the_same(made: bytes) -> None:
    def said(file: bytes) -> tuple[list[str], list[list[str]]]:
        word = word_files.Document(BytesIO(file))
        texts = [one.text for one in word.paragraphs]
        return texts, [[cell.text for cell in row.cells] for t in word.tables for row in t.rows]

    again = BytesIO()
    word_files.Document(BytesIO(made)).save(again)
    assert said(again.getvalue()) == said(made)
    assert len(said(made)[1]) == 13  # 3 facts, 5 rows of figures, 2 facts, 3 rows of signs


def test_impossible_letters_are_left_out() -> None:
    made = docx(with_blocks(Paragraph(("a\x00b\x0b\ud800c\u202ed]]>",))))
    assert words(ET.fromstring(parts(made)["word/document.xml"])).endswith("abc\u202ed]]>")


def test_a_short_paper_has_no_title_page() -> None:
    made = parts(docx(sample(contents=False, mark="")))
    assert b"TOC" not in made["word/document.xml"]
    assert b"updateFields" not in made["word/settings.xml"]
    assert b"titlePg" not in made["word/document.xml"]


@needs_office
def test_libreoffice_lays_it_out(made: bytes, tmp_path: Path) -> None:
    text = as_pdf_text(made, "docx", tmp_path)
    assert text.count("Dane zmyślone – nie do użytku") >= 5  # title page and every footer
    for said in ("Rysunek 2. Powierzchnia trzech gmin", "12 345,67", "<script>alert(1)</script>",
                 "Zażółć gęślą jaźń"):  # fmt: skip
        assert said in text
