"""Many questions at once over connections that are kept: answers a second and slowest hundredth.

The client is wrk where the machine has it; otherwise a process of plain sockets, which is slower
than the server and makes every ratio look nearer to one.
"""

import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 32
_SCRIPT = """
local paths = {{ {paths} }}
local number = 0
request = function()
  number = number % #paths + 1
  return wrk.format("GET", paths[number])
end
done = function(summary, latency)
  local bad = summary.errors
  io.write(string.format("told %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(99), bad.status + bad.connect + bad.read + bad.write + bad.timeout))
end
"""


@dataclass(frozen=True)
class Load:
    """``rate`` answers a second; the slowest hundredth took ``p99`` milliseconds or more."""

    requests: int
    rate: float
    p99: float


def client() -> str:
    return "wrk" if shutil.which("wrk") else "sockets"


def load(site: str, paths: Sequence[str], seconds: float) -> Load:
    """Ask ``site`` for ``paths`` in turn. Raises RuntimeError when any was not answered by 200."""
    return _wrk(site, paths, seconds) if client() == "wrk" else _sockets(site, paths, seconds)


def _wrk(site: str, paths: Sequence[str], seconds: float) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "paths.lua"
        listed = ", ".join(f'"{path}"' for path in paths)
        script.write_text(_SCRIPT.format(paths=listed), encoding="ascii")
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--timeout", "20s"]
        ended = subprocess.run(
            [*command, "-s", str(script), site], capture_output=True, check=True, text=True
        )
    found = re.search(r"told (\d+) (\d+) (\d+) (\d+)", ended.stdout)
    if found is None or int(found[4]):
        raise RuntimeError(f"{site}{paths[0]}: {ended.stdout}")
    return Load(int(found[1]), 1e6 * int(found[1]) / int(found[2]), int(found[3]) / 1000)


def _sockets(site: str, paths: Sequence[str], seconds: float) -> Load:
    begun = time.perf_counter()

    def ask(number: int) -> list[float]:
        connection, times = http.client.HTTPConnection(urlsplit(site).netloc), []
        while (start := time.perf_counter()) < begun + seconds:
            connection.request("GET", paths[(number + CONNECTIONS * len(times)) % len(paths)])
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{site}{paths[0]}: {answer.status}")
            times.append(1000 * (time.perf_counter() - start))
        connection.close()
        return times

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        times = [one for asked in pool.map(ask, range(CONNECTIONS)) for one in asked]
    rate = len(times) / (time.perf_counter() - begun)
    return Load(len(times), rate, statistics.quantiles(times, n=100)[-1])
