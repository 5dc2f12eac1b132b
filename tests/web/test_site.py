"""The pages around the figures: site maps, robots, texts, API documentation, heads of pages."""

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test.client import Client

from smup.store.releases import Release
from tests.web.pages import MAIN, in_english

pytestmark = pytest.mark.xdist_group("site")
# Served beside the described API: the description itself, and pictures the portal draws.
UNDESCRIBED = ("/api/v1/openapi.json", "/api/v1/charts/trend.svg")
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
# The ids of the statement, by the technical conditions of the ministry (version 2.0 of 31.07.2024)
STATEMENT = re.findall(
    r"\S+",
    """
    a11y-wstep a11y-podmiot a11y-url a11y-data-publikacja a11y-data-aktualizacja a11y-status
    a11y-tresci-niedostepne a11y-wylaczenia a11y-data-sporzadzenie a11y-data-przeglad
    a11y-wykonawca-badania a11y-audytor a11y-kontakt a11y-osoba a11y-email a11y-telefon
    a11y-procedura a11y-aplikacje a11y-architektura a11y-deklaracja
    """,
)


def test_the_site_map_leads_to_every_unit_and_indicator(
    client: Client, release: Release, sqlite: dict[str, Any]
) -> None:
    index = ET.fromstring(client.get("/sitemap.xml").content)
    parts = [loc.text or "" for loc in index.findall("s:sitemap/s:loc", NAMES)]
    found: list[str] = []
    for part in parts:
        assert part.startswith("http://localhost/sitemap-")
        listed = ET.fromstring(client.get(part.removeprefix("http://localhost")).content)
        urls = [loc.text or "" for loc in listed.findall("s:url/s:loc", NAMES)]
        assert 0 < len(urls) < 50_000
        found += urls
    assert len(found) == len(set(found))
    for unit in release.territory:
        assert f"http://localhost/jst/{unit.code}" in found
        assert f"http://localhost/en/jst/{unit.code}" in found
    for one in release.catalogue.shown:
        assert f"http://localhost/wskaznik/{one.id}" in found
    assert {f"http://localhost{prefix}/szkolenia/" for prefix in ("", "/en")} <= set(found)
    for address in [*found[:60], *found[60::401]]:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    told = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost/sitemap.xml" in told
    assert "Disallow: /\n" not in told


@pytest.mark.parametrize("address", [*MAIN, *map(in_english, MAIN)])
def test_a_head_names_the_page_in_both_languages(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    path = address.split("?")[0]
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
    assert canonical == [f"http://localhost{path}"]
    others = dict(re.findall(r'<link rel="alternate" hreflang="([a-z-]+)" href="([^"]+)">', html))
    polish = path.removeprefix("/en") or "/"
    assert set(others) == {"pl", "en", "x-default"}
    assert others["pl"] == others["x-default"] == f"http://localhost{polish}"
    assert others["en"].rstrip("/") == f"http://localhost/en{polish}".rstrip("/")


def test_titles_and_descriptions_tell_pages_apart(client: Client) -> None:
    """Of pages about different things no two have the same title or description."""
    addresses = [a for a in MAIN if "?" not in a and a != "/szukaj"]
    for pattern in (r"<title>([^<]+)</title>", r'name="description" content="([^"]+)"'):
        told = [re.findall(pattern, client.get(a).content.decode())[0] for a in addresses]
        twice = {one for one in told if told.count(one) > 1}
        assert not {a for a, one in zip(addresses, told, strict=True) if one in twice}, pattern


@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_accessibility_statement_has_every_part(client: Client, lang: str) -> None:
    html = client.get(f"{lang}/deklaracja-dostepnosci").content.decode()
    for name in STATEMENT:
        assert html.count(f'id="{name}"') == 1, name
        assert not re.search(rf'id="{name}"[^>]*>\s*<', html) or name in (
            "a11y-tresci-niedostepne",
            "a11y-wstep",
        ), name
    for day in re.findall(r'<time [^>]*datetime="([^"]+)"', html):
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)


@pytest.mark.parametrize("lang", ["", "/en"])
def test_examples_of_the_api_work_and_cover_it(client: Client, lang: str) -> None:
    html = client.get(f"{lang}/api").content.decode()
    links = {
        link.replace("&amp;", "&") for link in re.findall(r'href="(/(?:api|files)/[^"]+)"', html)
    }
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        answer.close()
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    told = {link.split("?")[0] for link in links}
    documented = (
        "areas",
        "services",
        "indicators",
        "units",
        "data",
        "compare",
        "changes",
        "groups",
    )
    assert {f"/api/v1/{name}" for name in (*documented, "releases", "trace", "frontier")} <= told
    for path in told:
        if path.startswith("/api/v1/") and path not in UNDESCRIBED:
            assert any(re.fullmatch(re.sub(r"{\w+}", "[^/]+", known), path) for known in paths), (
                path
            )


@pytest.mark.parametrize("address", ["/o-serwisie", "/prywatnosc", "/mapa-strony", "/api"])
def test_texts_stand_in_both_languages(client: Client, address: str) -> None:
    polish, english = (client.get(a).content.decode() for a in (address, "/en" + address))
    assert len(polish) > 3000
    assert re.findall("<h2", polish) == re.findall("<h2", english)
