"""The numbers behind a figure as numbers: for files that people go on working with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """``ident`` is plain ASCII for programs, ``name`` is for people. ``decimals`` is None for
    words, 0 for whole numbers and years."""

    ident: str
    name: str
    decimals: int | None = None


@dataclass(frozen=True)
class Plot:
    """How the figure is drawn in the terms of Vega-Lite: a mark, and the column of each channel.

    ``zero`` says whether the value axis starts at zero, ``binned`` whether x is counted in steps.
    """

    mark: str
    channels: Mapping[str, str] = field(default_factory=dict)
    zero: bool = False
    binned: bool = False


@dataclass(frozen=True)
class Data:
    """One row an observation; a gap is None with its reason in a column of words."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    plot: Plot

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row of a figure's data and its columns differ in length")
        known = {column.ident for column in self.columns}
        if not known >= set(self.plot.channels.values()):
            raise ValueError("a plot names a column that its data do not have")
