"""A database backend: SQLite whose writers queue.

SQLite lets one connection write at a time. Whoever waits for that only looks again from time to
time: in a rush one that has just come is served, while another waits for many seconds and is then
refused. Here writers of all processes wait at a file beside the database, where the system wakes
them in turn. A process that is killed gives its turn up with the file.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.db.backends.sqlite3 import base

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; ``atomic`` holds a turn from its beginning to its end."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._turn: IO[bytes] | None = None
        self.execute_wrappers.append(_in_turn)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold a turn, for one statement."""
        self._take_turn()
        try:
            yield
        finally:
            self._end_turn()

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # where it fails, a rollback follows
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        if self._turn is None and not self.is_in_memory_db():
            self._turn = Path(f"{self.settings_dict['NAME']}-turn").open("wb")  # noqa: SIM115
            fcntl.flock(self._turn, fcntl.LOCK_EX)

    def _end_turn(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            turn.close()


def _in_turn(
    execute: Callable[..., object], sql: str, params: object, many: bool, context: dict[str, Any]
) -> object:
    """A statement that writes by itself, outside ``atomic``, has its turn too."""
    connection = context["connection"]
    if connection.in_atomic_block or not sql.lstrip().upper().startswith(_WRITES):
        return execute(sql, params, many, context)
    with connection.turn():
        return execute(sql, params, many, context)
