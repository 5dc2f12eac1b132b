"""The PDF: tagged, in its language, with bookmarks, fonts and everything that was said."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from smup.documents import Formula, Paragraph
from smup.documents.pdf import as_data, pdf, pictures
from smup.documents.typesetting import CannotSet
from tests.documents.making import BOOK


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(io.BytesIO(pdf(BOOK)))


def text(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_it_is_tagged_and_says_its_language_and_title(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "pl"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Księga próbna"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_everything_is_said(reader: PdfReader) -> None:
    said = text(reader)
    for words in (
        "Księga próbna",
        "wydanie 2026-01-01-abcdef12",
        "Spis",
        "Część pierwsza",
        "Pytanie?",
        "Zażółć gęślą jaźń <i> *x* | `y`.",
        "Uwaga.",
        "1. jeden",
        "a_b",
        "żłobki & kluby",
        "100 * a / b",
        "Koniec.",
    ):
        assert words in said, words


def test_pages_begin_a_sheet_and_are_bookmarked(reader: PdfReader) -> None:
    part, inside = reader.outline
    assert part.title == "Część pierwsza"
    assert [one.title for one in inside] == ["Strona pierwsza", "Strona druga"]
    numbers = [reader.get_destination_page_number(one) for one in inside]
    assert numbers == [2, 3]
    assert re.search(r"abcdef12\s*4", reader.pages[3].extract_text())


def test_fonts_are_in_the_file(reader: PdfReader) -> None:
    fonts = {}
    for page in reader.pages:
        fonts |= page["/Resources"].get("/Font", {})
    descriptors = [f.get_object()["/DescendantFonts"][0]["/FontDescriptor"] for f in fonts.values()]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in descriptors)


def test_the_same_book_gives_the_same_bytes() -> None:
    assert pdf(BOOK) == pdf(BOOK)


def test_a_link_out_of_the_book_is_left_as_words() -> None:
    first, second = BOOK.parts[0].pages
    alone = replace(BOOK, parts=(replace(BOOK.parts[0], pages=(first,)),))
    assert '"link"' not in str(as_data(alone)).replace("'", '"')
    assert "druga" in text(PdfReader(io.BytesIO(pdf(alone))))
    assert second.id == "page:b"


def test_a_book_that_cannot_be_set_says_why() -> None:
    broken = replace(BOOK.parts[0].pages[0], title="", blocks=(Paragraph(("x",)),))
    twice = replace(BOOK, parts=(replace(BOOK.parts[0], title="", pages=(broken,)),))
    with pytest.raises(CannotSet, match="heading"):
        pdf(twice)


def test_pictures_are_one_for_each_page(reader: PdfReader) -> None:
    made = pictures(BOOK, ppi=20)
    assert len(made) == len(reader.pages)
    assert all(one.startswith(b"\x89PNG") for one in made)


def test_a_formula_has_words_for_those_who_do_not_see_it(reader: PdfReader) -> None:
    section = BOOK.parts[0].pages[0].sections[0]
    (formula,) = (one for one in section.blocks if isinstance(one, Formula))
    wanted = formula.words.encode("utf-16-be")
    raw = pdf(BOOK)
    assert wanted in raw or wanted.hex().upper().encode() in raw
