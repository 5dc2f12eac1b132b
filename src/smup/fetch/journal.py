"""What was asked and what came back, and how often: one small database beside the snapshots.

Written before a request is sent (its place in the quota) and after its answer is kept, so that a
kill loses nothing but the answer on its way.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_TABLES = """
create table if not exists answers (
    key text primary key, provider text not null, address text not null, status integer not null,
    digest text not null, etag text not null, modified text not null, retrieved text not null,
    confirmed text not null
) without rowid;
create table if not exists sent (
    provider text not null, number integer not null, at real not null,
    primary key (provider, number)
) without rowid;
create table if not exists blocked (provider text primary key, until real not null) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept answer; ``digest`` is that of its snapshot, "" for an empty one.

    ``retrieved`` is when these bytes first came, ``confirmed`` when the service last said that they
    are its answer.
    """

    key: str
    provider: str
    address: str
    status: int
    digest: str
    etag: str
    modified: str
    retrieved: str
    confirmed: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.retrieved).astimezone(UTC)


class Journal:
    """``<home>/fetch/journal.sqlite3``; the file survives any kill of a process."""

    def __init__(self, home: Path) -> None:
        folder = home / "fetch"
        folder.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(
            folder / "journal.sqlite3", timeout=30, isolation_level=None, check_same_thread=False
        )
        self._database.execute("pragma journal_mode = wal")
        self._database.execute("pragma synchronous = normal")
        self._database.executescript(_TABLES)

    def close(self) -> None:
        self._database.close()

    def find(self, key: str) -> Entry | None:
        row = self._database.execute("select * from answers where key = ?", (key,)).fetchone()
        return None if row is None else Entry(*row)

    def keep(self, entry: Entry) -> None:
        values = tuple(getattr(entry, name) for name in Entry.__slots__)
        self._database.execute("insert or replace into answers values (?,?,?,?,?,?,?,?,?)", values)

    def mark(self, provider: str, at: float) -> None:
        """Count a request that is about to be sent."""
        self._database.execute(
            "insert into sent select ?, coalesce(max(number), 0) + 1, ? from sent "
            "where provider = ?",
            (provider, at, provider),
        )

    def latest(self, provider: str, nth: int) -> float | None:
        """When the ``nth`` last request (1: the last) was sent; None where there were fewer."""
        row = self._database.execute(
            "select at from sent where provider = ? and number = "
            "(select max(number) from sent where provider = ?) - ? + 1",
            (provider, provider, nth),
        ).fetchone()
        return None if row is None else float(row[0])

    def since(self, provider: str, at: float) -> list[float]:
        """When requests were sent after ``at``, oldest first."""
        rows = self._database.execute(
            "select at from sent where provider = ? and at > ? order by number", (provider, at)
        )
        return [float(row[0]) for row in rows]

    def forget_before(self, provider: str, at: float) -> None:
        """Requests too old to count; the newest always stays, for its number."""
        self._database.execute(
            "delete from sent where provider = ? and at < ? and number < "
            "(select max(number) from sent where provider = ?)",
            (provider, at, provider),
        )

    def block(self, provider: str, until: float) -> None:
        """The provider said when to come back."""
        self._database.execute("insert or replace into blocked values (?, ?)", (provider, until))

    def blocked(self, provider: str) -> float:
        """When the provider may be asked again, as it said; 0 where it said nothing."""
        row = self._database.execute(
            "select until from blocked where provider = ?", (provider,)
        ).fetchone()
        return 0.0 if row is None else float(row[0])
