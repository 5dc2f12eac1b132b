"""``smup release diff`` says why, of releases that serve and of one that waits."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from smup.build import build_release
from smup.cli import cli
from smup.cli.context import places
from smup.store.releases import Releases
from tests.helpers.tiny_root import SPIS, number, write_data, write_root


def test_the_difference_of_a_waiting_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, home = write_root(tmp_path / "root"), tmp_path / "home"
    before = build_release(root, home).id
    write_data(root / "data", [*SPIS, number("ludnosc", "020103", 2022, 5)])
    after = build_release(root, home, activate=False).id
    monkeypatch.setitem(vars(places), "home", home)
    monkeypatch.setitem(vars(places), "releases", Releases(home))
    found = CliRunner().invoke(cli, ["release", "diff", before, after, "--json"])
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    (cell,) = [c for c in told["cells"] if c["unit"] == "020103" and c["indicator"] == "ludnosc"]
    assert (cell["before"], cell["after"], cell["reason"]) == (None, 5.0, "source")
    assert told["reasons"] == {"source": len(told["cells"])}
    assert {"before", "after", "indicators", "units", "years", "counts", "cells"} <= told.keys()
    said = CliRunner().invoke(cli, ["release", "diff", before, after])
    assert "Dlaczego: rewizja źródła" in said.stdout
