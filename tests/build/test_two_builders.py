"""Two builds at once: one goes on undisturbed, the other is refused in words."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from smup.build import build_release
from smup.store.errors import BuildBusy
from smup.store.releases import Releases
from tests.helpers.stored import make_release
from tests.helpers.tiny_root import write_root

# Builds, and stops at every step until a line is read.
STEPPING = """
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from smup.build import build_release

def step(*_):
    print("step", flush=True)
    sys.stdin.readline()

build_release(Path(sys.argv[1]), Path(sys.argv[2]), step)
print("done", flush=True)
"""


def test_the_second_builder_is_refused_and_the_first_finishes(tmp_path: Path) -> None:
    root, home = write_root(tmp_path / "root"), tmp_path / "home"
    store, old = Releases(home), make_release(home)
    with subprocess.Popen(
        [sys.executable, "-c", STEPPING, str(root), str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdin is not None
        assert first.stdout is not None
        refused = 0
        while first.stdout.readline() == "step\n":
            if store.current_id() == old:
                with pytest.raises(BuildBusy, match=rf"proces {first.pid}\b.*poczekaj"):
                    build_release(root, home)
                assert store.verify() == ()
                refused += 1
            first.stdin.write("\n")
            first.stdin.flush()
    assert first.returncode == 0
    assert refused > 10
    assert store.current_id() != old
    assert store.verify() == ()
    assert build_release(root, home).id == store.current_id()
    assert not list((home / "releases").glob(".tmp-*"))


def test_those_that_start_together_leave_one_sound_release(tmp_path: Path) -> None:
    root, home = write_root(tmp_path / "root"), tmp_path / "home"
    start = threading.Barrier(4)

    def build(_: int) -> str:
        start.wait()
        try:
            return build_release(root, home).id
        except BuildBusy:
            return "refused"

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(build, range(4)))
    store = Releases(home)
    assert set(ended) - {"refused"} == {store.current_id()}
    assert len(store.list()) == 1
    assert store.verify() == ()
    assert not list((home / "releases").glob(".tmp-*"))
