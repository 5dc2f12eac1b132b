"""A night on which nothing changed: what it asks of the Local Data Bank, and how long that takes.

300 variables in 140 subjects on the contract server, the clock running ahead of every wait, so that
only our own work and the way to a local server are counted. What a night costs depends on subjects
and variables; pages of units are not read, so a part of the country stands for the whole.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.contract.clock import VirtualClock
from tests.contract.serving import Serving
from tests.sources.bdl.desk import Office
from tests.sources.bdl.many import LIMITS, SUBJECTS, YEARS, catalogue, subjects

from bench.figure import Figure

VARIABLES = 300
SECONDS = 60.0  # issue 9: under a minute without waiting
WITHIN = ("0201",)


def measure() -> Iterator[Figure]:
    with _office() as office:
        office.run()
        office.accept()
        office.run()
        office.next_night()
        start = time.perf_counter()
        outcome = office.run()
        seconds = time.perf_counter() - start
    if outcome.unfinished or outcome.tables:
        raise RuntimeError(f"the night was not quiet: {outcome}")
    detail = {"requests": outcome.asked, "variables": VARIABLES, "subjects": SUBJECTS}
    yield Figure("sync.nightly_seconds", seconds, "s", SECONDS, detail=detail)


@contextmanager
def _office() -> Iterator[Office]:
    told = subjects(VARIABLES, SUBJECTS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "clock").mkdir()
        VirtualClock(folder / "clock")
        settings = {
            "subjects": told,
            "years": YEARS,
            "within": WITHIN,
            "clock_folder": str(folder / "clock"),
            "limits": LIMITS["registered"],
        }
        with Serving("tests.contract.bdl:Bdl", settings) as serving:
            office = Office(folder, serving, catalogue(told), key="klucz")
            office.open()
            yield office
