"""Files of dane.gov.pl, fetched from a real server and read by the mapping of their source."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from smup.catalogue import CatalogueErrors, load_catalogue
from smup.fetch.fetcher import Fetcher
from smup.fetch.providers import Access, load_providers
from smup.ingest import run as ingest
from smup.sources.dane_gov import PROVIDER
from smup.sources.provider import Desk, Outcome
from smup.store.snapshots import Snapshots
from smup.store.tidy import read_table
from tests.contract.clock import VirtualClock
from tests.contract.dane_gov import BASE, NEWER, POPULATION, figure, gminas, table
from tests.contract.serving import ROOT, Serving
from tests.helpers import small_catalogue
from tests.helpers.country import country

TODAY, LATER = date(2026, 3, 2), date(2026, 3, 12)
SOURCE = """\
title: {{pl: Ludność gmin, en: Population of gminas}}
publisher: Urząd Zmyślony
licence: CC0
live:
  dane_gov: {{ludnosc.csv: {number}}}
files:
  - path: {path}
    dated: "2023-12-31"
    retrieved: 2020-01-01
    rows_at_least: 5
    separator: ";"
    encoding: cp1250
    year: 2023
    unit: {{columns: [{{header: TERYT}}], code: teryt6}}
    columns: [{{header: Ludność, variable: ludnosc}}]
