"""The peers of one unit, with why they are: frozen objects; ``to_dict`` gives the public JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.compare.peers.runs import RUNS
from smup.compare.peers.space import Space
from smup.panel.panel import Values
from smup.territory import Unit

Reason = Literal["not_existing", "not_compared", "unknown_place", "nobody"]


@dataclass(frozen=True)
class FeatureUse:
    """A feature that decided: its share of all weight (0-1), its year, the unit's own value."""

    id: str
    weight: float
    year: int
    value: float | None


@dataclass(frozen=True)
class Peer:
    """``distance`` in spreads (see the kernel), ``stability`` the share (0-1) of 50 changed
    look-ups in which it stays a peer, ``contributions`` the share of the squared distance each
    feature makes up (they sum to 1), ``values`` the peer's own."""

    unit: str
    distance: float
    stability: float
    contributions: Mapping[str, float]
    values: Mapping[str, float | None]

    def to_dict(self) -> dict[str, object]:
        return {
            "unit": self.unit,
            "distance": self.distance,
            "stability": self.stability,
            "contributions": dict(self.contributions),
        }


@dataclass(frozen=True)
class Peers:
    """Nearest first. Without any, ``reason`` says why: no such unit in ``year``; rows that are
    compared with nobody here (województwa, the country, sums); less than half of the features
    known; nobody of its kind. ``outside``: the unit is a stratum of its own and its peers are not
    of it. ``area`` None: the common set."""

    unit: str
    area: str | None
    year: int
    k: int
    variant: str
    peers: tuple[Peer, ...]
    features: tuple[FeatureUse, ...]
    outside: bool
    reason: Reason | None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(peer.unit for peer in self.peers)

    def to_dict(self) -> dict[str, object]:
        """The shape of ``smup peers``."""
        return {
            "unit": self.unit,
            "area": self.area,
            "year": self.year,
            "k": self.k,
            "variant": self.variant,
            "reason": self.reason,
            "outside_stratum": self.outside,
            "features": [
                {"id": one.id, "weight": one.weight, "year": one.year, "value": one.value}
                for one in self.features
            ],
            "peers": [peer.to_dict() for peer in self.peers],
        }


@dataclass(frozen=True)
class Found:
    """One look-up: places in the space of the nearest units, how far they are, how often kept."""

    peers: NDArray[np.int32]
    distance: Values
    kept: NDArray[np.uint8]


def told(
    space: Space, at: int, weights: Values, found: Found, k: int, area: str | None, variant: str
) -> Peers:
    """What was found for the unit ``at`` of the space, in words a reader can check."""
    stratum = space.stratum_of(at)
    used = space.used(stratum, weights)
    count = min(int((found.peers >= 0).sum()), k)
    listed = tuple(
        Peer(
            space.units[other],
            float(distance),
            int(kept) / RUNS,
            contributions(space, at, int(other), used),
            _values(space, int(other), used),
        )
        for other, distance, kept in zip(
            found.peers[:count], found.distance[:count], found.kept[:count], strict=True
        )
    )
    own = _values(space, at, used)
    features = tuple(
        FeatureUse(name, float(used[f] / used.sum()), int(space.years[stratum, f]), own[name])
        for f, name in enumerate(space.features)
        if used[f] > 0
    )
    return Peers(
        space.units[at],
        area,
        space.year,
        k,
        variant,
        listed,
        features,
        not space.candidate[at],
        None if listed else _why_none(space, at),
    )


def nobody(unit: Unit, area: str | None, year: int, k: int, variant: str) -> Peers:
    """The answer for a unit that is not in the space."""
    reason: Reason = "not_compared" if unit.exists_in(year) else "not_existing"
    return Peers(unit.code, area, year, k, variant, (), (), False, reason)


def contributions(space: Space, at: int, other: int, used: Values) -> dict[str, float]:
    """The share of each feature both have in the squared distance; of twins, by weight."""
    apart = used * (space.scores[0, at] - space.scores[0, other]) ** 2
    counted = (used > 0) & ~np.isnan(apart)
    parts = apart if apart[counted].sum() > 0 else used
    total = parts[counted].sum()
    return {name: float(parts[f] / total) for f, name in enumerate(space.features) if counted[f]}


def _values(space: Space, at: int, used: Values) -> dict[str, float | None]:
    return {
        name: None if np.isnan(space.raw[at, f]) else float(space.raw[at, f])
        for f, name in enumerate(space.features)
        if used[f] > 0
    }


def _why_none(space: Space, at: int) -> Reason:
    return "unknown_place" if space.among(at).any() else "nobody"
