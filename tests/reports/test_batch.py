"""Reports of all units: the same folder however often it was begun, whoever fails or dies."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from multiprocessing import active_children
from pathlib import Path

import pytest

from smup.reports.batch import LOCK, BatchError, Done, Job, Task, units_of, write_all
from smup.reports.cache import program
from smup.reports.crew import Cluster, Processes, work_afar
from smup.reports.definition import Definition, Kind
from smup.reports.manifest import NAME, Manifest
from smup.store.files import locked
from smup.store.releases import Release
from smup.territory import Level, Unit

WITHIN = "1801"  # the powiat bieszczadzki
UNITS = ("1801", "180103", "180105", "180108")  # it and its three gminas
FORMS = ("html", "xlsx")
FILES = len(UNITS) * len(FORMS)


@pytest.fixture(scope="module")
def units(release: Release) -> tuple[Unit, ...]:
    return units_of(release, Kind.PROFILE, WITHIN)


def job_for(home: Path, release: Release, out: Path) -> Job:
    base = Definition(kind=Kind.PROFILE, units=(WITHIN,))
    return Job(str(home), release.id, base, FORMS, str(out))


Run = Callable[[Path], Done]


@pytest.fixture
def run(built_home: Path, release: Release, units: tuple[Unit, ...]) -> Run:
    def run(out: Path, progress: Callable[[str, int, int], None] | None = None) -> Done:
        return write_all(job_for(built_home, release, out), units, Processes(1), progress)

    return run


@pytest.fixture(scope="module")
def written(
    built_home: Path,
    release: Release,
    units: tuple[Unit, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder of a batch that nothing happened to. Not to be changed."""
    out = tmp_path_factory.mktemp("whole")
    done = write_all(job_for(built_home, release, out), units, Processes(1))
    assert (done.written, done.kept, done.failures) == (FILES, 0, ())
    return out


@pytest.fixture(scope="module")
def whole(written: Path) -> dict[str, bytes]:
    return files_in(written)


@pytest.fixture
def out(written: Path, tmp_path: Path) -> Path:
    """A folder in which everything is written already."""
    return shutil.copytree(written, tmp_path / "out")


def files_in(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != LOCK}


def rows_in(out: Path) -> list[dict[str, str]]:
    with (out / NAME).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_are_the_units_of_today_each_once(release: Release) -> None:
    found = units_of(release, Kind.UNIT)
    assert len(found) == 2793
    levels = [unit.levels for unit in found]
    assert sum(Level.GMINA in of_one for of_one in levels) == 2479
    assert sum(of_one == (Level.GMINA, Level.POWIAT) for of_one in levels) == 66
    assert sum(of_one == (Level.POWIAT,) for of_one in levels) == 314


def test_an_indicator_is_written_of_by_wojewodztwo(release: Release) -> None:
    assert len(units_of(release, Kind.INDICATOR)) == 16


def test_a_comparison_of_all_is_refused(release: Release) -> None:
    with pytest.raises(BatchError, match="wymień jednostki"):
        units_of(release, Kind.COMPARISON)


def test_the_manifest_describes_what_is_there(whole: dict[str, bytes], release: Release) -> None:
    rows = list(csv.DictReader(whole[NAME].decode().splitlines()))
    assert {row["file"] for row in rows} == set(whole) - {NAME}
    assert [row["file"] for row in rows] == sorted(row["file"] for row in rows)
    assert {row["unit"] for row in rows} == set(UNITS)
    for row in rows:
        content = whole[row["file"]]
        assert (int(row["size"]), row["sha256"]) == (len(content), sha256(content).hexdigest())
        assert (row["release"], row["problem"]) == (release.id, "")


def test_what_is_there_is_not_written_again(run: Run, whole: dict[str, bytes], out: Path) -> None:
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("*.html")}
    done = run(out)
    assert (done.written, done.kept) == (0, FILES)
    assert {path.name: path.stat().st_mtime_ns for path in out.glob("*.html")} == times
    assert files_in(out) == whole


def test_what_was_damaged_or_lost_is_written_again(
    run: Run, whole: dict[str, bytes], out: Path
) -> None:
    lost, torn, *_ = sorted(out.glob("*.html"))
    lost.unlink()
    torn.write_bytes(torn.read_bytes()[:-1] + b"!")
    done = run(out)
    assert (done.written, done.kept) == (2, FILES - 2)
    assert files_in(out) == whole


