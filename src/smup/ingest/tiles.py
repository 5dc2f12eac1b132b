"""The tile maps of Polish gminas and powiats: where their points come from, and the placing."""

import math
from collections.abc import Iterable, Mapping, Sequence

from smup.ingest.ledger import KnownYear
from smup.present.tiles import tile_map
from smup.territory.units import Level, Unit

# At the middle latitude of Poland a degree of longitude is so much shorter than one of latitude.
# For tiles of 10 km this is as good as a true projection, and exactly the same on every machine.
_SHRINK = math.cos(math.radians(52))
# East of its parent, so that the two do not stand in one point; less than a tile.
_BESIDE = 0.02


def tile_maps(
    units: Sequence[Unit], known: Iterable[KnownYear]
) -> dict[Level, dict[str, tuple[int, int]]]:
    """Tile maps of the gminas, powiats (cities in both) and województwa that exist now.

    A unit without an outline stands beside the gmina whose land it was taken from; where nobody
    has written that down, in the middle of the unit it lies in. Raises ValueError when neither has
    a known point.
    """
    now = [unit for unit in units if unit.valid_to is None]
    points = _points(now, {fact.unit: fact.parent for fact in known if fact.parent})
    gminas = [unit for unit in now if Level.GMINA in unit.levels]
    powiats = [unit for unit in now if Level.POWIAT in unit.levels]
    wojewodztwa = [unit for unit in now if Level.WOJEWODZTWO in unit.levels]
    return {
        Level.GMINA: tile_map(
            {unit.code: points[unit.code] for unit in gminas},
            {unit.code: unit.code[:2] for unit in gminas},
            {unit.code: unit.powiat or unit.code for unit in gminas},
        ),
        Level.POWIAT: tile_map(
            {unit.code: points[unit.code] for unit in powiats},
            {unit.code: unit.code[:2] for unit in powiats},
        ),
        Level.WOJEWODZTWO: tile_map({unit.code: points[unit.code] for unit in wojewodztwa}),
    }


def _points(units: Iterable[Unit], parents: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    units = [unit for unit in units if unit.levels]
    found = {
        unit.code: (unit.lon * _SHRINK, unit.lat)
        for unit in units
        if unit.lon is not None and unit.lat is not None
    }
    for unit in units:
        if unit.code not in found:
            beside = (parents.get(unit.code), *unit.parents)
            parent = next((found[code] for code in beside if code in found), None)
            if parent is None:
                raise ValueError(
                    f"Jednostka {unit.name} ({unit.code}) nie ma obrysu ani nie leży w jednostce, "
                    "która go ma; bez tego nie ma dla niej miejsca na mapie kafelkowej."
                )
            found[unit.code] = (parent[0] + _BESIDE, parent[1])
    return found
