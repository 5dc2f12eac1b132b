"""Source files kept byte for byte under their sha256, so that every figure can be traced back.

``<folder>/<first two digits>/<sha256>`` holds the bytes, or ``<sha256>.zst`` the same bytes packed;
``<sha256>.json`` beside them says who published them, under which name and licence, and when they
came. Keeping the same bytes again changes nothing.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
import zstandard

from smup.store.files import write_whole

PACKED = ".zst"


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

    def keep(self, content: bytes, info: SnapshotInfo, *, packed: bool = False) -> str:
        """Keep the bytes unless they are kept already; their sha256. Answers of services are
        ``packed``: they are many, and take a tenth of the space so.

        The description is written after the bytes, so a snapshot with one is always whole. The
        first description stays: the same bytes found again under another name are no new source.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        described = path.with_suffix(".json")
        if packed and not path.is_file():
            target = path.with_suffix(PACKED)
            if not self.sound(digest):  # written whole or not at all, but disks fail
                write_whole(target, zstandard.compress(content), durable=True)
        elif not path.is_file() or path.stat().st_size != len(content):
            write_whole(path, content, durable=True)
        if not described.is_file():
            options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
            write_whole(described, orjson.dumps(asdict(info), option=options), durable=True)
        return digest

    @contextmanager
    def keeping(self, content: bytes, info: SnapshotInfo) -> Iterator[str]:
        """Keep the bytes while the block works on them: their sha256 at once, and at its end they
        are on the disk. A large file takes as long to write as to read."""
        with ThreadPoolExecutor(1) as pool:
            kept = pool.submit(self.keep, content, info)
            yield hashlib.sha256(content).hexdigest()
            kept.result()

    def read(self, digest: str) -> bytes:
        """The bytes. Raises SnapshotError when they are missing or were changed."""
        path = self.path(digest)
        try:
            content = path.read_bytes() if path.is_file() else _unpacked(path)
        except FileNotFoundError as error:
            raise SnapshotError(f"Nie ma migawki {digest} w {self.folder}.") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise SnapshotError(
                f"Migawka {path} jest uszkodzona: jej suma kontrolna się nie zgadza."
            )
        return content

    def sound(self, digest: str) -> bool:
        """Are the bytes there, and what their name says?"""
        try:
            self.read(digest)
        except SnapshotError:
            return False
        return True

    def info(self, digest: str) -> SnapshotInfo:
        """Where the bytes came from. Raises SnapshotError when nothing is kept under the digest."""
        path = self.path(digest).with_suffix(".json")
        try:
            return SnapshotInfo(**orjson.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise SnapshotError(f"Nie ma opisu migawki {digest} ({error}).") from error

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def _unpacked(path: Path) -> bytes:
    """The bytes of the packed snapshot; b"" where the packing is damaged, which no digest fits."""
    packed = path.with_suffix(PACKED).read_bytes()
    try:
        return zstandard.decompress(packed)
    except zstandard.ZstdError:
        return b""
