"""Which figures land in the tidy table: existence, empty years, duplicates, parts of units."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from smup.ingest.figures import Figure, Notes
from smup.ingest.mapping import PartsRule
from smup.ingest.numbers import Reading
from smup.panel import Flag, Status
from smup.quality import CODES
from smup.store.tidy import Fact
from smup.territory import Territory

Key = tuple[str, str, int]  # variable, unit, year


def land(
    figures: Iterable[Figure], territory: Territory, rule: PartsRule, notes: Notes
) -> list[Fact]:
    """One fact for each variable, unit and year that can be told without doubt.

    Everything else becomes a finding in ``notes``: a unit that did not exist, a year in which the
    file holds no value at all, a key given twice (neither lands), a unit given whole and in parts.
    """
    return land_told(_without_empty_years(list(figures), notes), territory, rule, notes)


def land_told(
    figures: Iterable[Figure], territory: Territory, rule: PartsRule, notes: Notes
) -> list[Fact]:
    """The same of figures of which no year is empty."""
    groups: dict[Key, list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.variable, figure.place.unit, figure.year), []).append(figure)
    facts = []
    for (variable, unit, year), group in groups.items():
        reading = _one(group, rule, notes)
        # Asked of every row: a code can be given twice and be that of an abolished unit, too.
        existing = [_exists(figure, territory, notes) for figure in group]
        if reading is not None and all(existing):
            facts.append(Fact(variable, unit, year, reading.value, reading.status, reading.flags))
    return facts


def _exists(figure: Figure, territory: Territory, notes: Notes) -> bool:
    unit = territory.units[figure.place.unit]
    if unit.exists_in(figure.year):
        return True
    gone = unit.valid_to is not None and unit.valid_to.year <= figure.year
    if gone:
        code, detail = "zniesiona-jednostka", f"{unit.code} {unit.name}: zniesiona {unit.valid_to}"
    else:
        code, detail = "przyszla-jednostka", f"{unit.code} {unit.name}: od {unit.valid_from}"
    notes.add(code, figure.row, detail, unit=unit.code, year=figure.year)
    return False


def _without_empty_years(figures: Sequence[Figure], notes: Notes) -> list[Figure]:
    """A year in which a variable has signs for gaps only is a year not yet filled in."""
    filled = {(f.variable, f.year) for f in figures if f.reading.value is not None}
    kept = []
    for figure in figures:
        if (figure.variable, figure.year) in filled:
            kept.append(figure)
        else:
            detail = f"żadnej wartości w {figure.year}"
            notes.add("pusty-rok", figure.row, detail, unit=figure.place.unit, year=figure.year)
    return kept


def _one(group: list[Figure], rule: PartsRule, notes: Notes) -> Reading | None:
    """What the rows of one unit and year say together; None, and findings, when nothing."""
    if len(group) == 1 and group[0].place.part is None and not group[0].place.counted:
        return group[0].reading
    chosen = _choose(group, rule, notes)
    if chosen is None or _duplicated(chosen, notes):
        return None
    own = [f for f in chosen if f.place.part is None and not f.place.counted]
    added = [f for f in chosen if f.place.part is not None or f.place.counted]
    if len(own) > 1 and not _agree(own, notes):
        return None
    for figure in (f for f in added if f.place.counted):
        _note(
            "doliczony-wiersz",
            figure,
            f"wiersz {figure.place.key} doliczono do {figure.place.unit}",
            notes,
        )
    if not own and any(f.place.counted for f in added):
        for figure in added:
            _note("niepelne-czesci", figure, "brak wiersza jednostki, do której doliczać", notes)
        return None
    return _sum([*own[:1], *added], notes) if added else own[0].reading


def _note(code: str, figure: Figure, detail: str, notes: Notes) -> None:
    notes.add(code, figure.row, detail, unit=figure.place.unit, year=figure.year)


def _choose(group: list[Figure], rule: PartsRule, notes: Notes) -> list[Figure] | None:
    """The rows to take of a unit that may be given whole, in parts, or both."""
    parts = [f for f in group if f.place.part is not None]
    whole = [f for f in group if f.place.part is None]
    if not parts:
        return whole
    if whole and rule == "ignore":
        for figure in parts:
            _note(str(figure.place.part), figure, f"{figure.place.key}: część jednostki", notes)
        return whole
    if rule == "sum_with_whole" or (rule == "sum" and not whole):
        return group
    code = "miasto-i-czesci" if whole else "tylko-czesci"
    for figure in group:
        _note(code, figure, f"{figure.place.key}: {CODES[code].meaning.pl}", notes)
    return None


def _duplicated(group: list[Figure], notes: Notes) -> bool:
    """Is a key given twice? Then no row of the unit lands: nobody can tell which is right."""
    counts = Counter(f.place.key for f in group)
    if max(counts.values()) == 1:
        return False
    for figure in group:
        if counts[figure.place.key] > 1:
            detail = (
                f"kod {figure.place.key} stoi w {counts[figure.place.key]} wierszach; "
                "żaden nie wchodzi do danych"
            )
            _note("zdublowany-klucz", figure, detail, notes)
        else:
            _note("niepelne-czesci", figure, "zdublowany kod innej części jednostki", notes)
    return True


def _agree(own: list[Figure], notes: Notes) -> bool:
    """A city as gmina and as powiat: two rows that must say the same."""
    same = all(f.reading == own[0].reading for f in own)
    for figure in own[1:] if same else own:
        keys = " i ".join(f.place.key for f in own)
        _note("powtorzony-wiersz" if same else "sprzeczne-wiersze", figure, f"kody {keys}", notes)
    return same


def _sum(figures: list[Figure], notes: Notes) -> Reading:
    """The sum of parts; a gap with the first reason in order where a part is missing."""
    flags = Flag.NONE
    for figure in figures:
        flags |= figure.reading.flags
    gaps = [f for f in figures if f.reading.value is None]
    for figure in gaps:
        _note("niepelne-czesci", figure, f"brak wartości części {figure.place.key}", notes)
    if gaps:
        return Reading(None, min(f.reading.status for f in gaps), flags)
    total = math.fsum(f.reading.value for f in figures if f.reading.value is not None)
    return Reading(total, Status.OBSERVED if total else Status.ZERO, flags)
