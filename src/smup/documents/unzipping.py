"""What a zip says of itself before anything in it is unpacked: size, names, passwords.

What it says may be a lie, so whoever unpacks stops at the sizes said here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from zipfile import ZipInfo

Flaw = Literal["many", "swells", "path", "password"]


@dataclass(frozen=True, slots=True)
class Limits:
    """``times`` is how many times larger a part may become that is larger than ``large`` bytes."""

    parts: int
    unpacked: int
    times: int
    large: int


def flaw_of(entries: Sequence[ZipInfo], limits: Limits) -> tuple[Flaw, str] | None:
    """The first reason not to unpack, with the name of the part; None where there is none."""
    if len(entries) > limits.parts:
        return "many", ""
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        return "swells", max(entries, key=lambda entry: entry.file_size).filename
    names = [entry.filename for entry in entries]
    for entry in entries:
        if _wrong(entry.filename) or names.count(entry.filename) > 1:
            return "path", entry.filename
        if entry.flag_bits & 1:
            return "password", entry.filename
        if entry.file_size > max(limits.large, limits.times * entry.compress_size):
            return "swells", entry.filename
    return None


def _wrong(name: str) -> bool:
    """Whether a name leads out of the file or is none."""
    path = PurePosixPath(name)
    strange = "\\" in name or ":" in name or any(ord(letter) < 32 for letter in name)
    return strange or path.is_absolute() or ".." in path.parts
