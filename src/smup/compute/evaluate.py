"""All indicators from all variables: formulas, statuses, aggregates, rounding.

Order of things in a cell. A unit that did not exist on 31 December of the year has no value,
whatever a source says. A unit whose kind is not among the indicator's ``kinds`` has none either
(not applicable). Else the formula is evaluated in float64 on the variables; an indicator inside a
formula stands for its own formula, unrounded. Rows above the unit are filled from members. With
``against: country`` the country's value is then subtracted. The result is rounded once, last. A
result of exactly 0 before rounding is a true zero (``ZERO``); 0.04 published as 0,0 is
``OBSERVED``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from smup.catalogue import Catalogue, Indicator, Variable
from smup.catalogue.models import NationalId
from smup.compute.aggregate import Coverage, Rule, add_up
from smup.compute.cells import Cells, Source, evaluate_cells, status_of
from smup.compute.formula import Node, expand, names
from smup.compute.formulas import formulas_of
from smup.compute.parallel import each
from smup.compute.rounding import round_half_away
from smup.panel import Panel, Status
from smup.panel.grouping import Grouping, Mask, existence, gmina_grouping, powiat_grouping
from smup.panel.panel import Codes, Values
from smup.territory import GMINA_KINDS, Kind, Territory


@dataclass(frozen=True)
class Evaluation:
    """The indicators and, of the same shape, the coverage of every aggregate.

    ``coverage`` is the share (0-1) of the denominator's known total the members stand for, also
    where it was too small; NaN in every cell that was not added up from members.
    """

    panel: Panel
    coverage: Coverage


def evaluate(
    catalogue: Catalogue,
    variables: Panel,
    territory: Territory,
    threads: int = 2,
    price_factors: Values | None = None,
) -> Panel:
    """Every indicator that is not a draft on the years and units of ``variables``, rounded.

    One whose formula needs a variable that the panel lacks has no value anywhere and is left out.
    """
    found = evaluate_with_coverage(catalogue, variables, territory, threads, price_factors)
    return found.panel


def evaluate_with_coverage(
    catalogue: Catalogue,
    variables: Panel,
    territory: Territory,
    threads: int = 2,
    price_factors: Values | None = None,
) -> Evaluation:
    """``evaluate`` with the coverage of aggregates.

    ``price_factors`` [year] turn amounts into prices of another year (``smup.compute.prices``),
    NaN where that is not known; the result is multiplied before it is rounded. Raises ValueError
    when the territory does not know a unit of the panel.
    """
    evaluator = Evaluator(catalogue, variables, territory, price_factors)
    return evaluator.evaluate(evaluator.items, threads)


class Evaluator:
    """What evaluating an indicator needs beside its definition, worked out once.

    Indicators are independent of one another, so any split into blocks gives the same cells. Of
    the variables only those a formula names are looked at, so they may lie in mapped files.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        variables: Panel,
        territory: Territory,
        price_factors: Values | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._variables = variables
        self._price_factors = price_factors
        formulas = formulas_of(catalogue)
        whole = {i.id: expand(formulas[i.id], formulas) for i in catalogue.shown}
        self._nodes = {id_: n for id_, n in whole.items() if _can_be_computed(n, variables)}
        self._exists = existence(territory, variables.years, variables.units)
        self._years = np.broadcast_to(np.array(variables.years)[:, None], self._exists.shape)
        self._levels = _Levels(territory, variables)

    @property
    def items(self) -> tuple[str, ...]:
        """The indicators that can be computed, in the order of the catalogue."""
        return tuple(self._nodes)

    def evaluate(self, items: Sequence[str], threads: int = 2) -> Evaluation:
        """These indicators. Raises KeyError for one that is not among ``self.items``."""
        result = _Result.of(items, self._variables)
        coverage = np.empty(result.values.shape, np.float32)

        def one(at: int) -> None:
            indicator = self._catalogue.indicators[items[at]]
            cells, coverage[at] = self._cells(indicator)
            result.put(at, cells, indicator.decimals)

        each(one, len(items), threads)
        return Evaluation(result.panel(), coverage)

    def _cells(self, indicator: Indicator) -> tuple[Cells, Coverage]:
        """Cells [year, unit] before rounding, and their coverage."""
        node, exists, levels = self._nodes[indicator.id], self._exists, self._levels
        source = self._source(node, indicator.weight)
        own = evaluate_cells(node, source, exists.shape)
        own = _blank(own, ~levels.concerned(indicator), Status.NOT_APPLICABLE)
        own = _blank(own, ~exists, Status.NOT_EXISTING)
        rule = Rule(node, indicator.aggregate, levels.groupings(indicator))
        filled, coverage = add_up(rule, own, source)
        if indicator.archived is not None:
            gone = self._years > indicator.archived.last_year
            filled = _blank(filled, gone, Status.NOT_COLLECTED)
        if indicator.against == "country":
            filled = _from_country(filled, self._variables.unit_index.get("PL"))
        if self._price_factors is not None and is_amount(self._catalogue, indicator):
            filled = _in_other_prices(filled, self._price_factors)
        return _blank(filled, ~exists, Status.NOT_EXISTING), coverage

    def _source(self, node: Node, weight: str | None) -> Source:
        """The variables that take part, without figures of units that did not exist."""
        named = {name.id for name in names(node)} | ({weight} if weight else set())
        held = [name for name in sorted(named) if name in self._variables.item_index]
        return Source(_only_existing(_taken(self._variables, held), self._exists))


def _can_be_computed(node: Node, variables: Panel) -> bool:
    return all(name.id in variables.item_index for name in names(node))


