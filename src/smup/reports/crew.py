"""Who writes a batch: processes of this machine, or the workers of a Dask cluster."""

import os
import queue
import signal
import threading
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing import get_context, parent_process
from pathlib import Path

from smup.reports.batch import LOCK, BatchError, Job, Task, failed, work
from smup.reports.cache import program
from smup.reports.manifest import Row
from smup.store.cluster import Refusal, connected

SERVES = (
    200  # units a process writes before another takes its place: what libraries keep ends with it
)
REFUSAL = Refusal(BatchError, "Powtórz polecenie: to, co gotowe, zostaje.")
DIED = "Proces zginął dwa razy przy tej jednostce (na przykład z braku pamięci)."

Result = tuple[Row, ...] | BaseException


class Processes:
    """``count`` processes, each replaced after ``SERVES`` units. One that dies (say, of memory)
    takes nobody's work along: its unit is tried once more and then counts as failed."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or len(os.sched_getaffinity(0))

    def each(self, job: Job, tasks: Sequence[Task]) -> Generator[tuple[Row, ...]]:
        """Raises what a task raised: a full disk, a folder that went away."""
        waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
        for task in tasks:
            waiting.put(task)
        results: queue.SimpleQueue[Result] = queue.SimpleQueue()
        stop = threading.Event()
        lanes = [
            threading.Thread(target=_lane, args=(job, waiting, results, stop))
            for _ in range(min(self.count, len(tasks)))
        ]
        for lane in lanes:
            lane.start()
        try:
            for _ in tasks:
                result = results.get()
                if isinstance(result, BaseException):
                    raise result
                yield result
        finally:
            stop.set()
            for lane in lanes:
                lane.join()


def _lane(
    job: Job,
    waiting: "queue.SimpleQueue[Task]",
    results: "queue.SimpleQueue[Result]",
    stop: threading.Event,
) -> None:
    """Task after task until none is left or it is time to stop."""
    try:
        with closing(_Worker()) as worker:
            while not stop.is_set():
                results.put(worker.do(job, waiting.get_nowait()))
    except queue.Empty:
        return
    except BaseException as error:
        results.put(error)


class _Worker:
    """A process that another replaces when it has served or died."""

    def __init__(self) -> None:
        self._start()

    def do(self, job: Job, task: Task) -> tuple[Row, ...]:
        for _ in range(2):
            try:
                if self._served == SERVES:
                    self._replace()
                self._served += 1
                return self._process.submit(work, job, task).result()
            except BrokenProcessPool:
                self._replace()
        return failed(job, task, DIED)

    def close(self) -> None:
        self._process.shutdown()

    def _start(self) -> None:
        # Not a fork: threads of this process may hold locks at the moment of it.
        context = get_context("spawn")
        self._process = ProcessPoolExecutor(1, context, initializer=_begin)
        self._served = 0

    def _replace(self) -> None:
        self.close()
        self._start()


def _begin() -> None:
    """Leave Ctrl-C to the parent, finish what is begun, and end when the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Cluster:
    """The workers of the ``dask.distributed`` scheduler at ``address``, who see the store and the
    folder of the results under the same paths and run this same program."""

    def __init__(self, address: str) -> None:
        self.address = address

    def each(self, job: Job, tasks: Sequence[Task]) -> Generator[tuple[Row, ...]]:
        """Raises BatchError without a scheduler, without workers, and for a worker that does not
        see the folders or runs another program."""
        with connected(self.address, REFUSAL) as workers:
            shared, ours = workers.shared(job), program()
            waiting = {task: (shared, ours, task) for task in tasks}
            for _, rows in workers.each(work_afar, waiting):
                yield rows


def work_afar(job: Job, wanted: str, task: Task) -> tuple[Row, ...]:
    """A task on a worker of a cluster; ``wanted`` is the program of who asked.

    Raises BatchError where the folders are not seen from here or this is another program.
    """
    if not (Path(job.out) / LOCK).is_file():
        raise BatchError(
            f"Robotnik nie widzi folderu {job.out}: magazyn (SMUP_HOME) i folder wyników muszą "
            "leżeć na wspólnym dysku, pod tą samą ścieżką."
        )
    if program() != wanted:
        raise BatchError("Robotnik ma inne wydanie programu; zainstaluj wszędzie to samo.")
    return work(job, task)
