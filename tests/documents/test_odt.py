"""OpenDocument texts: everything by style, readable without seeing, the same bytes, opened."""

from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import pytest

from smup.documents.blocks import Paragraph
from smup.documents.columns import together
from smup.documents.odt import odt
from tests.documents.office import as_pdf_text, needs_office, parts
from tests.documents.sample import FIGURES, HOSTILE, LINE, sample, with_blocks

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE = (f"{{{OASIS}{name}:1.0}}" for name in ("text", "table", "style"))
DRAW, SVG, OFFICE = (f"{{{OASIS}{name}:1.0}}" for name in ("drawing", "svg-compatible", "office"))
FO = f"{{{OASIS}xsl-fo-compatible:1.0}}"


@pytest.fixture(scope="module")
def made() -> bytes:
    return odt(sample())


@pytest.fixture(scope="module")
def body(made: bytes) -> ET.Element:
    return ET.fromstring(parts(made)["content.xml"])


def words(element: ET.Element) -> str:
    return "".join(element.itertext())


def test_readers_know_it_by_its_first_bytes(made: bytes, tmp_path: Path) -> None:
    assert made[30:38] == b"mimetype"
    assert made[38:77] == b"application/vnd.oasis.opendocument.text"
    file = tmp_path / "a.odt"
    file.write_bytes(made)
    with ZipFile(file) as archive:
        assert archive.infolist()[0].compress_type == ZIP_STORED
    listed = ET.fromstring(parts(made)["META-INF/manifest.xml"])
    names = {value for one in listed for key, value in one.items() if key.endswith("full-path")}
    assert names == set(parts(made)) - {"mimetype", "META-INF/manifest.xml"} | {"/"}


def test_every_style_named_is_there(made: bytes, body: ET.Element) -> None:
    styles = ET.fromstring(parts(made)["styles.xml"])
    known = {one.get(f"{STYLE}name") for tree in (styles, body) for one in tree.iter()}
    for kind in (TEXT, TABLE, DRAW):
        assert {one.get(f"{kind}style-name") for one in body.iter()} - {None} <= known
    parents = {one.get(f"{STYLE}parent-style-name") for one in styles.iter()} - {None}
    assert parents <= known


def test_no_words_are_formatted_by_hand(body: ET.Element) -> None:
    """Of automatic styles a paragraph has only those that begin a page."""
    automatic = body.find(f"{OFFICE}automatic-styles")
    assert automatic is not None
    assert list(automatic.iter(f"{STYLE}text-properties")) == []
    for one in automatic.iter(f"{STYLE}paragraph-properties"):
        assert set(one.attrib) == {f"{FO}break-before"}


def test_headings_captions_and_contents(body: ET.Element) -> None:
    headings = [(h.get(f"{TEXT}outline-level"), words(h)) for h in body.iter(f"{TEXT}h")]
    assert headings == [
        ("1", "Co wiadomo i za który rok"),
        ("1", "Edukacja"),
        ("2", "Wychowanie przedszkolne"),
        ("3", "Szczegóły"),
        ("1", "Realizacja polityk, programów i strategii"),
        ("1", "Metodologia i źródła"),
    ]
    captions = [words(p) for p in body.iter(f"{TEXT}p") if p.get(f"{TEXT}style-name") == "Caption"]
    assert captions == [
        "Rysunek 1. Więcej dzieci w przedszkolach niż w połowie grupy",
        "Tabela 1. Najważniejsze wskaźniki edukacji na tle innych",
        "Rysunek 2. Powierzchnia trzech gmin",
    ]
    counted = [one.get(f"{TEXT}name") for one in body.iter(f"{TEXT}sequence")]
    declared = {one.get(f"{TEXT}name") for one in body.iter(f"{TEXT}sequence-decl")}
    assert counted == ["Rysunek", "Tabela", "Rysunek"]
    assert declared == set(counted)
    contents = body.find(f".//{TEXT}index-body")
    assert contents is not None
    assert [words(p) for p in contents.iter(f"{TEXT}p")] == [
        "Spis treści", *(title for level, title in headings if level != "3"),
    ]  # fmt: skip


def test_pictures_and_tables_are_said(body: ET.Element) -> None:
    said = [one.text for one in body.iter(f"{SVG}desc")]
    assert said[0] == LINE.alt
    assert len(said) == len(list(body.iter(f"{DRAW}frame"))) == 2
    titles = {one.text: table for table in body.iter(f"{TABLE}table")
              for one in table.findall(f"{TABLE}title")}  # fmt: skip
    table = titles[FIGURES.caption]
    rows = table.findall(f"{TABLE}table-row")
    shown = [[words(cell) for cell in row] for row in rows]
    assert shown == [[together(cell.text) for cell in row] for row in FIGURES.rows]
    assert len(table.findall(f"{TABLE}table-header-rows/{TABLE}table-row")) == 1


def test_what_the_file_says_of_itself(made: bytes) -> None:
    meta = parts(made)["meta.xml"].decode()
    assert "<dc:title>Raport o stanie gminy Gżegżółki</dc:title>" in meta
    assert "<meta:creation-date>2026-05-04T00:00:00</meta:creation-date>" in meta
    styles = parts(odt(sample(lang="en")))["styles.xml"].decode()
    assert 'fo:language="en" fo:country="GB"' in styles


def test_spaces_and_impossible_letters() -> None:
    made = odt(with_blocks(Paragraph(("a   b\x00 c]]>",)), Paragraph((HOSTILE,))))
    content = parts(made)["content.xml"].decode()
    assert '>a <text:s text:c="2"/>b c]]&gt;<' in content
    assert HOSTILE in words(ET.fromstring(content))


def test_the_same_bytes(made: bytes) -> None:
    assert odt(sample()) == made


@needs_office
def test_libreoffice_lays_it_out(made: bytes, tmp_path: Path) -> None:
    text = as_pdf_text(made, "odt", tmp_path)
    assert text.count("Dane zmyślone – nie do użytku") >= 5  # title page and every footer
    for said in ("Rysunek 2. Powierzchnia trzech gmin", "12 345,67", "<script>alert(1)</script>",
                 "Opisz, które programy"):  # fmt: skip
        assert said in text
