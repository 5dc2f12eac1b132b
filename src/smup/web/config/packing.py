"""Compression of answers: brotli, zstd or gzip, whichever the client takes, best first."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, Protocol

import brotli
import zstandard
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

Coding = Literal["br", "zstd", "gzip"]
SMALL = 400  # below this many bytes compression costs more than it saves
QUALITY = 5
LASTING_QUALITY = 9  # for what browsers keep for ever: slower to pack, smaller to send
LARGE = 1 << 18  # bytes from which that would take too long
_CODINGS: tuple[Coding, ...] = ("br", "zstd", "gzip")
_ZSTD, _GZIP = 6, 6
_STREAMED = {"br": 4, "zstd": 3, "gzip": 5}
_TEXTS = ("text/", "application/json", "application/problem", "application/xml", "image/svg")


class Packer(Protocol):
    """Takes a stream piece by piece."""

    def add(self, piece: bytes) -> bytes: ...

    def end(self) -> bytes: ...


def coding_for(request: HttpRequest) -> Coding | None:
    """The best coding that the client names and does not refuse (``;q=0``)."""
    taken = codings(request.headers.get("Accept-Encoding", ""))
    return next((coding for coding in _CODINGS if coding in taken), None)


@lru_cache(maxsize=256)
def codings(accepted: str) -> frozenset[str]:
    """What ``Accept-Encoding`` names and does not refuse, in small letters."""
    taken = set()
    for part in accepted.split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "").lower() not in ("q=0", "q=0.", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip().lower())
    return frozenset(taken)


def worth_packing(headers: Mapping[str, str]) -> bool:
    """Is it text? Pictures, workbooks and Parquet are compressed in themselves."""
    kind = headers.get("Content-Type", "")
    marked = any(mark in kind for mark in ("json", "xml;", "+csv"))
    return kind.startswith(_TEXTS) or marked or kind.endswith("+xml")


def packed(body: bytes, coding: Coding, *, lasting: bool) -> bytes:
    """``body`` compressed; ``lasting`` takes more time where it is not large."""
    if coding == "br":
        quality = LASTING_QUALITY if lasting and len(body) < LARGE else QUALITY
        found: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality)
        return found
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD).compress(body)
    return gzip.compress(body, _GZIP, mtime=0)


def pack_stream(request: HttpRequest, response: HttpResponseBase) -> None:
    """Compress an answer that is sent while it is made."""
    patch_vary_headers(response, ["Accept-Encoding"])
    coding = coding_for(request)
    if coding is not None and worth_packing(response.headers):
        response.streaming_content = _pieces(response.streaming_content, _PACKERS[coding]())
        response.headers["Content-Encoding"] = coding


def _pieces(chunks: Iterable[bytes], packer: Packer) -> Iterator[bytes]:
    for chunk in chunks:
        if piece := packer.add(chunk):
            yield piece
    yield packer.end()


class _Brotli:
    def __init__(self) -> None:
        self._packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=_STREAMED["br"])

    def add(self, piece: bytes) -> bytes:
        return bytes(self._packer.process(piece))

    def end(self) -> bytes:
        return bytes(self._packer.finish())


class _Zstd:
    def __init__(self) -> None:
        self._packer = zstandard.ZstdCompressor(level=_STREAMED["zstd"]).compressobj()

    def add(self, piece: bytes) -> bytes:
        return self._packer.compress(piece)

    def end(self) -> bytes:
        return self._packer.flush()


class _Gzip:
    def __init__(self) -> None:
        self._packer = zlib.compressobj(_STREAMED["gzip"], wbits=31)

    def add(self, piece: bytes) -> bytes:
        return self._packer.compress(piece)

    def end(self) -> bytes:
        return self._packer.flush()


_PACKERS: Mapping[Coding, Callable[[], Packer]] = {"br": _Brotli, "zstd": _Zstd, "gzip": _Gzip}
