"""The same definition and the same release give the same bytes, whoever makes them and when."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from smup.reports.files import FORMS
from tests.reports.making import DEFINITIONS

ROOT = Path(__file__).resolve().parents[2]


def made(home: Path, seed: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reports.making", str(home)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def another(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same release built at another moment, on another machine."""
    home = tmp_path_factory.mktemp("another")
    folder = (built_home / "releases" / "current").resolve()
    (home / "releases" / folder.name).mkdir(parents=True)
    for part in folder.iterdir():
        (home / "releases" / folder.name / part.name).symlink_to(part)
    build = home / "releases" / folder.name / "build.json"
    told = json.loads(build.read_text(encoding="utf-8"))
    build.unlink()
    build.write_text(json.dumps(told | {"created": "2031-05-06T07:08:09.000+00:00", "host": "x"}))
    (home / "releases" / "current").symlink_to(folder.name)
    return home


def test_every_form_in_two_processes(built_home: Path, another: Path) -> None:
    with ThreadPoolExecutor() as both:
        here, there = both.map(made, (built_home, another), ("1", "2"))
    assert len(here) == len(DEFINITIONS) * len(FORMS)
    assert {name for name in here if here[name] != there[name]} == set()
