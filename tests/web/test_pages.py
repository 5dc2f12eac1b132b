"""Pages hold together: they answer, are well formed, and every link on them leads somewhere."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test.client import Client

from smup.store.releases import Release
from tests.web.pages import MAIN, in_english

pytestmark = pytest.mark.xdist_group("site")
BOTH = [*MAIN, *(in_english(address) for address in MAIN)]
VOID = {"meta", "link", "input", "img", "br", "hr"}


class Page(HTMLParser):
    """Collects ids, links and headings; fails on a tag closed out of order or a twin id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.headings: list[int] = []
        self.styled: list[str] = []
        self.described: set[str] = set()
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> at line {self.getpos()}"

    def _attributes(self, tag: str, attributes: dict[str, str | None]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if name := attributes.get("id"):
            assert name not in self.ids, f"id {name} stands twice"
            self.ids.add(name)
        if tag == "a" and (href := attributes.get("href")):
            self.links.add(href)
        if "style" in attributes or any(name.startswith("on") for name in attributes):
            self.styled.append(tag)
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.described.update((attributes.get(name) or "").split())


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("address", BOTH)
def test_a_page_is_well_formed(client: Client, address: str) -> None:
    html = read(client, address)
    page = Page(html)
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps), page.headings
    assert page.described <= page.ids
    assert page.styled == []
    assert "<script>" not in html
    assert f'<html lang="{"en" if address.startswith("/en") else "pl"}">' in html
    assert re.search(r"<title>[^<]{5,}</title>", html)
    assert re.search(r'<meta name="description" content="[^"]{20,}">', html)
    told = set(re.findall(r"[A-Za-z-]+", re.sub(r"<[^>]+>", " ", html)))
    assert not told & {"None", "nan", "inf"}


def internal_links(client: Client) -> Iterator[str]:
    for address in MAIN:
        page = Page(read(client, address))
        for link in page.links:
            if link.startswith("#"):
                assert link[1:] in page.ids, f"{address}: {link}"
            elif link.startswith("/"):
                yield link
            else:
                assert link.startswith("mailto:"), f"{address} leads out: {link}"


@pytest.mark.parametrize("address", MAIN)
def test_english_pages_stay_in_english(client: Client, address: str) -> None:
    """The same links as in Polish, below /en/; files and the API have one address."""
    polish, english = (Page(read(client, a)).links for a in (address, in_english(address)))
    faces = ("/api/v1/", "/api/1.0.0/", "/pxweb/", "/sdmx/", "/ogc", "/catalog.", "/harvest.")
    one_for_both = ("/files/", *faces, "#", "mailto:")
    questions = {link for link in polish | english if "/szukaj?q=" in link}  # in the reader's words
    polish, english = polish - questions, english - questions
    shared = {link for link in polish | english if link.startswith(one_for_both)}
    in_both = {"/en" + link for link in polish if not link.startswith("/en") and link not in shared}
    left = {link for link in polish if link.startswith("/en")}  # to the other language
    assert english - in_both - shared == {link.removeprefix("/en") or "/" for link in left}


def test_every_internal_link_resolves(
    client: Client, release: Release, sqlite: dict[str, Any]
) -> None:
    """Links to units are held against the register, as there are thousands; others are opened."""
    broken = []
    for link in sorted({link.split("#")[0] for link in internal_links(client)} - {""}):
        if unit := re.fullmatch(r"(?:/en)?/jst/(\w+)(?:/wskaznik/([a-z0-9-]+))?(?:\?.*)?", link):
            assert unit[1] in release.territory.units, link
            assert unit[2] is None or unit[2] in release.catalogue.indicators, link
            continue
        if link.endswith((".pdf", "/metodologia/calosc")):
            continue  # everything at once: they have tests of their own
        if re.match(r"/files/latest/(smup|csv/|xlsx/|parquet/)", link):
            continue  # made when asked for, by another process: tests/web/test_bulk.py
        if "/raporty/plik." in link:
            continue  # made in the same way: tests/web/test_report_builder.py
        response = client.get(link)
        if response.status_code != 200:
            broken.append((link, response.status_code))
        response.close()
    assert broken == []


def test_pages_about_numbers_ask_no_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db.backends.base.base import BaseDatabaseWrapper

    def refuse(self: object) -> None:
        raise AssertionError("a page about numbers opened the database")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)
    for address in [*MAIN, "/api/v1/data?indicator=ludnosc&unit=1465", "/readyz", "/nie-ma"]:
        client.get(f"{address}{'&' if '?' in address else '?'}bez-pamieci=1")


def test_strings_used_in_templates_exist() -> None:
    from smup.telling.strings import strings
    from smup.web import portal

    templates = list((Path(portal.__file__).parent / "templates").rglob("*.html"))
    used = {name for t in templates for name in re.findall(r"\bt\.([a-z_]+)", t.read_text())}
    assert len(templates) > 10
    assert used <= set(strings("pl"))


def test_every_string_differs_in_english_or_is_a_name() -> None:
    from smup.telling.strings import strings

    polish, english = strings("pl"), strings("en")
    same = {key for key in polish if polish[key] == english[key]}
    assert same <= {
        "api",
        "report_alt_histogram",
        "report_builder_place",
        "report_by_powiat",
        *(f"report_form_{form}" for form in ("docx", "html", "odt", "pdf", "pptx", "xlsx")),
        "chart_fit",
        "comparator_powiat",
        "explorer_download_xlsx",
        "map",
        "quality_decided",
        "site_short",
    }