"""


@pytest.fixture
def server() -> Iterator[Serving]:
    with Serving("tests.contract.dane_gov:DaneGov") as one:
        yield one


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    catalogue = small_catalogue.write(folder)
    (catalogue / "sources" / "rejestr.yaml").write_text(
        SOURCE.format(number=POPULATION, path="ludnosc.csv"), "utf-8"
    )
    (folder / "territory").mkdir()
    (folder / "territory" / "parts.csv").write_text("part,unit,what,name\n")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def door(home: Path, server: Serving, largest: int = 1_000_000) -> Fetcher:
    settings = load_providers(ROOT / "catalogue")["dane-gov"]
    settings = settings.model_copy(update={"largest": largest})
    access = Access("dane-gov", settings, server.address + BASE, None)
    return Fetcher(home, {"dane-gov": access}, VirtualClock(home))


def run(root: Path, home: Path, server: Serving, today: date = TODAY, **given: int) -> Outcome:
    with door(home, server, **given) as fetcher:
        at = Desk(root, home, load_catalogue(root / "catalogue"), country(), fetcher, today)
        return PROVIDER.run(at, lambda *_: None)


def landed(home: Path) -> dict[str, float]:
    held = read_table(home / "tables" / "rejestr.csv")
    assert set(held.variable) == {"ludnosc"}
    assert set(held.year.tolist()) == {2023}
    return dict(zip(held.unit, held.value.tolist(), strict=True))


EXPECTED = {code: float(figure(2023, code)) for code in gminas()}


def test_a_file_lands_under_the_digest_of_the_bytes_it_came_from(
    root: Path, home: Path, server: Serving
) -> None:
    outcome = run(root, home, server)
    assert (outcome.tables, outcome.unfinished) == (("rejestr",), "")
    assert landed(home) == EXPECTED
    meta = read_table(home / "tables" / "rejestr.csv").meta
    assert Snapshots(home / "snapshots").read(meta["sha256"][0]) == table()
    assert meta["retrieved"] == ("2026-03-01",)  # by the clock, not by the mapping


def test_resources_of_two_pages_are_told_once(root: Path, home: Path, server: Serving) -> None:
    outcome = run(root, home, server)
    (told,) = [one for one in outcome.findings if one.code == "nowy-zasob"]
    assert told.message.startswith(f"zbiór 872: 151 poza źródłami, najnowsze: {NEWER} „Zasób")


def test_nothing_is_asked_twice_and_an_unchanged_file_changes_nothing(
    root: Path, home: Path, server: Serving
) -> None:
    first = run(root, home, server)
    assert first.asked == 1 + 2 + 2  # the resource, its file by way of a redirect, two pages
    assert run(root, home, server).asked == 0
    server.change(etag=True)
    again = run(root, home, server, LATER)
    assert (again.asked, again.tables) == (5, ())


def test_a_plan_asks_nobody(root: Path, home: Path, server: Serving) -> None:
    with door(home, server) as fetcher:
        at = Desk(root, home, load_catalogue(root / "catalogue"), country(), fetcher, TODAY)
        plan = PROVIDER.plan(at)
        assert (plan.requests, fetcher.asked()) == (3, 0)
        assert str(POPULATION) in plan.steps[0].detail


def test_a_catalogue_without_resources_asks_nobody(
    tmp_path: Path, home: Path, server: Serving
) -> None:
    bare = tmp_path / "bare"
    small_catalogue.write(bare)
    assert run(bare, home, server) == Outcome("dane-gov", 0, (), ())


@pytest.mark.parametrize("fault", ["cut", "slow", "html", "500", "429"])
def test_a_file_that_comes_broken_is_asked_for_again(
    root: Path, home: Path, server: Serving, fault: str
) -> None:
    server.change(faults=[fault])
    assert run(root, home, server).unfinished == ""
    assert landed(home) == EXPECTED


def test_a_file_that_has_moved_is_found(root: Path, home: Path, server: Serving) -> None:
    server.change(faults=["400"])  # the resource is known after this run, its file is not
    assert "kod 400" in run(root, home, server).unfinished
    server.change(version=2, only_link=True)
    assert run(root, home, server).unfinished == ""
    assert landed(home) == EXPECTED


@pytest.mark.parametrize(
    ("settings", "code", "reason"),
    [
        ({"headers": ["TERYT", "Liczba ludności"]}, "zmieniony-naglowek", "Ludność"),
        ({"text": "TERYT;Ludność\r\n0201"}, None, "ludnosc.csv"),
        ({"shape": "dane"}, "brak-odpowiedzi", "zmieniony układ danych: data"),
        ({"redirects": 9}, "brak-odpowiedzi", "przekierowań jest więcej niż"),
        ({"elsewhere": "http://example.invalid"}, "brak-odpowiedzi", "nie należy do tej usługi"),
        ({"elsewhere": "file:///etc"}, "brak-odpowiedzi", "nie podaje adresu pliku"),
    ],
)
def test_what_cannot_be_read_leaves_the_old_table(
    root: Path,
    home: Path,
    server: Serving,
    settings: dict[str, object],
    code: str | None,
    reason: str,
) -> None:
    run(root, home, server)
    before = (home / "tables" / "rejestr.csv").read_bytes()
    server.change(**settings)
    outcome = run(root, home, server, LATER)
    errors = [one for one in outcome.findings if one.severity == "error"]
    assert outcome.tables == ()
    assert any(reason in one.message for one in errors)
    assert code is None or code in {one.code for one in errors}
    assert (home / "tables" / "rejestr.csv").read_bytes() == before


def test_a_file_larger_than_agreed_is_not_taken(root: Path, home: Path, server: Serving) -> None:
    server.change(text="TERYT;Ludność\r\n" + "020101;1\r\n" * 100_000)
    outcome = run(root, home, server, largest=200_000)
    assert "ponad 200000 bajtów" in outcome.unfinished
    assert not (home / "tables").exists()


def test_a_source_must_name_the_resource_of_every_file(root: Path) -> None:
    path = root / "catalogue" / "sources" / "rejestr.yaml"
    path.write_text(SOURCE.format(number=POPULATION, path="inny.csv"), "utf-8")
    with pytest.raises(CatalogueErrors, match="dane_gov podaje zasób każdego pliku"):
        load_catalogue(root / "catalogue")
    path.write_text(SOURCE.format(number=0, path="ludnosc.csv"), "utf-8")
    with pytest.raises(CatalogueErrors, match="dane_gov"):
        load_catalogue(root / "catalogue")


def test_a_folder_is_not_searched_for_files_that_are_fetched(root: Path, tmp_path: Path) -> None:
    catalogue = load_catalogue(root / "catalogue")
    places = (root / "data", tmp_path / "snapshots")
    assert ingest(None, tmp_path, catalogue, country(), *places) == []
    (report,) = ingest(["rejestr"], tmp_path, catalogue, country(), *places)
    assert [one.code for one in report.findings] == ["brak-pliku"]
