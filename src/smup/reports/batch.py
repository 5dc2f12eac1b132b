"""Reports of all units: what is there stays, what fails does not stop the rest."""

import errno
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from smup.documents.document import Document
from smup.reports.cache import making, template_digest
from smup.reports.compose import CannotWrite, compose
from smup.reports.definition import Definition, Kind
from smup.reports.disk import disk_words
from smup.reports.files import file_name
from smup.reports.kind import plan_of
from smup.reports.manifest import Manifest, Row
from smup.reports.writing import report_of
from smup.store.files import DRAFT, Locked, locked, write_whole
from smup.store.releases import Release, Releases
from smup.territory import Level, Unit

STAGE = "raporty"
LOCK = ".lock"
_EVERYBODYS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)  # no other file could be written either
Progress = Callable[[str, int, int], None]


class BatchError(ValueError):
    """A batch that cannot start or go on; what was written stays and counts in the next run."""


@dataclass(frozen=True)
class Job:
    """What is made of every unit. Whoever works sees ``home`` and ``out`` under these paths.

    ``base`` is the definition of any one unit.
    """

    home: str
    release: str
    base: Definition
    forms: tuple[str, ...]
    out: str
    template: bytes | None = None

    def definition(self, unit: str) -> Definition:
        return self.base.model_copy(update={"units": (unit,)})

    def row(self, unit: str, form: str) -> Row:
        """The line of a file that is not written yet."""
        release, definition = opened(self.home, self.release), self.definition(unit)
        office = [template_digest(self.template)] if self.template is not None else []
        made_from = "-".join([definition.digest, *office, making(Path(self.home))])
        return Row(file_name(definition, release, form), unit, form, release.id, made_from)


@dataclass(frozen=True)
class Task:
    """A unit and the forms still to be written of it."""

    unit: str
    forms: tuple[str, ...]


class Crew(Protocol):
    """Who works: processes of this machine, or a cluster."""

    def each(self, job: Job, tasks: Sequence[Task]) -> Generator[tuple[Row, ...]]:
        """The rows of each task, in whatever order they come. Closing it ends the work; files
        begun are finished or not there."""
        ...


@dataclass(frozen=True)
class Done:
    """``written`` now, ``kept`` from before, and those of which there is no file."""

    written: int
    kept: int
    failures: tuple[Row, ...]


def units_of(release: Release, kind: Kind, within: str = "") -> tuple[Unit, ...]:
    """Every gmina and powiat a kind is written of, else every województwo: those that exist today,
    each once, in the order of codes.

    ``within`` is a powiat or a województwo, "" the country. Raises BatchError for a comparison,
    which needs units chosen, and where there is nobody.
    """
    if kind is Kind.COMPARISON:
        raise BatchError("Porównania nie robi się dla wszystkich: wymień jednostki.")
    about = {Level(level) for level in plan_of(kind).units}
    levels = about & {Level.GMINA, Level.POWIAT} or about & {Level.WOJEWODZTWO}
    found = [
        unit
        for unit in release.territory
        if unit.valid_to is None and levels & set(unit.levels) and _within(unit, within)
    ]
    if not found:
        raise BatchError(f"W „{within}” nie ma jednostek, których dotyczy ten raport.")
    return tuple(sorted(found, key=lambda unit: unit.code))


def work(job: Job, task: Task) -> tuple[Row, ...]:
    """Write the files of a task; a form that fails says why in its row."""
    rows = tuple(job.row(task.unit, form) for form in task.forms)
    try:
        document = compose(opened(job.home, job.release), job.definition(task.unit))
    except Exception as error:
        return tuple(replace(row, problem=_said(error)) for row in rows)
    return tuple(_written(job, row, document) for row in rows)


def _written(job: Job, row: Row, document: Document) -> Row:
    """Any fault is that of one file: thousands of others are still to be written."""
    try:
        made = report_of(document, row.form, job.template)
        write_whole(Path(job.out) / row.file, made.content)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _EVERYBODYS:
            raise
        return replace(row, problem=_said(error))
    return replace(row, size=len(made.content), sha256=made.sha256, pages=made.pages)


def failed(job: Job, task: Task, problem: str) -> tuple[Row, ...]:
    """The rows of a task that came to no end."""
    return tuple(replace(job.row(task.unit, form), problem=problem) for form in task.forms)


def _said(error: Exception) -> str:
    """On one line: a sentence of ours as it is, anything else with its kind. The same every time:
    what the system says of a file has the name of a draft in it."""
    if isinstance(error, CannotWrite):
        return " ".join(str(error).split())
    told = disk_words(error) if isinstance(error, OSError) else error
    return f"{type(error).__name__}: {' '.join(str(told).split())}"


@lru_cache(maxsize=1)
def opened(home: str, release: str) -> Release:
    """The release, opened once a process."""
    return Releases(Path(home)).open(release)


def _within(unit: Unit, code: str) -> bool:
    return code in ("", unit.code, unit.powiat, unit.wojewodztwo)


def write_all(
    job: Job, units: Iterable[Unit], crew: Crew, progress: Progress | None = None
) -> Done:
    """Write what is not in ``job.out`` yet; the same folder in the end however often it was begun.

    Raises BatchError where another batch writes there, the folder cannot be written to, or the crew
    cannot go on.
    """
    out = Path(job.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with locked(out / LOCK, wait=False):
            return _write_all(job, units, crew, progress or (lambda *_: None))
    except Locked as busy:
        raise BatchError(
            f"Do folderu {out} pisze już inny proces ({busy.holder}); poczekaj, aż skończy."
        ) from busy
    except OSError as error:
        raise BatchError(
            f"Nie można pisać do folderu {out}: {disk_words(error)}. To, co gotowe, zostaje; usuń "
            "przyczynę i powtórz polecenie."
        ) from error


def _write_all(job: Job, units: Iterable[Unit], crew: Crew, progress: Progress) -> Done:
    for torn in Path(job.out).glob(f"{DRAFT}*"):  # of a process that was killed
        torn.unlink()
    manifest = Manifest(Path(job.out))
    wanted = [(unit.code, [job.row(unit.code, form) for form in job.forms]) for unit in units]
    missing = [
        Task(unit, tuple(row.form for row in rows if not manifest.has(row)))
        for unit, rows in wanted
    ]
    tasks = [task for task in missing if task.forms]
    kept = sum(len(rows) for _, rows in wanted) - sum(len(task.forms) for task in tasks)
    made: list[Row] = []
    done = len(wanted) - len(tasks)
    progress(STAGE, done, len(wanted))
    try:
        with closing(crew.each(job, tasks)) as results:
            for rows in results:
                manifest.add(rows)
                made += rows
                done += 1
                progress(STAGE, done, len(wanted))
    finally:
        manifest.finish()
    failures = tuple(sorted((row for row in made if row.problem), key=lambda row: row.file))
    return Done(len(made) - len(failures), kept, failures)
