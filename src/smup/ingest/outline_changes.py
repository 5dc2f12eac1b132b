"""Where a boundary moved between two sets of outlines, told from where it is only drawn otherwise.

Outlines are generalised: between two drawings of one border lie slivers as wide as the coarser one
is rough. How rough the two are together is read from themselves: in a few years nearly all borders
stay, so that nearly all points of one drawing would lie on the borders of the other. Land farther
than that from the unit as it was drawn before is land that came to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from smup.ingest.boundaries import Floats

FINEST = 20.0  # metres: two drawings of our download, each within ten
_STAY = 99  # per cent of points on borders that did not move
LEAST = 1.0  # hectares in all; less than this is a corner cut off, not land
_HECTARE = 10_000.0  # square metres


@dataclass(frozen=True, slots=True)
class OutlineChange:
    """Hectares beyond the tolerance that a unit gained and lost, as drawn."""

    unit: str
    gained: float
    lost: float

    def as_dict(self) -> dict[str, Any]:
        return {"unit": self.unit, "gained_ha": self.gained, "lost_ha": self.lost}


@dataclass(frozen=True)
class OutlineChanges:
    """Units whose land differs, the largest change first; ``tolerance`` in metres."""

    tolerance: float
    units: tuple[OutlineChange, ...]


def changed_outlines(
    before: Mapping[str, BaseGeometry], after: Mapping[str, BaseGeometry]
) -> OutlineChanges:
    """What differs in the units of both sets (EPSG:2180, metres)."""
    codes = sorted(before.keys() & after.keys())
    pairs = [(before[code], after[code]) for code in codes]
    tolerance = tolerance_of(pairs)
    found = []
    for code, (old, new) in zip(codes, pairs, strict=True):
        gained, lost = _beyond(new, old, tolerance), _beyond(old, new, tolerance)
        if gained + lost >= LEAST:
            found.append(OutlineChange(code, round(gained, 1), round(lost, 1)))
    found.sort(key=lambda one: (-(one.gained + one.lost), one.unit))
    return OutlineChanges(tolerance, tuple(found))


def tolerance_of(pairs: Sequence[tuple[BaseGeometry, BaseGeometry]]) -> float:
    """Metres within which nearly all points of either drawing lie on the border of the other."""
    if not pairs:
        return FINEST
    apart = (np.concatenate([_apart(pair[one], pair[1 - one]) for pair in pairs]) for one in (0, 1))
    return max(FINEST, *(round(float(np.percentile(metres, _STAY)), 1) for metres in apart))


def _apart(shape: BaseGeometry, other: BaseGeometry) -> Floats:
    """Metres of every point of the outline from the border of the other."""
    border = shapely.boundary(other)
    shapely.prepare(border)
    found: Floats = shapely.distance(shapely.points(shapely.get_coordinates(shape)), border)
    return found


def _beyond(shape: BaseGeometry, other: BaseGeometry, metres: float) -> float:
    """Hectares of the shape farther than that from the other."""
    near = shapely.buffer(other, metres, quad_segs=4)
    return float(shapely.area(shapely.difference(shape, near))) / _HECTARE
