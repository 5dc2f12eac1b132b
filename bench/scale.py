"""Evaluating and ranking through the blocks of a build: time and memory by number of indicators.

The invented country (16 years, every unit there was) lies in mapped files; definitions of the
catalogue are repeated under other ids until there are enough. Memory is that of a process of its
own, from its start, with everything it maps; workers are processes of a Dask cluster of this
machine, one thread each.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from distributed import LocalCluster

from bench.figure import Figure, highest
from smup.build.blocks import Crew, Desk, Here, evaluate_blocks, rank_blocks
from smup.build.cluster import connected, desk_in, lay_out
from smup.catalogue import load_catalogue
from smup.demo.figures import synthetic_figures
from smup.store.draft import silent
from smup.territory import load_territory

ROOT = Path(__file__).resolve().parent.parent
SIZES = (250, 1000, 4000)
WORKERS = (1, 2)
MOST = 5000
MOST_GB = 3.0


def measure() -> list[Figure]:
    """Seconds of both stages, by indicators and by who computes; memory at the largest."""
    with tempfile.TemporaryDirectory(dir=_beside()) as name:
        folder = Path(name)
        figures = invented_desk()
        for count in (*SIZES, MOST):
            lay_out(_repeated(figures, count), folder / str(count))
        alone = {count: _alone(folder / str(count)) for count in (*SIZES, MOST)}
        by_workers = {
            workers: {count: _on_workers(folder / str(count), workers) for count in SIZES}
            for workers in WORKERS
        }
    largest = alone[MOST]
    detail = {
        "threads": {count: alone[count]["seconds"] for count in SIZES},
        "workers": by_workers,
        "gigabytes": {count: round(found["peak_gb"], 2) for count, found in alone.items()},
    }
    growth = (largest["seconds"] / MOST) / (alone[1000]["seconds"] / 1000)
    return [
        Figure("scale.memory_5000", largest["peak_gb"], "GB", MOST_GB, detail=detail),
        # What is read block by block costs nothing more when there are more blocks.
        Figure(
            "scale.memory_5000_vs_1000",
            largest["peak_gb"] / alone[1000]["peak_gb"],
            "ratio",
            MOST / 1000,
            detail=detail,
        ),
        Figure("scale.time_per_indicator_5000_vs_1000", growth, "ratio", 1.5, detail=detail),
    ]


def _beside() -> Path:
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    return folder


def invented_desk() -> Desk:
    """The shipped definitions and units with the figures of the invented country."""
    catalogue = load_catalogue(ROOT / "catalogue")
    territory = load_territory(ROOT / "territory")
    made = synthetic_figures(ROOT, catalogue, territory, silent, seed=1)
    return Desk(catalogue, territory, made.variables)


def _repeated(desk: Desk, count: int) -> Desk:
    """The desk with ``count`` indicators that are computed: all of them again and again.

    Those too many become drafts: formulas of others may name them.
    """
    known = [desk.catalogue.indicators[item] for item in desk.evaluator.items]
    made = dict(desk.catalogue.indicators)
    for number in range(max(count, len(known))):
        one, again = known[number % len(known)], number // len(known)
        id_ = f"{one.id}-{again}" if again else one.id
        status = one.status if number < count else "draft"
        made[id_] = one.model_copy(update={"id": id_, "status": status})
    return replace(desk, catalogue=desk.catalogue.model_copy(update={"indicators": made}))


def _alone(folder: Path) -> dict[str, float]:
    """Seconds and GB of a process that opens the desk and computes on two threads."""
    command = [sys.executable, "-m", "bench.scale", str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    found: dict[str, float] = json.loads(ended.stdout)
    return found


def _on_workers(folder: Path, workers: int) -> float:
    """Seconds on a cluster of so many processes, once they have started and compiled."""
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as made,
        tempfile.TemporaryDirectory(dir=folder) as shared,
        connected(made.scheduler_address, Path(shared)) as crew,
    ):
        desk = desk_in(str(folder))
        list(crew.each(desk, "evaluate", [(0, 1)] * workers))
        shutil.rmtree(Path(shared) / "evaluate")
        return _both_stages(desk, crew, folder)


def _both_stages(desk: Desk, crew: Crew, folder: Path) -> float:
    with tempfile.TemporaryDirectory(dir=folder) as results:
        start = time.perf_counter()
        evaluation = evaluate_blocks(desk, crew, Path(results), silent)
        ranked = replace(desk, indicators=evaluation.panel)
        rank_blocks(ranked, crew, Path(results), silent)
        return time.perf_counter() - start


def _process(folder: str) -> None:
    seconds = _both_stages(desk_in(folder), Here(), Path(folder))
    print(json.dumps({"seconds": seconds, "peak_gb": highest()}))


if __name__ == "__main__":
    _process(sys.argv[1])
