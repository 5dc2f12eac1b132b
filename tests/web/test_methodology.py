"""Methodology pages: linked from and to the figures, complete, printable, also as a file."""

import io
import re
import threading
from pathlib import Path

import pytest
from django.test.client import Client
from pypdf import PdfReader

from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.store.releases import Release
from smup.web.portal.printed import Printer
from tests.web.test_pages import Page, read

pytestmark = pytest.mark.xdist_group("site")


def test_the_index_leads_to_every_definition(client: Client, release: Release) -> None:
    page = Page(read(client, "/metodologia"))
    shown = [i.id for i in release.catalogue.indicators.values() if i.is_shown]
    assert {f"/metodologia/wskaznik/{i}" for i in shown} <= page.links
    assert {f"/metodologia/usluga/{s}" for s in release.catalogue.services} <= page.links
    assert {f"wskaznik-{i}" for i in shown} <= page.ids
    for status in (s for s in Status if s >= FIRST_GAP):
        assert f"brak-{status.name.lower().replace('_', '-')}" in page.ids


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_a_definition_is_sound(client: Client, release: Release, prefix: str) -> None:
    catalogue = release.catalogue
    pages = [f"wskaznik/{i.id}" for i in catalogue.indicators.values() if i.is_shown][::5]
    pages += [f"usluga/{service}" for service in catalogue.services][::5]
    for name in pages:
        page = Page(read(client, f"{prefix}/metodologia/{name}"))
        assert page.headings[0] == 1
        assert set(page.headings[1:]) == {2}, name
        assert page.described <= page.ids
        assert page.styled == []
        assert f"{prefix}/{name}" in page.links, name
        assert all(link[1:] in page.ids for link in page.links if link.startswith("#"))


def test_cards_and_methodology_lead_to_each_other(client: Client) -> None:
    there = "/metodologia/wskaznik/gestosc-zaludnienia"
    assert there in Page(read(client, "/wskaznik/gestosc-zaludnienia")).links
    assert there in Page(read(client, "/jst/1465/wskaznik/gestosc-zaludnienia")).links
    assert "/wskaznik/gestosc-zaludnienia" in Page(read(client, there)).links
    service = "/metodologia/usluga/szkoly-podstawowe"
    assert service in Page(read(client, "/usluga/szkoly-podstawowe")).links
    assert "/usluga/szkoly-podstawowe" in Page(read(client, service)).links


def test_a_gap_leads_to_its_reason(client: Client) -> None:
    explained = Page(read(client, "/metodologia")).ids
    for address in ("/jst/320304", "/jst/120713/wskaznik/ludnosc"):
        reasons = {
            link.partition("#")[2]
            for link in Page(read(client, address)).links
            if link.startswith("/metodologia#")
        }
        assert "brak-not-existing" in reasons
        assert reasons <= explained


def test_the_page_answers_both_questions(client: Client) -> None:
    html = read(client, "/metodologia/wskaznik/gestosc-zaludnienia")
    assert '<p class="answer">Dzielimy „ludność” przez „powierzchnia w hektarach”' in html
    assert '<p class="answer"><strong>Tak.</strong> ' in html
    assert "<mfrac>" in html


def test_unknown_definitions_are_not_found_and_near_ones_named(client: Client) -> None:
    response = client.get("/metodologia/wskaznik/gestosc-zaludnieni")
    assert response.status_code == 404
    assert "Gęstość zaludnienia" in response.content.decode()
    assert client.get("/metodologia/usluga/nie-ma").status_code == 404


def test_the_whole_is_one_page_with_anchors(client: Client, release: Release) -> None:
    page = Page(read(client, "/metodologia/calosc"))
    shown = [i.id for i in release.catalogue.indicators.values() if i.is_shown]
    assert {f"wskaznik-{i}" for i in shown} <= page.ids
    anchors = {link[1:] for link in page.links if link.startswith("#")}
    assert anchors <= page.ids
    assert len(anchors) > len(shown)
    assert page.styled == []
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)


def test_styles_stay_small(root: Path) -> None:
    import brotli

    folder = root / "src" / "smup" / "web" / "portal" / "static" / "portal"
    sizes = [len(brotli.compress(f.read_bytes(), quality=9)) for f in folder.glob("*.css")]
    assert sum(sizes) <= 12_000


@pytest.mark.nightly
def test_the_file_is_made_once_and_names_the_release(client: Client, release: Release) -> None:
    for _ in range(30):  # each request waits a few seconds for it
        response = client.get("/metodologia.pdf")
        if response.status_code == 200:
            break
        assert response.status_code == 202
        assert int(response["Retry-After"]) > 0
    content = b"".join(response.streaming_content)
    response.close()
    reader = PdfReader(io.BytesIO(content))
    first = re.sub(r"\s+", " ", reader.pages[0].extract_text())
    assert release.id in first
    again = client.get("/metodologia.pdf", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_a_slow_file_is_awaited_once(tmp_path: Path) -> None:
    begin, calls = threading.Event(), []

    def make() -> bytes:
        calls.append(1)
        begin.wait(30)
        return b"ready"

    printer, path = Printer(patience=0.01), tmp_path / "a" / "x.pdf"
    assert not printer.ready(path, make)
    assert not printer.ready(path, make)
    begin.set()
    assert Printer(patience=30).ready(path, lambda: b"ready")
    printer.patience = 30
    assert printer.ready(path, make)
    assert path.read_bytes() == b"ready"
    assert len(calls) == 1


def test_a_failed_file_is_tried_again(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise ChildProcessError("nie da się złożyć")

    printer, path = Printer(), tmp_path / "x.pdf"
    with pytest.raises(ChildProcessError):
        printer.ready(path, fail)
    assert not path.exists()
    assert printer.ready(path, lambda: b"now")


def test_files_of_other_releases_give_way(tmp_path: Path) -> None:
    printer = Printer()
    for name in ("old.pdf", "new.pdf"):
        assert printer.ready(tmp_path / name, lambda: b"x")
    assert [one.name for one in tmp_path.iterdir()] == ["new.pdf"]
