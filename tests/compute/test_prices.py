"""Constant prices: against a naive twin, and against what GUS itself announced."""

import math
from typing import Any

import numpy as np
import pytest

from smup.catalogue import Catalogue, Measure, Text
from smup.catalogue.models import Prices
from smup.compute.prices import NoPrices, in_constant_prices, price_factors
from smup.panel import Panel, Status
from tests.helpers.country import country, panel_of
from tests.helpers.definitions import a_catalogue, an_indicator

TEXT = Text(pl="Ceny.", en="Prices.")
INDEX = {2021: 105.1, 2022: 114.4, 2023: 111.4}
GMINA, OTHER = "020101", "020102"


def prices(index: dict[int, float] = INDEX) -> Prices:
    return Prices(title=TEXT, publisher="GUS", note=TEXT, previous_year_100=index)


def a_country(*changes: dict[str, Any], unit: str = "zl_os") -> Catalogue:
    measure = Measure(id=unit, name=TEXT, symbol=TEXT, dimension={"zl": 1, "os": -1})
    plain = Measure(id="procent", name=TEXT, symbol=TEXT, dimension={}, scale=0.01)
    indicators = [an_indicator("x", "a / b", unit=unit, decimals=2, scope="body")]
    indicators += [an_indicator(f"y{n}", **change) for n, change in enumerate(changes)]
    update = {"measures": {unit: measure, "procent": plain}, "prices": prices()}
    return a_catalogue(*indicators).model_copy(update=update)


def constant(cells: dict[tuple[str, int, str], float | Status], base: int = 2023) -> Panel:
    found = a_country()
    panel = panel_of(cells, ("a", "b"))
    return in_constant_prices(found, panel, country(), found.indicators["x"], base)


def twin(amount: float, year: int, base: int) -> float:
    """Year by year, one multiplication or division at a time."""
    while year < base:
        year += 1
        amount = amount * INDEX[year] / 100
    while year > base:
        amount = amount / (INDEX[year] / 100)
        year -= 1
    return amount


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023])
@pytest.mark.parametrize("base", [2020, 2021, 2022, 2023])
def test_every_year_in_prices_of_every_other(year: int, base: int) -> None:
    panel = constant({("a", year, GMINA): 700.0, ("b", year, GMINA): 3.0}, base)
    value, status, _ = panel.cell("x", year, GMINA)
    assert status is Status.OBSERVED
    assert value == pytest.approx(twin(700 / 3, year, base), abs=0.005)


def test_two_years_of_inflation() -> None:
    """100 zł of 2021 are 100 * 1.144 * 1.114 = 127.4416 zł of 2023."""
    (factor,) = price_factors(prices(), 2023, [2021])
    assert factor == pytest.approx(1.274416, abs=1e-12)


def test_prices_of_its_own_year_change_nothing() -> None:
    panel = constant({("a", 2023, GMINA): 1000.0, ("b", 2023, GMINA): 3.0})
    assert panel.cell("x", 2023, GMINA)[0] == 333.33


def test_rounded_once_from_the_full_value() -> None:
    """0.005 zł rounds to 0.01 zł in 2021; in prices of 2023 the full 0.006372 does, not 0.0127."""
    panel = constant({("a", 2021, GMINA): 0.005, ("b", 2021, GMINA): 1.0})
    assert panel.cell("x", 2021, GMINA)[0] == 0.01


def test_a_year_without_prices_is_a_gap_and_gaps_keep_their_reason() -> None:
    panel = constant(
        {
            ("a", 2024, GMINA): 5.0,
            ("b", 2024, GMINA): 1.0,
            ("a", 2024, OTHER): Status.CONFIDENTIAL,
            ("b", 2024, OTHER): 1.0,
        }
    )
    assert panel.cell("x", 2024, GMINA)[:2] == (None, Status.NOT_COLLECTED)
    assert panel.cell("x", 2024, OTHER)[:2] == (None, Status.CONFIDENTIAL)


def test_totals_of_larger_areas_are_in_the_same_prices() -> None:
    cells: dict[tuple[str, int, str], float | Status] = {}
    for unit in ("020101", "020102", "020103", "020104", "020201", "020202", "020203"):
        cells |= {("a", 2021, unit): 100.0, ("b", 2021, unit): 1.0}
    value = constant(cells).cell("x", 2021, "02")[0]
    assert value == pytest.approx(twin(100, 2021, 2023), abs=0.005)


def test_refused_where_it_has_no_sense() -> None:
    found = a_country({"formula": "100 * a / b"})
    panel = panel_of({("a", 2023, GMINA): 1.0}, ("a", "b"))
    with pytest.raises(NoPrices, match="nie jest kwotą"):
        in_constant_prices(found, panel, country(), found.indicators["y0"], 2023)
    with pytest.raises(NoPrices, match=r"Nie ma cen roku 1999\. Znane lata: 2020–2023\."):
        in_constant_prices(found, panel, country(), found.indicators["x"], 1999)


def test_a_hole_in_the_index_is_refused() -> None:
    with pytest.raises(ValueError, match="w szeregu brakuje roku 2021"):
        prices({2020: 103.4, 2022: 114.4})
    with pytest.raises(ValueError, match="nie jest indeksem cen"):
        prices({2020: 3.4})


def test_shipped_index(catalogue: Catalogue) -> None:
    """GUS, situation of the country in 2024: these nine years as announced."""
    assert catalogue.prices is not None
    index = catalogue.prices.previous_year_100
    announced = [99.4, 102.0, 101.6, 102.3, 103.4, 105.1, 114.4, 111.4, 103.6]
    assert [index[year] for year in range(2016, 2025)] == announced
    assert math.isclose(np.prod([index[y] / 100 for y in range(2016, 2021)]), 1.0898, abs_tol=1e-3)
