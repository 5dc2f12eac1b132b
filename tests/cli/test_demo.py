"""`smup demo` as a person meets it, on a small repository."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from smup.store.releases import Releases
from tests.helpers.invented import variable, write_invented

RUN = (
    "import sys; from pathlib import Path; from smup.cli.context import places; "
    "places.root = Path(sys.argv.pop(1)); from smup.cli import main; main()"
)


def smup(root: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, str(root), *arguments],
        env=os.environ | {"SMUP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    profile = "dzieci: {of: ludnosc, rate: 0.2}\n"
    return write_invented(tmp_path_factory.mktemp("root"), variable("dzieci"), profile)


@pytest.fixture(scope="module")
def home(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with official figures, and in it one with invented ones."""
    home = tmp_path_factory.mktemp("home")
    assert smup(root, home, "release", "build").returncode == 0
    assert smup(root, home, "demo", "build").returncode == 0
    return home


def test_it_builds_into_a_store_of_its_own(root: Path, home: Path) -> None:
    official, invented = Releases(home).current(), Releases(home / "demo").current()
    assert not official.synthetic
    assert invented.synthetic
    assert [info.id for info in Releases(home).list()] == [official.id]


def test_building_again_prints_the_same_release_as_json(root: Path, home: Path) -> None:
    done = smup(root, home, "demo", "build", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["id"] == Releases(home / "demo").current_id()
    assert answer["synthetic"] is True
    assert answer["active"] is True


def test_lists_and_figures_say_what_they_are(root: Path, home: Path) -> None:
    demo = home / "demo"
    assert "DANE ZMYŚLONE" in smup(root, demo, "release", "list").stdout
    assert "synthetic: True" in smup(root, demo, "release", "show").stdout
    assert "DANE ZMYŚLONE" not in smup(root, home, "release", "list").stdout
    values = smup(root, demo, "values", "ludnosc", "--unit", "020101", "--json")
    assert "dane zmyślone" in values.stderr
    assert {row["synthetic"] for row in json.loads(values.stdout)} == {True}
    compared = smup(root, demo, "compare", "020101", "ludnosc", "--json")
    assert json.loads(compared.stdout)["synthetic"] is True
    official = smup(root, home, "values", "ludnosc", "--unit", "020101", "--json")
    assert official.stderr == ""
    assert not any("synthetic" in row for row in json.loads(official.stdout))


def test_official_figures_cannot_be_built_into_the_demo(root: Path, home: Path) -> None:
    refused = smup(root, home / "demo", "release", "build")
    assert refused.returncode == 2
    assert "nie wolno mieszać" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_missing_profile_is_one_sentence_with_file_and_line(tmp_path: Path) -> None:
    root = write_invented(tmp_path / "root", variable("dzieci"))
    refused = smup(root, tmp_path / "home", "demo", "build")
    assert refused.returncode == 2
    assert "demo/profiles/kontekst.yaml:1: [dzieci] brakuje profilu" in refused.stderr


def test_a_taken_port_is_refused_before_anything_is_built(root: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = smup(root, tmp_path, "demo", "up", "--port", str(port))
    assert refused.returncode == 2
    assert f"smup demo up --port {port + 1}" in refused.stderr
    assert not (tmp_path / "demo").exists()


def test_up_builds_what_is_missing_and_serves_it(root: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "geometry").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(root), "demo", "up", "--port", str(port)],
        env=os.environ | {"SMUP_HOME": str(tmp_path), "SMUP_DATA": str(tmp_path / "none")},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert f":{port}/" in process.stdout.readline()
        assert Releases(tmp_path / "demo").current().synthetic
        assert (tmp_path / "demo" / "geometry").resolve() == tmp_path / "geometry"
        assert not (tmp_path / "releases").exists()
        assert not (tmp_path / "smup.sqlite3").exists()
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # the workers too; a worker may still be starting
        process.wait(timeout=30)
        process.stdout.close()
