"""Rows of the tidy tables on the cells of the panel to be made, and which row a cell takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.build.errors import BuildError
from smup.catalogue import Catalogue, Variable
from smup.panel import Status
from smup.panel.grouping import Mask
from smup.panel.panel import Codes, Values
from smup.store.tidy import Names, TidyTable
from smup.territory import Territory

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Labels:
    """The labels of the panel to be made, and the position of each."""

    items: tuple[str, ...]
    years: tuple[int, ...]
    units: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int, int]:
        return len(self.items), len(self.years), len(self.units)

    def names(self, cell: int) -> tuple[str, int, str]:
        """(item, year, unit) of a flat position."""
        item, year, unit = np.unravel_index(cell, self.shape)
        return self.items[item], self.years[year], self.units[unit]


@dataclass(frozen=True)
class Rows:
    """Rows of all tables, one after another. ``cell`` is the flat position in the panel, ``table``
    the number of the table, ``preference`` the place of its source in the variable's list,
    ``line`` its line in the file of the table, counted from 1."""

    cell: Indices
    table: Indices
    preference: Indices
    line: Indices
    values: Values
    status: Codes
    flags: Codes


def labels_of(tables: Sequence[TidyTable], catalogue: Catalogue, territory: Territory) -> Labels:
    """The variables that a table holds, and years without a hole, so that last year is always the
    row before. What nobody has published yet is no part of a panel: it would be gaps only."""
    years = [
        year for table in tables if len(table) for year in (table.year.min(), table.year.max())
    ]
    if not years:
        raise BuildError(
            "W folderze data/ nie ma żadnych danych – utwórz tabele poleceniem `smup ingest`."
        )
    published = {name for table in tables for name in table.variable.names}
    return Labels(
        tuple(variable.id for variable in catalogue.inputs if variable.id in published),
        tuple(range(int(min(years)), int(max(years)) + 1)),
        tuple(territory.units),
    )


def read_rows(tables: Sequence[TidyTable], catalogue: Catalogue, labels: Labels) -> Rows:
    """All rows of all tables. Raises BuildError for a name or source the definitions lack."""
    variables = {item: i for i, item in enumerate(labels.items)}
    units = {unit: i for i, unit in enumerate(labels.units)}
    parts = []
    for number, table in enumerate(tables):
        item = _positions(table.variable, variables, table, "zmiennej")
        unit = _positions(table.unit, units, table, "jednostki")
        year = table.year.astype(np.intp) - labels.years[0]
        cell = np.ravel_multi_index((item, year, unit), labels.shape)
        _refuse_doubled(table, cell)
        ranks = _preferences(table, catalogue.variables)
        preference = table.variable.positions(ranks)
        own = np.full(len(table), number, np.intp)
        parts.append((cell, own, preference, table.first_line + np.arange(len(table))))
    cells, numbers, preferences, lines = (
        np.concatenate([part[i] for part in parts]) for i in range(4)
    )
    return Rows(
        cells,
        numbers,
        preferences,
        lines,
        np.concatenate([table.value for table in tables]),
        np.concatenate([table.status for table in tables]),
        np.concatenate([table.flags for table in tables]),
    )


def _refuse_doubled(table: TidyTable, cell: Indices) -> None:
    """Two figures for one cell in one table: nobody can say which is right."""
    known, first = np.unique(cell, return_index=True)
    if len(known) == len(cell):
        return
    at = np.setdiff1d(np.arange(len(cell)), first)[0]
    raise BuildError(
        f"{table.name}.csv: {table.variable[at]}, {table.unit[at]}, {table.year[at]} "
        "stoi dwa razy; utwórz tabelę ponownie (`smup ingest`, `smup sync`)."
    )


def _positions(names: Names, known: Mapping[str, int], table: TidyTable, what: str) -> Indices:
    """Raises BuildError naming the first unknown name."""
    try:
        return names.positions(known)
    except KeyError as error:
        raise BuildError(
            f"{table.name}.csv: nie ma {what} {error} – popraw definicje albo utwórz tabelę "
            f"ponownie (`smup ingest {table.source}`, `smup sync`)."
        ) from error


def _preferences(table: TidyTable, variables: Mapping[str, Variable]) -> Mapping[str, int]:
    """Variable -> place of this table's source in its list. Raises BuildError when it is none."""
    found = {}
    for name in table.variable.names:
        sources = [source.source for source in variables[name].sources]
        if table.source not in sources:
            raise BuildError(
                f"{table.name}.csv podaje zmienną {name}, ale jej definicja nie wymienia "
                f"tego źródła – dopisz je w sources zmiennej {name}."
            )
        found[name] = sources.index(table.source)
    return found


def only_existing(rows: Rows, exists: Mask) -> tuple[Rows, Rows]:
    """(rows of units that existed that year, the others)."""
    there = exists.ravel()[rows.cell % exists.size]
    return _take(rows, there), _take(rows, ~there)


def _take(rows: Rows, which: Mask | Indices) -> Rows:
    return Rows(
        rows.cell[which],
        rows.table[which],
        rows.preference[which],
        rows.line[which],
        rows.values[which],
        rows.status[which],
        rows.flags[which],
    )


def in_order(rows: Rows) -> Indices:
    """Positions of the rows by cell, the one to be taken first."""
    return np.lexsort((rows.preference, rows.status == Status.MISSING, rows.cell))


def preferred(rows: Rows) -> tuple[Indices, Indices]:
    """(positions of the rows that are taken, for every row the position of the one taken)."""
    order = in_order(rows)
    cells = rows.cell[order]
    starts = np.flatnonzero(np.r_[True, cells[1:] != cells[:-1]][: len(cells)])
    first = order[starts]
    chosen = np.empty_like(order)
    chosen[order] = np.repeat(first, np.diff(np.r_[starts, len(order)]))
    return first, chosen
