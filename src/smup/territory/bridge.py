"""What makes up a unit on the borders of a chosen year: whole units of another year, parts, or
nothing that anyone knows.

A unit of the chosen year is ``EXACT`` where one unit of the other year has the same borders,
``SUMMED`` where several whole units have them together, ``APPORTIONED`` where units must be divided
and the share is known, ``IMPOSSIBLE`` where it is not. Shares of a chain of changes follow from the
shares of its links; one that does not follow from them is not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.territory.pieces import Equation, Land, Ledger, ends_of, ledgers_of
from smup.territory.successions import Succession
from smup.territory.units import Level, Unit

Basis = Literal["population", "area"]
TOLERANCE = 1e-9
CURRENT = date.max.year  # the borders after every change that is known


class NoBorders(ValueError):
    """Nobody knows which borders are meant; one Polish sentence."""


def asked_borders(text: str, years: Sequence[int]) -> int | None:
    """The year whose borders are meant: ``published`` (None), ``current`` or one of ``years``.

    Raises NoBorders for anything else.
    """
    if text == "published":
        return None
    if text == "current":
        return CURRENT
    if text.isascii() and text.isdecimal() and int(text) in years:
        return int(text)
    span = f"{years[0]}–{years[-1]}" if years else "brak"
    raise NoBorders(
        f"Nie ma granic „{text[:20]}”. Podaj published (jak opublikowano), current (dzisiejsze) "
        f"albo rok wydania ({span})."
    )


class How(IntEnum):
    """How a value on other borders is made, the worst last."""

    EXACT = 0
    SUMMED = 1
    APPORTIONED = 2
    IMPOSSIBLE = 3


HOW_NAMES = {how: how.name.lower() for how in How}


@dataclass(frozen=True)
class Made:
    """What a unit is made of: unit of the other year -> share of it that is counted.

    1 is a whole unit, NaN a share that is not known.
    """

    how: How
    of: Mapping[str, float]


class Borders:
    """The borders of all years at every level; bridges between them are worked out once.

    Raises BrokenLedger for successions that cannot have happened to these units.
    """

    def __init__(self, rows: Iterable[Succession], units: Iterable[Unit]) -> None:
        self._ledgers = ledgers_of(rows, ends_of(units))
        self._named = {
            level: frozenset(code for state in ledger.states for code in state)
            for level, ledger in self._ledgers.items()
        }
        self._bridges: dict[tuple[Level, int, int, Basis], Mapping[str, Made]] = {}

    def bridge(self, level: Level, borders: int, year: int, basis: Basis) -> Mapping[str, Made]:
        """Every unit that a succession names and that exists on the borders of 31 December of year
        ``borders``: what of ``year`` makes it up. Units not named are the same in all years."""
        ledger = self._ledgers[level]
        to, of = (ledger.at(date(y, 12, 31)) for y in (borders, year))
        key = (level, to, of, basis)
        if key not in self._bridges:  # two threads may both make it, to the same result
            sizes = _Sizes(ledger, basis)
            self._bridges[key] = {
                unit: _made(land, ledger.states[of], sizes)
                for unit, land in ledger.states[to].items()
            }
        return self._bridges[key]

    def holds(self, level: Level, unit: str, borders: int) -> bool | None:
        """Did the unit exist at this level on the borders; None where no succession names it."""
        if unit not in self._named[level]:
            return None
        ledger = self._ledgers[level]
        return unit in ledger.states[ledger.at(date(borders, 12, 31))]

    def named(self, level: Level) -> frozenset[str]:
        """Codes of all units that a succession of the level names."""
        return self._named[level]


def _made(land: Land, units: Mapping[str, Land], sizes: "_Sizes") -> Made:
    touching = {code: other for code, other in units.items() if not land.isdisjoint(other)}
    if all(other <= land for other in touching.values()):
        how = How.EXACT if len(touching) == 1 else How.SUMMED
        return Made(how, dict.fromkeys(touching, 1.0))
    shares = {
        code: 1.0 if other <= land else sizes.share(land & other, other)
        for code, other in touching.items()
    }
    unknown = any(np.isnan(share) for share in shares.values())
    return Made(How.IMPOSSIBLE if unknown else How.APPORTIONED, shares)


class _Sizes:
    """Known relations between sizes of pieces, each a row that the sizes make zero."""

    def __init__(self, ledger: Ledger, basis: Basis) -> None:
        self._pieces = ledger.pieces
        known = [(one, _share(one, basis)) for one in ledger.equations]
        rows = [
            self._row(one.part) - share * self._row(one.whole)
            for one, share in known
            if share is not None
        ]
        self._rows = np.array(rows).reshape(len(rows), self._pieces)

    def share(self, part: Land, whole: Land) -> float:
        """How much of ``whole`` is ``part``; NaN where that does not follow from what is known.

        It follows where the row of ``part`` is a sum of known relations and ``share`` x ``whole``.
        """
        basis = np.vstack([self._rows, self._row(whole)]).T
        found, _, rank, _ = np.linalg.lstsq(basis, self._row(part), rcond=None)
        follows = np.allclose(basis @ found, self._row(part), atol=TOLERANCE)
        contradicting = rank == np.linalg.matrix_rank(self._rows) if len(self._rows) else False
        return round(float(found[-1]), 12) if follows and not contradicting else float("nan")

    def _row(self, land: Land) -> NDArray[np.float64]:
        row = np.zeros(self._pieces)
        row[list(land)] = 1.0
        return row


def _share(equation: Equation, basis: Basis) -> float | None:
    return equation.population if basis == "population" else equation.area
