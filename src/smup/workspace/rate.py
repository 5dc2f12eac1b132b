"""How often one place may write: counted in memory, under a digest that lasts as long as the
process. No address is kept."""

import hashlib
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

MOST, WINDOW = 30, 600.0  # writes of one place in so many seconds
PLACES = 10_000  # remembered at a time


class Rate:
    """Safe between threads; each process of the server counts by itself."""

    def __init__(
        self,
        most: int = MOST,
        window: float = WINDOW,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most, self.window, self.clock = most, window, clock
        self._salt = secrets.token_bytes(16)
        self._writes: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, place: str) -> bool:
        """May ``place`` write now? If so, the write is counted."""
        key = hashlib.blake2b(place.encode(), key=self._salt, digest_size=8).digest()
        now = self.clock()
        with self._lock:
            writes = self._writes.setdefault(key, deque())
            self._writes.move_to_end(key)
            while writes and writes[0] <= now - self.window:
                writes.popleft()
            if len(self._writes) > PLACES:
                self._writes.popitem(last=False)
            if len(writes) >= self.most:
                return False
            writes.append(now)
            return True
