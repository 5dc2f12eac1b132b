"""Tidy tables of the store: what came from services or was imported, beside the project's own.

``<home>/tables/<name>.csv`` with ``<name>.findings`` beside it, what reading it showed. A name is
that of the source, or of the source and a part of it: ``bdl``, ``bdl.ludnosc``.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from smup.quality import Finding, write_findings
from smup.quality.findings import read_findings
from smup.store.files import write_whole
from smup.store.tidy import Fact, table_bytes

FOLDER = "tables"
FINDINGS = ".findings"
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9_-]+)?")


def put(
    home: Path,
    name: str,
    meta: Sequence[tuple[str, str]],
    facts: Sequence[Fact],
    findings: Sequence[Finding] = (),
) -> bool:
    """Write the table and its findings; was either of them other than before?

    ``meta`` begins with source, publisher, title and licence, then file, sha256, sha256_inside,
    dated and retrieved of each snapshot. Findings go first: a kill between the two leaves the
    old table with news about it, never new figures without their findings. Raises ValueError for a
    name that is none.
    """
    return put_bytes(home, name, table_bytes(meta, facts), findings)


def put_bytes(home: Path, name: str, content: bytes, findings: Sequence[Finding] = ()) -> bool:
    """The same of a table that is written already."""
    if not NAME.fullmatch(name):
        raise ValueError(f"„{name}” to nie nazwa tabeli (małe litery, cyfry, myślniki)")
    path = path_of(home, name)
    told = _replace(path.with_name(name + FINDINGS), write_findings(findings))
    return _replace(path, content) or told


def path_of(home: Path, name: str) -> Path:
    """Where the table of that name is or would be."""
    return home / FOLDER / f"{name}.csv"


def drop(home: Path, name: str) -> bool:
    """Take the table away, its findings last; was there one?"""
    path = path_of(home, name)
    there = path.is_file()
    path.unlink(missing_ok=True)
    path.with_name(name + FINDINGS).unlink(missing_ok=True)
    return there


def held(home: Path) -> list[str]:
    """Names of the tables, sorted."""
    return sorted(path.name.removesuffix(".csv") for path in (home / FOLDER).glob("*.csv"))


def findings_of(home: Path) -> list[Finding]:
    """What was noticed about all tables, by their names."""
    paths = sorted((home / FOLDER).glob(f"*{FINDINGS}"))
    return [one for path in paths for one in read_findings(path.read_bytes())]


def _replace(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    write_whole(path, content, durable=True)
    return True
