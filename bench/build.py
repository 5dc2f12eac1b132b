"""Building a release from the shipped data, against moving the same bytes with nothing computed.

The counterpart reads every tidy table with pyarrow, writes them as Parquet, and copies every file
of the finished release to the disk with fsync: what any build must do, without a figure, a rank, a
check or a compressed byte. Each build runs in a process of its own, from the start of the
interpreter, as ``smup release build`` does.
"""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from bench.figure import Figure
from smup.store.files import sync_tree
from smup.store.releases import Releases
from smup.territory import Level

ROUNDS = 3
ROOT = Path(__file__).resolve().parent.parent
BUILD = """
import sys
from pathlib import Path
from smup.build import build_release
build_release(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def measure() -> list[Figure]:
    """Seconds of a build, its ratio to the bare work, and how fast a release opens and answers."""
    with tempfile.TemporaryDirectory(dir=_beside()) as folder:
        base = Path(folder)
        _build(base / "first")  # compiles the kernels; they are kept between runs
        times: dict[str, list[float]] = {"build": [], "build_cpu": [], "bare": []}
        for number in range(ROUNDS):
            home, target = base / f"home{number}", base / f"bare{number}"
            before = _children_cpu()
            times["build"].append(_seconds(lambda home=home: _build(home)))
            times["build_cpu"].append(_children_cpu() - before)
            times["bare"].append(_seconds(lambda target=target: _bare(base / "first", target)))
        return [*_build_figures(base / "first", times), *_reading_figures(base / "first")]


def _beside() -> Path:
    """The folder of the store: a temporary file system in memory would hide what fsync costs."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    return folder


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _children_cpu() -> float:
    """Processor seconds of ended child processes: says how much of a build was waiting."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _build(home: Path) -> None:
    subprocess.run([sys.executable, "-c", BUILD, str(ROOT), str(home)], check=True)


def _bare(home: Path, target: Path) -> None:
    target.mkdir()
    for path in sorted((ROOT / "data").glob("*.csv")):
        header = sum(line.startswith(b"#") for line in path.read_bytes().splitlines())
        table = pcsv.read_csv(path, read_options=pcsv.ReadOptions(skip_rows=header))
        pq.write_table(table, target / f"{path.stem}.parquet", compression="zstd")
    shutil.copytree(Releases(home).current().folder, target / "release")
    sync_tree(target)


def _build_figures(home: Path, times: dict[str, list[float]]) -> list[Figure]:
    median = {name: statistics.median(found) for name, found in times.items()}
    release = Releases(home).current()
    folder = release.folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    detail = {
        "seconds": median,
        "rounds": times,
        "counts": release.manifest["counts"],
        "files": len(files),
        "megabytes": round(sum(path.stat().st_size for path in files) / 1e6, 1),
    }
    return [
        Figure("build.seconds", median["build"], "s", 15.0, detail=detail),
        Figure("build.vs_bare", median["build"] / median["bare"], "ratio", 20.0, detail=detail),
    ]


def _reading_figures(home: Path) -> list[Figure]:
    """Opening, and everything of one unit against looking it up in the whole cube."""
    release = Releases(home).current()
    panel, units = release.indicators, release.indicators.units[::50]
    opening, by_unit, whole = [], [], []
    for _ in range(5):
        opening.append(_seconds(lambda: Releases(home).current()))
        by_unit.append(_seconds(lambda: [np.array(release.unit_slice(u).values) for u in units]))
        at = [panel.unit_index[unit] for unit in units]
        whole.append(_seconds(lambda at=at: [np.array(panel.values[:, :, u]) for u in at]))
    release.default_year(panel.items[0], Level.GMINA)
    ratio = statistics.median(by_unit) / statistics.median(whole)
    detail = {"units": len(units), "seconds": [by_unit, whole]}
    return [
        Figure("release.open", statistics.median(opening) * 1000, "ms", 100.0),
        Figure("release.unit_vs_cube", ratio, "ratio", 1.0, detail=detail),
    ]
