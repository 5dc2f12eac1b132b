"""The comparison stage in Polars, in its fastest form: a wide table, one column an indicator.

Rows are units of a year, ranks are asked of all columns by ``over``. Slower, measured: a frame for
every year and part (three times as long with 32 parts), ``group_by`` with lists, all in one lazy
plan (the optimiser looks for common parts of thousands of expressions for minutes).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from smup.panel import Panel

PARTS = ("level", "woj", "grp")
COLUMNS = 50


class Answer(NamedTuple):
    """Ranks by part, percentile and quartile by level, each a frame with the rows of the cells; n,
    mean and median of every part as a frame with ``year`` and the part beside them."""

    rank: dict[str, pl.DataFrame]
    percentile: pl.DataFrame
    quartile: pl.DataFrame
    summary: dict[str, pl.DataFrame]


def wide(variables: Panel, labels: NDArray[np.int64]) -> pl.DataFrame:
    """Variables as columns, units of a year as rows, with the parts each unit is in."""
    years, units = variables.values.shape[1:]
    index = {
        "year": np.repeat(np.arange(years, dtype=np.int16), units),
    }
    parts = {
        name: np.tile(row.astype(np.int16), years) for name, row in zip(PARTS, labels, strict=True)
    }
    flat = variables.values.reshape(len(variables.items), -1)
    values = dict(zip(variables.items, flat, strict=True))
    gaps = pl.col(list(variables.items)).fill_nan(None)
    return pl.DataFrame(index | parts | values).with_columns(gaps)


def full(table: pl.DataFrame, partners: Sequence[tuple[int, int]]) -> Iterator[Answer]:
    """The whole stage, some columns at a time: one frame of ranks of all would not fit caches."""
    for first in range(0, len(partners), COLUMNS):
        yield compare(indicators(table, partners[first : first + COLUMNS]))


def indicators(table: pl.DataFrame, partners: Sequence[tuple[int, int]]) -> pl.DataFrame:
    """100 * a / b to one decimal, halves away from zero on the decimal a number is written as."""
    exact = table.select(
        (100 * pl.col(f"v{a}") / pl.col(f"v{b}")).alias(f"i{n}")
        for n, (a, b) in enumerate(partners)
    )
    # By columns: a number as divisor becomes a product with 1/20, another float now and then.
    ten, twenty = (pl.Series(np.full(exact.height, divisor)) for divisor in (10.0, 20.0))
    steps = exact.select((pl.all() * 10).floor())
    up = exact.select(
        (pl.col(name) >= (steps[name] * 2 + 1) / twenty).cast(pl.Float64) for name in exact.columns
    )
    rounded = [((steps[name] + up[name]) / ten).alias(name) for name in exact.columns]
    return table.select("year", *PARTS).with_columns(rounded)


def compare(cells: pl.DataFrame) -> Answer:
    """Positions, by level percentiles and quartiles too, and n, mean and median of every part."""
    names = [name for name in cells.columns if name[0] == "i"]
    values = pl.col(names)
    rank = {
        part: cells.select(values.rank("min", descending=True).over("year", part).cast(pl.Int32))
        for part in PARTS
    }
    last = cells.select(values.rank("max", descending=True).over("year", "level").cast(pl.Int32))
    count = cells.select(values.count().over("year", "level").cast(pl.Int32))
    both = rank["level"] + last
    percentile = (count * 2 - both + 1) * 100 / (count * 2)
    quartile = (both - 1) * 2 // count + 1
    statistics = [
        values.count().name.suffix("_n"),
        values.mean().name.suffix("_mean"),
        values.median().name.suffix("_median"),
    ]
    summary = {
        part: cells.filter(pl.col(part) >= 0).group_by("year", part).agg(statistics)
        for part in PARTS
    }
    return Answer(
        rank,
        percentile.cast(pl.Float32),
        quartile.cast(pl.UInt8),
        summary,
    )
