"""Positions of all units in all indicators and years at once, for a release.

``compare_unit`` answers for one unit with the same kernel; this is for rankings, maps and files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.frame import OUTSIDE, Frame
from smup.compare.groups import STRATA, stratum
from smup.compare.kernels import ENOUGH_PERCENT, FEWEST, STATISTICS, Parts, Ranked
from smup.compare.ranking import Scale, empty_ranked, make_parts, rank_into
from smup.compare.score import best_first, distance_to_target
from smup.panel.panel import Codes, Values
from smup.territory import Level, Unit

COMPARATORS = ("kraj", "wojewodztwo", "group")


@dataclass(frozen=True)
class Summary:
    """Five numbers of a part in one year (Hyndman-Fan 7) and how many units stand behind them."""

    n: int
    with_data: int
    low: float
    q1: float
    median: float
    q3: float
    high: float

    @property
    def is_telling(self) -> bool:
        """Are there enough units with data for a place among them to mean something?"""
        return self.with_data >= FEWEST and 100 * self.with_data >= ENOUGH_PERCENT * self.n


@dataclass(frozen=True)
class Positions:
    """Where every unit of one role stands, and statistics of every part it stands in.

    Axes: item = ``items``, comparator = ``COMPARATORS``, year = ``years``, unit = ``units`` (those
    of the role), part = ``parts``, statistic = ``STATISTICS``. A part is
    ``kraj``, ``wojewodztwo:02`` or ``group:<id>``; with the suffix ``:miasta`` it holds the cities
    with powiat rights of indicators that compare them apart.

    ``position`` [item, comparator, year, unit] is 0 where none is given: no value, less than 70 %
    of members or fewer than 8 with data; so are ``percentile`` (0-100, larger is better placed,
    ties at mid-rank) and ``quartile`` (1 best) [item, year, unit], which are within the country.
    ``members`` (existing units to which the indicator applies) and ``with_data`` are [item, year,
    part], ``statistics`` [item, year, part, statistic].
    """

    role: Level
    items: tuple[str, ...]
    years: tuple[int, ...]
    units: tuple[str, ...]
    parts: tuple[str, ...]
    position: NDArray[np.uint16]
    percentile: NDArray[np.float32]
    quartile: NDArray[np.uint8]
    members: NDArray[np.uint16]
    with_data: NDArray[np.uint16]
    statistics: NDArray[np.float64]

    def summary(self, item: str, year: int, part: str) -> Summary | None:
        """The summary of a part; None where none of its units has a value, or there is no part.

        Raises ValueError for an unknown item or year.
        """
        if part not in self.parts:
            return None
        at = self.items.index(item), self.years.index(year), self.parts.index(part)
        with_data = int(self.with_data[at])
        if not with_data:
            return None
        shown = dict(zip(STATISTICS, self.statistics[at].tolist(), strict=True))
        five = (shown[name] for name in ("min", "q1", "median", "q3", "max"))
        return Summary(int(self.members[at]), with_data, *five)

    @property
    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The arrays by name, for storing."""
        return {name: getattr(self, name) for name in Ranked._fields}

    @property
    def labels(self) -> dict[str, tuple[str, ...] | tuple[int, ...]]:
        """The labels of every axis, for storing."""
        return {
            "item": self.items,
            "comparator": COMPARATORS,
            "year": self.years,
            "unit": self.units,
            "part": self.parts,
            "statistic": STATISTICS,
        }


def all_positions(frame: Frame, threads: int = 2) -> dict[Level, Positions]:
    """``positions`` of the roles gmina, powiat and województwo."""
    return {
        role: positions(frame, role, threads)
        for role in (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)
    }


def positions(frame: Frame, role: Level, threads: int = 2) -> Positions:
    """Positions of all indicators of the frame at one level."""
    ranker = Ranker(frame, role)
    return ranker.positions(ranker.rank(0, len(frame.indicators.items), threads))


class Ranker:
    """What ranking at a level needs beside the values, worked out once for all indicators.

    Items are independent of one another, so any split into blocks gives the same positions.
    """

    def __init__(self, frame: Frame, role: Level) -> None:
        self._frame, self._role = frame, role
        catalogue = frame.catalogue
        self._indicators = [catalogue.indicators[item] for item in frame.indicators.items]
        self._names, self._labelled = part_labels(frame, self._indicators, role)

    def rank(self, first: int, last: int, threads: int = 2) -> Ranked:
        """Items ``first`` up to below ``last`` of the panel; the axis of items begins at first."""
        panel, role = self._frame.indicators, self._frame.role(self._role)
        mine = slice(first, last)
        values, status = panel.values[mine], panel.status[mine]
        shape = (len(values), len(panel.years), len(role.units))
        out = empty_ranked(*shape, len(COMPARATORS), len(self._names))
        chosen = self._indicators[mine]
        scale = Scale.of([i.decimals for i in chosen], [best_first(i) for i in chosen])
        for numbers, parts in self._labelled:
            items = [number - first for number in numbers if first <= number < last]
            rank_into(out, values, status, items, role.columns, scale, parts, threads)
            for item in items:
                if chosen[item].target is not None:
                    block = values[item], status[item]
                    _by_target(out, block, item, chosen[item], role.columns, parts)
        return out

    def positions(self, ranked: Ranked) -> Positions:
        """The positions of all items, labelled."""
        panel = self._frame.indicators
        units = tuple(unit.code for unit in self._frame.role(self._role).units)
        return Positions(self._role, panel.items, panel.years, units, self._names, *ranked)


