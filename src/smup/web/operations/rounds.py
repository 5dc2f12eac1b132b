"""The round of the worker that starts runs: one asked for on a page, the one due at night.

A run is a process of its own, so that mail goes on meanwhile; it ends when the worker does.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime

from smup.sync import wanted
from smup.sync.journal import Journal, Reason
from smup.web.config.paths import paths

_RUN = "from smup.cli import main; main()"
_started: list[subprocess.Popen[bytes]] = []


def round_(now: datetime) -> int:
    """Start what is due, one at a time; how many were started. Raises WrongHour."""
    _started[:] = [one for one in _started if one.poll() is None]
    home, at = paths().home, wanted.hour(os.environ)
    if _started or Journal(home).alive():
        return 0
    sources = wanted.asked(home)
    if sources is not None:
        _start(sources, "page")
        wanted.drop(home)
        return 1
    if at is not None and wanted.due(home, at, now):
        _start((), "night")
        return 1
    return 0


def _start(sources: Sequence[str], reason: Reason) -> None:
    told = ["sync", "run", *sources, "--reason", reason, "--beside", str(os.getpid())]
    _started.append(
        subprocess.Popen([sys.executable, "-c", _RUN, *told], stdout=subprocess.DEVNULL)
    )
