"""Changes from year to year beside those of units of the same kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.panel import Flag, Panel
from smup.quality.rules import Mask, Matrix, panel_of
from smup.territory import Kind, Territory

Columns = NDArray[np.intp]
TO_SIGMA = 1.4826  # MAD of a normal distribution times this is its standard deviation
# Kinds with enough units to be peers; sum rows follow from their members.
_KINDS = tuple(kind for kind in Kind if kind not in (Kind.KRAJ, Kind.GMINY_POWIATU))


@dataclass(frozen=True)
class Steps:
    """Changes of one variable over the units of one kind.

    ``before`` and ``after`` [step, unit] are the values of a year and of the next, NaN unless both
    are positive and the series does not break there; ``log`` is the logarithm of their quotient.
    ``median`` and ``spread`` (MAD, as a standard deviation) [step] are taken over the units;
    ``seen`` [step] counts them. Step ``t`` leads to year ``t + 1`` of the panel.
    """

    variable: str
    columns: Columns  # of the units in the panel
    before: Matrix
    after: Matrix
    log: Matrix
    median: NDArray[np.float64]
    spread: NDArray[np.float64]
    seen: NDArray[np.int64]

    @property
    def unusual(self) -> Matrix:
        """How far a change is from the median change: [step, unit]."""
        return self.log - self.median[:, None]


def columns_by_kind(panel: Panel, territory: Territory) -> dict[Kind, Columns]:
    """The positions of the units of every kind that are compared with one another."""
    kinds = np.array([territory.units[unit].kind.value for unit in panel.units])
    found = {kind: np.flatnonzero(kinds == kind.value) for kind in _KINDS}
    return {kind: columns for kind, columns in found.items() if columns.size}


def steps_of(panel: Panel, variable: str, groups: Sequence[Columns]) -> Iterator[Steps]:
    """The changes of a variable, kind by kind; kinds without any are left out."""
    values = panel_of(panel, variable)
    broken = (panel.flags[panel.item_index[variable]] & np.uint8(Flag.BREAK)) != 0
    for columns in groups:
        own = values[:, columns]
        both = (own[:-1] > 0) & (own[1:] > 0) & ~broken[1:, columns]
        if both.any():
            before, after = np.where(both, own[:-1], np.nan), np.where(both, own[1:], np.nan)
            log = np.log(after / before)
            median = medians(log)
            spread = TO_SIGMA * medians(np.abs(log - median[:, None]))
            yield Steps(variable, columns, before, after, log, median, spread, both.sum(axis=1))


def medians(values: Matrix) -> NDArray[np.float64]:
    """The median of every row over its finite numbers; NaN where a row has none."""
    ordered = np.sort(values, axis=1)  # NaN stands last
    count = np.isfinite(values).sum(axis=1)
    rows = np.arange(len(values))
    low = ordered[rows, np.maximum(count - 1, 0) // 2]
    high = ordered[rows, np.minimum(count // 2, values.shape[1] - 1)]
    return np.where(count > 0, (low + high) / 2, np.nan)


def without_returns(found: Mask, direction: Matrix) -> Mask:
    """A value that is off by itself shows twice, on the way there and back: the way there stays.

    ``direction`` [step, unit] is positive for a rise.
    """
    kept = found.copy()
    for step in range(1, len(kept)):
        kept[step] &= ~(kept[step - 1] & (direction[step] * direction[step - 1] < 0))
    return kept
