"""One cell of the indicators, from its inputs to the published value."""

from smup.catalogue import Catalogue, Indicator
from smup.compute.cells import references
from smup.compute.formula import Node
from smup.compute.rounding import round_one
from smup.compute.trace.own import Figures, own_result
from smup.compute.trace.parts import Result, Stored, Trace, Way, Worked
from smup.compute.trace.totals import Adding
from smup.panel import Panel, Status
from smup.territory import Territory, Unit

COUNTRY = "PL"


def trace(
    catalogue: Catalogue,
    variables: Panel,
    territory: Territory,
    node: Node,
    asked: tuple[str, str, int],
    stored: Stored,
) -> Trace:
    """The cell ``asked`` (indicator, unit, year), worked out from ``variables``.

    ``node`` is the indicator's formula over variables, ``stored`` the cell of the release. Raises
    KeyError for an unknown indicator or unit.
    """
    name, code, year = asked
    indicator, figures = catalogue.indicators[name], Figures(variables, territory)
    unit = territory.units[code]
    own = _worked(indicator, node, figures, unit, year)
    country, result = None, own.result
    if indicator.against == "country":
        country = _worked(indicator, node, figures, territory.units[COUNTRY], year)
        result = _difference(result, country.result)
    if not unit.exists_in(year):
        result = Result.gap(Status.NOT_EXISTING)
    found = _published(result, indicator.decimals)
    return Trace(name, node, own, country, result.value, found, stored)


def _worked(indicator: Indicator, node: Node, figures: Figures, unit: Unit, year: int) -> Worked:
    """Before the country is subtracted."""
    given = figures.inputs(references(node), unit, year)
    if indicator.archived is not None and year > indicator.archived.last_year:
        gap = Result.gap(Status.NOT_COLLECTED)
        return Worked(unit.code, year, Way.NONE, given, None, gap)
    result = own_result(indicator, node, given, unit, year)
    if not unit.exists_in(year):
        return Worked(unit.code, year, Way.NONE, given, None, result)
    total = Adding(indicator, node, figures, unit, year).best(result)
    if total is not None:
        return Worked(unit.code, year, total.way, given, total, total.result)
    # An indicator that is not for such units has computed nothing, whatever its inputs say.
    by_rule = result == Result.gap(Status.NOT_APPLICABLE)
    return Worked(unit.code, year, Way.NONE if by_rule else Way.OWN, given, None, result)


def _difference(own: Result, country: Result) -> Result:
    """The distance from the country's value; a year without one has no distances."""
    if own.value is None:
        return own
    if country.value is None:
        return Result.gap(Status.MISSING)
    return Result(own.value - country.value, None, own.flags)


def _published(result: Result, decimals: int) -> Stored:
    """Rounded once, last; a result of exactly 0 before that is a true zero."""
    if result.value is None:
        return None, result.reason or Status.MISSING, result.flags
    status = Status.ZERO if result.value == 0 else Status.OBSERVED
    return round_one(result.value, decimals), status, result.flags
