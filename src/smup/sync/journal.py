"""The journal of runs: ``<home>/sync/runs/<id>.json``, one file a run, written whole."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from smup.store.files import Locked, locked, write_whole

SHOWN = 20  # sentences of errors kept of a part; all of them stand beside the tables
KEPT = 200  # runs; older ones are forgotten
FOLDER, LOCK = "sync", ".lock"
LOOK = 0.2  # seconds: somebody who only looks whether a run is under way is gone by then
Reason = Literal["person", "night", "page"]
State = Literal["running", "broken", "stopped", "failed", "unfinished", "done"]


class SyncBusy(ValueError):
    """Another run is under way."""

    def __init__(self, holder: str) -> None:
        who = f" (proces {holder})" if holder else ""
        super().__init__(
            f"Inna synchronizacja{who} jeszcze trwa – poczekaj albo przerwij ją; podjęta na nowo "
            "nie pyta o to, co już ma."
        )


class _Noted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Part(_Noted):
    """What a run did with one provider. Moments are ISO texts, "" while there are none.

    ``planned`` requests were thought to end at ``forecast``; ``findings`` counts them by severity,
    ``errors`` are the first of the gravest. ``unfinished`` and ``failure`` are Polish sentences
    with the place and what to do.
    """

    provider: str
    started: str
    ended: str = ""
    planned: int = 0
    forecast: str = ""
    asked: int = 0
    tables: tuple[str, ...] = ()
    findings: Mapping[str, int] = {}
    errors: tuple[str, ...] = ()
    unfinished: str = ""
    failure: str = ""

    @property
    def succeeded(self) -> bool:
        return bool(self.ended) and not self.unfinished and not self.failure


class Run(_Noted):
    """One run. ``stage``, ``done`` of ``total`` and ``waits`` (until when) tell where it stands;
    ``release`` is what it had built, ``trouble`` why it could not; ``differences`` are sentences
    on what the national system publishes otherwise."""

    id: str
    started: str
    reason: Reason
    sources: tuple[str, ...]
    ended: str = ""
    stopped: bool = False
    parts: tuple[Part, ...] = ()
    stage: str = ""
    done: int = 0
    total: int = 0
    waits: str = ""
    release: str = ""
    trouble: str = ""
    differences: tuple[str, ...] = ()

    @property
    def asked(self) -> int:
        return sum(part.asked for part in self.parts)

    @property
    def failures(self) -> tuple[str, ...]:
        told = (*(part.failure for part in self.parts), self.trouble)
        return tuple(one for one in told if one)

    def state(self, alive: bool) -> State:
        """``alive``: is some run under way? Only the newest can be it."""
        if not self.ended:
            return "running" if alive else "broken"
        if self.stopped:
            return "stopped"
        if self.failures:
            return "failed"
        return "unfinished" if any(part.unfinished for part in self.parts) else "done"


class Journal:
    """The runs of a store."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER / "runs"
        self._lock = home / FOLDER / LOCK

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the one run; the kernel ends that with the process. Raises SyncBusy."""
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            try:
                held.enter_context(locked(self._lock, wait=False))
            except Locked:
                time.sleep(LOOK)
                self._enter(held)
            yield

    def _enter(self, held: ExitStack) -> None:
        try:
            held.enter_context(locked(self._lock, wait=False))
        except Locked as error:
            raise SyncBusy(error.holder) from None

    def alive(self) -> bool:
        """Is a run under way?"""
        try:
            with self._lock.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def holder(self) -> int | None:
        """The process of the run under way; None where there is none. Takes a moment."""
        if not self.alive():
            return None
        time.sleep(LOOK)  # the lock file names the run before until a new one has said who it is
        return int(self._lock.read_text()) if self.alive() else None

    def save(self, run: Run) -> None:
        write_whole(self.folder / f"{run.id}.json", run.model_dump_json(indent=1).encode())

    def forget_old(self) -> None:
        for path in self._paths()[KEPT:]:
            path.unlink(missing_ok=True)

    def runs(self) -> Iterator[Run]:
        """The newest first; a file that cannot be read is left out."""
        for path in self._paths():
            try:
                yield Run.model_validate_json(path.read_bytes())
            except (OSError, ValueError):
                continue

    def last(self) -> Run | None:
        return next(self.runs(), None)

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("*.json"), reverse=True)


def stop(holder: int) -> None:
    """Tell a run to end, as Ctrl+C does. Raises PermissionError for another user's run."""
    with suppress(ProcessLookupError):  # it has ended meanwhile
        os.kill(holder, signal.SIGTERM)


def id_of(moment: datetime) -> str:
    """Runs sort by their ids."""
    return moment.strftime("%Y%m%dT%H%M%S%fZ")
