"""What is known about places: every feature of the catalogue for every unit and year."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Catalogue
from smup.catalogue.methods import PeerFeature
from smup.compare.frame import Frame
from smup.compare.groups import populations
from smup.compute.aggregate import Rule, add_up
from smup.compute.cells import Source, evaluate_cells
from smup.compute.formula import Node, names, parse, substitute
from smup.compute.formulas import derived_of
from smup.compute.linear import is_linear, is_linear_quotient
from smup.panel.grouping import existence, gmina_grouping
from smup.panel.panel import Values
from smup.territory import GMINA_KINDS, Kind, Unit

EARTH_KM = 6371.0088  # mean radius (IUGG)


def all_features(catalogue: Catalogue) -> dict[str, PeerFeature]:
    """The features of every file, the common ones first."""
    return {name: one for set_ in catalogue.peers.values() for name, one in set_.features.items()}


def feature_values(frame: Frame, features: Mapping[str, PeerFeature]) -> Values:
    """[feature, year, unit of ``frame.variables``]; NaN where a feature is not known.

    Formulas are computed like indicators: a powiat's row is the published figure, else made of the
    sums of its gminas where at least 90 % of them are known. A feature is known only for its kinds.
    """
    panel = frame.variables
    found = np.full((len(features), len(panel.years), len(panel.units)), np.nan)
    exists = existence(frame.territory, panel.years, panel.units)
    kinds = [frame.territory.units[code].kind for code in panel.units]
    for at, feature in enumerate(features.values()):
        if feature.formula is None:
            found[at] = _distances(frame, float(feature.to_city_from or 0))
        else:
            found[at] = _computed(frame, feature.formula)
        found[at][:, [not _is_for(feature, kind) for kind in kinds]] = np.nan
    found[:, ~exists] = np.nan
    return found


def _is_for(feature: PeerFeature, kind: Kind) -> bool:
    return kind.value in feature.kinds or (kind in GMINA_KINDS and "gmina" in feature.kinds)


def _computed(frame: Frame, formula: str) -> Values:
    node = substitute(parse(formula), derived_of(frame.catalogue))
    panel, source = frame.variables, Source(frame.variables)
    own = evaluate_cells(node, source, panel.values.shape[1:])
    members = (*GMINA_KINDS, Kind.MIASTO)
    grouping = gmina_grouping(frame.territory, panel.unit_index, members, powiats=True)
    rule = Rule(node, _aggregate(frame.catalogue, node), (grouping,))
    return add_up(rule, own, source)[0].values


def _aggregate(catalogue: Catalogue, node: Node) -> str:
    """How a powiat follows from its gminas: only where every variable may be added up."""
    used = [catalogue.variables.get(name.id) for name in names(node)]
    if not all(one is not None and one.additive for one in used):
        return "none"
    if is_linear(node):
        return "sum"
    return "ratio_of_sums" if is_linear_quotient(node) else "none"


def _distances(frame: Frame, population_from: float) -> Values:
    """[unit]: kilometres to the nearest other city with powiat rights of that population.

    Straight lines between the points of the units (the same for every year). NaN without a point
    or without such a city.
    """
    people = populations(frame.variables)
    units = [frame.territory.units[code] for code in frame.variables.units]
    cities = [
        unit
        for unit in frame.territory
        if unit.kind is Kind.MIASTO
        and unit.lon is not None
        and people.get(unit.code, 0.0) >= population_from
    ]
    if not cities:
        return np.full(len(units), np.nan)
    between = great_circle(_points(units)[:, None], _points(cities)[None])
    same = np.array([[unit.code == city.code for city in cities] for unit in units])
    nearest = np.where(same, np.inf, between).min(axis=1)
    return np.where(np.isfinite(nearest), nearest, np.nan)


def _points(units: list[Unit]) -> NDArray[np.float64]:
    return np.array([[u.lon, u.lat] for u in units], np.float64)


def great_circle(a: NDArray[np.float64], b: NDArray[np.float64]) -> Values:
    """Kilometres between points [..., (longitude, latitude)] in degrees: haversine on a sphere."""
    lon_a, lat_a = np.moveaxis(np.radians(a), -1, 0)
    lon_b, lat_b = np.moveaxis(np.radians(b), -1, 0)
    half = (
        np.sin((lat_b - lat_a) / 2) ** 2
        + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))
