"""The methodology as a file: made once for a release, by another thread, kept in the store."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from functools import cache
from pathlib import Path

from smup.store.files import write_whole

PATIENCE = 8.0  # seconds a request waits before it says that the file is being made


class Printer:
    """Makes files one after another; a file that is there is never made again.

    Two processes may make the same file at the same time; both give it the same bytes, and it
    appears under its name at one moment.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._pool = ThreadPoolExecutor(1, "printer")
        self._making: dict[Path, Future[None]] = {}
        self._lock = threading.Lock()

    def ready(self, path: Path, make: Callable[[], bytes]) -> bool:
        """Is the file there? Starts making it where it is not, and waits a little.

        Raises what ``make`` raised; the next request tries again.
        """
        if path.is_file():
            return True
        with self._lock:
            if path not in self._making:
                self._making[path] = self._pool.submit(_write, path, make)
            making = self._making[path]
        try:
            making.result(self.patience)
        except StillWorking:
            return False
        finally:
            if making.done():
                self._making.pop(path, None)
        return True


@cache
def printer() -> Printer:
    """The one of this process."""
    return Printer()


def _write(path: Path, make: Callable[[], bytes]) -> None:
    """Write the file under its name at one moment; files of other releases give way."""
    if path.is_file():
        return
    content = make()
    for old in path.parent.glob(f"*{path.suffix}"):
        old.unlink(missing_ok=True)
    write_whole(path, content)
