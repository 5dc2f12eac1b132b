"""Kept sheets into facts: whose row, which year, what the number beside a value says.

Nothing here asks anybody: the same bytes give the same facts.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from smup.ingest.figures import Figure, Notes
from smup.ingest.keys import NoPlace, Place, Units
from smup.ingest.landing import land
from smup.panel import Status
from smup.sources.bdl.attributes import Marks, Unclear, reading_of
from smup.sources.bdl.shapes import DataPage, UnitRow, shaped
from smup.sources.bdl.sheets import Sheet
from smup.store.snapshots import Snapshots
from smup.store.tidy import Fact
from smup.territory import Territory

# The service puts the last year of a unit that is gone into its name: "M.st.Warszawa do 2002".
_GONE = re.compile(r"\bdo [12][0-9]{3}\b")


@dataclass(frozen=True)
class Around:
    """What every sheet is read against."""

    snapshots: Snapshots
    units: Units
    marks: Marks


@dataclass
class _Left:
    """Rows that are nobody's, counted so that a table does not repeat them one by one."""

    historical: Counter[str] = field(default_factory=Counter)
    parts: int = 0


def facts_of(
    variable: str, chosen: Mapping[Sheet, Sequence[int]], around: Around, notes: Notes
) -> list[Fact]:
    """The figures of ``variable`` in the years taken from each sheet; findings go to ``notes``.

    Raises Unclear for a value that could be taken for what it is not, Unsound and SnapshotError
    for bytes that are not what they were.
    """
    territory = around.units.territory
    left = _Left()
    figures = [
        figure
        for sheet, years in chosen.items()
        for figure in _of_sheet(variable, sheet, frozenset(years), around, left, notes)
    ]
    if left.historical:
        shown = ", ".join(list(left.historical)[:3])
        detail = f"jednostek, których rejestr nie obejmuje: {len(left.historical)}, np. {shown}"
        notes.add("jednostka-historyczna", None, detail)
    if left.parts:
        notes.add("czesc-gminy", None, f"pominięto wiersze części jednostek: {left.parts}")
    return land(_one_level(figures), territory, "ignore", notes)


def _of_sheet(
    variable: str,
    sheet: Sheet,
    years: frozenset[int],
    around: Around,
    left: _Left,
    notes: Notes,
) -> list[Figure]:
    rows = [
        row
        for digest in sheet.pages
        for row in shaped(DataPage, around.snapshots.read(digest)).results
    ]
    placed = [(row, around.units.by_code(row.id[2:4] + row.id[7:])) for row in rows]
    whole = {place.unit for _, place in placed if isinstance(place, Place) and not place.part}
    figures: list[Figure] = []
    for row, place in placed:
        read = list(_figures(variable, row, place, years, around.marks))
        if isinstance(place, NoPlace):
            _note_strange(row, place, read, around.units.territory, left, notes)
        elif place.part and place.unit in whole:
            left.parts += 1
        else:
            figures += _existing(read, around.units.territory)
    return figures


def _figures(
    variable: str, row: UnitRow, place: Place | NoPlace, years: frozenset[int], marks: Marks
) -> Iterator[Figure]:
    """Every value of the row, also of one whose unit nobody knows: it may be read wrong, too."""
    whose = place if isinstance(place, Place) else Place("", row.id)
    for value in row.values:
        year = int(value.year)
        if year not in years:
            continue
        try:
            reading = reading_of(value, marks)
        except Unclear as error:
            raise Unclear(f"{row.name} ({row.id}), rok {year}: {error}") from error
        yield Figure(variable, year, whose, reading, None)


def _note_strange(
    row: UnitRow,
    place: NoPlace,
    read: Sequence[Figure],
    territory: Territory,
    left: _Left,
    notes: Notes,
) -> None:
    """A unit the register does not know: one of the past, or one that it lacks."""
    known_since = min((change.after.year for change in territory.changes), default=0)
    recent = [f.year for f in read if f.reading.value is not None and f.year >= known_since]
    if _GONE.search(row.name) or not recent:
        left.historical[row.name] += 1
    else:
        notes.add(place.code, None, f"{row.name} ({row.id}): {place.detail}", year=max(recent))


def _existing(read: Sequence[Figure], territory: Territory) -> Iterator[Figure]:
    """Without gaps of years in which there was no such unit: the service lists them, too."""
    for figure in read:
        unit = territory.units[figure.place.unit]
        if figure.reading.value is not None or unit.exists_in(figure.year):
            yield figure


def _one_level(figures: Sequence[Figure]) -> Iterator[Figure]:
    """A city stands with gminas and with powiats: what both say is said once, and where only one of
    the two levels has a figure, the gap of the other gives way to it."""
    groups: dict[tuple[str, int], list[Figure]] = {}
    for figure in figures:
        if figure.place.part:
            yield figure
        else:
            groups.setdefault((figure.place.unit, figure.year), []).append(figure)
    for group in groups.values():
        valued = {figure.reading: figure for figure in group if figure.reading.value is not None}
        yield from valued.values() or [min(group, key=_vagueness)]


def _vagueness(gap: Figure) -> tuple[bool, int]:
    """ "Not published" may only mean "not at this level", so any other reason goes before it."""
    return gap.reading.status is Status.MISSING, gap.reading.status
