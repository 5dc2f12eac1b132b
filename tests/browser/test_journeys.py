"""What people do: search, read, choose a year, find a unit; by mouse, keys, phone, on paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Open = Callable[..., Page]


def test_a_resident_types_a_name_and_picks_a_suggestion(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("combobox").press_sequentially("boleslawiec w")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Bolesławiec")
    options.filter(has_text="powiat wieruszowski").click()
    expect(page).to_have_url(re.compile("/jst/101801$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Bolesławiec")


def test_everything_works_with_keys_alone(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Przejdź do treści")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    page.keyboard.type("hel")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/szukaj\?q=hel"))
    page.get_by_role("link", name="Hel", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hel")


def test_without_script_search_and_maps_still_serve(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("ostrowice")
    page.get_by_role("button", name="Szukaj").click()
    page.get_by_role("link", name="Ostrowice").first.click()
    expect(page.get_by_text("Jednostka zniesiona 1 stycznia 2019 r.")).to_be_visible()
    shown = open_page("/wskaznik/ludnosc?poziom=powiat", java_script_enabled=False)
    picture = shown.locator("img.map-picture")
    expect(picture).to_be_visible()
    assert "granice" in str(picture.get_attribute("src"))


def test_a_journalist_reads_a_map_and_its_ranking(open_page: Open) -> None:
    page = open_page("/wskaznik/ludnosc?poziom=powiat&mapa=kafelki")
    expect(page.locator("svg.map path[data-i]")).to_have_count(380)
    page.locator("svg.map path[data-i]").nth(100).hover()
    expect(page.locator(".map-told")).to_contain_text(": ")
    page.get_by_label("Rok na mapie").fill("2010")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Ludność: powiaty, 2010")
    page.get_by_label("Znajdź jednostkę").fill("gdynia")
    page.get_by_role("button", name="Znajdź").click()
    expect(page.locator("tr.ours")).to_contain_text("Gdynia")
    page.get_by_text("Pobierz lub osadź").first.click()
    code = page.locator("textarea.code").first.input_value()
    embedded = re.search('src="https?://[^/]+([^"]+)"', code)
    assert embedded is not None
    small = open_page(embedded[1])
    expect(small.get_by_text("Wydanie").first).to_be_visible()


def test_a_click_on_the_map_opens_the_unit(open_page: Open) -> None:
    page = open_page("/wskaznik/ludnosc?poziom=wojewodztwo")
    path = page.locator("svg.map path[data-i='0']")
    path.click()
    expect(page).to_have_url(re.compile(r"/jst/\d\d/wskaznik/ludnosc$"))


def test_the_language_switch_keeps_the_page(open_page: Open) -> None:
    page = open_page("/jst/1465")
    page.get_by_role("link", name="In English").click()
    expect(page).to_have_url(re.compile("/en/jst/1465$"))
    expect(page.get_by_text("city with powiat rights").first).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"


def test_an_officer_goes_from_unit_to_service_to_a_file(open_page: Open) -> None:
    page = open_page("/jst/1465")
    page.locator("table.places").get_by_role("link", name="Szkoły podstawowe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Szkoły podstawowe")
    page.get_by_role("link", name="Otwórz liczbę").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skąd ta liczba?")
    page = open_page("/jst/1465")
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert started.value.suggested_filename.startswith("smup-1465-")
    assert started.value.path().stat().st_size > 1000


def test_a_reader_without_script_compares_two_units(open_page: Open) -> None:
    page = open_page("/porownaj", java_script_enabled=False)
    for name in ("Gdynia", "Gdańsk"):
        page.locator("#dodaj").fill(name)
        page.get_by_role("button", name="Dodaj").click()
        page.locator("ul.hits").get_by_role("link", name=name, exact=True).or_(
            page.locator("ul.chips").get_by_role("link", name=name, exact=True)
        ).first.click()
        if "/porownaj" not in page.url:
            page.go_back()
    expect(page.locator("ul.chips li")).to_have_count(2)


def test_a_finger_tells_first_and_opens_then(open_page: Open) -> None:
    phone = {"width": 360, "height": 740}
    page = open_page(
        "/wskaznik/ludnosc?poziom=wojewodztwo", viewport=phone, has_touch=True, is_mobile=True
    )
    unit = page.locator("svg.map path[data-i='0']")
    unit.tap()
    expect(page.locator(".map-told")).to_contain_text("województwo dolnośląskie: ")
    assert "/wskaznik/ludnosc" in page.url
    unit.tap()
    expect(page).to_have_url(re.compile(r"/jst/02/wskaznik/ludnosc$"))


PICTURED = {
    "start": "/",
    "jednostka": "/jst/020101",
    "miasto": "/jst/1465",
    "zniesiona": "/jst/320304",
    "liczba": "/jst/1465/wskaznik/ludnosc",
    "wskaznik": "/wskaznik/saldo-migracji-na-1000",
    "obszar": "/obszar/edukacja",
    "pokrycie": "/pokrycie",
    "mapa-z-ustawieniami": "/wskaznik/ludnosc?poziom=powiat&klasy=jenks",
    "porownanie": "/porownaj?jst=020101,020102,1465&obszar=kontekst",
    "usluga": "/jst/1465/usluga/szkoly-podstawowe",
    "brak": "/jst/9999",
}


@pytest.mark.parametrize("name", PICTURED)
@pytest.mark.parametrize(("kind", "width"), [("telefon", 320), ("biurko", 1280)])
def test_no_page_scrolls_sideways(
    open_page: Open, screenshots: Path, name: str, kind: str, width: int
) -> None:
    page = open_page(PICTURED[name], viewport={"width": width, "height": 800})
    page.screenshot(path=screenshots / f"{name}-{kind}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_wide_comparison_fits_on_paper(open_page: Open) -> None:
    units = "020101,020102,1465,1261,0261,3063,2261,1061,3262,2463"
    page = open_page(f"/porownaj?jst={units}&obszar=kontekst")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 without its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    expect(page.locator("form").first).to_be_hidden()
    expect(page.get_by_text(f"/porownaj?jst={units}")).to_be_visible()


def test_paper_leaves_out_what_cannot_be_clicked(open_page: Open, screenshots: Path) -> None:
    page = open_page("/jst/020101")
    page.emulate_media(media="print")
    expect(page.get_by_role("search")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.screenshot(path=screenshots / "jednostka-wydruk.png", full_page=True)
