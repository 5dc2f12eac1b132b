"""The units that figures are invented for, and what the figures of one unit have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.demo.chance import generator
from smup.panel.grouping import Grouping, Mask, existence
from smup.panel.panel import Values
from smup.territory import GMINA_KINDS, Kind, Territory, Unit

YEARS = tuple(range(2010, 2026))
BASE_KINDS = (*GMINA_KINDS, Kind.MIASTO, Kind.POWIAT)  # larger areas are added up from these


@dataclass(frozen=True)
class Country:
    """Gminas, cities with powiat rights and powiats. Arrays are [unit] unless said otherwise.

    ``wealth`` and ``urbanity`` are standard scores; ``region`` numbers the powiat a unit lies in
    or is; ``powiats`` makes powiats of their gminas.
    """

    units: tuple[Unit, ...]
    exists: Mask  # [year, unit]
    region: NDArray[np.intp]
    powiats: Grouping
    wealth: Values
    urbanity: Values

    @property
    def shape(self) -> tuple[int, int]:
        return len(YEARS), len(self.units)

    def of_kind(self, *kinds: Kind) -> Mask:
        return np.array([unit.kind in kinds for unit in self.units], bool)

    def with_powiats(self, values: Values) -> Values:
        """[year, unit] with each powiat the sum of the gminas that existed."""
        summed = values.copy()
        summed[:, self.powiats.rows] = self.powiats.sums(values, self.exists)
        return summed


def base_units(territory: Territory) -> tuple[Unit, ...]:
    return territory.of_kind(BASE_KINDS)


def make_country(territory: Territory, sizes: Mapping[str, Values], seed: int) -> Country:
    """``sizes`` gives population and area of ``base_units``, powiats left open."""
    units = base_units(territory)
    columns = {unit.code: at for at, unit in enumerate(units)}
    powiats = Grouping.of(
        {u.code: [m.code for m in territory.members(u.code)] for u in units if _is_powiat(u)},
        columns,
    )
    region = np.unique([unit.powiat or unit.code for unit in units], return_inverse=True)[1]
    people, area = sizes.values()
    urbanity = _of_powiats(_standard(np.log(people / area)), people, powiats)
    return Country(
        units,
        existence(territory, YEARS, columns),
        region,
        powiats,
        _of_powiats(_wealth(units, urbanity, region, seed), people, powiats),
        urbanity,
    )


def _is_powiat(unit: Unit) -> bool:
    return unit.kind is Kind.POWIAT


def _wealth(units: Sequence[Unit], urbanity: Values, region: NDArray[np.intp], seed: int) -> Values:
    """Cities are richer; beyond that neighbours are alike."""
    rng = generator(seed, "wealth")
    names, province = np.unique([str(u.wojewodztwo) for u in units], return_inverse=True)
    return _standard(
        0.5 * urbanity
        + 0.35 * rng.standard_normal(len(names))[province]
        + 0.4 * rng.standard_normal(int(region.max()) + 1)[region]
        + 0.6 * rng.standard_normal(len(units))
    )


def _standard(values: Values) -> Values:
    """Standard scores without extremes, for factors are powers of them; 0 where all are alike."""
    spread = max(float(values.std()), 1e-9)
    return np.asarray(np.clip((values - values.mean()).round(12) / spread, -2.5, 2.5))


def _of_powiats(scores: Values, people: Values, powiats: Grouping) -> Values:
    """``scores`` with each powiat the mean of its gminas, weighted by people."""
    everyone = np.ones(len(scores), bool)
    whole = scores.copy()
    whole[powiats.rows] = powiats.sums(scores * people, everyone) / powiats.sums(people, everyone)
    return whole
