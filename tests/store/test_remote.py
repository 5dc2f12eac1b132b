"""Releases and snapshots behind a URL: whole or not there, checked on the way back, resumable."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem

from smup.store import remote as module
from smup.store.errors import BuildBusy, DamagedRelease, MixedStore
from smup.store.files import locked
from smup.store.releases import Releases
from smup.store.remote import Remote, RemoteError
from smup.store.snapshots import SnapshotInfo, Snapshots
from tests.helpers.stored import all_bytes, make_release, some_panel


@pytest.fixture(params=["memory", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"file://{tmp_path}/there/smup"
        return
    yield "memory://there/smup"
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    make_release(tmp_path / "here")
    return tmp_path / "here"


def change(url: str, name: str, content: bytes | None) -> None:
    """Put other bytes in place of an object; None removes it."""
    fs, root = fsspec.core.url_to_fs(f"{url}/{name}")
    fs.rm_file(root) if content is None else fs.pipe_file(root, content)


def test_what_comes_back_is_the_same_to_the_byte_and_serves(
    url: str, here: Path, tmp_path: Path
) -> None:
    sent = Remote(url).push(Releases(here))
    fetched = Remote(url).pull(Releases(tmp_path / "copy"))
    assert sent == fetched == Releases(tmp_path / "copy").current_id()
    assert all_bytes(tmp_path / "copy") == all_bytes(here)
    assert Releases(tmp_path / "copy").verify() == ()
    assert Releases(tmp_path / "copy").current().indicators.items == ("gestosc", "ludnosc")


def test_the_newest_sent_is_the_one_to_serve_and_older_ones_stay(
    url: str, here: Path, tmp_path: Path
) -> None:
    store, remote = Releases(here), Remote(url)
    old = remote.push(store)
    new = make_release(here, some_panel(("ludnosc",), seed=7), date="2025-06-30")
    assert remote.push(store) == new
    assert remote.ids() == (old, new)
    assert remote.current_id() == new
    copy = Releases(tmp_path / "copy")
    assert remote.pull(copy, old) == old
    assert (copy.ids(), copy.current_id()) == ((old,), None)
    assert remote.pull(copy) == new
    assert (copy.ids(), copy.current_id()) == ((old, new), new)


def broken_after(count: int) -> Any:
    """A method that does its work ``count`` times and then loses the connection."""
    left = iter(range(count))

    def broken(whole: Any) -> Any:
        def method(self: Any, *arguments: Any, **more: Any) -> Any:
            if next(left, None) is None:
                raise ConnectionError("gone")
            return whole(self, *arguments, **more)

        return method

    return broken


@pytest.mark.parametrize("count", [0, 1, 7, 20])
def test_a_broken_sending_leaves_no_release_and_is_resumed(
    url: str, here: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    remote, kind = Remote(url), MemoryFileSystem if url[0] == "m" else LocalFileSystem
    with monkeypatch.context() as patch:
        patch.setattr(kind, "put_file", broken_after(count)(kind.put_file))
        with pytest.raises(RemoteError, match="nie pójdzie drugi raz"):
            remote.push(Releases(here))
    assert (remote.ids(), remote.current_id()) == ((), None)
    told: list[tuple[int, int]] = []
    sent = remote.push(Releases(here), progress=lambda _, done, total: told.append((done, total)))
    assert remote.ids() == (sent,)
    whole = len(all_bytes(here))  # build.json goes too, the manifest comes after
    assert told[0] == (0, whole - count)


def test_a_broken_fetching_shows_nobody_a_release_and_is_resumed(
    url: str, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote, copy = Remote(url), Releases(tmp_path / "copy")
    remote.push(Releases(here))
    kind = MemoryFileSystem if url[0] == "m" else LocalFileSystem
    with monkeypatch.context() as patch:
        patch.setattr(kind, "get_file", broken_after(9)(kind.get_file))
        with pytest.raises(RemoteError, match="nie odpowiada"):
            remote.pull(copy)
    assert (copy.ids(), copy.current_id()) == ((), None)
    told: list[tuple[int, int]] = []
    remote.pull(copy, progress=lambda _, done, total: told.append((done, total)))
    assert told[0] == (0, len(all_bytes(here)) + 1 - 9)
    assert all_bytes(tmp_path / "copy") == all_bytes(here)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("catalogue.json", b"{}"),
        ("indicators.parquet", None),
        ("indicators.parquet", b"x"),
        ("public/units/020101.json", b"{}"),
        ("manifest.json", b"{}"),
        ("manifest.json", b"\xff"),
    ],
)
def test_damage_on_the_way_is_seen_and_nothing_is_put_in_place(
    url: str, tmp_path: Path, name: str, content: bytes | None
) -> None:
    sent = make_release(tmp_path / "here", extra={"catalogue.json": b"{} "})
    remote, copy = Remote(url), Releases(tmp_path / "copy")
    remote.push(Releases(tmp_path / "here"))
    change(url, f"published/{sent}/{name}", content)
    with pytest.raises(RemoteError, match="uszkodzon"):
        remote.pull(copy)
    assert (copy.ids(), copy.current_id()) == ((), None)
    assert not list(copy.folder.glob(".pull-*"))


def test_what_is_whole_there_is_never_written_again(
    url: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote, kind = Remote(url), MemoryFileSystem if url[0] == "m" else LocalFileSystem
    sent = remote.push(Releases(here))
    monkeypatch.setattr(kind, "put_file", broken_after(0)(kind.put_file))
    assert remote.push(Releases(here)) == sent


def test_a_damaged_release_is_not_sent(url: str, here: Path) -> None:
    store = Releases(here)
    (store.folder / store.info().id / "indicators.parquet").write_bytes(b"")
    with pytest.raises(DamagedRelease):
        Remote(url).push(store)
    assert Remote(url).ids() == ()


def test_a_damaged_copy_here_is_mended(url: str, here: Path, tmp_path: Path) -> None:
    remote, copy = Remote(url), Releases(tmp_path / "copy")
    sent = remote.push(Releases(here))
    remote.pull(copy)
    (copy.folder / sent / "indicators.parquet").write_bytes(b"")
    remote.pull(copy)
    assert copy.verify() == ()
    assert not list(copy.folder.glob(".pull-*"))


def test_invented_figures_and_official_ones_meet_neither_there_nor_here(
    url: str, here: Path, tmp_path: Path
) -> None:
    make_release(tmp_path / "demo", synthetic=True)
    Remote(url).push(Releases(here))
    with pytest.raises(RemoteError, match="nie wolno mieszać"):
        Remote(url).push(Releases(tmp_path / "demo"))
    with pytest.raises(MixedStore):
        Remote(url).pull(Releases(tmp_path / "demo"))


def test_a_store_being_built_is_left_alone(url: str, here: Path, tmp_path: Path) -> None:
    Remote(url).push(Releases(here))
    copy = Releases(tmp_path / "copy")
    copy.folder.mkdir(parents=True)
    with locked(copy.folder / ".lock", wait=True), pytest.raises(BuildBusy):
        Remote(url).pull(copy)


def test_what_is_not_there_is_told(url: str, here: Path, tmp_path: Path) -> None:
    copy = Releases(tmp_path / "copy")
    with pytest.raises(RemoteError, match="nie ma wydania bieżącego"):
        Remote(url).pull(copy)
    sent = Remote(url).push(Releases(here))
    with pytest.raises(RemoteError, match=f"2000-01-01-00000000 .są: {sent}"):
        Remote(url).pull(copy, "2000-01-01-00000000")
    change(url, "published/current", b"../../etc")
    with pytest.raises(RemoteError, match="nie nazywa wydania"):
        Remote(url).pull(copy)


def test_an_address_that_cannot_be_opened_is_told() -> None:
    with pytest.raises(RemoteError, match="file:///folder"):
        Remote("nic://tam")


def test_a_manifest_cannot_name_a_file_outside_its_release() -> None:
    for name in ("../x", "/etc/passwd", "public/../../x"):
        with pytest.raises(RemoteError, match="spoza jego folderu"):
            module._files_of({"files": {name: {}}, "answers": {}})


def test_snapshots_go_there_and_back(url: str, tmp_path: Path) -> None:
    kept = Snapshots(tmp_path / "kept")
    info = SnapshotInfo("a.xlsx", "GUS", "CC BY 4.0", "2026-01-01")
    digests = [kept.keep(text, info) for text in (b"one", b"two")]
    assert Remote(url).push_snapshots(kept.folder) == 4
    assert Remote(url).pull_snapshots(tmp_path / "copy") == 4
    copy = Snapshots(tmp_path / "copy")
    assert [copy.read(digest) for digest in digests] == [b"one", b"two"]
    assert copy.info(digests[0]) == info
    change(url, f"snapshots/{digests[0][:2]}/{digests[0]}", b"eno")
    shutil.rmtree(copy.folder)
    with pytest.raises(RemoteError, match=f"{digests[0]} .*uszkodzona"):
        Remote(url).pull_snapshots(copy.folder)
    assert not copy.path(digests[0]).exists()


def test_nothing_to_send_is_no_failure(url: str, tmp_path: Path) -> None:
    assert Remote(url).push_snapshots(tmp_path / "none") == 0
    assert Remote(url).pull_snapshots(tmp_path / "copy") == 0


def test_the_commands(here: Path, tmp_path: Path) -> None:
    url = f"file://{tmp_path}/there"
    kept = Snapshots(here / "snapshots")
    digest = kept.keep(b"one", SnapshotInfo("a.xlsx", "GUS", "CC BY 4.0", "2026-01-01"))
    for command, home in (("push", here), ("pull", tmp_path / "copy")):
        done = run(home, "release", command, url, "--snapshots", "--json")
        assert done == {"id": Releases(here).current_id(), "url": url, "snapshots": 2}
    assert Snapshots(tmp_path / "copy" / "snapshots").read(digest) == b"one"
    assert all_bytes(tmp_path / "copy") == all_bytes(here)


def run(home: Path, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", "from smup.cli import main; main()", *arguments],
        env={**os.environ, "SMUP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
