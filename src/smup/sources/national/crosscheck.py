"""What the national system publishes against the same indicators of a release.

Both numbers are rounded: theirs to ``precision`` places, ours to the ``decimals`` of the indicator.
They differ when no number rounds to both: when they lie half a unit of the last place of each, or
more, apart. A number that stands half way (2.5 against 2 or 3) agrees with either, so that it does
not matter which way a tie was rounded. With the same number of places any difference counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Catalogue, Indicator
from smup.compute.evaluate import exact_kinds
from smup.panel import STATUS_NAMES, Panel, Status
from smup.sources.national.published import NO_PRECISION, UNREAD, Published
from smup.territory import Territory

DIFFERS, ONLY_THEIRS, ONLY_OURS = "inna-niz-krajowa", "tylko-krajowa", "tylko-nasza"
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
_ABSENT = 254  # no row at all; in place of a status


class Difference(NamedTuple):
    """One unit and year in which the two systems do not say the same.

    ``code`` is that of its finding. A gap is None, with its reason in the status: "" where there
    is nothing at all.
    """

    code: str
    indicator: str
    national: int | None
    unit: str
    year: int
    theirs: float | None
    ours: float | None
    theirs_status: str
    ours_status: str
    precision: int | None

    @property
    def size(self) -> float:
        """How far apart two values are; 0 where one is missing."""
        if self.theirs is None or self.ours is None:
            return 0.0
        return abs(self.theirs - self.ours)


@dataclass(frozen=True, slots=True)
class Compared:
    """How many cells of an indicator have a value on both sides, and how many rows of theirs could
    not be read."""

    both: int
    unread: int


@dataclass(frozen=True)
class Crosscheck:
    """``compared`` by indicator; ``differences`` in the order of indicators, years, units."""

    compared: Mapping[str, Compared]
    differences: tuple[Difference, ...]


def crosscheck(
    published: Published, panel: Panel, catalogue: Catalogue, territory: Territory
) -> Crosscheck:
    """Every indicator that stands in both. ``panel`` holds the indicators of a release.

    Only years in which the national system has a row are looked at, and only units of the kinds
    for which the catalogue names its indicators.
    """
    compared: dict[str, Compared] = {}
    differences: list[Difference] = []
    for indicator in published.indicator.names:
        one = catalogue.indicators.get(indicator)
        if one is None or indicator not in panel.item_index:
            continue
        sides = _Sides.of(published, panel, one, territory)
        compared[indicator] = Compared(
            int((sides.theirs_known & sides.ours_known).sum()), sides.unread
        )
        differences += sides.differences(one)
    return Crosscheck(compared, tuple(differences))


@dataclass(frozen=True)
class _Sides:
    """Both sides of one indicator on the same labels; all arrays are [year, unit]."""

    years: tuple[int, ...]
    units: tuple[str, ...]
    national: NDArray[np.int32]
    theirs: Floats
    theirs_status: NDArray[np.uint8]
    precision: NDArray[np.uint8]
    ours: Floats
    ours_status: NDArray[np.uint8]
    expected: Mask  # units for which the national system is to have a row
    unread: int

    @classmethod
    def of(
        cls, published: Published, panel: Panel, one: Indicator, territory: Territory
    ) -> "_Sides":
        rows = np.flatnonzero(published.indicator.reads(one.id))
        years = tuple(sorted({int(year) for year in published.year[rows]}))
        units = tuple(dict.fromkeys((*panel.units, *published.unit.names)))
        shape = len(years), len(units)
        year = np.searchsorted(years, published.year[rows])
        unit = published.unit.positions({code: i for i, code in enumerate(units)})[rows]
        national = np.zeros(shape, np.int32)
        theirs, status = np.full(shape, np.nan), np.full(shape, _ABSENT, np.uint8)
        precision = np.full(shape, NO_PRECISION, np.uint8)
        national[year, unit] = published.national[rows]
        theirs[year, unit], status[year, unit] = published.value[rows], published.status[rows]
        precision[year, unit] = published.precision[rows]
        ours, ours_status = _ours(panel, one.id, years, len(units))
        kinds = {kind for mapped in one.smup for kind in exact_kinds(mapped)}
        places = [territory.units.get(code) for code in units]
        expected = np.array([place is not None and place.kind in kinds for place in places])
        return cls(
            *(years, units, national, theirs, status, precision, ours, ours_status),
            np.broadcast_to(expected, shape),
            int((status == UNREAD).sum()),
        )

    @property
    def theirs_known(self) -> Mask:
        return np.isfinite(self.theirs)

    @property
    def ours_known(self) -> Mask:
        return np.isfinite(self.ours)

    def differences(self, one: Indicator) -> list[Difference]:
        theirs, ours = self.theirs_known, self.ours_known
        found = {
            DIFFERS: apart(self.theirs, self.ours, self.precision, one.decimals),
            ONLY_THEIRS: theirs & ~ours,
            ONLY_OURS: ours & ~theirs & self.expected & (self.theirs_status != UNREAD),
        }
        return [
            self._difference(code, one, year, unit)
            for code, where in found.items()
            for year, unit in np.argwhere(where).tolist()
        ]

    def _difference(self, code: str, one: Indicator, year: int, unit: int) -> Difference:
        at = year, unit
        precision = int(self.precision[at])
        return Difference(
            code,
            one.id,
            int(self.national[at]) or None,
            self.units[unit],
            self.years[year],
            _number(self.theirs[at]),
            _number(self.ours[at]),
            _named(self.theirs_status[at]),
            _named(self.ours_status[at]),
            None if precision == NO_PRECISION else precision,
        )


def apart(theirs: Floats, ours: Floats, precision: NDArray[np.uint8], decimals: int) -> Mask:
    """Where two known values are further apart than the rounding of both explains."""
    half = (10.0 ** -precision.astype(np.float64) + 10.0**-decimals) / 2
    # Decimals are not exact in floats: what is only just half a unit apart must count.
    slack = 8 * np.spacing(np.maximum(np.abs(theirs), np.abs(ours)))
    found: Mask = np.abs(theirs - ours) >= half - slack
    return found


def _ours(
    panel: Panel, item: str, years: tuple[int, ...], units: int
) -> tuple[Floats, NDArray[np.uint8]]:
    """Our cells on these years; the units of the panel come first, others are absent."""
    values = np.full((len(years), units), np.nan)
    status = np.full((len(years), units), _ABSENT, np.uint8)
    at = panel.item_index[item]
    for row, year in enumerate(years):
        if year in panel.year_index:
            here = panel.year_index[year]
            values[row, : len(panel.units)] = panel.values[at, here]
            status[row, : len(panel.units)] = panel.status[at, here]
    return values, status


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _named(status: int) -> str:
    return STATUS_NAMES[Status(status)] if status in _KNOWN else ""


_KNOWN = frozenset(int(status) for status in Status)
