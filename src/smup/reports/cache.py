"""Files of reports kept in the store: ``home/reports/<release>/<making>/<digest>.<ending>``.

A file is a function of the definition, the release, the office's template, this program and the
outlines that maps are drawn from, and all five are in its address: it never goes stale. It appears
under its name at one moment; the oldest give way when all together are too large.
"""

import hashlib
from functools import cache
from pathlib import Path

from smup.reports.definition import Definition
from smup.reports.files import ending
from smup.store.files import write_whole
from smup.store.releases import Release

FOLDER, GEOMETRY = "reports", "geometry"
_PROGRAM = Path(__file__).resolve().parents[1]
# rooms above ours: no report says what they do
_ASIDE = ("web", "cli", "client", "workspace", "training", "mailing", "accounts")


def path_of(
    home: Path,
    release: Release | str,
    definition: Definition | str,
    form: str,
    template: bytes | str | None = None,
) -> Path:
    """Where the file stands, kept or not. ``release``, ``definition`` and ``template`` may be their
    names (id and digests)."""
    name = definition if isinstance(definition, str) else definition.digest
    made_for = release if isinstance(release, str) else release.id
    own = template_digest(template) if isinstance(template, bytes) else template
    parts = [name, *([own] if own else [])]
    kind = "dossier.html" if form == "dossier" else ending(form)  # an HTML file beside "html"
    return home / FOLDER / made_for / making(home) / f"{'-'.join(parts)}.{kind}"


def template_digest(template: bytes) -> str:
    """The name of a template: the same for the same bytes."""
    return hashlib.sha256(template).hexdigest()[:16]


def making(home: Path) -> str:
    """What reports of the store are made with beside their release: this program, its outlines."""
    outlines = sorted((home / GEOMETRY).glob("*.json"))
    told = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in outlines]
    return f"{program()}-{hashlib.sha256(repr(told).encode()).hexdigest()[:8]}"


@cache
def program() -> str:
    """The name of this program."""
    return program_in(_PROGRAM)


def program_in(folder: Path) -> str:
    """The name of the program in a folder: another one as soon as a line, a style or a letter that
    reports are made with is another."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        is_ours = within.parts[0] not in _ASIDE and "__pycache__" not in within.parts
        if is_ours and path.is_file():
            digest.update(str(within).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def keep(path: Path, content: bytes, most: int) -> None:
    """Put ``content`` at ``path`` (of ``path_of``), whole or not at all; then make room:
    all kept files together weigh at most ``most`` bytes.

    Two processes may keep the same file at the same time: both give it the same bytes.
    """
    write_whole(path, content)
    trim(path.parents[2], path, most)


def trim(folder: Path, newest: Path, most: int) -> None:
    """Remove the oldest files below ``folder`` until they weigh at most ``most``; never ``newest``,
    which somebody is about to read."""
    kept = sorted(_kept(folder, newest))
    weight = newest.stat().st_size + sum(size for _, _, size in kept)
    for _, path, size in kept:
        if weight <= most:
            return
        Path(path).unlink(missing_ok=True)
        weight -= size


def _kept(folder: Path, newest: Path) -> list[tuple[float, str, int]]:
    """Time of writing, path and bytes of every file but ``newest``."""
    found = []
    for path in folder.rglob("*"):
        try:
            told = path.stat()
        except FileNotFoundError:  # another process has just made room
            continue
        if path.is_file() and path != newest:
            found.append((told.st_mtime, str(path), told.st_size))
    return found
