"""axe-core finds nothing on any kind of page, everything open, light, dark and on paper."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "/",
    "/szukaj?q=boleslawiec",
    "/szukaj?q=qqqq",
    "/jst/1465",
    "/jst/02",
    "/jst/320304",
    "/jst/1465/wskaznik/ludnosc",
    "/jst/020101/wskaznik/gestosc-zaludnienia/liczba",
    "/jst/02/wskaznik/ludnosc/liczba?rok=2024",
    "/jst/1465/usluga/szkoly-podstawowe",
    "/porownaj?jst=020101,020102,1465&obszar=kontekst",
    "/obszar/edukacja",
    "/usluga/szkoly-podstawowe",
    "/wskaznik/ludnosc?poziom=powiat",
    "/wskaznik/saldo-migracji-na-1000",
    "/pokrycie",
    "/jakosc",
    "/jakosc/skok-wartosci",
    "/wydania",
    "/metodologia",
    "/metodologia/slownik",
    "/metodologia/usluga/szkoly-podstawowe",
    "/metodologia/wskaznik/gestosc-zaludnienia",
    "/api",
    "/api/jak-podlaczyc",
    "/api/opis",
    "/deklaracja-dostepnosci",
    "/prywatnosc",
    "/o-serwisie",
    "/mapa-strony",
    "/obszar/kontekst",
    "/szukaj?q=bezrobocie+w+Gdyni",
    "/szukaj?q=najwi%C4%99ksze+bezrobocie",
    "/wydania?dzien=2999-01-01",
    "/jst/1465/podobne",
    "/raporty",
    "/raporty?rodzaj=comparison&jst=020101,020102",
    "/raporty?rodzaj=state&jst=020101",
    "/jst/1465/zmiany",
    "/grupy",
    "/porownaj",
    "/wskaznik/ludnosc?rok=2050",
    "/nie-ma",
    "/jst/9999",
    "/en/jst/1465",
    "/ogc",
    "/ogc/api",
    "/ogc/collections/gminy/items?indicator=ludnosc&limit=20",
    "/ogc/collections/gminy/items?lang=en&bbox=1",
)


def violations(page: Page, options: dict[str, list[str]] | None = None) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]} ({len(v['nodes'])})" for v in found]


COLOURS = {"runOnly": ["color-contrast"]}


@pytest.mark.parametrize("address", PAGES)
def test_no_violations(open_page: Callable[..., Page], address: str) -> None:
    """In the light with everything unfolded; then the colours of the dark and of paper."""
    page = open_page(address)
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []
    page.emulate_media(media="print")
    assert violations(page, COLOURS) == []


def test_no_violations_with_open_suggestions_and_tables(open_page: Callable[..., Page]) -> None:
    page = open_page("/jst/1465/wskaznik/ludnosc")
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    page.wait_for_load_state("networkidle")
    page.get_by_role("combobox").fill("hel")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
