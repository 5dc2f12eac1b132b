"""One after another, in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A turn is handed over to whoever has waited longest: a lock of the library lets one that has
    just come overtake, and in a rush somebody would then wait for seconds."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    @contextmanager
    def one(self) -> Iterator[None]:
        """Have the only turn, from now until the end of the block."""
        with self._changing:
            mine = threading.Event()
            if self._taken:
                self._waiting.append(mine)
            else:
                self._taken = True
                mine.set()
        mine.wait()
        try:
            yield
        finally:
            self._hand_over()

    def _hand_over(self) -> None:
        with self._changing:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
