"""A build is killed at many moments: what served goes on serving, and the next build succeeds."""

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from smup.store.pending import Pending
from smup.store.releases import Releases
from tests.helpers.tiny_root import SPIS, number, write_data, write_root

ROOT = Path(__file__).resolve().parents[2]


class Builder:
    """The process of ``tests.helpers.builder``."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.helpers.builder"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def answers(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def send(self, **command: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command, default=str) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.answers.readline())
        return found

    def build(self, root: Path, home: Path, die_at: int = 0, **more: Any) -> dict[str, Any]:
        self.send(root=root, home=home, die_at=die_at, **more)
        return self.answer()

    def close(self) -> None:
        self.process.communicate()


@pytest.fixture(scope="module")
def builder() -> Iterator[Builder]:
    builder = Builder()
    yield builder
    builder.close()


class Scene:
    """A store in which an old release serves while a new one is to be built."""

    def __init__(self, folder: Path, builder: Builder) -> None:
        self.root, self.home = write_root(folder / "root"), folder / "home"
        self.store = Releases(self.home)
        assert builder.build(self.root, self.home)["error"] == ""
        self.old = self.store.info().id
        write_data(self.root / "data", [*SPIS, number("ludnosc", "020103", 2022, 5)])
        self.changes: int = builder.build(self.root, self.home)["changes"]
        self.new = self.store.info().id
        assert self.new != self.old
        self.restore()

    def wrong(self) -> list[str]:
        """What a reader would suffer now; [] while all is well."""
        serving = self.store.current_id()
        if serving not in (self.old, self.new):
            return [f"serving {serving}"]
        told = []
        for release in dict.fromkeys((serving, self.old)):
            told += [f"{release}: {damage}" for damage in Releases(self.home).verify(release)]
        return told

    def build_again(self, builder: Builder) -> list[str]:
        """What is wrong after the next build; [] when it did all it should."""
        done = builder.build(self.root, self.home)
        told = self.wrong()
        if done["signal"] or done["error"] or self.store.current_id() != self.new:
            told.append(f"the next build: {done}")
        left = set(os.listdir(self.home / "releases")) - {".lock", "current", self.old, self.new}
        return told + [f"left behind: {name}" for name in sorted(left)]

    def restore(self) -> None:
        """The old release alone again."""
        self.store.activate(self.old)
        shutil.rmtree(self.home / "releases" / self.new, ignore_errors=True)


@pytest.fixture
def scene(tmp_path: Path, builder: Builder) -> Scene:
    return Scene(tmp_path, builder)


def moments(changes: int, count: int, seed: int) -> list[int]:
    """``count`` of the changes by chance, and every one of the last ten: there the switch lies."""
    chosen = random.Random(seed).sample(range(1, changes - 10), count)
    return sorted(chosen) + list(range(changes - 9, changes + 1))


def test_a_kill_before_any_change_of_the_disk_harms_nobody(scene: Scene, builder: Builder) -> None:
    assert scene.changes > 60
    for moment in moments(scene.changes, 20, seed=20251122):
        died = builder.build(scene.root, scene.home, die_at=moment)
        assert died["signal"] == signal.SIGKILL, (moment, died)
        assert scene.wrong() == [], moment
        assert scene.build_again(builder) == [], moment
        scene.restore()


def test_kills_in_a_row_leave_nothing_behind(scene: Scene, builder: Builder) -> None:
    for moment in random.Random(7).sample(range(1, scene.changes), 8):
        builder.build(scene.root, scene.home, die_at=moment)
        assert scene.wrong() == [], moment
    assert scene.build_again(builder) == []


def test_a_kill_at_any_time_from_outside_harms_nobody(scene: Scene, builder: Builder) -> None:
    started = time.monotonic()
    builder.build(scene.root, scene.home)
    whole = time.monotonic() - started
    scene.restore()
    chance = random.Random(11)
    for _ in range(10):
        builder.send(root=scene.root, home=scene.home, die_at=0, told=True)
        pid = builder.answer()["pid"]
        # Waits on the pipe: a build that ends before its time is over is not killed.
        ended, _, _ = select.select([builder.answers], [], [], chance.random() * whole)
        if not ended:
            os.kill(pid, signal.SIGKILL)
        builder.answer()
        assert scene.wrong() == []
        assert scene.build_again(builder) == []
        scene.restore()


def test_a_kill_during_the_first_build_leaves_a_store_that_can_be_built(
    tmp_path: Path, builder: Builder
) -> None:
    root = write_root(tmp_path / "root")
    for moment in (1, 2, 5, 20, 50):
        home = tmp_path / f"home{moment}"
        assert builder.build(root, home, die_at=moment)["signal"] == signal.SIGKILL
        assert Releases(home).list() == ()
        assert builder.build(root, home)["error"] == ""
        assert Releases(home).verify() == ()


def test_a_release_that_is_to_wait_never_serves(scene: Scene, builder: Builder) -> None:
    for moment in moments(scene.changes - 2, 10, seed=3):
        builder.build(scene.root, scene.home, die_at=moment, activate=False)
        assert scene.store.current_id() == scene.old, moment
        assert scene.wrong() == [], moment
    done = builder.build(scene.root, scene.home, activate=False)
    assert (done["signal"], done["error"]) == (0, "")
    assert scene.store.ids() == (scene.old,)
    waiting = Pending(scene.home)
    assert waiting.ids() == (scene.new,)
    left = set(os.listdir(scene.home / "releases")) - {".lock", "current", "pending", scene.old}
    assert left == set()
    waiting.approve(scene.new, "operator")
    assert scene.store.current_id() == scene.new
    assert scene.store.verify() == ()


def test_these_tests_can_fail(scene: Scene, builder: Builder) -> None:
    """Without building beside and renaming, the same kills leave readers with a broken release."""
    last = builder.build(scene.root, scene.home, careless=True)["changes"]
    scene.restore()
    suffered = 0
    for moment in range(last - 30, last - 10, 5):
        died = builder.build(scene.root, scene.home, die_at=moment, careless=True)
        assert died["signal"] == signal.SIGKILL
        suffered += bool(scene.wrong())
        shutil.rmtree(scene.home / "releases" / scene.new, ignore_errors=True)
        scene.store.activate(scene.old)
    assert suffered > 0
