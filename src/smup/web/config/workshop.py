"""Large derived files asked for before they were made: a process of its own makes them.

One at a time in a store, whoever asks for whatever: the server goes on answering meanwhile. A
worker of the server starts no second one, so no more wait for their turn than there are workers.
"""

import subprocess
import sys
import threading
import time
from functools import cache

from smup.store.bulk import BulkFolder
from smup.store.files import Locked
from smup.store.release import Release
from smup.web.config.paths import paths

REST = 600.0  # seconds after a failure before the same file is tried again
_RUN = "import os; os.nice(10); from smup.cli import main; main()"


class Workshop:
    """Starts the maker; remembers what failed lately, so that no reader has it tried in vain."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, str], float] = {}
        self._making: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def begin(self, release: Release, name: str) -> threading.Thread | None:
        """Have the file made; the thread that waits for it. None while somebody in this store
        makes one already, and after a failure."""
        failed = self._failed.get((release.id, name))
        if failed is not None and time.monotonic() - failed < REST:
            return None
        with self._lock:
            if self._busy(release):
                return None
            asked = ["release", "bulk", release.id, "--only", name]
            self._making = subprocess.Popen([sys.executable, "-c", _RUN, *asked])
            what = (self._making, (release.id, name))
        watch = threading.Thread(target=self._await, args=what, daemon=True)
        watch.start()
        return watch

    def _busy(self, release: Release) -> bool:
        """Does our own process run, or hold others the lock?"""
        if self._making is not None and self._making.poll() is None:
            return True
        try:
            with BulkFolder(paths().home, release.id).alone(wait=False):
                return False
        except Locked:
            return True

    def _await(self, process: "subprocess.Popen[bytes]", what: tuple[str, str]) -> None:
        if process.wait() != 0:
            self._failed[what] = time.monotonic()


@cache
def workshop() -> Workshop:
    """The one of this process."""
    return Workshop()
