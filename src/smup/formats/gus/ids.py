"""Integers by which the façade calls things.

An id below a million is the national system's own: its areas, and the indicators of which the
catalogue knows that they measure the same. Ours are a million and the permanent number, so that an
id somebody kept from the national system is either the same thing here or unknown, never another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from smup.catalogue import Catalogue, Indicator
from smup.catalogue.numbers import numbers_of
from smup.compute.evaluate import exact_kinds
from smup.territory import Kind, Territory, Unit

OWN = 1_000_000


@dataclass(frozen=True)
class Meant:
    """An indicator and the kinds of unit an id stands for; None: all units."""

    indicator: Indicator
    kinds: frozenset[Kind] | None = None


def of_areas(catalogue: Catalogue) -> Mapping[str, int]:
    """Areas have the numbers of the national system; ours begin at 101."""
    return numbers_of(catalogue, "area").of


def of_services(catalogue: Catalogue) -> Mapping[str, int]:
    return _own(numbers_of(catalogue, "service").of)


def of_variables(catalogue: Catalogue) -> Mapping[str, int]:
    return _own(numbers_of(catalogue, "variable").of)


def of_indicators(catalogue: Catalogue) -> Mapping[str, int]:
    """Our ids of the indicators that are shown."""
    numbers = numbers_of(catalogue, "indicator").of
    return {one.id: OWN + numbers[one.id] for one in catalogue.shown if one.id in numbers}


def of_units(territory: Territory) -> dict[str, int]:
    """``id-teryt`` of every unit but the sums of gminas of a powiat, which TERYT does not know."""
    return {
        unit.code: OWN + territory.numbers[unit.code]
        for unit in territory
        if unit.levels and unit.code in territory.numbers
    }


def meant_by(catalogue: Catalogue, id_: int) -> Meant | None:
    """The indicator of our id or of a national one, which may cover some kinds of unit only."""
    for own, number in of_indicators(catalogue).items():
        if number == id_:
            return Meant(catalogue.indicators[own])
    for one in catalogue.shown:
        for national in one.smup:
            if national.id == id_:
                return Meant(one, exact_kinds(national))
    return None


def teryt(unit: Unit) -> tuple[str, str, str, str]:
    """``woj``, ``pow``, ``gmn``, ``rodz``; empty texts below its level. A city with powiat rights
    stands as its gmina, as in the official dictionary."""
    if unit.kind is Kind.KRAJ:
        return "", "", "", ""
    code = unit.teryt6 or unit.code
    return code[:2], code[2:4], code[4:6], _RODZ.get(unit.kind, "")


_RODZ = {
    Kind.GMINA_MIEJSKA: "1",
    Kind.MIASTO: "1",
    Kind.GMINA_WIEJSKA: "2",
    Kind.GMINA_MIEJSKO_WIEJSKA: "3",
}


def _own(numbers: Mapping[str, int]) -> Mapping[str, int]:
    return {id_: OWN + number for id_, number in numbers.items()}
