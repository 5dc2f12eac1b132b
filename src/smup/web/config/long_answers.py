"""Places for requests that may hold a thread for long, so that the others always have threads left.

A thread waits while a slow client sends its question or takes a large answer piece by piece. Such
requests share ``PLACES`` of the threads of a worker, and one client has at most ``OF_ONE`` of them.
A form that people fill in holds one only while it is read, and waits for it a moment: when hundreds
of units send theirs in the same second, none of them is a slow client.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from smup.web.config.client_address import client_address, one_client
from smup.web.config.limits import (
    FORM_WAITS,
    LONG_FROM,
    LONG_OF_ONE,
    LONG_PLACES,
    MOST_BODY,
    MOST_PAPER,
    MOST_TEMPLATE,
)
from smup.web.open.problems import Problem, answer
from smup.web.people.where import for_people

# Pages that take files, and how large a form with one may be.
_FILES = {
    ("/raport/", "/en/raport/"): MOST_TEMPLATE,
    ("/szkolenia/moje", "/en/szkolenia/moje"): MOST_PAPER,
    ("/szkolenia/biuro/", "/en/szkolenia/biuro/"): MOST_PAPER,
}
_FORMS = ("/raport", "/en/raport")  # pages whose readers want a page in return
WAIT = 5  # seconds after which it is worth trying again
Answer = Callable[[HttpRequest], HttpResponseBase]


class Places:
    """Places taken by clients; safe between threads."""

    def __init__(self, places: int, of_one: int) -> None:
        self.places, self.of_one = places, of_one
        self._taken: Counter[str] = Counter()
        self._changed = threading.Condition()

    def enter(self, client: str, patience: float = 0.0) -> bool:
        """Take a place; False when for ``patience`` seconds all are taken, or all that one client
        may have."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._free_for(client), patience):
                self._taken += Counter()  # forgets clients that have none
                return False
            self._taken[client] += 1
            return True

    def leave(self, client: str) -> None:
        with self._changed:
            self._taken[client] -= 1
            if self._taken[client] <= 0:
                del self._taken[client]
            self._changed.notify_all()

    def _free_for(self, client: str) -> bool:
        return self._taken.total() < self.places and self._taken[client] < self.of_one


class Held:
    """The parts of an answer; ``leave`` is called once, at the end or when the client is gone."""

    def __init__(self, parts: Iterable[bytes], leave: Callable[[], None]) -> None:
        self._parts, self._leave = iter(parts), leave
        self._left = threading.Lock()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._parts)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._left.acquire(blocking=False):
            self._leave()


class LongAnswersMiddleware:
    """Refuses bodies nobody may send; lets long requests in while there are places."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.places = Places(LONG_PLACES, LONG_OF_ONE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _has_body(request):
            return self._sent(request, self.get_response(request))
        if problem := _wrong_body(request):
            return answer(request, problem)
        client = one_client(client_address(request.META))
        of_people = for_people(request.path)
        if not self.places.enter(client, FORM_WAITS if of_people else 0.0):
            return _busy(request)
        response = None
        try:
            request.body  # noqa: B018 (read here, while the place is held)
            if not of_people:
                response = self.get_response(request)
        finally:
            self.places.leave(client)
        return self._sent(request, response or self.get_response(request))

    def _sent(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response; a large one that is sent piece by piece holds a place until its end."""
        if not isinstance(response, StreamingHttpResponse) or _is_small(response):
            return response
        client = one_client(client_address(request.META))
        if not self.places.enter(client):
            response.close()
            return _busy(request)
        parts = response.streaming_content
        response.streaming_content = Held(parts, lambda: self.places.leave(client))
        return response


def _is_small(response: StreamingHttpResponse) -> bool:
    length = response.headers.get("Content-Length", "")
    return length.isdecimal() and int(length) < LONG_FROM


def _has_body(request: HttpRequest) -> bool:
    meta = request.META
    return meta.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in meta


def _wrong_body(request: HttpRequest) -> Problem | None:
    """What is wrong with a body, by its headers alone: none of it has been read.

    Raises RequestDataTooBig for a form that is too large, which is answered with a page.
    """
    if request.method in ("GET", "HEAD"):
        return Problem(400, f"Zapytanie {request.method} nie ma treści.")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        return Problem(415, "Treść zapytania przyślij bez kompresji (Content-Encoding).")
    length = request.META.get("CONTENT_LENGTH", "")
    if not length:
        return Problem(400, "Podaj długość treści (Content-Length).")
    most = next((m for pages, m in _FILES.items() if request.path.startswith(pages)), MOST_BODY)
    if not (length.isascii() and length.isdecimal()) or int(length) > most:
        if request.path.startswith(_FORMS) or for_people(request.path):
            raise RequestDataTooBig
        return Problem(413, f"Treść zapytania może mieć najwyżej {most} bajtów.")
    return None


def _busy(request: HttpRequest) -> HttpResponse:
    detail = (
        f"Jeden adres może naraz pobierać {LONG_OF_ONE} duże odpowiedzi, a serwer wysyła ich "
        f"już tyle, ile może. Ponów za {WAIT} s."
    )
    response = answer(request, Problem(429, detail))
    response.headers["Retry-After"] = str(WAIT)
    return response
