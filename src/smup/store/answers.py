"""Files that carry the id of their own release, and their compressed twins.

The id is a digest over every file, so a file that holds the id cannot be digested as it stands.
Such a file is made with a placeholder, the manifest holds the digest of that template, and the id
is put in afterwards; a check puts the placeholder back. A compressed twin must unpack to its file.
"""

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

PLACEHOLDER = b"@@wydanie@@"
COMPRESSED = ".br"
QUALITY = 5  # 4 % larger than quality 9 and ten times faster to make
WORTH = 8_192  # bytes; shorter answers fit in a few packets as they are, and are most of the files


def template_digest(template: bytes) -> str:
    return hashlib.sha256(template).hexdigest()


def write_answers(folder: Path, release: str, templates: Mapping[str, bytes]) -> None:
    """Write each template with the release's id, and its ``.br`` twin where that is worth it."""
    for parent in {(folder / name).parent for name in templates}:
        parent.mkdir(parents=True, exist_ok=True)

    def write(name: str) -> None:
        content = templates[name].replace(PLACEHOLDER, release.encode())
        (folder / name).write_bytes(content)
        if len(content) >= WORTH:
            twin = brotli.compress(content, mode=brotli.MODE_TEXT, quality=QUALITY)
            (folder / (name + COMPRESSED)).write_bytes(twin)

    with ThreadPoolExecutor() as pool:  # compressing leaves the interpreter free
        list(pool.map(write, templates))


def answer_damages(folder: Path, release: str, digests: Mapping[str, str]) -> list[str]:
    """What is wrong with the answers below ``folder``, one sentence each; [] when all is well."""
    with ThreadPoolExecutor() as pool:
        found = pool.map(lambda one: _damage(folder, release, *one), digests.items())
        return [damage for damage in found if damage]


def _damage(folder: Path, release: str, name: str, digest: str) -> str | None:
    try:
        content = (folder / name).read_bytes()
    except OSError:
        return f"brak pliku {name}"
    if template_digest(content.replace(release.encode(), PLACEHOLDER)) != digest:
        return f"plik {name} ma inną sumę kontrolną niż w manifeście"
    if len(content) < WORTH:
        return None
    try:
        twin = brotli.decompress((folder / (name + COMPRESSED)).read_bytes())
    except (OSError, brotli.error):
        return f"nieczytelny plik {name}{COMPRESSED}"
    return None if twin == content else f"plik {name}{COMPRESSED} różni się od {name}"


def answer_files(digests: Mapping[str, str], folder: Path) -> set[str]:
    """Every file name the answers account for, twins included."""
    twins = {n + COMPRESSED for n in digests if _size(folder / n) >= WORTH}
    return set(digests) | twins


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
