"""Pages kept in memory, compressed once, answered with 304 where the reader has them already.

The key is (release, edition of the code, host, address, whether a browser asks); the language is
part of the address.
Nothing is ever invalidated: another release is another key, and the least recently used pages
give way.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from smup.store.errors import StoreError
from smup.web.config.current import releases
from smup.web.config.edition import edition
from smup.web.config.etags import held
from smup.web.config.packing import SMALL, Coding, coding_for, pack_stream, packed, worth_packing
from smup.web.config.ready import KEEP, OF_BODY

Answer = Callable[[HttpRequest], HttpResponse]
LIMIT = 64 * 2**20  # bytes kept, about two thousand pages with their compressed twins
LARGEST = LIMIT // 8  # a page heavier than this is not kept: it would push out the others


@dataclass
class Page:
    """A finished answer; ``packed`` holds its compressed twins, each made when first asked for."""

    body: bytes
    headers: dict[str, str]
    packed: dict[Coding, bytes] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def weight(self) -> int:
        """Bytes counted against the limit; two twins at once, each as a quarter, made or not."""
        return len(self.body) * 3 // 2

    def compressed(self, coding: Coding) -> bytes:
        with self.lock:
            if coding not in self.packed:
                lasting = "immutable" in self.headers["Cache-Control"]
                self.packed[coding] = packed(self.body, coding, lasting=lasting)
            return self.packed[coding]


class Shelf:
    """Pages by key, bounded in bytes, safe between threads."""

    def __init__(self, limit: int = LIMIT, largest: int = LARGEST) -> None:
        self.limit, self.largest = limit, largest
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
            if key in self._pages or page.weight > self.largest:
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
        address = request.get_full_path()
        key = (_release(), edition(), request.get_host(), address, _form(request))
        page = self.shelf.get(key)
        if page is None:
            response = self.get_response(request)
            if getattr(response, "smup_streamed", False):
                pack_stream(request, response)
            if response.status_code != 200 or not getattr(response, "smup_cacheable", False):
                return response
            page = Page(response.content, dict(response.headers))
            self.shelf.put(key, page)
        request.META[KEEP] = True  # the answer in its final form may be kept before Django too
        form = f"-{key[-1]}" if key[-1] else ""
        return _answer(request, page, f'W/"{key[0]}-{key[1]}{form}"')


def asks_for_page(request: HttpRequest) -> bool:
    """Does a browser ask? It names HTML in so many words; a program that takes anything does not.

    Addresses that answer both with one form each (``Vary: Accept``) go by this alone.
    """
    return "text/html" in request.headers.get("Accept", "")


def _form(request: HttpRequest) -> str:
    return "page" if asks_for_page(request) else ""


def _release() -> str:
    try:
        return releases().current_id() or ""
    except StoreError:
        return ""


def _answer(request: HttpRequest, page: Page, etag: str) -> HttpResponse:
    if held(request.headers.get("If-None-Match", ""), etag):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
        for name in page.headers:
            if name.lower() not in OF_BODY:
                response.headers[name] = page.headers[name]
    elif (coding := _coding(request, page)) is not None:
        response = HttpResponse(page.compressed(coding), headers=page.headers)
        response.headers["Content-Encoding"] = coding
    else:
        response = HttpResponse(page.body, headers=page.headers)
    if response.status_code == 200:  # of a 304 it would tell a wrong length
        response.headers["Content-Length"] = str(len(response.content))
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _coding(request: HttpRequest, page: Page) -> Coding | None:
    worth = len(page.body) > SMALL and worth_packing(page.headers)
    return coding_for(request) if worth else None
