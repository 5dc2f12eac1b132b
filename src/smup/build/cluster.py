"""Blocks of a build as tasks on a ``dask.distributed`` cluster.

Scheduler and workers run this same program and see the folder of the store under the same path;
cubes are read mapped from there, so a task carries a few numbers and brings back its results.
"""

import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from smup.build.blocks import Arrays, Block, Desk, Task
from smup.build.errors import BuildError
from smup.panel import Panel
from smup.store import cluster
from smup.store.cluster import Refusal
from smup.store.record import PARTS, MappedPanel, mapped

DESK = "desk.pickle"
MUST_AGREE = ("smup", "numpy", "numba", "scipy")
REFUSAL = Refusal(BuildError, "Zbuduj wydanie ponownie; dotychczasowe nadal działa.")


@contextmanager
def connected(address: str, folder: Path) -> Iterator["Cluster"]:
    """A crew on the cluster whose scheduler listens at ``address``.

    ``folder`` is empty and seen by every worker under the same path. Raises BuildError when there
    is no scheduler.
    """
    with cluster.connected(address, REFUSAL) as workers:
        yield Cluster(workers, folder)


class Cluster:
    """The crew: blocks are tasks, in whatever order they come back."""

    def __init__(self, workers: cluster.Cluster, folder: Path) -> None:
        self._workers, self._folder = workers, folder

    def each(
        self, desk: Desk, task: Task, blocks: Sequence[Block]
    ) -> Iterator[tuple[Block, Arrays]]:
        """Raises BuildError when the cluster cannot finish."""
        shared = self._folder / task
        lay_out(desk, shared)
        return self._workers.each(work, {block: (str(shared), task, block) for block in blocks})


def lay_out(desk: Desk, folder: Path) -> None:
    """Write into the shared folder what workers compute from."""
    folder.mkdir()
    panels = {"variables": desk.variables, "indicators": desk.indicators}
    labels = {name: _save(panel, folder / name) for name, panel in panels.items() if panel}
    versions = {name: version(name) for name in MUST_AGREE}
    (folder / DESK).write_bytes(pickle.dumps((versions, desk.catalogue, desk.territory, labels)))


def _save(panel: Panel, folder: Path) -> tuple[Any, ...]:
    folder.mkdir()
    for part in PARTS:
        np.save(folder / f"{part}.npy", getattr(panel, part))
    return panel.items, panel.years, panel.units


def work(folder: str, task: Task, block: Block) -> Arrays:
    """A block, on a worker. One thread: the worker itself runs several tasks at once."""
    return desk_in(folder).do(task, block, threads=1)


@lru_cache(maxsize=1)  # the next desk replaces it; a worker keeps no more than one open
def desk_in(folder: str) -> Desk:
    """The desk laid out in the shared folder, opened once a process.

    Raises BuildError when the folder is not seen from here, or other versions are installed.
    """
    path = Path(folder)
    try:
        versions, catalogue, territory, labels = pickle.loads((path / DESK).read_bytes())
    except OSError as error:
        raise BuildError(
            f"Robotnik klastra nie widzi folderu {path} – magazyn (SMUP_HOME) musi leżeć na dysku "
            "wspólnym dla wszystkich robotników, pod tą samą ścieżką."
        ) from error
    for name, wanted in versions.items():
        if version(name) != wanted:
            raise BuildError(
                f"Robotnik klastra ma {name} {version(name)}, a budujący {wanted} – zainstaluj "
                "wszędzie to samo wydanie programu, inaczej liczby mogłyby się różnić."
            )
    panels = {
        name: MappedPanel(*its, *(mapped(path / name / f"{part}.npy") for part in PARTS))
        for name, its in labels.items()
    }
    return Desk(catalogue, territory, panels["variables"], panels.get("indicators"))
