"""A run: providers in their order, each as far as it comes; then the next release, if any."""

import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from smup.fetch.clock import Clock, SystemClock
from smup.fetch.errors import FetchError, QuotaSpent
from smup.sources.provider import Desk, Outcome, Progress, Provider
from smup.store.draft import silent
from smup.sync.comparing import differences
from smup.sync.desk import opened
from smup.sync.journal import SHOWN, Journal, Part, Reason, Run, id_of
from smup.sync.next_release import build_next

EVERY = 1.0  # seconds between two notes of how far a run is
LONG = 5.0  # seconds of waiting worth a note
log = logging.getLogger("smup.sync")


def run(
    root: Path,
    home: Path,
    providers: Sequence[Provider],
    *,
    reason: Reason = "person",
    patience: float | None = None,
    clock: Clock | None = None,
    progress: Progress = silent,
    waiting: Callable[[str, datetime], None] = lambda provider, until: None,
) -> Run:
    """Have the ``providers`` asked, then the next release built; what came of it.

    A failure of one provider is noted and the next goes on. KeyboardInterrupt is noted and goes
    on its way: the next run takes up the work. Raises SyncBusy, and what ``desk.opened`` raises.
    """
    time_of = clock or SystemClock()
    journal = Journal(home)
    with journal.alone():
        begun = time_of.now()
        names = tuple(one.id for one in providers)
        first = Run(id=id_of(begun), started=_iso(begun), reason=reason, sources=names)
        note = _Note(journal, first, progress, waiting, time_of)
        try:
            with opened(root, home, clock=time_of, patience=patience, waiting=note.waiting) as desk:
                for provider in providers:
                    _part(provider, desk, note)
            release, trouble = build_next(root, home, note.progress)
            note.change(release=release, trouble=trouble, differences=differences(home))
        except BaseException as error:
            note.end(stopped=not isinstance(error, Exception), trouble=_why(error))
            raise
        note.end()
        journal.forget_old()
        return note.run


class _Note:
    """The run as the journal has it; shows people how far it is."""

    def __init__(
        self,
        journal: Journal,
        run: Run,
        progress: Progress,
        waiting: Callable[[str, datetime], None],
        clock: Clock,
    ) -> None:
        self._journal, self.run, self.clock = journal, run, clock
        self._progress, self._waiting = progress, waiting
        self._noted = 0.0
        self.asked: Callable[[], int] = lambda: 0
        self.change()

    def change(self, **what: object) -> None:
        self.run = self.run.model_copy(update=what)
        self._journal.save(self.run)
        self._noted = time.monotonic()

    def part(self, part: Part) -> None:
        """Put the part in the place of the last one of the same provider, or after all."""
        others = tuple(one for one in self.run.parts if one.provider != part.provider)
        self.change(parts=(*others, part), stage="", done=0, total=0, waits="")

    def progress(self, stage: str, done: int, total: int) -> None:
        self._progress(stage, done, total)
        if time.monotonic() - self._noted >= EVERY or stage != self.run.stage:
            self.change(stage=stage, done=done, total=total, waits="", parts=self._counted())

    def waiting(self, provider: str, until: datetime) -> None:
        if (until - self.clock.now()).total_seconds() >= LONG:
            self._waiting(provider, until)
            self.change(waits=_iso(until))

    def end(self, **what: object) -> None:
        parts = self._counted()
        self.change(ended=_iso(self.clock.now()), stage="", waits="", parts=parts, **what)

    def _counted(self) -> tuple[Part, ...]:
        """The parts, with the requests of the one under way."""
        parts = self.run.parts
        if not parts or parts[-1].ended:
            return parts
        return (*parts[:-1], parts[-1].model_copy(update={"asked": self.asked()}))


def _part(provider: Provider, desk: Desk, note: _Note) -> None:
    """Have one provider asked; what came of it stands in the journal."""
    before, clock = desk.fetcher.asked(), desk.fetcher.clock
    note.asked = lambda: desk.fetcher.asked() - before
    part = Part(provider=provider.id, started=_iso(clock.now()))
    note.part(part)
    failure = unfinished = ""
    outcome: Outcome | None = None
    try:
        plan = provider.plan(desk)
        ends = desk.fetcher.forecast(provider.id, plan.requests).ends
        moment = _iso(datetime.fromtimestamp(ends, UTC))
        part = part.model_copy(update={"planned": plan.requests, "forecast": moment})
        note.part(part)
        outcome = provider.run(desk, note.progress)
        unfinished = outcome.unfinished
    except QuotaSpent as error:
        unfinished = str(error)
    except Exception as error:
        failure = _why(error)
    note.part(
        part.model_copy(
            update={
                "ended": _iso(clock.now()),
                "asked": note.asked(),
                "tables": outcome.tables if outcome else (),
                "findings": dict(Counter(one.severity for one in outcome.findings))
                if outcome
                else {},
                "errors": _errors(outcome),
                "unfinished": unfinished,
                "failure": failure,
            }
        )
    )


def _errors(outcome: Outcome | None) -> tuple[str, ...]:
    found = outcome.findings if outcome else ()
    return tuple(one.message for one in found if one.severity == "error")[:SHOWN]


def _why(error: BaseException) -> str:
    """A sentence for people; of a fault of the program only where it happened, for its text may
    hold anything."""
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return ""
    if isinstance(error, FetchError | ValueError | OSError):
        return str(error)
    log.error("synchronizacja: nieoczekiwany błąd", exc_info=error)
    with suppress(IndexError):
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f", {Path(last.filename).name}:{last.lineno}"
        return (
            f"Błąd programu ({type(error).__name__}{place}); dotychczasowe dane zostają. "
            "Zgłoś go razem z zapisem z konsoli."
        )
    return f"Błąd programu ({type(error).__name__})."


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
