"""How large an invented unit is: like the real one of that name, and visibly not it.

Real population and area are moved by a factor for the country, one for the województwo, one for
the powiat and one of the unit's own, so that neither a unit nor a total can be taken for official.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from smup.demo.chance import generator
from smup.panel.panel import FIRST_GAP, Values
from smup.store.tidy import TidyTable
from smup.territory import Unit

ANCHORED = ("ludnosc", "powierzchnia_ha")  # the variables whose real values say how large units are
_COUNTRY, _WOJEWODZTWO, _POWIAT, _UNIT = 0.1, 0.03, 0.06, 0.1  # of the logarithm
_NEAREST = 0.06  # no unit comes nearer to the real value than by this logarithm


def real_sizes(tables: Sequence[TidyTable], variable: str) -> Mapping[str, float]:
    """Unit -> the newest value any table gives."""
    newest: dict[str, tuple[int, float]] = {}
    for table in tables:
        chosen = np.flatnonzero(table.variable.reads(variable) & (table.status < FIRST_GAP))
        for row in chosen.tolist():
            unit, year, value = table.unit[row], table.year[row], table.value[row]
            if int(year) >= newest.get(unit, (0, 0.0))[0]:
                newest[unit] = int(year), float(value)
    return {unit: value for unit, (_, value) in newest.items()}


def invented_sizes(
    units: Sequence[Unit], real: Mapping[str, float], variable: str, rate: float, seed: int
) -> Values:
    """[unit] the size of each; a unit without a real one is as large as the median of its kind,
    and ``rate`` where nothing is known of the kind either."""
    known = [real.get(unit.code, 0.0) for unit in units]
    kinds = [unit.kind for unit in units]
    typical = {
        kind: [size for size, its in zip(known, kinds, strict=True) if its == kind and size > 0]
        for kind in set(kinds)
    }
    middle = {kind: float(np.median(sizes)) if sizes else rate for kind, sizes in typical.items()}
    sizes = [size or middle[kind] for size, kind in zip(known, kinds, strict=True)]
    return np.array(sizes) * np.exp(_moved(units, variable, seed))


def _moved(units: Sequence[Unit], variable: str, seed: int) -> Values:
    """[unit] the logarithm of the factor between the real and the invented size."""
    rng = generator(seed, f"size {variable}")
    country = (1 if rng.random() < 0.5 else -1) * (_COUNTRY + 0.05 * rng.random())
    moved = country + _UNIT * rng.standard_normal(len(units))
    for share, owners in (
        (_WOJEWODZTWO, [unit.wojewodztwo for unit in units]),
        (_POWIAT, [unit.powiat or unit.code for unit in units]),
    ):
        names, at = np.unique(np.array(owners, str), return_inverse=True)
        moved += share * rng.standard_normal(len(names))[at]
    away = np.where(moved < 0, -1.0, 1.0)
    return np.asarray(away * np.maximum(np.abs(moved), _NEAREST))
