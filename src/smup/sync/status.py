"""What an operator wants to know of every source, in one look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from smup.catalogue.base import Text
from smup.fetch.errors import FetchError
from smup.sources.provider import Desk, Plan, Provider
from smup.sync.held import Held, held_of
from smup.sync.journal import Journal, Part, Run


@dataclass(frozen=True, slots=True)
class Window:
    """``used`` of ``limit`` requests in any ``seconds``; ``free_at`` is when the next one fits."""

    seconds: int
    limit: int
    used: int
    free_at: datetime

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0)


@dataclass(frozen=True)
class Source:
    """One provider as it stands.

    ``plan`` is what it would ask now, which would end at ``ends`` by the limits alone; ``window``
    is the length in seconds of the limit that holds it up most, 0 where none does. ``last`` is what
    the newest run did with it, ``succeeded`` when one last came to its end.
    """

    id: str
    name: Text
    address: str
    has_key: bool
    held: Held
    quota: tuple[Window, ...]
    plan: Plan | None
    trouble: str
    ends: datetime | None
    window: int
    last: Part | None
    succeeded: str

    @property
    def retry(self) -> str:
        return f"smup sync {self.id}"


def sources(desk: Desk, providers: Sequence[Provider]) -> list[Source]:
    """Every provider; nobody is asked."""
    held = held_of(desk.home, [one.id for one in providers])
    runs = list(Journal(desk.home).runs())
    return [_source(desk, one, held[one.id], runs) for one in providers]


def _source(desk: Desk, provider: Provider, held: Held, runs: Sequence[Run]) -> Source:
    access = desk.fetcher.providers[provider.id]
    plan, trouble = planned(desk, provider)
    ends, window = None, 0
    if plan is not None and plan.requests:
        forecast = desk.fetcher.forecast(provider.id, plan.requests)
        ends, window = _moment(forecast.ends), forecast.window
    parts = [part for run in runs for part in run.parts if part.provider == provider.id]
    return Source(
        provider.id,
        access.settings.name,
        access.base,
        access.key is not None,
        held,
        tuple(
            Window(state.seconds, state.limit, state.used, _moment(state.free_at))
            for state in desk.fetcher.quota(provider.id)
        ),
        plan,
        trouble,
        ends,
        window,
        parts[0] if parts else None,
        next((part.ended for part in parts if part.succeeded), ""),
    )


def planned(desk: Desk, provider: Provider) -> tuple[Plan | None, str]:
    """The plan, or why there is none."""
    try:
        return provider.plan(desk), ""
    except (FetchError, ValueError, OSError) as error:
        return None, str(error)


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
