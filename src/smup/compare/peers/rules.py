"""Which features decide, and how much each weighs: the catalogue's word, or the reader's."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from smup.catalogue import Catalogue
from smup.catalogue.errors import nearest
from smup.compare.peers.features import all_features
from smup.panel.panel import Values

COMMON = "common"
DEFAULT_K = 15
MOST_K = 100
VARIANTS = ("smup", "cipfa")


class PeersError(ValueError):
    """A question about peers that has no answer, in one Polish sentence."""


@dataclass(frozen=True)
class PeerRules:
    """``weights`` [feature] of all features of the catalogue, in its order; 0: left out."""

    area: str | None
    features: tuple[str, ...]
    weights: Values


def rules_of(
    catalogue: Catalogue,
    area: str | None = None,
    weights: Mapping[str, float] | None = None,
    features: Sequence[str] | None = None,
) -> PeerRules:
    """The weights of the common set, changed by those of ``area`` and then by ``weights``.

    ``features`` leaves only these. Raises PeersError where the catalogue has no features, for an
    unknown area or feature, a weight that is no finite number from 0, and where nothing is left.
    """
    common = catalogue.peers.get(COMMON)
    if common is None:
        raise PeersError("Katalog definicji nie mówi, co czyni jednostki podobnymi.")
    if area is not None and area not in catalogue.areas:
        raise PeersError(f"Nie ma obszaru „{area[:80]}”{nearest(area, catalogue.areas)}.")
    names = tuple(all_features(catalogue))
    chosen = dict.fromkeys(names, 0.0) | common.weights
    if area in catalogue.peers:
        chosen |= catalogue.peers[area].weights
    for name, weight in (weights or {}).items():
        _known(name, names)
        if not (math.isfinite(weight) and weight >= 0):
            raise PeersError(f"Waga cechy „{name}” ma być liczbą od 0 wzwyż.")
        chosen[name] = weight
    for name in features or ():
        _known(name, names)
    if features is not None:
        chosen = {name: chosen[name] if name in features else 0.0 for name in names}
    if not any(chosen.values()):
        raise PeersError("Żadna cecha nie ma wagi większej od 0; podaj choć jedną.")
    return PeerRules(area, names, np.array([chosen[name] for name in names], np.float64))


def is_alone(catalogue: Catalogue, unit: str) -> bool:
    """Is the unit a stratum of its own, whose peers stand outside it?"""
    common = catalogue.peers.get(COMMON)
    return bool(common and common.alone and unit in common.alone.units)


def count_of(k: int) -> int:
    """``k`` itself. Raises PeersError outside 1-100."""
    if not 1 <= k <= MOST_K:
        raise PeersError(f"Liczba jednostek podobnych (k) ma być od 1 do {MOST_K}, a jest {k}.")
    return k


def _known(name: str, names: tuple[str, ...]) -> None:
    if name not in names:
        raise PeersError(
            f"Nie ma cechy „{name[:80]}”{nearest(name, names)}. Cechy: {', '.join(names)}."
        )
