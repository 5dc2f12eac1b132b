"""Search by name against a plain scan, and the size of the map of all gminas."""

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.figure import Figure
from smup.ingest import boundaries, geometry
from smup.language import fold
from smup.territory import Territory, load_territory, search

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ("b", "warsz", "boleslawiec", "nowe miasto", "Bolesławiec gmina wiejska", "powiat leg")
ROUNDS = 5
REPEATS = 20


def measure() -> list[Figure]:
    """Search always; map sizes where there is a boundary file."""
    territory = load_territory(ROOT / "territory")
    figures = _search(territory)
    data = Path(os.environ.get("SMUP_DATA", ROOT.parent / "shared/data"))
    if boundaries.find(data):
        figures += _sizes(territory, data)
    return figures


def _search(territory: Territory) -> list[Figure]:
    """The slowest query, and the worst ratio to a scan of all folded names by one expression."""
    names = [(fold(unit.name), unit) for unit in territory if unit.levels]

    def scan(text: str) -> list[object]:
        pattern = re.compile(r"\b" + r".*\b".join(map(re.escape, fold(text).split())))
        return [unit for name, unit in names if pattern.search(name)]

    search(territory, "x")  # the index is built once a process
    ours: dict[str, list[float]] = {query: [] for query in QUERIES}
    theirs: dict[str, list[float]] = {query: [] for query in QUERIES}
    for _ in range(ROUNDS):
        for query in QUERIES:
            ours[query].append(_milliseconds(lambda q: search(territory, q), query))
            theirs[query].append(_milliseconds(scan, query))
    detail = {
        query: {"search_ms": median(ours[query]), "scan_ms": median(theirs[query])}
        for query in QUERIES
    }
    slowest = max(times["search_ms"] for times in detail.values())
    ratio = max(times["search_ms"] / times["scan_ms"] for times in detail.values())
    return [
        Figure("territory.search", slowest, "ms", 5.0, detail=detail),
        Figure("territory.search_vs_scan", ratio, "ratio", 1.0, detail=detail),
    ]


def _milliseconds(function: Callable[[str], object], query: str) -> float:
    start = perf_counter()
    for _ in range(REPEATS):
        function(query)
    return (perf_counter() - start) * 1000 / REPEATS


def _sizes(territory: Territory, data: Path) -> list[Figure]:
    """Compressed kilobytes of both forms of the gmina map, beside the other levels."""
    with tempfile.TemporaryDirectory() as folder:
        report = geometry.build(data, territory, Path(folder))
    kilobytes = {file.name: file.compressed / 1000 for file in report.files}
    return [
        Figure(f"territory.{name}", kilobytes[name], "kB brotli", 150.0, detail=kilobytes)
        for name in ("gmina.json", "gmina.topojson")
    ]
