"""Reports in a browser: put together by keyboard, without script, on a phone; nothing for axe."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
OpenPage = Callable[..., Page]
PROFILE = "/raporty?rodzaj=profile&jst=1465"
MADE = 60_000  # milliseconds a busy machine may take for one file


def saved(page: Page) -> None:
    page.get_by_role("button", name="Przygotuj raport").click()
    page.wait_for_url(re.compile("/raport/[0-9a-f]{24}$"))


def test_a_report_is_put_together_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/raporty")
    page.get_by_role("link", name="Profil jednostki").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("rodzaj=profile"))
    page.locator("#dodaj").focus()
    page.keyboard.type("gdynia")
    expect(page.get_by_role("option").first).to_contain_text("Gdynia")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("jst=2262"))
    page.get_by_label("Urząd").focus()
    page.keyboard.type("Urząd Miasta Gdyni")
    page.keyboard.press("Enter")  # the form is sent, no section moves
    page.wait_for_url(re.compile("/raport/[0-9a-f]{24}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Profil jednostki: Gdynia")
    expect(page.get_by_role("definition").filter(has_text="Urząd Miasta Gdyni")).to_be_visible()


def test_a_section_moves_in_place_and_keeps_the_focus(open_page: OpenPage) -> None:
    page = open_page(PROFILE)
    page.evaluate("() => { window.same = true; }")
    page.get_by_label("Urząd").fill("Urząd")
    moved = page.locator(".report-part label").nth(1).inner_text()
    page.get_by_role("button", name=f"{moved}: wyżej").press("Enter")
    expect(page.locator(".report-part label").first).to_have_text(moved)
    expect(page.get_by_label("Urząd")).to_have_value("Urząd")
    assert page.evaluate("() => window.same") is True
    page.get_by_role("button", name=f"{moved}: niżej").press("Enter")
    expect(page.locator(".report-part label").nth(1)).to_have_text(moved)
    assert page.evaluate("() => document.activeElement.id") == "n-portrait"


def test_without_script_the_same_is_done(open_page: OpenPage) -> None:
    page = open_page(PROFILE, java_script_enabled=False)
    moved = page.locator(".report-part label").nth(1).inner_text()
    page.get_by_role("button", name=f"{moved}: wyżej").click()
    expect(page.locator(".report-part label").first).to_have_text(moved)
    saved(page)
    expect(page.locator(".report-contents li").first).to_have_text(moved)


def test_a_file_comes_with_one_click(open_page: OpenPage) -> None:
    page = open_page("/jst/020101")
    link = page.get_by_role("link", name="PDF – Profil na dwie strony")
    if_late = page.get_by_role("link", name=re.compile("^Pobierz PDF"))
    with page.expect_download(timeout=MADE) as started:
        link.click()
        # a busy machine shows the page that waits, and the file is one more click away
        page.on("domcontentloaded", lambda _: if_late.click(timeout=MADE))
    assert re.fullmatch(r"profil-jednostki-020101-.*\.pdf", started.value.suggested_filename)


def test_the_page_that_waits_tells_when_the_file_is_there(open_page: OpenPage) -> None:
    page = open_page("/raporty/plik.xlsx?rodzaj=profile&jst=2262&czekam=tak")
    expect(page.get_by_role("status").get_by_role("heading")).to_have_text(
        "Raport jest gotowy", timeout=MADE
    )
    expect(page.get_by_role("link", name="Pobierz XLSX")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_saved_report(open_page: OpenPage, scheme: str) -> None:
    page = open_page(PROFILE, color_scheme=scheme)
    saved(page)
    for address in (page.url, page.url + "/podglad"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("address", ["/raporty", PROFILE, "/en/raporty?rodzaj=state&jst=020101"])
def test_nothing_is_wider_than_a_phone(open_page: OpenPage, address: str) -> None:
    page = open_page(address, viewport={"width": 360, "height": 740})
    assert page.evaluate("() => document.documentElement.scrollWidth") == 360
    if address == PROFILE:
        saved(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") == 360
        page.get_by_role("link", name="Zobacz cały raport").click()
        page.wait_for_url(re.compile("podglad"))
        assert page.evaluate("() => document.documentElement.scrollWidth") == 360
