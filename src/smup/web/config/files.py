"""The bulk files of a release: ``/files/{release|latest}/name``.

Release-addressed bytes never change and say so; ``latest`` is asked again each time.
"""

import mimetypes
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import parse_etags

from smup.store.errors import StoreError
from smup.store.releases import Release
from smup.web.config.current import release_of, releases

LATEST = "latest"
_TYPES = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv; charset=utf-8"}


def file(request: HttpRequest, release: str, name: str) -> HttpResponseBase:
    """One file of ``public/``, its pre-compressed twin where the client takes brotli.

    Invented figures are saved under a name that says so.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    opened = release_of(request) if release == LATEST else _opened(release)
    path = _inside(opened.folder / "public", name)
    headers = {
        "Cache-Control": "public, no-cache"
        if release == LATEST
        else "public, max-age=31536000, immutable",
        "ETag": f'"{opened.id}"',
        "Access-Control-Allow-Origin": "*",
        "Vary": "Accept-Encoding",
    }
    twin = path.with_name(path.name + ".br")
    packed = twin.is_file() and "br" in request.headers.get("Accept-Encoding", "")
    if packed:
        headers |= {"Content-Encoding": "br", "ETag": f'"{opened.id}-br"'}
    if headers["ETag"] in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    served = (twin if packed else path).open("rb")
    return FileResponse(
        served,
        content_type=kind or "application/octet-stream",
        headers=headers,
        filename=f"dane-zmyslone-{path.name}" if opened.synthetic else "",
    )


def _opened(release: str) -> Release:
    try:
        return releases().open(release)
    except StoreError as error:
        raise Http404(str(error)) from error


def _inside(folder: Path, name: str) -> Path:
    """The file ``name`` in ``folder``; 404 when there is none or the name leads out of it."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file() or path.suffix == ".br":
        raise Http404(f"Nie ma pliku „{name}” w tym wydaniu – spis plików: datapackage.json.")
    return path
