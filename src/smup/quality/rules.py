"""Simple rules that landed figures must obey, evaluated on whole panels.

A rule is data (which variables stand in which relation); a function tells where it does not hold.
Figures that break a rule stay: they are what was published, and the finding says what is odd.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.panel import Panel
from smup.territory import Level, Territory


@dataclass(frozen=True, slots=True)
class Total:
    """``whole`` = sum of ``parts``."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """``net`` = ``plus`` - ``minus``."""

    net: str
    plus: str
    minus: str


@dataclass(frozen=True, slots=True)
class AtMost:
    """``part`` is a part of ``whole`` and cannot exceed it."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class NoLoneZero:
    """A zero between two positive years is more often a gap than a fact."""

    variable: str


Rule = Total | Balance | AtMost | NoLoneZero

RULES: tuple[Rule, ...] = (
    Total("zdarzenia_psp", ("pozary", "miejscowe_zagrozenia", "alarmy_falszywe")),
    Total("glosujacy_sejm", ("glosy_wazne_sejm", "glosy_niewazne_sejm")),
    Total("ludnosc", ("ludnosc_przedprodukcyjna", "ludnosc_produkcyjna", "ludnosc_poprodukcyjna")),
    Balance("przyrost_naturalny", "urodzenia_zywe", "zgony"),
    Balance("saldo_wewnetrzne", "naplyw_wewnetrzny", "odplyw_wewnetrzny"),
    Balance("saldo_zagraniczne", "imigracja", "emigracja"),
    AtMost("zgony_niemowlat", "zgony"),
    AtMost("glosujacy_sejm", "wyborcy_sejm"),
    AtMost("pit_na_mieszkanca", "dochody_wlasne_na_mieszkanca"),
    AtMost("bezrobotni", "ludnosc"),
    NoLoneZero("zlobki_odsetek_dzieci"),
    NoLoneZero("domy_pomocy_spolecznej"),
)


@dataclass(frozen=True, slots=True)
class Breach:
    """Where a rule does not hold: a finding code, the variable it is about, and the particulars."""

    code: str
    variable: str
    unit: str
    year: int
    detail: str


def breaches(panel: Panel, rules: Iterable[Rule] = RULES) -> Iterator[Breach]:
    """Every cell in which a rule does not hold, in the order of rules, years and units.

    A cell in which one of the variables has no value is left out; so is a rule one of whose
    variables the panel does not hold.
    """
    for rule in rules:
        if all(name in panel.item_index for name in _names(rule)):
            yield from _breaches(panel, rule)


def _names(rule: Rule) -> tuple[str, ...]:
    match rule:
        case Total(whole, parts):
            return (whole, *parts)
        case Balance(net, plus, minus):
            return (net, plus, minus)
        case AtMost(part, whole):
            return (part, whole)
        case NoLoneZero(variable):
            return (variable,)


def _breaches(panel: Panel, rule: Rule) -> Iterator[Breach]:
    match rule:
        case Total(whole, parts):
            total = np.sum([_values(panel, part) for part in parts], axis=0)
            yield from _unequal(panel, "niezgodna-suma", whole, total, " + ".join(parts))
        case Balance(net, plus, minus):
            difference = _values(panel, plus) - _values(panel, minus)
            yield from _unequal(panel, "niezgodna-roznica", net, difference, f"{plus} - {minus}")
        case AtMost(part, whole):
            yield from _greater(panel, part, whole)
        case NoLoneZero(variable):
            yield from _lone_zeros(panel, variable)


def _values(panel: Panel, variable: str) -> NDArray[np.float64]:
    """[year, unit], NaN for a gap: comparisons with NaN are false, so gaps breach nothing."""
    values: NDArray[np.float64] = panel.values[panel.item_index[variable]]
    return values


def _unequal(
    panel: Panel, code: str, variable: str, other: NDArray[np.float64], formula: str
) -> Iterator[Breach]:
    own = _values(panel, variable)
    for y, u in np.argwhere(np.abs(own - other) > 1e-6):
        detail = f"{variable} = {own[y, u]:.15g}, a {formula} = {other[y, u]:.15g}"
        yield Breach(code, variable, panel.units[u], panel.years[y], detail)


def _greater(panel: Panel, part: str, whole: str) -> Iterator[Breach]:
    small, large = _values(panel, part), _values(panel, whole)
    for y, u in np.argwhere(small > large):
        detail = f"{part} = {small[y, u]:.15g} > {whole} = {large[y, u]:.15g}"
        yield Breach("czesc-wieksza-od-calosci", part, panel.units[u], panel.years[y], detail)


def _lone_zeros(panel: Panel, variable: str) -> Iterator[Breach]:
    values = _values(panel, variable)
    inner = (values[1:-1] == 0) & (values[:-2] > 0) & (values[2:] > 0)
    for y, u in np.argwhere(inner):
        before, after = values[y, u], values[y + 2, u]
        detail = f"{variable}: 0 między {before:.15g} a {after:.15g}"
        yield Breach("samotne-zero", variable, panel.units[u], panel.years[y + 1], detail)


def level_breaches(panel: Panel, territory: Territory, additive: Iterable[str]) -> Iterator[Breach]:
    """Published figures of powiats, województwa and the country that are not the sum of members.

    Only where every member existing that year has a value: an incomplete sum proves nothing.
    """
    variables = [v for v in additive if v in panel.item_index]
    values = panel.values[[panel.item_index[v] for v in variables]]  # [variable, year, unit]
    large = (Level.POWIAT, Level.WOJEWODZTWO, Level.KRAJ)
    for unit in (u for u in territory if u.level in large and u.code in panel.unit_index):
        members = [m for m in territory.members(unit.code) if m.code != unit.code]
        if not members or any(m.code not in panel.unit_index for m in members):
            continue
        for y, year in enumerate(panel.years):
            existing = [panel.unit_index[m.code] for m in members if m.exists_in(year)]
            own, total = values[:, y, panel.unit_index[unit.code]], values[:, y, existing].sum(1)
            for v in np.flatnonzero(np.abs(own - total) > 1e-6):
                detail = (
                    f"{variables[v]} = {own[v]:.15g}, "
                    f"a suma {len(existing)} jednostek {total[v]:.15g}"
                )
                yield Breach("niezgodny-poziom", variables[v], unit.code, year, detail)
