"""Charts by mouse and keyboard; the small page in a foreign frame; what is printed."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGE = "/jst/1465/wskaznik/ludnosc"
Opening = Callable[..., Page]


def test_arrows_move_between_years_and_tell_all_series(open_page: Opening) -> None:
    page = open_page(PAGE)
    plot = page.locator(".plot", has=page.locator("#trend-t"))
    plot.focus()
    told = plot.locator(".told")
    expect(told).to_be_empty()
    page.keyboard.press("End")
    expect(told).to_contain_text("2024: Warszawa 1 863 845 os.; mediana grupy")
    page.keyboard.press("ArrowLeft")
    expect(told).to_contain_text("2022: Warszawa")
    page.keyboard.press("Home")
    expect(told).to_contain_text("1995: Warszawa Brak danych")
    page.keyboard.press("Escape")
    expect(told).to_be_empty()


def test_a_chart_is_one_stop_of_the_tab_key_with_a_name(open_page: Opening) -> None:
    page = open_page(PAGE)
    plot = page.locator(".plot", has=page.locator("#trend-t"))
    expect(plot).to_have_attribute("tabindex", "0")
    expect(plot).to_have_attribute("role", "group")
    name = plot.get_attribute("aria-label") or ""
    assert name.startswith("Warszawa: między 2002 a 2024 r.")
    plot.focus()
    page.keyboard.press("Tab")
    assert not plot.evaluate("(e) => e.contains(document.activeElement)")


def test_pointing_tells_the_nearest_mark_inside_the_window(open_page: Opening) -> None:
    page = open_page(PAGE, viewport={"width": 360, "height": 740})
    plot = page.locator(".plot", has=page.locator("#trend-t"))
    plot.locator("g.c-told").last.hover()
    told = plot.locator(".told")
    expect(told).to_contain_text("2024: Warszawa 1 863 845 os.; mediana grupy")
    box = told.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_the_code_to_embed_names_this_site(open_page: Opening, server: str) -> None:
    page = open_page(PAGE)
    code = page.locator("textarea.code").first.input_value()
    assert code.startswith(f'<iframe src="{server}/osadz/')


def test_without_script_words_and_files_are_there(open_page: Opening) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    assert page.locator(".plot[tabindex]").count() == 0
    figure = page.locator("figure", has=page.locator("#trend-t"))
    figure.locator("summary", has_text="Pobierz lub osadź").click()
    expect(figure.get_by_role("link", name="liczby CSV")).to_be_visible()


@pytest.fixture
def foreign(server: str) -> Iterator[str]:
    """A site of its own that frames the small page and, below it, the whole page."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            to = f"{server}/osadz/trend?jst=1465&amp;wskaznik=ludnosc"
            self.wfile.write(f'<iframe src="{to}"></iframe><iframe src="{server}{PAGE}">'.encode())

        def log_message(self, *_: object) -> None:
            pass

    site = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}/"
    site.shutdown()
    site.server_close()


def test_another_site_can_frame_the_small_page_and_no_other(browser: Browser, foreign: str) -> None:
    page = browser.new_page()
    page.goto(foreign)
    page.wait_for_load_state("networkidle")
    small, whole = page.frames[1], page.frames[2]
    expect(small.locator("svg.chart")).to_be_visible()
    assert "chrome-error" in whole.url
    page.close()


def test_paper_shows_the_chart_and_not_its_tools(open_page: Opening) -> None:
    page = open_page(PAGE)
    page.emulate_media(media="print")
    expect(page.locator("#trend-t").locator("..")).to_be_visible()
    for hidden in (".take", ".figure .data"):
        assert not page.locator(hidden).first.is_visible()
