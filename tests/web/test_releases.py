"""Pages of releases: list, contents, changes, an earlier one seen as a whole, a day asked for."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from django.test.client import Client

from smup.store.releases import Release, Releases
from smup.store.revisions import changed_cells, revisions
from tests.web.pages import words_beside_pictures

pytestmark = pytest.mark.xdist_group("site")


def words(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return words_beside_pictures(answer.content.decode())


def test_the_only_release_is_listed_with_what_it_holds(client: Client, release: Release) -> None:
    listed = client.get("/wydania").content.decode()
    assert f'href="/wydania/{release.id}"' in listed
    page = client.get(f"/wydania/{release.id}").content.decode()
    assert release.manifest["catalogue"] in page
    for source in release.sources:
        for file in source["files"]:
            assert file["sha256"] in page
    for link in re.findall(r'href="(/files/[^"]+)"', page):
        answer = client.get(link)
        assert answer.status_code == 200, link
        answer.close()


def test_a_release_that_is_not_there(client: Client, release: Release) -> None:
    for address in (
        "/wydania/nie-ma",
        f"/wydania/{release.id}/2020-01-01-00000000",
        "/?wydanie=nie-ma",
        "/jst/1465?wydanie=2020-01-01-00000000",
        "/en/wydania/" + "9" * 300,
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert f'/wydania/{release.id}"' in answer.content.decode()


def test_the_release_that_serves_may_be_named(client: Client, release: Release) -> None:
    html = client.get(f"/jst/1465?wydanie={release.id}").content.decode()
    assert "nie bieżące" not in html


def test_what_changed_is_what_the_core_found(
    client: Client, store: tuple[str, str], two: tuple[Path, str, str]
) -> None:
    earlier, later = store
    assert "Nowe wartości" in words(client, f"/wydania/{earlier}/{later}")
    rows = list(csv.DictReader(io.StringIO(_text(client, f"/wydania/{earlier}/{later}.csv"))))
    cells = {(r["indicator"], r["unit"], int(r["year"])): r for r in rows}
    diff = Releases(two[0]).diff(earlier, later)
    known = {(c.indicator, c.unit, c.year) for c in diff.cells}
    assert known <= set(cells)
    revised = cells["ludnosc", "020101", 2022]
    assert float(revised["after"]) == 112.0
    assert (
        "/jst/020101/wskaznik/ludnosc" in client.get(f"/wydania/{earlier}/{later}").content.decode()
    )


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return b"".join(answer.streaming_content).decode()


def test_the_same_release_twice_says_the_same(client: Client, release: Release) -> None:
    assert "mówią to samo" in words(client, f"/wydania/{release.id}/{release.id}")


def test_an_earlier_release_is_seen_as_a_whole(client: Client, store: tuple[str, str]) -> None:
    earlier, later = store
    now = words(client, "/jst/020101/wskaznik/ludnosc")
    page = client.get(f"/jst/020101/wskaznik/ludnosc?wydanie={earlier}")
    then = page.content.decode()
    assert "112" in now
    assert "Oglądasz wydanie" in then
    assert earlier in then
    own = re.findall(
        r'<a (?!data-leave)[^>]*href="(/(?!wydania|en/wydania|files|static|api)[^"#]*)', then
    )
    assert own
    assert all(f"wydanie={earlier}" in unescape(link) for link in own), own
    assert f'<input type="hidden" name="wydanie" value="{earlier}">' in then
    assert 'name="robots" content="noindex"' in then
    leave = re.search(r'<a data-leave href="([^"]+)"', then)
    assert leave is not None
    assert leave[1] == "/jst/020101/wskaznik/ludnosc"
    assert later in then


def test_what_is_new_stands_on_the_start_page(client: Client, store: tuple[str, str]) -> None:
    earlier, later = store
    start = client.get("/").content.decode()
    assert f"/wydania/{earlier}/{later}" in start
    assert "Co nowego w tym wydaniu" in start
    assert "Co nowego" not in client.get(f"/?wydanie={earlier}").content.decode()


def test_a_single_release_has_no_news(client: Client) -> None:
    assert "Co nowego" not in client.get("/").content.decode()


def test_a_day_finds_its_release(client: Client, release: Release) -> None:
    assert "nie było jeszcze żadnego wydania" in words(client, "/wydania?dzien=1999-01-01")
    found = client.get("/wydania?dzien=2999-01-01").content.decode()
    assert f'href="/?wydanie={release.id}"' in found
    for wrong in ("wczoraj", "2026-13-40", "<b>", "9" * 500):
        assert "nie jest dniem" in words(client, f"/wydania?dzien={wrong}")


def test_revisions_against_plain_cells(two: tuple[Path, str, str]) -> None:
    """The summary by arrays and the list by cells count the same things."""
    store = Releases(two[0])
    old, new = store.open(two[1]).indicators, store.open(two[2]).indicators
    cells = list(changed_cells(old, new))
    for one in revisions(old, new):
        own = [c for c in cells if c[0] == one.indicator]
        assert one.appeared == sum(c[3] is None and c[4] is not None for c in own)
        assert one.revised == sum(None not in (c[3], c[4]) for c in own)
        assert one.years == tuple(
            year
            for year in new.years
            if any(new.cell(one.indicator, year, u)[0] is not None for u in new.units)
            and not (
                year in old.years
                and any(old.cell(one.indicator, year, u)[0] is not None for u in old.units)
            )
        )
