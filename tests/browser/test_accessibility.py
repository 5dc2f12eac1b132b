"""axe-core finds nothing on any kind of page, light or dark, menus open."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "/",
    "/szukaj?q=boleslawiec",
    "/szukaj?q=qqqq",
    "/jst/1465",
    "/jst/02",
    "/jst/320304",
    "/jst/1465/wskaznik/ludnosc",
    "/jst/1465/usluga/szkoly-podstawowe",
    "/obszar/edukacja",
    "/usluga/szkoly-podstawowe",
    "/wskaznik/ludnosc?poziom=powiat",
    "/wskaznik/saldo-migracji-na-1000",
    "/pokrycie",
    "/wydania",
    "/metodologia",
    "/metodologia/slownik",
    "/metodologia/usluga/szkoly-podstawowe",
    "/metodologia/wskaznik/gestosc-zaludnienia",
    "/api",
    "/deklaracja-dostepnosci",
    "/prywatnosc",
    "/jst/9999",
    "/en/jst/1465",
)


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]} ({len(v['nodes'])})" for v in found]


@pytest.mark.parametrize("address", PAGES)
def test_no_violations(open_page: Callable[..., Page], address: str) -> None:
    assert violations(open_page(address)) == []


@pytest.mark.parametrize("address", ["/", "/jst/1465/wskaznik/ludnosc", "/wskaznik/ludnosc"])
def test_no_violations_in_the_dark(open_page: Callable[..., Page], address: str) -> None:
    assert violations(open_page(address, color_scheme="dark")) == []


def test_no_violations_with_open_suggestions_and_tables(open_page: Callable[..., Page]) -> None:
    page = open_page("/jst/1465/wskaznik/ludnosc")
    for summary in page.locator("summary").all():
        summary.click()
    page.get_by_role("combobox").fill("hel")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
