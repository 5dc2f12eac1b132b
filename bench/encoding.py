"""The series of one indicator for the whole country, as bytes: JSON-stat and rows."""

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.figure import Figure
from bench.serving import store_of_its_own
from smup.formats import jsonstat, rows
from smup.formats.extract import Extract
from smup.formats.fields import USUAL, blocks
from smup.panel import STATUS_NAMES, Status
from smup.store.releases import Releases

TIMES = 15


def measure() -> list[Figure]:
    """Milliseconds from a question that is understood to the bytes of its answer."""
    with tempfile.TemporaryDirectory() as folder:
        release = Releases(store_of_its_own(Path(folder))).current()
        item = max(release.catalogue.indicators, key=lambda one: len(release.years_of(one)))

        def extract() -> Extract:
            return Extract.of(release, [item])

        def arrays() -> bytes:
            return b"".join(
                rows.json_chunks({"release": release.id}, blocks(extract()), USUAL, "arrays")
            )

        detail = {
            "indicator": item,
            "cells": extract().cells,
            "plain_ms": _median(lambda: _plain(extract())),
        }
        return [
            Figure(
                "open_data.series_json_stat",
                _median(lambda: jsonstat.encode(extract())),
                "ms",
                10.0,
                detail=detail,
            ),
            Figure("open_data.series_rows", _median(arrays), "ms", 60.0, detail=detail),
        ]


def _plain(extract: Extract) -> str:
    """The same rows by a loop over cells and the library of the language."""
    panel = extract.panel
    told = [
        [item, unit, year, *_cell(panel.cell(item, year, unit))]
        for item in panel.items
        for year in panel.years
        for unit in panel.units
    ]
    return json.dumps({"rows": told})


def _cell(cell: tuple[float | None, Status, int]) -> tuple[float | None, str, int]:
    value, status, flags = cell
    return value, STATUS_NAMES[status], flags


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return round(statistics.median(taken), 2)
