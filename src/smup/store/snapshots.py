"""Source files kept byte for byte under their sha256, so that every figure can be traced back.

``<folder>/<first two digits>/<sha256>`` holds the bytes, ``<sha256>.json`` beside them says who
published them, under which name and licence, and when they came. Keeping the same bytes again
changes nothing.
"""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from smup.store.tidy import replace_file


class SnapshotError(ValueError):
    """A snapshot is missing or its bytes are not what its name says; one Polish sentence."""


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    name: str  # as the file was called in the folder it came from
    publisher: str
    licence: str
    retrieved: str  # ISO date


@dataclass(frozen=True)
class Snapshots:
    """A store of snapshots in one folder."""

    folder: Path

    def keep(self, content: bytes, info: SnapshotInfo) -> str:
        """Keep the bytes unless they are kept already; their sha256.

        The description is written after the bytes, so a snapshot with one is always whole. The
        first description stays: the same bytes found again under another name are no new source.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        described = path.with_suffix(".json")
        if not path.is_file() or path.stat().st_size != len(content):
            replace_file(path, content)
        if not described.is_file():
            options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
            replace_file(described, orjson.dumps(asdict(info), option=options))
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes. Raises SnapshotError when they are missing or were changed."""
        path = self.path(digest)
        if not path.is_file():
            raise SnapshotError(f"Nie ma migawki {digest} w {self.folder}.")
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise SnapshotError(
                f"Migawka {path} jest uszkodzona: jej suma kontrolna się nie zgadza."
            )
        return content

    def info(self, digest: str) -> SnapshotInfo:
        """Where the bytes came from. Raises SnapshotError when nothing is kept under the digest."""
        path = self.path(digest).with_suffix(".json")
        try:
            return SnapshotInfo(**orjson.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise SnapshotError(f"Nie ma opisu migawki {digest} ({error}).") from error

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest
