"""What the rules of quality say of the figures of a release, as findings."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from smup.build.figures import Figures
from smup.catalogue import Catalogue
from smup.panel.panel import FIRST_GAP
from smup.quality import Finding, finding
from smup.quality.breach import Breach
from smup.quality.decisions import undecided
from smup.quality.judging import judged
from smup.territory import Territory


def with_verdicts(figures: Figures, catalogue: Catalogue, territory: Territory) -> Figures:
    """The figures with a finding for every breach of a rule and for every decision about a finding
    that is gone.

    ``figures`` are those that are told: findings are public and print figures, so a rule sees
    nothing that is kept secret.
    """
    found = [
        _finding(breach, figures, catalogue)
        for breach in judged(figures.variables, territory, catalogue)
    ]
    findings = [*figures.findings, *found]
    return replace(figures, findings=[*findings, *undecided(findings, catalogue.decisions)])


def _finding(breach: Breach, figures: Figures, catalogue: Catalogue) -> Finding:
    table = _table(breach, figures)
    return finding(
        breach.code,
        _source(table, breach, catalogue),
        f"{table}.csv" if table else "",
        breach.detail,
        unit=breach.unit,
        year=breach.year,
        variable=breach.variable,
        severity=breach.severity,
    )


def _source(table: str, breach: Breach, catalogue: Catalogue) -> str:
    """The source of a table, named by it (``source`` or ``source.part``); else the first that may
    publish the variable."""
    if table:
        return table.partition(".")[0]
    if breach.variable is None:
        return breach.detail.partition(",")[0]
    return catalogue.variables[breach.variable].sources[0].source


def _table(breach: Breach, figures: Figures) -> str:
    """The table that holds the figure, or one of them; "" where no table does."""
    if figures.lineage is None or breach.variable is None:
        return ""
    panel = figures.variables
    item = panel.item_index[breach.variable]
    known = panel.status[item] < FIRST_GAP
    years = _positions(breach.year, panel.years)
    units = _positions(breach.unit, panel.units)
    for year, unit in np.argwhere(known[np.ix_(years, units)]):
        cell = np.ravel_multi_index((item, years[year], units[unit]), panel.values.shape)
        for table, _ in figures.lineage.places(int(cell))[:1]:
            return table
    return ""


def _positions(one: object, labels: Sequence[object]) -> list[int]:
    return list(range(len(labels))) if one is None else [labels.index(one)]
