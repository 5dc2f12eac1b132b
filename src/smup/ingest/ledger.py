"""The ledger of changes: what differs between one edition of TERC and the next.

An edition shows that something changed, not when: the change lies after the older edition and not
later than the newer one, always on a 1 January; between editions of two years in a row that is the
day of the newer one. ``known_years.csv`` narrows it where a source names the year. The register
names no successors, so neither does the ledger.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from smup.ingest.terc import Edition, Entry
from smup.territory.units import Change, Kind, Unit


@dataclass(frozen=True, slots=True)
class KnownYear:
    """A change whose day a source names; ``parent`` is the gmina the land was taken from."""

    unit: str
    what: str
    day: date
    parent: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Since:
    """Name and 7-digit code of a unit from one edition on, until the next entry of that unit."""

    unit: str
    since: date
    name: str
    kind: str
    teryt7: str


def read_known_years(path: Path) -> list[KnownYear]:
    """The hand-written facts; an empty list when the file is absent."""
    return [
        KnownYear(
            unit=row["unit"],
            what=row["what"],
            day=date.fromisoformat(row["day"]),
            parent=row["parent"] or None,
            source=row["source"],
        )
        for row in _written_by_hand(path)
    ]


def read_historical_units(path: Path) -> list[Unit]:
    """Units older than the oldest edition; an empty list when the file is absent."""
    return [
        Unit(
            code=row["code"],
            name=row["name"],
            kind=Kind(row["kind"]),
            powiat=None,
            wojewodztwo=row["wojewodztwo"],
            valid_to=date.fromisoformat(row["valid_to"]),
            aliases=(row["code"].ljust(7, "0"),),
        )
        for row in _written_by_hand(path)
    ]


def _written_by_hand(path: Path) -> list[dict[str, str]]:
    """The rows of a table of facts; none when the file is absent."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def changes(editions: Iterable[Edition], known: Iterable[KnownYear]) -> list[Change]:
    """Every difference between neighbouring editions, sorted by unit and time."""
    years = {(fact.unit, fact.what): fact for fact in known}
    found = [
        _dated(change, years)
        for older, newer in pairwise(editions)
        for code in sorted(older.units.keys() | newer.units.keys())
        for change in _differences(code, older, newer)
    ]
    return sorted(found, key=lambda change: (change.unit, change.by, change.what))


def history(editions: Iterable[Edition]) -> list[Since]:
    """A row for each edition in which a unit's name, kind or 7-digit code is new."""
    last: dict[str, Entry] = {}
    rows = []
    for edition in editions:
        for code, entry in edition.units.items():
            if last.get(code) != entry:
                since = Since(code, edition.day, entry.name, entry.kind, entry.teryt7 or "")
                rows.append(since)
                last[code] = entry
    return sorted(rows, key=lambda row: (row.unit, row.since))


def _differences(code: str, older: Edition, newer: Edition) -> Iterator[Change]:
    before, now = older.units.get(code), newer.units.get(code)
    if before is None and now is not None:
        yield _change(code, "utworzenie", older, newer, "", now.name)
    elif now is None and before is not None:
        yield _change(code, "zniesienie", older, newer, before.name, "")
    elif before is not None and now is not None:
        if before.name != now.name:
            yield _change(code, "zmiana-nazwy", older, newer, before.name, now.name)
        if before.kind != now.kind:
            yield _change(code, "zmiana-rodzaju", older, newer, before.kind, now.kind)


def _change(code: str, what: str, older: Edition, newer: Edition, before: str, now: str) -> Change:
    source = f"TERC {older.day} i {newer.day}"
    day = newer.day if older.day.year + 1 == newer.day.year else None
    return Change(code, what, older.day, newer.day, day, str(before), str(now), source)


def _dated(change: Change, years: Mapping[tuple[str, str], KnownYear]) -> Change:
    fact = years.get((change.unit, change.what))
    if fact is None:
        return change
    if not change.after < fact.day <= change.by:
        raise ValueError(
            f"known_years.csv: {fact.unit} {fact.what} {fact.day} leży poza okresem, "
            f"w którym rejestr pokazuje tę zmianę ({change.after} – {change.by})."
        )
    eve = fact.day.replace(year=fact.day.year - 1)
    source = f"{change.source}; rok: {fact.source}"
    return replace(change, after=eve, by=fact.day, day=fact.day, source=source)
