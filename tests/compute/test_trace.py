"""A trace is worked out by other means than the release, and must say the same of every cell."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from smup.compute.evaluate import evaluate
from smup.compute.formulas import formulas_over_variables
from smup.compute.trace import Trace, Way, trace
from smup.panel import Status
from smup.store.releases import Release, Releases
from tests.helpers.country import ABOLISHED, CITY, country, panel_of
from tests.helpers.definitions import a_catalogue, an_indicator

CELLS = 2600
POWIAT = ("020101", "020102", "020103")


@pytest.fixture(scope="module")
def release(built_home: Path) -> Release:
    return Releases(built_home).current()


def asked(release: Release) -> list[tuple[str, str, int]]:
    """Random cells, areas above the gmina as often as gminas, years with values and without."""
    panel, rng = release.indicators, random.Random(5)
    areas = [unit for unit in panel.units if len(unit) != 6]
    found = []
    for at in range(CELLS):
        item = rng.choice(panel.items)
        unit = rng.choice(areas if at % 2 else panel.units)
        years = panel.years if at % 6 == 0 else release.years_of(item)
        found.append((item, "PL" if at % 40 == 1 else unit, rng.choice(years)))
    return found


def test_random_cells_of_the_release_are_worked_out_exactly(release: Release) -> None:
    seen: Counter[tuple[Way, bool]] = Counter()
    for cell in asked(release):
        found = release.trace(*cell)
        assert found.agrees, (cell, found.found, found.stored)
        seen[found.own.way, found.stored[0] is not None] += 1
    for way in (Way.OWN, Way.SUM, Way.RATIO_OF_SUMS, Way.WEIGHTED):
        assert seen[way, True] > 20
        assert seen[way, False] > 20
    assert seen[Way.NONE, False] > 20


def test_the_share_of_an_area_is_the_coverage_of_the_release(release: Release) -> None:
    panel = release.indicators
    for name, unit, year in asked(release)[:800]:
        found = release.trace(name, unit, year)
        stored = release.coverage[
            panel.item_index[name], panel.year_index[year], panel.unit_index[unit]
        ]
        if found.own.total is None:
            assert stored != stored
        else:
            assert found.own.total.share == pytest.approx(float(stored), abs=1e-6)


def traced(formula: str, given: dict[Any, Any], unit: str, year: int = 2024, **more: Any) -> Trace:
    catalogue, panel = a_catalogue(an_indicator("x", formula, **more)), panel_of(given, ("a", "b"))
    stored = evaluate(catalogue, panel, country()).cell("x", year, unit)
    node = formulas_over_variables(catalogue)["x"]
    return trace(catalogue, panel, country(), node, ("x", unit, year), stored)


def test_a_unit_of_its_own() -> None:
    found = traced("100 * a / b", {("a", 2024, CITY): 1.0, ("b", 2024, CITY): 3.0}, CITY)
    assert found.own.way is Way.OWN
    assert found.own.numbers == {"a": 1.0, "b": 3.0}
    assert found.exact == pytest.approx(33.333333333)
    assert found.found == (33.3, Status.OBSERVED, 0)
    assert found.agrees


def test_sums_over_members_that_have_everything() -> None:
    given = {("a", 2024, unit): 10.0 for unit in POWIAT} | {
        ("b", 2024, unit): size for unit, size in zip(POWIAT, (40.0, 58.0, 2.0), strict=True)
    }
    del given["a", 2024, "020103"]
    found = traced("100 * a / b", given, "0201")
    assert found.own.way is Way.RATIO_OF_SUMS
    assert [one.used for one in found.own.members] == [True, True, False]  # 0201 of 2024 has three
    assert found.own.numbers == {"a": 20.0, "b": 98.0}
    assert found.own.total is not None
    assert found.own.total.share == 0.98
    assert found.found[0] == 20.4
    assert found.agrees


def test_the_country_is_subtracted_before_rounding() -> None:
    given = {("a", 2024, unit): 4.0 for unit in (*POWIAT, CITY)} | {("a", 2024, "PL"): 3.96}
    found = traced("a", given, CITY, against="country", aggregate="none", decimals=1)
    assert found.country is not None
    assert found.country.result.value == 3.96
    assert found.found == (0.0, Status.OBSERVED, 0)
    assert found.exact == pytest.approx(0.04)
    assert found.agrees


def test_gaps_say_which_input_is_missing() -> None:
    given = {("a", 2024, CITY): 1.0, ("b", 2024, CITY): Status.CONFIDENTIAL}
    found = traced("a / b", given, CITY)
    assert found.found == (None, Status.CONFIDENTIAL, 0)
    assert [one.status for one in found.own.given] == [Status.OBSERVED, Status.CONFIDENTIAL]
    assert traced("a / a", {("a", 2024, CITY): 0.0}, CITY).found[1] is Status.NO_DENOMINATOR
    gone = traced("a", {("a", 2024, ABOLISHED): 1.0}, ABOLISHED)
    assert (gone.own.way, gone.found[1]) == (Way.NONE, Status.NOT_EXISTING)


def test_a_release_that_says_something_else_is_found_out() -> None:
    given = {("a", 2024, CITY): 7.0}
    catalogue, panel = a_catalogue(an_indicator("x", "a")), panel_of(given, ("a",))
    node = formulas_over_variables(catalogue)["x"]
    asked = "x", CITY, 2024
    found = trace(catalogue, panel, country(), node, asked, (7.1, Status.OBSERVED, 0))
    assert not found.agrees
    assert not found.secret
