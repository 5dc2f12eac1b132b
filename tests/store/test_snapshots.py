"""Snapshots: the bytes as they came, found again by their digest."""

import hashlib
from pathlib import Path

import pytest

from smup.store.snapshots import SnapshotError, SnapshotInfo, Snapshots

INFO = SnapshotInfo("plik.csv", "Urząd Próbny", "do woli", "2025-01-15")
CONTENT = b"\xef\xbb\xbfkod;liczba\r\n"


@pytest.fixture
def store(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "migawki")


def test_bytes_are_kept_under_their_digest(store):
    digest = store.keep(CONTENT, INFO)
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert store.path(digest) == store.folder / digest[:2] / digest
    assert store.read(digest) == CONTENT
    assert store.info(digest) == INFO


def test_keeping_again_changes_nothing(store):
    digest = store.keep(CONTENT, INFO)
    files = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in store.folder.rglob("*.*")}
    assert store.keep(CONTENT, SnapshotInfo("inny.csv", "Inny", "inna", "2026-01-01")) == digest
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in store.folder.rglob("*.*")} == files
    assert store.info(digest) == INFO


def test_a_snapshot_cut_short_is_made_whole(store):
    digest = store.keep(CONTENT, INFO)
    store.path(digest).write_bytes(CONTENT[:3])
    store.keep(CONTENT, INFO)
    assert store.read(digest) == CONTENT


def test_changed_bytes_are_noticed(store):
    digest = store.keep(CONTENT, INFO)
    store.path(digest).write_bytes(CONTENT.replace(b"kod", b"rok"))
    with pytest.raises(SnapshotError, match="suma kontrolna"):
        store.read(digest)


def test_what_was_never_kept_is_not_there(store):
    with pytest.raises(SnapshotError, match="Nie ma migawki"):
        store.read("0" * 64)
    with pytest.raises(SnapshotError, match="Nie ma opisu"):
        store.info("0" * 64)


def test_nothing_but_whole_files_is_left_behind(store):
    digest = store.keep(CONTENT, INFO)
    names = {p.name for p in store.folder.rglob("*") if p.is_file()}
    assert names == {digest, f"{digest}.json"}


def test_bytes_are_on_the_disk_when_the_work_on_them_ends(tmp_path: Path) -> None:
    with Snapshots(tmp_path).keeping(CONTENT, INFO) as digest:
        assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert Snapshots(tmp_path).read(digest) == CONTENT
    with pytest.raises(KeyError), Snapshots(tmp_path).keeping(b"inne", INFO) as other:
        raise KeyError
    assert Snapshots(tmp_path).read(other) == b"inne"
