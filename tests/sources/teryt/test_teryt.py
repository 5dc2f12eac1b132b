"""The register over SOAP, from a server that speaks as the contract says."""

import logging
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import zstandard

from smup.catalogue import Catalogue
from smup.fetch.errors import NotAsAgreed, Refused, Unreachable
from smup.fetch.fetcher import Fetcher
from smup.fetch.providers import access, load_providers
from smup.ingest import territory as builder
from smup.ingest.edition_store import EditionStore
from smup.ingest.terc import edition_of
from smup.sources.provider import Desk, Outcome
from smup.sources.teryt import PROVIDER
from smup.sources.teryt.service import Service
from smup.territory import load_territory
from tests.contract.clock import VirtualClock
from tests.contract.serving import Serving
from tests.contract.teryt import zipped
from tests.ingest.small_country import TERC_2022, write_data

DAY = date(2023, 1, 1)
TERC_2023 = TERC_2022.replace("2022-01-01", "2023-01-01").replace("Gajówka", "Gaj")
KEY = "jan:tajne-hasło"


@pytest.fixture
def server() -> Iterator[Serving]:
    settings = {"registers": {"2023-01-01": TERC_2023}, "password": "tajne-hasło"}
    with Serving("tests.contract.teryt:Teryt", settings) as running:
        yield running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    builder.build(write_data(tmp_path_factory.mktemp("data")), folder)
    return folder


def door(server: Serving, root: Path, home: Path, key: str = KEY) -> Fetcher:
    environ = {"SMUP_PROVIDER_TERYT": server.address, "SMUP_KEY_TERYT": key}
    providers = access(load_providers(root / "catalogue"), home, environ)
    home.mkdir(exist_ok=True)
    return Fetcher(home, providers, VirtualClock(home))


@pytest.fixture
def fetcher(server: Serving, root: Path, tmp_path: Path) -> Iterator[Fetcher]:
    with door(server, root, tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def desk(fetcher: Fetcher, made: Path, tmp_path: Path, catalogue: Catalogue) -> Desk:
    shutil.copytree(made, tmp_path / "territory")
    return Desk(tmp_path, tmp_path / "home", catalogue, load_territory(made), fetcher, DAY)


def run(desk: Desk) -> Outcome:
    return PROVIDER.run(desk, lambda stage, done, total: None)


def test_the_user_is_known(fetcher: Fetcher) -> None:
    assert Service(fetcher).logged_in()


def test_the_register_comes_as_it_is_and_is_asked_for_once(
    server: Serving, root: Path, tmp_path: Path
) -> None:
    for _ in range(2):  # the second process finds it kept
        with door(server, root, tmp_path / "home") as fetcher:
            found = Service(fetcher).catalogue(DAY)
            assert edition_of(found.name, found.content).units["140103"].name == "Gaj"
    assert found.content == zipped("TERC_2023-01-01", TERC_2023)
    assert sum(server.asked().values()) == 2  # the description and the register
    assert server.read("operations") == ["PobierzKatalogTERC"]


def test_a_wrong_password_is_refused_in_words_without_it(
    server: Serving, root: Path, tmp_path: Path
) -> None:
    with (
        door(server, root, tmp_path / "home", "jan:nie-to-hasło") as fetcher,
        pytest.raises(Refused, match=r"sprawdź użytkownika i hasło .*SMUP_KEY_TERYT") as error,
    ):
        Service(fetcher).catalogue(DAY)
    assert "nie-to-hasło" not in str(error.value)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("truncated", "urwany albo nie jest archiwum"),
        ("empty", "odpowiedź bez pliku katalogu"),
        ("strange", "odpowiedź bez pliku katalogu"),
        ("closed", "zamiast opisu usługi"),
    ],
)
def test_what_is_not_whole_is_asked_again_and_never_kept(
    server: Serving, fetcher: Fetcher, state: str, message: str
) -> None:
    server.change(state=state)
    with pytest.raises(NotAsAgreed, match=message):
        Service(fetcher).catalogue(DAY)
    server.change(state="whole")
    assert Service(fetcher).catalogue(DAY).content == zipped("TERC_2023-01-01", TERC_2023)


@pytest.mark.parametrize("state", ["truncated", "empty", "down"])
def test_a_passing_trouble_is_waited_out(server: Serving, fetcher: Fetcher, state: str) -> None:
    server.change(state=state, times=2)
    assert Service(fetcher).catalogue(DAY).content == zipped("TERC_2023-01-01", TERC_2023)


def test_a_service_that_is_down_is_given_up_in_words(server: Serving, fetcher: Fetcher) -> None:
    server.change(state="down")
    with pytest.raises(Unreachable, match="rejestr TERYT"):
        Service(fetcher).catalogue(DAY)


def test_a_sync_prepares_the_edition_and_leaves_the_active_one(server: Serving, desk: Desk) -> None:
    before = (desk.root / "territory/units.csv").read_bytes()
    assert PROVIDER.plan(desk).requests == 2
    outcome = run(desk)
    assert (outcome.asked, outcome.tables, outcome.unfinished) == (2, (), "")
    store = EditionStore(desk.root / "territory", desk.home)
    assert store.waiting() == [DAY]
    assert store.report(DAY)["renamed"] == [{"unit": "140103", "before": "Gajówka", "now": "Gaj"}]
    assert (desk.root / "territory/units.csv").read_bytes() == before
    # nothing more to do, nobody is asked
    assert PROVIDER.plan(desk).requests == 0
    assert run(desk).asked == 0


def test_killed_after_the_answer_nothing_is_asked_twice(server: Serving, desk: Desk) -> None:
    run(desk)
    shutil.rmtree(desk.home / "territory")  # killed before the edition was there
    assert run(desk).asked == 0
    assert EditionStore(desk.root / "territory", desk.home).waiting() == [DAY]


def test_a_register_that_cannot_follow_is_a_finding(server: Serving, desk: Desk) -> None:
    server.change(registers={"2023-01-01": TERC_2023.replace("14;02;;;ciechanowski", "14;09;;;x")})
    outcome = run(desk)
    assert [f.severity for f in outcome.findings] == ["error"]
    assert "nie leżą w żadnej innej" in outcome.findings[0].message
    assert EditionStore(desk.root / "territory", desk.home).held() == []


def test_without_a_key_it_says_how_to_go_on(
    server: Serving, root: Path, desk: Desk, tmp_path: Path
) -> None:
    with door(server, root, tmp_path / "home", "") as fetcher:
        bare = Desk(desk.root, desk.home, desk.catalogue, desk.territory, fetcher, DAY)
        assert "SMUP_KEY_TERYT" in run(bare).unfinished
        assert "smup territory next PLIK" in PROVIDER.plan(bare).notes[0]
    assert not server.asked()


def test_the_password_is_nowhere(
    server: Serving, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    run(desk)
    for folder, _, names in os.walk(desk.home):
        for name in names:
            content = Path(folder, name).read_bytes()
            assert "tajne-hasło".encode() not in content, name
            if name.endswith(".zst"):
                assert "tajne-hasło".encode() not in zstandard.decompress(content)
    assert "tajne-hasło" not in caplog.text
