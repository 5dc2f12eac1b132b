"""Whatever is changed in a release, verifying says so and says where."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import brotli
import numpy as np
import pytest

from smup.store import layout
from smup.store.draft import drafting
from smup.store.errors import DamagedRelease
from smup.store.releases import Releases
from smup.store.verify import damages, meaning_damages
from tests.helpers.stored import make_release, some_panel


def made(tmp_path: Path) -> Path:
    return tmp_path / "releases" / make_release(tmp_path)


def test_a_fresh_release_is_sound(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert damages(folder, folder.name) == []


def test_one_flipped_bit_anywhere_is_found_and_named(tmp_path: Path) -> None:
    folder = made(tmp_path)
    rng = random.Random(20251122)
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != layout.BUILD)
    assert len(files) > 15
    for path in files:
        sound = path.read_bytes()
        broken = bytearray(sound)
        broken[rng.randrange(len(sound))] ^= 1 << rng.randrange(8)
        path.write_bytes(bytes(broken))
        found = damages(folder, folder.name)
        assert len(found) == 1, path
        assert path.relative_to(folder).as_posix() in found[0]
        path.write_bytes(sound)
    assert damages(folder, folder.name) == []


def test_every_missing_file_is_found_and_named(tmp_path: Path) -> None:
    folder = made(tmp_path)
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != layout.BUILD):
        sound = path.read_bytes()
        path.unlink()
        found = damages(folder, folder.name)
        assert any(path.relative_to(folder).as_posix() in damage for damage in found), path
        path.write_bytes(sound)


def test_a_file_too_many_is_found_and_named(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "public" / "podrzucony.json").write_text("{}", "utf-8")
    assert damages(folder, folder.name) == ["plik public/podrzucony.json nie należy do wydania"]


def test_several_damages_are_all_listed(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "variables.parquet").unlink()
    (folder / "territory" / "units.csv").write_text("code\n", "utf-8")
    (folder / "public" / "short.json").write_text('"inne"', "utf-8")
    assert damages(folder, folder.name) == [
        "brak pliku variables.parquet",
        "plik territory/units.csv ma inną sumę kontrolną niż w manifeście",
        "plik public/short.json ma inną sumę kontrolną niż w manifeście",
    ]


def test_an_answer_with_the_id_of_another_release_is_found(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "public" / "short.json").write_text('"2024-01-01-00000000"', "utf-8")
    assert "public/short.json" in damages(folder, folder.name)[0]


def test_a_compressed_twin_that_says_something_else_is_found(tmp_path: Path) -> None:
    folder = made(tmp_path)
    twin = folder / "public" / "units" / "020101.json.br"
    assert brotli.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes()
    twin.write_bytes(brotli.compress(b"co innego"))
    assert damages(folder, folder.name) == [
        "plik public/units/020101.json.br różni się od public/units/020101.json"
    ]


def _labels(folder: Path, change: Callable[[dict[str, list[object]]], None]) -> None:
    path = folder / layout.LABELS
    labels = json.loads(path.read_bytes())
    change(labels["indicators"])
    path.write_text(json.dumps(labels), "utf-8")


def _swap(array: str, at: tuple[int, ...], value: float) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "cubes" / array
        cube = np.load(path)
        cube[at] = value
        np.save(path, cube)

    return change


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (_swap("variables/flags.npy", (1, 0, 0), 200), "pozycja hektary różni się"),
        (_swap("variables/status.npy", (0, 0, 0), 250), "variables"),
        (_swap("indicators/by_unit/flags.npy", (3, 0, 1), 200), "kostka flags w układzie"),
        (lambda f: _labels(f, lambda its: its["items"].reverse()), "pozycja gestosc różni się"),
        (lambda f: _labels(f, lambda its: its["units"].reverse()), "pozycja gestosc różni się"),
        (lambda f: _labels(f, lambda its: its["years"].pop()), "kostka indicators jest niespójna"),
    ],
)
def test_files_that_disagree_are_found_even_where_each_digest_is_right(
    tmp_path: Path, break_it: Callable[[Path], None], said: str
) -> None:
    """The state a faulty writer would leave: the manifest is made after the fault."""
    folder = made(tmp_path)
    break_it(folder)
    found = meaning_damages(folder)
    assert any(said in damage for damage in found), found


def _publish_faulty(releases: Path) -> None:
    head = {"date": "2025-01-02", "catalogue": "", "kernel": "", "sources": [], "counts": {}}
    with drafting(releases) as draft:
        draft.write_panels(some_panel(("a",)), some_panel(("osoby",)))
        _swap("variables/flags.npy", (0, 0, 0), 200)(draft.folder)
        draft.publish(head, {})


def test_a_build_that_does_not_verify_is_not_switched_in(tmp_path: Path) -> None:
    old = make_release(tmp_path)
    with pytest.raises(DamagedRelease, match="pozycja osoby różni się"):
        _publish_faulty(tmp_path / "releases")
    store = Releases(tmp_path)
    assert store.current_id() == old
    assert store.ids() == (old,)
    assert not list((tmp_path / "releases").glob(".tmp-*"))
