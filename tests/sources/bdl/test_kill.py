"""Killed anywhere and called again: the right figures, and nothing asked twice that was kept."""

import multiprocessing
import os
import random
import signal
import sqlite3
from contextlib import closing

import pytest

from tests.contract.bdl import BASE
from tests.contract.bdl_world import World
from tests.sources.bdl.conftest import Opening
from tests.sources.bdl.desk import SUBJECTS, WITHIN, YEARS, Office
from tests.sources.bdl.expected import expected, landed

WORLD = World(SUBJECTS, YEARS, WITHIN)
NEWS = "2026-03-02T07:00:00"


def killed(office: Office, moments: random.Random, since: str = "") -> int:
    """Runs in processes of their own, each killed after a few more answers, until one comes to its
    end; how many were killed. No answer kept after ``since`` may be asked for by a later run."""
    fork = multiprocessing.get_context("fork")
    kills = 0
    while True:
        before, kept = office.serving.asked(), _kept(office, since)
        process = fork.Process(target=office.run)
        process.start()
        enough = before.total() + moments.randint(3, 12)
        while process.is_alive() and office.serving.asked().total() < enough:
            process.join(0.01)
        process.join(moments.uniform(0, 0.02))
        ended = not process.is_alive()
        if not ended:
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            process.join()
        again = office.serving.asked() - before
        assert not kept & again.keys()
        if ended:
            assert process.exitcode == 0
            return kills
        kills += 1


def _kept(office: Office, since: str) -> set[str]:
    """Questions whose answers the journal holds, as the server counts them."""
    path = office.home / "fetch/journal.sqlite3"
    if not path.is_file():
        return set()
    with closing(sqlite3.connect(path)) as journal:
        rows = journal.execute("select address from answers where confirmed > ?", (since,))
        return {f"GET {BASE}{address.partition(BASE)[2]}" for (address,) in rows}


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.nightly)])
def test_killed_at_random_and_resumed(office: Opening, seed: int) -> None:
    moments = random.Random(seed)
    here = office()
    here.serving.change(repeats=bool(seed % 2), cut_every=5, error_every=7)
    kills = killed(here, moments)
    here.accept()
    killed(here, moments)
    assert kills > 1
    for name, number, levels in (("drogi", 101, (5, 6)), ("drogi_twarde", 102, (6,))):
        assert landed(here.table(name)) == expected(WORLD, number, levels, YEARS)

    here.serving.change(updated={"P1": NEWS}, revision={"101": 3, "102": 3}, revised_from=YEARS[-3])
    here.next_night()
    assert killed(here, moments, since=here.clock.now().isoformat()) > 0
    for name, number, levels in (("drogi", 101, (5, 6)), ("drogi_twarde", 102, (6,))):
        told = expected(WORLD, number, levels, YEARS, 3, YEARS[-3])
        assert landed(here.table(name)) == told
