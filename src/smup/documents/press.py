"""A process beside ours that sets documents with Typst, and its replacement when it has grown.

Typst keeps what it has laid out (100 MB for a report of 60 pages) and only the end of a process
gives it back; a document that breaks it breaks that process and not ours.
"""

import atexit
import os
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from typing import IO

import orjson

from smup.documents.typesetting import CannotSet, Order, typeset

MOST_MEMORY = 240 * 2**20  # bytes a process holds when it makes way for another
_LENGTH = 8  # bytes that say how long a message is
_DONE, _REFUSED, _LAST = b"+", b"-", b"."  # the last one is done too, and its process ends


class Press:
    """One process, started when first needed; ``most`` is the memory with which it makes way."""

    def __init__(self, most: int = MOST_MEMORY) -> None:
        self.most = most
        self._running: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = Lock()

    @property
    def process(self) -> int | None:
        """The id of the process, None while there is none."""
        return self._running.pid if self._running else None

    def pdf(self, order: Order) -> bytes:
        """The PDF. Raises CannotSet when Typst refuses it or breaks on it."""
        with self._lock:
            kind, made = self._answer(orjson.dumps(order))
            if kind == _LAST:
                self.close()
        if kind == _REFUSED:
            raise CannotSet(made.decode())
        return made

    def close(self) -> None:
        """Ends the process; the next document has another."""
        running, self._running = self._running, None
        atexit.unregister(self.close)
        if running is None:
            return
        assert running.stdin is not None
        assert running.stdout is not None
        with suppress(BrokenPipeError):
            running.stdin.close()
        running.stdout.close()
        if self._owner == os.getpid():
            running.wait()
        else:
            running.returncode = 0  # of a parent that forked us; it is not ours to wait for

    def _answer(self, order: bytes) -> tuple[bytes, bytes]:
        process = self._ready()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            _send(process.stdin, order)
            return process.stdout.read(1), _received(process.stdout)
        except (EOFError, BrokenPipeError) as error:
            self.close()
            raise CannotSet("the process that sets documents has died") from error

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._running is not None and self._owner != os.getpid():
            self.close()
        if self._running is None:
            self._owner = os.getpid()
            self._running = subprocess.Popen(
                [sys.executable, "-m", "smup.documents", str(self.most)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # of a document that breaks it Typst says pages
            )
            atexit.register(self.close)
        return self._running


PRESS = Press()


def serve(orders: IO[bytes], answers: IO[bytes], most: int) -> None:
    """What the process does: document after document until it has grown or nobody asks any more."""
    while True:
        try:
            order: Order = orjson.loads(_received(orders))
        except EOFError:
            return
        try:
            kind, made = _DONE, typeset(order)
        except CannotSet as error:
            kind, made = _REFUSED, str(error).encode()
        grown = _memory() > most
        answers.write(_LAST if grown and kind == _DONE else kind)
        _send(answers, made)
        if grown and kind == _DONE:
            return


def _send(to: IO[bytes], message: bytes) -> None:
    to.write(len(message).to_bytes(_LENGTH))
    to.write(message)
    to.flush()


def _received(source: IO[bytes]) -> bytes:
    """Raises EOFError where there is no more."""
    length = source.read(_LENGTH)
    message = source.read(int.from_bytes(length))
    if len(length) < _LENGTH or len(message) < int.from_bytes(length):
        raise EOFError
    return message


def _memory() -> int:
    """Bytes this process holds in memory now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
