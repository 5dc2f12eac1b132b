"""A flat country of gminas with features of one's own, and the naive twin of the peer list."""

import math
import statistics
from collections.abc import Mapping

import numpy as np

from smup.catalogue import Catalogue, Text
from smup.catalogue.methods import PeerFeature, PeersAlone, PeerSet
from smup.compare import Frame
from smup.panel import Panel
from smup.territory import Kind, Territory, Unit
from tests.helpers.definitions import a_catalogue

TEXT = Text(pl="słowo", en="word")
YEARS = (2022, 2023, 2024)
Row = Mapping[str, float]  # variable -> value; without a key it is not known


def a_feature(formula: str, *, log: bool = False) -> PeerFeature:
    return PeerFeature(name=TEXT, formula=formula, unit="os", decimals=0, log=log)


def a_set(name: str = "common", *, alone: PeersAlone | None = None, **weights: float) -> PeerSet:
    """The features a, b, c and ludnosc, each a variable; an area gives weights alone."""
    names = ("a", "b", "c", "ludnosc")
    features = {n: a_feature(n, log=n == "ludnosc") for n in names} if name == "common" else {}
    base = dict.fromkeys(names, 1.0) if name == "common" else {}
    return PeerSet(id=name, note=TEXT, features=features, weights=base | weights, alone=alone)


def a_frame(
    rows: Mapping[str, Row],
    *sets: PeerSet,
    earlier: Mapping[int, Mapping[str, Row]] | None = None,
    units: tuple[Unit, ...] = (),
    kind: Kind = Kind.GMINA_WIEJSKA,
) -> Frame:
    """``rows`` are values of 2024 by unit, ``earlier`` those of years before."""
    made = {u.code: u for u in units}
    for code in rows:
        made.setdefault(code, Unit(code, f"Gmina {code}", kind, code[:4], code[:2]))
    variables = ("a", "b", "c", "ludnosc")
    values = np.full((len(variables), len(YEARS), len(made)), np.nan)
    for year, of_year in {**(earlier or {}), 2024: rows}.items():
        for code, row in of_year.items():
            for name, value in row.items():
                at = variables.index(name), YEARS.index(year), list(made).index(code)
                values[at] = value
    status = np.where(np.isnan(values), 18, np.where(values == 0, 1, 0)).astype(np.uint8)
    panel = Panel(variables, YEARS, tuple(made), values, status, np.zeros_like(status))
    catalogue: Catalogue = a_catalogue().model_copy(
        update={"peers": {s.id: s for s in sets or (a_set(),)}}
    )
    empty = Panel.empty((), YEARS, tuple(made))
    return Frame(catalogue, Territory(made, (), {}), empty, panel)


def naive_peers(
    rows: Mapping[str, Row], unit: str, weights: Mapping[str, float], k: int
) -> list[tuple[str, float]]:
    """Plain loops over dictionaries: code and distance, nearest first."""
    scores = {name: _scores(rows, name) for name in ("a", "b", "c", "ludnosc")}
    used = {
        name: weight
        for name, weight in weights.items()
        if len(scores[name]) >= 0.8 * len(rows) and weight > 0
    }
    found = []
    for other in rows:
        both = [n for n in used if unit in scores[n] and other in scores[n]]
        common, total = sum(used[n] for n in both), sum(used.values())
        if other == unit or not total or common < 0.5 * total:
            continue
        squares = sum(used[n] * (scores[n][unit] - scores[n][other]) ** 2 for n in both)
        found.append((math.sqrt(squares / common / (common / total)), other))
    return [(other, distance) for distance, other in sorted(found)[:k]]


def _scores(rows: Mapping[str, Row], name: str) -> dict[str, float]:
    values = {code: row[name] for code, row in rows.items() if name in row}
    if name == "ludnosc":
        values = {code: math.log(value) for code, value in values.items() if value > 0}
    if not values:
        return {}
    middle = statistics.median(values.values())
    apart = [abs(v - middle) for v in values.values()]
    spread = statistics.median(apart) / 0.6745 or 1.253314 * statistics.fmean(apart)
    return {
        code: max(-3.5, min(3.5, (v - middle) / spread)) if spread else 0.0
        for code, v in values.items()
    }
