"""A clock that moves when somebody sleeps; servers of contracts read the same time from a file."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
FILE = "now"


class VirtualClock:
    def __init__(self, folder: Path, start: datetime = START) -> None:
        self._file, self._now, self.slept = folder / FILE, start, 0.0
        if self._file.is_file():  # a process resumed later goes on from there
            self._now = datetime.fromtimestamp(float(self._file.read_text()), UTC)
        self._write()

    def now(self) -> datetime:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self.slept += seconds
        self._write()

    def _write(self) -> None:
        beside = self._file.with_suffix(f".{os.getpid()}")
        beside.write_text(repr(self._now.timestamp()))
        beside.replace(self._file)


def read(folder: Path) -> float:
    """The time as the last clock in ``folder`` wrote it, POSIX seconds."""
    return float((folder / FILE).read_text())
