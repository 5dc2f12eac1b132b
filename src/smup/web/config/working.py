"""What is done beside the answers: rounds, each with its pause, one after another in one process.

Two such processes do no harm: each round sees to it that nothing is done twice.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module

from django.db import close_old_connections

ENDS_WITHIN = 5.0  # seconds from being told to end; a message in hand is finished first
log = logging.getLogger("smup.worker")


@dataclass(frozen=True)
class Round:
    """``function`` (module:name) takes the moment and gives how many things were done. It is called
    again after ``pause`` seconds, at once where it did something and is ``eager``. What ``starts``
    processes that end with the worker has no place where the worker ends at once."""

    name: str
    function: str
    pause: float
    eager: bool = False
    starts: bool = False

    def __call__(self, now: datetime) -> int:
        module, _, name = self.function.partition(":")
        done: int = getattr(import_module(module), name)(now)
        return done


ROUNDS = (
    Round("mail", "smup.mailing.sending:round_", 2.0, eager=True),
    Round("sync", "smup.web.operations.rounds:round_", 2.0, starts=True),
    Round("deadlines", "smup.training.actions.deadlines:round_", 60.0),
    Round("retention", "smup.accounts.retention:round_", 24 * 3600.0),
)


def work_once(now: datetime, rounds: Iterable[Round] = ROUNDS) -> dict[str, int | None]:
    """Make each round until it has nothing more to do; how much each did, None where it failed."""
    done: dict[str, int | None] = {}
    for one in rounds:
        if one.starts:
            continue
        total: int | None = 0
        while total is not None:
            more = _made(one, now)
            total = None if more is None else total + more
            if not more or not one.eager:
                break
        done[one.name] = total
    return done


class Worker:
    """Makes rounds until told to end."""

    def __init__(
        self,
        rounds: Iterable[Round] = ROUNDS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        goes_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self.rounds, self.clock, self.goes_on = tuple(rounds), clock, goes_on
        self._end = threading.Event()

    def end(self) -> None:
        self._end.set()

    def run(self) -> None:
        """Return when told to end, or when ``goes_on`` (asked between rounds) says no."""
        due = dict.fromkeys(self.rounds, self.clock())
        while not self._end.is_set() and self.goes_on():
            for one in self.rounds:
                if due[one] <= self.clock() and not self._end.is_set():
                    more = _made(one, self.clock())
                    pause = 0.0 if more and one.eager else one.pause
                    due[one] = self.clock() + timedelta(seconds=pause)
            self._end.wait(self._rest(due))

    def _rest(self, due: Mapping[Round, datetime]) -> float:
        """Seconds until the next round; not many, so that an end of the server is noticed."""
        left = (min(due.values()) - self.clock()).total_seconds()
        return min(max(left, 0.0), 2.0)


def _made(one: Round, now: datetime) -> int | None:
    """How much a round did; None, and a line in the log, where it failed."""
    close_old_connections()  # one that broke is opened anew
    try:
        return one(now)
    except Exception:
        log.exception("runda %s nie powiodła się", one.name)
        return None


def work(beside: int | None, rounds: Iterable[Round] = ROUNDS) -> None:
    """Work until a signal says to end, or until the server ``beside`` (its process) is gone."""
    parent = os.getppid()
    worker = Worker(rounds, goes_on=lambda: beside is None or os.getppid() == parent == beside)
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: _end(worker))
    worker.run()


def _end(worker: Worker) -> None:
    """What a slow mail server holds up longer than ENDS_WITHIN is cut off; it becomes uncertain."""
    worker.end()
    last = threading.Timer(ENDS_WITHIN - 0.5, os._exit, (0,))
    last.daemon = True
    last.start()
