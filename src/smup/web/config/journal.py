"""The access log: one JSON line for each answer, kept for a stated time, without personal data.

A line holds the network of the client instead of its address, the path without the question, and
nothing of the browser. Lines are written by a thread of their own, together, twice a second;
several workers append to one file a day, each write whole.
"""

import atexit
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import orjson

from smup.web.config.client_address import shortened

PERIOD = 0.5  # seconds between writes
WAITING = 200_000  # entries at most that wait to be written; beyond that the oldest are lost
_NAME = "access-{}.jsonl"


def log_days() -> int:
    """For how many days the log is kept; 0 where none is."""
    return int(os.environ.get("SMUP_LOG_DAYS", "30"))


class Entry(NamedTuple):
    """One answer. ``at`` is seconds since 1970, ``seconds`` until its last byte was handed over;
    ``ready`` means that it lay in memory."""

    at: float
    request: str
    address: str
    method: str
    path: str
    status: int
    sent: int
    seconds: float
    ready: bool


class Journal:
    """Collects entries; ``folder`` is None where no log is kept and entries are only counted."""

    def __init__(
        self, folder: Path | None, days: int, count: Callable[[Sequence[Entry]], None]
    ) -> None:
        self.folder, self.days, self._count = folder, days, count
        self._entries: deque[Entry] = deque(maxlen=WAITING)
        self._begun = False
        self._writing = threading.Lock()
        self._day = ""

    def note(self, entry: Entry) -> None:
        self._entries.append(entry)
        if not self._begun:
            self._begin()

    def flush(self) -> None:
        """Write and count what has been noted until now."""
        with self._writing:
            entries = [self._entries.popleft() for _ in range(len(self._entries))]
            if not entries:
                return
            self._count(entries)
            if self.folder is not None:
                self._write(self.folder, entries)

    def _begin(self) -> None:
        with self._writing:
            if self._begun:
                return
            self._begun = True
        atexit.register(self.flush)
        threading.Thread(target=self._run, name="journal", daemon=True).start()

    def _run(self) -> None:
        pause = threading.Event()
        while not pause.wait(PERIOD):
            self.flush()

    def _write(self, folder: Path, entries: Sequence[Entry]) -> None:
        today = datetime.fromtimestamp(entries[-1].at, UTC).date()
        if self._day != today.isoformat():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._day = today.isoformat()
            forget(folder, today, self.days)
        lines = b"".join(map(line, entries))
        file = os.open(
            folder / _NAME.format(self._day), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
        )
        try:
            os.write(file, lines)
        finally:
            os.close(file)


def line(entry: Entry) -> bytes:
    """One entry as a line of JSON, joined by hand: the log must cost less than the answer."""
    whole = int(entry.at)
    return (
        f'{{"time":"{_second(whole)}.{int(1000 * (entry.at - whole)):03}Z",'
        f'"request":"{entry.request}","network":"{shortened(entry.address)}",'
        f'{_asked(entry.method, entry.path)},"status":{entry.status},"bytes":{entry.sent},'
        f'"ms":{1000 * entry.seconds:.2f}}}\n'
    ).encode()


@lru_cache(maxsize=1024)
def _asked(method: str, path: str) -> str:
    """Method and path inside a line; what is no text in an address is replaced."""
    told = {"method": method[:16], "path": path[:500].encode("utf-8", "replace").decode()}
    return orjson.dumps(told).decode()[1:-1]


@lru_cache(maxsize=16)
def _second(whole: int) -> str:
    return datetime.fromtimestamp(whole, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def forget(folder: Path, today: date, days: int) -> None:
    """Remove the logs of days longer ago than ``days``."""
    oldest = _NAME.format((today - timedelta(days=days)).isoformat())
    for file in folder.glob(_NAME.format("*")):
        if file.name < oldest:
            file.unlink(missing_ok=True)
