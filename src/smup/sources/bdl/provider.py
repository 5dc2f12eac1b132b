"""The Local Data Bank as a provider: numbers found, data asked for, tables written."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, partial
from typing import TypeVar

from smup.catalogue.statuses import load_statuses
from smup.fetch.errors import FetchError, NotAsAgreed, QuotaSpent, Refused, Unreachable, Unsound
from smup.fetch.providers import Asking
from smup.ingest import tables
from smup.ingest.keys import Units
from smup.quality import Finding, finding
from smup.sources.bdl import questions
from smup.sources.bdl.asking import NIGHT, Ready, Work, bring, is_new
from smup.sources.bdl.attributes import Marks, Unclear, marks_of
from smup.sources.bdl.lists import Uneven, whole_list
from smup.sources.bdl.numbers import Number, read_accepted, read_found, write_found
from smup.sources.bdl.planning import planned
from smup.sources.bdl.reading import Around
from smup.sources.bdl.resolving import NotFound, found_number
from smup.sources.bdl.shapes import Attributes
from smup.sources.bdl.table import Desktop, table_name
from smup.sources.bdl.wanted import Wanted, wanted_of
from smup.sources.provider import Desk, Outcome, Plan, Progress
from smup.store.snapshots import SnapshotError, Snapshots
from smup.territory.load import load_parts

Result = TypeVar("Result")
STAGE = "Bank Danych Lokalnych"
IN_A_ROW = 3  # variables with answers of another shape, after which the service is left alone
_KEY = (401, 403)


class Bdl:
    id = questions.PROVIDER

    def plan(self, desk: Desk) -> Plan:
        """What a run would ask now; nobody is asked."""
        return planned(desk)

    def run(self, desk: Desk, progress: Progress) -> Outcome:
        """Find numbers, ask for data, write tables of accepted numbers."""
        run = _Run(desk, progress)
        unfinished = ""
        try:
            run.all()
        except _Stopped as stop:
            unfinished = str(stop)
        run.close()
        return Outcome(self.id, run.asked, tuple(run.tables), tuple(run.findings), unfinished)


class _Stopped(Exception):
    """The run cannot go on now; the text says why and when."""


@dataclass
class _Run:
    desk: Desk
    progress: Progress
    findings: list[Finding] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    waiting: dict[str, Number] = field(default_factory=dict)
    strange: int = 0  # variables in a row with answers of another shape

    def __post_init__(self) -> None:
        self.start = self.desk.fetcher.asked()
        self.expected = planned(self.desk).requests
        self.accepted = read_accepted(self.desk.root / "catalogue")
        wanted = {one.variable.id for one in wanted_of(self.desk.catalogue)}
        found = read_found(self.desk.home)
        self.known = {name: number for name, number in found.items() if name in wanted}

    @property
    def asked(self) -> int:
        return self.desk.fetcher.asked() - self.start

    @cached_property
    def settings(self) -> Asking:
        return self.desk.fetcher.providers[questions.PROVIDER].settings.asking

    def tell(self) -> None:
        self.progress(STAGE, self.asked, max(self.asked, self.expected))

    def all(self) -> None:
        """Attributes, numbers, what was never asked for, then what may have changed."""
        marks, said_by = self._attributes()
        work = self._work(marks, said_by)
        ready = [one for wanted in wanted_of(self.desk.catalogue) if (one := self._ready(wanted))]
        self._withdraw({one.wanted.variable.id for one in ready if one.accepted})
        new = [one for one in ready if is_new(work, one)]
        for one in new:
            self._guarded(one.wanted, partial(bring, work, one, look=False))
        for one in ready:
            if one not in new:
                self._guarded(one.wanted, partial(bring, work, one, look=True))

    def close(self) -> None:
        """Leave for a person what waits for one."""
        waiting = {**self.known, **self.waiting}  # a run that stopped early looked at some only
        write_found(self.desk.home, [waiting[name] for name in sorted(waiting)])
        if waiting:
            told = f"numerów do zatwierdzenia: {len(waiting)} (smup sync accept bdl)"
            self.findings.append(finding("bdl-numer-czeka", questions.PROVIDER, "", told))
        self.tell()

    def _withdraw(self, accepted: Collection[str]) -> None:
        """Tables of numbers that a person took back, or that answer another position by now: they
        would be figures nobody stands for. Their bytes are kept."""
        for name in tables.held(self.desk.home):
            source, _, variable = name.partition(".")
            if source == questions.PROVIDER and variable and variable not in accepted:
                tables.drop(self.desk.home, name)
                self.tables.append(name)

    def _attributes(self) -> tuple[Marks, list[tuple[str, str]]]:
        """What numbers beside values mean. Raises _Stopped: without that nothing can be read."""
        since = self.desk.fetcher.clock.now() - NIGHT
        try:
            told, answers = whole_list(self.desk.fetcher, questions.attributes, Attributes, since)
            marks = marks_of(told, load_statuses(self.desk.root / "catalogue"))
        except (FetchError, Uneven, Unsound, Unclear) as error:
            raise _Stopped(f"Nie wiadomo, co znaczą atrybuty wartości BDL: {error}") from error
        self.tell()
        return marks, [(a.digest, a.retrieved.date().isoformat()) for a in answers]

    def _work(self, marks: Marks, said_by: list[tuple[str, str]]) -> Work:
        desk = self.desk
        units = Units(desk.territory, load_parts(desk.root / "territory"))
        around = Around(Snapshots(desk.home / "snapshots"), units, marks)
        source = desk.catalogue.sources[questions.PROVIDER]
        desktop = Desktop(desk.home, source, around, said_by)
        return Work(
            desk.home, desk.fetcher, self.settings, desktop, self.tell, self.findings, self.tables
        )

    def _ready(self, wanted: Wanted) -> Ready | None:
        """The variable with its number; None, and a finding, where no number is found."""
        known = self.known.pop(wanted.variable.id, None)
        number = self.accepted.get(wanted.variable.id)
        if number is not None and number.asked == wanted.asked:
            return Ready(wanted, number, accepted=True)
        number = known
        if number is None or number.asked != wanted.asked:
            number = self._guarded(wanted, partial(self._resolved, wanted))
        if number is None:
            return None
        self.waiting[wanted.variable.id] = number
        return Ready(wanted, number, accepted=False)

    def _resolved(self, wanted: Wanted) -> Number:
        fetcher = self.desk.fetcher
        since = fetcher.clock.now() - timedelta(days=self.settings.again_days)
        number = found_number(wanted, fetcher, self.desk.catalogue.measures, since)
        self.tell()
        return number

    def _guarded(self, wanted: Wanted, do: Callable[[], Result]) -> Result | None:
        """What ``do`` gives; None and a finding where this variable alone is in trouble.

        Raises _Stopped where no other variable would fare better.
        """
        name = wanted.variable.id
        try:
            result = do()
        except NotFound as error:
            self._note("bdl-nie-znaleziono", name, f"{wanted.asked}: {error}")
        except Uneven as error:
            self._note("bdl-niepelne-dane", name, str(error))
        except Unclear as error:
            self._note("bdl-niejasna-wartosc", name, str(error))
        except (NotAsAgreed, Unsound) as error:
            self._note("bdl-zmieniona-odpowiedz", name, str(error))
            self.strange += 1
            if self.strange >= IN_A_ROW:
                raise _Stopped(str(error)) from error
        except SnapshotError as error:
            self._note("bdl-niepelne-dane", name, str(error))
        except Refused as error:
            if error.status in _KEY:
                raise _Stopped(str(error)) from error
            self._note("bdl-zmieniona-odpowiedz", name, str(error))
        except (QuotaSpent, Unreachable, FetchError) as error:
            raise _Stopped(str(error)) from error
        else:
            self.strange = 0
            return result
        return None

    def _note(self, code: str, variable: str, detail: str) -> None:
        self.findings.append(finding(code, questions.PROVIDER, table_name(variable), detail))
