"""Chromium against the real server: one process of granian for all tests of a session."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.helpers.site import site_home

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERVER = (
    "import os, sys; from pathlib import Path; os.environ['SMUP_HOME'] = sys.argv[2]; "
    "from smup.web.config.server import migrate, serve; migrate(); "
    "serve('127.0.0.1', int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))"
)
PATIENCE = 120_000  # ms for whatever is waited for: the machine is shared, and speed is benched
# Told by the page itself whenever the policy refuses something, before any other script runs.
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(event.violatedDirective + " " + event.blockedURI));
"""


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def server(built_home: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a store of its own."""
    with serving(site_home(built_home, tmp_path_factory.mktemp("browser")), root) as address:
        yield address


@contextmanager
def serving(home: Path, root: Path) -> Iterator[str]:
    """The address of a server on the store ``home``, which ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port), str(home), str(root)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"SMUP_HOSTS": "127.0.0.1"},
    )
    try:
        assert process.stdout is not None
        # the server may have something to say before it is ready
        assert any("http://localhost" in line for line in process.stdout)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()


def seeded(code: str, home: Path, root: Path) -> Any:
    """What ``code`` prints, as JSON, after it has filled the database of ``home`` in a process of
    its own; before the server starts, whose worker would take part in it."""
    named = {
        "SMUP_HOME": str(home),
        "SMUP_ROOT": str(root),
        "DJANGO_SETTINGS_MODULE": "smup.web.config.settings",
        "PYTHONPATH": str(root),
    }
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | named,
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(told.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens an address in a fresh context; at the end nothing was refused, nothing went abroad."""
    contexts = []
    abroad: list[str] = []
    pages: list[Page] = []

    def note(url: str) -> None:
        if not url.startswith((server, "data:", "about:")):
            abroad.append(url)

    def open_one(address: str, **options: Any) -> Page:
        context = browser.new_context(locale="pl-PL", **options)
        contexts.append(context)
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.on("request", lambda request: note(request.url))
        page.goto(server + address)
        page.wait_for_load_state("networkidle")
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        if page.context.pages and page.evaluate("() => window.refused !== undefined"):
            assert page.evaluate("() => window.refused") == []
    assert abroad == []
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def screenshots(root: Path) -> Path:
    """Pictures for people to look at; they are compared with nothing."""
    folder = Path(os.environ.get("SMUP_HOME", root / "var")) / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
