"""What the store holds of each provider: tables and their newest year."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from smup.ingest.tables import FOLDER, held
from smup.store.tidy import TidyError, read_table
from smup.sync.journal import Journal


@dataclass(frozen=True, slots=True)
class Held:
    """``newest`` is the latest year with a row in any of the tables."""

    tables: int
    rows: int
    newest: int | None


def held_of(home: Path, providers: Iterable[str]) -> dict[str, Held]:
    """By provider: tables whose name begins with its id, and those its runs told of."""
    told: dict[str, set[str]] = {}
    for run in Journal(home).runs():
        for part in run.parts:
            told.setdefault(part.provider, set()).update(part.tables)
    names = held(home)
    return {
        provider: _sum(
            home,
            [
                name
                for name in names
                if name in told.get(provider, ())
                or name.startswith((f"{provider}.", f"{provider}-"))
            ],
        )
        for provider in providers
    }


def _sum(home: Path, names: Iterable[str]) -> Held:
    found = [_facts(home / FOLDER / f"{name}.csv") for name in names]
    years = [year for _, year in found if year is not None]
    return Held(len(found), sum(rows for rows, _ in found), max(years, default=None))


def _facts(path: Path) -> tuple[int, int | None]:
    """(rows, newest year) of a table; (0, None) of one that cannot be read."""
    known = path.stat()
    return _read(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=4096)
def _read(path: Path, changed: int, size: int) -> tuple[int, int | None]:
    try:
        table = read_table(path)
    except TidyError:
        return 0, None
    return len(table), int(table.year.max()) if len(table) else None
