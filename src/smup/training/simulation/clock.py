"""The time of a replay: what happens when, one thing after another."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

Event = Callable[[datetime], None]
_DAY = timedelta(days=1)


class Clock:
    """Things that are going to happen; whoever acts may put later ones on it."""

    def __init__(self) -> None:
        self._coming: list[tuple[datetime, int, Event]] = []
        self._order = count()  # of things at the same moment
        self.done = 0

    @property
    def known(self) -> int:
        """Things that happened and that are going to, as far as is known now."""
        return self.done + len(self._coming)

    def at(self, moment: datetime, event: Event) -> None:
        heapq.heappush(self._coming, (moment, next(self._order), event))

    def daily(self, first: datetime, last: datetime, event: Event) -> None:
        """The same thing every day, both days included."""
        moment = first
        while moment <= last:
            self.at(moment, event)
            moment += _DAY

    def run(self, watch: Callable[[], None]) -> datetime:
        """Let everything happen; the moment of the last of it. Raises ValueError with nothing to
        do."""
        if not self._coming:
            raise ValueError("nothing happens")
        moment = self._coming[0][0]
        while self._coming:
            moment, _, event = heapq.heappop(self._coming)
            event(moment)
            self.done += 1
            watch()
        return moment
