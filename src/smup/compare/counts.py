"""The counts behind a rate: how many events, out of how many; what every interval starts from.

``100 * a / b`` is the rate of the events ``a`` on the base ``b`` with the factor 100, and
``100000 * sum(a, 3) / sum(b, 3)`` that of three years together. A published value carries an
interval only where its counts are known and give that value again: what a source publishes by
itself, or what is estimated, has no counts of ours behind it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.frame import Frame
from smup.compute.cells import Cells, Source, evaluate_cells
from smup.compute.formula import Atom, Binary, Node, Number
from smup.compute.linear import Linear, linear_quotient
from smup.panel.panel import Values

Model = Literal["binomial", "poisson"]
Mask = NDArray[np.bool_]
_SUMMED = ("ratio_of_sums", "sum")  # indicators whose rows are made of the counts of their members


@dataclass(frozen=True)
class Recipe:
    """A rate is ``factor * events / base``. ``base`` None: a plain count of events."""

    model: Model
    events: Node
    base: Node | None
    factor: float


@dataclass(frozen=True)
class UnitCounts:
    """Events and base of one unit in one year, as in ``Counts``, both known."""

    model: Model
    factor: float
    events: float
    base: float


@dataclass(frozen=True)
class Counts:
    """Events and base of every column of the indicators in one year; NaN where not known.

    Events and base are in their own units (accidents, inhabitants); a plain count has base 1.
    """

    model: Model
    factor: float
    events: Values
    base: Values
    has_base: bool

    @property
    def rates(self) -> Values:
        """The rate in the indicator's unit; NaN without counts and on an empty base."""
        with np.errstate(all="ignore"):
            rates: Values = self.factor * self.events / self.base
        return np.where(np.isfinite(rates), rates, np.nan)


def recipe_of(node: Node, model: Model) -> Recipe | None:
    """How an expanded formula is made of counts; None where it is no rate of counts.

    Events are counted once each (equal coefficients). Below the line a binomial rate has a count
    too, a Poisson rate any linear expression (kilometres, hectares, a mean of two years). A
    difference of counts is a number of cases only where one holds the other, which no formula
    says; it is refused.
    """
    quotient = linear_quotient(node)
    if quotient is None or None in quotient.over:
        return None
    over, under = _atoms(quotient.over), _atoms(quotient.under)
    above, below = _size(over), _size(under)
    if above is None:
        return None
    if not under:
        plain = Recipe(model, _sum(over, above), None, above / quotient.under[None])
        return plain if model == "poisson" and plain.factor > 0 else None
    if None in quotient.under or (below is None and model == "binomial"):
        return None
    scale = below or 1.0
    return Recipe(model, _sum(over, above), _sum(under, scale), above / scale)


def counts_of(frame: Frame, indicator: Indicator, year: int) -> Counts | None:
    """The counts of all units in one year; None for an indicator that is no rate of counts.

    Rows above the unit whose own counts are not known are summed over their members, where that
    gives the published value. Raises KeyError for an indicator or year the frame does not hold.
    """
    recipe = _recipe(frame, indicator)
    if recipe is None:
        return None
    panel = frame.indicators
    values = panel.values[panel.item_index[indicator.id], panel.year_index[year]]
    (events,), (base,) = _variables(frame, recipe, (year,), np.arange(len(panel.units)))
    _fill_from_members(frame, recipe, indicator, values, events, base)
    confirmed = _gives(recipe, events, base, values, indicator.decimals)
    return Counts(
        recipe.model,
        recipe.factor,
        np.where(confirmed, events, np.nan),
        np.where(confirmed, base, np.nan),
        recipe.base is not None,
    )


def counts_of_unit(
    frame: Frame, indicator: Indicator, values: Mapping[int, float], unit: str
) -> list[UnitCounts | None]:
    """What ``counts_of`` gives for one unit in some years, read from few cells; None where unknown.

    ``values`` are the unit's published ones by year. Raises KeyError for an indicator or unit the
    frame does not hold.
    """
    recipe = _recipe(frame, indicator)
    found: list[UnitCounts | None] = [None] * len(values)
    if recipe is None:
        return found
    published, column = np.array(list(values.values())), frame.indicators.unit_index[unit]
    for events, base in _candidates(frame, recipe, indicator, tuple(values), column):
        fits = _gives(recipe, events, base, published, indicator.decimals)
        for at in np.flatnonzero(fits).tolist():
            known = UnitCounts(recipe.model, recipe.factor, float(events[at]), float(base[at]))
            found[at] = found[at] or known
    return found


