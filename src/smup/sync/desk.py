"""What providers work with, opened from the repository and the store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from smup.catalogue import Catalogue, load_catalogue
from smup.fetch.clock import Clock, SystemClock
from smup.fetch.fetcher import Fetcher
from smup.fetch.providers import access, load_providers
from smup.sources.provider import Desk
from smup.store.files import files_below
from smup.territory import Territory, load_territory

Waiting = Callable[[str, datetime], None]


@contextmanager
def opened(
    root: Path,
    home: Path,
    *,
    clock: Clock | None = None,
    patience: float | None = None,
    waiting: Waiting = lambda provider, until: None,
) -> Iterator[Desk]:
    """A desk with a door to the network that is closed at the end.

    Raises the errors of reading catalogue/ and territory/, and FetchError for a key that others
    may read.
    """
    time = clock or SystemClock()
    asked = access(load_providers(root / "catalogue"), home)
    with Fetcher(home, asked, time, patience, waiting) as fetcher:
        yield Desk(root, home, *definitions(root), fetcher, time.now().date())


def definitions(root: Path) -> tuple[Catalogue, Territory]:
    """The definitions and units of the repository; read again when a file of theirs changed."""
    folders = (root / "catalogue", root / "territory")
    files = [folder / name for folder in folders for name in files_below(folder)]
    return _read(root, tuple((str(file), file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=1)
def _read(root: Path, changed: tuple[tuple[str, int], ...]) -> tuple[Catalogue, Territory]:
    return load_catalogue(root / "catalogue"), load_territory(root / "territory")
