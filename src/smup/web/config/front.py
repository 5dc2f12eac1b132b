"""What stands in front of Django: ready answers, a name for each request, the log.

Django costs some 300 µs a request; what lies ready in memory is given without it.
"""

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import count
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from smup.web.config.built import built
from smup.web.config.client_address import client_address
from smup.web.config.current import releases
from smup.web.config.fair_use import LEFT, POLICY
from smup.web.config.journal import Entry, Journal
from smup.web.config.packing import codings
from smup.web.config.ready import KEEP, OF_BODY, Environ, Headers, Ready, ReadyShelf, StartResponse
from smup.web.config.request_log import current_request

MOST_KEY = 2000  # characters of an address and its headers; longer ones are not kept
_FILES, _LATEST = "/files/", "/files/latest/"
_READ = frozenset(("GET", "HEAD"))
# Ends an answer that failed on its way: the server would end it as if it were whole. No JSON, XML
# or Parquet ends so; in CSV a quote is opened that nothing closes.
BROKEN_OFF = '\n"ODPOWIEDŹ URWAŁA SIĘ PRZEZ BŁĄD SERWERA – BROKEN OFF BY A FAULT'.encode()
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Front:
    """The WSGI application that is served; ``safety`` are the headers every answer carries."""

    def __init__(self, inner: Application, journal: Journal, safety: Headers) -> None:
        self.inner, self.journal, self.safety = inner, journal, safety
        self.shelf = ReadyShelf()
        self._worker, self._numbers = secrets.token_hex(6), count(1)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ, f"{self._worker}-{next(self._numbers):x}", self.journal)
        key = _key(environ)
        ready = None if key is None else self._ready(key, environ)
        if ready is None:
            return self._made(request, key, start_response)
        status, headers, body = ready.give(environ)
        start_response(status, [*headers, ("X-Request-Id", request.id)])
        request.ended(int(status[:3]), len(body), ready=True)
        return [body]

    def _ready(self, key: tuple[str, ...], environ: Environ) -> Ready | None:
        ready = self.shelf.get(key)
        if ready is None and environ["PATH_INFO"].startswith(_FILES):
            packed = "br" in codings(environ.get("HTTP_ACCEPT_ENCODING", ""))
            ready = built(environ["PATH_INFO"], brotli=packed, safety=self.safety)
            if ready is not None:
                self.shelf.put(key, ready)
        return ready

    def _made(
        self, request: "Request", key: tuple[str, ...] | None, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The application's answer; kept where it says that it may be."""
        environ, told = request.environ, Told()
        current_request.set(request.id)
        answer = self.inner(environ, told)
        headers = _fitting(told)
        start_response(told.status, [*headers, *_limits(environ), ("X-Request-Id", request.id)])
        if getattr(answer, "streaming", True):
            ended = partial(request.ended, int(told.status[:3]))
            return Counted(answer, ended, sealed=_sealed(headers))
        body = b"".join(answer)
        _close(answer)
        if key is not None and _may_be_kept(environ, key, told.status):
            self.shelf.put(key, Ready.of(body, headers))
        request.ended(int(told.status[:3]), len(body))
        return [body]


class Request:
    """One request on its way: its name, and when it came."""

    __slots__ = ("_at", "_begun", "_journal", "environ", "id")

    def __init__(self, environ: Environ, name: str, journal: Journal) -> None:
        self.environ, self.id, self._journal = environ, name, journal
        self._at, self._begun = time.time(), time.perf_counter()

    def ended(self, status: int, sent: int, *, ready: bool = False) -> None:
        environ, seconds = self.environ, time.perf_counter() - self._begun
        who, what = client_address(environ), (environ["REQUEST_METHOD"], environ["PATH_INFO"])
        self._journal.note(Entry(self._at, self.id, who, *what, status, sent, seconds, ready))


class Told:
    """What the application said of its answer before giving it."""

    def __init__(self) -> None:
        self.status, self.headers = "500 Internal Server Error", list[tuple[str, str]]()

    def __call__(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers


class Counted:
    """The parts of an answer, counted; ``ended`` is told once how many bytes were taken.

    An error on the way is told at its end, unless the answer is ``sealed``.
    """

    def __init__(
        self, parts: Iterable[bytes], ended: Callable[[int], None], *, sealed: bool
    ) -> None:
        self._all, self._parts, self._ended = parts, iter(parts), ended
        self._sent, self._closed, self._sealed = 0, False, sealed
        self._fault: Exception | None = None

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._fault is not None:
            raise self._fault
        try:
            part = next(self._parts)
        except StopIteration:
            raise
        except Exception as fault:
            if self._sealed:
                raise
            self._fault, part = fault, BROKEN_OFF
        self._sent += len(part)
        return part

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            _close(self._all)
            self._ended(self._sent)


def _close(answer: Iterable[bytes]) -> None:
    close = getattr(answer, "close", None)
    if close is not None:
        close()


def _key(environ: Environ) -> tuple[str, ...] | None:
    """Everything a ready answer may depend on; None where nothing ready can answer."""
    host = environ.get("HTTP_HOST", "")
    if environ["REQUEST_METHOD"] not in _READ or "HTTP_RANGE" in environ or not _is_ours(host):
        return None
    path, taken = environ["PATH_INFO"], environ.get("HTTP_ACCEPT_ENCODING", "")
    packed = "br" if "br" in codings(taken) else ""
    if path.startswith(_FILES) and not path.startswith(_LATEST):
        return path, packed  # names its release: no need to look which one serves
    release = releases().current_id() or ""
    if path.startswith(_LATEST):
        return release, path, packed
    return (
        release,
        path,
        environ.get("QUERY_STRING", ""),
        host,
        taken,
        environ.get("HTTP_ACCEPT", ""),
    )


@lru_cache(maxsize=256)
def _is_ours(host: str) -> bool:
    """Is it a name of this server? Django says so to whoever asks under another."""
    return bool(validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS))


def _fitting(told: Told) -> Headers:
    """Its headers; those of a body only where there may be one (RFC 9110, 8.6)."""
    if told.status[:3] not in ("204", "304"):
        return told.headers
    return [(name, value) for name, value in told.headers if name.lower() not in OF_BODY]


def _sealed(headers: Headers) -> bool:
    """Does a client notice by itself that the end is missing? It knows the length, or unpacks."""
    return any(name.lower() in ("content-length", "content-encoding") for name, _ in headers)


def _may_be_kept(environ: Environ, key: tuple[str, ...], status: str) -> bool:
    marked = KEEP in environ and environ["REQUEST_METHOD"] == "GET" and status.startswith("200")
    return marked and sum(map(len, key)) <= MOST_KEY


def _limits(environ: Environ) -> Headers:
    """What is left of the calls of this client, where they are counted."""
    if LEFT not in environ:
        return []
    left = max(int(environ[LEFT]), 0)
    return [("RateLimit-Policy", POLICY), ("RateLimit", f'"calls";r={left}')]
