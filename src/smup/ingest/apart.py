"""Files other than text, opened in a process of their own that may take little memory and time."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smup.ingest import foreign
from smup.ingest.refusing import SourceError, unreadable

Cell = str | float
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]  # (row, column) of both corners, from 0
MOST_CELLS = 5_000_000
MOST_COLUMNS = 16_384  # as many as a workbook can have
_MEMORY = 2_000_000_000  # addresses, a good part of them never touched
_SECONDS = 120


@dataclass(frozen=True)
class Opened:
    """``rows`` as they stand in the file; ``sheets`` are the names of all, () where it has none."""

    rows: tuple[tuple[Cell, ...], ...]
    merged: Merged
    sheets: tuple[str, ...]


def opened(path: str, kind: str, content: bytes, sheet: str | None) -> Opened:
    """The cells of a workbook, JSON or Parquet file. Raises SourceError with the reason."""
    asked = {
        "kind": kind,
        "sheet": sheet,
        "cells": MOST_CELLS,
        "columns": MOST_COLUMNS,
        "memory": _MEMORY,
        "time": _SECONDS,
    }
    done = subprocess.run(
        [sys.executable, "-I", str(Path(foreign.__file__))],
        input=json.dumps(asked).encode() + b"\n" + content,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:  # it ran into its limits, or a library gave up
        raise unreadable(path, f"{foreign.TOO_LARGE}, więc nie został wczytany")
    found = json.loads(done.stdout)
    if "reason" in found:
        raise SourceError(found["code"], f"{path}: {found['reason']}.")
    merged = [((a, b), (c, d)) for (a, b), (c, d) in found["merged"]]
    return Opened(tuple(map(tuple, found["rows"])), merged, tuple(found["sheets"]))
