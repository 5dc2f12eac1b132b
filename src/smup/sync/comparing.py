"""After every run: our figures held against those the national system publishes."""

from pathlib import Path

from smup.sources.national.telling import NothingToCompare, check_release
from smup.store.errors import StoreError
from smup.store.pending import Pending
from smup.store.release import Release
from smup.store.releases import Releases


def differences(home: Path) -> tuple[str, ...]:
    """A sentence for each indicator that differs beyond rounding, () where nothing can be compared.

    The release that waits is looked at before the one that serves: a person is about to decide
    about it. Every difference stands in the table that ``check_release`` writes.
    """
    try:
        release = _newest(home)
        return tuple(one.message for one in check_release(home, release).findings)
    except (NothingToCompare, StoreError):
        return ()


def _newest(home: Path) -> Release:
    pending = Pending(home)
    waiting = pending.newest()
    return Releases(home).current() if waiting is None else pending.open(waiting.id)
