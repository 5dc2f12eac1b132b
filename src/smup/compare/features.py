"""Features of the place for expected values and for likeness at a time: measured once, then read.

The definitions are those of statistical peers (``catalogue/peers/common.yaml``);
``catalogue/expected.yaml`` chooses among them. Places change slowly and their figures come
irregularly, so a feature is taken from the year asked for or, where too few units have it then,
from the nearest year within ``REACH`` years, an earlier one before a later one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.catalogue.methods import PeerFeature
from smup.compare.frame import COVERED, Frame
from smup.compare.peers.features import feature_values
from smup.compute.formula import names, parse, substitute
from smup.compute.formulas import derived_of
from smup.compute.linear import linear_quotient
from smup.panel.panel import Values
from smup.territory import GMINA_KINDS, Kind

REACH = 5  # years
COMMON = "common"  # the peer set of every area
LeftOut = Literal["outcome", "unknown", "constant", "dependent"]


@dataclass(frozen=True)
class Feature:
    """One feature in one year; ``values`` [unit], logarithms where its definition says so, NaN for
    gaps."""

    id: str
    year: int
    values: Values


@dataclass(frozen=True)
class Features:
    """The features that can be used and why the others cannot, in catalogue order."""

    used: tuple[Feature, ...]
    left_out: dict[str, LeftOut]

    @property
    def matrix(self) -> Values:
        """[unit, feature]; at least one feature is used."""
        return np.column_stack([one.values for one in self.used])


def chosen(frame: Frame) -> dict[str, PeerFeature]:
    """The features of ``catalogue/expected.yaml`` with their definitions; {} without that file."""
    catalogue = frame.catalogue
    if catalogue.expected is None or COMMON not in catalogue.peers:
        return {}
    known = catalogue.peers[COMMON].features
    return {name: known[name] for name in catalogue.expected.features}


def measure(
    frame: Frame,
    columns: NDArray[np.intp],
    kind: Kind,
    year: int,
    explained: Indicator | None = None,
) -> Features:
    """The features of the units in ``columns`` (of ``frame.indicators``), all of one kind.

    With ``explained`` none that its area compares (weight 0 among its peers), nor one that shares
    a variable with its numerator, is used. A feature that fewer than 80 % of the units have in any
    near year is left out as unknown.
    """
    own = frame.variable_columns[columns]
    used: list[Feature] = []
    left_out: dict[str, LeftOut] = {}
    for at, (name, one) in enumerate(chosen(frame).items()):
        if not _is_for(one, kind):
            continue
        if explained is not None and _is_outcome(frame, name, explained):
            left_out[name] = "outcome"
        elif (found := _nearest(frame, at, name, own, year)) is not None:
            used.append(found)
        else:
            left_out[name] = "unknown"
    return Features(tuple(used), left_out)


def numerator(frame: Frame, indicator: str) -> set[str]:
    """Variables above the line of the formula; all of them where it is no plain quotient."""
    node = frame.formulas[indicator]
    quotient = linear_quotient(node)
    if quotient is None:
        return {name.id for name in names(node)}
    return {name.id for atom in quotient.over if atom is not None for name in names(atom)}


def _is_for(one: PeerFeature, kind: Kind) -> bool:
    return kind.value in one.kinds or ("gmina" in one.kinds and kind in GMINA_KINDS)


def _is_outcome(frame: Frame, name: str, indicator: Indicator) -> bool:
    area = frame.catalogue.peers.get(indicator.area)
    if area is not None and area.weights.get(name) == 0:
        return True
    made_of = _measured(frame).made_of[name]
    return not made_of.isdisjoint(numerator(frame, indicator.id))


def _nearest(frame: Frame, at: int, name: str, own: NDArray[np.intp], year: int) -> Feature | None:
    known_years = frame.variables.year_index
    for near in _years(year):
        if near not in known_years or not own.size:
            continue
        values = np.where(own >= 0, _measured(frame).values[at, known_years[near]][own], np.nan)
        if np.count_nonzero(~np.isnan(values)) >= COVERED * values.size:
            return Feature(name, near, values)
    return None


def _years(year: int) -> Iterator[int]:
    yield year
    for back in range(1, REACH + 1):
        yield year - back
        yield year + back


@dataclass(frozen=True)
class _Measured:
    """``values`` [feature, year, unit of ``frame.variables``] on the scale of the definitions, and
    the variables each feature is made of."""

    values: Values
    made_of: dict[str, set[str]]


def _measured(frame: Frame) -> _Measured:
    kept = frame.kept.get(__name__)
    if isinstance(kept, _Measured):
        return kept
    features, derived = chosen(frame), derived_of(frame.catalogue)
    values = feature_values(frame, features)
    for row, one in zip(values, features.values(), strict=True):
        if one.log:
            row[:] = np.log(np.where(row > 0, row, np.nan))
    made_of = {
        name: {used.id for used in names(substitute(parse(one.formula), derived))}
        if one.formula is not None
        else set()
        for name, one in features.items()
    }
    made = _Measured(values, made_of)
    frame.kept[__name__] = made
    return made
