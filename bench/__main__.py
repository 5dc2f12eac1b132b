"""Runs every room's measurements, prints a table and writes var/bench.json."""

import importlib
import json
import os
import pkgutil
import sys
from dataclasses import asdict
from pathlib import Path

import bench
from bench import performance
from bench.figure import Figure

HELPERS = (
    "__main__",
    "bare",
    "figure",
    "load",
    "performance",
    "serving",
    "wide",
)  # of the others; they measure nothing


def rooms(only: list[str]) -> list[str]:
    """Modules of this package with a ``measure`` function, by name."""
    names = [m.name for m in pkgutil.iter_modules(bench.__path__)]
    found = [n for n in sorted(names) if n not in HELPERS]
    return [n for n in found if not only or n in only]


def show(figure: Figure) -> str:
    side = "≤" if figure.better == "lower" else "≥"
    verdict = "ok" if figure.ok else "POZA GRANICĄ"
    value, bound = f"{figure.value:,.3g}", f"{figure.bound:,.3g}"
    return f"{figure.name:<32} {value:>12} {figure.unit:<8} {side} {bound:<10} {verdict}"


def main(only: list[str]) -> int:
    """Measure the rooms named, or all; ``--write-performance`` measures and writes its own."""
    writing = only == ["--write-performance"]
    only = list(performance.ROOMS) if writing else only
    figures: list[Figure] = []
    # Asked before anything is measured: rooms that serve set a store of their own.
    target = Path(os.environ.get("SMUP_HOME", "var")) / "bench.json"
    for room in rooms(only):
        print(f"— {room}", file=sys.stderr, flush=True)
        for figure in importlib.import_module(f"bench.{room}").measure():
            print(show(figure), flush=True)
            figures.append(figure)
    if writing:
        performance.write(figures)
    target.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(f) | {"ok": f.ok} for f in figures]
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\n{len(figures)} wyników zapisano w {target}", file=sys.stderr)
    return 0 if all(f.ok for f in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
