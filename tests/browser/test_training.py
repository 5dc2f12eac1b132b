"""The form and the contact person's pages in a browser: with script, without, on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LISTEN, seeded, serving
from tests.browser.test_accessibility import violations
from tests.helpers.site import site_home

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FORM = "/szkolenia/zgloszenie"
PUBLIC = (
    "/szkolenia/", "/szkolenia/zasady", "/szkolenia/harmonogram", "/szkolenia/dokumenty",
    "/szkolenia/pytania", "/szkolenia/pilotaz", "/szkolenia/certyfikat?kod=1",
    "/szkolenia/wolny-sluchacz", "/szkolenia/organizator/zmp", "/szkolenia/moje", FORM,
    "/en/szkolenia/", "/en/szkolenia/pytania",
)  # fmt: skip
SHOWN = ("qualified", "reserve", "offered", "agreement_sent", "in_training")
# An edition in full swing in the store of the server; links to the pages of its units.
SEED = """
import json
from smup.web.config.server import migrate; migrate()
from django.utils import timezone
from smup.training.actions.letters import PURPOSE, subject
from smup.accounts import links
from tests.helpers.edition import run
made = run(timezone.now())
print(json.dumps({s: links.issue(PURPOSE, subject(made.of(s)), 2, once=False) for s in %r}))
"""


@pytest.fixture(scope="module")
def site(
    built_home: Path, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a server with an edition, and a key for each status shown."""
    home = site_home(built_home, tmp_path_factory.mktemp("training"))
    told = seeded(SEED % (SHOWN,), home, root)
    with serving(home, root) as address:
        yield address, told


@pytest.fixture
def page(browser: Browser, site: tuple[str, dict[str, str]]) -> Iterator[Page]:
    """A page on a phone; at the end the policy has refused nothing."""
    context = browser.new_context(
        locale="pl-PL", base_url=site[0], viewport={"width": 360, "height": 740}
    )
    context.add_init_script(LISTEN)
    page = context.new_page()
    yield page
    assert page.evaluate("() => window.refused") == []
    context.close()


def no_findings(page: Page) -> None:
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    assert violations(page) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide), page.url


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_are_accessible(page: Page, address: str) -> None:
    page.goto(address)
    no_findings(page)


@pytest.mark.parametrize("status", SHOWN)
def test_the_contact_persons_page_is_accessible(
    page: Page, site: tuple[str, dict[str, str]], status: str
) -> None:
    page.goto(f"/szkolenia/moje?klucz={site[1][status]}")
    expect(page).to_have_url(f"{site[0]}/szkolenia/moje")
    no_findings(page)


def test_the_form_from_the_first_step_to_the_result(page: Page) -> None:
    page.goto(f"{FORM}?nowe=1")
    page.get_by_label("Jednostka samorządu").press_sequentially("warta boleslaw")
    expect(page.locator("#jst-wynik")).to_contain_text("Związek Miast Polskich")
    page.get_by_label("NIP jednostki").fill("111")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("10 cyfr")
    no_findings(page)
    page.get_by_label("NIP jednostki").fill("526 104 08 28")
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("Nazwa urzędu").fill("Urząd Gminy")
    page.get_by_label("Adres urzędu").fill("Warta 1, 59-720 Warta")
    page.get_by_label("Liczba osób zatrudnionych").press_sequentially("51")
    expect(page.locator("#liczba-osob")).to_contain_text("dokładnie 2 osoby")
    no_findings(page)
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("Imię i nazwisko").fill("Maria Wzorowa")
    page.get_by_label("Telefon").fill("22 555 00 00")
    page.get_by_label("E-mail służbowy").fill("maria@example.org")
    page.get_by_role("button", name="Dalej").click()
    for n in (1, 2):
        person = page.get_by_role("group", name=f"Uczestnik {n}")
        person.get_by_label("Imię").fill("Anna")
        person.get_by_label("Nazwisko").fill("Wzorowa")
        person.get_by_label("online").check()
        person.get_by_label("Obszar").select_option("edukacja")
    no_findings(page)
    page.get_by_role("button", name="Dalej").click()
    no_findings(page)
    page.get_by_label("Oświadczam").check()
    page.get_by_label("W imieniu jednostki akceptuję").check()
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Warta Bolesławiecka")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Warta Bolesławiecka")


def test_the_unit_is_chosen_without_script(
    browser: Browser, site: tuple[str, dict[str, str]]
) -> None:
    context = browser.new_context(base_url=site[0], java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{FORM}?nowe=1")
    page.get_by_label("Jednostka samorządu").fill("bolesławiec")
    page.get_by_label("NIP jednostki").fill("711 222 33 35")
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("Bolesławiec – gmina miejsko-wiejska").check()
    page.get_by_role("button", name="Dalej").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Urząd")
    context.close()
