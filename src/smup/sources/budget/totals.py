"""Do the rows of a report add up to what the unit itself gives as the total elsewhere?

The sum of all rows of Rb-27S must be row A of Rb-NDS, that of Rb-28S row B. A sum of what was
carried out below the total means that rows are missing: what they were about would look like a
true zero, so the report of that unit does not land; where only the plan is short, only the plan
does not. A sum above the total cannot come from a missing row, and no row stands twice, so
Rb-NDS is the older of the two: the rows land, with a warning. A row of returns (a negative amount)
that is missing looks the same; the count of rows that the service gives speaks for it. The sums
that Rb-NDS prescribes for itself decide whether its own figures land.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from smup.ingest.figures import Notes
from smup.language import format_number
from smup.sources.budget.forms import Sum
from smup.sources.budget.rows import Mask, Rows

TOLERANCE = 1  # grosze
CARRIED_OUT = "wykonanie"
_COLUMNS = (CARRIED_OUT, "plan")


@dataclass(frozen=True)
class Checked:
    """``short``: by column, units of ``rows`` whose rows give less than their own total."""

    rows: Rows
    short: Mapping[str, frozenset[str]] = field(default_factory=dict)


def checked(rows: Rows, totals: Rows | None, notes: Notes) -> Checked:
    """The units whose rows are all there, as far as their own totals can tell.

    ``totals`` holds the total of the report for the same year, None where nobody has it; a unit
    without a total is not checked.
    """
    if rows.report.sums:
        return Checked(_summed(rows, notes))
    told = rows.report.total
    if told is None:
        return Checked(rows)
    short = {
        column: _short(rows, totals, column, told.symbol, notes)
        for column in _COLUMNS
        if column in rows.amounts and totals is not None and column in totals.amounts
    }
    if CARRIED_OUT not in short or totals is None:
        notes.add("rb-brak-sumy", None, _unchecked(rows, len(rows.units)), year=rows.year)
        return Checked(rows)
    unchecked = len(set(rows.units) - set(totals.units))
    if unchecked:
        notes.add("rb-brak-sumy", None, _unchecked(rows, unchecked), year=rows.year)
    return Checked(rows.without(list(short[CARRIED_OUT])), short)


def _unchecked(rows: Rows, units: int) -> str:
    return f"{rows.report.form} {rows.year}: jednostek bez sumy w Rb-NDS: {units}"


def _short(
    rows: Rows, totals: Rows | None, column: str, symbol: str, notes: Notes
) -> frozenset[str]:
    if totals is None:
        return frozenset()
    total, told = of_symbol(totals, column, symbol)
    known = {unit: int(total[i]) for i, unit in enumerate(totals.units) if told[i]}
    short = set()
    for unit, own in zip(rows.units, rows.sums(column).tolist(), strict=True):
        if unit not in known or abs(own - known[unit]) <= TOLERANCE:
            continue
        less = own < known[unit]
        detail = (
            f"{rows.report.form}, {column}: wiersze dają {_zloty(own)}, "
            f"a Rb-NDS ({symbol}) podaje {_zloty(known[unit])}"
        )
        code = "rb-niepelne-sprawozdanie" if less else "rb-niezgodna-suma"
        notes.add(code, None, detail, unit=unit, year=rows.year)
        if less:
            short.add(unit)
    return frozenset(short)


def _summed(rows: Rows, notes: Notes) -> Rows:
    """Without the units whose report contradicts the sums of the form itself."""
    broken = set()
    for one in rows.report.sums:
        difference, told = _difference(rows, one)
        for i in np.flatnonzero(told & (np.abs(difference) > TOLERANCE)):
            detail = (
                f"{rows.report.form}: {one.whole} różni się od {' + '.join(one.parts)} "
                f"o {_zloty(int(difference[i]))}; sprawozdanie nie wchodzi do danych"
            )
            notes.add("rb-niepelne-sprawozdanie", None, detail, unit=rows.units[i], year=rows.year)
            broken.add(rows.units[i])
    return rows.without(list(broken)) if broken else rows


def _difference(rows: Rows, one: Sum) -> tuple[NDArray[np.int64], Mask]:
    """[unit]: the whole without its parts, and whether all of them are told."""
    difference, told = of_symbol(rows, CARRIED_OUT, one.whole)
    for part in one.parts:
        amount, known = of_symbol(rows, CARRIED_OUT, part)
        difference, told = difference - amount, told & known
    return difference, told


def of_symbol(rows: Rows, column: str, symbol: str) -> tuple[NDArray[np.int64], Mask]:
    """[unit]: the amount in the row of the form, and whether the report has that row."""
    told = np.zeros(len(rows.units), np.bool_)
    if symbol not in rows.symbols:
        return np.zeros(len(rows.units), np.int64), told
    chosen = rows.symbol == rows.symbols.index(symbol)
    told[rows.unit[chosen]] = True
    return rows.sums(column, chosen), told


def _zloty(amount: int) -> str:
    return f"{format_number(amount / 100, 2)} zł"
