"""Invented figures and official ones never share a store, whoever put them there."""

import json
import os
import shutil
from pathlib import Path

import pytest

from smup.store.errors import MixedStore
from smup.store.releases import Release, Releases
from tests.helpers.stored import all_bytes, make_release, some_panel

OTHER = some_panel(("ludnosc",), seed=9)


def copied(release: str, source: Path, target: Path) -> str:
    """What a person does with ``cp -r``: the folder only, not the link."""
    shutil.copytree(source / "releases" / release, target / "releases" / release)
    return release


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_release_says_its_nature(tmp_path: Path, synthetic: bool) -> None:
    release = make_release(tmp_path, synthetic=synthetic)
    assert Releases(tmp_path).open(release).synthetic is synthetic
    assert [info.synthetic for info in Releases(tmp_path).list()] == [synthetic]
    assert Releases(tmp_path).info().as_dict()["synthetic"] is synthetic


def test_official_manifests_have_no_such_key(tmp_path: Path) -> None:
    release = Releases(tmp_path).open(make_release(tmp_path))
    assert "synthetic" not in release.manifest


@pytest.mark.parametrize("first", [True, False])
def test_a_build_of_the_other_nature_is_refused(tmp_path: Path, first: bool) -> None:
    kept = make_release(tmp_path, synthetic=first)
    before = all_bytes(tmp_path)
    with pytest.raises(MixedStore, match=kept):
        make_release(tmp_path, OTHER, synthetic=not first)
    assert all_bytes(tmp_path) == before
    assert Releases(tmp_path).current().id == kept


@pytest.mark.parametrize("first", [True, False])
def test_builds_of_the_same_nature_go_on(tmp_path: Path, first: bool) -> None:
    old = make_release(tmp_path, synthetic=first)
    new = make_release(tmp_path, OTHER, synthetic=first)
    Releases(tmp_path).activate(old)
    assert Releases(tmp_path).current().id == old != new


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_release_copied_by_hand_cannot_be_activated(tmp_path: Path, synthetic: bool) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    kept = make_release(here, synthetic=not synthetic)
    intruder = copied(make_release(there, OTHER, synthetic=synthetic), there, here)
    with pytest.raises(MixedStore, match=kept) as refused:
        Releases(here).activate(intruder)
    assert str(here / "releases") in str(refused.value)
    assert "SMUP_HOME" in str(refused.value)
    assert Releases(here).current_id() == kept


def test_not_even_a_link_made_by_hand_shows_invented_figures_among_official(
    tmp_path: Path,
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    make_release(here)
    intruder = copied(make_release(there, OTHER, synthetic=True), there, here)
    link = here / "releases" / "current"
    link.unlink()
    os.symlink(intruder, link)
    for ask in (Releases(here).current, lambda: Releases(here).open(intruder)):
        with pytest.raises(MixedStore, match=r"dane zmyślone.*urzędowe"):
            ask()


def test_official_figures_go_on_serving_beside_a_copy_of_invented_ones(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    kept = make_release(here)
    copied(make_release(there, OTHER, synthetic=True), there, here)
    assert Releases(here).current().id == kept
    assert {info.id: info.synthetic for info in Releases(here).list()}[kept] is False


def test_a_release_that_cannot_say_what_it_is_counts_as_official(tmp_path: Path) -> None:
    damaged = make_release(tmp_path)
    (tmp_path / "releases" / damaged / "manifest.json").write_text("{")
    with pytest.raises(MixedStore, match="nieczytelne"):
        make_release(tmp_path, OTHER, synthetic=True)


def test_the_mark_cannot_be_taken_off_unnoticed(tmp_path: Path) -> None:
    release = make_release(tmp_path, synthetic=True)
    path = tmp_path / "releases" / release / "manifest.json"
    manifest = json.loads(path.read_bytes())
    del manifest["synthetic"]
    path.write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    assert Releases(tmp_path).verify(release)


def test_the_mark_of_a_damaged_invented_release_can_be_mended(tmp_path: Path) -> None:
    """What stands under its own name is not asked: the same build mends it."""
    release = make_release(tmp_path, synthetic=True)
    (tmp_path / "releases" / release / "manifest.json").write_text("{")
    assert make_release(tmp_path, synthetic=True) == release
    assert Release(tmp_path / "releases" / release).synthetic
