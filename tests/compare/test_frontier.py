"""Who draws the frontier of a service for a unit, and what is refused in words."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from smup.catalogue import Catalogue, Factor, FrontierModel
from smup.compare import Frame
from smup.compare.frontier import MOST, Frontier, FrontierRefused, Why, frontier_of
from smup.panel import Panel, Status
from smup.territory import Kind, Territory, Unit
from tests.helpers.definitions import TEXT, a_catalogue, a_group, an_indicator

YEARS = (2023, 2024)
COUNT = 40
ITEMS = ("koszt", "efekt", "inny_efekt", "ludnosc")
MODEL = FrontierModel(
    id="usluga",
    inputs=(Factor(name=TEXT, formula="koszt", unit="zl"),),
    outputs=(
        Factor(name=TEXT, formula="efekt", unit="os"),
        Factor(name=TEXT, formula="inny_efekt", unit="os"),
    ),
    kinds=("gmina",),
    limits=TEXT,
)
CATALOGUE: Catalogue = a_catalogue(
    an_indicator("x", "efekt"),
    groups=(a_group("wiejskie", "gmina-wiejska"), a_group("powiaty", "powiat")),
).model_copy(update={"frontier": {"usluga": MODEL}})


def code(number: int) -> str:
    return f"0201{number:03d}"


def figures(count: int = COUNT, seed: int = 1) -> dict[str, dict[str, float]]:
    """Unit -> variable -> value, the same in both years."""
    rng = np.random.default_rng(seed)
    found = {}
    for number in range(1, count + 1):
        size = float(rng.uniform(100, 900))
        found[code(number)] = {
            "koszt": size * float(rng.uniform(10, 25)),
            "efekt": size,
            "inny_efekt": size * float(rng.uniform(0.1, 0.3)),
            "ludnosc": 10 * size,
        }
    return found


def a_frame(
    values: dict[str, dict[str, float]],
    gaps: dict[tuple[str, int, str], Status] | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Frame:
    units = [
        Unit("PL", "Kraj", Kind.KRAJ, None, None),
        Unit("02", "Dolina", Kind.WOJEWODZTWO, None, "02"),
        Unit("0201", "nadrzeczny", Kind.POWIAT, None, "02"),
    ]
    units += [Unit(c, f"Gmina {c}", Kind.GMINA_WIEJSKA, "0201", "02") for c in values]
    territory = Territory({u.code: u for u in units}, (), {})
    empty = Panel.empty(ITEMS, YEARS, tuple(territory.units))
    cube, status = empty.values.copy(), empty.status.copy()
    for unit, its in values.items():
        for item, value in its.items():
            at = empty.item_index[item], slice(None), empty.unit_index[unit]
            cube[at], status[at] = value, Status.ZERO if value == 0 else Status.OBSERVED
    for (item, year, unit), reason in (gaps or {}).items():
        cell = empty.item_index[item], empty.year_index[year], empty.unit_index[unit]
        cube[cell], status[cell] = np.nan, reason
    variables = replace(empty, values=cube, status=status)
    indicators = Panel.empty(("x",), YEARS, empty.units)
    return Frame(catalogue, territory, indicators, variables)


def told(found: Frontier) -> dict[str, Any]:
    return found.to_dict()


def test_the_whole_answer() -> None:
    values = figures()
    found = told(frontier_of(a_frame(values), code(3), "usluga"))
    assert (found["unit"], found["service"], found["year"]) == (code(3), "usluga", 2024)
    assert found["n"] == COUNT
    assert 0 < found["interval"]["low"] <= found["interval"]["high"] <= found["score"] <= 1
    assert sum(p["weight"] for p in found["peers"]) == pytest.approx(1)
    mix = {
        item: sum(p["weight"] * values[p["unit"]][item] for p in found["peers"]) for item in ITEMS
    }
    (spent,) = found["inputs"]
    assert spent["value"] == values[code(3)]["koszt"]
    assert spent["target"] == pytest.approx(mix["koszt"])
    assert spent["target"] <= found["score"] * spent["value"] + 1e-3
    assert [a["target"] for a in found["outputs"]] == pytest.approx(
        [mix["efekt"], mix["inny_efekt"]]
    )
    assert all(a["target"] >= a["value"] - 1e-3 for a in found["outputs"])
    assert found["without_strongest"] >= found["score"] - 1e-6


def test_the_order_of_units_does_not_matter() -> None:
    values = figures()
    turned = dict(reversed(values.items()))
    assert told(frontier_of(a_frame(turned), code(3), "usluga")) == told(
        frontier_of(a_frame(values), code(3), "usluga")
    )


def test_units_without_the_service_or_without_data_change_nothing() -> None:
    values = figures()
    more = values | {
        code(91): values[code(1)] | {"koszt": 0.0},
        code(92): values[code(1)] | {"efekt": 0.0, "inny_efekt": 0.0},
        code(93): {"ludnosc": 5000.0},
    }
    assert told(frontier_of(a_frame(more), code(3), "usluga")) == told(
        frontier_of(a_frame(values), code(3), "usluga")
    )


def test_at_most_so_many_nearest_in_population() -> None:
    values = figures(MOST + 12)
    found = frontier_of(a_frame(values), code(3), "usluga")
    own = values[code(3)]["ludnosc"]

    def ratio(unit: str) -> float:
        size = values[unit]["ludnosc"]
        return max(size / own, own / size)

    assert found.units == tuple(sorted(sorted(values, key=ratio)[:MOST]))
    lost = {u: dict(its) for u, its in values.items()}
    del lost[code(3)]["ludnosc"]
    assert refused(a_frame(lost)) == "no_population"


def test_a_year_known_for_too_few_is_passed_over() -> None:
    gaps = {("koszt", 2024, code(n)): Status.NOT_YET for n in range(1, 25)}
    assert frontier_of(a_frame(figures(), gaps), code(3), "usluga").year == 2023


def refused(frame: Frame, unit: str = code(3), service: str = "usluga") -> Why:
    with pytest.raises(FrontierRefused) as error:
        frontier_of(frame, unit, service)
    assert str(error.value).endswith(".")
    return error.value.why


def test_refusals() -> None:
    values = figures()
    assert refused(a_frame(values), service="inna") == "no_model"
    assert refused(a_frame(values), unit="0201") == "kind"
    assert refused(a_frame(figures(29))) == "no_year"
    assert refused(a_frame(figures(1)), code(1)) == "no_year"
    secret = {("efekt", year, code(3)): Status.CONFIDENTIAL for year in YEARS}
    assert refused(a_frame(values, secret)) == "missing"
    everything = {("efekt", y, u): Status.CONFIDENTIAL for y in YEARS for u in values}
    assert refused(a_frame(values, everything)) == "no_year"
    new = {("efekt", 2024, code(3)): Status.NOT_EXISTING}
    assert refused(a_frame(values, new)) == "not_existing"
    idle = values | {code(3): values[code(3)] | {"koszt": 0.0}}
    assert refused(a_frame(idle)) == "no_service"
    for n in range(1, 15):
        values[code(n)]["koszt"] = 0.0
    assert refused(a_frame(values), code(30)) == "few_units"


def test_nobody_has_any_output() -> None:
    values = {u: its | {"efekt": 0.0, "inny_efekt": 0.0} for u, its in figures().items()}
    assert refused(a_frame(values)) == "no_service"


def test_all_alike_stand_on_the_frontier_without_an_interval() -> None:
    one = figures()[code(1)]
    found = frontier_of(a_frame(dict.fromkeys(figures(), one)), code(3), "usluga")
    assert found.score == 1
    assert found.bounds is None
    assert told(found)["interval"] is None


def test_the_largest_is_efficient_by_default() -> None:
    values = figures()
    giant = {"koszt": 1e6, "efekt": 5000.0, "inny_efekt": 3000.0, "ludnosc": 50_000.0}
    found = frontier_of(a_frame(values | {code(3): giant}), code(3), "usluga")
    assert found.score == 1
    assert found.alone
    assert found.without_strongest is None


def test_an_output_nobody_has_is_left_out_of_the_sum() -> None:
    values = {u: its | {"inny_efekt": 0.0} for u, its in figures().items()}
    found = frontier_of(a_frame(values), code(3), "usluga")
    assert [a.value for a in found.outputs] == [values[code(3)]["efekt"], 0.0]


def test_shipped_models_have_services_and_words(catalogue: Catalogue) -> None:
    assert catalogue.frontier
    for name, model in catalogue.frontier.items():
        assert name in catalogue.services
        assert model.limits.pl.endswith(".")
