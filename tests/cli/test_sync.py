"""`smup sync` and the approval of releases, as a person or a script meets them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from smup.build import build_release
from smup.cli import cli
from smup.cli.context import Places, places
from smup.store.pending import Pending
from smup.store.releases import Releases
from smup.sync.journal import Journal
from tests.contract.serving import ROOT, Serving
from tests.sync.registered import small_registry
from tests.sync.small import small_root


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli-sync")
    build_release(small_root(folder / "root"), folder / "home")
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store with one release; the commands find it and its small repository."""
    shutil.copytree(built / "home", tmp_path / "home", symlinks=True)
    for name in ("home", "releases", "catalogue", "territory", "release"):
        places.__dict__.pop(name, None)
    monkeypatch.setenv("SMUP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(Places, "root", built / "root")
    with small_registry(), Serving("tests.sync.small:Service") as service:
        monkeypatch.setenv("SMUP_PROVIDER_REJESTR", service.address)
        yield tmp_path / "home"
    for name in ("home", "releases", "catalogue", "territory", "release"):
        places.__dict__.pop(name, None)


def told(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == code, done.output
    return done


def answer(*arguments: str, code: int = 0) -> Any:
    return json.loads(told(*arguments, "--json", code=code).stdout)


def test_a_plan_costs_nothing(home: Path) -> None:
    plan = answer("sync", "--dry-run")
    assert [(one["source"], one["requests"]) for one in plan["plans"]] == [("rejestr", 3)]
    assert "rejestr: 3 zapytania" in told("sync", "rejestr", "--dry-run").stdout
    assert Journal(home).last() is None
    assert not (home / "tables").exists()


def test_a_run_then_its_status_then_approval(home: Path) -> None:
    before = Releases(home).current_id()
    done = answer("sync")
    assert (done["state"], done["asked"]) == ("done", 3)
    release = done["release"]
    assert Pending(home).ids() == (release,)
    status = answer("sync", "status")
    (source,) = status["sources"]
    assert (source["requests"], source["tables"], source["newest_year"]) == (0, 1, 2023)
    assert source["quota"][-1]["left"] == 997  # of a quarter of an hour; a second passes too soon
    assert source["retry"] == "smup sync rejestr"
    assert "najnowszy rok: 2023" in told("sync", "status").stdout
    listed = {one["id"]: one for one in answer("release", "list")}
    assert listed[release]["pending"]
    assert not listed[before]["pending"]
    assert f"? {release}" in told("release", "list").stdout
    shown = told("release", "approve", release, "--dry-run").stdout
    assert "źródła z nowymi plikami: rejestr" in shown
    assert Releases(home).current_id() == before
    approved = answer("release", "approve", release, "--why", "sprawdzone")
    assert approved["before"] == before
    assert Releases(home).current_id() == release
    assert Pending(home).decisions()[0].why == "sprawdzone"
    assert told("release", "approve", release, code=2).stderr.startswith("smup: Wydanie")


def test_a_release_is_refused_with_a_reason(home: Path) -> None:
    release = answer("sync")["release"]
    assert "--why" in told("release", "refuse", release, code=2).stderr
    assert told("release", "refuse", release, "--why", "do sprawdzenia").exit_code == 0
    assert Pending(home).ids() == ()
    assert answer("sync")["release"] == ""


def test_an_unknown_source_names_those_there_are(home: Path) -> None:
    assert "są: rejestr" in told("sync", "bddl", code=2).stderr
    assert "smup sync mf --file" in told("sync", "rejestr", "--file", __file__, code=2).stderr


def test_a_failure_is_told_and_ends_with_1(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Serving("tests.sync.small:Service") as service:
        service.change(refusing=True)
        monkeypatch.setenv("SMUP_PROVIDER_REJESTR", service.address)
        done = told("sync", code=1)
        assert f"GET {service.address}/figures/0" in done.stderr
        assert "ponów: smup sync rejestr" in told("sync", "status").stdout


def test_a_key_that_others_may_read_is_refused_in_one_sentence(home: Path) -> None:
    (home / "keys").mkdir()
    (home / "keys" / "rejestr").write_text("tajny-klucz-123", "utf-8")
    (home / "keys" / "rejestr").chmod(0o644)
    done = told("sync", "status", code=2)
    assert "chmod 600" in done.stderr
    assert "tajny-klucz" not in done.output
    assert "chmod 600" in told("sync", code=2).stderr


def test_nothing_to_hold_a_release_against(home: Path) -> None:
    assert "smup sync smup" in told("sync", "crosscheck", code=2).stderr


def test_a_run_beside_another_process_ends_with_it() -> None:
    """The other process is a shell that is gone at once."""
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m tests.sync.orphan $$ &"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=40,
    )
    assert done.stdout == "ended\n"
