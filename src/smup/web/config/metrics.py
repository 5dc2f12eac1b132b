"""Counts of this server for Prometheus, of all its workers together.

Workers leave their counts in a folder they share; whichever is asked adds them up. Labels come from
short lists, so that no request can make the counts grow.
"""

import os
from collections import Counter as Tally
from collections.abc import Sequence
from functools import cache, lru_cache

from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client import REGISTRY as OWN
from prometheus_client.multiprocess import MultiProcessCollector

from smup.web.config.journal import Entry, Journal, log_days

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # its name is the library's
FACES = (  # the first that an address begins with
    ("/files/", "files"),
    ("/static/", "static"),
    ("/api/v1/", "api"),
    ("/api/1.0.0/", "gus"),
    ("/pxweb/", "pxweb"),
    ("/sdmx/", "sdmx"),
    ("/ogc", "ogc"),
    ("/healthz", "watch"),
    ("/readyz", "watch"),
    ("/metrics", "watch"),
)
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_BOUNDS = (0.001, 0.005, 0.025, 0.1, 0.25, 1, 5, 30)

REQUESTS = Counter("smup_requests", "Answers given.", ["face", "method", "status", "ready"])
BYTES = Counter("smup_sent_bytes", "Bytes of bodies sent.", ["face"])
SECONDS = Histogram(
    "smup_made_seconds", "Seconds of answers that did not lie ready.", ["face"], buckets=_BOUNDS
)


def count(entries: Sequence[Entry]) -> None:
    """Add answers to the counts."""
    answers: Tally[tuple[str, str, int, bool]] = Tally()
    sent: Tally[str] = Tally()
    for entry in entries:
        face = face_of(entry.path)
        method = entry.method if entry.method in _METHODS else "other"
        answers[face, method, entry.status, entry.ready] += 1
        sent[face] += entry.sent
        if not entry.ready:
            SECONDS.labels(face).observe(entry.seconds)
    for (face, method, status, ready), number in answers.items():
        REQUESTS.labels(face, method, str(status), "yes" if ready else "no").inc(number)
    for face, number in sent.items():
        BYTES.labels(face).inc(number)


@lru_cache(maxsize=1024)
def face_of(path: str) -> str:
    return next((face for start, face in FACES if path.startswith(start)), "portal")


@cache
def journal() -> Journal:
    """The log and the counts of this process."""
    from smup.web.config.paths import paths

    days = log_days()
    return Journal(paths().home / "log" if days > 0 else None, days, count)


def metrics(request: HttpRequest) -> HttpResponse:
    """The counts in the text form of Prometheus."""
    journal().flush()
    registry = OWN
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(
        generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers=headers
    )
