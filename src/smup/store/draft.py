"""A release in the making: built beside the others, verified, then switched in at one moment.

What makes a kill at any moment harmless:

1. one builder at a time holds a lock that the kernel frees when the process dies;
2. everything is written into a temporary folder whose name no reader looks at;
3. all bytes reach the disk and are verified before the folder gets its name;
4. the rename, and after it the switch of the ``current`` link, are single operations;
5. the next builder, holding the lock, removes whatever temporary folder it finds.
"""

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from smup.panel import Panel
from smup.store import layout, record
from smup.store.answers import template_digest, write_answers
from smup.store.errors import BuildBusy, DamagedRelease
from smup.store.files import Locked, digests, files_below, locked, point, sync, sync_tree
from smup.store.nature import is_synthetic, refuse_mixing
from smup.store.verify import damages, same_bytes

PUBLISHING = "zapis i sprawdzenie wydania"
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """The progress of work nobody watches."""


@dataclass
class Draft:
    """A temporary folder to fill. Nothing in it is seen by readers before ``publish``."""

    folder: Path
    progress: Progress = silent
    started: float = field(default_factory=time.perf_counter)

    @property
    def public(self) -> Path:
        return self.folder / layout.PUBLIC

    def write_panels(self, indicators: Panel, variables: Panel) -> None:
        """The Parquet record, the cubes and their labels; indicators also turned by unit."""
        panels = dict(zip(layout.PANELS, (indicators, variables), strict=True))
        with ThreadPoolExecutor() as pool:  # writing and compressing leave the interpreter free
            list(pool.map(self._write_panel, panels, panels.values()))
        labels = {
            name: {"items": panel.items, "years": panel.years, "units": panel.units}
            for name, panel in panels.items()
        }
        (self.folder / layout.LABELS).write_bytes(layout.as_json(labels))

    def _write_panel(self, name: str, panel: Panel) -> None:
        record.write_parquet(panel, self.folder / f"{name}.parquet")
        folder = self.folder / "cubes" / name
        record.write_cubes(panel, folder, by_unit=name == "indicators")

    def publish(
        self, head: Mapping[str, Any], answers: Mapping[str, bytes], activate: bool = True
    ) -> str:
        """Seal, verify and switch in; the id of the release. Without ``activate`` it waits for a
        person, unless it stands among the releases already.

        ``head`` is what the manifest says beside the files (``date``, ``catalogue``, ``kernel``,
        ``sources``, ``counts``); ``answers`` are the files that carry the id, as templates with
        ``PLACEHOLDER``. Raises DamagedRelease when what was written does not verify, MixedStore
        when the store holds official figures and these are invented, or the reverse.
        """
        self.progress(PUBLISHING, 0, 4)
        release = self._seal(head, answers)
        refuse_mixing(self.folder.parent, is_synthetic(head), release)
        self.progress(PUBLISHING, 1, 4)
        self._make_sure(release)
        self.progress(PUBLISHING, 2, 4)
        releases = self.folder.parent
        waits = not activate and not (releases / release).exists()
        place(self.folder, releases / layout.PENDING / release if waits else releases / release)
        self.progress(PUBLISHING, 3, 4)
        if activate:
            point(releases / layout.CURRENT, release)
        drop_waiting(releases, release if waits else "")
        self.progress(PUBLISHING, 4, 4)
        return release

    def _make_sure(self, release: str) -> None:
        """Have everything on the disk, and verified: the disk works while the processor does."""
        with ThreadPoolExecutor(1) as pool:
            synced = pool.submit(sync_tree, self.folder)
            found = damages(self.folder, release)
            synced.result()
        if found:
            raise DamagedRelease(release, found)

    def _seal(self, head: Mapping[str, Any], answers: Mapping[str, bytes]) -> str:
        names = files_below(self.folder)
        manifest = layout.as_json(
            {
                **head,
                "format": layout.FORMAT,
                "files": {
                    name: {"sha256": digest, "bytes": (self.folder / name).stat().st_size}
                    for name, digest in digests(self.folder, names).items()
                },
                "answers": {name: template_digest(answers[name]) for name in sorted(answers)},
            }
        )
        (self.folder / layout.MANIFEST).write_bytes(manifest)
        release = layout.release_id(manifest)
        write_answers(self.folder, release, answers)
        (self.folder / layout.BUILD).write_bytes(layout.as_json(self._circumstances()))
        return release

    def _circumstances(self) -> dict[str, Any]:
        """What may differ between two builds of the same release."""
        return {
            "created": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "host": socket.gethostname(),
            "seconds": round(time.perf_counter() - self.started, 3),
            "smup": version("smup"),
        }


@contextmanager
def drafting(releases: Path, progress: Progress = silent) -> Iterator[Draft]:
    """A fresh Draft in the folder of releases, alone; removed at the end unless published.

    Raises BuildBusy when another process is building.
    """
    releases.mkdir(parents=True, exist_ok=True)
    try:
        with locked(releases / layout.LOCK, wait=False):
            clear_leftovers(releases)
            prefix = f"{layout.TEMPORARY}{os.getpid()}-"
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=releases))
            folder.chmod(0o755)  # mkdtemp closes it to others; the server may be another user
            try:
                yield Draft(folder, progress)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except Locked as error:
        raise BuildBusy(error.holder) from None


def clear_leftovers(releases: Path) -> None:
    """Remove what dead builders left behind. The caller holds the lock."""
    for path in releases.glob(f"{layout.TEMPORARY}*"):
        shutil.rmtree(path)
    for path in releases.glob(f".{layout.CURRENT}-*"):
        path.unlink()


def drop_waiting(releases: Path, but: str) -> None:
    """Remove the releases that wait for approval: a newer build took their place. The caller holds
    the lock."""
    for name in layout.ids_in(releases / layout.PENDING):
        if name != but:
            gone = releases / f"{layout.TEMPORARY}{name}"
            (releases / layout.PENDING / name).rename(gone)
            shutil.rmtree(gone)


def place(folder: Path, target: Path) -> None:
    """Give the finished ``folder`` its name.

    Where a release of that id stands already it has the same contents, unless it was damaged
    since: then its files are mended one by one, so that readers never find it gone.
    """
    if not target.exists():
        target.parent.mkdir(exist_ok=True)
        folder.rename(target)
        sync(target.parent)
    elif not same_bytes(target):
        _mend(folder, target)


def _mend(folder: Path, target: Path) -> None:
    names = files_below(folder)
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder / name, target / name)
    for name in set(files_below(target)) - set(names):
        (target / name).unlink()
    sync_tree(target)
