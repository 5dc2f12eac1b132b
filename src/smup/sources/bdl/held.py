"""What the store holds of each variable: its sheets, and what its table was made of."""

from dataclasses import dataclass
from pathlib import Path

import orjson

from smup.sources.bdl.numbers import Number
from smup.sources.bdl.sheets import Sheet, read_sheet
from smup.store.files import write_whole
from smup.store.snapshots import Snapshots

FOLDER = Path("sources/bdl")


@dataclass(frozen=True)
class Held:
    """``sheets`` by sha256, the oldest first; ``landed`` is the digest of all that the table of the
    variable was made of, "" before there is one."""

    sheets: dict[str, Sheet]
    landed: str = ""

    def at(self, level: int) -> list[Sheet]:
        return [sheet for sheet in self.sheets.values() if sheet.level == level]

    def years(self, level: int) -> set[int]:
        """The years held at the level."""
        return {year for sheet in self.at(level) for year in sheet.years}

    def taken_from(self, level: int) -> dict[int, Sheet]:
        """By year, the newest sheet that holds it."""
        return {year: sheet for sheet in self.at(level) for year in sheet.years}

    def with_sheet(self, digest: str, sheet: Sheet) -> "Held":
        """The newest sheet last; an older one whose years are all in newer ones is left out."""
        sheets = {**{d: s for d, s in self.sheets.items() if d != digest}, digest: sheet}
        used = {
            s
            for level in {s.level for s in sheets.values()}
            for s in Held(sheets).taken_from(level).values()
        }
        return Held({d: s for d, s in sheets.items() if s in used}, self.landed)


def read_held(home: Path, snapshots: Snapshots, number: Number) -> Held:
    """What is held of the variable under this number; sheets of another number are none of it.

    A sheet that is gone or damaged is not held: it is made again of the answers that were kept.
    """
    path = _path(home, number.variable)
    if not path.is_file():
        return Held({})
    told = orjson.loads(path.read_bytes())
    sheets = {d: read_sheet(snapshots, d) for d in told["sheets"] if snapshots.sound(d)}
    same = {digest: sheet for digest, sheet in sheets.items() if sheet.number == number.id}
    return Held(same, told["landed"])


def write_held(home: Path, variable: str, held: Held) -> None:
    told = {"sheets": list(held.sheets), "landed": held.landed}
    write_whole(_path(home, variable), orjson.dumps(told), durable=True)


def _path(home: Path, variable: str) -> Path:
    return home / FOLDER / f"{variable}.json"
