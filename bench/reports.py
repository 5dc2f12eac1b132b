"""Reports: seconds for one of each kind on one core, the rate of a batch, memory over 500.

On the store in use, better the invented country, where every indicator has figures
(``SMUP_HOME=var/demo``). The counterpart of a PDF is the composing of its document, without which
there is nothing to set; that of a batch is one process alone.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figure import Figure
from bench.serving import ROOT, store_of_its_own
from smup.reports.batch import Job, units_of, write_all
from smup.reports.compose import compose
from smup.reports.crew import Processes
from smup.reports.definition import Definition, Kind
from smup.reports.writing import report_of
from smup.store.releases import Release, Releases

WARM, PROFILES, UNITS, DOCX = 3, 40, 20, 8  # reports of each kind, after the first ones
MANY, EVERY = 500, 10  # reports of one process, and how often a full one is among them
BATCHED = {Kind.PROFILE: 300, Kind.UNIT: 80}
CORES = 2
MINUTES = {Kind.PROFILE: 5.0, Kind.UNIT: 20.0}


def measure() -> list[Figure]:
    """One core in a process of its own; then batches."""
    with tempfile.TemporaryDirectory() as folder:
        home = store_of_its_own(Path(folder))
        release = Releases(home).current()
        told = {"release": release.id, "indicators": len(release.indicators.items)}
        alone = subprocess.run(
            [sys.executable, "-m", "bench.reports", str(home)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            check=True,
        )
        found = json.loads(alone.stdout)
        return [
            *_single(found, told),
            *(_batch(home, release, kind, Path(folder) / kind) for kind in BATCHED),
        ]


def _single(found: dict[str, Any], told: dict[str, Any]) -> list[Figure]:
    bounds = {"profile_pdf": 0.15, "unit_pdf": 0.8, "unit_docx": 4.0}
    memory = found.pop("memory")
    return [
        *(
            Figure(f"reports.{name}", found[name]["median"], "s", bound, detail=found[name] | told)
            for name, bound in bounds.items()
        ),
        Figure("reports.memory", max(memory["GB"]), "GB", 1.0, detail=memory | told),
        Figure("reports.memory_growth", memory["growth"], "ratio", 1.2, detail=memory | told),
    ]


def _batch(home: Path, release: Release, kind: Kind, out: Path) -> Figure:
    """Minutes for all units, from a sample spread over the country; starting up is in them once."""
    everybody = units_of(release, kind)
    chosen = everybody[:: len(everybody) // BATCHED[kind]][: BATCHED[kind]]
    base = Definition(kind=kind, units=(chosen[0].code,))
    job = Job(str(home), release.id, base, ("pdf",), str(out))
    moments: list[float] = [time.perf_counter()]
    done = write_all(job, chosen, Processes(CORES), lambda *_: moments.append(time.perf_counter()))
    if done.failures:
        raise RuntimeError(done.failures[0].problem)
    starting = moments[2] - moments[0]  # to the first file: imports, the release, first figures
    rate = (len(chosen) - 1) / (moments[-1] - moments[2])
    minutes = (starting + len(everybody) / rate) / 60
    detail = {"units": len(chosen), "of": len(everybody), "processes": CORES}
    detail |= {"reports_per_second": round(rate, 2), "starting_s": round(starting, 1)}
    return Figure(f"reports.batch_{kind}", minutes, "min", MINUTES[kind], detail=detail)


def alone(home: Path) -> dict[str, Any]:
    """Seconds of each kind and form, and GB after every hundred of 500 reports, on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    release = Releases(home).current()
    everybody = [unit.code for unit in units_of(release, Kind.UNIT)]
    chosen = everybody[:: len(everybody) // (WARM + PROFILES)]
    return {
        "profile_pdf": _seconds(release, Kind.PROFILE, "pdf", chosen[: WARM + PROFILES]),
        "unit_pdf": _seconds(release, Kind.UNIT, "pdf", chosen[1 : 1 + WARM + UNITS]),
        "unit_docx": _seconds(release, Kind.UNIT, "docx", chosen[2 : 2 + WARM + DOCX]),
        "memory": _memory(release, everybody),
    }


def _seconds(release: Release, kind: Kind, form: str, units: Sequence[str]) -> dict[str, Any]:
    times: dict[str, list[float]] = {"compose": [], "write": []}
    pages: list[int | None] = []
    for unit in units:
        definition = Definition(kind=kind, units=(unit,))
        start = time.perf_counter()
        document = compose(release, definition)
        times["compose"].append(time.perf_counter() - start)
        start = time.perf_counter()
        pages.append(report_of(document, form).pages)
        times["write"].append(time.perf_counter() - start)
    both = [sum(pair) for pair in zip(*times.values(), strict=True)][WARM:]
    return {
        "median": round(statistics.median(both), 4),
        "slowest": round(max(both), 4),
        "compose": round(statistics.median(times["compose"][WARM:]), 4),
        "pages": pages[-1],
        "reports": len(both),
    }


def _memory(release: Release, units: Sequence[str]) -> dict[str, Any]:
    """Memory that is not mapped from files, after every hundred; full reports among profiles."""
    held = []
    for number in range(MANY):
        kind = Kind.UNIT if number % EVERY == 0 else Kind.PROFILE
        definition = Definition(kind=kind, units=(units[number * 5 % len(units)],))
        report_of(compose(release, definition), "pdf")
        if number % 100 == 99:
            held.append(_anonymous())
    return {"GB": held, "growth": round(held[-1] / held[1], 3), "reports": MANY}


def _anonymous() -> float:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return round(int(text.split("RssAnon:")[1].split()[0]) / 1e6, 3)


if __name__ == "__main__":
    print(json.dumps(alone(Path(sys.argv[1]))))
