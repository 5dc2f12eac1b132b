"""Borders as sets of pieces of land.

Every unit begins as one piece. A change that takes an unnamed part of a unit cuts each of its
pieces in two, in all years at once, so that every unit of every year is a set of whole pieces: two
units of different years have the same borders when their sets are equal, whatever codes they bear
and however many changes lie between. Known shares of a unit are equations between sizes of pieces.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from smup.territory.successions import Succession
from smup.territory.units import Level, Unit

Land = set[int]


class BrokenLedger(ValueError):
    """Successions that cannot have happened one after another; one Polish sentence."""


@dataclass(frozen=True)
class Equation:
    """The size of ``part`` is a share of that of ``whole``; None where the share is not known."""

    part: Land
    whole: Land
    population: float | None
    area: float | None


class Ledger:
    """The land of every unit that a succession of one level names, between the changes.

    ``states[i]`` holds until ``days[i]``, the last one since then; ``pieces`` is their number.
    ``ends`` says on which day a unit ended. Raises BrokenLedger naming the row and the reason.
    """

    def __init__(self, rows: Iterable[Succession], ends: Mapping[str, date]) -> None:
        ordered = sorted(rows, key=lambda row: row.day)
        founded = {row.to_unit for row in ordered if row.what.founds}
        named = dict.fromkeys(code for row in ordered for code in (row.from_unit, row.to_unit))
        first = [code for code in named if code not in founded]
        self.days: list[date] = []
        self.states: list[dict[str, Land]] = [{code: {n} for n, code in enumerate(first)}]
        self.equations: list[Equation] = []
        self.pieces = len(first)
        for day, changes in groupby(ordered, key=lambda row: row.day):
            gone = {code for code, end in ends.items() if end == day}
            self._change(day, list(changes), gone)

    def at(self, day: date) -> int:
        """The number of the state that holds on ``day``."""
        return sum(change <= day for change in self.days)

    def _change(self, day: date, rows: list[Succession], gone: set[str]) -> None:
        before = self.states[-1]
        moved: list[Land] = []
        for at, row in enumerate(rows):
            land = before.get(row.from_unit)
            if land is None:
                raise _broken(row, f"jednostki {row.from_unit} wtedy nie było")
            earlier = [m for m, r in zip(moved, rows, strict=False) if r.from_unit == row.from_unit]
            last = all(other.from_unit != row.from_unit for other in rows[at + 1 :])
            moved.append(
                self._going(row, land.difference(*earlier), last and row.from_unit in gone)
            )
            self.equations.append(Equation(moved[-1], land, row.share_population, row.share_area))
        self.days.append(day)
        self.states.append(_after(before, rows, moved))

    def _going(self, row: Succession, left: Land, all_of_it: bool) -> Land:
        """The pieces of ``left`` that go; an unnamed part is cut out of every one of them."""
        if row.what.is_whole or all_of_it:
            going = set(left)
        elif row.territory_of is not None:
            going = left & self._former(row)
        else:
            going = {self._cut(piece) for piece in sorted(left)}
        if not going:
            raise _broken(row, "nie ma już czego przenieść")
        return going

    def _former(self, row: Succession) -> Land:
        for state in reversed(self.states):
            if row.territory_of in state:
                return state[row.territory_of]
        raise _broken(row, f"jednostki {row.territory_of} nigdy nie było")

    def _cut(self, piece: int) -> int:
        """Cut a piece in two wherever it is; the number of the new half."""
        new, self.pieces = self.pieces, self.pieces + 1
        for land in self._all_lands():
            if piece in land:
                land.add(new)
        return new

    def _all_lands(self) -> Iterator[Land]:
        for state in self.states:
            yield from state.values()
        for equation in self.equations:  # its whole is the land of a state
            yield equation.part


def ledgers_of(rows: Iterable[Succession], ends: Mapping[str, date]) -> dict[Level, Ledger]:
    """A ledger for every level. Raises BrokenLedger."""
    known = tuple(rows)
    return {level: Ledger([row for row in known if row.level is level], ends) for level in Level}


def ends_of(units: Iterable[Unit]) -> dict[str, date]:
    """The first day without the unit, of units that ended."""
    return {unit.code: unit.valid_to for unit in units if unit.valid_to is not None}


def _after(
    before: Mapping[str, Land], rows: list[Succession], moved: list[Land]
) -> dict[str, Land]:
    """Who holds what once ``moved`` has gone where the rows say."""
    now = {code: set(land) for code, land in before.items()}
    for row, land in zip(rows, moved, strict=True):
        now[row.from_unit] -= land
    founded = {row.to_unit for row in rows if row.what.founds}
    for row, land in zip(rows, moved, strict=True):
        if (row.to_unit in founded) == (row.to_unit in before):
            raise _broken(row, f"jednostka {row.to_unit} już była albo jeszcze nie powstała")
        now.setdefault(row.to_unit, set()).update(land)
    return {code: land for code, land in now.items() if land}


def _broken(row: Succession, reason: str) -> BrokenLedger:
    return BrokenLedger(f"{row.from_unit} → {row.to_unit}, {row.day}, {row.level}: {reason}")
