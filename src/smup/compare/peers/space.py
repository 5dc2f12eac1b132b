"""Units as points: standardised features of every unit, stratum by stratum.

A stratum is one kind of unit; nobody is a peer of another kind. Each feature is taken of the newest
year in which at least 80 % of the stratum have it. A feature without such a year is not used in
that stratum, and says nothing against anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from smup.catalogue.methods import PeerFeature
from smup.compare.frame import COVERED, Frame
from smup.compare.groups import populations
from smup.compare.peers.features import all_features, feature_values
from smup.compare.peers.standard import Mask, classic, logarithm, robust
from smup.panel.panel import Values
from smup.territory import GMINA_KINDS, Kind

KINDS = (*GMINA_KINDS, Kind.MIASTO, Kind.POWIAT)
EARLIER = 3  # years before, of which the peers are looked up again
NO_YEAR = 0


@dataclass(frozen=True)
class Space:
    """The units of all strata, one stratum after another, as they were in ``year``.

    ``strata`` are kinds with the first and last-but-one unit. ``raw`` [unit, feature] are values as
    a reader knows them, ``scores`` [version, unit, feature] standardised ones: version 0 of the
    newest years, the others of 1-3 years before (as far as these differ). NaN where not known.
    ``years`` [stratum, feature], NO_YEAR where the feature is not used. ``candidate`` [unit]: may
    it be a peer of its stratum; ``large`` [unit]: may it be a peer of those who may not.
    """

    year: int
    features: tuple[str, ...]
    units: tuple[str, ...]
    strata: tuple[tuple[Kind, int, int], ...]
    raw: Values
    scores: Values
    years: NDArray[np.int32]
    candidate: Mask
    large: Mask

    @cached_property
    def place(self) -> Mapping[str, int]:
        return {code: at for at, code in enumerate(self.units)}

    def stratum_of(self, at: int) -> int:
        """The number of the stratum in which the unit ``at`` stands."""
        return next(s for s, (_, first, end) in enumerate(self.strata) if first <= at < end)

    def used(self, stratum: int, weights: Values) -> Values:
        """The weights [feature] with those of features that the stratum does not use set to 0."""
        return np.where(self.years[stratum] == NO_YEAR, 0.0, weights)

    def among(self, at: int) -> Mask:
        """[unit of its stratum]: who may be a peer of the unit ``at``, itself left out."""
        _, first, end = self.strata[self.stratum_of(at)]
        allowed = (self.candidate if self.candidate[at] else self.large)[first:end].copy()
        allowed[at - first] = False
        return allowed


def space_of(frame: Frame, year: int, *, standard: str = "robust") -> Space:
    """All units that existed on 31 December of ``year`` in the features of the catalogue.

    ``standard`` is "robust" (sizes in logarithms, ``smup.compare.peers.standard.robust``) or
    "classic" (z-scores of the values themselves).
    """
    features = all_features(frame.catalogue)
    values = feature_values(frame, features)
    found = [_stratum(frame, kind, year) for kind in KINDS]
    held = [(kind, columns) for kind, columns in zip(KINDS, found, strict=True) if columns.size]
    ends = np.cumsum([columns.size for _, columns in held], dtype=int)
    strata = tuple(
        (kind, int(end) - columns.size, int(end))
        for (kind, columns), end in zip(held, ends, strict=True)
    )
    order = np.concatenate([columns for _, columns in held]) if held else np.empty(0, np.intp)
    units = tuple(frame.variables.units[column] for column in order)
    candidate, large = _who(frame, units)
    past = [y for y in frame.variables.years if y <= year]
    parts = [
        _standardised(features, values[:, : len(past)][..., columns], past, among, standard)
        for (_, columns), among in zip(held, np.split(candidate, ends[:-1]), strict=True)
    ]
    return Space(
        year,
        tuple(features),
        units,
        strata,
        _joined([raw for raw, _, _ in parts], (0, len(features))),
        _joined([scores for _, scores, _ in parts], (1 + EARLIER, 0, len(features)), axis=1),
        np.array([years for _, _, years in parts], np.int32).reshape(len(held), len(features)),
        candidate,
        large,
    )


def _joined(parts: list[Values], empty: tuple[int, ...], axis: int = 0) -> Values:
    return np.concatenate(parts, axis=axis) if parts else np.empty(empty)


def _stratum(frame: Frame, kind: Kind, year: int) -> NDArray[np.intp]:
    """Columns of the variables of the existing units of a kind, by code."""
    held = frame.variables.unit_index
    codes = sorted(
        unit.code
        for unit in frame.territory
        if unit.kind is kind and unit.exists_in(year) and unit.code in held
    )
    return np.array([held[code] for code in codes], np.intp)


def _who(frame: Frame, units: tuple[str, ...]) -> tuple[Mask, Mask]:
    common = frame.catalogue.peers.get("common")
    alone = common.alone if common else None
    if alone is None:
        return np.ones(len(units), bool), np.zeros(len(units), bool)
    people = populations(frame.variables)
    large = [people.get(code, 0.0) >= alone.among_population_from for code in units]
    candidate = np.array([code not in alone.units for code in units], bool)
    return candidate, np.array(large, bool) & candidate


def _standardised(
    features: Mapping[str, PeerFeature],
    values: Values,
    years: list[int],
    among: Mask,
    standard: str,
) -> tuple[Values, Values, NDArray[np.int32]]:
    """Raw [unit, feature], scores [version, unit, feature] and years [feature] of one stratum."""
    units = values.shape[-1]
    raw = np.full((units, len(features)), np.nan)
    scores = np.full((1 + EARLIER, units, len(features)), np.nan)
    chosen = np.full(len(features), NO_YEAR, np.int32)
    for f, feature in enumerate(features.values()):
        told = (~np.isnan(values[f])).sum(axis=1) >= COVERED * units
        usable = np.flatnonzero(told)
        if not usable.size:
            continue
        newest = int(usable[-1])
        chosen[f] = years[newest]
        raw[:, f] = values[f, newest]
        for version in range(1 + EARLIER):
            before = [at for at in usable if years[at] <= years[newest] - version]
            row = values[f, before[-1] if before else usable[0]]
            scores[version, :, f] = _scores(row, feature, among, standard)
    return raw, scores, chosen


def _scores(row: Values, feature: PeerFeature, among: Mask, standard: str) -> Values:
    if standard == "classic":
        return classic(row, among)
    return robust(logarithm(row) if feature.log else row, among)
