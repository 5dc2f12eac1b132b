"""The page docs/reference/performance.md: what was measured, where, and the bounds it keeps to."""

import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figure import Figure

ROOMS = ("compute", "peers", "scale")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "performance.md"
HEAD = """<!-- Plik powstaje poleceniem `python -m bench --write-performance`. -->

# Szybkość i pamięć

Zmierzono na jednej maszynie: {cores} rdzenie, {processor}, Python {python}. Stosunki są miarodajne:
obie strony każdego mierzono na przemian w jednym przebiegu (mediana z 5). Sekundy zależą od maszyny
i od tego, co jeszcze na niej działa: przed porównaniem zmierz je u siebie (`make bench`).
"""
MEANING = {
    "compute.full_vs_sort": "1000 wskaźników × 2874 jednostki × 15 lat: formuły, pozycje i "
    "statystyki kraju, województw i grup, wobec samego sortowania tych liczb",
    "compute.further_set_vs_sort": "każdy dalszy zbiór porównawczy (380 powiatów) wobec sortowania",
    "compute.duckdb_vs_full": "ile razy dłużej trwa to samo w DuckDB (długa tabela)",
    "compute.polars_vs_full": "ile razy dłużej trwa to samo w Polars (szeroka tabela, najszybsza "
    "postać)",
    "compute.peak_memory": "pamięć tego samego, gdy wszystko leży w pamięci",
    "peers.seconds": "jednostki podobne: wszystkie jednostki i obszary, po 50 zaburzeń",
    "scale.memory_5000": "pamięć przy 5000 wskaźników liczonych blokami",
    "scale.memory_5000_vs_1000": "ile razy więcej pamięci niż przy 1000 wskaźników",
    "scale.time_per_indicator_5000_vs_1000": "czas na wskaźnik przy 5000 wobec 1000 wskaźników",
}


def write(figures: Sequence[Figure]) -> None:
    """Write the page from the figures of ``ROOMS``."""
    head = HEAD.format(
        cores=os.cpu_count(), processor=_processor(), python=platform.python_version()
    )
    scale = next(figure for figure in figures if figure.name == "scale.memory_5000")
    lines = [
        head,
        "| Co | Wynik | Granica | |",
        "|---|---:|---:|---|",
        *map(_row, figures),
        "",
        *_times(scale.detail),
    ]
    PAGE.write_text("\n".join(lines) + "\n", "utf-8")


def _row(figure: Figure) -> str:
    side = "≤" if figure.better == "lower" else "≥"
    unit = {"ratio": "×"}.get(figure.unit, figure.unit)
    verdict = "" if figure.ok else "poza granicą"
    return (
        f"| {MEANING[figure.name]} | {_number(figure.value)} {unit} "
        f"| {side} {_number(figure.bound)} {unit} | {verdict} |"
    )


def _times(detail: Mapping[str, Any]) -> list[str]:
    """Seconds by number of indicators and by who computes."""
    workers = detail["workers"]
    columns = [f"Dask, robotników: {count}" for count in workers]
    every = (detail["threads"], *workers.values())
    rows = [
        [str(size), *(f"{found[size]:.1f}".replace(".", ",") for found in every)]
        for size in detail["threads"]
    ]
    return [
        "## Czas według liczby wskaźników i robotników",
        "",
        "Obliczenie i porównanie wskaźników kraju zmyślonego (16 lat, wszystkie jednostki), w",
        "sekundach. Robotnik to osobny proces z jednym wątkiem; 2 wątki należą do jednego procesu.",
        "",
        f"| Wskaźników | 2 wątki | {' | '.join(columns)} |",
        "|---:|---:|" + "---:|" * len(columns),
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _number(value: float) -> str:
    text = f"{value:.3g}" if value < 100 else f"{value:.0f}"
    return text.replace(".", ",")


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text("utf-8")
    names = (line for line in text.splitlines() if line.startswith("model name"))
    return next(names, "?: procesor nieznany").split(":")[1].strip()
