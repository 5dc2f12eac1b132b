"""The two questions asked most and answers made on request, beside Datasette over the same table.

Both servers stand on this machine and are asked in turns by one client. Neither packs its answers.
"""

import json
import os
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice, permutations
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyarrow.parquet as pq

from bench.figure import Figure
from bench.load import CONNECTIONS, Load, client, load
from bench.serving import ROOT, SERVER, store_of_its_own

SEED = 20261122
SECONDS = 4.0
ROUNDS = 3
COLUMNS = "unit, value, status, flags"
FIRST = "/files/latest/units/PL.json"
SCHEMA = "create table cells (indicator text, unit text, year integer, value real, status, flags)"
INSERT = "insert into cells values (?, ?, ?, ?, ?, ?)"
_BARE = (
    "import sys; from granian import Granian; from granian.constants import Interfaces; "
    "from granian.log import LogLevels; from smup.web.config.server import THREADS, WORKERS; "
    "Granian('bench.bare:application', port=int(sys.argv[1]), interface=Interfaces.WSGI, "
    "workers=WORKERS, blocking_threads=THREADS, log_level=LogLevels.error).serve()"
)


def measure() -> list[Figure]:
    """Rates, the slowest hundredth, memory and the cold start."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as open_:
        folder = Path(name)
        home = store_of_its_own(folder)
        public = (home / "releases" / "current").resolve() / "public"
        file = max((public / "slices").glob("*/*.json"), key=lambda one: one.stat().st_size)
        table = _table(public / "values.parquet", folder / "table.db")
        site, cold, process = open_.enter_context(_portal(home))
        datasette = open_.enter_context(_datasette(table))
        bare = open_.enter_context(_bare(file))
        asked = Questions(public, file)
        _same(site, datasette, asked)
        return [
            *_built(site, datasette, bare, asked),
            _on_request(site, datasette, asked),
            *_mixed(site, process, bare, asked),
            Figure("open_data.cold_start", round(cold, 2), "s", 2.0),
        ]


class Questions:
    """Addresses of the same questions on both servers."""

    def __init__(self, public: Path, file: Path) -> None:
        self.release = public.parent.name
        self.largest = file.parent.name, int(file.stem)
        full = [one for one in public.glob("slices/*/*.json") if one.stat().st_size > 50_000]
        self.slices = sorted((one.parent.name, int(one.stem)) for one in full)
        self.units = sorted(one.stem for one in public.glob("units/*.json"))
        random.Random(SEED).shuffle(self.slices)
        random.Random(SEED).shuffle(self.units)

    def slice(self, indicator: str, year: int) -> str:
        return f"/files/{self.release}/slices/{indicator}/{year}.json"

    def unit(self, code: str) -> str:
        return f"/files/{self.release}/units/{code}.json"

    def data(self, indicator: str, year: int, fields: str = COLUMNS.replace(" ", "")) -> str:
        return "/api/v1/data?" + "&".join(self._parts(indicator, year, fields))

    def data_once(self) -> Iterator[str]:
        """The same questions in every order of words: addresses of which no two are the same."""
        for columns in permutations(COLUMNS.split(", ")):
            for order in permutations(range(4)):
                for one in self.slices:
                    parts = self._parts(*one, ",".join(columns))
                    yield "/api/v1/data?" + "&".join(parts[n] for n in order)

    def _parts(self, indicator: str, year: int, fields: str) -> list[str]:
        return [f"indicator={indicator}", f"year={year}", "format=rows", f"fields={fields}"]

    def query(self, what: str, **values: str | int) -> str:
        return "/table.json?" + urlencode({"sql": what, "_shape": "arrays", **values})

    def slice_query(self, indicator: str, year: int) -> str:
        what = f"select {COLUMNS} from cells where indicator = :i and year = :y"
        return self.query(what, i=indicator, y=year)

    def unit_query(self, code: str) -> str:
        what = "select indicator, year, value, status, flags from cells where unit = :u"
        return self.query(what, u=code)


def _built(site: str, datasette: str, bare: str, asked: Questions) -> list[Figure]:
    """Bytes built into the release against Datasette, and against the bare application."""
    some, units = asked.slices[:50], asked.units[:50]
    rates = _in_turns(
        {
            "slice": (site, [asked.slice(*one) for one in some]),
            "slice_datasette": (datasette, [asked.slice_query(*one) for one in some]),
            "unit": (site, [asked.unit(one) for one in units]),
            "unit_datasette": (datasette, [asked.unit_query(one) for one in units]),
            "same": (site, [asked.slice(*asked.largest)]),
            "bare": (bare, ["/"]),
        }
    )
    return [
        _ratio("open_data.one_year", rates, "slice", "slice_datasette", 100.0),
        _ratio("open_data.one_unit", rates, "unit", "unit_datasette", 100.0),
        _ratio("open_data.of_bare", rates, "same", "bare", 0.7),
    ]


def _on_request(site: str, datasette: str, asked: Questions) -> Figure:
    """Every address is asked once only, so that no answer comes from memory."""
    once = list(islice(asked.data_once(), 60_000))
    part = len(once) // ROUNDS
    some = [asked.slice_query(*one) for one in asked.slices]
    rates: dict[str, list[Load]] = {"ours": [], "datasette": []}
    for number in range(ROUNDS):
        mine = load(site, once[number * part : (number + 1) * part], SECONDS)
        if mine.requests > part:
            raise RuntimeError("some answers on request came from memory: ask more addresses")
        rates["ours"].append(mine)
        rates["datasette"].append(load(datasette, some, SECONDS))
    return _ratio("open_data.on_request", rates, "ours", "datasette", 15.0)


def _mixed(site: str, process: int, bare: str, asked: Questions) -> list[Figure]:
    """The slowest hundredth of ready answers, and memory while 50,000 mixed questions pass."""
    chance = random.Random(SEED)
    ready = [asked.slice(*one) for one in asked.slices[:200]]
    ready += [asked.unit(one) for one in asked.units[:800]]
    made = [asked.data(*one) for one in asked.slices[:60]] + ["/jst/1465", "/wskaznik/ludnosc"]
    mixed = ready + made
    chance.shuffle(mixed)
    asked_for = 0
    memory: dict[int, float] = {}
    load(site, ready, 2.0)  # reads the files once
    slowest, at_best = load(site, ready, SECONDS).p99, load(bare, ["/"], SECONDS).p99
    for bound in (5_000, 50_000):
        while asked_for < bound:
            asked_for += load(site, mixed, 1.0).requests
        memory[bound] = _memory(process)
    return [
        Figure(
            "open_data.p99",
            round(slowest, 1),
            "ms",
            25.0,
            detail={"bare_ms": round(at_best, 1), "client": client()},
        ),
        Figure(
            "open_data.memory",
            round(100 * (memory[50_000] / memory[5_000] - 1), 1),
            "%",
            5.0,
            detail={"megabytes": [round(one) for one in memory.values()]},
        ),
    ]


def _in_turns(asked: dict[str, tuple[str, list[str]]]) -> dict[str, list[Load]]:
    found: dict[str, list[Load]] = {name: [] for name in asked}
    for site, paths in asked.values():
        load(site, paths, 1.0)
    for _ in range(ROUNDS):
        for name, (site, paths) in asked.items():
            found[name].append(load(site, paths, SECONDS))
    return found


def _ratio(name: str, rates: dict[str, list[Load]], ours: str, theirs: str, bound: float) -> Figure:
    """The median of the ratios of single rounds: each round sees one state of the machine."""
    pairs = list(zip(rates[ours], rates[theirs], strict=True))
    ratio = statistics.median(a.rate / b.rate for a, b in pairs)
    detail = {
        "ours_per_s": [round(a.rate) for a, _ in pairs],
        "theirs_per_s": [round(b.rate) for _, b in pairs],
        "client": client(),
        "connections": CONNECTIONS,
    }
    return Figure(name, round(ratio, 2), "ratio", bound, better="higher", detail=detail)


def _same(site: str, datasette: str, asked: Questions) -> None:
    """Both tell the same figures. Raises AssertionError where they do not."""
    one = asked.slices[0]
    built, made = _read(site + asked.slice(*one)), _read(site + asked.data(*one))
    rows = _read(datasette + asked.slice_query(*one))["rows"]
    theirs = {unit: (value, status) for unit, value, status, _ in rows}
    told = zip(built["units"], built["values"], built["status"], strict=True)
    assert {unit: (value, status) for unit, value, status in told} == theirs
    ours = {row[0]: (row[1], row[2]) for row in made["rows"]}
    assert theirs.items() <= ours.items()
    unit = asked.units[0]
    rows = _read(datasette + asked.unit_query(unit))["rows"]
    cells = sum(len(i["years"]) for i in _read(site + asked.unit(unit))["indicators"])
    assert len(rows) == cells


def _read(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


def _table(values: Path, target: Path) -> Path:
    """The published values as SQLite, with an index for each of the two questions."""
    with sqlite3.connect(target) as base:
        names = ("indicator", "unit", "year", "value", "status", "flags")
        base.execute(SCHEMA)
        for batch in pq.ParquetFile(values).iter_batches(columns=list(names)):
            columns = (batch.column(name).to_pylist() for name in names)
            base.executemany(INSERT, zip(*columns, strict=True))
        base.execute("create index by_indicator on cells (indicator, year)")
        base.execute("create index by_unit on cells (unit)")
    return target


@contextmanager
def _datasette(table: Path) -> Iterator[str]:
    port = _port()
    options = ["max_returned_rows", "100000", "sql_time_limit_ms", "60000"]
    settings = [w for n in (0, 2) for w in ("--setting", *options[n : n + 2])]
    command = [sys.executable, "-m", "datasette", str(table), "--port", str(port), *settings]
    with _running(command, port, {}) as (site, _):
        yield site


@contextmanager
def _bare(file: Path) -> Iterator[str]:
    port = _port()
    command = [sys.executable, "-c", _BARE, str(port)]
    with _running(command, port, {"BARE_FILE": str(file)}) as (site, _):
        yield site


@contextmanager
def _running(
    command: list[str], port: int, more: dict[str, str], first: str = "/"
) -> Iterator[tuple[str, int]]:
    """A server that answers ``first``, and its process; both end with the block."""
    quiet = subprocess.DEVNULL
    environment = os.environ | more
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        site = f"http://127.0.0.1:{port}"
        _answers(site + first, process)
        yield site, process.pid
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def _portal(home: Path) -> Iterator[tuple[str, float, int]]:
    """The portal, the seconds until its first answer, and its process.

    It is started twice: the first start collects static files, as `make setup` and a first run do.
    """
    port = _port()
    command = [sys.executable, "-c", SERVER, str(port), str(home), str(ROOT)]
    # one client asks for all the world
    more = {"SMUP_LIMITS": "0", "SMUP_HOSTS": "127.0.0.1"}
    with _running(command, port, more, FIRST):
        pass
    begun = time.perf_counter()
    with _running(command, port, more, FIRST) as (site, process):
        yield site, time.perf_counter() - begun, process


def _answers(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until there is an answer. Raises RuntimeError when the process ends without any."""
    while True:
        if process.poll() is not None:
            raise RuntimeError(f"{address}: the server has ended")
        try:
            urllib.request.urlopen(address, timeout=60).read()
        except OSError:
            time.sleep(0.01)
        else:
            return


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _memory(server: int) -> float:
    """MB held by a server and its workers; what they share is counted once."""
    found = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":\t", 1) for line in status.read_text().splitlines())
            if server in (int(told["Pid"]), int(told["PPid"])):
                rollup = (status.parent / "smaps_rollup").read_text()
                found += int(rollup.split("\nPss:")[1].split()[0])
        except (OSError, KeyError, ValueError):
            continue  # a process that has ended meanwhile
    return found / 1000
