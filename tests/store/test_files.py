"""Bytes on disk: arrays, whole files, links, locks."""

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.store.files import DRAFT, Locked, files_below, locked, point, save_array, write_whole


@settings(max_examples=100, deadline=None)
@given(
    kind=st.sampled_from(["<f8", "<f4", "<u2", "|u1"]),
    shape=st.lists(st.integers(0, 60), min_size=1, max_size=3),
    filled=st.floats(0, 0.02),
    seed=st.integers(0, 1000),
)
def test_an_array_is_written_byte_for_byte_as_numpy_writes_it(
    tmp_path_factory: pytest.TempPathFactory,
    kind: str,
    shape: list[int],
    filled: float,
    seed: int,
) -> None:
    """Mostly zeros in long runs, so that some blocks are left out and some are not."""
    rng = np.random.default_rng(seed)
    array = np.where(rng.random(shape) < filled, rng.integers(1, 200, shape), 0).astype(kind)
    path = tmp_path_factory.mktemp("array") / "x.npy"
    save_array(path, array)
    expected = io.BytesIO()
    np.save(expected, array)
    assert path.read_bytes() == expected.getvalue()


def test_an_empty_cube_takes_almost_no_space(tmp_path: Path) -> None:
    array = np.zeros((50, 30, 3000), np.uint16)
    array[7, 29, 11] = 5
    save_array(tmp_path / "x.npy", array)
    stat = (tmp_path / "x.npy").stat()
    assert stat.st_size > array.nbytes
    assert stat.st_blocks * 512 < array.nbytes / 20
    assert np.array_equal(np.load(tmp_path / "x.npy"), array)


def test_a_link_is_moved_from_one_target_to_the_next(tmp_path: Path) -> None:
    link = tmp_path / "current"
    for target in ("a", "b", "b"):
        point(link, target)
        assert os.readlink(link) == target
    assert files_below(tmp_path) == ["current"]


def test_what_a_killed_process_left_beside_a_link_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f".current-{os.getpid()}").symlink_to("gdzieś")
    point(tmp_path / "current", "a")
    assert os.readlink(tmp_path / "current") == "a"


def test_a_lock_is_held_by_one_at_a_time_and_names_its_holder(tmp_path: Path) -> None:
    with locked(tmp_path / ".lock", wait=False):
        with pytest.raises(Locked) as refused, locked(tmp_path / ".lock", wait=False):
            raise AssertionError("a second one went in")
        assert refused.value.holder == str(os.getpid())
    with locked(tmp_path / ".lock", wait=False):
        pass


def test_a_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), locked(tmp_path / ".lock", wait=False):
        raise KeyError
    with locked(tmp_path / ".lock", wait=False):
        pass


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.mkdir()
    with pytest.raises(OSError, match="report"):
        write_whole(path, b"content")
    assert [one.name for one in tmp_path.iterdir()] == ["report.pdf"]


def test_a_kill_while_writing_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """The process ends between the bytes and the name, as by a loss of power."""
    path = tmp_path / "report.pdf"
    write_whole(path, b"before")
    code = (
        "import os, sys, pathlib\n"
        "from smup.store import files\n"
        "files.os.replace = lambda *_: os._exit(9)\n"
        "files.write_whole(pathlib.Path(sys.argv[1]), b'after')"
    )
    died = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert died.returncode == 9
    assert path.read_bytes() == b"before"
    (left,) = [one.name for one in tmp_path.iterdir() if one != path]
    assert left.startswith(DRAFT)
