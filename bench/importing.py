"""A long CSV of ten million rows into a snapshot and a panel, beside DuckDB's reader of CSV.

Both read the same file to the same typed columns; ours also keeps the bytes under their sha256,
looks up every unit, and lays the figures out as a cube. Memory is that of a process of its own.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv

from bench.figure import Figure, highest
from smup.ingest.figures import Context, Notes
from smup.ingest.keys import Units
from smup.ingest.long import read_long
from smup.ingest.mapping import FileMapping
from smup.store.snapshots import SnapshotInfo, Snapshots
from smup.territory import load_territory
from smup.territory.load import load_parts

ROOT = Path(__file__).resolve().parent.parent
ROWS = 10_000_000
VARIABLES, YEARS = 300, range(2010, 2025)
MOST_GB = 2.0
_MAPPING = {
    "path": "long.csv",
    "dated": "2010-2024",
    "retrieved": "2026-01-01",
    "layout": "long",
    "unit": {"columns": [{"header": "unit"}], "code": "teryt"},
    "year": {"header": "year"},
    "variable": {"header": "variable"},
    "value": {"header": "value"},
}
_TYPES = "{'variable': 'VARCHAR', 'unit': 'VARCHAR', 'year': 'SMALLINT', 'value': 'DOUBLE'}"


def measure() -> list[Figure]:
    """How many times as long as DuckDB it takes, the better of two runs each; memory."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        path = Path(name) / "long.csv"
        _write(path)
        theirs, ours, peak = [], [], 0.0
        for _ in range(2):  # in turns, so that both meet the same machine
            theirs.append(_duckdb(path))
            found = _imported(path)
            ours.append(found["seconds"])
            peak = max(peak, found["peak_gb"])
    detail = {"duckdb": theirs, "ours": ours, "rows": ROWS}
    return [
        Figure("import.long_vs_duckdb", min(ours) / min(theirs), "ratio", 2.0, detail=detail),
        Figure("import.long_memory_gb", peak, "GB", MOST_GB, detail=detail),
    ]


def _write(path: Path) -> None:
    """Different figures of units that existed in all the years, in no order."""
    chance = np.random.default_rng(1)
    every = load_territory(ROOT / "territory")
    units = [u.code for u in every if u.levels and all(u.exists_in(year) for year in YEARS)]
    shape = (VARIABLES, len(YEARS), len(units))
    cells = chance.choice(int(np.prod(shape)), ROWS, replace=False)
    variable, year, unit = np.unravel_index(cells, shape)
    names = np.array([f"zmienna_{number:03d}" for number in range(VARIABLES)])
    table = pa.table(
        {
            "variable": names[variable],
            "unit": np.array(units)[unit],
            "year": np.array(YEARS, np.int16)[year],
            "value": np.round(chance.gamma(2, 5000, ROWS), 2),
        }
    )
    pcsv.write_csv(table, path, pcsv.WriteOptions(quoting_style="none"))


def _duckdb(path: Path) -> float:
    began = time.perf_counter()
    with duckdb.connect() as base:
        base.execute(
            f"CREATE TABLE figures AS SELECT * FROM read_csv('{path}', header = true, "
            f"columns = {_TYPES})"
        )
        seconds = time.perf_counter() - began
        rows = base.execute("SELECT count(*) FROM figures").fetchone()
    assert rows == (ROWS,)
    return seconds


def _imported(path: Path) -> dict[str, float]:
    """Seconds and memory of another process that imports the file."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.importing", str(path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _import(path: Path) -> None:
    territory = load_territory(ROOT / "territory")
    units = Units(territory, load_parts(ROOT / "territory"))
    mapping = FileMapping.model_validate(_MAPPING)
    notes = Notes("long", path.name)
    with tempfile.TemporaryDirectory(dir=path.parent) as kept:
        began = time.perf_counter()
        content = path.read_bytes()
        info = SnapshotInfo(path.name, "nikt", "brak", "2026-01-01")
        with Snapshots(Path(kept)).keeping(content, info):
            table = read_long(content, Context(mapping, units, {}, notes))
            panel = table.panel(tuple(territory.units))
        seconds = time.perf_counter() - began
    assert int(panel.has_value.sum()) == len(table) == ROWS
    assert not notes.findings()
    print(json.dumps({"seconds": seconds, "peak_gb": highest()}))


if __name__ == "__main__":
    _import(Path(sys.argv[1]))
