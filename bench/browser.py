"""What a reader waits for: the portal as served, in a headless Chromium, read over CDP.

Requests a second are counted for one page from the cache against the trivial page of the same
server, in turns, by a client of plain sockets on the same cores.
"""

import http.client
import shutil
import socket
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.figure import Figure
from bench.serving import served, store_of_its_own

ROUNDS = 5
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
UNIT, MAP = "/jst/1465", "/wskaznik/ludnosc?poziom=gmina&mapa=granice"
CONNECTIONS, SECONDS = 8, 2.0
# Milliseconds from the order to the second frame that shows it, and of them those in which the
# page could do nothing else before the first. The order is given between frames.
CHANGE_YEAR = """
() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
  const slider = document.querySelector("input[type=range]");
  const start = performance.now();
  let script = 0;
  document.querySelector("[data-map]").addEventListener("mapshown", () => {
    script = performance.now() - start;
    requestAnimationFrame(() => requestAnimationFrame(() =>
      done([performance.now() - start, script])));
  }, {once: true});
  slider.value = String(Number(slider.value) - 1);
  slider.dispatchEvent(new Event("input", {bubbles: true}));
})))
"""
# Told by the page itself: asking it again and again would slow what is measured.
NOTE_DRAWN = """
new MutationObserver((_, watch) => {
  if (document.querySelectorAll(".map [data-i]").length < 2000) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.drawnAt = performance.now(); }));
}).observe(document, {childList: true, subtree: true});
"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
DRAWN = "() => window.drawnAt"


def measure() -> list[Figure]:
    """Nothing where there is no Chromium on the machine."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as name, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        with served(store_of_its_own(Path(name)), port) as site:
            figures = [_throughput(site)]
            if chromium is not None:
                figures += _in_browser(chromium, site)
    return figures


def _in_browser(chromium: str, site: str) -> list[Figure]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        paints = [_paint(browser, site + UNIT) for _ in range(ROUNDS)]
        drawings, years = [], []
        for _ in range(ROUNDS):
            drawn, changed = _map(browser, site + MAP)
            drawings.append(drawn)
            years.append(changed)
        browser.close()
    frame = statistics.median(change[0] for change in years)
    script = statistics.median(change[1] for change in years)
    return [
        Figure("browser.unit_painted", round(statistics.median(paints)), "ms", 300.0),
        Figure("browser.gmina_map_drawn", round(statistics.median(drawings)), "ms", 600.0),
        Figure("browser.map_year", round(frame, 1), "ms", 60.0),
        Figure("browser.map_year_script", round(script, 1), "ms", 8.0),
    ]


def _paint(browser: Browser, address: str) -> float:
    """First contentful paint in a fresh profile, in milliseconds."""
    context = browser.new_context()
    page = _opened(context, address)
    page.goto(address)
    page.wait_for_function(PAINTED)
    found = float(page.evaluate(PAINTED))
    context.close()
    return found


def _opened(context: BrowserContext, address: str) -> Page:
    """A window that stands on the site already: starting a browser is not what is measured."""
    page = context.new_page()
    site = urlsplit(address)
    page.goto(f"{site.scheme}://{site.netloc}/healthz")
    return page


def _map(browser: Browser, address: str) -> tuple[float, tuple[float, float]]:
    """Milliseconds until all gminas are drawn; then those of a change of year at hand."""
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    page = _opened(context, address)
    page.add_init_script(NOTE_DRAWN)
    page.goto(address, wait_until="commit")
    page.wait_for_function(DRAWN)
    drawn = float(page.evaluate(DRAWN))
    page.wait_for_load_state("networkidle")
    _change(page)  # fetches the year before; the next change has its values at hand
    page.wait_for_load_state("networkidle")
    changed = _change(page)
    context.close()
    return drawn, changed


def _change(page: Page) -> tuple[float, float]:
    frame, script = page.evaluate(CHANGE_YEAR)
    return float(frame), float(script)


def _throughput(site: str) -> Figure:
    """A page from the cache against the trivial page of the same server, in turns."""
    rates: dict[str, list[float]] = {UNIT: [], "/healthz": []}
    for path in rates:
        _rate(site, path, 0.5)
    for _ in range(3):
        for path, found in rates.items():
            found.append(_rate(site, path, SECONDS))
    ours, trivial = (statistics.median(rates[path]) for path in (UNIT, "/healthz"))
    return Figure(
        "browser.requests_per_second",
        round(ours),
        "1/s",
        1000.0,
        better="higher",
        detail={
            "what": f"{UNIT} from the cache, {CONNECTIONS} connections, client on the same cores",
            "trivial": round(trivial),
            "of_trivial": round(ours / trivial, 2),
        },
    )


def _rate(site: str, path: str, seconds: float) -> float:
    """Answers a second over connections that are kept."""
    end = time.perf_counter() + seconds
    host = urlsplit(site).netloc

    def ask() -> int:
        connection, count = http.client.HTTPConnection(host), 0
        while time.perf_counter() < end:
            connection.request("GET", path, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            count += 1
        connection.close()
        return count

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        asked = [pool.submit(ask) for _ in range(CONNECTIONS)]
        return sum(one.result() for one in asked) / seconds
