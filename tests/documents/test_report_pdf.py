"""A document as PDF: what it says, its structure, its standards, and texts that mean harm."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from smup.documents.blocks import Cell, Column, DataTable, Items, Paragraph, Picture, Placeholder
from smup.documents.document import Document
from smup.documents.letters import drawable
from smup.documents.pdf import report_order, report_pdf
from smup.documents.typesetting import CannotSet, typeset
from tests.documents.sample import HOSTILE, LINE, sample, with_blocks

MARK = "Dane zmyślone – nie do użytku"


def read(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(report_pdf(document)))


def text(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def without_breaks(said: str) -> str:
    """Without what the end of a line adds: spaces and hyphens."""
    return re.sub(r"[\s-]", "", said)


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return read(sample())


def elements(reader: PdfReader) -> list[DictionaryObject]:
    """Every element of the structure tree, in its order."""

    def below(one: DictionaryObject) -> Iterator[DictionaryObject]:
        kids = one.get("/K")
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            found = kid.get_object() if kid is not None else None
            if isinstance(found, DictionaryObject) and "/S" in found:
                yield found
                yield from below(found)

    return list(below(reader.trailer["/Root"]["/StructTreeRoot"]))


def named(reader: PdfReader, tag: str) -> list[DictionaryObject]:
    return [one for one in elements(reader) if one["/S"] == tag]


def test_everything_is_said(reader: PdfReader) -> None:
    said = text(reader)
    for words in (
        "Urząd Gminy w Gżegżółkach",
        "Raport o stanie gminy Gżegżółki",
        "gmina Gżegżółki, powiat ostródzki",
        "Spis treści",
        "Za rok 2025 znamy 18 z 64 wskaźników.",
        "Dane za 2024 są wstępne.",
        "Zażółć gęślą jaźń – ŻÓŁĆ, ąćęłńóśźż.",
        "2. Potem",
        "Rysunek 1. Więcej dzieci w przedszkolach niż w połowie grupy",
        "Rysunek 2. Powierzchnia trzech gmin",
        "Tabela 1. Najważniejsze wskaźniki edukacji na tle innych",
        "12 345,67",
        "Źródło: GUS, CKE; wydanie 2026-05-04. Mediany liczone bez braków.",
        "Miejsce na własny tekst Opisz, które programy gmina realizowała i z jakim skutkiem.",
        "art. 28aa ust. 2 ustawy o samorządzie gminnym",
        "Ścieżka rowerowa",
        "dzieci_przedszkola / dzieci_3_5 * 100",
        "GUS, Bank Danych Lokalnych",
        "nie wystąpiło",
        "Żółć 70,6",  # the words of a picture stay words
    ):
        assert words in said, words
    assert "Podsumuj budżet obywatelski" not in said  # written, so nothing is asked for


def test_words_of_a_writer_are_in_the_language_of_the_document() -> None:
    said = text(read(sample(lang="en")))
    assert "Contents" in said
    assert "Figure 1. " in said
    assert "Table 1. " in said
    assert "Page 3 / 4" in said


def test_every_page_says_which_edition_and_that_figures_are_invented(reader: PdfReader) -> None:
    pages = [page.extract_text() for page in reader.pages]
    assert all(MARK in page and "Wydanie 2026-05-04" in page for page in pages)
    assert [f"Strona {n} / {len(pages)}" in page for n, page in enumerate(pages, 1)][1:] == [
        True
    ] * (len(pages) - 1)


def test_official_figures_carry_no_mark() -> None:
    assert "zmyślone" not in text(read(sample(mark="")))


def test_it_is_tagged_and_says_its_language_title_and_day(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "pl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Raport o stanie gminy Gżegżółki"
    assert reader.metadata.author == "Urząd Gminy w Gżegżółkach"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == sample().made


def test_it_says_to_be_pdf_ua_1_and_pdf_a_2a(reader: PdfReader) -> None:
    described = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part(>|=\")1", described)
    assert re.search(r"pdfaid:part(>|=\")2", described)
    assert re.search(r"pdfaid:conformance(>|=\")A", described)
    assert reader.trailer["/Root"]["/OutputIntents"]
    assert "/Encrypt" not in reader.trailer


def test_pictures_are_read_out(reader: PdfReader) -> None:
    assert [one.get("/Alt") for one in named(reader, "/Figure")] == [
        "Wykres: wartość rośnie z 66,9% w roku 2021 do 73,8% w 2025; brak roku 2024.",
        "Wykres słupkowy: Gżegżółki mają największą powierzchnię z trzech gmin.",
    ]
    (formula,) = named(reader, "/Formula")
    assert formula["/Alt"] == "dzieci w przedszkolach przez dzieci w wieku 3–5 lat razy 100"


def test_headings_tables_lists_and_captions_are_what_they_are(reader: PdfReader) -> None:
    tags = [str(one["/S"]) for one in elements(reader)]
    counted = {tag: tags.count(tag) for tag in ("/H1", "/H2", "/H3", "/Table", "/Caption", "/TOC")}
    assert counted["/H2"] == 1
    assert counted["/H3"] == 1
    assert counted["/Caption"] == 3
    assert counted["/Table"] == 2
    assert "/TOC" in tags
    assert tags.count("/L") >= 3
    assert len(named(reader, "/TH")) == 5 + 2


def test_bookmarks_follow_the_headings(reader: PdfReader) -> None:
    def titles(outline: list[Any]) -> list[Any]:
        return [titles(one) if isinstance(one, list) else one.title for one in outline]

    assert titles(reader.outline) == [
        "Co wiadomo i za który rok",
        "Edukacja",
        ["Wychowanie przedszkolne", ["Szczegóły"]],
        "Realizacja polityk, programów i strategii",
        "Metodologia i źródła",
    ]


def test_links_lead_inside_and_nowhere_else(reader: PdfReader) -> None:
    links = [
        note.get_object()
        for page in reader.pages
        for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]
    assert links
    assert all("/URI" not in str(link) for link in links)


def test_fonts_are_in_the_file(reader: PdfReader) -> None:
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in reader.pages
        for font in page["/Resources"].get_object().get("/Font", {}).values()
    ]
    assert any("SourceSansPro" in font["/BaseFont"] for font in fonts)
    files = {"/FontFile2", "/FontFile3"}
    assert all(files & set(font["/FontDescriptor"].get_object()) for font in fonts)


def test_nothing_runs_and_nothing_is_attached(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))


def test_a_picture_without_alternative_text_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no alternative text"):
        Picture(LINE.svg, " ", "Bez opisu", "", LINE.data)


def test_the_engine_refuses_it_too() -> None:
    order = report_order(with_blocks(LINE))
    (picture,) = order["data"]["sections"][0]["blocks"]
    picture["alt"] = None
    with pytest.raises(CannotSet, match=r"alt"):
        typeset(order)


def test_texts_that_mean_harm_are_only_words() -> None:
    hostile = f'{HOSTILE} #import "a" #{{1+1}} \\u{{41}} $x$ <etykieta> /* */ ~ -- ---'
    own = (Paragraph((hostile,)), Items((("- = + #pagebreak()",),)))
    said = text(read(with_blocks(Placeholder("x", "prompt", "", own))))
    assert without_breaks(hostile) in without_breaks(said)
    assert without_breaks("- = + #pagebreak()") in without_breaks(said)


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("a\x00b\x07c", "a�b�c"),
        ("e\u0301 z\u0307 o\u0301", "é ż ó"),
        ("漢字 😀 \ue000", "�� � �"),
        ("a\u202eb", "a�b"),
        ("ab\ufffec", "ab�c"),
    ],
)
def test_what_cannot_be_drawn_is_shown_as_such(given: str, seen: str) -> None:
    assert drawable(given) == seen
    assert seen in text(read(with_blocks(Paragraph((given,)))))


def test_a_word_longer_than_a_line_is_broken() -> None:
    reader = read(with_blocks(Paragraph(("x" * 1000,))))
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    assert max(line.count("x") for line in lines) < 150  # signs there is room for
    assert sum(line.count("x") for line in lines if "xx" in line) == 1000


def test_letters_from_right_to_left_are_drawn() -> None:
    said = text(read(with_blocks(Paragraph(("Nazwa: שלום, مرحبا.",)))))
    assert "שלום" in said
    assert "�" not in said


def test_every_letter_said_to_be_drawable_is() -> None:
    letters = [chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code <= 0xDFFF]
    known = [letter for letter in letters if drawable(letter) == letter]
    assert {*"ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–…×²³€§°≥≤−"} <= set(known)
    rows = [" ".join(known[at : at + 60]) for at in range(0, len(known), 60)]
    report_pdf(with_blocks(Items(tuple((row,) for row in rows))))


def test_a_table_over_several_pages_repeats_its_heading() -> None:
    rows = tuple((Cell(f"Gmina {n}"), Cell(f"{n},5", n + 0.5, 1)) for n in range(150))
    table = DataTable("Wszystkie", (Column("Nazwa"), Column("Wartość", "%", True)), rows)
    reader = read(with_blocks(table))
    pages = [page.extract_text() for page in reader.pages[2:]]
    assert len(pages) >= 3
    assert all("Wartość" in page for page in pages)
    said = text(reader)
    assert all(f"{n},5" in said for n in range(150))


def test_a_long_reason_of_a_gap_leaves_numbers_whole() -> None:
    columns = (Column("Nazwa"), *(Column(str(year), "zł", True) for year in range(2014, 2024)))
    gap = Cell("brak danych – jednostka powstała później niż w tym roku", gap=True)
    row = (Cell("Wydatki"), gap, *(Cell(f"12\u00a0{n}45,67", 1.0, 2) for n in range(9)))
    said = [
        page.extract_text() for page in read(with_blocks(DataTable("x", columns, (row,)))).pages
    ]
    lines = "\n".join(said).replace("\u00a0", " ")
    assert all(f"12 {n}45,67" in lines for n in range(9))


def test_without_contents_it_begins_with_its_title_on_the_first_page() -> None:
    first = read(sample(contents=False)).pages[0].extract_text()
    assert first.index("Urząd Gminy") < first.index("Raport o stanie gminy Gżegżółki")
    assert "Co wiadomo i za który rok" in first
    assert "Spis treści" not in first


def test_the_same_document_gives_the_same_bytes_whatever_came_before() -> None:
    made = report_pdf(sample())
    report_pdf(replace(sample(), edition="inna"))
    assert report_pdf(sample()) == made
