"""Fair use: how many answers one client may have worked out for it.

What lies ready is never counted: this stands behind the cache, and files of a release pass it. An
answer costs one call, and one more for each 50 ms of processor time it took, so that many small
questions and a few large ones end at the same place.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from smup.web.config.buckets import Buckets, Taken
from smup.web.config.client_address import client_address, one_client
from smup.web.config.limits import CALLS, CALLS_WINDOW, WORK_OF_A_CALL
from smup.web.open.problems import Problem, answer

LEFT = "smup.calls_left"  # in the environment of a request, for the header
SHARED = "SMUP_SHARED"  # folder of what the workers of one server share
TABLE = "calls"
POLICY = f'"calls";q={CALLS};w={CALLS_WINDOW}'
_FREE = ("/files/", "/static/", "/healthz", "/readyz")
Answer = Callable[[HttpRequest], HttpResponseBase]


@cache
def buckets() -> Buckets | None:
    """The buckets of this server; None where limits are switched off (``SMUP_LIMITS=0``)."""
    if os.environ.get("SMUP_LIMITS") == "0":
        return None
    shared = os.environ.get(SHARED)
    return Buckets(CALLS, CALLS / CALLS_WINDOW, Path(shared) / TABLE if shared else None)


class FairUseMiddleware:
    """Refuses with 429 and ``Retry-After`` what goes beyond the published numbers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        counted, client = buckets(), one_client(client_address(request.META))
        if counted is None or not client or request.path.startswith(_FREE):
            return self.get_response(request)
        taken = counted.take(client)
        request.META[LEFT] = taken.left
        if taken.wait:
            return _refusal(request, taken)
        begun = time.thread_time()
        response = self.get_response(request)
        _charge(counted, client, begun)
        if isinstance(response, StreamingHttpResponse):
            parts = response.streaming_content
            response.streaming_content = _charged(parts, counted, client)
        return response


def _charge(counted: Buckets, client: str, begun: float) -> None:
    if more := int((time.thread_time() - begun) / WORK_OF_A_CALL):
        counted.charge(client, more)


def _charged(parts: Iterable[bytes], counted: Buckets, client: str) -> Iterator[bytes]:
    """The same parts; the work of making them is charged part by part."""
    begun = time.thread_time()
    for part in parts:
        yield part
        if time.thread_time() - begun >= WORK_OF_A_CALL:
            _charge(counted, client, begun)
            begun = time.thread_time()


def _refusal(request: HttpRequest, taken: Taken) -> HttpResponse:
    seconds = int(taken.wait) + 1
    detail = (
        f"Limit to {CALLS} zapytań na {CALLS_WINDOW} s z jednego adresu. Ponów za {seconds} s. "
        "Gotowe pliki (/files/) limitu nie mają."
    )
    response = answer(request, Problem(429, detail))
    response.headers["Retry-After"] = str(seconds)
    return response
