"""From the rows of a report and year to the figures of its tidy table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smup.catalogue import Catalogue
from smup.compute.evaluate import exact_kinds
from smup.ingest.figures import Notes
from smup.panel import Status
from smup.quality import Finding
from smup.sources.budget.positions import Wanted, in_force, unknown_paragraphs, values
from smup.sources.budget.raw import Raw
from smup.sources.budget.rows import Rows, rows_of
from smup.sources.budget.totals import Checked, checked
from smup.store.tidy import Fact
from smup.territory import GMINA_KINDS, Kind, Territory

REPORTING = frozenset({*GMINA_KINDS, Kind.MIASTO, Kind.POWIAT})  # who hands reports in


@dataclass(frozen=True)
class Landed:
    """``units``: how many handed the report in and are told."""

    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    units: int


def land(
    raw: Raw,
    totals: Raw | None,
    year: int,
    taken: Sequence[Wanted],
    catalogue: Catalogue,
    territory: Territory,
) -> Landed:
    """The figures that the report tells for the year, and what was noticed.

    ``totals`` are the rows of Rb-NDS, None where nobody has them. Raises SourceError for rows that
    cannot be read at all.
    """
    report = raw.report
    notes = Notes(report.id, raw.place)
    rows = rows_of(raw, year, territory, notes)
    sums = rows_of(totals, year, territory, Notes("", "")) if totals is not None else None
    sound = checked(rows, sums, notes)
    _note_silent(rows, territory, notes)
    if report.kinds:
        _note_strange(sound.rows, catalogue, notes)
    facts = [
        fact
        for one in taken
        if one.report.id == report.id and in_force(one, year, catalogue.budget)
        for fact in _facts(one, sound, catalogue, territory, notes)
    ]
    return Landed(tuple(facts), tuple(notes.findings()), len(sound.rows.units))


def _facts(
    one: Wanted, sound: Checked, catalogue: Catalogue, territory: Territory, notes: Notes
) -> Iterator[Fact]:
    rows = sound.rows
    if one.column not in rows.amounts:
        detail = f"{one.variable.id}: źródło nie ma kolumny „{one.column}”"
        notes.add("rb-brak-kolumny", None, detail, year=rows.year)
        return
    amounts, told = values(rows, one, catalogue.budget)
    kinds, short = exact_kinds(one.variable), sound.short.get(one.column, frozenset())
    for unit, amount, known in zip(rows.units, amounts.tolist(), told.tolist(), strict=True):
        if known and unit not in short and territory.units[unit].kind in kinds:
            status = Status.OBSERVED if amount else Status.ZERO
            yield Fact(one.variable.id, unit, rows.year, amount / 100, status)


def _note_silent(rows: Rows, territory: Territory, notes: Notes) -> None:
    """Units that existed and handed nothing in, as far as the rows show."""
    known = set(rows.units)
    silent = [
        unit.code
        for unit in territory
        if unit.kind in REPORTING and unit.exists_in(rows.year) and unit.code not in known
    ]
    if silent:
        shown = ", ".join(silent[:8]) + (" …" if len(silent) > 8 else "")
        detail = f"{rows.report.form}: jednostki bez sprawozdania: {len(silent)} ({shown})"
        notes.add("rb-brak-sprawozdania", None, detail, year=rows.year)


def _note_strange(rows: Rows, catalogue: Catalogue, notes: Notes) -> None:
    for paragraph, count in unknown_paragraphs(rows, catalogue.budget).items():
        detail = f"{rows.report.form}: paragraf {paragraph:03}, w sprawozdaniach: {count}"
        notes.add("rb-nieznany-paragraf", None, detail, year=rows.year)
