"""The worker beside the server: a process of its own that lives as long as the server does.

It begins when the server answers, so that no start waits for it, and is begun again when it fails.
When the server itself is killed, the worker notices that its parent is gone and ends.
"""

import os
import subprocess
import sys
import threading

AGAIN = 10.0  # seconds before a worker that ended by itself is begun again
PATIENCE = 6.0  # seconds a worker that was told to end may take
_RUN = "from smup.cli import main; main()"


class Beside:
    """One worker, kept running between ``begin`` and ``end``."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._changing = threading.Lock()

    def begin(self) -> None:
        threading.Thread(target=self._keep, name="beside", daemon=True).start()

    def end(self) -> None:
        """Have it finish what it is at; whatever takes longer is cut off."""
        with self._changing:
            self._ended.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _keep(self) -> None:
        while True:
            with self._changing:
                if self._ended.is_set():
                    return
                asked = ["worker", "--beside", str(os.getpid())]
                self._process = subprocess.Popen([sys.executable, "-c", _RUN, *asked])
            self._process.wait()
            self._ended.wait(AGAIN)
