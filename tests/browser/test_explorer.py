"""The explorer in a browser: by keyboard, with suggestions, on a phone, and without script."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
OpenPage = Callable[..., Page]
ONE = "/analizy?wskaznik=ludnosc&jst=1465,1261&lata=2019-2024&kolumny=lata"


def test_a_question_is_put_together_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/analizy")
    page.locator("#dodaj-wskaznik").focus()
    page.keyboard.type("bezrobotni na 1000")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Bezrobotni na 1000")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("wskaznik=bezrobotni-na-1000-mieszkancow"))
    page.locator("#dodaj-jst").focus()
    page.keyboard.type("powiaty w mazowieckim")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("woj=14"))
    expect(page.get_by_role("heading", name=re.compile("powiaty"))).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Mediana")).to_be_visible()


def test_a_part_is_taken_away_without_a_new_page(open_page: OpenPage) -> None:
    page = open_page(ONE)
    page.evaluate("() => { window.same = true; }")
    page.get_by_role("link", name="usuń: Kraków").click()
    page.wait_for_url(lambda url: "1261" not in url)
    expect(page.get_by_role("heading", name="Ludność: Warszawa")).to_be_visible()
    assert page.evaluate("() => window.same") is True
    assert page.evaluate("() => document.activeElement.id") == "wynik"
    page.locator("#dodaj-jst").focus()  # suggestions still work
    page.keyboard.type("Płock")
    expect(page.get_by_role("option").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="usuń: Kraków")).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_years_show_at_once_and_a_picture_is_chosen(open_page: OpenPage) -> None:
    page = open_page(ONE)
    page.get_by_label("Które lata").select_option("wszystkie")
    page.wait_for_url(re.compile("lata=wszystkie"))
    page.get_by_role("link", name="linia", exact=True).click()
    page.wait_for_url(re.compile("obraz=linia"))
    expect(page.locator("svg.chart").first).to_be_visible()
    page.get_by_role("link", name="mapa", exact=True).click()
    page.wait_for_url(re.compile("obraz=mapa"))
    expect(page.locator("svg.map path[data-i]").first).to_be_attached()


def test_a_short_link_appears_on_the_page(open_page: OpenPage) -> None:
    page = open_page(ONE)
    page.get_by_role("button", name=re.compile("Stały")).click()
    field = page.get_by_label("Adres do skopiowania")
    expect(field).to_be_visible()
    assert page.url.endswith(ONE)
    short = field.input_value()
    page.goto(short)
    assert "wydanie=" in page.url
    expect(page.get_by_role("link", name="Warszawa", exact=True)).to_be_visible()


def test_a_refusal_is_read_on_the_page(open_page: OpenPage) -> None:
    page = open_page(ONE)
    page.locator("input[name=adres]").evaluate("(field) => { field.value = '/jst/1465'; }")
    page.get_by_role("button", name=re.compile("Stały")).click()
    expect(page.get_by_text("Nie ma czego zapisać")).to_be_visible()
    expect(page.get_by_role("link", name="Warszawa", exact=True)).to_be_visible()


def test_everything_works_without_script(open_page: OpenPage) -> None:
    page = open_page("/analizy", java_script_enabled=False)
    page.locator("#dodaj-wskaznik").fill("Ludność")
    page.get_by_role("button", name="Dodaj").first.click()
    page.locator("#dodaj-jst").fill("Bolesławiec")
    page.get_by_role("button", name="Dodaj").nth(1).click()
    page.get_by_role("link", name="Bolesławiec").first.click()
    expect(page.get_by_role("link", name="usuń: Bolesławiec")).to_be_visible()
    page.get_by_role("button", name=re.compile("Ruchomy")).click()
    expect(page.get_by_label("Adres do skopiowania")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_never_scrolls_sideways(open_page: OpenPage, width: int) -> None:
    for address in ("/analizy", ONE, ONE + "&obraz=linia", "/analizy?wskaznik=ludnosc&obraz=mapa"):
        page = open_page(address, viewport={"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_heads_of_a_long_table_stay_in_sight(open_page: OpenPage) -> None:
    page = open_page("/analizy?wskaznik=ludnosc&poziom=gmina&lata=2024")
    page.locator("#tabela").evaluate("(box) => box.scrollTo(0, 2000)")
    box = page.locator("#tabela").bounding_box()
    head = page.get_by_role("columnheader").first.bounding_box()
    assert box is not None
    assert head is not None
    assert abs(head["y"] - box["y"]) < 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [
        "/analizy",
        ONE + "&obraz=linia",
        "/en/analizy?wskaznik=ludnosc,gestosc-zaludnienia&woj=14&obraz=rozrzut",
        "/analizy?wskaznik=ludnosc&poziom=powiat&obraz=mapa",
        "/analizy?wskaznik=ludnosc&jst=1465,14,xx&lata=abc&obraz=rozrzut",
    ],
)
def test_axe_finds_nothing(open_page: OpenPage, address: str, scheme: str) -> None:
    page = open_page(address, color_scheme=scheme)
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
