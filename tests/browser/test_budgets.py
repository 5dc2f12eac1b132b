"""What a first visit weighs and how it settles: bytes as they come over the wire, by CDP."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import WITHOUT_MAP

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KB = 1000
# Told by the browser whenever something on the page moved without being asked to.
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


class Visit:
    """One first visit: bytes by kind of resource, headers included, and the sum of shifts."""

    def __init__(self, page: Page, address: str) -> None:
        self.bytes: Counter[str] = Counter()
        kinds: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        # As on a slow machine: what moves only there is seen too.
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})

        def answered(event: dict[str, Any]) -> None:
            kinds[event["requestId"]] = event["type"]

        def ended(event: dict[str, Any]) -> None:
            self.bytes[kinds.get(event["requestId"], "Other")] += event["encodedDataLength"]

        session.on("Network.responseReceived", answered)
        session.on("Network.loadingFinished", ended)
        page.add_init_script(SHIFTS)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        self.shifted = float(page.evaluate("() => window.shifted"))

    @property
    def whole(self) -> int:
        return sum(self.bytes.values())


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Page]:
    """A page in a profile that has seen nothing yet."""
    context = browser.new_context(locale="pl-PL", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", WITHOUT_MAP)
def test_a_page_without_a_map_weighs_at_most_80_kb(fresh: Page, server: str, address: str) -> None:
    visit = Visit(fresh, server + address)
    assert visit.whole <= 80 * KB, visit.bytes
    assert visit.bytes["Script"] <= 25 * KB
    assert visit.bytes["Stylesheet"] <= 12 * KB
    assert visit.shifted == 0


@pytest.mark.parametrize("address", ["/", "/wskaznik/ludnosc?poziom=powiat", "/analizy"])
def test_pages_with_maps_keep_script_and_style_small(
    fresh: Page, server: str, address: str
) -> None:
    visit = Visit(fresh, server + address)
    assert visit.bytes["Script"] <= 25 * KB
    assert visit.bytes["Stylesheet"] <= 12 * KB
    assert visit.shifted == 0
    assert visit.whole <= 230 * KB
