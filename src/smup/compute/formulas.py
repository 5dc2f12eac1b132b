"""The formulas of a catalogue, read once: what every calculation and description starts from."""

from smup.catalogue import Catalogue
from smup.compute.formula import Node, expand, parse, substitute


def formulas_of(catalogue: Catalogue) -> dict[str, Node]:
    """Indicator id -> its formula over variables that have data, and other indicators.

    Derived variables are replaced by what they are derived from. Raises FormulaError for one that
    cannot be read.
    """
    derived = derived_of(catalogue)
    return {i.id: substitute(parse(i.formula), derived) for i in catalogue.indicators.values()}


def formulas_over_variables(catalogue: Catalogue) -> dict[str, Node]:
    """Indicator id -> its formula over variables that have data, and nothing else."""
    formulas = formulas_of(catalogue)
    return {name: expand(node, formulas) for name, node in formulas.items()}


def derived_of(catalogue: Catalogue) -> dict[str, Node]:
    """Id of a derived variable -> its formula over variables that have data."""
    return {v.id: parse(v.derived) for v in catalogue.variables.values() if v.derived is not None}
