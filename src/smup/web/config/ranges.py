"""Parts of a file (RFC 9110, 14): a download that broke off goes on where it stopped."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.http import HttpRequest

BLOCK = 1 << 16  # bytes sent at a time
_ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Part(NamedTuple):
    """Bytes ``start`` to ``end``, the last included."""

    start: int
    end: int


class NotSatisfiable(Exception):
    """The part asked for lies behind the end of the file."""


def part_asked(request: HttpRequest, size: int, etag: str) -> Part | None:
    """The part of a file of ``size`` bytes that is asked for; None where all of it is to be sent.

    So it is without ``Range``, with several ranges or another unit, which a server may leave
    unheeded, and when ``If-Range`` names other bytes than these. Raises NotSatisfiable.
    """
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if match is None or not (match[1] or match[2]):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    if not match[1]:
        start, end = max(size - int(match[2]), 0), size - 1
    else:
        start, end = int(match[1]), min(int(match[2] or size), size - 1)
        if match[2] and int(match[2]) < start:
            return None  # no range at all, by the grammar
    if start > end:
        raise NotSatisfiable
    return Part(start, end)


def blocks(path: Path, part: Part) -> Iterator[bytes]:
    """The bytes of a part, a block at a time."""
    left = part.end - part.start + 1
    with path.open("rb") as file:
        file.seek(part.start)
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
