"""Time of a page on the server, through the whole WSGI application, beside a trivial page.

The trivial page is a view of ten bytes in the same application: what the framework itself costs.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.figure import Figure
from bench.serving import store_of_its_own

PAGES = 200
SEED = 20261122
Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def measure() -> list[Figure]:
    """First and repeated rendering of random addresses; the trivial page between them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SMUP_HOME"] = str(store_of_its_own(Path(folder)))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smup.web.config.settings")
        from smup.web.config.server import collect_static

        collect_static()
        return _figures()


def _figures() -> list[Figure]:
    from smup.web.config.wsgi import application, warm

    warm()
    times: dict[str, list[float]] = {"first": [], "again": [], "trivial": []}
    slowest = (0.0, "")
    for address in addresses():  # interleaved, so that all three see the same machine
        times["first"].append(_milliseconds(application, address))
        times["again"].append(_milliseconds(application, address))
        times["trivial"].append(_milliseconds(application, "/healthz"))
        slowest = max(slowest, (times["first"][-1], address))
    middle = {name: statistics.median(found) for name, found in times.items()}
    late = statistics.quantiles(times["first"], n=20)[-1]
    return [
        Figure(
            "web.page",
            round(middle["first"], 2),
            "ms",
            30.0,
            detail={
                "what": f"first rendering of {PAGES} random addresses of every kind, median",
                "p95_ms": round(late, 2),
                "slowest": [round(slowest[0], 1), slowest[1]],
                "trivial_ms": round(middle["trivial"], 3),
                "over_trivial": round(middle["first"] / middle["trivial"], 1),
            },
        ),
        Figure("web.page_p95", round(late, 2), "ms", 60.0, detail={"pages": PAGES}),
        Figure(
            "web.page_again",
            round(middle["again"] / middle["trivial"], 2),
            "ratio",
            3.0,
            detail={
                "what": "the same page from the cache against the trivial page",
                "again_ms": round(middle["again"], 3),
            },
        ),
    ]


def addresses() -> list[str]:
    """Random pages, as many of each kind: units, figures of units, indicators, comparisons."""
    from smup.web.config.current import releases

    release, chance = releases().current(), random.Random(SEED)
    units = [unit for unit in release.territory if unit.levels and unit.valid_to is None]
    items, services = list(release.indicators.items), list(release.catalogue.services)

    def one() -> str:
        return chance.choice(units).code

    def like(first: str) -> str:
        level = release.territory.units[first].level
        alike = [u.code for u in units if u.level is level and u.code != first]
        return ",".join([first, *chance.sample(alike, min(4, len(alike)))])

    kinds: list[Callable[[], str]] = [
        lambda: f"/jst/{one()}",
        lambda: f"/jst/{one()}/wskaznik/{chance.choice(items)}",
        lambda: f"/jst/{one()}/usluga/{chance.choice(services)}",
        lambda: f"/wskaznik/{chance.choice(items)}",
        lambda: f"/jst/{one()}/podobne",
        lambda: f"/jst/{one()}/zmiany",
        lambda: f"/porownaj?jst={like(one())}&usluga={chance.choice(services)}",
        lambda: f"/usluga/{chance.choice(services)}",
        lambda: f"/en/jst/{one()}",
        lambda: f"/analizy?wskaznik={chance.choice(items)}&w={one()[:2]}",
    ]
    return [kinds[number % len(kinds)]() for number in range(PAGES)]


def _milliseconds(application: Application, address: str) -> float:
    """Wall time of one GET, brotli accepted, body read to its end."""
    environ = _environ(address)
    status: list[str] = []
    start = time.perf_counter()
    body = application(environ, lambda line, headers, exc=None: status.append(line))
    b"".join(body)
    spent = 1000 * (time.perf_counter() - start)
    body.close()
    if not status[0].startswith("200"):
        raise RuntimeError(f"{address}: {status[0]}")
    return spent


def _environ(address: str) -> dict[str, Any]:
    from io import BytesIO

    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "br",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": None,
    }
