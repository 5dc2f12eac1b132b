"""Amounts of different years in the prices of one year.

Method: the yearly average consumer price index, previous year = 100, chained. An amount of year t
in prices of year b is multiplied by the product of index/100 over the years after t up to b (for
b before t: divided by those after b up to t). Sources: catalogue/prices.yaml.
"""

from collections.abc import Sequence

import numpy as np

from smup.catalogue import Catalogue, Indicator
from smup.catalogue.models import Prices
from smup.compute.evaluate import evaluate, is_amount
from smup.compute.formula import names
from smup.compute.formulas import formulas_of, formulas_over_variables
from smup.panel import Panel
from smup.panel.panel import Values
from smup.territory import Territory


class NoPrices(ValueError):
    """Constant prices cannot be given; one Polish sentence says why."""


def price_factors(prices: Prices, base: int, years: Sequence[int]) -> Values:
    """[year]: how much one złoty of each year is worth in prices of ``base``; NaN where unknown.

    Raises NoPrices when the prices of ``base`` are not known.
    """
    known = prices.years
    if base not in known:
        raise NoPrices(f"Nie ma cen roku {base}. Znane lata: {known[0]}–{known[-1]}.")
    level = {known[0]: 1.0}  # prices of each year in those of the first
    for year in known[1:]:
        level[year] = level[year - 1] * prices.previous_year_100[year] / 100
    return np.array([level[base] / level[y] if y in level else np.nan for y in years])


def in_constant_prices(
    catalogue: Catalogue, variables: Panel, territory: Territory, indicator: Indicator, base: int
) -> Panel:
    """One złoty indicator on all years and units of ``variables``, in prices of ``base``.

    Worked out from the variables and rounded once, last; years without known prices are gaps.
    Raises NoPrices for an indicator that is no amount and for a year without known prices.
    """
    if catalogue.prices is None or not is_amount(catalogue, indicator):
        raise NoPrices(f"Wskaźnik „{indicator.id}” nie jest kwotą, więc nie ma cen stałych.")
    factors = price_factors(catalogue.prices, base, variables.years)
    needed = [name.id for name in names(formulas_over_variables(catalogue)[indicator.id])]
    if indicator.weight is not None and indicator.weight not in needed:
        needed.append(indicator.weight)
    alone = catalogue.model_copy(update={"indicators": _with_references(catalogue, indicator)})
    panel = evaluate(alone, variables.select(items=needed), territory, price_factors=factors)
    return panel.select(items=[indicator.id])


def _with_references(catalogue: Catalogue, indicator: Indicator) -> dict[str, Indicator]:
    """The indicator and those its formula stands on."""
    formulas, found, open_ = formulas_of(catalogue), dict[str, Indicator](), [indicator.id]
    while open_:
        one = open_.pop()
        found[one] = catalogue.indicators[one]
        open_ += [n.id for n in names(formulas[one]) if n.indicator and n.id not in found]
    return found
