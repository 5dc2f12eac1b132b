"""The whole comparison stage on synthetic data of true size, against sort, DuckDB and Polars.

1,000 ratio indicators (100 * a / b, one decimal) of 1,200 variables, 15 years, 2,874 units (2,477
at gmina level, 380 at powiat level, 16 województwa, the country), 1.5 % of each variable missing.

Full computation: formulas with statuses, rounding, positions with ties, percentiles and quartiles
by level, positions by województwo and group, and by all three n, mean, median, quartiles, minimum
and maximum. DuckDB (long table) and Polars (wide, ``bench.wide``) are asked for the same without
statuses, and of each part only for n, mean and median. A further comparator set is a fourth way of
dividing the units (380 powiats); its price is what the stage then takes more.

The data goes through in blocks of 10 indicators on two threads, into arrays that exist before the
clock starts: on a virtual machine the first touch of memory can cost more than the computation,
and it would be counted for us but not for the sort.
"""

import json
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from bench.figure import Figure, highest
from bench.wide import full as full_wide
from bench.wide import wide
from smup.compare.kernels import Parts, Ranked, most_steps, pack, unit_bits
from smup.compare.ranking import BATCH, Scale, empty_ranked, make_parts, rank_into
from smup.compute.evaluate import evaluate_formulas
from smup.compute.formula import Node, parse
from smup.compute.parallel import each
from smup.panel import Panel, Status

INDICATORS, VARIABLES, YEARS, UNITS = 1000, 1200, 15, 2874
LEVELS = (2477, 380, 16, 1)
THREADS, ROUNDS = 2, 5
Better = Literal["lower", "higher"]
ROOT = Path(__file__).resolve().parent.parent


