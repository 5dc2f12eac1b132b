"""Figures on the borders of another year, against additions made by hand and by plain loops."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.catalogue import Catalogue, Indicator, Measure, Variable
from smup.compute.bridged import bridge_indicator, bridge_unit
from smup.compute.bridged_variables import Bridged, bridge_variables
from smup.compute.evaluate import evaluate
from smup.panel import Flag, Panel, Status
from smup.territory import Level, Succession, Territory
from smup.territory.bridge import CURRENT, How
from smup.territory.successions import What
from tests.helpers.country import ABOLISHED, CREATED, YEARS, country, panel_of
from tests.helpers.definitions import TEXT, a_catalogue, an_indicator
from tests.helpers.histories import FIRST, Happened, histories

BUK, GORA = "020103", "040101"
Cells = Mapping[tuple[str, int, str], float | Status]


def a_variable(
    name: str, *, additive: bool = True, scope: str = "territory", unit: str = "os"
) -> Variable:
    return Variable.model_validate(
        {
            "id": name,
            "name": TEXT,
            "unit": unit,
            "additive": additive,
            "scope": scope,
            "kinds": ("gmina", "miasto-na-prawach-powiatu", "powiat"),
            "sources": ({"source": "rejestr"},),
            "reference_day": "12-31",
        }
    )


def catalogue(*indicators: Indicator) -> Catalogue:
    variables = [
        a_variable("ludnosc"),
        a_variable("uczniowie"),
        a_variable("srednia", additive=False),
        a_variable("wydatki", scope="body"),
        a_variable("powierzchnia", unit="ha"),
    ]
    measures = [
        Measure(id="os", name=TEXT, symbol=TEXT, dimension={"os": 1}),
        Measure(id="ha", name=TEXT, symbol=TEXT, dimension={"m": 2}, scale=10000),
        Measure(id="procent", name=TEXT, symbol=TEXT, dimension={}, scale=0.01),
    ]
    return a_catalogue(*indicators).model_copy(
        update={
            "variables": {one.id: one for one in variables},
            "measures": {one.id: one for one in measures},
        }
    )


def passed(
    level: str, from_unit: str, to_unit: str, year: int, what: str, **more: object
) -> Succession:
    empty = {"territory_of": None, "share_population": None, "share_area": None}
    return Succession(
        Level(level), from_unit, to_unit, date(year, 1, 1), What(what),
        **(empty | more), source="", note="",
    )  # type: ignore[arg-type]  # fmt: skip


# Bór joined Buk in 2022; a quarter of the people of Góra became Granica in 2023
ROWS = (
    passed("gmina", ABOLISHED, BUK, 2022, "merge"),
    passed("gmina", GORA, CREATED, 2023, "split", share_population=0.25),
)


def land(*rows: Succession) -> Territory:
    return replace(country(), successions=rows or ROWS)


def people(value: float = 100.0) -> dict[tuple[str, int, str], float | Status]:
    """``value`` people everywhere but in the units that change."""
    own = {BUK: 70.0, ABOLISHED: 30.0, GORA: 400.0, CREATED: 90.0}
    return {
        ("ludnosc", year, unit.code): own.get(unit.code, value)
        for unit in country()
        for year in YEARS
        if Level.GMINA in unit.levels and unit.exists_in(year)
    }


def bridged(cells: Cells, borders: int, *rows: Succession) -> Bridged:
    items = tuple(dict.fromkeys(item for item, _, _ in cells))
    return bridge_variables(catalogue(), panel_of(cells, items), land(*rows), borders)


def how(found: Bridged, item: str, year: int, unit: str) -> How:
    return How(
        int(
            found.how[
                found.panel.item_index[item],
                found.panel.year_index[year],
                found.panel.unit_index[unit],
            ]
        )
    )


def test_a_merger_is_summed_and_marked() -> None:
    found = bridged(people(), CURRENT)
    assert found.panel.cell("ludnosc", 2021, BUK) == (100, Status.OBSERVED, Flag.BRIDGED)
    assert how(found, "ludnosc", 2021, BUK) is How.SUMMED
    assert found.panel.cell("ludnosc", 2022, BUK) == (70, Status.OBSERVED, 0)
    assert how(found, "ludnosc", 2022, BUK) is How.EXACT


def test_a_split_is_apportioned_with_its_share_and_summed_back() -> None:
    found = bridged(people(), CURRENT)
    flags = Flag.BRIDGED | Flag.ESTIMATED
    assert found.panel.cell("ludnosc", 2022, CREATED) == (100, Status.OBSERVED, flags)
    assert found.panel.cell("ludnosc", 2022, GORA) == (300, Status.OBSERVED, flags)
    assert found.told("ludnosc", 2022, GORA) == {"bridged": "apportioned", "share": {GORA: 0.75}}
    back = bridged(people(), 2022)
    assert back.panel.cell("ludnosc", 2024, GORA) == (490, Status.OBSERVED, Flag.BRIDGED)
    assert back.told("ludnosc", 2024, GORA) == {"bridged": "summed", "share": None}


def test_a_unit_that_is_not_there_has_no_row() -> None:
    found = bridged(people(), CURRENT)
    assert found.panel.cell("ludnosc", 2021, ABOLISHED) == (None, Status.NOT_EXISTING, 0)
    assert bridged(people(), 2022).panel.cell("ludnosc", 2024, CREATED)[1] is Status.NOT_EXISTING


def test_a_merger_is_not_undone() -> None:
    found = bridged(people(), 2021)
    assert found.panel.cell("ludnosc", 2023, BUK) == (None, Status.NOT_BRIDGEABLE, 0)
    assert found.panel.cell("ludnosc", 2023, ABOLISHED) == (None, Status.NOT_BRIDGEABLE, 0)
    assert how(found, "ludnosc", 2023, BUK) is How.IMPOSSIBLE


def test_what_may_not_be_added_up_is_known_only_on_the_same_borders() -> None:
    cells = {("srednia", y, u): 5.0 for y in YEARS for u in (BUK, ABOLISHED, GORA, CREATED)}
    found = bridged(cells, CURRENT)
    assert found.panel.cell("srednia", 2021, BUK) == (None, Status.NOT_BRIDGEABLE, 0)
    assert found.panel.cell("srednia", 2022, BUK) == (5, Status.OBSERVED, 0)


def test_a_new_code_keeps_also_what_may_not_be_added_up() -> None:
    rows = [passed("gmina", ABOLISHED, CREATED, 2022, "renumbered")]
    found = bridged({("srednia", 2021, ABOLISHED): 5.0}, CURRENT, *rows)
    assert found.panel.cell("srednia", 2021, CREATED) == (5, Status.OBSERVED, Flag.BRIDGED)
    assert how(found, "srednia", 2021, CREATED) is How.EXACT


def test_a_secret_part_keeps_the_sum_secret() -> None:
    found = bridged(people() | {("ludnosc", 2021, ABOLISHED): Status.CONFIDENTIAL}, CURRENT)
    assert found.panel.cell("ludnosc", 2021, BUK) == (None, Status.CONFIDENTIAL, 0)


def test_nothing_known_of_any_part_is_a_plain_gap() -> None:
    found = bridged({("srednia", 2020, "020101"): 5.0}, CURRENT)
    assert found.panel.cell("srednia", 2021, BUK)[1] is Status.NOT_COLLECTED


def test_flags_of_the_parts_stay() -> None:
    cells = people()
    flags = {("ludnosc", 2021, ABOLISHED): int(Flag.PROVISIONAL)}
    panel = panel_of(cells, ("ludnosc",), flags)
    found = bridge_variables(catalogue(), panel, land(), CURRENT)
    assert found.panel.cell("ludnosc", 2021, BUK)[2] == Flag.PROVISIONAL | Flag.BRIDGED


def test_true_zeros_stay_zeros() -> None:
    cells = people() | {("ludnosc", 2021, BUK): 0.0, ("ludnosc", 2021, ABOLISHED): 0.0}
    assert bridged(cells, CURRENT).panel.cell("ludnosc", 2021, BUK)[1] is Status.ZERO


def test_areas_are_not_shared_by_population() -> None:
    cells = {("powierzchnia", 2022, GORA): 50.0, ("ludnosc", 2022, GORA): 400.0}
    found = bridged(cells, CURRENT)
    assert found.panel.cell("powierzchnia", 2022, GORA)[1] is Status.NOT_BRIDGEABLE
    assert found.panel.cell("ludnosc", 2022, GORA)[0] == 300
    rows = [passed("gmina", GORA, CREATED, 2023, "split", share_area=0.4)]
    found = bridged(cells, CURRENT, *rows)
    assert found.panel.cell("powierzchnia", 2022, GORA)[0] == 30
    assert found.panel.cell("ludnosc", 2022, GORA)[0] == 240  # nothing better is known


def test_a_unit_without_figures_makes_its_successor_impossible() -> None:
    """It is older than every register here."""
    rows = [passed("gmina", "020199", BUK, 2022, "merge")]
    found = bridged(people(), CURRENT, *rows)
    assert found.panel.cell("ludnosc", 2021, BUK) == (None, Status.NOT_BRIDGEABLE, 0)


def test_what_a_body_does_is_not_mixed_with_a_city() -> None:
    """Miasto lost its powiat rights in 2022 to the powiat górny."""
    rows = [passed("powiat", "0461", "0401", 2022, "merge")]
    cells = {
        (item, 2021, unit): 10.0 for item in ("wydatki", "ludnosc") for unit in ("0461", "0401")
    }
    found = bridged(cells, CURRENT, *rows)
    assert found.panel.cell("ludnosc", 2021, "0401")[0] == 20
    assert found.panel.cell("wydatki", 2021, "0401")[1] is Status.NOT_BRIDGEABLE


def test_a_city_is_made_up_from_gminas_where_powiats_do_not_tell() -> None:
    """Gaj joined Miasto in 2022: a whole gmina, but an unknown part of its powiat."""
    rows = [
        passed("gmina", "040102", "0461", 2022, "merge"),
        passed("powiat", "0401", "0461", 2022, "part"),
    ]
    cells = people() | {("srednia", 2021, "0461"): 5.0}
    found = bridged(cells, CURRENT, *rows)
    assert found.panel.cell("ludnosc", 2021, "0461")[0] == 200
    assert how(found, "ludnosc", 2021, "0461") is How.SUMMED
    assert found.panel.cell("srednia", 2021, "0461")[1] is Status.NOT_BRIDGEABLE


@given(histories(all_known=True), st.integers(0, 5))
@settings(max_examples=60)
def test_people_who_stay_where_they_are_are_found_again(happened: Happened, at: int) -> None:
    """A naive twin that counts cells: whatever is not impossible is the number of people who live
    on that land, and where all of it is bridged nobody is lost or counted twice."""
    years = tuple(FIRST + n for n in range(len(happened.years)))
    to = min(at, len(years) - 1)
    territory = Territory({u.code: u for u in happened.units}, (), {}, tuple(happened.rows))
    cells = {
        ("ludnosc", FIRST + n, code): float(happened.size(there))
        for n, state in enumerate(happened.years)
        for code, there in state.items()
    }
    panel = panel_of(cells, ("ludnosc",), years=years, units=tuple(territory.units))
    found = bridge_variables(catalogue(), panel, territory, years[to])
    for year in years:
        total = 0.0
        for code, wanted in happened.years[to].items():
            value, status, flags = found.panel.cell("ludnosc", year, code)
            one = how(found, "ludnosc", year, code)
            assert (one is How.IMPOSSIBLE) == (status is Status.NOT_BRIDGEABLE)
            assert bool(flags & Flag.ESTIMATED) == (one is How.APPORTIONED)
            if value is not None:
                assert value == pytest.approx(happened.size(wanted))
            total += np.nan if value is None else value
        assert isnan(total) or total == pytest.approx(sum(happened.sizes))


PUPILS = an_indicator("uczniowie-udzial", "100 * uczniowie / ludnosc")


def on_borders(indicator: Indicator, cells: Cells, borders: int, *rows: Succession) -> Bridged:
    found, territory = catalogue(indicator), land(*rows)
    variables = panel_of(cells, tuple(dict.fromkeys(item for item, _, _ in cells)))
    published = evaluate(found, variables, territory)
    return bridge_indicator(found, variables, published, territory, indicator, borders)


def pupils() -> dict[tuple[str, int, str], float | Status]:
    found = people()
    return found | {("uczniowie", y, u): 10.0 + (u == ABOLISHED) for _, y, u in found}


def test_a_ratio_is_worked_out_from_sums_not_from_ratios() -> None:
    found = on_borders(PUPILS, pupils(), CURRENT)
    assert found.panel.cell(PUPILS.id, 2021, BUK) == (21.0, Status.OBSERVED, Flag.BRIDGED)
    assert found.told(PUPILS.id, 2021, BUK)["bridged"] == "summed"
    assert found.panel.cell(PUPILS.id, 2021, "020101") == (10.0, Status.OBSERVED, 0)


def test_a_powiat_whose_borders_stay_keeps_its_figure() -> None:
    cells, territory = pupils(), land()
    variables = panel_of(cells, ("ludnosc", "uczniowie"))
    published = evaluate(catalogue(PUPILS), variables, territory)
    found = on_borders(PUPILS, cells, CURRENT)
    for unit in ("PL", "02", "0201", "0201G", "0401", "0461"):
        for year in YEARS:
            own = published.cell(PUPILS.id, year, unit)
            assert found.panel.cell(PUPILS.id, year, unit) == own
            assert found.told(PUPILS.id, year, unit)["bridged"] == "exact"


def test_a_change_over_time_stands_on_one_territory() -> None:
    growth = an_indicator("wzrost", "100 * (ludnosc / ludnosc[-1] - 1)")
    found = on_borders(growth, people(), CURRENT)
    assert found.panel.cell("wzrost", 2022, BUK)[0] == pytest.approx(-30.0)  # 70 after 70 + 30
    assert found.told("wzrost", 2022, BUK)["bridged"] == "summed"
    assert found.panel.cell("wzrost", 2023, BUK)[0] == 0


def test_a_powiat_that_lost_a_gmina_is_made_up_from_its_members() -> None:
    """Gaj left for Miasto and is no member of the powiat górny any more."""
    rows = [
        passed("gmina", "040102", "0461", 2022, "merge"),
        passed("powiat", "0401", "0461", 2022, "part"),
    ]
    cells = {key: value for key, value in pupils().items() if key[1] < 2022 or key[2] != "040102"}
    found = on_borders(PUPILS, cells, CURRENT, *rows)
    assert found.panel.cell(PUPILS.id, 2021, "0461")[0] == 10.0
    value = found.panel.cell(PUPILS.id, 2021, "0401")[0]
    assert value == pytest.approx(100 * 20 / 500)  # Góra and Głaz
    assert found.told(PUPILS.id, 2021, "0401")["bridged"] == "summed"


def test_the_distance_from_the_country_uses_the_country_as_published() -> None:
    away = an_indicator("odleglosc", "100 * uczniowie / ludnosc", against="country")
    found = on_borders(away, pupils(), 2021)
    published = evaluate(catalogue(PUPILS), panel_of(pupils(), ("ludnosc", "uczniowie")), land())
    national = published.cell(PUPILS.id, 2021, "PL")[0]
    assert national is not None
    back = on_borders(away, pupils(), CURRENT).panel.cell("odleglosc", 2021, BUK)[0]
    assert back == pytest.approx(21.0 - national, abs=0.1)
    assert found.panel.cell("odleglosc", 2023, BUK)[1] is Status.NOT_BRIDGEABLE


@pytest.mark.parametrize("borders", [2000, 2020, 2022, CURRENT])
def test_without_a_ledger_everything_is_as_published(borders: int) -> None:
    territory = country()
    variables = panel_of(pupils(), ("ludnosc", "uczniowie"))
    found = catalogue(PUPILS)
    published = evaluate(found, variables, territory)
    one = bridge_indicator(found, variables, published, territory, PUPILS, borders)
    there = [n for n, u in enumerate(variables.units) if territory.units[u].exists_in(borders)]
    assert np.array_equal(one.panel.status[..., there], published.status[..., there])
    assert not one.moved.any()


@pytest.mark.parametrize("against", [None, "country"])
@pytest.mark.parametrize("borders", [2021, CURRENT])
def test_one_unit_alone_has_the_cells_it_has_among_all(against: str | None, borders: int) -> None:
    """What it stands on and no more is looked at: members, sum rows, those that made it up."""
    territory = land(
        passed("gmina", "040102", "0461", 2022, "merge"),
        passed("powiat", "0401", "0461", 2022, "part"),
    )
    away = an_indicator("odleglosc", "100 * uczniowie / ludnosc", against=against)
    cells = {key: value for key, value in pupils().items() if key[1] < 2022 or key[2] != "040102"}
    found, variables = catalogue(away), panel_of(cells, ("ludnosc", "uczniowie"))
    known = found, variables, evaluate(found, variables, territory), territory, away, borders
    whole = bridge_indicator(*known)
    for unit in variables.units:
        alone = bridge_unit(*known, unit)
        assert alone.panel.units == (unit,)
        for year in variables.years:
            cell = alone.panel.cell(away.id, year, unit)
            assert cell == whole.panel.cell(away.id, year, unit)
            assert alone.told(away.id, year, unit) == whole.told(away.id, year, unit)


def test_the_order_of_units_changes_nothing() -> None:
    straight = bridged(people(), CURRENT)
    cells = people()
    units = tuple(reversed(country().units))
    turned = bridge_variables(
        catalogue(), panel_of(cells, ("ludnosc",), units=units), land(), CURRENT
    )
    again = turned.panel.select(units=straight.panel.units)
    assert np.array_equal(again.values, straight.panel.values, equal_nan=True)


def test_an_indicator_without_data_is_refused() -> None:
    found = catalogue(PUPILS)
    variables = panel_of(people(), ("ludnosc",))
    with pytest.raises(KeyError):
        bridge_indicator(
            found, variables, Panel.empty((), YEARS, variables.units), land(), PUPILS, 2020
        )
