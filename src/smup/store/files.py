"""Bytes on disk: digests, writes that reach the disk, switches that happen at once.

Nothing here knows what a release is.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DRAFT = ".draft-"  # beginning of the name of a file that is being written
BLOCK = 16_384  # bytes: four pages of a file system
WORKERS = 16  # fsync waits for the disk, not the processor: many at once share one journal commit


class Locked(Exception):
    """Someone else holds the lock; ``holder`` is what they wrote into it (a process id)."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_below(folder: Path) -> list[str]:
    """Relative POSIX paths of every file below ``folder``, sorted."""
    return sorted(
        Path(where, name).relative_to(folder).as_posix()
        for where, _, names in os.walk(folder)
        for name in names
    )


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """sha256 of each file, in the order of ``names``."""
    found = list(names)
    with ThreadPoolExecutor() as pool:  # hashing leaves the interpreter free
        return dict(zip(found, pool.map(sha256, (folder / name for name in found)), strict=True))


def write_whole(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Readers of ``path`` see no file, the one before, or all of this one.

    ``durable``: so it is also after the power fails. What can be made again does without.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=DRAFT, delete=False) as draft:
        try:
            draft.write(content)
            if durable:
                draft.flush()
                os.fsync(draft.fileno())
            draft.close()
            os.chmod(draft.name, 0o644)
            os.replace(draft.name, path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def save_array(path: Path, array: NDArray[Any]) -> None:
    """Write a .npy as ``numpy.save`` does, leaving out blocks of zeros: read back, they are zeros.

    Cubes of ranks are empty for most years; so those take neither space nor time to write.
    """
    array = np.ascontiguousarray(array)
    content = array.reshape(-1).view(np.uint8)
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        start = file.tell()
        for at in range(0, len(content), BLOCK):
            block = content[at : at + BLOCK]
            if block.any():
                file.seek(start + at)
                file.write(block.data)
        file.truncate(start + len(content))


def sync(path: Path) -> None:
    """Have the disk hold this file or folder before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Sync every file, then every folder that names them, the outermost last."""
    folders = [Path(where) for where, _, _ in os.walk(folder, topdown=False)]
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(sync, (folder / name for name in files_below(folder))))
        list(pool.map(sync, folders))


def point(link: Path, target: str) -> None:
    """Make the symbolic link ``link`` name ``target``: readers see the old or the new, never none.

    The caller holds the lock of the folder, so the name beside it is nobody else's.
    """
    beside = link.with_name(f".{link.name}-{os.getpid()}")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    os.replace(beside, link)
    sync(link.parent)


@contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold an exclusive lock on the file ``path``; the kernel frees it when the process dies.

    Raises Locked when another process holds it and ``wait`` is False.
    """
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            file.seek(0)
            raise Locked(file.read().strip()) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
