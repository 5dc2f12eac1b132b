"""``smup import`` as a person and as a script meet it."""

import json
import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from smup.store.snapshots import Snapshots
from smup.store.tidy import read_table
from tests.cli.test_commands import smup

PROGRAM = "from smup.cli import main; main()"
ROWS = "".join(f"{code};{n}\n" for n, code in enumerate(["0201011", "0201022", "0201032"], 1))
MAPPING = """\
title: {pl: Próba, en: Trial}
publisher: Nikt
licence: brak
files:
- path: plik.csv
  dated: "2024"
  retrieved: 2026-01-01
  separator: ";"
  year: 2024
  unit: {columns: [{header: TERYT}], code: teryt7}
  columns: [{header: Ludność, variable: ludnosc}]
"""


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def plik(tmp_path):
    path = tmp_path / "plik.csv"
    path.write_text("TERYT;Ludność\n" + ROWS, encoding="utf-8")
    return path


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "proba.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def figures(home: Path, name: str) -> dict[str, float]:
    table = read_table(home / "tables" / f"{name}.csv")
    return dict(zip(table.unit, table.value.tolist(), strict=True))


def test_by_a_mapping_into_a_table_and_a_snapshot(home, plik, mapping):
    done = smup(home, "import", str(plik), "--mapping", str(mapping), "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["rows"], answer["landed"], answer["findings"]) == (3, 3, [])
    assert figures(home, "proba") == {"020101": 1, "020102": 2, "020103": 3}
    (digest,) = read_table(home / "tables" / "proba.csv").meta["sha256"]
    assert Snapshots(home / "snapshots").read(digest) == plik.read_bytes()


def test_a_guess_writes_the_mapping_that_reads_the_same(home, plik, tmp_path):
    written = tmp_path / "plik.yaml"
    args = ("import", str(plik), "--guess", "--yes", "--write", str(written))
    plik.write_text("rok;TERYT;Ludność\n" + ROWS.replace("02010", "2024;02010"), encoding="utf-8")
    done = smup(home, *args)
    assert done.returncode == 0, done.stderr
    assert "klucz jednostki" in done.stderr
    before = figures(home, "plik")
    again = smup(home, "import", str(plik), "--mapping", str(written))
    assert again.returncode == 0, again.stderr
    assert figures(home, "plik") == before == {"020101": 1, "020102": 2, "020103": 3}


def test_open_questions_without_a_terminal_are_listed(home, plik):
    done = smup(home, "import", str(plik), "--guess")
    assert done.returncode == 1
    assert "Za który rok są liczby?" in done.stderr
    assert not (home / "tables").exists()


def test_questions_are_asked_on_a_terminal(home, plik):
    """The year first, then publisher and licence as proposed."""
    ours, theirs = pty.openpty()
    os.write(ours, b"2024\n\n\n")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "import", str(plik), "--guess"],
        stdin=theirs,
        env=os.environ | {"SMUP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Za który rok są liczby?" in done.stderr
    assert figures(home, "plik") == {"020101": 1, "020102": 2, "020103": 3}


def test_a_variable_the_catalogue_lacks_is_an_error_finding(home, plik, mapping):
    mapping.write_text(MAPPING.replace("variable: ludnosc", "variable: nowa_rzecz"), "utf-8")
    done = smup(home, "import", str(plik), "--mapping", str(mapping), "--json")
    assert [f["code"] for f in json.loads(done.stdout)["findings"]] == ["nieznana-zmienna"]
    assert len(figures(home, "proba")) == 3


@pytest.mark.parametrize("options", [("--dry-run",), ()])
def test_nothing_is_written_of_a_dry_run_or_a_broken_file(home, plik, mapping, options):
    smup(home, "import", str(plik), "--mapping", str(mapping))
    before = {p: p.read_bytes() for p in (home / "tables").iterdir()}
    good = plik.read_text("utf-8").replace(";1\n", ";9\n")
    plik.write_text(good if options else "TERYT;Inaczej\n" + ROWS, encoding="utf-8")
    done = smup(home, "import", str(plik), "--mapping", str(mapping), *options)
    assert done.returncode == (0 if options else 1), done.stderr
    assert {p: p.read_bytes() for p in (home / "tables").iterdir()} == before
    if not options:
        assert "Ludność" in done.stderr


def test_bad_input_is_one_sentence(home, plik, mapping, tmp_path):
    other = tmp_path / "inny.csv"
    other.write_text("x", encoding="utf-8")
    packed = tmp_path / "plik.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    broken = tmp_path / "zly.yaml"
    broken.write_text(MAPPING.replace("separator", "seperator"), encoding="utf-8")
    for args, part in (
        ((str(plik),), "--mapping PLIK, albo --guess"),
        ((str(other), "--mapping", str(mapping)), "Mapowanie opisuje plik plik.csv"),
        ((str(plik), "--mapping", str(broken)), "zly.yaml:8: [files.0.seperator] nieznany klucz"),
        ((str(packed), "--guess"), "w archiwum jest 2 plików"),
    ):
        done = smup(home, "import", *args)
        assert done.returncode == 2, done.stderr
        assert part in done.stderr
        assert "Traceback" not in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
