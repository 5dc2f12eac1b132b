"""Asking: never twice for what is kept, and what comes is checked before it is kept."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from smup.fetch import quota
from smup.fetch.clock import Clock, SystemClock
from smup.fetch.errors import NotAsAgreed, Unsound
from smup.fetch.journal import Entry, Journal
from smup.fetch.providers import Access
from smup.fetch.quota import Forecast, WindowState
from smup.fetch.refusing import place
from smup.fetch.request import Request
from smup.fetch.wire import Raw, Wire
from smup.store.snapshots import SnapshotInfo, Snapshots

UNSOUND = 3  # attempts at an answer that came, but not whole or not as agreed


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
        self.providers, self.clock = providers, clock or SystemClock()
        self._snapshots = Snapshots(home / "snapshots")
        self._journal = Journal(home)
        self._wire = Wire(self._journal, self.clock, patience, waiting)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._wire.close()
        self._journal.close()

    def asked(self) -> int:
        """Requests this door has sent."""
        return self._wire.asked

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
        raw: Raw,
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
    ) -> Raw:
        """An answer that passes the check. Raises NotAsAgreed with the reason of the last."""
        reason = ""
        for _ in range(UNSOUND):
            raw = self._wire.answer(request, access, _conditions(entry), empty)
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
            f"{place(request, access)}: odpowiedź jest nie taka, jak zapowiada umowa usługi "
            f"({reason}); nic nie zapisano, dotychczasowe dane zostają. Powtórz później."
        )


def _conditions(entry: Entry | None) -> dict[str, str]:
    """Headers that have the service say "as you know it" (RFC 9110, 13.1)."""
    if entry is None:
        return {}
    known = {"If-None-Match": entry.etag, "If-Modified-Since": entry.modified}
    return {name: value for name, value in known.items() if value}