def _from_country(cells: Cells, country: int | None) -> Cells:
    """The distance from the country's value of the year; a year without one has no distances."""
    if country is None:
        return _blank(cells, np.ones_like(cells.known), Status.MISSING)
    national = cells.values[:, country, None]
    distances = cells._replace(values=cells.values - national)
    return _blank(distances, cells.known & np.isnan(national), Status.MISSING)


def is_amount(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Is the figure an amount of money, also per something?"""
    return catalogue.measures[indicator.unit].dimension.get("zl", 0) == 1


def _in_other_prices(cells: Cells, factors: Values) -> Cells:
    """A value of a year whose prices are not known is a gap."""
    scaled = cells._replace(values=cells.values * factors[:, None])
    unknown = np.isnan(factors)[:, None] & ~np.isnan(cells.values)
    return _blank(scaled, unknown, Status.NOT_COLLECTED)


def evaluate_formulas(
    formulas: Mapping[str, Node], decimals: Mapping[str, int], variables: Panel, threads: int = 2
) -> Panel:
    """Formulas over variables on every cell as it stands: no units, kinds or levels in between."""
    source = Source(variables)
    result = _Result.of(formulas, variables)
    shape = variables.values.shape[1:]

    def one(at: int) -> None:
        item = result.items[at]
        result.put(at, evaluate_cells(formulas[item], source, shape), decimals[item])

    each(one, len(result.items), threads)
    return result.panel()


@dataclass(frozen=True)
class _Result:
    """Arrays to be filled item by item, by several threads at once."""

    items: tuple[str, ...]
    like: Panel
    values: Values
    status: Codes
    flags: Codes

    @classmethod
    def of(cls, items: Iterable[str], like: Panel) -> "_Result":
        names = tuple(items)
        shape = (len(names), *like.values.shape[1:])
        codes = np.empty(shape, np.uint8), np.empty(shape, np.uint8)
        return cls(names, like, np.empty(shape), *codes)

    def put(self, at: int, cells: Cells, decimals: int) -> None:
        self.status[at] = status_of(cells)
        self.values[at] = round_half_away(cells.values, decimals)
        self.flags[at] = cells.flags

    def panel(self) -> Panel:
        years, units = self.like.years, self.like.units
        return Panel(self.items, years, units, self.values, self.status, self.flags)


def _blank(cells: Cells, where: Mask, status: Status) -> Cells:
    return Cells(
        np.where(where, np.nan, cells.values),
        np.where(where, np.uint8(status), cells.reason),
        np.where(where, np.uint8(0), cells.flags),
    )


def _taken(panel: Panel, items: Sequence[str]) -> Panel:
    """The items alone; whole rows are copied, which is what ``Panel.select`` is slow at."""
    rows = [panel.item_index[item] for item in items]
    return Panel(
        tuple(items),
        panel.years,
        panel.units,
        panel.values[rows],
        panel.status[rows],
        panel.flags[rows],
    )


def _only_existing(variables: Panel, exists: Mask) -> Panel:
    gone = ~exists[None]
    return replace(
        variables,
        values=np.where(gone, np.nan, variables.values),
        status=np.where(gone, np.uint8(Status.NOT_EXISTING), variables.status),
        flags=np.where(gone, np.uint8(0), variables.flags),
    )


class _Levels:
    """Which rows an indicator has and which rows they are added up from; worked out once."""

    def __init__(self, territory: Territory, panel: Panel) -> None:
        self._territory = territory
        self._columns = panel.unit_index
        self._kinds = [territory.units[code].kind for code in panel.units]
        self._made: dict[tuple[frozenset[Kind], bool], tuple[Grouping, ...]] = {}

    def concerned(self, indicator: Indicator) -> Mask:
        """[unit]: units of its kinds and every row that can stand for several of them.

        A powiat's row shows its territory, so it takes part in every gmina indicator of scope
        ``territory``; what a powiat itself does (``body``) only where it is among the kinds.
        """
        kinds = exact_kinds(indicator) | {Kind.WOJEWODZTWO, Kind.KRAJ}
        if kinds & set(GMINA_KINDS):
            kinds |= {Kind.GMINY_POWIATU}
            kinds |= {Kind.POWIAT} if indicator.scope == "territory" else set()
        return np.array([kind in kinds for kind in self._kinds], bool)

    def groupings(self, indicator: Indicator) -> tuple[Grouping, ...]:
        """In order of preference; computed once for each set of kinds and scope."""
        key = (exact_kinds(indicator), indicator.scope == "territory")
        if key not in self._made:  # two threads may both make it, to the same result
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, kinds: frozenset[Kind], territory: bool) -> tuple[Grouping, ...]:
        by_powiats = powiat_grouping(self._territory, self._columns, kinds)
        if not kinds & set(GMINA_KINDS):
            return (by_powiats,)
        by_gminas = gmina_grouping(self._territory, self._columns, kinds, powiats=territory)
        # Older years are often published by powiat only; bodies of two levels are never mixed.
        return (by_gminas, by_powiats) if territory and Kind.POWIAT in kinds else (by_gminas,)


def exact_kinds(definition: Indicator | NationalId | Variable) -> frozenset[Kind]:
    """The kinds of unit a definition is made for; "gmina" stands for its three exact kinds."""
    return _exact(definition.kinds)


@cache
def _exact(kinds: tuple[str, ...]) -> frozenset[Kind]:
    exact = {Kind(kind) for kind in kinds if kind != "gmina"}
    return frozenset(exact | (set(GMINA_KINDS) if "gmina" in kinds else set()))
