"""An indicator of all years on the borders of one chosen year.

A figure whose unit had the same borders in every year of its formula stands as published. The
others are worked out by the indicator's formula from bridged variables
(``smup.compute.bridged_variables``), a ratio from its numerator and denominator, never from ratios.
A figure that rests on one that cannot be bridged is none (``NOT_BRIDGEABLE``).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from smup.catalogue import Catalogue, Indicator
from smup.compute.bridged_variables import (
    Bridged,
    bridge_variables,
    levels_of,
    made_of,
    units_on,
)
from smup.compute.cells import Cells, reason_of, references, status_of
from smup.compute.evaluate import Evaluation, Evaluator
from smup.compute.formula import Node
from smup.compute.formulas import formulas_over_variables
from smup.compute.rounding import MOST_DECIMALS, round_half_away
from smup.panel import Panel, Status
from smup.panel.grouping import Mask
from smup.panel.panel import Codes
from smup.territory import Level, Territory, Unit
from smup.territory.bridge import CURRENT, How


def bridge_indicator(
    catalogue: Catalogue,
    variables: Panel,
    published: Panel,
    territory: Territory,
    indicator: Indicator,
    borders: int,
) -> Bridged:
    """One indicator on the borders of 31 December of the year ``borders``.

    ``published`` holds it on the borders of each year, on the years and units of ``variables``.
    Raises KeyError where it does not: the indicator waits for data.
    """
    units = variables.units
    return _bridged(catalogue, variables, published, territory, indicator, borders, units)


def bridge_unit(
    catalogue: Catalogue,
    variables: Panel,
    published: Panel,
    territory: Territory,
    indicator: Indicator,
    borders: int,
    unit: str,
) -> Bridged:
    """``bridge_indicator`` of one unit alone (panel, ``how`` and ``moved`` have no other), from
    the units that its figures stand on: hundreds of times less work. Raises KeyError as that does.
    """
    units = variables.units
    if indicator.against is None and territory.units[unit].level in (Level.GMINA, Level.POWIAT):
        mine = _stands_on(territory, variables, borders, unit)
        units = tuple(code for code in units if code in mine)
    found = _bridged(catalogue, variables, published, territory, indicator, borders, units)
    at = [found.panel.unit_index[unit]]
    shares = {key: share for key, share in found.shares.items() if key[1] == unit}
    panel = found.panel.select(units=[unit])
    return Bridged(borders, panel, found.how[..., at], shares, found.moved[:, at])


def _stands_on(territory: Territory, variables: Panel, borders: int, unit: str) -> set[str]:
    """The unit with its members and its sum row, what makes them up in any year, and the areas
    that every grouping knows."""
    own = unit.removesuffix("G")
    mine = {own, f"{own}G", *(one.code for one in territory.members(unit))}
    held = [code for code in variables.units if code in mine]
    areas = {one.code for one in territory if one.level in (Level.WOJEWODZTWO, Level.KRAJ)}
    return mine | areas | made_of(territory, held, variables.years, borders)


def _bridged(
    catalogue: Catalogue,
    variables: Panel,
    published: Panel,
    territory: Territory,
    indicator: Indicator,
    borders: int,
    units: tuple[str, ...],
) -> Bridged:
    """The indicator on these units, which must hold whatever their figures stand on."""
    own = published.select(items=[indicator.id], units=units)
    node = formulas_over_variables(catalogue)[indicator.id]
    needed = {name for name, _ in references(node)} | {indicator.weight or ""}
    some = variables.select(items=[item for item in variables.items if item in needed], units=units)
    bridged = bridge_variables(catalogue, some, territory, borders)
    there = as_on(territory, units, borders)
    found = _evaluated(catalogue, indicator, (some, territory), (bridged.panel, there))
    moved = _in_any_year(bridged.moved, node, some)
    how = np.where(moved, _how(bridged, node, found, territory, there), np.uint8(How.EXACT))
    impossible = moved & (how == How.IMPOSSIBLE) & _stands_on_some(found, bridged)
    panel = _with_gap(_merged(own, found.panel, moved), impossible, Status.NOT_BRIDGEABLE)
    gone = np.broadcast_to(~units_on(territory, some.units, borders), moved.shape)
    panel = _with_gap(panel, gone, Status.NOT_EXISTING)
    how = np.where(gone, np.uint8(How.IMPOSSIBLE), how)
    return Bridged(borders, panel, how[None], bridged.shares, moved)


def as_on(territory: Territory, units: tuple[str, ...], borders: int) -> Territory:
    """Those of the units that were there on the borders of the year, as if they had always been."""
    there = dict(zip(units, units_on(territory, units, borders), strict=True))

    def always(unit: Unit) -> Unit:
        return replace(unit, valid_from=None, valid_to=None if there[unit.code] else date.min)

    return replace(territory, units={code: always(territory.units[code]) for code in units})


def _evaluated(
    catalogue: Catalogue,
    indicator: Indicator,
    published: tuple[Panel, Territory],
    bridged: tuple[Panel, Territory],
) -> Evaluation:
    """The indicator from bridged variables.

    What is measured against the country is measured against the country as published: its borders
    did not move, and not everything inside it can be bridged.
    """
    if indicator.against is None:
        return Evaluator(catalogue, *bridged).evaluate([indicator.id], threads=1)
    plain = indicator.model_copy(update={"against": None, "decimals": MOST_DECIMALS})
    whole = catalogue.model_copy(
        update={"indicators": dict(catalogue.indicators) | {indicator.id: plain}}
    )
    here, all_ = (
        Evaluator(whole, *figures).evaluate([indicator.id], threads=1)
        for figures in (bridged, published)
    )
    national = all_.panel.values[..., all_.panel.unit_index["PL"], None]
    away = here.panel.values - national
    reason = reason_of(here.panel.status)
    reason = np.where(np.isnan(away) & here.panel.has_value, np.uint8(Status.MISSING), reason)
    cells = Cells(away, reason, here.panel.flags)
    values = round_half_away(away, indicator.decimals)
    return replace(here, panel=replace(here.panel, values=values, status=status_of(cells)))


def _in_any_year(moved: Mask, node: Node, panel: Panel) -> Mask:
    """[year, unit]: were the borders others in a year that the formula looks at?"""
    codes = moved.view(np.uint8)
    backs = {back for _, back in references(node)}
    found: Mask = np.any([_earlier(codes, back, panel.years) for back in backs], axis=0)
    return found


def _earlier(codes: Codes, back: int, years: tuple[int, ...]) -> Codes:
    """Each year showing the calendar year ``back`` earlier; 0 where the panel does not hold it."""
    place = {year: at for at, year in enumerate(years)}
    found = np.zeros_like(codes)
    for to, year in enumerate(years):
        if year - back in place:
            found[to] = codes[place[year - back]]
    return found


def _how(
    bridged: Bridged, node: Node, found: Evaluation, territory: Territory, there: Territory
) -> Codes:
    """[year, unit]: the worst of what a figure stands on; sums over members at best summed."""
    panel, how = bridged.panel, np.zeros(bridged.moved.shape, np.uint8)
    for name, back in references(node):
        how = np.maximum(how, _earlier(bridged.how[panel.item_index[name]], back, panel.years))
    summed = how.copy()
    for year, unit in np.argwhere(bridged.moved & ~np.isnan(found.coverage[0])):
        code = panel.units[unit]
        members = list(_members(there, panel, code))
        known = _has_todays_members(territory, code, bridged.borders)
        worst = how[year, members].max(initial=int(How.SUMMED))
        summed[year, unit] = worst if known else How.IMPOSSIBLE
    return summed


def _has_todays_members(territory: Territory, code: str, borders: int) -> bool:
    """The registers list the gminas of a powiat as they are now; on other borders nobody does."""
    own = code.removesuffix("G")
    made = [
        territory.borders.bridge(level, borders, CURRENT, "population").get(own)
        for level in levels_of(territory, code)
    ]
    return all(one is None or (one.how is How.EXACT and own in one.of) for one in made)


def _members(there: Territory, panel: Panel, code: str) -> Iterator[int]:
    for member in there.members(code):
        if member.code in panel.unit_index and member.valid_to is None:
            yield panel.unit_index[member.code]


def _stands_on_some(found: Evaluation, bridged: Bridged) -> Mask:
    """[year, unit]: has a value, or would have one with figures that cannot be bridged."""
    panel, share = found.panel, np.nan_to_num(found.coverage[0])
    broken = (bridged.panel.status == Status.NOT_BRIDGEABLE).any(axis=0)
    stands: Mask = panel.has_value[0] | (
        (panel.status[0] == Status.MISSING) & (broken | (share > 0))
    )
    return stands


def _merged(own: Panel, new: Panel, moved: Mask) -> Panel:
    """``new`` where the borders were others, else as published."""
    return replace(
        own,
        values=np.where(moved, new.values, own.values),
        status=np.where(moved, new.status, own.status),
        flags=np.where(moved, new.flags, own.flags),
    )


def _with_gap(panel: Panel, where: Mask, status: Status) -> Panel:
    return replace(
        panel,
        values=np.where(where, np.nan, panel.values),
        status=np.where(where, np.uint8(status), panel.status),
        flags=np.where(where, np.uint8(0), panel.flags),
    )
