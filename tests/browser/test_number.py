"""A number opened where it stands, by keys; without script by its own address."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Open = Callable[..., Page]
FIGURE = "/jst/020101/wskaznik/gestosc-zaludnienia"


def test_it_unfolds_in_place_by_keys(open_page: Open) -> None:
    page = open_page(FIGURE)
    summary = page.locator("summary", has_text="Skąd ta liczba?")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("100 × 36\u00a0795 ÷ 2\u00a0285")).to_be_visible()
    expect(page.get_by_text("wynik jest taki sam jak w wydaniu")).to_be_visible()
    expect(page).to_have_url(re.compile(FIGURE + "$"))
    expect(summary).to_be_focused()
    assert page.evaluate("window.refused") == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("100 × 36\u00a0795 ÷ 2\u00a0285")).to_be_hidden()


def test_every_year_unfolds_its_own(open_page: Open) -> None:
    page = open_page("/jst/0201/wskaznik/ludnosc")
    page.locator("summary", has_text="Wartości w latach").click()
    page.locator("summary", has_text="2010: ").click()
    opened = page.locator("details[open] .calculation")
    expect(opened).to_have_count(1)
    expect(opened).to_contain_text("Tabele i pliki")


def test_without_script_the_fold_holds_a_link(open_page: Open) -> None:
    page = open_page(FIGURE, java_script_enabled=False)
    page.locator("summary", has_text="Skąd ta liczba?").click()
    page.get_by_role("link", name="Otwórz obliczenie").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skąd ta liczba?")
    expect(page.get_by_text("powierzchnia_ha,020101,2024,2285,observed,")).to_be_visible()
