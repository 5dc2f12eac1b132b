"""Prints the sha256 of every form of some reports; run as a program of its own by a test.

``python -m tests.reports.making HOME`` in a process with another order of sets and dictionaries.
"""

import hashlib
import json
import sys
from pathlib import Path

from smup.reports.definition import Definition, definition_of
from smup.reports.files import FORMS
from smup.reports.writing import report
from smup.store.releases import Release, Releases

DEFINITIONS: tuple[Definition, ...] = tuple(
    definition_of({"units": ["020101"]} | content)
    for content in (
        {"kind": "profile", "comments": {"findings": "Uwaga.\n\n- pierwsza\n- druga"}},
        {"kind": "state", "units": ["1465"], "lang": "en"},
        {"kind": "comparison", "units": ["020101", "020102", "020103"]},
        {"kind": "indicator", "units": ["02"], "indicator": "ludnosc"},
    )
)


def digests(home: Path) -> dict[str, str]:
    """By "kind.form"; the first kind is made once more at the end, after all the others."""
    release = Releases(home).current()
    found = {f"{one.kind}.{form}": _digest(release, one, form)
             for one in DEFINITIONS for form in FORMS}  # fmt: skip
    again = {f"{DEFINITIONS[0].kind}.{form}": _digest(release, DEFINITIONS[0], form)
             for form in FORMS}  # fmt: skip
    if not again.items() <= found.items():
        raise AssertionError(f"not the same within a process: {again}, {found}")
    return found


def _digest(release: Release, definition: Definition, form: str) -> str:
    return hashlib.sha256(report(release, definition, form).content).hexdigest()


if __name__ == "__main__":
    print(json.dumps(digests(Path(sys.argv[1]))))