def _by_target(
    out: Ranked,
    block: tuple[Values, Codes],
    item: int,
    indicator: Indicator,
    columns: NDArray[np.intp],
    parts: Parts,
) -> None:
    """Replace the positions of an item by those of its distance to the target; keep statistics.

    ``block`` holds its values and statuses [year, column].
    """
    values, status = block
    distance, decimals = distance_to_target(values, indicator)
    years, groupings = distance.shape[0], len(parts.labels)
    alone = empty_ranked(1, years, len(columns), groupings, len(parts.size))
    scale = Scale.of([decimals], [False])
    rank_into(alone, distance[None], status[None], [0], columns, scale, parts, threads=1)
    for name in ("position", "percentile", "quartile"):
        getattr(out, name)[item] = getattr(alone, name)[0]


def group_part(frame: Frame, unit: Unit, indicator: Indicator, role: Level) -> str | None:
    """The part a unit is set beside: its fixed group, for a województwo all of them.

    A unit that takes no part in comparisons of the indicator has none.
    """
    comparator = "kraj" if role is Level.WOJEWODZTWO else "group"
    return part_of(frame, unit, indicator, role, comparator)


def part_of(
    frame: Frame, unit: Unit, indicator: Indicator, role: Level, comparator: str
) -> str | None:
    """The part of a comparator (one of ``COMPARATORS``) in which a unit stands; None where it takes
    no part in comparisons of the indicator, or has no such comparator."""
    found = stratum(unit, indicator, role)
    if found is None or (role is Level.WOJEWODZTWO and comparator != "kraj"):
        return None
    key = {
        "kraj": "PL",
        "wojewodztwo": unit.wojewodztwo,
        "group": frame.groups.get(unit.code),
    }[comparator]
    return _part_name(comparator, key, STRATA.index(found))


def group_columns(frame: Frame, unit: Unit, indicator: Indicator, role: Level) -> NDArray[np.intp]:
    """Columns in the panel of indicators of the units of ``group_part``; none where it is none."""
    units = frame.role(role)
    found = stratum(unit, indicator, role)
    if found is None:
        return np.empty(0, np.intp)
    alike = frame.strata(indicator, role) == STRATA.index(found)
    if role is not Level.WOJEWODZTWO:
        alike &= units.group == frame.groups.get(unit.code, "")
    columns: NDArray[np.intp] = units.columns[alike]
    return columns


def part_labels(
    frame: Frame, indicators: Sequence[Indicator], role: Level
) -> tuple[tuple[str, ...], list[tuple[list[int], Parts]]]:
    """Names of all parts, and the items that share a way of dividing the units, each with it.

    Items differ in which units take part and whether cities stand apart; the parts are numbered
    alike for all of them.
    """
    alike: dict[bytes, list[int]] = {}
    for at, indicator in enumerate(indicators):
        alike.setdefault(frame.strata(indicator, role).tobytes(), []).append(at)
    items = list(alike.values())
    named = [_part_names(frame, role, indicators[its[0]]) for its in items]
    names = sorted(
        {name for rows in named for row in rows for name in row if name is not None},
        key=lambda name: (COMPARATORS.index(name.split(":")[0]), name),
    )
    number = {name: at for at, name in enumerate(names)} | {None: -1}
    labels = [np.array([[number[name] for name in row] for row in rows]) for rows in named]
    return tuple(names), [
        (its, make_parts(numbers, len(names))) for its, numbers in zip(items, labels, strict=True)
    ]


def _part_names(frame: Frame, role: Level, indicator: Indicator) -> list[list[str | None]]:
    """For each comparator the part of every unit, or None."""
    units, strata = frame.role(role), frame.strata(indicator, role)
    everywhere = {
        "kraj": ["PL"] * len(units.units),
        "wojewodztwo": [] if role is Level.WOJEWODZTWO else units.wojewodztwo.tolist(),
        "group": units.group.tolist(),
    }
    return [
        [_part_name(comparator, key, stratum) for key, stratum in zip_longest(keys, strata)]
        for comparator, keys in everywhere.items()
    ]


def _part_name(comparator: str, key: str | None, stratum: int) -> str | None:
    if not key or stratum == OUTSIDE:
        return None
    shown = "" if comparator == "kraj" else key
    return ":".join(filter(None, (comparator, shown, STRATA[stratum])))
