"""Tasks on the workers of a ``dask.distributed`` scheduler, and in words what can go wrong there.

When a worker dies, another does its tasks again. Dask is imported here and only when asked for: a
normal start never pays for it.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

CONNECTING = 10.0  # seconds to wait for the scheduler
PATIENCE = 60.0  # seconds without any worker before the work is given up
RETRIES = 2  # of a task that failed, say while the shared folder was away

Arguments = tuple[Any, ...]
Key = TypeVar("Key")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Refusal:
    """How somebody is told that a cluster cannot go on: the error, and how its sentence ends."""

    error: type[ValueError]
    again: str

    def of(self, words: str) -> ValueError:
        return self.error(f"{words} {self.again}")


@contextmanager
def connected(address: str, refusal: Refusal) -> Iterator["Cluster"]:
    """The cluster whose scheduler listens at ``address``. Raises the refusal without one."""
    from distributed import Client

    try:
        client: Any = Client(address, timeout=CONNECTING)
    except (OSError, ValueError) as error:
        raise refusal.error(
            f"Pod adresem {address} nie odpowiada planista Dask ({error}) – uruchom go poleceniem "
            "`dask scheduler` albo popraw adres po --cluster."
        ) from error
    try:
        yield Cluster(client, refusal)
    finally:
        client.close()


class Cluster:
    """Workers who run this same program."""

    def __init__(self, client: Any, refusal: Refusal) -> None:
        self._client, self._refusal = client, refusal

    def shared(self, value: object) -> Any:
        """An argument that travels to each worker once."""
        return self._client.scatter(value)

    def each(
        self, work: Callable[..., Result], tasks: Mapping[Key, Arguments]
    ) -> Generator[tuple[Key, Result]]:
        """What ``work`` makes of the arguments of each task, in whatever order it comes.

        Raises the refusal when the cluster cannot finish, or when ``work`` raises its error.
        """
        waiting = {
            self._client.submit(work, *arguments, pure=False, retries=RETRIES): key
            for key, arguments in tasks.items()
        }
        while waiting:
            for future in self._ended(list(waiting)):
                yield waiting.pop(future), self._result(future)

    def _ended(self, futures: list[Any]) -> list[Any]:
        """Some futures that ended, waiting as long as there is a worker."""
        from distributed import wait

        while True:
            try:
                return list(wait(futures, PATIENCE, "FIRST_COMPLETED").done)
            except TimeoutError:
                self._expect_workers()
            except Exception as error:
                raise self._lost(error) from error

    def _expect_workers(self) -> None:
        if self._client.status != "running" or not self._client.scheduler_info()["workers"]:
            raise self._refusal.of(
                f"Klaster Dask od {PATIENCE:g} s nie ma żadnego robotnika – uruchom choć jednego "
                "(`dask worker`)."
            )

    def _result(self, future: Any) -> Any:
        try:
            return future.result()
        except self._refusal.error:
            raise
        except Exception as error:  # of the task, or of a cluster that went away
            raise self._lost(error) from error

    def _lost(self, error: BaseException) -> ValueError:
        told = " ".join(str(error).split())  # Dask says some things in several lines
        return self._refusal.of(
            f"Klaster Dask nie dokończył pracy ({type(error).__name__}: {told})."
        )
