"""When the next request may go: arithmetic over windows, nothing else.

A window of ``seconds`` with a ``limit`` lets the next request through once the ``limit``-th last
one is older than ``seconds``: then at most ``limit`` lie in any window of that length.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

SLACK = 0.05  # seconds: the provider's clock sees our requests a little later than we send them
Windows = Sequence[tuple[int, int]]  # (seconds, requests)


@dataclass(frozen=True, slots=True)
class WindowState:
    """How much of a window is used; ``free_at`` is when the next request fits into it."""

    seconds: int
    limit: int
    used: int
    free_at: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """When so many more requests would all be answered, by the limits alone.

    ``window`` is the length in seconds of the limit that costs most time, 0 where none does.
    """

    ends: float
    window: int


def free_at(windows: Windows, latest: Callable[[int], float | None]) -> float:
    """The earliest moment for the next request; ``latest`` gives the n-th last one's."""
    moments = [
        at + seconds + SLACK for seconds, limit in windows if (at := latest(limit)) is not None
    ]
    return max(moments, default=0.0)


def states(windows: Windows, sent: Sequence[float], now: float) -> list[WindowState]:
    """Every window as it stands; ``sent`` are the moments of requests, oldest first."""
    found = []
    for seconds, limit in windows:
        inside = [at for at in sent if at > now - seconds]
        full = len(inside) >= limit
        free = inside[-limit] + seconds + SLACK if full else now
        found.append(WindowState(seconds, limit, len(inside), free))
    return found


def forecast(windows: Windows, sent: Sequence[float], now: float, requests: int) -> Forecast:
    """Send ``requests`` more as early as the windows allow, each right after the one before."""
    moments, waited = list(sent), dict.fromkeys((seconds for seconds, _ in windows), 0.0)
    moment = now
    for _ in range(requests):
        bounds = {
            seconds: moments[-limit] + seconds + SLACK
            for seconds, limit in windows
            if len(moments) >= limit
        }
        latest = max(bounds.values(), default=moment)
        if latest > moment:
            binding = max(bounds, key=lambda seconds: bounds[seconds])
            waited[binding] += latest - moment
            moment = latest
        moments.append(moment)
    worst = max(waited, key=lambda seconds: waited[seconds], default=0)
    return Forecast(moment, worst if waited.get(worst) else 0)
