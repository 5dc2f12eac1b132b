"""The wire: a question to a whole answer, within the limits, tried again after a failure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

import httpx

from smup.fetch import quota, soap
from smup.fetch.clock import Clock
from smup.fetch.errors import QuotaSpent, Unreachable
from smup.fetch.journal import Journal
from smup.fetch.providers import Access
from smup.fetch.refusing import place, refusal, strange, too_large, unknown_user
from smup.fetch.request import Request

PAUSES = (1.0, 5.0, 30.0, 120.0, 600.0)  # seconds before another attempt: a restart takes minutes
TOLD_TO_WAIT = 20  # times a provider may say "later" before it is given up
WAIT = 60.0  # seconds after a 429 that does not say how long
REDIRECTS = 5
BLOCK = 1 << 16
_REDIRECT = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came."""

    status: int
    headers: httpx.Headers
    content: bytes


class Wire:
    """Sends; every request is noted in ``journal`` before it leaves.

    ``patience`` and ``waiting`` as of the Fetcher. ``asked`` counts what was sent.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        patience: float | None,
        waiting: Callable[[str, datetime], None],
    ) -> None:
        self.asked = 0
        self._journal, self._clock = journal, clock
        self._patience, self._waiting = patience, waiting
        agent = f"smup/{version('smup')}"
        self._client = httpx.Client(follow_redirects=False, headers={"User-Agent": agent})

    def close(self) -> None:
        self._client.close()

    def answer(
        self,
        request: Request,
        access: Access,
        conditions: Mapping[str, str],
        empty: Collection[int],
    ) -> Raw:
        """A whole answer with a status that says something: 200, 304 or one of ``empty``.

        ``conditions`` are headers beside the request's own. Raises QuotaSpent, Refused,
        Unreachable.
        """
        failures, told = 0, 0
        while True:
            self._wait_for_quota(access)
            try:
                raw = self._send(request, access, conditions)
            except (httpx.TransportError, httpx.StreamError, httpx.DecodingError) as error:
                failures = self._after_failure(request, access, failures, type(error).__name__)
                continue
            if raw.status == 429:
                told += 1
                self._told_to_wait(request, access, raw, told)
            elif raw.status >= 400 and access.settings.soap and (why := soap.refusal(raw.content)):
                raise unknown_user(request, access, raw.status, why)
            elif raw.status >= 500:
                failures = self._after_failure(request, access, failures, f"kod {raw.status}")
            elif raw.status in (200, 304, *empty):
                return raw
            else:
                raise refusal(request, access, raw.status)

    def _send(self, request: Request, access: Access, conditions: Mapping[str, str]) -> Raw:
        address = request.address(access.base)
        for _ in range(REDIRECTS):
            origin = urlsplit(address)
            if origin.scheme not in ("http", "https") or origin.netloc not in access.hosts:
                raise strange(request, access, f"{origin.scheme}://{origin.netloc}")
            self._journal.mark(access.id, self._now())
            self.asked += 1
            with self._client.stream(
                request.method,
                address,
                content=access.message(address, request.body) or None,
                headers=dict(request.headers) | dict(conditions) | access.headers(address),
                timeout=access.settings.timeout,
            ) as response:
                if response.status_code not in _REDIRECT:
                    content = _whole(request, access, response)
                    return Raw(response.status_code, response.headers, content)
                address = urljoin(address, response.headers.get("location", ""))
        raise Unreachable(f"{place(request, access)}: przekierowań jest więcej niż {REDIRECTS}.")

    def _wait_for_quota(self, access: Access) -> None:
        free = quota.free_at(access.windows, lambda nth: self._journal.latest(access.id, nth))
        self._wait(access, max(free, self._journal.blocked(access.id)), "limit zapytań")

    def _told_to_wait(self, request: Request, access: Access, raw: Raw, told: int) -> None:
        until = self._now() + _retry_after(raw.headers.get("retry-after", ""), self._clock.now())
        self._journal.block(access.id, until)
        if told >= TOLD_TO_WAIT:
            raise QuotaSpent(
                f"{place(request, access)}: usługa wciąż każe czekać; powtórz później.",
                _moment(until),
            )

    def _after_failure(self, request: Request, access: Access, failures: int, why: str) -> int:
        if failures >= len(PAUSES):
            raise Unreachable(
                f"{place(request, access)}: brak odpowiedzi po {failures + 1} próbach ({why}); "
                "dotychczasowe dane zostają. Sprawdź sieć i powtórz polecenie."
            )
        self._wait(access, self._now() + PAUSES[failures], f"brak odpowiedzi ({why})")
        return failures + 1

    def _wait(self, access: Access, until: float, why: str) -> None:
        seconds = until - self._now()
        if seconds <= 0:
            return
        moment = _moment(until)
        if self._patience is not None and seconds > self._patience:
            raise QuotaSpent(
                f"{access.settings.name.pl}: {why}; dalej od {moment:%Y-%m-%d %H:%M} UTC. "
                "Powtórz wtedy polecenie, praca ruszy od tego miejsca.",
                moment,
            )
        self._waiting(access.id, moment)
        self._clock.sleep(seconds)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _whole(request: Request, access: Access, response: httpx.Response) -> bytes:
    """The bytes of the answer, as many as agreed. Raises Refused when there are more."""
    parts, size = [], 0
    for block in response.iter_bytes(BLOCK):
        size += len(block)
        if size > access.settings.largest:
            raise too_large(request, access, response.status_code)
        parts.append(block)
    return b"".join(parts)


def _retry_after(text: str, now: datetime) -> float:
    """Seconds: the header is a number of them or a date (RFC 9110, 10.2.3)."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max((parsedate_to_datetime(text) - now).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return WAIT


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
