"""Which figures of a long table land.

Rows that need a decision (parts of units, a key given twice) go through ``ingest.landing`` like
those of any other table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from smup.ingest.figures import Context, Figure, Notes
from smup.ingest.keys import Place
from smup.ingest.landing import land_told
from smup.ingest.long_meaning import PLACES, VALUED, Mask, Meaning, Tell, meaning_of
from smup.ingest.long_table import Codes, LongTable, Rows, stretches
from smup.ingest.numbers import Reading
from smup.ingest.refusing import unreadable
from smup.panel import Flag, Status
from smup.store.tidy import Fact
from smup.territory import Territory

_MOST_CELLS = 200_000_000  # variables x years x units
_MOST_DECIDED = 1_000_000  # rows that are looked at one by one
Name = TypeVar("Name", str, int)


def land_rows(rows: Rows, context: Context) -> LongTable:
    """The figures of the rows that land, findings in ``context.notes``."""
    tell = Tell(rows, context.notes)
    meaning, sound = meaning_of(rows, tell, context)
    return _landed(rows, sound, meaning, tell, context)


@dataclass(frozen=True)
class _Cube:
    """Variables, years and units of the table, and the cell of each row."""

    variables: tuple[str, ...]
    years: tuple[int, ...]
    units: tuple[str, ...]
    cell: Codes

    @property
    def cells(self) -> int:
        return len(self.variables) * len(self.years) * len(self.units)


def _cube(rows: Rows, meaning: Meaning, path: str) -> _Cube:
    variables, variable_of = _numbered(meaning.names)
    years, year_of = _numbered(meaning.years)
    units, unit_of = _numbered([p.unit if isinstance(p, Place) else None for p in meaning.places])
    if len(variables) * len(years) * len(units) > _MOST_CELLS:
        raise unreadable(
            path,
            f"zmiennych ({len(variables)}), lat ({len(years)}) i jednostek ({len(units)}) jest za "
            "dużo jak na jedną tabelę",
        )
    variable_of, year_of = variable_of * len(years) * len(units), year_of * len(units)
    cell = np.empty(len(rows), np.int32)
    for at in stretches(len(rows)):
        cell[at] = variable_of[rows.variable[at]] + year_of[rows.year[at]] + unit_of[rows.unit[at]]
    return _Cube(variables, years, units, cell)


def _numbered(names: Sequence[Name | None]) -> tuple[tuple[Name, ...], Codes]:
    """Different names sorted, and the number of each given one; 0 for None, which never lands."""
    different = sorted({name for name in names if name is not None})
    number = {name: i for i, name in enumerate(different)}
    return tuple(different), np.array([number[n] if n is not None else 0 for n in names], np.int32)


def _landed(rows: Rows, kept: Mask, meaning: Meaning, tell: Tell, context: Context) -> LongTable:
    """The rows that land as they stand, and what is decided of the others."""
    cube = _cube(rows, meaning, context.mapping.path)
    if not cube.cells:  # no row has all of variable, year and unit
        none = np.zeros(len(kept), np.bool_)
        return _joined(cube, _columns(none, cube, rows, meaning), (), len(rows))
    kept &= _of_full_years(kept, cube, meaning, tell)
    decided = _to_decide(rows, kept, cube, meaning)
    facts = _decide(np.flatnonzero(decided), rows, meaning, context)
    plain = kept & ~decided
    plain &= _existing(plain, cube, context.units.territory, tell)
    return _joined(cube, _columns(plain, cube, rows, meaning), facts, len(rows))


def _columns(plain: Mask, cube: _Cube, rows: Rows, meaning: Meaning) -> tuple[NDArray[Any], ...]:
    """Cell, value, status and flags of the rows that land as they stand."""
    columns = (cube.cell, rows.value, meaning.status, meaning.flags)
    return columns if plain.all() else tuple(column[plain] for column in columns)


def _of_full_years(kept: Mask, cube: _Cube, meaning: Meaning, tell: Tell) -> Mask:
    """[row] has its variable any value in its year? A year of gaps is one not yet filled in."""
    valued = VALUED[meaning.status]
    if valued.all():
        return valued
    pair = cube.cell // len(cube.units)
    pairs = len(cube.variables) * len(cube.years)
    full = np.bincount(pair[kept & valued], minlength=pairs) > 0
    empty = kept & ~full[pair]
    for one in np.unique(pair[empty]).tolist():
        variable, year = divmod(one, len(cube.years))
        detail = f"{cube.variables[variable]}: żadnej wartości w {cube.years[year]}"
        tell.some("pusty-rok", empty & (pair == one), detail)
    found: Mask = full[pair]
    return found


def _to_decide(rows: Rows, kept: Mask, cube: _Cube, meaning: Meaning) -> Mask:
    """[row] is its cell given by several rows, or by one that is no plain row of its unit?"""
    odd = [isinstance(p, Place) and (p.part is not None or p.counted) for p in meaning.places]
    asked = np.zeros(cube.cells, np.bool_)
    asked[cube.cell[kept]] = True
    if int(asked.sum()) == int(kept.sum()) and not any(odd):
        return np.zeros(len(kept), np.bool_)
    asked = np.bincount(cube.cell[kept], minlength=cube.cells) > 1
    asked[cube.cell[kept & np.array(odd)[rows.unit]]] = True
    found: Mask = kept & asked[cube.cell]
    return found


def _existing(plain: Mask, cube: _Cube, territory: Territory, tell: Tell) -> Mask:
    """[row] did its unit exist in its year?"""
    units = [territory.units.get(code) for code in cube.units]
    there = np.array(
        [[unit is None or unit.exists_in(year) for unit in units] for year in cube.years], np.bool_
    ).reshape(-1)
    if there.all():
        return np.ones(len(plain), np.bool_)
    place = cube.cell % len(there)
    for number in np.unique(place[plain & ~there[place]]).tolist():
        year, at = divmod(number, len(units))
        unit = units[at]
        assert unit is not None  # who is not in the register is never absent
        gone = unit.valid_to is not None and unit.valid_to.year <= cube.years[year]
        code = "zniesiona-jednostka" if gone else "przyszla-jednostka"
        since = f"zniesiona {unit.valid_to}" if gone else f"od {unit.valid_from}"
        detail = f"{unit.code} {unit.name}: {since}, a wartość jest z {cube.years[year]}"
        tell.some(code, plain & (place == number), detail)
    found: Mask = there[place]
    return found


def _decide(at: NDArray[np.intp], rows: Rows, meaning: Meaning, context: Context) -> list[Fact]:
    """Rows of parts, and rows whose unit and year stand twice, by the rules of every table."""
    if len(at) > _MOST_DECIDED:
        raise unreadable(
            context.mapping.path, f"wierszy o powtórzonym kluczu jest {len(at)}; to nie ta tabela"
        )
    notes = Notes(context.notes.source, context.notes.file)
    figures = (_figure(int(one), rows, meaning) for one in at)
    rule = context.mapping.parts
    facts = land_told(figures, context.units.territory, rule, notes)
    said: dict[str, list[tuple[int, str]]] = {}
    for code, row, detail in notes.found:
        said.setdefault(code, []).append((row or 0, detail))
    for code, places in said.items():
        shown = ", ".join(str(row) for row, _ in places[:PLACES])
        many = f"; takich wierszy: {len(places)}, pierwsze: {shown}" if len(places) > 1 else ""
        context.notes.add(code, places[0][0], f"{places[0][1]}{many}")
    return facts


def _figure(at: int, rows: Rows, meaning: Meaning) -> Figure:
    place = meaning.places[rows.unit[at]]
    name, year = meaning.names[rows.variable[at]], meaning.years[rows.year[at]]
    # Rows that lack one were left out before.
    assert isinstance(place, Place)
    assert name is not None
    assert year is not None
    value = float(rows.value[at])
    told = None if value != value else value
    reading = Reading(told, Status(int(meaning.status[at])), Flag(int(meaning.flags[at])))
    return Figure(name, year, place, reading, int(rows.line[at]))


def _joined(
    cube: _Cube, plain: Sequence[NDArray[Any]], facts: Sequence[Fact], rows: int
) -> LongTable:
    """The plain rows with what was decided after them."""
    variable_of = {name: i for i, name in enumerate(cube.variables)}
    year_of = {year: i for i, year in enumerate(cube.years)}
    unit_of = {name: i for i, name in enumerate(cube.units)}
    columns = list(plain)
    if facts:
        more = [
            (
                (variable_of[f.variable] * len(year_of) + year_of[f.year]) * len(unit_of)
                + unit_of[f.unit],
                np.nan if f.value is None else f.value,
                int(f.status),
                int(f.flags),
            )
            for f in facts
        ]
        added = zip(*more, strict=True)
        columns = [
            np.concatenate([column, np.array(new, column.dtype)])
            for column, new in zip(plain, added, strict=True)
        ]
    cell, value, status, flags = columns
    return LongTable(cube.variables, cube.years, cube.units, cell, value, status, flags, rows)
