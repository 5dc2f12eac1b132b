"""A build on a cluster of worker processes: the same bytes, also when a worker is killed midway."""

import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from smup.build import BuildError, blocks, build_release, cluster
from smup.demo import build_demo
from smup.store.releases import Releases
from tests.helpers.invented import variable, write_invented
from tests.helpers.stored import all_bytes
from tests.helpers.tiny_root import SPIS, number, write_data, write_root


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    """Two worker processes of one thread; a nanny starts another when one dies."""
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",
    ) as made:
        yield made


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of one indicator, so that a small catalogue makes several tasks."""
    monkeypatch.setattr(blocks, "BLOCK", 1)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_root(tmp_path_factory.mktemp("root"))


def killing(victim: int, stage: str) -> Callable[[str, int, int], None]:
    """Progress that kills a worker with a block of ``stage`` in its hands.

    The worker is stopped before blocks are handed out, so it takes its share and finishes none;
    it is killed when the other one has brought back a block.
    """

    def progress(now: str, done: int, total: int) -> None:
        if now == stage and done == 0:
            assert total > 1
            os.kill(victim, signal.SIGSTOP)
        if now == stage and done == 1:
            os.kill(victim, signal.SIGKILL)

    return progress


def pids_of(workers: LocalCluster) -> list[int]:
    return [one.process.pid for one in workers.workers.values() if one.process]


def test_the_bytes_are_those_of_one_machine(
    root: Path, workers: LocalCluster, tmp_path: Path
) -> None:
    here = build_release(root, tmp_path / "here")
    there = build_release(root, tmp_path / "there", cluster=workers.scheduler_address)
    assert there.id == here.id
    assert all_bytes(tmp_path / "there") == all_bytes(tmp_path / "here")
    assert Releases(tmp_path / "there").verify() == ()


def test_the_invented_country_too(workers: LocalCluster, tmp_path: Path) -> None:
    root = write_invented(
        tmp_path / "root", variable("dzieci"), "dzieci: {of: ludnosc, rate: 0.2}\n"
    )
    build_demo(root, tmp_path / "here")
    build_demo(root, tmp_path / "there", cluster=workers.scheduler_address)
    assert all_bytes(tmp_path / "there") == all_bytes(tmp_path / "here")


@pytest.mark.parametrize("stage", [blocks.EVALUATING, blocks.RANKING])
def test_a_worker_killed_midway_changes_no_byte(
    root: Path, workers: LocalCluster, tmp_path: Path, stage: str
) -> None:
    build_release(root, tmp_path / "here")
    victim = pids_of(workers)[0]
    progress = killing(victim, stage)
    build_release(root, tmp_path / "there", progress, cluster=workers.scheduler_address)
    assert all_bytes(tmp_path / "there") == all_bytes(tmp_path / "here")
    assert victim not in pids_of(workers)


def test_a_cluster_left_without_workers_fails_in_words_and_the_old_release_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, home = write_root(tmp_path / "root"), tmp_path / "home"
    old, before = build_release(root, home), all_bytes(home)
    write_data(root / "data", [*SPIS, number("ludnosc", "020103", 2022, 5)])
    monkeypatch.setattr("smup.store.cluster.PATIENCE", 0.5)
    with (
        LocalCluster(n_workers=0, processes=True, dashboard_address=":0") as empty,
        pytest.raises(BuildError, match="nie ma żadnego robotnika"),
    ):
        build_release(root, home, cluster=empty.scheduler_address)
    assert all_bytes(home) == before
    assert Releases(home).current_id() == old.id
    assert not list((home / "releases").glob(".tmp-*"))


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A scheduler in a process of its own, with one worker, and its address."""
    told = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "dask"]
    helper = [*command, "worker", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    helper += ["--local-directory", str(tmp_path / "worker")]
    alone = [*command, "scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address"]
    with (
        subprocess.Popen([*alone, ":0", "--scheduler-file", str(told)]) as one,
        subprocess.Popen([*helper, "--scheduler-file", str(told)]) as worker,
    ):
        with Client(scheduler_file=str(told), timeout=60) as client:
            client.wait_for_workers(1, timeout=60)
        try:
            yield one, json.loads(told.read_text())["address"]
        finally:
            one.kill()
            worker.kill()


def test_a_scheduler_that_dies_midway_fails_in_words_and_the_old_release_serves(
    tmp_path: Path,
    scheduler: tuple[subprocess.Popen[bytes], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    process, address = scheduler
    root, home = write_root(tmp_path / "root"), tmp_path / "home"
    old, before = build_release(root, home), all_bytes(home)
    write_data(root / "data", [*SPIS, number("ludnosc", "020103", 2022, 5)])
    monkeypatch.setattr("smup.store.cluster.PATIENCE", 1.0)

    def progress(now: str, done: int, total: int) -> None:
        if now == blocks.EVALUATING and done == 1:
            assert total > 1
            process.kill()

    with pytest.raises(BuildError, match=r"Klaster Dask.*dotychczasowe nadal działa"):
        build_release(root, home, progress, cluster=address)
    assert all_bytes(home) == before
    assert Releases(home).current_id() == old.id
    assert not list((home / "releases").glob(".tmp-*"))


def test_no_scheduler_at_the_address_is_told(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smup.store.cluster.CONNECTING", 0.3)
    with pytest.raises(BuildError, match="nie odpowiada planista"):
        build_release(root, tmp_path, cluster="tcp://127.0.0.1:9")


def test_a_worker_that_does_not_see_the_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"nie widzi folderu .*SMUP_HOME"):
        cluster.work(str(tmp_path / "elsewhere"), "evaluate", (0, 1))


def test_a_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / cluster.DESK).write_bytes(pickle.dumps(({"numpy": "1.0"}, None, None, {})))
    with pytest.raises(BuildError, match=r"ma numpy .*, a budujący 1\.0"):
        cluster.work(str(tmp_path), "evaluate", (0, 1))


def test_a_build_on_one_machine_never_imports_dask(root: Path, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nimport smup.cli\n"
        "from smup.build import build_release\n"
        "build_release(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print({'dask', 'distributed', 'fsspec'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"
