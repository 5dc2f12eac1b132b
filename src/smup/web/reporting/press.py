"""Jobs and their state. There is no list of jobs: a job is done when its file is there, it failed
when a note says so, and otherwise it is made as soon as somebody asks.
"""

import logging
import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from smup.reports.definition import Definition
from smup.store.files import write_whole
from smup.web.config.limits import REPORTS_WAITING
from smup.web.config.paths import paths
from smup.web.reporting.jobs import Job, jobs_folder
from smup.web.reporting.maker import Broken, Maker

REST = 600.0  # seconds a failure is remembered; until then nobody has it tried again
IDLE = 300.0  # seconds without a job after which the process that makes files ends
BROKEN = "Pisanie raportu przerwano: trwało za długo. Wybierz mniej rozdziałów albo inny format."


class State(StrEnum):
    """Of a job that somebody asked for."""

    QUEUED = "queued"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class Full(Exception):
    """As many jobs wait already as may."""


@dataclass(frozen=True, slots=True)
class Status:
    """``why_not`` is the sentence that tells why a job failed, "" for any other state."""

    state: State
    why_not: str = ""


@dataclass
class _Order:
    job: Job
    definition: Definition
    ended: threading.Event = field(default_factory=threading.Event)


class Press:
    """Has files made one after another; safe between threads.

    Another worker of the server has a press of its own on the same store: what one of them made or
    failed to make, the other finds.
    """

    def __init__(
        self, home: Path, maker: Maker | None = None, places: int = REPORTS_WAITING
    ) -> None:
        self.home, self.places = home, places
        self._maker = maker or Maker(home)
        self._orders: OrderedDict[str, _Order] = OrderedDict()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def status(self, job: Job) -> Status | None:
        """The state of a job; None for one that nobody asked for lately."""
        if job.file(self.home).is_file():
            return Status(State.DONE)
        if (why_not := self._failure(job)) is not None:
            return Status(State.FAILED, why_not)
        with self._changed:
            if job.id not in self._orders:
                return None
            first = next(iter(self._orders))
            return Status(State.WORKING if job.id == first else State.QUEUED)

    def order(self, job: Job, definition: Definition, patience: float = 0.0) -> Status:
        """The state of the job after at most ``patience`` seconds; has it made where it is not.

        Raises Full.
        """
        known = self.status(job)
        if known is not None and known.state in (State.DONE, State.FAILED):
            return known
        self._queue(job, definition)
        if patience:
            self.wait(job, patience)
        return self.status(job) or Status(State.QUEUED)

    def wait(self, job: Job, patience: float) -> None:
        """Wait until the job has ended, where it was ordered here, or ``patience`` seconds."""
        with self._changed:
            order = self._orders.get(job.id)
        if order is not None:
            order.ended.wait(patience)

    def _queue(self, job: Job, definition: Definition) -> None:
        with self._changed:
            if job.id in self._orders:
                return
            if len(self._orders) >= self.places:
                raise Full
            self._orders[job.id] = _Order(job, definition)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="reports", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        while (order := self._next()) is not None:
            why_not = BROKEN
            try:
                why_not = self._maker.make(order.job, order.definition)
            except Broken:
                logging.error("report %s: its process ended", order.job.id)
            except Exception:  # a full disk, say: the thread must go on
                logging.exception("report %s", order.job.id)
            if why_not:
                self._note(order.job, why_not)
            with self._changed:
                del self._orders[order.job.id]
            order.ended.set()

    def _next(self) -> _Order | None:
        """The order that has waited longest; None, and no process, after a long time without."""
        with self._changed:
            if not self._orders and not self._changed.wait_for(lambda: bool(self._orders), IDLE):
                self._thread = None
                self._maker.close()
                return None
            return next(iter(self._orders.values()))

    def _failure(self, job: Job) -> str | None:
        note = self._note_of(job)
        try:
            if time.time() - note.stat().st_mtime < REST:
                return note.read_text("utf-8")
            note.unlink()
        except FileNotFoundError:
            pass
        return None

    def _note(self, job: Job, why_not: str) -> None:
        try:
            self._clear()
            write_whole(self._note_of(job), why_not.encode())
        except OSError:  # asked for again, it is tried again
            logging.exception("report %s: no note of its failure", job.id)

    def _clear(self) -> None:
        """Remove notes nobody heeds any more."""
        folder, oldest = jobs_folder(self.home), time.time() - REST
        for entry in os.scandir(folder) if folder.is_dir() else ():
            if entry.stat().st_mtime < oldest:
                Path(entry.path).unlink(missing_ok=True)

    def _note_of(self, job: Job) -> Path:
        return jobs_folder(self.home) / f"{job.id}.failed"


@cache
def press() -> Press:
    """The one of this process."""
    return Press(paths().home)
