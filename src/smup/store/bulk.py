"""Files derived from a release that are too large to build with it: ``home/bulk/<id>/``.

Each is made once, appears under its name at one moment and never changes: what a reader began to
download from one half of it he may finish from the other. Beside each stands what it weighs and
its sha256 (``.sums/<path>``).
"""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from smup.store.files import files_below, locked, sha256, sync

FOLDER = "bulk"
SUMS = ".sums"
LOCK = ".lock"
Write = Callable[[Path], None]


@dataclass(frozen=True)
class Made:
    """A file that is there: its sha256 and its size in bytes."""

    sha256: str
    size: int


class BulkFolder:
    """The derived files of one release of the store ``home``."""

    def __init__(self, home: Path, release: str) -> None:
        self.home = home
        self.folder = home / FOLDER / release

    def path(self, name: str) -> Path:
        """Where the file ``name`` stands, made or not."""
        return self.folder / name

    def made(self, name: str) -> Made | None:
        """What is known of a file; None while it is not there."""
        try:
            digest, size = (self.folder / SUMS / name).read_text("ascii").split()
        except (OSError, ValueError):
            return None
        return Made(digest, int(size)) if self.path(name).is_file() else None

    def all_made(self) -> Mapping[str, Made]:
        """Every file that is there, by its name."""
        sums = self.folder / SUMS
        names = files_below(sums) if sums.is_dir() else []
        found = ((name, self.made(name)) for name in names)
        return {name: one for name, one in found if one is not None}

    def make(self, name: str, write: Write) -> Made:
        """The file ``name``, written by ``write`` into the path it is given unless it is there.

        Two processes may make the same file at the same time; both write the same bytes.
        """
        if (there := self.made(name)) is not None:
            return there
        target = self.path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            write(draft)
            found = Made(sha256(draft), draft.stat().st_size)
            sync(draft)
            draft.replace(target)
            self._note(name, found)
        finally:
            draft.unlink(missing_ok=True)
        return found

    def _note(self, name: str, found: Made) -> None:
        note = self.folder / SUMS / name
        note.parent.mkdir(parents=True, exist_ok=True)
        draft = note.with_name(f".{note.name}.{os.getpid()}")
        draft.write_text(f"{found.sha256} {found.size}\n", "ascii")
        draft.replace(note)

    def alone(self, *, wait: bool) -> AbstractContextManager[None]:
        """Be the only one in this store who makes large files; Locked where another is, unless
        ``wait``."""
        (self.home / FOLDER).mkdir(parents=True, exist_ok=True)
        return locked(self.home / FOLDER / LOCK, wait=wait)
