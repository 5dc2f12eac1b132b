"""The pages of the staff in a browser: axe finds nothing, nothing is wider than the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import LISTEN, seeded, serving
from tests.browser.test_accessibility import violations
from tests.helpers.site import site_home

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "/konto", "/konto/osoby", "/konto/dziennik", "/konto/poczta", "/konto/poczta/wzory",
    "/konto/prywatnosc", "/operacje", "/en/operacje", "/szkolenia/biuro",
    "/szkolenia/biuro/zgloszenia", "/szkolenia/biuro/zgody", "/szkolenia/biuro/szkolenia",
    "/szkolenia/biuro/szkolenia/nowe", "/szkolenia/biuro/pytania",
)  # fmt: skip
# An edition in full swing, and an administrator who has signed in: the session's key.
SEED = """
import json
from smup.web.config.server import migrate; migrate()
from django.utils import timezone
from tests.helpers.edition import run
from tests.helpers.people import person, signed_in
run(timezone.now())
print(json.dumps(signed_in(person("admin", email="ada@example.org")).session.session_key))
"""


@pytest.fixture(scope="module")
def site(
    built_home: Path, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The address of a server, and the session of an administrator."""
    home = site_home(built_home, tmp_path_factory.mktemp("staff"))
    session = seeded(SEED, home, root)
    with serving(home, root) as address:
        yield address, session


@pytest.fixture
def page(browser: Browser, site: tuple[str, str]) -> Iterator[Page]:
    """A page of the administrator; at the end the policy has refused nothing."""
    context = browser.new_context(
        locale="pl-PL", base_url=site[0], viewport={"width": 1000, "height": 800}
    )
    context.add_cookies([{"name": "smup-sesja", "value": site[1], "url": site[0]}])
    context.add_init_script(LISTEN)
    page = context.new_page()
    yield page
    assert page.evaluate("() => window.refused") == []
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_of_the_staff_are_accessible(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert page.url.endswith(address)
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    assert violations(page) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
