"""Pages kept in memory, compressed once, answered with 304 where the reader has them already.

The key is (release, edition of the code, host, address); the language is part of the address.
Nothing is ever invalidated: another release is another key, and the least recently used pages
give way.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from smup.store.errors import StoreError
from smup.web.config.current import releases
from smup.web.config.edition import edition

KEPT_IN_304 = {"Cache-Control", "Access-Control-Allow-Origin", "Content-Security-Policy"}
Answer = Callable[[HttpRequest], HttpResponse]
LIMIT = 64 * 2**20  # bytes kept, about two thousand pages with their compressed twins
SMALL = 400  # below this many bytes compression costs more than it saves
QUALITY = 5
LASTING_QUALITY = 9  # for what browsers keep for ever: slower to pack, smaller to send


@dataclass
class Page:
    """A finished answer; ``packed`` is its brotli twin, made when first asked for."""

    body: bytes
    headers: dict[str, str]
    packed: bytes | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def weight(self) -> int:
        """Bytes counted against the limit; the twin at once, as a quarter, made or not."""
        return len(self.body) * 5 // 4

    def compressed(self) -> bytes:
        with self.lock:
            if self.packed is None:
                quality = (
                    LASTING_QUALITY if "immutable" in self.headers["Cache-Control"] else QUALITY
                )
                self.packed = brotli.compress(self.body, mode=brotli.MODE_TEXT, quality=quality)
            return self.packed


class Shelf:
    """Pages by key, bounded in bytes, safe between threads."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[str, ...], page: Page) -> None:
        with self._lock:
            if key in self._pages:
                return
            self._pages[key] = page
            self._size += page.weight
            while self._size > self.limit:
                _, old = self._pages.popitem(last=False)
                self._size -= old.weight

    def __len__(self) -> int:
        return len(self._pages)


def cacheable(response: HttpResponse, cache_control: str = "public, no-cache") -> HttpResponse:
    """Mark an answer as a function of release and address alone."""
    response.headers["Cache-Control"] = cache_control
    response.smup_cacheable = True
    return response


class PageCacheMiddleware:
    """Answers GET and HEAD from memory; packs and labels every answer that views mark."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.shelf = Shelf()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        key = (_release(), edition(), request.get_host(), request.get_full_path())
        page = self.shelf.get(key)
        if page is None:
            response = self.get_response(request)
            if response.status_code != 200 or not getattr(response, "smup_cacheable", False):
                return response
            page = Page(response.content, dict(response.headers))
            self.shelf.put(key, page)
        return _answer(request, page, f'W/"{key[0]}-{key[1]}"')


def _release() -> str:
    try:
        return releases().current_id() or ""
    except StoreError:
        return ""


def _answer(request: HttpRequest, page: Page, etag: str) -> HttpResponse:
    known = request.headers.get("If-None-Match", "")
    if etag in (tag.strip() for tag in known.split(",")):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
        for name in KEPT_IN_304 & page.headers.keys():
            response.headers[name] = page.headers[name]
    elif len(page.body) > SMALL and _takes_brotli(request):
        response = HttpResponse(page.compressed(), headers=page.headers)
        response.headers["Content-Encoding"] = "br"
    else:
        response = HttpResponse(page.body, headers=page.headers)
    response.headers["ETag"] = etag
    response.headers["Content-Length"] = str(len(response.content))
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _takes_brotli(request: HttpRequest) -> bool:
    offered = request.headers.get("Accept-Encoding", "")
    return any(part.split(";")[0].strip() == "br" for part in offered.split(","))
