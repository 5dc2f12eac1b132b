"""Blocks of a build as tasks on a ``dask.distributed`` cluster.

Scheduler and workers run this same program and see the folder of the store under the same path;
cubes are read mapped from there, so a task carries a few numbers and brings back its results. When
a worker dies, its blocks are computed again by another. Dask is imported here and only when asked
for: a normal start never pays for it.
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
from smup.store.record import PARTS, MappedPanel, mapped

DESK = "desk.pickle"
CONNECTING = 10.0  # seconds to wait for the scheduler
PATIENCE = 60.0  # seconds without any worker before the build is given up
RETRIES = 2  # of a block that failed, say while the shared folder was away
MUST_AGREE = ("smup", "numpy", "numba", "scipy")


@contextmanager
def connected(address: str, folder: Path) -> Iterator["Cluster"]:
    """A crew on the cluster whose scheduler listens at ``address``.

    ``folder`` is empty and seen by every worker under the same path. Raises BuildError when there
    is no scheduler.
    """
    from distributed import Client

    try:
        client: Any = Client(address, timeout=CONNECTING)
    except (OSError, ValueError) as error:
        raise BuildError(
            f"Pod adresem {address} nie odpowiada planista Dask ({error}) – uruchom go poleceniem "
            "`dask scheduler` albo popraw adres po --cluster."
        ) from error
    try:
        yield Cluster(client, folder)
    finally:
        client.close()


class Cluster:
    """The crew: blocks are tasks of the client, in whatever order they come back."""

    def __init__(self, client: Any, folder: Path) -> None:
        self._client, self._folder = client, folder

    def each(
        self, desk: Desk, task: Task, blocks: Sequence[Block]
    ) -> Iterator[tuple[Block, Arrays]]:
        """Raises BuildError when the cluster cannot finish."""
        shared = self._folder / task
        lay_out(desk, shared)
        waiting = {
            self._client.submit(work, str(shared), task, block, pure=False, retries=RETRIES): block
            for block in blocks
        }
        while waiting:
            for future in self._done(list(waiting)):
                yield waiting.pop(future), self._result(future)

    def _done(self, futures: list[Any]) -> list[Any]:
        """Some futures that ended, waiting as long as there is a worker."""
        from distributed import wait

        while True:
            try:
                return list(wait(futures, PATIENCE, "FIRST_COMPLETED").done)
            except TimeoutError:
                self._expect_workers()
            except Exception as error:
                raise _lost(error) from error

    def _expect_workers(self) -> None:
        if self._client.status != "running" or not self._client.scheduler_info()["workers"]:
            raise BuildError(
                f"Klaster Dask od {PATIENCE:g} s nie ma żadnego robotnika – uruchom choć "
                "jednego (`dask worker`) i zbuduj wydanie ponownie; dotychczasowe nadal działa."
            )

    @staticmethod
    def _result(future: Any) -> Arrays:
        try:
            found: Arrays = future.result()
        except BuildError:
            raise
        except Exception as error:  # of the task, or of a cluster that went away
            raise _lost(error) from error
        return found


def _lost(error: BaseException) -> BuildError:
    return BuildError(
        f"Klaster Dask nie dokończył obliczeń ({type(error).__name__}: {error}) – zbuduj wydanie "
        "ponownie; dotychczasowe nadal działa."
    )


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
