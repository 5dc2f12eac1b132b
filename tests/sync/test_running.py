"""Runs against a real service: what is noted, what is built, what goes on after a stop."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from smup.build import build_release
from smup.panel import Status
from smup.sources.national import published
from smup.sources.national.published import Line
from smup.store.pending import Pending
from smup.store.releases import Releases
from smup.store.tidy import read_table
from smup.sync.journal import Journal, SyncBusy
from smup.sync.running import run
from tests.contract.clock import VirtualClock
from tests.contract.serving import ROOT, Serving
from tests.sync.small import Small, small_root

PLACE = "tests.sync.small:Service"


@dataclass
class Scene:
    root: Path
    home: Path
    service: Serving

    @property
    def journal(self) -> Journal:
        return Journal(self.home)

    def figures(self) -> dict[tuple[str, int], float]:
        table = read_table(self.home / "tables" / "rejestr.nowe.csv")
        return dict(
            zip(zip(table.unit, table.year.tolist(), strict=True), table.value, strict=True)
        )


WANTED = {("020101", 2023): 120.0, ("020102", 2023): 60.0, ("0261", 2023): 910.0}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """root/ and home/ with a release that serves."""
    folder = tmp_path_factory.mktemp("built")
    build_release(small_root(folder / "root", ("rejestr", "spis")), folder / "home")
    return folder


@pytest.fixture
def scene(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    shutil.copytree(built, tmp_path / "all", symlinks=True)
    root, home = tmp_path / "all" / "root", tmp_path / "all" / "home"
    with Serving(PLACE) as service, Serving(PLACE) as other:
        monkeypatch.setenv("SMUP_PROVIDER_REJESTR", service.address)
        monkeypatch.setenv("SMUP_PROVIDER_SPIS", other.address)
        yield Scene(root, home, service)


def test_a_run_writes_tables_and_leaves_a_release_waiting(scene: Scene) -> None:
    before = Releases(scene.home).current_id()
    done = run(scene.root, scene.home, [Small()])
    assert done.state(alive=False) == "done"
    assert scene.figures() == WANTED
    (part,) = done.parts
    assert (part.asked, part.planned, part.tables) == (3, 3, ("rejestr.nowe",))
    assert part.findings == {"warning": 1}
    assert Pending(scene.home).ids() == (done.release,)
    assert Releases(scene.home).current_id() == before
    assert scene.journal.last() == done
    after = Pending(scene.home).open(done.release)
    assert after.indicators.cell("ludnosc", 2023, "0261")[0] == 910.0


def test_a_run_without_news_asks_nothing_and_builds_nothing(scene: Scene) -> None:
    first = run(scene.root, scene.home, [Small()])
    again = run(scene.root, scene.home, [Small()])
    assert (again.asked, again.release, again.parts[0].tables) == (0, "", ())
    assert scene.service.asked().total() == 3
    assert Pending(scene.home).ids() == (first.release,)
    Pending(scene.home).approve(first.release, "operator")
    assert run(scene.root, scene.home, [Small()]).release == ""
    assert Pending(scene.home).ids() == ()


def test_every_run_holds_the_newest_figures_against_the_national_ones(scene: Scene) -> None:
    people = scene.root / "catalogue" / "indicators" / "kontekst" / "ludnosc.yaml"
    people.write_text(people.read_text("utf-8") + "smup: [{id: 16, kinds: [gmina]}]\n", "utf-8")
    theirs = [
        Line("ludnosc", unit, 2023, 16, 1, value, Status.OBSERVED, 0)
        for unit, value in (("020101", 121.0), ("020102", 60.0))
    ]
    published.write(scene.home, [("source", "smup")], theirs)
    done = run(scene.root, scene.home, [Small()])
    (told,) = done.differences  # of the release that waits: the one that serves has no 2023
    assert "1 z 2 porównanych wartości" in told
    assert "krajowa 121, nasza 120" in told
    theirs[0] = Line("ludnosc", "020101", 2023, 16, 1, 120.0, Status.OBSERVED, 0)
    published.write(scene.home, [("source", "smup")], theirs)
    assert run(scene.root, scene.home, [Small()]).differences == ()


def test_a_refused_release_is_not_offered_again_until_something_changes(scene: Scene) -> None:
    first = run(scene.root, scene.home, [Small()])
    Pending(scene.home).refuse(first.release, "operator", "sprawdzamy")
    assert run(scene.root, scene.home, [Small()]).release == ""
    table = scene.root / "data" / "spis.csv"
    table.write_text(table.read_text("utf-8").replace(",110,", ",111,"), "utf-8")
    assert run(scene.root, scene.home, [Small()]).release != ""


def test_a_failure_names_the_request_and_the_next_source_goes_on(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMUP_KEY_REJESTR", "tajny-klucz-123")
    scene.service.change(refusing=True)
    done = run(scene.root, scene.home, [Small(), Small("spis")])
    refused, other = done.parts
    assert f"GET {scene.service.address}/figures/0" in refused.failure
    assert "SMUP_KEY_REJESTR" in refused.failure
    assert other.succeeded
    assert done.state(alive=False) == "failed"
    noted = next((scene.home / "sync" / "runs").iterdir()).read_text("utf-8")
    assert "tajny-klucz" not in noted
    scene.service.change(refusing=False)
    assert run(scene.root, scene.home, [Small()]).state(alive=False) == "done"
    assert scene.figures() == WANTED


def test_a_fault_of_a_provider_is_told_without_its_text(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(Small):
        def run(self, desk: object, progress: object) -> object:
            raise KeyError("tajny-klucz-123")

    done = run(scene.root, scene.home, [Faulty(), Small("spis")])
    assert "KeyError, test_running.py:" in done.parts[0].failure
    assert "tajny" not in done.model_dump_json()
    assert done.parts[1].succeeded
    assert "nieoczekiwany błąd" in caplog.text


def test_a_spent_quota_leaves_the_run_unfinished_and_the_next_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, home = small_root(tmp_path / "root", limit=2), tmp_path / "home"
    (tmp_path / "clock").mkdir()
    clock = VirtualClock(tmp_path / "clock")
    with Serving(PLACE) as service:
        monkeypatch.setenv("SMUP_PROVIDER_REJESTR", service.address)
        begun = clock.now()
        done = run(root, home, [Small()], patience=60, clock=clock)
        (part,) = done.parts
        assert done.state(alive=False) == "unfinished"
        assert (part.asked, part.tables, done.release) == (2, (), "")
        assert "dalej od" in part.unfinished
        # two at once, the third when the first is 900 seconds old
        assert part.forecast == (begun + timedelta(seconds=900)).isoformat()
        waits = []
        done = run(
            root,
            home,
            [Small()],
            clock=clock,
            waiting=lambda provider, until: waits.append(provider),
        )
        assert done.state(alive=False) == "done"
        assert waits == ["rejestr"]
        assert service.asked().total() == 3
        assert timedelta(seconds=899) < clock.now() - begun < timedelta(seconds=902)


@pytest.mark.parametrize(
    ("sent", "state"), [(signal.SIGTERM, "stopped"), (signal.SIGINT, "stopped"),
                        (signal.SIGKILL, "broken")]
)  # fmt: skip
def test_a_run_that_was_ended_goes_on_where_it_was(
    scene: Scene, sent: signal.Signals, state: str
) -> None:
    scene.service.change(hanging=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sync.runner", str(scene.root), str(scene.home)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "second\n"
    last = scene.journal.last()
    assert last is not None
    assert last.state(scene.journal.alive()) == "running"
    with pytest.raises(SyncBusy, match=str(process.pid)):
        run(scene.root, scene.home, [Small()])
    os.kill(process.pid, sent)
    process.communicate(timeout=30)
    last = scene.journal.last()
    assert last is not None
    assert last.state(scene.journal.alive()) == state
    if sent is not signal.SIGKILL:
        assert process.returncode == 130
        assert last.asked >= 1
    scene.service.change(hanging=False)
    assert run(scene.root, scene.home, [Small()]).state(alive=False) == "done"
    assert scene.figures() == WANTED
    # the answer on its way when the run ended is the only one asked for again
    assert scene.service.asked() == {"GET /figures/0": 1, "GET /figures/1": 2, "GET /figures/2": 1}


def test_what_could_not_be_built_is_built_by_the_next_run(scene: Scene) -> None:
    table = scene.root / "data" / "spis.csv"
    whole = table.read_bytes()
    table.write_bytes(whole[:40])
    done = run(scene.root, scene.home, [Small()])
    table.write_bytes(whole)
    assert done.release == ""
    assert "spis" in done.trouble
    assert done.state(alive=False) == "failed"
    done = run(scene.root, scene.home, [Small()])
    assert (done.asked, done.trouble) == (0, "")
    assert Pending(scene.home).ids() == (done.release,)


def test_what_cannot_be_read_is_noted_and_said(scene: Scene) -> None:
    file = scene.root / "catalogue" / "providers.yaml"
    file.write_text("rejestr: {", "utf-8")
    with pytest.raises(ValueError, match=r"providers\.yaml"):
        run(scene.root, scene.home, [Small()])
    last = scene.journal.last()
    assert last is not None
    assert last.state(alive=False) == "failed"
    assert "providers.yaml" in last.trouble


def test_a_torn_file_of_the_journal_is_left_out(scene: Scene) -> None:
    done = run(scene.root, scene.home, [Small()])
    (scene.home / "sync" / "runs" / "29990101T000000000000Z.json").write_bytes(b"{")
    assert scene.journal.last() == done
