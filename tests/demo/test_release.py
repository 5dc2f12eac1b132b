"""A release of invented figures: the same to the byte, marked wherever it is read, kept apart."""

import json
from pathlib import Path

import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest

from smup.build import build_release
from smup.catalogue import CatalogueErrors
from smup.demo import build_demo, demo_home
from smup.store.errors import MixedStore, NoRelease
from smup.store.releases import Release, Releases
from tests.helpers.invented import variable, write_invented
from tests.helpers.stored import all_bytes


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_invented(
        tmp_path_factory.mktemp("root"), variable("dzieci"), "dzieci: {of: ludnosc, rate: 0.2}\n"
    )


@pytest.fixture(scope="module")
def home(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build_demo(root, home)
    return home


@pytest.fixture(scope="module")
def release(home: Path) -> Release:
    return Releases(home).current()


def test_it_verifies_and_says_that_it_is_invented(home: Path, release: Release) -> None:
    assert Releases(home).verify() == ()
    assert release.synthetic
    assert release.manifest["synthetic"] is True
    assert release.id.startswith("2025-12-31-")
    assert release.sources[0]["publisher"] == "SMUP"


def test_the_same_seed_gives_the_same_bytes(root: Path, home: Path, tmp_path: Path) -> None:
    build_demo(root, tmp_path)
    assert all_bytes(tmp_path) == all_bytes(home)


def test_another_seed_gives_another_release(root: Path, release: Release, tmp_path: Path) -> None:
    assert build_demo(root, tmp_path, seed=2).id != release.id


def test_every_answer_made_beforehand_is_marked(release: Release) -> None:
    public = release.folder / "public"
    answers = [*public.glob("slices/*/*.json"), *public.glob("units/*.json")]
    assert len(answers) > 20
    for path in answers:
        assert json.loads(path.read_bytes())["synthetic"] is True


def test_the_data_package_is_marked(release: Release) -> None:
    package = json.loads((release.folder / "public" / "datapackage.json").read_bytes())
    assert package["synthetic"] is True
    assert package["title"].startswith("DANE ZMYŚLONE")
    assert "wymyślone" in package["description"]
    fields = {f["name"]: f for f in package["resources"][0]["schema"]["fields"]}
    assert fields["synthetic"]["type"] == "boolean"


@pytest.mark.parametrize("name", ["values", "variable_values"])
def test_every_row_of_a_bulk_file_is_marked(release: Release, name: str) -> None:
    path = release.folder / "public" / name
    rows = pcsv.read_csv(path.with_suffix(".csv"))
    assert len(rows) > 50
    assert set(rows["synthetic"].to_pylist()) == {True}
    table = pq.read_table(path.with_suffix(".parquet"))
    assert set(table["synthetic"].to_pylist()) == {True}
    assert table.schema.metadata[b"synthetic"] == b"true"


def test_official_releases_carry_no_mark(root: Path, tmp_path: Path) -> None:
    build_release(root, tmp_path)
    official = Releases(tmp_path).current()
    assert not official.synthetic
    for path in (official.folder / "public").rglob("*"):
        if path.suffix in (".csv", ".json", ".parquet"):
            assert b"synthetic" not in path.read_bytes()


def test_invented_figures_do_not_enter_an_official_store(root: Path, tmp_path: Path) -> None:
    official = build_release(root, tmp_path)
    with pytest.raises(MixedStore, match="dane zmyślone"):
        build_demo(root, tmp_path)
    assert [info.id for info in Releases(tmp_path).list()] == [official.id]
    build_demo(root, demo_home(tmp_path))
    assert Releases(tmp_path).current().id == official.id


def test_official_figures_do_not_enter_the_store_of_invented_ones(
    root: Path, tmp_path: Path
) -> None:
    invented = build_demo(root, tmp_path)
    with pytest.raises(MixedStore, match="dane urzędowe"):
        build_release(root, tmp_path)
    assert Releases(tmp_path).current().id == invented.id


def test_profiles_that_do_not_fit_leave_nothing_behind(tmp_path: Path) -> None:
    root = write_invented(tmp_path / "root", variable("dzieci"))
    with pytest.raises(CatalogueErrors, match=r"\[dzieci\] brakuje profilu"):
        build_demo(root, tmp_path / "home")
    with pytest.raises(NoRelease):
        Releases(tmp_path / "home").current()


def test_progress_tells_of_every_variable(root: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_demo(root, tmp_path, progress=lambda *step: told.append(step))
    stage = [(done, total) for name, done, total in told if name == "wymyślanie danych"]
    assert stage == [(0, 3), (1, 3), (2, 3), (3, 3)]
