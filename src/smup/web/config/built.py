"""The answers built into a release, straight from its files: slices and units.

``/files/{release|latest}/slices/{indicator}/{year}.json`` and ``…/units/{code}.json``, with the
headers that ``files.file`` gives them, which also answers whatever is asked in another way (parts,
names that do not exist).
"""

import re
from pathlib import Path

from smup.formats.synthetic import file_name
from smup.store.errors import StoreError
from smup.store.release import Release
from smup.web.config.current import releases
from smup.web.config.ready import Headers, Ready

_NAMES = re.compile(
    r"/files/(?P<release>[a-z0-9-]{1,64})/"
    r"(?P<name>slices/[a-z0-9-]{1,120}/[0-9]{4}\.json|units/[0-9A-Z]{1,12}\.json)"
)


def built(path: str, *, brotli: bool, safety: Headers) -> Ready | None:
    """The file of an address, its packed twin where the client takes ``brotli`` and there is one;
    ``safety`` are the headers every answer carries. None for anything else.

    Nothing but letters, digits and hyphens of an address reaches the file system.
    """
    asked = _NAMES.fullmatch(path)
    release = None if asked is None else _release(asked["release"])
    if asked is None or release is None:
        return None
    file = release.folder / "public" / asked["name"]
    twin = _bytes(release, file.with_name(file.name + ".br")) if brotli else None
    body = _bytes(release, file) if twin is None else twin
    if body is None:
        return None
    lasting = (
        "public, no-cache"
        if asked["release"] == "latest"
        else "public, max-age=31536000, immutable"
    )
    return Ready.of(
        body, _headers(release, file.name, lasting, len(body), twin is not None) + safety
    )


def _bytes(release: Release, file: Path) -> bytes | None:
    """What stands in a file of the release itself; a link that leads out of it is none."""
    true = file.resolve()
    inside = true.is_relative_to((release.folder / "public").resolve())
    return true.read_bytes() if inside and true.is_file() else None


def _headers(release: Release, name: str, lasting: str, size: int, packed: bool) -> Headers:
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(size)),
        ("Cache-Control", lasting),
        ("ETag", f'"{release.id}-br"' if packed else f'"{release.id}"'),
        ("Accept-Ranges", "bytes"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "Content-Range, ETag"),
        ("Vary", "Accept-Encoding"),
    ]
    if packed:
        headers.append(("Content-Encoding", "br"))
    # saved under a name that says that its figures are invented
    saved = file_name(name, release.synthetic)
    headers.append(("Content-Disposition", f'inline; filename="{saved}"'))
    return headers


def _release(asked: str) -> Release | None:
    try:
        return releases().current() if asked == "latest" else releases().open(asked)
    except (StoreError, OSError, ValueError):
        return None