def _candidates(
    frame: Frame, recipe: Recipe, indicator: Indicator, years: tuple[int, ...], column: int
) -> Iterator[tuple[Values, Values]]:
    """[year] of the unit's own events and base; where not known, the sums over its members."""
    events, base = (one[:, 0] for one in _variables(frame, recipe, years, np.array([column])))
    yield events, base
    unknown = np.isnan(events)
    if indicator.aggregate not in _SUMMED or not unknown.any():
        return
    for grouping in frame.over_members:
        for row in np.flatnonzero(grouping.rows == column).tolist():
            some, bases = _variables(frame, recipe, years, grouping.of_row(row))
            whole = np.nansum(bases, axis=1) if recipe.base else np.ones(len(years))
            usable = unknown & ~np.isnan(some).all(axis=1)
            yield np.where(usable, np.nansum(some, axis=1), np.nan), whole


def _recipe(frame: Frame, indicator: Indicator) -> Recipe | None:
    """``recipe_of`` an indicator that has intervals; worked out once."""
    if indicator.interval == "none" or indicator.against is not None:
        return None
    recipes = frame.recipes
    if indicator.id not in recipes:
        recipes[indicator.id] = recipe_of(frame.formulas[indicator.id], indicator.interval)
    return recipes[indicator.id]


def _atoms(linear: Linear) -> dict[Atom, float]:
    """Without the constant term."""
    return {atom: c for atom, c in linear.items() if atom is not None}


def _size(linear: Mapping[Atom, float]) -> float | None:
    """The coefficient that all share; None where they differ or it is not positive."""
    sizes = {round(c, 12) for c in linear.values()}
    size = sizes.pop() if len(sizes) == 1 else 0.0
    return size if size > 0 else None


def _sum(linear: Mapping[Atom, float], scale: float) -> Node:
    terms: Iterator[Node] = (
        Binary("*", Number(coefficient / scale), atom) for atom, coefficient in linear.items()
    )
    return reduce(lambda left, right: Binary("+", left, right), terms)


def _variables(
    frame: Frame, recipe: Recipe, years: tuple[int, ...], columns: NDArray[np.intp]
) -> tuple[Values, Values]:
    """Events and base [year, column] of columns of the indicators, from the variables of each."""
    held = frame.variable_columns[columns]
    source = Source(frame.variables, held)

    def look(variable: str, back: int) -> Cells:
        return source.in_years(variable, [year - back for year in years])

    def column(node: Node) -> Values:
        cells = evaluate_cells(node, look, (len(years), len(held)))
        return np.where(cells.known & (held >= 0), cells.values, np.nan)

    events = column(recipe.events)
    base = np.ones(events.shape) if recipe.base is None else column(recipe.base)
    unknown = np.isnan(events) | np.isnan(base)
    return np.where(unknown, np.nan, events), np.where(unknown, np.nan, base)


def _fill_from_members(
    frame: Frame,
    recipe: Recipe,
    indicator: Indicator,
    values: Values,
    events: Values,
    base: Values,
) -> None:
    """Rows that stand for several units: sums over their gminas, or over their powiats."""
    if indicator.aggregate not in _SUMMED:
        return
    own_events, own_base = events.copy(), base.copy()
    for grouping in frame.over_members:
        rows, known = grouping.rows, ~np.isnan(own_events)
        total = grouping.sums(own_events, known)
        whole = grouping.sums(own_base, known) if recipe.base else np.ones(len(rows))
        fits = _gives(recipe, total, whole, values[rows], indicator.decimals)
        fits &= np.isnan(events[rows]) & (grouping.counts(known) > 0)
        events[rows[fits]], base[rows[fits]] = total[fits], whole[fits]


def _gives(recipe: Recipe, events: Values, base: Values, values: Values, decimals: int) -> Mask:
    """Do the counts give the published values, to their last decimal?"""
    with np.errstate(all="ignore"):
        rates = recipe.factor * events / base
        half = 0.5 * 10.0**-decimals
        close: Mask = np.abs(rates - values) <= half * (1 + 1e-6) + 1e-9 * np.abs(values)
    return close
