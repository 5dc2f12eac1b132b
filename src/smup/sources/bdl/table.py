"""The tidy table of one variable, made of kept sheets and written only when they changed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import orjson

from smup.catalogue import Source
from smup.ingest import tables
from smup.ingest.figures import Notes
from smup.quality import Finding
from smup.sources.bdl.held import Held
from smup.sources.bdl.numbers import Number
from smup.sources.bdl.reading import Around, facts_of
from smup.sources.bdl.sheets import Sheet
from smup.territory import Territory

METHOD = 1  # raised when the same bytes are read differently, so that tables are made anew


def table_name(variable: str) -> str:
    return f"bdl.{variable}"


@dataclass(frozen=True)
class Desktop:
    """What all tables are made with; ``attributes`` are (sha256, day) of the answers that say what
    the numbers beside values mean."""

    home: Path
    source: Source
    around: Around
    attributes: Sequence[tuple[str, str]]

    @cached_property
    def fingerprint(self) -> str:
        """Changes with anything but the sheets that a table depends on."""
        marks = sorted(
            (id_, m.status, int(m.flags), m.zero) for id_, m in self.around.marks.items()
        )
        told = f"{METHOD} {marks} {territory_digest(self.around.units.territory)}"
        return hashlib.sha256(told.encode()).hexdigest()


def territory_digest(territory: Territory) -> str:
    """Of everything in the register that decides whose a row is."""
    told = [(u.code, u.valid_from, u.valid_to, u.aliases) for u in territory]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def land_table(number: Number, held: Held, desk: Desktop) -> tuple[Held, list[Finding], bool]:
    """Make the table if what it is made of changed: (held with that noted, findings, written?).

    Raises Unclear, Unsound and SnapshotError; the old table stays then.
    """
    name = table_name(number.variable)
    made_of = _made_of(number, held, desk)
    if held.landed == made_of and tables.path_of(desk.home, name).is_file():
        return held, [], False
    notes = Notes(desk.source.id, name)
    facts = facts_of(number.variable, _chosen(held), desk.around, notes)
    findings = notes.findings()
    written = tables.put(desk.home, name, _meta(held, desk), facts, findings)
    return replace(held, landed=made_of), findings, written


def _made_of(number: Number, held: Held, desk: Desktop) -> str:
    told = [number.variable, number.id, *held.sheets, desk.fingerprint]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def _chosen(held: Held) -> dict[Sheet, list[int]]:
    """The years to take from each sheet: from the newest that holds them."""
    chosen: dict[Sheet, list[int]] = {}
    for level in sorted({sheet.level for sheet in held.sheets.values()}):
        for year, sheet in held.taken_from(level).items():
            chosen.setdefault(sheet, []).append(year)
    return chosen


def _meta(held: Held, desk: Desktop) -> list[tuple[str, str]]:
    source = desk.source
    meta = [
        ("source", source.id),
        ("publisher", source.publisher),
        ("title", source.title.pl),
        ("licence", source.licence),
    ]
    for digest, sheet in held.sheets.items():
        dated = f"{sheet.years[0]}-{sheet.years[-1]}"
        meta += _file(sheet.name, digest, dated, sheet.retrieved.isoformat())
    for digest, day in desk.attributes:
        meta += _file("BDL attributes", digest, day, day)
    return meta


def _file(name: str, digest: str, dated: str, retrieved: str) -> list[tuple[str, str]]:
    return [
        ("file", name),
        ("sha256", digest),
        ("sha256_inside", digest),
        ("dated", dated),
        ("retrieved", retrieved),
    ]
