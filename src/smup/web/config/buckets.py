"""Buckets of tokens by client, in memory that all workers share and that never grows.

A bucket holds ``size`` tokens and fills again at ``rate`` a second. Clients are known by a keyed
digest alone; the key is made with the table and lives as long. The table has a fixed number of
places: where all four that a client may take are in use, the one that is nearest to full gives way,
because forgetting it costs least.
"""

import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_KEY = 16  # bytes at the beginning of the table
_PLACE = struct.Struct("<Qdd")  # who, tokens left, at what time
_WAYS = 4
_SETS = 1 << 15
BYTES = _KEY + _SETS * _WAYS * _PLACE.size  # 3 MB


class Taken(NamedTuple):
    """``left`` tokens remain; ``wait`` seconds until enough are there, 0 when they were."""

    left: float
    wait: float


class Buckets:
    """One object serves all threads of a process; ``file`` is shared by processes, or None."""

    def __init__(
        self,
        size: float,
        rate: float,
        file: Path | None = None,
        now: Callable[[], float] = time.monotonic,  # one clock for all processes of a machine
    ) -> None:
        self.size, self.rate, self._now = size, rate, now
        self._file = None if file is None else os.open(file, os.O_RDWR)
        self._table = mmap.mmap(-1 if self._file is None else self._file, BYTES)
        if self._file is None:
            self._table[:_KEY] = secrets.token_bytes(_KEY)
        self._key = self._table[:_KEY]
        self._lock = threading.Lock()

    @staticmethod
    def lay_out(file: Path) -> None:
        """An empty table for several processes."""
        with file.open("wb") as table:
            table.write(secrets.token_bytes(_KEY))
            table.truncate(BYTES)

    def take(self, client: str, tokens: float = 1) -> Taken:
        """Take ``tokens``, or none when there are fewer."""
        return self._change(client, tokens, owed=False)

    def charge(self, client: str, tokens: float) -> None:
        """Take them afterwards, for work that turned out larger; a bucket owes ``size`` at most."""
        self._change(client, tokens, owed=True)

    def _change(self, client: str, tokens: float, *, owed: bool) -> Taken:
        digest = hashlib.blake2b(client.encode(), digest_size=16, key=self._key).digest()
        who, place = struct.unpack("<QQ", digest)
        with self._alone(place % _SETS) as first:
            now = self._now()
            offset, level = self._find(first, who, now)
            enough = owed or level >= tokens
            level = max(level - tokens, -self.size) if enough else level
            _PLACE.pack_into(self._table, offset, who, level, now)
        return Taken(level, 0.0 if enough else (tokens - level) / self.rate)

    def _find(self, first: int, who: int, now: float) -> tuple[int, float]:
        """The place of a client and what its bucket holds now."""
        fullest = (-self.size - 1, first)
        for offset in range(first, first + _WAYS * _PLACE.size, _PLACE.size):
            known, left, at = _PLACE.unpack_from(self._table, offset)
            level = self.size if at == 0 else min(self.size, left + (now - at) * self.rate)
            if known == who and at:
                return offset, level
            fullest = max(fullest, (level, offset))
        return fullest[1], self.size

    @contextmanager
    def _alone(self, number: int) -> Iterator[int]:
        """The offset of a set of places nobody else reads or writes meanwhile."""
        first = _KEY + number * _WAYS * _PLACE.size
        with self._lock:
            if self._file is None:
                yield first
                return
            fcntl.lockf(self._file, fcntl.LOCK_EX, 1, first)
            try:
                yield first
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, first)
