"""The bulk files of a release: ``/files/{release|latest}/name``.

Release-addressed bytes never change and say so; ``latest`` is asked again each time. A download
that broke off goes on where it stopped.
"""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

from smup.formats import media
from smup.formats.bulk.listing import CHECKSUMS, BulkFile, checksums, listing
from smup.formats.bulk.make import can_make, make
from smup.formats.synthetic import file_name
from smup.store.bulk import BulkFolder
from smup.store.errors import StoreError
from smup.store.release import Release
from smup.web.config.current import releases
from smup.web.config.etags import held
from smup.web.config.packing import codings
from smup.web.config.paths import paths
from smup.web.config.ranges import BLOCK, NotSatisfiable, blocks, part_asked
from smup.web.config.workshop import workshop
from smup.web.open.problems import CONTENT_TYPE, Problem, answer, face
from smup.web.open.releasing import current

LATEST = "latest"
PAUSE = 10  # seconds after which it is worth asking again for a file that is being made
_TYPES = {
    ".parquet": media.PARQUET,
    ".csv": media.CSV_UTF8,
    ".csv-metadata.json": media.CSVW,
    ".json": media.JSON,
    ".sqlite": media.SQLITE,
    ".topojson": media.TOPOJSON,
    ".xlsx": media.XLSX,
    ".zip": media.ZIP,
}
Waiting = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Served:
    """Bytes to send: of the file ``path``, known by ``etag``, perhaps packed."""

    path: Path
    etag: str
    packed: bool = False


@face()
def file(request: HttpRequest, release: str, name: str, waiting: Waiting) -> HttpResponseBase:
    """One file of a release, its pre-compressed twin where the client takes brotli.

    ``waiting`` is the page a person sees while a large file is being made; programs get 503 with
    ``Retry-After``. Invented figures are saved under a name that says so.
    """
    opened = current(request) if release == LATEST else _opened(release)
    if name == CHECKSUMS:
        return _checksums(opened)
    served = _built(request, opened, name) or _derived(opened, name)
    if served is None:
        workshop().begin(opened, name)
        return _later(request, waiting)
    lasting = "public, no-cache" if release == LATEST else "public, max-age=31536000, immutable"
    return _send(request, served, opened, lasting)


def _send(request: HttpRequest, served: Served, opened: Release, lasting: str) -> HttpResponseBase:
    headers = {
        "Cache-Control": lasting,
        "ETag": served.etag,
        "Accept-Ranges": "bytes",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Content-Range, ETag",
        "Vary": "Accept-Encoding",
    }
    if served.packed:
        headers["Content-Encoding"] = "br"
    if held(request.headers.get("If-None-Match", ""), served.etag):
        return HttpResponse(status=304, headers=headers)
    size = served.path.stat().st_size
    try:
        part = part_asked(request, size, served.etag)
    except NotSatisfiable:
        refused = answer(request, Problem(416, f"Plik ma {size} bajtów.", "Range"))
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    plain = served.path.name.removesuffix(".br")
    kind = _type(plain)
    if part is None:
        named = file_name(plain, opened.synthetic)
        whole = served.path.open("rb")
        sent = FileResponse(whole, content_type=kind, headers=headers, filename=named)
        sent.block_size = BLOCK  # by itself it sends 4 kB at a time
        return sent
    headers |= {
        "Content-Range": f"bytes {part.start}-{part.end}/{size}",
        "Content-Length": str(part.end - part.start + 1),
    }
    asked = blocks(served.path, part)
    return StreamingHttpResponse(asked, status=206, content_type=kind, headers=headers)


def _type(name: str) -> str:
    ours = next((kind for end, kind in _TYPES.items() if name.endswith(end)), None)
    return ours or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _built(request: HttpRequest, opened: Release, name: str) -> Served | None:
    """A file of ``public/``; None where the release holds none of that name."""
    folder = (opened.folder / "public").resolve()
    try:
        path = (folder / name).resolve()
        inside = path.is_relative_to(folder) and path.suffix != ".br" and path.is_file()
    except (OSError, ValueError):  # a name no file can have
        return None
    if not inside:
        return None
    twin = path.with_name(path.name + ".br")
    if (
        twin.is_file()
        and not twin.is_symlink()
        and "br" in codings(request.headers.get("Accept-Encoding", ""))
    ):
        return Served(twin, f'"{opened.id}-br"', packed=True)
    return Served(path, f'"{opened.id}"')


def _derived(opened: Release, name: str) -> Served | None:
    """A file made of the release; None where it is large and not made yet. Raises Http404."""
    home = paths().home
    one = _listed(opened, name)
    if one is None or not can_make(opened, home, one):
        raise Http404(f"Nie ma pliku „{name[:80]}” w tym wydaniu – spis plików: /pliki.")
    folder = BulkFolder(home, opened.id)
    made = folder.made(name)
    if made is None and not one.heavy:
        made = make(opened, home, one)
    return None if made is None else Served(folder.path(name), f'"{made.sha256[:32]}"')


def _listed(opened: Release, name: str) -> BulkFile | None:
    return next((one for one in listing(opened) if one.path == name), None)


def _later(request: HttpRequest, waiting: Waiting) -> HttpResponse:
    if "text/html" in request.headers.get("Accept", ""):
        return waiting(request)
    body = {
        "type": "about:blank",
        "title": "Plik właśnie powstaje",
        "status": 503,
        "detail": f"Plik powstaje przy pierwszym zapytaniu. Zapytaj ponownie za {PAUSE} s.",
        "instance": request.path,
    }
    headers = {
        "Retry-After": str(PAUSE),
        "Cache-Control": "no-store",
        "Access-Control-Allow-Origin": "*",
    }
    return HttpResponse(orjson.dumps(body), status=503, content_type=CONTENT_TYPE, headers=headers)


def _checksums(opened: Release) -> HttpResponse:
    """Of the files that are there now, so it is asked again each time."""
    return HttpResponse(
        checksums(opened, paths().home),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "public, no-cache", "Access-Control-Allow-Origin": "*"},
    )


def _opened(release: str) -> Release:
    try:
        return releases().open(release)
    except (StoreError, OSError, ValueError) as error:
        raise Http404(str(error)) from error
