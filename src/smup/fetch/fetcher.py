"""Asking: within the limits, again after a failure, never twice for what is kept."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from smup.fetch import quota
from smup.fetch.clock import Clock, SystemClock
from smup.fetch.errors import FetchError, NotAsAgreed, QuotaSpent, Refused, Unreachable, Unsound
from smup.fetch.journal import Entry, Journal
from smup.fetch.providers import Access
from smup.fetch.quota import Forecast, WindowState
from smup.fetch.request import Request
from smup.fetch.soap import refusal
from smup.store.snapshots import SnapshotInfo, Snapshots

PAUSES = (1.0, 5.0, 30.0, 120.0, 600.0)  # seconds before another attempt: a restart takes minutes
UNSOUND = 3  # attempts at an answer that came, but not whole or not as agreed
TOLD_TO_WAIT = 20  # times a provider may say "later" before it is given up
WAIT = 60.0  # seconds after a 429 that does not say how long
REDIRECTS = 5
BLOCK = 1 << 16
_REDIRECT = (301, 302, 303, 307, 308)
_KEY_REFUSED = (401, 403)


def accept(content: bytes) -> None:
    """Any bytes will do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``content`` is b"" for a status that means "nothing there"; ``fresh``: asked just now.

    ``retrieved`` is when these very bytes first came, ``confirmed`` when the service last gave
    them or said that they still stand.
    """

    request: Request
    status: int
    content: bytes
    digest: str
    retrieved: datetime
    confirmed: datetime
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Raw:
    status: int
    headers: httpx.Headers
    content: bytes


class Fetcher:
    """The one door to the network, for one process at a time.

    ``patience`` is the longest wait in seconds, None for as long as it takes; ``waiting`` is told
    of every wait (provider, until when). Close it, or use it as a context.
    """

    def __init__(
        self,
        home: Path,
        providers: Mapping[str, Access],
        clock: Clock | None = None,
        patience: float | None = None,
        waiting: Callable[[str, datetime], None] = lambda provider, until: None,
    ) -> None:
        self.providers, self.clock, self.patience = providers, clock or SystemClock(), patience
        self.waiting = waiting
        self._snapshots = Snapshots(home / "snapshots")
        self._journal = Journal(home)
        self._client = httpx.Client(follow_redirects=False, headers={"User-Agent": _agent()})
        self._asked = 0

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()
        self._journal.close()

    def asked(self) -> int:
        """Requests this door has sent."""
        return self._asked

    def kept(self, request: Request) -> Answer | None:
        """The answer kept earlier; nobody is asked."""
        entry = self._entry(request)
        return None if entry is None else self._given(request, entry, fresh=False)

    def get(
        self,
        request: Request,
        *,
        check: Callable[[bytes], None] = accept,
        again: bool = False,
        empty: Collection[int] = (),
    ) -> Answer:
        """The answer to ``request``: kept earlier, or asked for now and kept.

        With ``again`` it is asked for even if kept, on condition that it changed. ``check`` raises
        Unsound for bytes that must not be kept; they are asked for once more. ``empty`` are
        statuses that mean "nothing there". Raises QuotaSpent, Refused, Unreachable.
        """
        entry = self._entry(request)
        if entry is not None and not again:
            return self._given(request, entry, fresh=False)
        access = self.providers[request.provider]
        raw = self._sound(request, access, entry, check, empty)
        if raw.status == 304 and entry is not None:
            return self._given(request, self._confirm(entry), fresh=True)
        return self._given(request, self._keep(request, access, raw, empty, entry), fresh=True)

    def quota(self, provider: str) -> list[WindowState]:
        """How much of each window of the provider is used now."""
        access, now = self.providers[provider], self._now()
        return quota.states(access.windows, self._sent(access, now), now)

    def forecast(self, provider: str, requests: int) -> Forecast:
        """When so many more requests end, by the limits alone (moments are POSIX seconds)."""
        access, now = self.providers[provider], self._now()
        start = max(now, self._journal.blocked(provider))
        return quota.forecast(access.windows, self._sent(access, now), start, requests)

    def _sent(self, access: Access, now: float) -> list[float]:
        longest = max((seconds for seconds, _ in access.windows), default=0)
        return self._journal.since(access.id, now - longest)

    def _now(self) -> float:
        return self.clock.now().timestamp()

    def _entry(self, request: Request) -> Entry | None:
        """What is kept; nothing where its bytes are gone or damaged, so that it is asked again."""
        entry = self._journal.find(request.key)
        if entry is None or not entry.digest or self._snapshots.sound(entry.digest):
            return entry
        return None

    def _given(self, request: Request, entry: Entry, *, fresh: bool) -> Answer:
        content = self._snapshots.read(entry.digest) if entry.digest else b""
        confirmed = datetime.fromisoformat(entry.confirmed).astimezone(UTC)
        return Answer(request, entry.status, content, entry.digest, entry.moment, confirmed, fresh)

    def _confirm(self, entry: Entry) -> Entry:
        confirmed = replace(entry, confirmed=self.clock.now().isoformat())
        self._journal.keep(confirmed)
        return confirmed

    def _keep(
        self,
        request: Request,
        access: Access,
        raw: _Raw,
        empty: Collection[int],
        before: Entry | None,
    ) -> Entry:
        """Bytes first, then the line that names them; the same bytes again keep their moment."""
        now, address = self.clock.now(), request.address(access.settings.base)
        digest = ""
        if raw.status not in empty:
            settings = access.settings
            info = SnapshotInfo(
                address, settings.publisher, settings.licence, now.date().isoformat()
            )
            digest = self._snapshots.keep(raw.content, info, packed=True)
        same = before is not None and (before.status, before.digest) == (raw.status, digest)
        entry = Entry(
            request.key,
            access.id,
            address,
            raw.status,
            digest,
            raw.headers.get("etag", ""),
            raw.headers.get("last-modified", ""),
            before.retrieved if before is not None and same else now.isoformat(),
            now.isoformat(),
        )
        self._journal.keep(entry)
        return entry

    def _sound(
        self,
        request: Request,
        access: Access,
        entry: Entry | None,
        check: Callable[[bytes], None],
        empty: Collection[int],
    ) -> _Raw:
        """An answer that passes the check. Raises NotAsAgreed with the reason of the last."""
        reason = ""
        for _ in range(UNSOUND):
            raw = self._answered(request, access, entry, empty)
            if raw.status == 304 or raw.status in empty:
                return raw
            try:
                check(raw.content)
            except Unsound as error:
                reason = str(error)
                entry = None  # what is kept may be the very answer that is wrong
            else:
                return raw
        raise NotAsAgreed(
            f"{_place(request, access)}: odpowiedź jest nie taka, jak zapowiada umowa usługi "
            f"({reason}); nic nie zapisano, dotychczasowe dane zostają. Powtórz później."
        )

    def _answered(
        self, request: Request, access: Access, entry: Entry | None, empty: Collection[int]
    ) -> _Raw:
        """A whole answer with a status that says something. Raises the errors of this room."""
        failures, told = 0, 0
        while True:
            self._wait_for_quota(access)
            try:
                raw = self._send(request, access, entry)
            except (httpx.TransportError, httpx.StreamError, httpx.DecodingError) as error:
                failures = self._after_failure(request, access, failures, type(error).__name__)
                continue
            if raw.status == 429:
                told += 1
                self._told_to_wait(request, access, raw, told)
            elif raw.status >= 400 and access.settings.soap and (why := refusal(raw.content)):
                raise _unknown_user(request, access, raw.status, why)
            elif raw.status >= 500:
                failures = self._after_failure(request, access, failures, f"kod {raw.status}")
            elif raw.status in (200, 304, *empty):
                return raw
            else:
                raise _refusal(request, access, raw.status)

    def _send(self, request: Request, access: Access, entry: Entry | None) -> _Raw:
        headers = dict(request.headers)
        if entry is not None and entry.etag:
            headers["If-None-Match"] = entry.etag
        if entry is not None and entry.modified:
            headers["If-Modified-Since"] = entry.modified
        address = request.address(access.base)
        for _ in range(REDIRECTS):
            _refuse_strange(request, access, address)
            self._journal.mark(access.id, self._now())
            self._asked += 1
            with self._client.stream(
                request.method,
                address,
                content=access.message(address, request.body) or None,
                headers=headers | access.headers(address),
                timeout=access.settings.timeout,
            ) as response:
                if response.status_code not in _REDIRECT:
                    content = _whole(request, access, response)
                    return _Raw(response.status_code, response.headers, content)
                address = urljoin(address, response.headers.get("location", ""))
        raise Unreachable(f"{_place(request, access)}: przekierowań jest więcej niż {REDIRECTS}.")

    def _wait_for_quota(self, access: Access) -> None:
        free = quota.free_at(access.windows, lambda nth: self._journal.latest(access.id, nth))
        self._wait(access, max(free, self._journal.blocked(access.id)), "limit zapytań")

    def _told_to_wait(self, request: Request, access: Access, raw: _Raw, told: int) -> None:
        until = self._now() + _retry_after(raw.headers.get("retry-after", ""), self.clock.now())
        self._journal.block(access.id, until)
        if told >= TOLD_TO_WAIT:
            raise QuotaSpent(
                f"{_place(request, access)}: usługa wciąż każe czekać; powtórz później.",
                _moment(until),
            )

    def _after_failure(self, request: Request, access: Access, failures: int, why: str) -> int:
        if failures >= len(PAUSES):
            raise Unreachable(
                f"{_place(request, access)}: brak odpowiedzi po {failures + 1} próbach ({why}); "
                "dotychczasowe dane zostają. Sprawdź sieć i powtórz polecenie."
            )
        self._wait(access, self._now() + PAUSES[failures], f"brak odpowiedzi ({why})")
        return failures + 1

    def _wait(self, access: Access, until: float, why: str) -> None:
        seconds = until - self._now()
        if seconds <= 0:
            return
        moment = _moment(until)
        if self.patience is not None and seconds > self.patience:
            raise QuotaSpent(
                f"{access.settings.name.pl}: {why}; dalej od {moment:%Y-%m-%d %H:%M} UTC. "
                "Powtórz wtedy polecenie, praca ruszy od tego miejsca.",
                moment,
            )
        self.waiting(access.id, moment)
        self.clock.sleep(seconds)


def _whole(request: Request, access: Access, response: httpx.Response) -> bytes:
    """The bytes of the answer, as many as agreed. Raises Refused when there are more."""
    parts, size, largest = [], 0, access.settings.largest
    for block in response.iter_bytes(BLOCK):
        size += len(block)
        if size > largest:
            raise Refused(
                f"{_place(request, access)}: odpowiedź ma ponad {largest} bajtów; nie zapisano jej "
                "(granicę podaje largest w catalogue/providers.yaml).",
                response.status_code,
            )
        parts.append(block)
    return b"".join(parts)


def _refuse_strange(request: Request, access: Access, address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or parts.netloc not in access.hosts:
        raise Refused(
            f"{_place(request, access)}: adres {parts.scheme}://{parts.netloc} nie należy do tej "
            "usługi (hosts w catalogue/providers.yaml), więc nie został otwarty.",
            0,
        )


def _refusal(request: Request, access: Access, status: int) -> FetchError:
    if status in _KEY_REFUSED:
        name = access.id.upper().replace("-", "_")
        return Refused(
            f"{_place(request, access)}: usługa odmawia dostępu (kod {status}); sprawdź klucz "
            f"(SMUP_KEY_{name} albo plik keys/{access.id}).",
            status,
        )
    return Refused(f"{_place(request, access)}: usługa odrzuca zapytanie (kod {status}).", status)


def _place(request: Request, access: Access) -> str:
    return f"{access.settings.name.pl}, {request.method} {request.address(access.base)}"


def _unknown_user(request: Request, access: Access, status: int, reason: str) -> FetchError:
    """A refusal told in SOAP; its text is the service's own, so the key is taken out of it."""
    for secret in filter(None, (access.key or "").split(":", 1)):
        reason = reason.replace(secret, "…")
    return Refused(
        f"{_place(request, access)}: usługa odmawia („{reason}”); sprawdź użytkownika i hasło "
        f"(SMUP_KEY_{access.id.upper()} albo plik keys/{access.id}, w postaci użytkownik:hasło).",
        status,
    )


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


def _agent() -> str:
    return f"smup/{version('smup')}"
