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

ROOT = Path(__file__).resolve().parent.parent
PAGES = 200
SEED = 20261122
Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def measure() -> list[Figure]:
    """First and repeated rendering of pages of random units; the trivial page between them."""
    with tempfile.TemporaryDirectory() as folder:
        home = _home(Path(folder))
        os.environ["SMUP_HOME"] = str(home)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smup.web.config.settings")
        from smup.web.config.server import collect_static

        collect_static()
        return _figures()


def _home(folder: Path) -> Path:
    """The store of the repository if it serves a release, else a release built here."""
    from smup.store.releases import Releases

    given = Path(os.environ.get("SMUP_HOME", ROOT / "var")).resolve()
    if Releases(given).current_id() is not None:
        (folder / "releases").symlink_to(given / "releases")
    else:
        from smup.build import build_release

        build_release(ROOT, folder, None)
    return folder


def _figures() -> list[Figure]:
    from smup.web.config.current import releases
    from smup.web.config.wsgi import application, warm

    warm()
    codes = [unit.code for unit in releases().current().territory if unit.levels]
    addresses = [f"/jst/{code}" for code in random.Random(SEED).sample(codes, PAGES)]
    times: dict[str, list[float]] = {"first": [], "again": [], "trivial": []}
    for address in addresses:  # interleaved, so that all three see the same machine
        times["first"].append(_milliseconds(application, address))
        times["again"].append(_milliseconds(application, address))
        times["trivial"].append(_milliseconds(application, "/healthz"))
    middle = {name: statistics.median(found) for name, found in times.items()}
    late = statistics.quantiles(times["first"], n=20)[-1]
    return [
        Figure(
            "web.unit_page",
            round(middle["first"], 2),
            "ms",
            30.0,
            detail={
                "what": f"first rendering of {PAGES} random units, median",
                "p95_ms": round(late, 2),
                "trivial_ms": round(middle["trivial"], 3),
                "over_trivial": round(middle["first"] / middle["trivial"], 1),
            },
        ),
        Figure("web.unit_page_p95", round(late, 2), "ms", 60.0, detail={"pages": PAGES}),
        Figure(
            "web.unit_page_again",
            round(middle["again"] / middle["trivial"], 2),
            "ratio",
            3.0,
            detail={
                "what": "the same page from the cache against the trivial page",
                "again_ms": round(middle["again"], 3),
            },
        ),
    ]


def _milliseconds(application: Application, path: str) -> float:
    """Wall time of one GET, brotli accepted, body read to its end."""
    environ = _environ(path)
    status: list[str] = []
    start = time.perf_counter()
    body = application(environ, lambda line, headers, exc=None: status.append(line))
    b"".join(body)
    spent = 1000 * (time.perf_counter() - start)
    body.close()
    if not status[0].startswith("200"):
        raise RuntimeError(f"{path}: {status[0]}")
    return spent


def _environ(path: str) -> dict[str, Any]:
    from io import BytesIO

    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "br",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": None,
    }
