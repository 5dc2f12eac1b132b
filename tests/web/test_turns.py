"""Turns: never two at once, in the order of coming, given up also where something fails."""

import threading
from time import monotonic

import pytest

from smup.web.training.form.turns import Turns

MANY = 8


def waiting(thread: threading.Thread, turns: Turns, so_many: int) -> None:
    """Until the thread stands in the queue."""
    thread.start()
    end = monotonic() + 60
    while len(turns._waiting) < so_many:
        assert monotonic() < end
        thread.join(0.001)


def test_those_who_wait_follow_in_their_order() -> None:
    turns, done = Turns(), list[int]()

    def take(number: int) -> None:
        with turns.one():
            done.append(number)

    threads = [threading.Thread(target=take, args=(n,)) for n in range(MANY)]
    with turns.one():
        for number, thread in enumerate(threads, 1):
            waiting(thread, turns, number)
        assert done == []
    for thread in threads:
        thread.join()
    assert done == list(range(MANY))


def test_never_two_at_once() -> None:
    turns, inside, most = Turns(), list[int](), list[int]()
    start = threading.Barrier(MANY)

    def take(number: int) -> None:
        start.wait()
        for _ in range(200):
            with turns.one():
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=take, args=(n,)) for n in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert len(most) == 200 * MANY


def test_a_failure_gives_the_turn_up() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="bad"), turns.one():
        raise ValueError("bad")
    with turns.one():
        pass
