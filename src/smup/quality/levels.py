"""Do the figures published for larger areas equal the sums of their units?"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from smup.catalogue.quality import Levels
from smup.panel import Panel
from smup.quality.breach import Breach, said
from smup.quality.rules import ROUNDING
from smup.territory import Level, Territory, Unit

_PLACES = 6  # decimals that are looked for
_LARGE = (Level.POWIAT, Level.WOJEWODZTWO, Level.KRAJ)


def level_breaches(
    panel: Panel, territory: Territory, rule: Levels, additive: Iterable[str]
) -> Iterator[Breach]:
    """Figures of powiats, województwa and the country that are not the sum of gminas and cities,
    and those of województwa and the country that are not the sum of powiats and cities.

    Only where every member existing that year has a value: an incomplete sum proves nothing.
    """
    variables = [v for v in additive if v in panel.item_index]
    values = panel.values[[panel.item_index[v] for v in variables]]  # [variable, year, unit]
    half = np.array([rounding(of_one) for of_one in values])
    for unit in (u for u in territory if u.level in _LARGE and u.code in panel.unit_index):
        for members in _divisions(territory, unit):
            if members and all(m.code in panel.unit_index for m in members):
                yield from _unlike(panel, rule, variables, values, half, unit, members)


def rounding(values: NDArray[np.float64]) -> float:
    """How far a printed figure may be from the true one: half a unit of the last decimal place that
    any of the values has. Whole numbers are counts and exact."""
    known = values[np.isfinite(values)]
    for places in range(_PLACES):
        scaled = known * 10.0**places
        if np.allclose(scaled, np.rint(scaled), rtol=1e-12, atol=1e-6):
            return 0.5 * 10.0**-places if places else ROUNDING
    return 0.5 * 10.0**-_PLACES


def _divisions(territory: Territory, unit: Unit) -> tuple[Sequence[Unit], ...]:
    small = tuple(m for m in territory.members(unit.code) if m.code != unit.code)
    return (small,) if unit.level is Level.POWIAT else (small, territory.powiats_of(unit.code))


def _unlike(
    panel: Panel,
    rule: Levels,
    variables: Sequence[str],
    values: NDArray[np.float64],
    half: NDArray[np.float64],
    unit: Unit,
    members: Sequence[Unit],
) -> Iterator[Breach]:
    column = panel.unit_index[unit.code]
    for y, year in enumerate(panel.years):
        own = values[:, y, column]
        known = np.flatnonzero(np.isfinite(own))
        if not known.size:
            continue
        existing = [panel.unit_index[m.code] for m in members if m.exists_in(year)]
        total = values[known[:, None], y, existing].sum(axis=1)
        allowed = (len(existing) + 1) * half[known]
        for at in np.flatnonzero(np.abs(own[known] - total) > allowed):
            name = variables[known[at]]
            detail = (
                f"{name} = {said(own[known[at]])}, "
                f"a suma {len(existing)} jednostek {said(total[at])}"
            )
            yield Breach("niezgodny-poziom", rule.severity, name, unit.code, year, detail)
