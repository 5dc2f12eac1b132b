"""The worker: rounds by their pauses, one that fails, the end."""

import logging
import os
import select
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from smup.web.config.beside import Beside

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
CALLS: list[tuple[str, datetime]] = []
LEFT: dict[str, int] = {}


def quick(now: datetime) -> int:
    CALLS.append(("quick", now))
    LEFT["quick"] = LEFT.get("quick", 0) - 1
    return int(LEFT["quick"] >= 0)


def slow(now: datetime) -> int:
    CALLS.append(("slow", now))
    return 0


def failing(now: datetime) -> int:
    CALLS.append(("failing", now))
    raise OSError("the disk is gone")


@pytest.fixture(autouse=True)
def _no_calls(settings_of: None) -> None:
    CALLS.clear()
    LEFT.clear()


def _rounds(*names: str) -> Any:
    from smup.web.config.working import Round

    pauses = {"quick": 2.0, "slow": 60.0, "failing": 2.0}
    return [Round(name, f"{__name__}:{name}", pauses[name], name == "quick") for name in names]


def test_once_makes_every_round_until_it_has_nothing_left() -> None:
    from smup.web.config.working import work_once

    LEFT["quick"] = 3
    assert work_once(NOON, _rounds("quick", "slow")) == {"quick": 3, "slow": 0}
    assert [name for name, _ in CALLS] == ["quick"] * 4 + ["slow"]


def test_a_round_that_fails_is_logged_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    from smup.web.config.working import work_once

    with caplog.at_level(logging.ERROR):
        done = work_once(NOON, _rounds("failing", "slow"))
    assert done == {"failing": None, "slow": 0}
    assert "failing" in caplog.text
    assert "the disk is gone" in caplog.text


def test_what_would_end_with_the_worker_is_not_begun_by_one_that_ends_at_once() -> None:
    from smup.web.config.working import Round, work_once

    starting = Round("quick", f"{__name__}:quick", 2.0, starts=True)
    assert work_once(NOON, [starting]) == {}
    assert CALLS == []


def test_rounds_come_by_their_pauses() -> None:
    """The clock moves a second at every look between rounds."""
    from smup.web.config.working import Worker

    moment = [NOON]

    def goes_on() -> bool:
        moment[0] += timedelta(seconds=1)
        return moment[0] <= NOON + timedelta(seconds=61)

    worker = Worker(_rounds("quick", "slow"), lambda: moment[0], goes_on)
    worker._end.wait = lambda rest: False  # type: ignore[method-assign]
    worker.run()
    seconds = {
        name: [(at - NOON).total_seconds() for called, at in CALLS if called == name]
        for name in ("quick", "slow")
    }
    assert seconds["quick"] == [float(second) for second in range(1, 62, 2)]
    assert seconds["slow"] == [1.0, 61.0]


def test_a_round_that_did_something_comes_again_at_once() -> None:
    from smup.web.config.working import Worker

    LEFT["quick"] = 3
    looks = iter([True] * 4)
    Worker(_rounds("quick", "slow"), lambda: NOON, lambda: next(looks, False)).run()
    assert [name for name, _ in CALLS] == ["quick", "slow", "quick", "quick", "quick"]


def test_told_to_end_no_further_round_begins() -> None:
    from smup.web.config.working import Worker

    worker = Worker(_rounds("quick", "slow"), lambda: NOON)
    worker.end()
    worker.run()
    assert CALLS == []


def test_every_round_of_the_table_can_be_called(database: dict[str, Any]) -> None:
    from smup.web.config.working import ROUNDS, work_once

    assert {one.name for one in ROUNDS} == {"mail", "sync", "deadlines", "retention"}
    assert None not in work_once(datetime.now(UTC)).values()


_SERVER = """
import sys, threading
from smup.web.config.beside import Beside
beside = Beside()
beside.begin()
while beside._process is None:
    threading.Event().wait(0.01)
print(beside._process.pid, flush=True)
sys.stdin.read()
"""


def test_the_worker_ends_with_a_server_that_is_killed(tmp_path: Any, settings_of: None) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"SMUP_HOME": str(tmp_path)},
    )
    assert server.stdout is not None
    worker = os.pidfd_open(int(server.stdout.readline()))
    server.kill()
    server.communicate()
    ended, _, _ = select.select([worker], [], [], 60)
    os.close(worker)
    assert ended


def test_the_worker_ends_with_a_server_that_is_told_to(
    tmp_path: Any, settings_of: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMUP_HOME", str(tmp_path))
    beside = Beside()
    beside.begin()
    beside.end()
    assert beside._process is None or beside._process.poll() is not None
