"""Workers as processes of their own, on the database of a test.

``Nursery`` loads everything once and forks a worker for every line it reads, so that many can be
killed in little time.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

_READY = """
import json, os, signal, sys
from smup.web.config.server import set_up
set_up()
from django.db import connections
connections.databases["default"].update(json.loads(sys.argv[1]))
for one in connections.all(initialized_only=True):
    del connections[one.alias]
from django.core.mail.utils import DNS_NAME
DNS_NAME.get_fqdn()  # may take a second
from smup.mailing import sending
from smup.web.config.working import ROUNDS, Worker, work
"""
_NURSERY = (
    _READY
    + """
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    child = os.fork()
    if not child:
        Worker(ROUNDS[:1]).run()
        os._exit(0)
    print(child, flush=True)
"""
)
_ONE = _READY + "work(None, ROUNDS[:1])"


class Nursery:
    """``start`` gives the process id of a new worker."""

    def __init__(self, database: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NURSERY, _described(database)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def start(self) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()


@contextmanager
def worker(database: dict[str, Any]) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker that listens to signals; gone when the block ends."""
    process = subprocess.Popen([sys.executable, "-c", _ONE, _described(database)])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _described(database: dict[str, Any]) -> str:
    return json.dumps(database, default=str)
