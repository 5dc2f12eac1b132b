"""The Local Data Bank in miniature: units with BDL ids, subjects, variables, and a cell for each.

Units are those of ``territory/`` read as plain CSV (kinds 4, 5, districts and invented historical
ones among them). A cell is worked out from the stable code, the variable and the year, so that a
test can say what must come out without asking the code under test.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.contract.serving import ROOT

ORDINARY, NOT_PUBLISHED = 1, 0  # the two attribute numbers that have been seen
# Numbers beyond those two are this server's own: a client has to read them from /attributes.
SYMBOLS = ("-", "n", "x", "X", "a", "A", "z", "Z", "k", "K", "M", "p", "s", "v")
BASE = 40
ATTRIBUTES = {BASE + at: symbol for at, symbol in enumerate(SYMBOLS)}
VALUED = "kKMpsv"
WHOLE = 4198  # rows at level 6 of the whole country, historical ones included
HISTORICAL = "do 2008"


@dataclass(frozen=True)
class Row:
    """A row of a unit: ``code`` is the stable code it is about, "" for one nobody knows now."""

    id: str
    name: str
    code: str
    part: bool = False
    first: int = 0  # the years in which the unit existed, 31 December
    last: int = 9999


@dataclass(frozen=True)
class Cell:
    value: float
    attribute: int
    symbol: str  # "1" and "0" for the two numbers that have been seen


class World:
    """``subjects``: [{id, name, variables: [{id, labels, measure, levels}]}]; ``within``: how codes
    of its units begin, () for the whole country."""

    def __init__(
        self,
        subjects: Sequence[Mapping[str, Any]],
        years: Sequence[int],
        within: Sequence[str] = (),
    ) -> None:
        self.subjects = {one["id"]: one for one in subjects}
        self.years, self.within = list(years), tuple(within)
        self.variables = {
            variable["id"]: {**variable, "subject": one["id"]}
            for one in subjects
            for variable in one["variables"]
        }

    def rows(self, level: int) -> list[Row]:
        return self._rows[level]

    @cached_property
    def _rows(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {0: [], 2: [], 5: [], 6: []}
        for unit in _table("units.csv"):
            if self._here(unit["code"]):
                for level, row in _unit_rows(unit):
                    found[level].append(row)
        for part in _table("parts.csv"):
            if self._here(part["part"]) and part["part"][6] in "4589":
                found[6].append(_part_row(part, found[6]))
        found[6] += self._historical(len(found[6]))
        for rows in found.values():
            rows.sort(key=lambda row: row.id)
        return found

    def _here(self, code: str) -> bool:
        return code == "PL" or not self.within or code.startswith(self.within)

    def _historical(self, have: int) -> Iterator[Row]:
        """Gminas nobody knows any more: as many as make the whole country, else three."""
        for number in range(3 if self.within else WHOLE - have):
            id_ = f"0302101{30 + number // 90:02}{10 + number % 90:02}2"
            yield Row(id_, f"Dawna {number} {HISTORICAL}", "", last=2008)

    def cell(self, variable: int, row: Row, year: int, revision: int = 0) -> Cell:
        """What the service publishes; a gap is a 0 with a sign, as BDL does it."""
        if not row.first <= year <= row.last:
            return Cell(0.0, BASE, "-")
        seed = variable * 31 + int(row.code[2:] or 7) * 17 + year * 7 + (row.part * 5)
        value = float(1 + seed % 9973) + revision
        kind = seed % 101
        if kind == 20:
            return Cell(0.0, NOT_PUBLISHED, "0")
        if kind == 21:
            return Cell(0.0, ORDINARY, "1")
        if kind < len(SYMBOLS):
            symbol = SYMBOLS[kind]
            return Cell(value if symbol in VALUED else 0.0, BASE + kind, symbol)
        return Cell(value, ORDINARY, "1")


def _table(name: str) -> list[dict[str, str]]:
    lines = (ROOT / "territory" / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _unit_rows(unit: Mapping[str, str]) -> Iterator[tuple[int, Row]]:
    code, name = unit["code"], unit["name"]
    first = int(unit["valid_from"][:4]) if unit["valid_from"] else 0
    last = int(unit["valid_to"][:4]) - 1 if unit["valid_to"] else 9999
    powiat = unit["bdl_powiat"] or _made(code, "000")
    match unit["kind"]:
        case "kraj":
            yield 0, Row("0" * 12, "POLSKA", code)
        case "wojewodztwo":
            yield 2, Row(f"03{code}00000000", name.upper(), code)
        case "powiat":
            yield 5, Row(powiat, f"Powiat {name}", code, first=first, last=last)
        case "miasto-na-prawach-powiatu":
            yield 5, Row(powiat, f"Powiat m. {name}", code, first=first, last=last)
            if unit["bdl_gmina"]:
                yield 6, Row(unit["bdl_gmina"], name, code, first=first, last=last)
        case kind if kind.startswith("gmina-"):
            gmina = unit["bdl_gmina"] or _made(code[:4], unit["teryt7"][4:])
            yield 6, Row(gmina, name, code, first=first, last=last)


def _made(powiat: str, rest: str) -> str:
    return f"03{powiat[:2]}101{powiat[2:]}{rest}"


def _part_row(part: Mapping[str, str], rows: Sequence[Row]) -> Row:
    whole = next((row for row in rows if row.code == part["unit"]), None)
    id_ = (whole.id[:7] if whole else f"03{part['part'][:2]}101") + part["part"][2:]
    return Row(id_, f"{part['name']} - część", part["unit"], part=True)
