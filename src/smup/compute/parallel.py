"""Independent pieces of work on threads of one machine."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def each(work: Callable[[int], None], count: int, threads: int) -> None:
    """Call ``work`` with 0 … count-1. The first exception of a piece is raised here.

    One thread means the caller's own: blocks that are already spread over threads start no more.
    """
    if threads == 1 or count <= 1:
        for number in range(count):
            work(number)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, range(count)):
            pass
