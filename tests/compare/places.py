"""A hundred and more rural gminas whose service follows from the place, with a rule of our own.

``a / ludnosc`` is 2 + 0.5 log(population) - 0.3 share of children + noise. All by plain arithmetic
from one seed, so that a test knows what must be found.
"""

import math
import random
from typing import Any

from smup.catalogue import Catalogue, Indicator, Measure, Text, Variable
from smup.catalogue.methods import ExpectedValues, PeerFeature, PeerSet
from smup.compare import Frame
from smup.compute.evaluate import evaluate
from smup.panel import Status
from smup.territory import Kind, Territory, Unit
from tests.helpers.country import panel_of
from tests.helpers.definitions import TEXT, a_catalogue, an_indicator

YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
VARIABLES = ("a", "b", "ludnosc", "dzieci", "waga")
Cells = dict[tuple[str, int, str], float | Status]

FEATURES = {
    "ludnosc": PeerFeature(name=TEXT, formula="ludnosc", unit="os", decimals=0, log=True),
    "dzieci": PeerFeature(name=TEXT, formula="100 * dzieci / ludnosc", unit="procent", decimals=1),
}


def units(count: int) -> list[Unit]:
    country = [Unit("PL", "Kraj", Kind.KRAJ, None, None)]
    country.append(Unit("02", "Dolina", Kind.WOJEWODZTWO, None, "02"))
    country.append(Unit("0201", "nadrzeczny", Kind.POWIAT, None, "02"))
    codes = [f"02{at // 90 + 1:02d}{at % 90 + 1:02d}" for at in range(count)]
    return country + [Unit(c, f"Gmina {c}", Kind.GMINA_WIEJSKA, "0201", "02") for c in codes]


def cells_of(codes: list[str], seed: int = 1, noise: float = 0.1) -> Cells:
    """Every year of every gmina."""
    draw = random.Random(seed)
    cells: Cells = {}
    for code in codes:
        people = round(math.exp(draw.uniform(7, 10)))
        share = draw.uniform(12, 26)
        level = 20 + 0.5 * math.log(people) - 0.3 * share + draw.gauss(0, noise)
        for year in YEARS:
            cells["ludnosc", year, code] = people
            cells["dzieci", year, code] = share * people / 100
            cells["a", year, code] = level * people / 100
            cells["b", year, code] = 10 * people
            cells["waga", year, code] = people
    return cells


def catalogue_of(*indicators: Indicator, **changes: Any) -> Catalogue:
    """With the features above, the variables a (places), b (kilometres) and the bases."""
    persons = Measure(id="os", name=TEXT, symbol=TEXT, dimension={"os": 1})
    places = Measure(id="miejsce", name=TEXT, symbol=TEXT, dimension={"miejsce": 1})
    km = Measure(id="km", name=TEXT, symbol=TEXT, dimension={"m": 1})
    variables = {
        one.id: one
        for one in (
            _variable("a", "miejsce"),
            _variable("b", "km"),
            _variable("ludnosc", "os"),
            _variable("dzieci", "os"),
            _variable("waga", "os", additive=False),
        )
    }
    settings = {
        "measures": {one.id: one for one in (persons, places, km)},
        "variables": variables,
        "peers": {
            "common": PeerSet(
                id="common",
                note=TEXT,
                features=FEATURES,
                weights=dict.fromkeys(FEATURES, 1.0),
                bases=("ludnosc",),
            )
        },
        "expected": ExpectedValues(features=tuple(FEATURES), note=TEXT),
    }
    return a_catalogue(*indicators).model_copy(update=settings | changes)


def _variable(name: str, unit: str, additive: bool = True) -> Variable:
    return Variable(
        id=name,
        name=Text(pl=name, en=name),
        unit=unit,
        additive=additive,
        scope="territory",
        kinds=("gmina",),
        reference_day="12-31",
    )


def a_rate(name: str = "wskaznik", formula: str = "100 * a / ludnosc", **changes: Any) -> Indicator:
    """Of gminas, of a service, three decimals."""
    settings: dict[str, Any] = {"service": "usluga", "decimals": 3, "kinds": ("gmina",)}
    return an_indicator(name, formula, **(settings | changes))


def frame_of(
    cells: Cells, *indicators: Indicator, count: int = 120, order: int = 1, **changes: Any
) -> Frame:
    """``order`` -1 turns the units round."""
    found = units(count)[::order]
    territory = Territory({one.code: one for one in found}, (), {})
    catalogue = catalogue_of(*indicators, **changes)
    codes = tuple(one.code for one in found)
    variables = panel_of(cells, VARIABLES, years=YEARS, units=codes)
    return Frame(catalogue, territory, evaluate(catalogue, variables, territory), variables)


def codes_of(count: int = 120) -> list[str]:
    return [one.code for one in units(count)[3:]]
