"""Peers of every unit in every area at once, to be frozen in a release."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.catalogue.errors import nearest
from smup.compare.frame import Frame
from smup.compare.peers.lists import Found, Peers, nobody, told
from smup.compare.peers.live import look_up, space_in
from smup.compare.peers.rules import DEFAULT_K, PeersError, rules_of
from smup.compare.peers.space import EARLIER, Space
from smup.compute.parallel import each
from smup.panel.panel import Values
from smup.territory import Unit

SLICE = 128  # units one thread takes at a time


@dataclass(frozen=True)
class PeerTables:
    """The lists of all units: arrays [area, unit, k] beside the space they were found in.

    ``areas`` begin with "" for the common set; ``weights`` [area, feature]. ``peers`` are places in
    ``space.units``, -1 where there is none. Stored and opened by ``smup.store.peers``.
    """

    space: Space
    areas: tuple[str, ...]
    weights: Values
    peers: NDArray[np.int32]
    distance: Values
    kept: NDArray[np.uint8]

    @property
    def is_whole(self) -> bool:
        """Is everything there to make another list in the same space?"""
        return len(self.space.scores) == 1 + EARLIER

    def codes_of(self, unit: Unit, area: str) -> tuple[str, ...]:
        """The codes of the frozen list of a unit, nearest first; none where it can have no peers.

        Raises ValueError for an area without lists.
        """
        at = self.space.place.get(unit.code)
        if at is None:
            return ()
        found = self.peers[self.areas.index(area), at].tolist()
        return tuple(self.space.units[other] for other in found if other >= 0)

    def peers_of(self, unit: Unit, area: str | None = None) -> Peers:
        """The frozen list of a unit. Raises PeersError for an area without lists."""
        if (area or "") not in self.areas:
            known = nearest(str(area), self.areas)
            raise PeersError(f"Nie ma obszaru „{str(area)[:80]}” w tym wydaniu{known}.")
        k = self.peers.shape[2]
        at = self.space.place.get(unit.code)
        if at is None:
            return nobody(unit, area, self.space.year, k, "smup")
        number = self.areas.index(area or "")
        found = Found(self.peers[number, at], self.distance[number, at], self.kept[number, at])
        return told(self.space, at, self.weights[number], found, k, area, "smup")


def all_peers(frame: Frame, k: int = DEFAULT_K, threads: int = 2) -> PeerTables | None:
    """``peers_of`` every unit in every area and the common set; None without rules or years."""
    if not frame.catalogue.peers or not frame.variables.years:
        return None
    space = space_in(frame, frame.variables.years[-1], "robust")
    areas = ("", *frame.catalogue.areas)
    weights = np.array([rules_of(frame.catalogue, area or None).weights for area in areas])
    shape = (len(areas), len(space.units), k)
    tables = PeerTables(
        space,
        areas,
        weights,
        np.full(shape, -1, np.int32),
        np.full(shape, np.nan),
        np.zeros(shape, np.uint8),
    )
    same = [int(np.flatnonzero((weights == row).all(axis=1))[0]) for row in weights]
    slices = [
        (area, stratum, first, min(first + SLICE, end))
        for area in set(same)
        for stratum, (_, start, end) in enumerate(space.strata)
        for first in range(start, end, SLICE)
    ]

    def one(number: int) -> None:
        area, stratum, first, end = slices[number]
        found = look_up(space, stratum, weights[area], k, first, end)
        tables.peers[area, first:end] = found.peers
        tables.distance[area, first:end] = found.distance
        tables.kept[area, first:end] = found.kept

    each(one, len(slices), threads)
    for found in (tables.peers, tables.distance, tables.kept):
        found[:] = found[same]  # an area with the weights of another has its lists
    return tables