def measure() -> list[Figure]:
    """Time against sort and DuckDB, interleaved, and the memory of a process of its own."""
    variables, labels = synthetic()
    formulas, partners = ratios()
    parts = make_parts(labels)
    out = Output.of(parts)
    full(variables, formulas, parts, out)  # also compiles
    keys = packed(out, parts)
    more = make_parts(with_powiats(labels))
    out_more = Output.of(more)
    full(variables, formulas, more, out_more)
    database = loaded(variables, labels, partners)
    query(database)
    check(database, out.ranked)
    table = wide(variables, labels)
    check_wide(table, partners, out.ranked)
    ranks = int(out.ranked.position[:, 0].sum(dtype=np.int64))
    work: dict[str, Callable[[], object]] = {
        "sort": lambda: sort(keys),
        "full": lambda: full(variables, formulas, parts, out),
        "more": lambda: full(variables, formulas, more, out_more),
        "duckdb": lambda: query(database),
        "polars": lambda: deque(full_wide(table, partners), maxlen=0),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, one in work.items():
            times[name].append(seconds(one))
    median = {name: statistics.median(found) for name, found in times.items()}
    detail = {"seconds": median, "rounds": times, "rank_sum": ranks, "threads": THREADS}
    further = max(0.0, median["more"] - median["full"]) / median["sort"]

    def ratio(name: str, value: float, bound: float, better: Better = "lower") -> Figure:
        return Figure(f"compute.{name}", value, "ratio", bound, better, detail)

    return [
        ratio("full_vs_sort", median["full"] / median["sort"], 8.0),
        ratio("further_set_vs_sort", further, 4.0),
        ratio("duckdb_vs_full", median["duckdb"] / median["full"], 20.0, "higher"),
        ratio("polars_vs_full", median["polars"] / median["full"], 6.0, "higher"),
        Figure("compute.peak_memory", peak_memory(), "GB", 2.0),
    ]


def with_powiats(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same with the gminas and cities divided into 380 powiats too."""
    local = labels[0] == 0
    powiat = np.where(local, labels.max() + 1 + np.arange(UNITS) % LEVELS[1], -1)
    return np.vstack([labels, powiat])


def check_wide(table: pl.DataFrame, partners: list[tuple[int, int]], ranked: Ranked) -> None:
    """The same for Polars. Raises AssertionError where the two differ."""
    first, local = 0, LEVELS[0] + LEVELS[1]
    for answer in full_wide(table, partners):
        count = answer.percentile.width
        mine = slice(first, first + count)
        first += count

        def cells(frame: pl.DataFrame, count: int = count) -> NDArray[np.float64]:
            return frame.to_numpy().T.reshape(count, YEARS, UNITS)[:, :, :local].astype(float)

        for grouping, frame in enumerate(answer.rank.values()):
            ours = ranked.position[mine, grouping, :, :local]
            given = ours > 0
            assert np.array_equal(ours[given], cells(frame)[given])
            assert grouping or np.array_equal(given, ~np.isnan(cells(frame)))
        given = ranked.position[mine, 0, :, :local] > 0
        ours, theirs = ranked.percentile[mine, :, :local], cells(answer.percentile)
        assert np.allclose(ours[given], theirs[given], rtol=1e-6)
        assert np.array_equal(
            ranked.quartile[mine, :, :local][given], cells(answer.quartile)[given]
        )
        for part, summary in answer.summary.items():
            where = summary["year"].to_numpy(), summary[part].to_numpy()
            told = {
                what: summary.select(pl.selectors.ends_with(f"_{what}")).to_numpy().T
                for what in ("n", "mean", "median")
            }
            statistics_ = ranked.statistics[mine][:, where[0], where[1]]
            assert np.array_equal(ranked.with_data[mine][:, where[0], where[1]], told["n"])
            assert np.allclose(statistics_[:, :, 0], told["mean"], rtol=1e-9, equal_nan=True)
            assert np.allclose(statistics_[:, :, 1], told["median"], rtol=1e-12, equal_nan=True)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def synthetic() -> tuple[Panel, NDArray[np.int64]]:
    """Variables, and for each unit its part by level, by województwo and by group."""
    random = np.random.default_rng(20261122)
    values = random.lognormal(
        6,
        1,
        (VARIABLES, YEARS, UNITS),
    ).round(2)
    gaps = random.random(values.shape, np.float32) < 0.015
    values[gaps] = np.nan
    status = np.where(gaps, np.uint8(Status.MISSING), np.uint8(Status.OBSERVED))
    names = tuple(f"v{n}" for n in range(VARIABLES))
    units = tuple(str(n) for n in range(UNITS))
    flags = np.zeros(values.shape, np.uint8)
    panel = Panel(names, tuple(range(2010, 2010 + YEARS)), units, values, status, flags)
    level = np.repeat(np.arange(len(LEVELS)), LEVELS)
    local = level < 2
    wojewodztwo = np.where(local, 4 + 16 * level + random.integers(0, 16, UNITS), -1)
    group = np.where(local, 36 + 5 * level + random.integers(0, 5, UNITS), -1)
    return panel, np.stack([level, wojewodztwo, group])


def ratios() -> tuple[dict[str, Node], list[tuple[int, int]]]:
    """Formulas by indicator, and for each the numbers of its two variables."""
    partners = [(n, (n + 7 * (n % 13) + 1) % VARIABLES) for n in range(INDICATORS)]
    return {f"i{n}": parse(f"100 * v{a} / v{b}") for n, (a, b) in enumerate(partners)}, partners


@dataclass(frozen=True)
class Output:
    """Where the full computation leaves its results; every page touched once."""

    values: NDArray[np.float64]
    status: NDArray[np.uint8]
    ranked: Ranked

    @classmethod
    def of(cls, parts: Parts) -> "Output":
        shape = (INDICATORS, YEARS, UNITS)
        ranked = empty_ranked(*shape, len(parts.labels), len(parts.size))
        for array in ranked:
            array.fill(0)
        return cls(np.zeros(shape) + 0, np.zeros(shape, np.uint8) + 0, ranked)


def full(variables: Panel, formulas: dict[str, Node], parts: Parts, out: Output) -> None:
    """Formulas, positions, quantiles and aggregates of all indicators, block by block."""
    names = list(formulas)
    scale = Scale.of([1] * BATCH, [True] * BATCH)
    columns = np.arange(UNITS)

    def block(number: int) -> None:
        mine = slice(number * BATCH, (number + 1) * BATCH)
        chosen = {name: formulas[name] for name in names[mine]}
        panel = evaluate_formulas(chosen, dict.fromkeys(chosen, 1), variables, threads=1)
        out.values[mine], out.status[mine] = panel.values, panel.status
        ranked = Ranked(*(array[mine] for array in out.ranked))
        items = range(len(chosen))
        rank_into(ranked, panel.values, panel.status, items, columns, scale, parts, threads=1)

    each(block, len(names) // BATCH, THREADS)


def packed(out: Output, parts: Parts) -> list[NDArray[np.uint64]]:
    """The keys the full computation sorts, in the same batches."""
    bits = unit_bits(UNITS)
    power, descending = np.full(INDICATORS, 10.0), np.ones(INDICATORS, bool)
    members = np.zeros((INDICATORS, YEARS, len(parts.size)), np.uint16)
    found = []
    for first in range(0, INDICATORS, BATCH):
        items = np.arange(first, min(first + BATCH, INDICATORS))
        keys = np.empty((len(items) * YEARS, UNITS), np.uint64)
        pack(
            out.values, out.status, items, np.arange(UNITS), power, descending, parts,
            bits, most_steps(bits), keys, members,
        )  # fmt: skip
        found.append(keys)
    return found


def sort(batches: list[NDArray[np.uint64]]) -> None:
    def one(number: int) -> None:
        np.sort(batches[number], axis=1)

    each(one, len(batches), THREADS)


def loaded(
    variables: Panel, labels: NDArray[np.int64], partners: list[tuple[int, int]]
) -> duckdb.DuckDBPyConnection:
    """Long tables in memory: variables without their gaps, units, formulas."""
    database = duckdb.connect(config={"threads": THREADS})
    database.execute("set enable_progress_bar = false")
    database.execute("create table v (item smallint, year tinyint, unit smallint, value double)")
    years, units = np.indices((YEARS, UNITS), np.int16)
    for item, values in enumerate(variables.values):
        known = ~np.isnan(values)
        rows = {"year": years[known], "unit": units[known], "value": values[known]}
        database.register("rows", pa.table(rows))
        database.execute(f"insert into v select {item}, year, unit, value from rows")
    codes = {"unit": np.arange(UNITS), "level": labels[0], "woj": labels[1], "grp": labels[2]}
    database.register("units", pa.table(codes))
    a, b = np.array(partners).T
    database.register("formulas", pa.table({"i": np.arange(INDICATORS), "a": a, "b": b}))
    return database


FORMULAS = """
create or replace table cells as
select i, year, unit, level, woj, grp,
  case when x >= (2 * s + 1) / 20 then s + 1 else s end / 10 as value
from (
  select cast(f.i as smallint) as i, a.year, a.unit, 100 * a.value / b.value as x,
    floor(100 * a.value / b.value * 10) as s
  from formulas f join v a on a.item = f.a
  join v b on b.item = f.b and b.year = a.year and b.unit = a.unit
) join units using (unit)
"""
RANKS = """
create or replace table ranks as
select i, year, unit, level, position, by_woj, by_grp,
  cast(100 * (2 * n - position - last + 1) / (2 * n) as float) as percentile,
  cast(1 + 2 * (position + last - 1) // n as tinyint) as quartile
from (
  select i, year, unit, level,
    cast(rank() over best as smallint) as position,
    count(*) over (partition by i, year, level) as n,
    count(*) over best as last,
    cast(rank() over (partition by i, year, woj order by value desc) as smallint) as by_woj,
    cast(rank() over (partition by i, year, grp order by value desc) as smallint) as by_grp
  from cells window best as (partition by i, year, level order by value desc)
)
"""
AGGREGATES = """
create or replace table by_{part} as
select i, year, {part}, count(*) as n, avg(value) as mean, median(value) as median
from cells where {part} >= 0 group by all
"""


def query(database: duckdb.DuckDBPyConnection) -> None:
    database.execute(FORMULAS)
    database.execute(RANKS)
    for part in ("level", "woj", "grp"):
        database.execute(AGGREGATES.format(part=part))


def check(database: duckdb.DuckDBPyConnection, ranked: Ranked) -> None:
    """Every rank, percentile and quartile, and every aggregate, from both sides.

    Raises AssertionError where they differ. Positions of gminas and powiats only, and where we
    give one: in a small part now and then more than 30 % are missing.
    """
    found = database.execute("select * from ranks where level < 2").fetchnumpy()
    at = found["i"], found["year"], found["unit"]
    for grouping, name in enumerate(("position", "by_woj", "by_grp")):
        ours = ranked.position[:, grouping][at]
        given = ours > 0 if grouping else slice(None)
        assert np.array_equal(ours[given], found[name][given]), name
    local = LEVELS[0] + LEVELS[1]
    assert np.count_nonzero(ranked.position[:, 0, :, :local]) == len(found["i"])
    assert np.allclose(ranked.percentile[at], found["percentile"], rtol=1e-6)
    assert np.array_equal(ranked.quartile[at], found["quartile"])
    for part in ("level", "woj", "grp"):
        table = database.execute(f"select * from by_{part}").fetchnumpy()
        where = table["i"], table["year"], table[part]
        assert np.array_equal(ranked.with_data[where], table["n"])
        assert np.allclose(ranked.statistics[where][:, 0], table["mean"], rtol=1e-9)
        assert np.allclose(ranked.statistics[where][:, 1], table["median"], rtol=1e-12)


def peak_memory() -> float:
    """GB at the highest point of a process that makes the data and computes once."""
    command = [sys.executable, "-m", "bench.compute"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    return float(json.loads(ended.stdout)["peak_gb"])


def _alone() -> None:
    variables, labels = synthetic()
    before = highest()
    formulas, _ = ratios()
    parts = make_parts(labels)
    full(variables, formulas, parts, Output.of(parts))
    print(json.dumps({"peak_gb": highest(), "data_gb": before}))


if __name__ == "__main__":
    _alone()
