"""The portal as ``smup up`` serves it, in processes of its own that can be killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SERVE = (
    "import sys; from pathlib import Path; from smup.web.config.server import serve; "
    "serve('127.0.0.1', int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RealServer:
    """A server on the store ``home``; a context that ends it and everything it started."""

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self.home, self.port = home, free_port()
        self._environment = {**os.environ, "SMUP_HOSTS": "localhost", **environment}
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "RealServer":
        self.begin()
        self.wait()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        finally:
            self.kill()

    def begin(self) -> None:
        """Start it, in a group of processes of its own."""
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(self.port), str(self.home), str(ROOT)],
            stdout=subprocess.PIPE,
            text=True,
            env=self._environment,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Until it says that it answers."""
        assert self._process is not None
        assert self._process.stdout is not None
        assert self._process.stdout.readline()

    def kill(self) -> None:
        """SIGKILL to the server, its workers and the worker beside it; nobody can tidy up."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
