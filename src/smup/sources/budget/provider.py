"""The BeSTi@ service: a report of a year from each województwo in pages, newest years first."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from smup.fetch.errors import FetchError, QuotaSpent
from smup.ingest.refusing import SourceError
from smup.language import plural
from smup.quality import Finding
from smup.sources.budget.forms import Report, reports
from smup.sources.budget.held import Part, held
from smup.sources.budget.making import Made, Workshop, refused
from smup.sources.budget.raw import joined
from smup.sources.budget.slices import PROVIDER as ID
from smup.sources.budget.slices import Read, Slice, manifest, missing, read_slice
from smup.sources.budget.tables import REPORTING
from smup.sources.provider import Desk, Outcome, Plan, Progress, Step
from smup.store.snapshots import SnapshotError, SnapshotInfo
from smup.territory import Kind

_MONTH = 6  # of the following year, where no definition says when reports are published
_PATIENCE = 2  # reports refused one after another: then the service itself is at fault
_FILES = (
    "Rok z pliku wydawcy (np. Rb28S_2025Q4.zip) nie kosztuje zapytań: smup sync mf --file PLIK."
)


class Budget:
    """Provider of Rb-27S, Rb-28S, Rb-NDS and Rb-Z."""

    @property
    def id(self) -> str:
        return ID

    def plan(self, desk: Desk) -> Plan:
        """What is still to be asked; where nothing is known, by the usual length of a report."""
        shop = Workshop(desk)
        steps = [
            Step(f"{report.form} za {year}", _cost(shop, report, year))
            for year in _years(shop)
            for report in reports().values()
            if shop.must_ask(report, year)
        ]
        return Plan(ID, tuple(step for step in steps if step.requests), _notes(shop))

    def run(self, desk: Desk, progress: Progress) -> Outcome:
        """Ask for what is missing and make the tables. Stops at a limit, or when the service is
        out of order; called again it goes on from there."""
        return _Run(Workshop(desk), progress, self.plan(desk).requests).outcome()


PROVIDER = Budget()


@dataclass
class _Run:
    shop: Workshop
    progress: Progress
    total: int
    tables: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    failed: int = 0  # reports refused one after another

    def outcome(self) -> Outcome:
        fetcher = self.shop.desk.fetcher
        before, unfinished = fetcher.asked(), ""
        try:
            for year in _years(self.shop):
                for report in reports().values():
                    self._one(report, year, before)
        except FetchError as error:
            unfinished = str(error)
        asked = fetcher.asked() - before
        return Outcome(ID, asked, tuple(self.tables), tuple(self.findings), unfinished)

    def _one(self, report: Report, year: int, before: int) -> None:
        """The table of one report and year, where it is missing or stale."""
        place = f"{ID}/{report.path}/{year}"
        try:
            if self.shop.must_ask(report, year):
                made = self._asked(report, year, before)
            elif self.shop.must_read_again(report, year):
                made = self._read_again(report, year)
            else:
                return
            self.failed = 0
        except QuotaSpent:
            raise
        except FetchError as error:
            self.failed += 1
            if self.failed >= _PATIENCE:
                raise
            made = refused(report, place, SourceError("brak-odpowiedzi", str(error)), year)
        except (SourceError, SnapshotError) as error:
            code = error.code if isinstance(error, SourceError) else "nieczytelny-plik"
            made = refused(report, place, SourceError(code, str(error)), year)
        self.tables += [made.table] if made.table else []
        self.findings += made.findings

    def _asked(self, report: Report, year: int, before: int) -> Made:
        """All slices, then the table. A report of which some województwa have nothing is not
        whole; one of which none has anything is not published."""
        desk = self.shop.desk
        since = self.shop.counted_since(year)
        slices = _slices(desk, report, year)
        reads = [self._read(one, since, before) for one in slices]
        if all(read.raw is None for read in reads):
            return Made(None, ())
        reads = [
            self._read(one, max(since, desk.today), before) if read.raw is None else read
            for one, read in zip(slices, reads, strict=True)
        ]
        raws = [read.raw for read in reads if read.raw is not None]
        silent = [o.wk for o, read in zip(slices, reads, strict=True) if read.raw is None]
        if silent:
            raise SourceError(
                "rb-niepelna-odpowiedz",
                f"{report.form} za {year}: usługa nie ma nic z "
                f"{plural(len(silent), 'województwa', 'województw', 'województw')} "
                f"{', '.join(silent)}; tabela zostaje, jaka była.",
            )
        parts = [self._part(one, read) for one, read in zip(slices, reads, strict=True)]
        raw = joined(raws, f"{ID}/{report.path}/{year}")
        return self.shop.make(raw, year, parts, since.isoformat())

    def _read(self, one: Slice, since: date, before: int) -> Read:
        fetcher, stage = self.shop.desk.fetcher, f"{one.report.form} za {one.year}"

        def asked() -> None:
            done = fetcher.asked() - before
            self.progress(stage, done, max(self.total, done))

        return read_slice(fetcher, one, since, asked)

    def _read_again(self, report: Report, year: int) -> Made:
        have, raw = held(self.shop.desk.home, report, year), self.shop.raw(report, year)
        assert have is not None
        assert raw is not None
        return self.shop.make(raw, year, have.parts, have.since)

    def _part(self, one: Slice, read: Read) -> Part:
        """The slice as kept bytes: a list of its pages, which are kept themselves."""
        access = self.shop.desk.fetcher.providers[ID]
        day = max(answer.retrieved for answer in read.answers).date().isoformat()
        info = SnapshotInfo(one.place, access.settings.publisher, access.settings.licence, day)
        base = access.settings.base
        return Part(one.place, manifest(one, read, base, self.shop.snapshots, info), day)


def _years(shop: Workshop) -> range:
    """Years whose reports are published, newest first."""
    variables = [one.variable for one in shop.taken]
    oldest = shop.desk.fetcher.providers[ID].settings.asking.first_year
    first = min((v.since for v in variables if v.since is not None), default=oldest)
    month = min((v.published_month for v in variables if v.published_month), default=_MONTH)
    today = shop.desk.today
    return range(today.year - 1 - (today.month < month), first - 1, -1)


def _slices(desk: Desk, report: Report, year: int) -> list[Slice]:
    return [Slice(report, year, u.code) for u in desk.territory if u.kind is Kind.WOJEWODZTWO]


def _cost(shop: Workshop, report: Report, year: int) -> int:
    desk, since = shop.desk, shop.counted_since(year)
    bodies = Counter(
        unit.wojewodztwo
        for unit in desk.territory
        if unit.kind in REPORTING and unit.exists_in(year)
    )
    return sum(
        missing(desk.fetcher, one, since, report.rows * bodies[one.wk])
        for one in _slices(desk, report, year)
    )


def _notes(shop: Workshop) -> tuple[str, ...]:
    """What costs nothing, and what is not asked for and why."""
    return (_FILES, *(f"{one.variable} ({one.source}): {one.reason}" for one in shop.unread))
