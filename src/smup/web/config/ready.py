"""Answers that lie ready in memory: bytes, headers, and how to give them to a client.

Two kinds are kept: the small files built into a release, which nobody has to make, and answers the
application made once and marked as a function of release and address. What is kept is bounded in
bytes; a new release is another key.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from smup.web.config.etags import held

Headers = list[tuple[str, str]]
StartResponse = Callable[[str, Headers], Any]
Environ = dict[str, Any]
KEEP = "smup.keep"  # set in the environment of a request whose answer may be kept
LIMIT = 64 * 2**20  # bytes of bodies kept by one worker
# Headers of the body, which a 304 does not have.
OF_BODY = {"content-type", "content-length", "content-encoding", "content-disposition"}


@dataclass(frozen=True, slots=True)
class Ready:
    """A finished 200: ``etag`` is that of ``headers``, ``unchanged`` the headers of a 304."""

    body: bytes
    headers: Headers
    etag: str
    unchanged: Headers

    @classmethod
    def of(cls, body: bytes, headers: Headers) -> "Ready":
        named = {name.lower(): value for name, value in headers}
        unchanged = [(n, v) for n, v in headers if n.lower() not in OF_BODY]
        return cls(body, headers, named.get("etag", ""), unchanged)

    def give(self, environ: Environ) -> tuple[str, Headers, bytes]:
        """Status, headers and body for the client of this request."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and held(known, self.etag):
            return "304 Not Modified", self.unchanged, b""
        return "200 OK", self.headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else self.body


class ReadyShelf:
    """Answers by key, the least recently used give way; safe between threads."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[Hashable, Ready] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Ready | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, ready: Ready) -> None:
        """Keep an answer, unless it would drive out a good part of the others."""
        if len(ready.body) > self.limit // 16:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = ready
            self.size += _weight(ready)
            while self.size > self.limit:
                _, old = self._kept.popitem(last=False)
                self.size -= _weight(old)


def _weight(ready: Ready) -> int:
    return len(ready.body) + 2048  # key, headers and their lists
