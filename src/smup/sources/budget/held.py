"""What each table of the store was made of, so that nothing is asked for or read without need."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import orjson

from smup.catalogue import Catalogue
from smup.sources.budget.forms import FILE, Report
from smup.sources.budget.positions import Wanted
from smup.store.files import write_whole
from smup.territory import Territory

FOLDER = Path("sources") / "mf"


@dataclass(frozen=True, slots=True)
class Part:
    """Kept bytes: a list of pages, or a file handed in."""

    name: str
    sha256: str
    retrieved: str  # ISO date


@dataclass(frozen=True, slots=True)
class Held:
    """``since`` is the day from which answers counted, "" for a file handed in: it stays until
    another file replaces it. ``definitions`` and ``totals`` are digests of what the rows were read
    by and checked against; ``units`` is how many the table tells of."""

    parts: tuple[Part, ...]
    since: str
    definitions: str
    totals: str
    units: int

    @property
    def from_file(self) -> bool:
        return not self.since


def table_name(report: Report, year: int) -> str:
    return f"{report.id}.{year}"


def held(home: Path, report: Report, year: int) -> Held | None:
    """What the table was made of; None where there is no such table."""
    name = table_name(report, year)
    try:
        said = orjson.loads((home / FOLDER / f"{name}.json").read_bytes())
        parts = tuple(Part(**part) for part in said.pop("parts"))
        found = Held(parts=parts, **said)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if (home / "tables" / f"{name}.csv").is_file() else None


def remember(home: Path, report: Report, year: int, made: Held) -> None:
    """To be called when the table stands: a kill before it only means reading it once more."""
    content = orjson.dumps(asdict(made), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    write_whole(home / FOLDER / f"{table_name(report, year)}.json", content, durable=True)


def counted_since(year: int, today: date, open_years: int) -> date:
    """The day from which an answer about the year counts.

    Reports of a year may be corrected while it is one of the ``open_years`` last begun; until then
    they are read once a month, then once more, and never again.
    """
    closed = date(year + open_years, 1, 1)
    return closed if today >= closed else today.replace(day=1)


def definitions_digest(taken: Sequence[Wanted], catalogue: Catalogue, territory: Territory) -> str:
    """Of everything that decides which figures the same rows give."""
    said: list[object] = [_said(one) for one in taken]
    said.append(catalogue.budget.model_dump())
    said.append([[unit.code, unit.kind, unit.valid_from, unit.valid_to] for unit in territory])
    return hashlib.sha256(FILE.read_bytes() + orjson.dumps(said)).hexdigest()[:16]


def _said(one: Wanted) -> list[object]:
    variable = one.variable
    return [
        variable.id,
        variable.since,
        variable.until,
        variable.kinds,
        one.column,
        one.symbol,
        one.budget.model_dump(),
    ]
