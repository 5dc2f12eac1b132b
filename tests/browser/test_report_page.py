"""A report as one file: opened from a disk without a network, read, searched, sorted, printed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from smup.documents.blocks import Cell, Column, DataTable
from smup.documents.document import Document, Numbers
from smup.documents.dossier import dossier
from smup.documents.page import page as page_file
from tests.browser.test_accessibility import violations
from tests.documents.sample import HOSTILE, sample

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ALL = DataTable(
    "Wszystkie liczby gminy Gżegżółki",
    (Column("Wskaźnik"), Column("Wartość", number=True)),
    (
        (Cell("Żłobki"), Cell("9,5", 9.5, 1)),
        (Cell(HOSTILE), Cell("brak danych", gap=True)),
        (Cell("Łąki"), Cell("-1 000,0", -1000.0, 1)),
        (Cell("Ścieżki"), Cell("12,0", 12.0, 1)),
    ),
)
CSV = "Wskaźnik;Wartość\r\nŻłobki;9,5\r\n".encode()


def with_numbers() -> Document:
    return replace(sample(), numbers=lambda: (Numbers(ALL, "gzegzolki.csv", lambda: CSV),))


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens bytes as a file, offline; at the end nothing was asked for and nothing refused."""
    asked: list[str] = []
    said: list[str] = []
    contexts = []

    def open_one(content: bytes, **options: object) -> Page:
        path = tmp_path / "raport.html"
        path.write_bytes(content)
        context = browser.new_context(offline=True, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield open_one
    assert [url for url in asked if not url.startswith("file://")] == []
    assert len(asked) == len(contexts)
    assert said == []
    for context in contexts:
        context.close()


@pytest.mark.parametrize("make", [page_file, dossier])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    opened: Callable[..., Page], make: Callable[[Document], bytes], width: int
) -> None:
    page = opened(make(with_numbers()), viewport={"width": width, "height": 900})
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert violations(page, {"runOnly": ["color-contrast"]}) == []


def test_words_of_others_stay_words(opened: Callable[..., Page]) -> None:
    page = opened(dossier(with_numbers()))
    assert page.get_by_text(HOSTILE, exact=True).count() == 2  # of the author, and in a table
    assert page.locator("main script").count() == 0


def test_numbers_are_searched_without_polish_signs(opened: Callable[..., Page]) -> None:
    page = opened(dossier(with_numbers()))
    page.get_by_label("Szukaj w tabeli").fill("sciez")
    assert names(page) == ["Ścieżki"]
    assert page.locator("output").inner_text() == "Widoczne wiersze: 1 z 4"
    page.get_by_label("Szukaj w tabeli").fill("")
    assert len(names(page)) == 4


def test_numbers_are_sorted_as_numbers_and_gaps_stand_last(opened: Callable[..., Page]) -> None:
    page = opened(dossier(with_numbers()))
    page.get_by_role("button", name="Wartość").click()
    assert names(page) == ["Łąki", "Żłobki", "Ścieżki", HOSTILE]
    page.get_by_role("button", name="Wartość").press("Enter")
    assert names(page) == ["Ścieżki", "Żłobki", "Łąki", HOSTILE]
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Wskaźnik").click()
    assert names(page)[1:] == ["Łąki", "Ścieżki", "Żłobki"]


def test_without_scripts_the_table_and_its_csv_are_there(opened: Callable[..., Page]) -> None:
    page = opened(dossier(with_numbers()), java_script_enabled=False, accept_downloads=True)
    assert len(names(page)) == 4
    assert not page.get_by_label("Szukaj w tabeli").is_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Pobierz jako CSV").click()
    assert waiting.value.suggested_filename == "gzegzolki.csv"
    assert Path(waiting.value.path()).read_bytes() == CSV


def test_every_printed_page_says_edition_and_mark(opened: Callable[..., Page]) -> None:
    document = sample()
    printed = opened(page_file(document)).pdf(prefer_css_page_size=True)
    sheets = PdfReader(BytesIO(printed)).pages
    assert len(sheets) >= 3
    for number, sheet in enumerate(sheets, start=1):
        words = " ".join(sheet.extract_text().split())
        assert document.title_page.mark in words
        assert document.edition in words
        assert f"Strona {number}" in words
        assert abs(float(sheet.mediabox.width) - 595.3) < 1  # A4, in points


def names(page: Page) -> list[str]:
    """What the rows in sight are about, from above."""
    return page.locator(".all-numbers tbody tr:visible th").all_inner_texts()
