"""Figures that stand where they can hardly have arisen twice: copied years, copied rows."""

from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Variable
from smup.catalogue.quality import Repeated, TwinRows
from smup.panel import Panel
from smup.quality.breach import Breach, said
from smup.quality.rules import Mask, Matrix, panel_of
from smup.territory import Level, Territory

Columns = NDArray[np.intp]


def repeated_breaches(panel: Panel, territory: Territory, rule: Repeated) -> Iterator[Breach]:
    """The last year of every run of equal values that is too long."""
    single = _columns(panel, territory, tuple(Level))
    for variable in panel.items:
        values = panel_of(panel, variable)[:, single]
        same = (values[1:] == values[:-1]) & (values[1:] >= rule.least)
        both = np.isfinite(values[1:]) & np.isfinite(values[:-1]) & (values[1:] >= rule.least)
        if not same.any() or same.sum() > rule.usual * both.sum():
            continue
        for year, at, length in _runs(same):
            if length >= rule.years:
                first, last = panel.years[year - length + 1], panel.years[year]
                detail = f"{variable}: {said(values[year, at])} w każdym roku {first}–{last}"
                unit = panel.units[single[at]]
                yield Breach("powtorzone-wartosci", rule.severity, variable, unit, last, detail)


def _runs(same: Mask) -> Iterator[tuple[int, int, int]]:
    """(last year, column, number of years) of every run; ``same`` [step, unit] joins two years."""
    length = np.zeros(same.shape[1], np.int64)
    for step in range(len(same) + 1):
        goes_on = same[step] if step < len(same) else np.zeros(same.shape[1], np.bool_)
        for at in np.flatnonzero(~goes_on & (length > 0)):
            yield step, int(at), int(length[at]) + 1
        length = np.where(goes_on, length + 1, 0)


def twin_breaches(
    panel: Panel, territory: Territory, rule: TwinRows, variables: Mapping[str, Variable]
) -> Iterator[Breach]:
    """Pairs of units of a level that share a whole row: of a source in a year, or of a variable in
    all years."""
    levels = [_columns(panel, territory, (level,)) for level in (Level.GMINA, Level.POWIAT)]

    def told(
        figures: Matrix, columns: Columns, variable: str | None, year: int | None, row: str
    ) -> Iterator[Breach]:
        enough = rule.years if year is None else rule.figures
        for one, other in twins(figures[:, columns], enough, rule.least):
            first, second = panel.units[columns[one]], panel.units[columns[other]]
            detail = f"{row}: {second} ma wszystkie liczby takie jak {first}"
            yield Breach("wiersz-innej-jednostki", rule.severity, variable, second, year, detail)

    for columns in levels:
        for source, items in _by_source(panel, variables).items():
            for y, year in enumerate(panel.years):
                yield from told(panel.values[items, y], columns, None, year, f"{source}, {year}")
        for item in panel.items:
            yield from told(panel_of(panel, item), columns, item, None, f"{item}, wszystkie lata")


def twins(figures: Matrix, enough: int, least: float) -> list[tuple[int, int]]:
    """Pairs of columns [row of figures, unit] that are equal, gaps included, and hold ``enough``
    different figures of at least ``least``.

    Three or more equal columns are a figure of a larger area, not a copy.
    """
    size = np.sort(np.nan_to_num(np.abs(figures)), axis=0)
    size[1:][size[1:] == size[:-1]] = 0  # a figure said twice tells nothing new
    asked = np.flatnonzero((size >= least).sum(axis=0) >= enough)
    rows = np.ascontiguousarray(np.nan_to_num(figures[:, asked].T, nan=np.inf))
    found: dict[bytes, list[int]] = {}
    for at, row in zip(asked.tolist(), rows, strict=True):
        found.setdefault(row.tobytes(), []).append(at)
    return [(alike[0], alike[1]) for alike in found.values() if len(alike) == 2]


def _columns(panel: Panel, territory: Territory, levels: Collection[Level]) -> Columns:
    """The positions of the units that stand at one of the levels."""
    kinds = [territory.units[unit].kind for unit in panel.units]
    return np.flatnonzero([any(level in kind.levels for level in levels) for kind in kinds])


def _by_source(panel: Panel, variables: Mapping[str, Variable]) -> dict[str, list[int]]:
    """The positions of the variables of a source; its first choice says of which."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(panel.items):
        for source in variables[name].sources[:1]:
            found.setdefault(source.source, []).append(at)
    return found
