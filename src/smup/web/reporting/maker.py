"""The process that makes files of reports, seen from the process that has them made.

It is a program of its own: a report keeps a core busy for up to some seconds, and what the
typesetter has laid out stays in memory until its process ends. It reads jobs from its standard
input and ends when that is closed, so it never outlives whoever started it.
"""

import subprocess
import sys
import threading
from pathlib import Path

import orjson

from smup.reports.definition import Definition, write_definition
from smup.web.config.limits import REPORT_TIME
from smup.web.reporting.jobs import Job

_PROGRAM = [sys.executable, "-m", "smup.web.reporting"]


class Broken(Exception):
    """The process ended before it answered: it took too long, or was killed."""


class Maker:
    """One process, started with the first job; not safe between threads."""

    def __init__(self, home: Path, limit: float = REPORT_TIME) -> None:
        self.home, self.limit = home, limit
        self._process: subprocess.Popen[bytes] | None = None

    def make(self, job: Job, definition: Definition) -> str:
        """Make the file of a job; "" once it is there, else the sentence why it cannot be.

        Raises Broken, and leaves a new process to the next job.
        """
        asked = {
            "home": str(self.home),
            "job": job.id,
            "definition": write_definition(definition),
            "file": str(job.file(self.home)),
        }
        answered = self._ask(orjson.dumps(asked) + b"\n")
        if answered["full"]:
            self.close()
        return str(answered["why_not"])

    def close(self) -> None:
        """End the process; the next job starts another."""
        process, self._process = self._process, None
        if process is not None and process.stdin and process.stdout:
            process.stdin.close()
            process.stdout.close()
            process.wait()

    def _ask(self, line: bytes) -> dict[str, str | bool]:
        process = self._process = self._process or subprocess.Popen(
            _PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Timer(self.limit, process.kill)
        late.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            late.cancel()
        if not answer:
            process.kill()
            self.close()
            raise Broken
        told: dict[str, str | bool] = orjson.loads(answer)
        return told
