"""Names of the files of a release, and its manifest.

::

    manifest.json      what the release holds, the sha256 of every file; its own sha256 is the id
    build.json         when and where it was built: outside the digest
    indicators.parquet, variables.parquet        the record
    cubes/labels.json, cubes/{indicators,variables}/*.npy, cubes/indicators/by_unit/*.npy
    positions/<role>.*.npy, labels.json          ranks and group statistics
    positions/coverage.npy                       how much of an aggregate's total is known
    variation/<role>.*.npy, labels.json          usual variation of the fixed groups
    peers/*.npy, labels.json                     statistical peers of every unit and area
    lineage/*.npy, labels.json                   the row every figure came from
    catalogue.json      the catalogue, frozen
    groups.json         who is in which fixed group, by system
    territory/*.csv     the units, frozen
    public/             bulk files (findings among them) and pre-built answers
    public/tables/      the tidy tables the release was built from
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

MANIFEST = "manifest.json"
BUILD = "build.json"
LABELS = "cubes/labels.json"
CATALOGUE = "catalogue.json"
TERRITORY = "territory"
GROUPS = "groups.json"
POSITIONS = "positions"
PEERS = "peers"
VARIATION = "variation"
COVERAGE = "positions/coverage.npy"
PUBLIC = "public"
LINEAGE = "lineage"
TABLES = "public/tables"
PANELS = ("indicators", "variables")
CURRENT = "current"
PENDING = "pending"  # releases that wait for approval
DECISIONS = "decisions.json"
LOCK = ".lock"
TEMPORARY = ".tmp-"
FORMAT = 1  # raised when a release written before can no longer be read

ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")


def as_json(value: object) -> bytes:
    """Readable JSON with sorted keys: the same value gives the same bytes."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(value, option=options)


def read_json(path: Path) -> dict[str, Any]:
    """Raises OSError when the file cannot be read, ValueError when it is not a JSON object."""
    value = orjson.loads(path.read_bytes())
    if not isinstance(value, dict):
        raise ValueError(f"{path.name}: to nie jest obiekt JSON")
    return value


def release_id(manifest: bytes) -> str:
    """Date of the newest source and 8 hex digits of the manifest's sha256."""
    date = orjson.loads(manifest)["date"]
    return f"{date}-{hashlib.sha256(manifest).hexdigest()[:8]}"


def ids_in(folder: Path) -> tuple[str, ...]:
    """Ids of the releases in a folder, oldest source date first."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if ID.fullmatch(path.name)))


def labels_of(folder: Path) -> Mapping[str, Any]:
    """Per panel ``items, years, units``."""
    return read_json(folder / LABELS)
