"""The banner of invented figures as a reader meets it: always in sight, also on paper."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.conftest import serving
from tests.helpers.invented_site import invented_site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root, home = invented_site(tmp_path_factory.mktemp("demo"))
    with serving(home, root) as at:
        yield at


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(
        locale="pl-PL", base_url=address, viewport={"width": 1000, "height": 500}
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("where", ["/", "/jst/020101", "/wskaznik/ludnosc", "/metodologia"])
def test_it_stays_in_sight_to_the_end_of_the_page(page: Page, where: str) -> None:
    page.goto(where)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("window.scrollY") > 100
    box = page.locator(".synthetic").bounding_box()
    assert box is not None
    assert box["y"] == 0
    assert box["height"] >= 30
    on_top = page.evaluate("document.elementFromPoint(500, 10).closest('.synthetic') !== null")
    assert on_top


CLEAR_OF_THE_BANNER = """() => {
  const focused = document.activeElement;
  const above = focused.closest("header, .skip") !== null;
  const banner = document.querySelector(".synthetic").getBoundingClientRect();
  return above || focused.getBoundingClientRect().top >= banner.bottom;
}"""


def test_what_the_keyboard_reaches_is_not_below_it(page: Page) -> None:
    """Walking backwards from the end, every link comes to stand clear of the banner."""
    page.goto("/metodologia")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        page.wait_for_function(CLEAR_OF_THE_BANNER, timeout=5_000)  # scrolling takes a moment


@pytest.mark.parametrize(
    "where", ["/", "/jst/020101", "/wskaznik/ludnosc", "/en/pokrycie", "/nie-ma"]
)
def test_no_violations(page: Page, where: str) -> None:
    page.goto(where)
    found = Axe().run(page).response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_in_both_colour_schemes(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    found = Axe().run(page, context=".synthetic").response["violations"]
    assert [v["id"] for v in found] == []


@pytest.mark.parametrize(
    ("where", "words"),
    [("/metodologia", "DANE ZMYŚLONE"), ("/en/metodologia", "INVENTED DATA")],
)
def test_every_printed_page_says_it(page: Page, where: str, words: str) -> None:
    page.goto(where)
    printed = PdfReader(BytesIO(page.pdf(format="A5"))).pages
    assert len(printed) > 1
    assert all(words in sheet.extract_text() for sheet in printed)


def test_the_narrowest_screen_keeps_room_to_read(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 480})
    page.goto("/jst/020101")
    box = page.locator(".synthetic").bounding_box()
    assert box is not None
    assert box["height"] < 480 / 4
