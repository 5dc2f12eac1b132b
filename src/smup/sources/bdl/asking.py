"""One variable brought up to date: what is due is asked for, kept, and landed where accepted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from smup.fetch import providers
from smup.fetch.fetcher import Fetcher
from smup.quality import Finding, finding
from smup.sources.bdl import questions
from smup.sources.bdl.due import due_years, wanted_years
from smup.sources.bdl.held import Held, read_held, write_held
from smup.sources.bdl.lists import confirmed
from smup.sources.bdl.numbers import Number
from smup.sources.bdl.shapes import Subject, checking, shaped
from smup.sources.bdl.sheets import Asking, ask_sheet, keep_sheet
from smup.sources.bdl.table import Desktop, land_table, table_name
from smup.sources.bdl.wanted import LEVEL_NAMES, Wanted

LEAST = 0.9  # of the rows a table had before: with fewer it is taken for a part of itself
NIGHT = timedelta(hours=20)  # an answer older than this is of another night


@dataclass(frozen=True, slots=True)
class Ready:
    """A variable whose number is known; only an accepted number becomes a table."""

    wanted: Wanted
    number: Number
    accepted: bool


@dataclass
class Work:
    """What a run carries from variable to variable. ``asked`` is told after every answer."""

    home: Path
    fetcher: Fetcher
    settings: providers.Asking
    desktop: Desktop
    asked: Callable[[], None]
    findings: list[Finding] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    @property
    def night(self) -> datetime:
        return self.fetcher.clock.now() - NIGHT

    def note(self, code: str, variable: str, detail: str) -> None:
        self.findings.append(finding(code, questions.PROVIDER, table_name(variable), detail))


def is_new(work: Work, ready: Ready) -> bool:
    """Is something of the variable missing that was never asked for?"""
    kept = work.fetcher.kept(questions.subject(ready.number.subject_id))
    if kept is None:
        return True
    held = read_held(work.home, work.desktop.around.snapshots, ready.number)
    subject = shaped(Subject, kept.content)
    return any(
        set(_wanted(ready, level, subject, work.settings)) - held.years(level)
        for level in ready.wanted.levels
    )


def bring(work: Work, ready: Ready, *, look: bool) -> None:
    """Ask for what is due and make the table. With ``look`` the subject is asked first whether it
    changed, once a night. Raises Unclear, Uneven, Unsound, SnapshotError and what the fetcher
    raises; sheets that were whole by then are kept."""
    request = questions.subject(ready.number.subject_id)
    since = work.night if look else None
    answer = confirmed(work.fetcher, request, since, checking(Subject))
    work.asked()
    subject = shaped(Subject, answer.content)
    held = read_held(work.home, work.desktop.around.snapshots, ready.number)
    for level in ready.wanted.levels:
        held = _with_level(work, ready, level, subject, answer.retrieved, held)
    if ready.accepted and any(sheet.pages for sheet in held.sheets.values()):
        landed, findings, written = land_table(ready.number, held, work.desktop)
        if landed != held:
            write_held(work.home, ready.wanted.variable.id, landed)
        work.findings += findings
        if written:
            work.tables.append(table_name(ready.wanted.variable.id))


def _wanted(
    ready: Ready, level: int, subject: Subject, settings: providers.Asking
) -> tuple[int, ...]:
    return wanted_years(ready.wanted.variable, subject.years_at(level), settings)


def _with_level(
    work: Work, ready: Ready, level: int, subject: Subject, since: datetime, held: Held
) -> Held:
    """What is held after asking for what is due at the level."""
    variable = ready.wanted.variable.id
    wanted = _wanted(ready, level, subject, work.settings)
    if not wanted:
        work.note("bdl-brak-poziomu", variable, f"brak danych na poziomie {LEVEL_NAMES[level]}")
        return held
    years = due_years(held, level, wanted, subject, work.settings)
    if not years:
        return held
    rows = LEAST * max((before.total for before in held.at(level)), default=0)
    number, night = ready.number, work.night
    asking = Asking(work.fetcher, number, level, years, since, night, rows, work.asked)
    sheet = ask_sheet(asking, subject.last_update)
    if not sheet.pages:
        told = f"usługa nie ma tablicy na poziomie {LEVEL_NAMES[level]}"
        work.note("bdl-niepelne-dane" if rows else "bdl-brak-poziomu", variable, told)
        if rows:
            return held
    source = work.desktop.source
    digest = keep_sheet(work.desktop.around.snapshots, sheet, source.licence, source.publisher)
    held = held.with_sheet(digest, sheet)
    write_held(work.home, variable, held)
    return held