def test_killed_midway_and_run_again_it_is_the_same(
    built_home: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    arguments = ["--kind", "profile", "--all", "--within", WITHIN, "--processes", "1"]
    arguments += ["--format", ",".join(FORMS), "--out", str(tmp_path)]
    command = [sys.executable, "-c", "from smup.cli import main; main()", "report", *arguments]
    environment = os.environ | {"SMUP_HOME": str(built_home)}
    with subprocess.Popen(command, env=environment) as process:
        while process.poll() is None and len(Manifest(tmp_path).rows) < 2:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        process.kill()
    begun = rows_in(tmp_path)
    assert process.returncode == -signal.SIGKILL
    assert 2 <= len(begun) < FILES
    (tmp_path / ".draft-torn").write_bytes(b"half a file")
    with (tmp_path / NAME).open("a", encoding="utf-8") as file:
        file.write("half a li")
    again = subprocess.run(
        [*command, "--json"], env=environment, capture_output=True, text=True, check=True
    )
    told = json.loads(again.stdout)
    assert (told["written"], told["kept"]) == (FILES - len(begun), len(begun))
    assert files_in(tmp_path) == whole


def test_a_unit_that_fails_stops_nobody_and_is_tried_again(
    run: Run, whole: dict[str, bytes], out: Path
) -> None:
    first, *_, last = sorted(name for name in whole if name != NAME)
    for name in (first, last):
        (out / name).unlink()
    (out / first).mkdir()  # a file cannot take its place
    done = run(out)
    assert (done.written, done.kept) == (1, FILES - 2)
    assert [one.file for one in done.failures] == [first]
    (row,) = [row for row in rows_in(out) if row["problem"]]
    assert (row["file"], row["sha256"]) == (first, "")
    (out / first).rmdir()
    done = run(out)
    assert (done.written, done.kept, done.failures) == (1, FILES - 1, ())
    assert files_in(out) == whole


def test_a_process_that_dies_takes_no_unit_along(
    run: Run, whole: dict[str, bytes], tmp_path: Path
) -> None:
    killed: list[int] = []

    def progress(_: str, done: int, total: int) -> None:
        if done == 1 and not killed:
            (child,) = active_children()
            killed.append(child.pid or 0)
            child.kill()

    done = run(tmp_path, progress)
    assert killed
    assert (done.written, done.failures) == (FILES, ())
    assert files_in(tmp_path) == whole


def test_an_interruption_ends_the_processes_and_keeps_what_is_done(
    built_home: Path, release: Release, run: Run, units: tuple[Unit, ...], tmp_path: Path
) -> None:
    def progress(_: str, done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, progress)
    assert active_children() == []
    first = units[:1]
    assert [row["unit"] for row in rows_in(tmp_path)] == [first[0].code] * len(FORMS)
    done = write_all(job_for(built_home, release, tmp_path), first, Processes(1))
    assert (done.written, done.kept) == (0, len(FORMS))


def test_two_batches_do_not_write_to_one_folder(run: Run, tmp_path: Path) -> None:
    with locked(tmp_path / LOCK, wait=False), pytest.raises(BatchError, match="inny proces"):
        run(tmp_path)


def test_another_definition_writes_anew(
    built_home: Path, release: Release, units: tuple[Unit, ...], out: Path
) -> None:
    job = job_for(built_home, release, out)
    english = replace(job, base=job.base.model_copy(update={"lang": "en"}))
    done = write_all(english, units[:1], Processes(1))
    assert (done.written, done.kept) == (len(FORMS), 0)


def test_a_worker_of_another_program_or_without_the_folder_says_so(
    built_home: Path, release: Release, tmp_path: Path
) -> None:
    job, task = job_for(built_home, release, tmp_path), Task(WITHIN, FORMS)
    with pytest.raises(BatchError, match="nie widzi folderu"):
        work_afar(job, program(), task)
    (tmp_path / LOCK).touch()
    with pytest.raises(BatchError, match="inne wydanie programu"):
        work_afar(job, "another", task)


@pytest.fixture
def scheduler() -> Iterator[str]:
    """The address of a scheduler with one worker process."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as made:
        yield made.scheduler_address


def test_a_cluster_writes_the_same(
    built_home: Path,
    release: Release,
    units: tuple[Unit, ...],
    whole: dict[str, bytes],
    scheduler: str,
    tmp_path: Path,
) -> None:
    done = write_all(job_for(built_home, release, tmp_path), units, Cluster(scheduler))
    assert done.written == FILES
    assert files_in(tmp_path) == whole


def test_no_scheduler_is_told(
    built_home: Path,
    release: Release,
    units: tuple[Unit, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("smup.store.cluster.CONNECTING", 0.3)
    with pytest.raises(BatchError, match="nie odpowiada planista"):
        write_all(job_for(built_home, release, tmp_path), units, Cluster("tcp://127.0.0.1:9"))
