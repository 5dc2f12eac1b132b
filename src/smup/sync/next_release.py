"""The next release, built by itself and left to wait for a person.

What it was built from is remembered as one digest (``<home>/sync/built.json``), so that nothing is
built twice, and what a kill or a failure left unbuilt is built by the next run.
"""

import hashlib
from pathlib import Path

import orjson

from smup.build import build_release
from smup.ingest.tables import FOLDER as TABLES
from smup.sources.provider import Progress
from smup.store.files import digests, files_below, write_whole
from smup.sync.journal import FOLDER

FILE = "built.json"


def build_next(root: Path, home: Path, progress: Progress) -> tuple[str, str]:
    """(id of the release that was built, why it could not be); both "" where nothing is new."""
    if not any((home / TABLES).glob("*.csv")):
        return "", ""
    inputs = inputs_digest(root, home)
    if inputs == _built(home):
        return "", ""
    try:
        release = build_release(root, home, progress, activate=False).id
    except (ValueError, OSError) as error:  # of the folders, the store, the disk: all sentences
        return "", f"Wydania nie zbudowano: {error}"
    told = {"inputs": inputs, "release": release}
    write_whole(home / FOLDER / FILE, orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE))
    return release, ""


def inputs_digest(root: Path, home: Path) -> str:
    """sha256 of the names and bytes of everything a release is built from."""
    folders = {
        "data": root / "data",
        "catalogue": root / "catalogue",
        "territory": root / "territory",
        TABLES: home / TABLES,
    }
    told = hashlib.sha256()
    for label, folder in folders.items():
        names = [name for name in files_below(folder) if not Path(name).name.startswith(".")]
        for name, digest in digests(folder, names).items():
            told.update(f"{label}/{name} {digest}\n".encode())
    return told.hexdigest()


def _built(home: Path) -> str:
    try:
        return str(orjson.loads((home / FOLDER / FILE).read_bytes())["inputs"])
    except (OSError, ValueError, KeyError):
        return ""
