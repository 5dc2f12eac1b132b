"""A table made of kept bytes: asked for just now, read again, or handed in as a file."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from smup.ingest.refusing import SourceError
from smup.ingest.tables import put
from smup.quality import Finding, finding
from smup.sources.budget.forms import Report, reports
from smup.sources.budget.held import (
    Held,
    Part,
    counted_since,
    definitions_digest,
    held,
    remember,
    table_name,
)
from smup.sources.budget.package import read_package
from smup.sources.budget.positions import Unread, Wanted, wanted
from smup.sources.budget.raw import Raw, joined
from smup.sources.budget.slices import PROVIDER, read_manifest
from smup.sources.budget.tables import Landed, land
from smup.sources.provider import Desk
from smup.store.snapshots import Snapshots


@dataclass(frozen=True)
class Made:
    """What came of one report and year: the table, if it was written now, and what was noticed."""

    table: str | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Workshop:
    """A desk with what definitions want of the reports."""

    desk: Desk

    @cached_property
    def _wanted(self) -> tuple[list[Wanted], list[Unread]]:
        return wanted(self.desk.catalogue)

    @property
    def taken(self) -> list[Wanted]:
        return self._wanted[0]

    @property
    def unread(self) -> list[Unread]:
        return self._wanted[1]

    @cached_property
    def snapshots(self) -> Snapshots:
        return Snapshots(self.desk.home / "snapshots")

    @cached_property
    def definitions(self) -> str:
        return definitions_digest(self.taken, self.desk.catalogue, self.desk.territory)

    def must_ask(self, report: Report, year: int) -> bool:
        """Is the table missing, or were its answers given before they counted?"""
        have = held(self.desk.home, report, year)
        if have is None:
            return True
        return not have.from_file and have.since != self.since(year)

    def counted_since(self, year: int) -> date:
        asking = self.desk.fetcher.providers[PROVIDER].settings.asking
        return counted_since(year, self.desk.today, asking.open_years)

    def since(self, year: int) -> str:
        return self.counted_since(year).isoformat()

    def must_read_again(self, report: Report, year: int) -> bool:
        """Do the definitions or the totals differ from those that the table was made by?"""
        have = held(self.desk.home, report, year)
        return have is not None and (have.definitions, have.totals) != (
            self.definitions,
            self._totals_id(report, year),
        )

    def raw(self, report: Report, year: int) -> Raw | None:
        """The rows the table was made of, from kept bytes alone; None where there is no table.

        Raises SourceError, SnapshotError."""
        have = held(self.desk.home, report, year)
        if have is None:
            return None
        if not have.from_file:
            raws = [read_manifest(report, self.snapshots, part.sha256) for part in have.parts]
            return joined(raws, f"mf/{report.path}/{year}")
        (part,) = have.parts
        package = read_package(self.snapshots.read(part.sha256), part.name)
        return next(each.raw for each in package if (each.raw.report, each.year) == (report, year))

    def make(self, raw: Raw, year: int, parts: Sequence[Part], since: str) -> Made:
        """Write the table, unless it would tell of fewer units than the one that stands."""
        report, desk = raw.report, self.desk
        landed = land(
            raw, self._totals(report, year), year, self.taken, desk.catalogue, desk.territory
        )
        before = held(desk.home, report, year)
        if not landed.facts or (before is not None and landed.units < before.units):
            return Made(None, (*landed.findings, _fewer(raw, year, landed, before)))
        name = table_name(report, year)
        meta = [*self._meta(report), *(line for part in parts for line in _lines(part, year))]
        changed = put(desk.home, name, meta, landed.facts, landed.findings)
        made = Held(
            tuple(parts), since, self.definitions, self._totals_id(report, year), landed.units
        )
        remember(desk.home, report, year, made)
        return Made(name if changed else None, landed.findings)

    def _totals(self, report: Report, year: int) -> Raw | None:
        told = report.total
        return None if told is None else self.raw(reports()[told.report], year)

    def _totals_id(self, report: Report, year: int) -> str:
        told = report.total
        have = None if told is None else held(self.desk.home, reports()[told.report], year)
        if have is None:
            return ""
        return hashlib.sha256("".join(p.sha256 for p in have.parts).encode()).hexdigest()[:16]

    def _meta(self, report: Report) -> list[tuple[str, str]]:
        source = self.desk.catalogue.sources[report.id]
        return [
            ("source", source.id),
            ("publisher", source.publisher),
            ("title", source.title.pl),
            ("licence", source.licence),
        ]


def _lines(part: Part, year: int) -> list[tuple[str, str]]:
    return [
        ("file", part.name),
        ("sha256", part.sha256),
        ("sha256_inside", part.sha256),
        ("dated", str(year)),
        ("retrieved", part.retrieved),
    ]


def _fewer(raw: Raw, year: int, landed: Landed, before: Held | None) -> Finding:
    detail = f"{raw.report.form} {year}: jednostek {landed.units}" + (
        f", a w dotychczasowej tabeli {before.units}; zostaje dotychczasowa"
        if before is not None
        else "; tabela nie powstała"
    )
    return finding("rb-mniej-jednostek", raw.report.id, raw.place, detail, year=year)


def refused(report: Report, place: str, error: SourceError, year: int) -> Made:
    """A report that cannot be read: its table stays as it was."""
    return Made(None, (finding(error.code, report.id, place, str(error), year=year),))
