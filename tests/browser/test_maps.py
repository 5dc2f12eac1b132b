"""A map that answers: keys, zoom, years that play, two maps that speak of the same unit."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Open = Callable[..., Page]

POWIATS = "/wskaznik/ludnosc?poziom=powiat&mapa=kafelki"


def box_of(page: Page) -> list[float]:
    shown = page.locator("svg.map[tabindex]").first.get_attribute("viewBox")
    assert shown
    return [float(v) for v in shown.split()]


def test_keys_go_from_unit_to_unit(open_page: Open) -> None:
    page = open_page(POWIATS + "&jst=1465")
    told = page.locator(".map-told")
    expect(told).to_contain_text("Warszawa: 1")
    svg = page.get_by_role("application")
    svg.focus()
    page.keyboard.press("ArrowRight")
    expect(told).not_to_contain_text("Warszawa")
    page.keyboard.press("ArrowLeft")
    expect(told).to_contain_text("Warszawa")
    page.keyboard.press("Home")
    expect(told).to_contain_text("powiat bolesławiecki")
    page.keyboard.press("End")
    expect(told).to_contain_text("Świnoujście")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/jst/3263/wskaznik/ludnosc$"))


def test_every_unit_is_reached_by_arrows(open_page: Open) -> None:
    """From any unit some arrow leads on, and from the first one all can be reached."""
    page = open_page("/wskaznik/ludnosc?poziom=wojewodztwo&mapa=kafelki")
    svg = page.get_by_role("application")
    svg.focus()
    told = page.locator(".map-told a")
    page.keyboard.press("Home")
    seen = {told.text_content()}
    for _ in range(3):
        for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowDown"):
            for _ in range(5):
                page.keyboard.press(key)
                seen.add(told.text_content())
        for _ in range(5):
            page.keyboard.press("ArrowUp")
            seen.add(told.text_content())
    assert len(seen) >= 12


def test_zoom_by_buttons_keys_and_voivodeship(open_page: Open) -> None:
    page = open_page(POWIATS)
    whole = box_of(page)
    page.get_by_role("button", name="Powiększ").click()
    assert box_of(page)[2] == pytest.approx(whole[2] / 1.5)
    page.get_by_role("application").focus()
    page.keyboard.press("0")
    assert box_of(page) == whole
    page.keyboard.press("+")
    assert box_of(page)[2] < whole[2]
    page.get_by_role("button", name="Cała mapa").click()
    assert box_of(page) == whole
    page.get_by_text("Klasy, powiększenie, druga mapa").click()
    page.get_by_label("Powiększenie", exact=True).select_option("mazowieckie")
    assert box_of(page)[2] < whole[2] / 1.5


def test_the_year_slider_changes_map_address_and_words(open_page: Open) -> None:
    page = open_page(POWIATS + "&jst=1465")
    slider = page.get_by_label("Rok na mapie")
    expect(slider).to_have_value("2024")
    told = page.locator(".map-told")
    before = told.text_content()
    slider.fill("2014")
    expect(page.locator("#mapa-t")).to_have_text("Ludność: powiaty, 2014")
    expect(page).to_have_url(re.compile("rok=2014"))
    expect(told).to_contain_text("Warszawa")
    assert told.text_content() != before
    expect(page.get_by_text("Dalsza część strony dotyczy 2024 r.")).to_be_visible()
    page.get_by_role("link", name="Pokaż całą stronę dla roku na mapie").click()
    expect(
        page.get_by_role("heading", name=re.compile("kolejności: powiaty, 2014"))
    ).to_be_visible()


def test_years_play_to_the_last_and_stop(open_page: Open) -> None:
    page = open_page("/wskaznik/ludnosc?poziom=wojewodztwo&mapa=kafelki&rok=2021")
    page.get_by_role("button", name="Odtwórz lata").click()
    expect(page.get_by_role("button", name="Zatrzymaj")).to_be_visible()
    expect(page.get_by_label("Rok na mapie")).to_have_value("2024", timeout=15_000)
    expect(page.get_by_role("button", name="Odtwórz lata")).to_be_visible()


def test_nothing_plays_where_motion_is_not_wanted(open_page: Open) -> None:
    page = open_page(POWIATS, reduced_motion="reduce")
    expect(page.get_by_label("Rok na mapie")).to_be_visible()
    expect(page.get_by_role("button", name="Odtwórz lata")).to_be_hidden()


def test_two_maps_tell_of_the_same_unit(open_page: Open) -> None:
    page = open_page(POWIATS + "&obok=gestosc-zaludnienia")
    told = page.locator(".map-told")
    expect(page.locator("#mapa path[data-i]")).to_have_count(380)
    page.locator("#mapa path[data-i]").nth(100).hover()
    name = told.first.locator("a").text_content()
    expect(told.nth(1).locator("a")).to_have_text(str(name))


def test_circles_can_be_pointed_at(open_page: Open) -> None:
    page = open_page("/wskaznik/ludnosc?poziom=wojewodztwo&mapa=kola")
    expect(page.locator("circle[data-i]")).to_have_count(16)
    page.locator("circle[data-i]").first.hover()
    expect(page.locator(".map-told")).to_contain_text("województwo mazowieckie")


def test_without_script_the_settings_still_serve(open_page: Open) -> None:
    page = open_page(POWIATS, java_script_enabled=False)
    page.get_by_text("Klasy, powiększenie, druga mapa").click()
    page.get_by_label("Podział na klasy").select_option("naturalne granice (Jenks)")
    page.get_by_label("Powiększenie", exact=True).select_option("mazowieckie")
    page.locator(".map-settings").get_by_role("button", name="Pokaż").click()
    expect(page).to_have_url(re.compile("klasy=jenks"))
    picture = page.locator("img.map-picture")
    expect(picture).to_be_visible()
    assert "obszar=14" in str(picture.get_attribute("src"))
    page.get_by_role("navigation", name="Rok").get_by_role("link", name="2014").click()
    expect(page.locator("#mapa-t")).to_have_text("Ludność: powiaty, 2014")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_two_maps_with_settings(open_page: Open, scheme: str) -> None:
    page = open_page(POWIATS + "&klasy=jenks&obok=2014&obszar=14&jst=1465", color_scheme=scheme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
