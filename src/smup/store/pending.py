"""Releases that were built and wait for a person: they lie apart, where no reader looks.

::

    releases/pending/<id>/      as any release; the newest build takes the place of older ones
    releases/decisions.json     what people decided about them
"""

import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import orjson

from smup.store import layout
from smup.store.errors import DamagedRelease, NotPending
from smup.store.files import locked, point, sync, write_whole
from smup.store.nature import refuse_mixing
from smup.store.release import Release
from smup.store.releases import ReleaseInfo, Releases, read_info
from smup.store.verify import damages

Choice = Literal["approved", "refused"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody (``who``) decided about a release, and why."""

    at: str  # ISO, UTC
    release: str
    choice: Choice
    who: str
    why: str


class Pending:
    """The releases of the store in ``home`` that wait for approval."""

    def __init__(self, home: Path) -> None:
        self._store = Releases(home)
        self.folder = self._store.folder / layout.PENDING
        self._decisions = self._store.folder / layout.DECISIONS

    def ids(self) -> tuple[str, ...]:
        """Those that wait: one, or more for a moment while a build ends."""
        return layout.ids_in(self.folder)

    def list(self) -> "tuple[ReleaseInfo, ...]":
        """Facts about those that wait, the one built last at the end; damaged ones are left out."""
        found = []
        for release in self.ids():
            try:
                found.append(self.info(release))
            except DamagedRelease:
                continue
        return tuple(sorted(found, key=lambda info: info.created))

    def newest(self) -> ReleaseInfo | None:
        """The one a person is asked about."""
        found = self.list()
        return found[-1] if found else None

    def info(self, release: str) -> ReleaseInfo:
        """Raises NotPending, DamagedRelease."""
        self._check(release)
        return read_info(self.folder / release, pending=True)

    def open(self, release: str) -> Release:
        """To look at before deciding; remembered. Raises NotPending, DamagedRelease."""
        self._check(release)
        return _opened(self.folder / release)

    def approve(self, release: str, who: str, why: str = "") -> None:
        """Let the release serve, from this moment on: that is when readers came to know it.

        Raises NotPending, DamagedRelease for one that does not verify, MixedStore. Killed on the
        way it waits still, or stands beside the others, from where ``Releases.activate`` takes it.
        """
        self._check(release)
        if found := damages(self.folder / release, release):
            raise DamagedRelease(release, found)
        with locked(self._store.folder / layout.LOCK, wait=True):
            refuse_mixing(self._store.folder, self.info(release).synthetic, release)
            _date(self.folder / release / layout.BUILD)
            (self.folder / release).rename(self._store.folder / release)
            sync(self._store.folder)
            point(self._store.folder / layout.CURRENT, release)
            self._note(release, "approved", who, why)

    def refuse(self, release: str, who: str, why: str) -> None:
        """Remove the release. Raises NotPending."""
        with locked(self._store.folder / layout.LOCK, wait=True):
            self._check(release)
            self._note(release, "refused", who, why)
            gone = self._store.folder / f"{layout.TEMPORARY}{release}"  # a builder clears it
            (self.folder / release).rename(gone)
            shutil.rmtree(gone)

    def decisions(self) -> "tuple[Decision, ...]":
        """What was decided, the oldest first."""
        if not self._decisions.is_file():
            return ()
        return tuple(Decision(**one) for one in orjson.loads(self._decisions.read_bytes()))

    def _note(self, release: str, choice: Choice, who: str, why: str) -> None:
        """The caller holds the lock."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        known = (*self.decisions(), Decision(at, release, choice, who, why))
        options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        write_whole(self._decisions, orjson.dumps([asdict(one) for one in known], option=options))

    def _check(self, release: str) -> None:
        if release not in self.ids():
            raise NotPending(release, self.ids())


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Release:
    return Release(folder)


def _date(build: Path) -> None:
    """``created`` becomes the moment of the approval; ``built`` keeps that of the build."""
    said = layout.read_json(build)
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    write_whole(build, layout.as_json({"built": said["created"]} | said | {"created": now}))
