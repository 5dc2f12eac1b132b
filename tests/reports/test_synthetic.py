"""Reports of invented figures say so wherever one could take a part of them for real."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from smup.demo import build_demo
from smup.documents.blocks import lines_of, plain
from smup.documents.document import Document, tables_of
from smup.language import Lang
from smup.reports.compose import compose
from smup.reports.definition import definition_of
from smup.reports.files import written
from smup.store.releases import Release, Releases
from tests.helpers.invented import variable, write_invented
from tests.reports.matters import pictures_of

VILLAGE = "020102"
MARKS: dict[Lang, str] = {
    "pl": "Dane zmyślone, nie o prawdziwych jednostkach.",
    "en": "Invented data, about no real unit.",
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Two variables of the whole country, invented."""
    root = write_invented(
        tmp_path_factory.mktemp("root"), variable("dzieci"), "dzieci: {of: ludnosc, rate: 0.2}\n"
    )
    home = tmp_path_factory.mktemp("home")
    build_demo(root, home)
    return Releases(home).current()


def report(release: Release, kind: str, lang: Lang) -> Document:
    return compose(release, definition_of({"kind": kind, "units": [VILLAGE], "lang": lang}))


@pytest.mark.parametrize("lang", MARKS)
@pytest.mark.parametrize("kind", ["profile", "unit"])
def test_every_part_that_can_be_cut_out_is_marked(release: Release, kind: str, lang: Lang) -> None:
    made, mark = report(release, kind, lang), MARKS[lang]
    assert made.title_page.mark == mark
    assert pictures_of(made)
    for one in pictures_of(made):
        assert mark in one.alt
        assert mark in one.svg
    told = [plain(line) for line in lines_of(made.sections)]
    feet = [one.foot for one in (*tables_of(made), *pictures_of(made))]
    assert any({"pl": "dane zmyślone", "en": "invented data"}[lang] in foot for foot in feet)
    # Not the offices that publish real ones.
    assert not any("Główny Urząd Statystyczny" in words for words in (*feet, *told))
    assert any("SMUP" in words for words in told)


def test_every_page_on_paper_is_marked(release: Release) -> None:
    pages = PdfReader(BytesIO(written(report(release, "unit", "pl"), "pdf"))).pages
    assert len(pages) > 2
    assert all(MARKS["pl"] in page.extract_text().replace("\n", " ") for page in pages)


def test_every_sheet_and_the_file_of_numbers_are_marked(release: Release) -> None:
    made = report(release, "profile", "pl")
    book = CalamineWorkbook.from_filelike(BytesIO(written(made, "xlsx")))
    for name in book.sheet_names:
        cells = [str(cell) for row in book.get_sheet_by_name(name).to_python() for cell in row]
        assert any(MARKS["pl"] in cell for cell in cells), name
    (numbers,) = made.numbers()
    assert numbers.file.startswith("dane-zmyslone-")
