"""Editions of the units from the command line; nothing here changes those of the repository."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smup.cli import cli


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from smup.cli.context import places

    monkeypatch.setitem(vars(places), "home", tmp_path / "home")
    return tmp_path / "home"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["territory", *words])


def test_the_plan_of_a_download_costs_two_requests(home: Path) -> None:
    found = run("next", "--date", "2031-01-01", "--dry-run", "--json")
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["requests"] == 2
    assert not home.exists()


def test_a_day_that_is_not_newer_is_refused() -> None:
    found = run("next", "--date", "2026-01-01")
    assert found.exit_code == 2
    assert "obowiązuje wydanie" in found.stderr.casefold()


def test_a_file_that_is_no_register_is_refused_and_nothing_kept(tmp_path: Path, home: Path) -> None:
    (tmp_path / "x.csv").write_text("a;b\n1;2\n", "utf-8")
    found = run("next", str(tmp_path / "x.csv"))
    assert found.exit_code == 2
    assert found.stderr == "smup: x.csv: nie da się odczytać rejestru (brak kolumny WOJ).\n"
    assert [path.name for path in (home / "territory").iterdir()] == []


def test_an_edition_nobody_prepared_cannot_come_into_force() -> None:
    found = run("activate", "2031-01-01")
    assert found.exit_code == 2
    assert "Nie ma przygotowanego wydania 2031-01-01" in found.stderr


def test_what_is_in_force_and_what_waits(root: Path) -> None:
    found = run("activate", "--json")
    told = json.loads(found.stdout)
    assert told["held"] == told["waiting"] == []
    assert f"terc_{told['active']}" in (root / "territory/history.csv").read_text("utf-8")
