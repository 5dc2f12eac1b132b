"""Rows of a panel that stand for several others: levels of territory are row groupings.

A grouping knows columns only. What is added up, and whether enough of it is known, is decided by
``smup.compute.aggregate``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.panel.panel import Codes, Values
from smup.territory import Kind, Level, Territory

Columns = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Grouping:
    """Which columns make up which: row ``rows[i]`` has the members from ``starts[i]`` on.

    All are columns of the same panel. Every row has at least one member.
    Functions take arrays [..., unit] and give arrays [..., row].
    """

    rows: Columns
    members: Columns
    starts: Columns

    @classmethod
    def of(cls, members: Mapping[str, Iterable[str]], columns: Mapping[str, int]) -> "Grouping":
        """From unit codes; units that the panel does not hold and rows left empty are dropped."""
        rows: list[int] = []
        flat: list[int] = []
        starts: list[int] = []
        for row, codes in members.items():
            found = [columns[code] for code in codes if code in columns]
            if found and row in columns:
                rows.append(columns[row])
                starts.append(len(flat))
                flat += found
        return cls(np.array(rows, np.intp), np.array(flat, np.intp), np.array(starts, np.intp))

    def __len__(self) -> int:
        return len(self.rows)

    def of_row(self, row: int) -> Columns:
        """The members of the row with this number."""
        end = self.starts[row + 1] if row + 1 < len(self.starts) else len(self.members)
        members: Columns = self.members[self.starts[row] : end]
        return members

    def sums(self, values: Values, where: Mask) -> Values:
        """Sum over the members ``where`` it holds; 0 where it holds for none."""
        kept = np.where(where[..., self.members], values[..., self.members], 0.0)
        return np.asarray(np.add.reduceat(kept, self.starts, axis=-1))

    def counts(self, where: Mask) -> NDArray[np.int64]:
        """Number of members ``where`` it holds."""
        kept = where[..., self.members].astype(np.int64)
        return np.asarray(np.add.reduceat(kept, self.starts, axis=-1))

    def union(self, flags: Codes, where: Mask) -> Codes:
        """Union of the bit sets of the members ``where`` it holds."""
        kept = np.where(where[..., self.members], flags[..., self.members], np.uint8(0))
        return np.asarray(np.bitwise_or.reduceat(kept, self.starts, axis=-1))

    def common(self, codes: Codes, where: Mask, otherwise: int) -> Codes:
        """The code that all members ``where`` it holds share; ``otherwise`` if they differ."""
        mine, held = codes[..., self.members], where[..., self.members]
        low = np.minimum.reduceat(np.where(held, mine, np.uint8(255)), self.starts, axis=-1)
        high = np.maximum.reduceat(np.where(held, mine, np.uint8(0)), self.starts, axis=-1)
        return np.where(low == high, low, np.uint8(otherwise))


def gmina_grouping(
    territory: Territory, columns: Mapping[str, int], kinds: Iterable[Kind], *, powiats: bool
) -> Grouping:
    """Sum rows, województwa, the country (and ``powiats``) over gminas and cities of ``kinds``.

    A city with powiat rights is a member of its województwo and of the country, once; it is never
    a row of its own here.
    """
    wanted = frozenset(kinds)
    rows = {Kind.GMINY_POWIATU, Kind.WOJEWODZTWO, Kind.KRAJ} | ({Kind.POWIAT} if powiats else set())
    return Grouping.of(
        {
            unit.code: [m.code for m in territory.members(unit.code) if m.kind in wanted]
            for unit in territory
            if unit.kind in rows
        },
        columns,
    )


def powiat_grouping(
    territory: Territory, columns: Mapping[str, int], kinds: Iterable[Kind]
) -> Grouping:
    """Województwa and the country over their powiats and cities with powiat rights of ``kinds``."""
    wanted = frozenset(kinds)
    members: dict[str, list[str]] = {u.code: [] for u in territory.of_level(Level.WOJEWODZTWO)}
    members |= {u.code: [] for u in territory.of_level(Level.KRAJ)}
    for unit in territory.of_level(Level.POWIAT):
        if unit.kind in wanted:
            members[str(unit.wojewodztwo)].append(unit.code)
            members["PL"].append(unit.code)
    return Grouping.of(members, columns)


def existence(territory: Territory, years: Iterable[int], units: Iterable[str]) -> Mask:
    """Did the unit exist on 31 December of the year: [year, unit].

    Raises ValueError when the territory does not know a unit.
    """
    codes = tuple(units)
    if unknown := [code for code in codes if code not in territory.units]:
        raise ValueError(f"Panel zawiera jednostki nieznane w rejestrze: {', '.join(unknown[:5])}.")
    held = tuple(years)
    found = np.ones((len(held), len(codes)), bool)
    for column, code in enumerate(codes):
        unit = territory.units[code]
        if unit.valid_from is not None or unit.valid_to is not None:  # a few of thousands
            found[:, column] = [unit.exists_in(year) for year in held]
    return found
