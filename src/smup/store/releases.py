"""All releases of a store: which there are, which one serves, whether they are sound."""

import difflib
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from smup.store import layout
from smup.store.diff import ReleaseDiff, compare
from smup.store.errors import DamagedRelease, NoRelease, UnknownRelease
from smup.store.files import locked, point
from smup.store.nature import is_synthetic, refuse_mixing
from smup.store.release import Release
from smup.store.verify import damages

KEPT_OPEN = 3  # a request may still hold the release before; older ones open again when asked for

__all__ = ["Release", "ReleaseInfo", "Releases"]


@dataclass(frozen=True)
class ReleaseInfo:
    """What a list of releases shows. ``values`` counts the indicator cells that hold a number.

    ``damaged`` means that not even its manifest can be read: only ``verify`` looks at all bytes.
    ``synthetic`` means that its figures are invented, ``pending`` that it waits for approval.
    """

    id: str
    created: str
    catalogue: str
    indicators: int
    values: int
    active: bool
    damaged: bool = False
    synthetic: bool = False
    pending: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "created": self.created,
            "catalogue": self.catalogue,
            "indicators": self.indicators,
            "values": self.values,
            "active": self.active,
            "damaged": self.damaged,
            "synthetic": self.synthetic,
            "pending": self.pending,
        }


def read_info(folder: Path, *, active: bool = False, pending: bool = False) -> ReleaseInfo:
    """Facts about the release in ``folder``. Raises DamagedRelease."""
    try:
        manifest = layout.read_json(folder / layout.MANIFEST)
        return ReleaseInfo(
            id=folder.name,
            created=str(layout.read_json(folder / layout.BUILD)["created"]),
            catalogue=str(manifest["catalogue"]),
            indicators=int(manifest["counts"]["indicators"]),
            values=int(manifest["counts"]["values"]),
            active=active,
            synthetic=is_synthetic(manifest),
            pending=pending,
        )
    except (OSError, ValueError, KeyError) as error:
        raise DamagedRelease(folder.name, [f"nieczytelny manifest ({error})"]) from error


def difference(before: Release, after: Release, *, why: bool = False) -> ReleaseDiff:
    """What ``after`` says otherwise than ``before``; with ``why`` the reason of every change."""
    found = compare(before.indicators, after.indicators, (before.id, after.id))
    if not why:
        return found
    from smup.store.reasons import Reasons  # reads catalogues and tables: only when asked for

    return Reasons(before, after).explained(found)


class Releases:
    """The releases in ``home/releases``. One object serves all threads of a process."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "releases"
        self._link = str(self.folder / layout.CURRENT)  # read by every request
        self._opened: dict[str, Release] = {}
        self._lock = threading.Lock()

    def ids(self) -> tuple[str, ...]:
        """Ids of all releases, oldest source date first."""
        return layout.ids_in(self.folder)

    def current_id(self) -> str | None:
        """The id the ``current`` link names now; None where there is none."""
        try:
            return os.readlink(self._link)
        except FileNotFoundError:
            return None

    def current(self) -> Release:
        """The release that serves now. Take it once per request and keep it to the end.

        Raises NoRelease before the first build, DamagedRelease when it cannot be opened.
        """
        release = self.current_id()
        if release is None:
            raise NoRelease
        return self.open(release)

    def open(self, release: str) -> Release:
        """The release of this id, opened once and shared.

        Raises UnknownRelease, DamagedRelease, and MixedStore for invented figures that somebody
        put beside official ones: they are not shown, whatever ``current`` names.
        """
        opened = self._opened.get(release)
        if opened is not None:
            return opened
        self._check_known(release)
        with self._lock:
            if release not in self._opened:
                self._opened[release] = self._checked(release)
                for oldest in tuple(self._opened)[:-KEPT_OPEN]:
                    del self._opened[oldest]
            return self._opened[release]

    def _checked(self, release: str) -> Release:
        opened = Release(self.folder / release)
        if opened.synthetic:
            refuse_mixing(self.folder, True, release)
        return opened

    def info(self, release: str | None = None) -> ReleaseInfo:
        """Facts about a release, the current one by default."""
        release = self._chosen(release)
        return read_info(self.folder / release, active=release == self.current_id())

    def list(self) -> "tuple[ReleaseInfo, ...]":
        """Every release, oldest source date first; one that cannot say anything is ``damaged``."""
        found = []
        for release in self.ids():
            try:
                found.append(self.info(release))
            except DamagedRelease:
                active = release == self.current_id()
                found.append(ReleaseInfo(release, "", "", 0, 0, active, damaged=True))
        return tuple(found)

    def built_by(self, moment: datetime) -> str | None:
        """The id of the newest release that had been built at ``moment`` (with a time zone)."""
        known = [
            (datetime.fromisoformat(one.created), one.id) for one in self.list() if not one.damaged
        ]
        return max(((at, name) for at, name in known if at <= moment), default=(None, None))[1]

    def verify(self, release: str | None = None) -> "tuple[str, ...]":
        """Everything wrong with a release, one Polish sentence each; () when it is sound."""
        release = self._chosen(release)
        return tuple(damages(self.folder / release, release))

    def activate(self, release: str) -> None:
        """Let this release serve, at once. Raises UnknownRelease, and DamagedRelease instead of
        switching to one that does not verify, MixedStore where invented and official figures lie
        together. Waits for a build under way to end."""
        self._check_known(release)
        if found := self.verify(release):
            raise DamagedRelease(release, found)
        with locked(self.folder / layout.LOCK, wait=True):
            refuse_mixing(self.folder, self.info(release).synthetic, release)
            point(self.folder / layout.CURRENT, release)

    def diff(self, before: str, after: str, *, why: bool = False) -> ReleaseDiff:
        """What the release ``after`` says otherwise than ``before``; with ``why`` the reason of
        every change, and the inputs of the largest."""
        return difference(self.open(before), self.open(after), why=why)

    def _chosen(self, release: str | None) -> str:
        if release is None:
            release = self.current_id()
            if release is None:
                raise NoRelease
        self._check_known(release)
        return release

    def _check_known(self, release: str) -> None:
        if layout.ID.fullmatch(release) and (self.folder / release).is_dir():
            return
        known = self.ids()
        near = difflib.get_close_matches(release, known, n=3, cutoff=0.3)
        raise UnknownRelease(release, near or known[::-1][:3])
