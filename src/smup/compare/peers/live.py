"""Peers looked up when asked for: one unit in milliseconds, with any weights."""

from collections.abc import Mapping, Sequence

import numpy as np

from smup.compare.frame import Frame
from smup.compare.peers.kernel import walk
from smup.compare.peers.lists import Found, Peers, nobody, told
from smup.compare.peers.rules import DEFAULT_K, VARIANTS, PeersError, count_of, rules_of
from smup.compare.peers.runs import runs
from smup.compare.peers.space import Space, space_of
from smup.panel.panel import Values
from smup.territory import Unit


def peers_of(
    frame: Frame,
    unit: str,
    area: str | None = None,
    k: int = DEFAULT_K,
    weights: Mapping[str, float] | None = None,
    features: Sequence[str] | None = None,
    year: int | None = None,
    variant: str = "smup",
) -> Peers:
    """The ``k`` nearest units of the same kind to ``unit`` (code or alias), nearest first.

    ``area`` chooses the weights of the catalogue, ``weights`` and ``features`` change them
    (``rules_of``). ``year`` is by default the newest of the figures: units that exist then, in
    features of that year or of the newest before it. Lists are not symmetric.
    ``variant`` "cipfa": z-scores, every chosen feature alike, distances rebased so that the
    farthest unit of the kind is at 1 (CIPFA Nearest Neighbours model).
    Raises PeersError for an unknown unit, area, feature, variant or year, for a wrong ``k`` or
    weight, and for weights together with "cipfa". Where a unit has no peers ``reason`` says why.
    """
    asked = frame.territory.get(unit)
    if asked is None:
        raise PeersError(f"Nie ma jednostki o kodzie „{unit[:80]}”.")
    if variant not in VARIANTS:
        raise PeersError(f"Nie ma wariantu „{variant[:40]}”. Warianty: {', '.join(VARIANTS)}.")
    if variant == "cipfa" and weights:
        raise PeersError("Wariant CIPFA traktuje cechy jednakowo; wagi podaje się bez niego.")
    rules = rules_of(frame.catalogue, area, weights, features)
    count_of(k)
    year = _held(frame, year)
    space = space_in(frame, year, "classic" if variant == "cipfa" else "robust")
    if asked.code not in space.place:
        return nobody(asked, area, year, k, variant)
    at = space.place[asked.code]
    if variant == "cipfa":
        alike = (rules.weights > 0).astype(np.float64)
        found = _rebased(space, at, alike, k)
        return told(space, at, alike, found, k, area, variant)
    return told(space, at, rules.weights, _one(space, at, rules.weights, k), k, area, variant)


def nearest_codes(frame: Frame, unit: Unit, area: str) -> tuple[str, ...] | None:
    """The codes of the frozen list of the newest year; None where the unit can have none."""
    if not frame.catalogue.peers or not frame.variables.years:
        return None
    space = space_in(frame, frame.variables.years[-1], "robust")
    at = space.place.get(unit.code)
    if at is None:
        return None
    weights = rules_of(frame.catalogue, area).weights
    found = _one(space, at, weights, DEFAULT_K, steadiness=False)
    return tuple(space.units[other] for other in found.peers if other >= 0)


def space_in(frame: Frame, year: int, standard: str) -> Space:
    """``space_of``, remembered with the frame; two threads may both make it, to the same result."""
    key = (year, standard)
    if key not in frame.peer_spaces:
        frame.peer_spaces[key] = space_of(frame, year, standard=standard)
    return frame.peer_spaces[key]


def look_up(
    space: Space,
    stratum: int,
    weights: Values,
    k: int,
    first: int,
    end: int,
    *,
    penalty: bool = True,
    steadiness: bool = True,
) -> Found:
    """Arrays [unit, k] for the units ``first`` … ``end`` - 1, all of one stratum."""
    _, start, stop = space.strata[stratum]
    shape = (stop - start, k)
    peers, kept = np.full(shape, -1, np.int32), np.zeros(shape, np.uint8)
    distance = np.full(shape, np.nan)
    all_weights, versions = runs(space, stratum, weights)
    matter = np.flatnonzero(all_weights[0])
    count = len(all_weights) if steadiness else 1
    points = space.scores[:, start:stop][..., matter].swapaxes(1, 2)
    walk(
        np.ascontiguousarray(points),
        space.candidate[start:stop],
        space.large[start:stop],
        first - start,
        end - start,
        np.ascontiguousarray(all_weights[:count, matter]),
        versions[:count],
        penalty,
        peers,
        distance,
        kept,
    )
    mine = slice(first - start, end - start)
    places = np.where(peers[mine] >= 0, peers[mine] + np.int32(start), np.int32(-1))
    return Found(places, distance[mine], kept[mine])


def _one(
    space: Space,
    at: int,
    weights: Values,
    k: int,
    *,
    penalty: bool = True,
    steadiness: bool = True,
) -> Found:
    stratum = space.stratum_of(at)
    found = look_up(space, stratum, weights, k, at, at + 1, penalty=penalty, steadiness=steadiness)
    return Found(found.peers[0], found.distance[0], found.kept[0])


def _rebased(space: Space, at: int, weights: Values, k: int) -> Found:
    """Distances as shares of the farthest of all; 0 for everybody where all are alike."""
    _, first, end = space.strata[space.stratum_of(at)]
    everyone = _one(space, at, weights, end - first, penalty=False, steadiness=False)
    farthest = np.nanmax(everyone.distance, initial=0.0)
    found = _one(space, at, weights, k, penalty=False)
    if farthest == 0:
        return found
    return Found(found.peers, found.distance / farthest, found.kept)


def _held(frame: Frame, year: int | None) -> int:
    years = frame.variables.years
    if not years:
        raise PeersError("Dane nie obejmują żadnego roku.")
    if year is None:
        return years[-1]
    if year not in frame.variables.year_index:
        raise PeersError(f"Dane nie obejmują roku {year}. Lata: {years[0]}–{years[-1]}.")
    return year
