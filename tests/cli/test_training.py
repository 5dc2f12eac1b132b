"""`smup training simulate`: one JSON document, exit codes, nothing left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = "from smup.cli import main; main()"
KEYS = {
    "units",
    "participants",
    "qualified",
    "reserve",
    "stages",
    "agreements",
    "certificates",
    "violations",
}


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, "training", "simulate", *arguments]
    setting = os.environ | {"SMUP_HOME": str(home), "TMPDIR": str(home)}
    return subprocess.run(command, capture_output=True, text=True, env=setting, check=False)


def test_a_small_edition_is_replayed_in_a_store_of_its_own(tmp_path: Path) -> None:
    done = run(tmp_path, "--units", "8", "--seed", "5", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) >= KEYS
    assert (found["units"], found["stages"], found["violations"]) == (8, 4, [])
    assert not list(tmp_path.iterdir())


def test_bad_input_is_one_sentence(tmp_path: Path) -> None:
    for wrong in (("--units", "0"), ("--database", "mysql://host/baza")):
        done = run(tmp_path, *wrong)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
