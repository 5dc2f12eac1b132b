"""From the tidy tables to one Panel of variables: every cell a value, or the reason for none."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from smup.build.lineage import lineage_of
from smup.build.noticed import differences, figures_of_nobody
from smup.build.rows import Indices, Labels, Rows, labels_of, only_existing, preferred, read_rows
from smup.catalogue import Catalogue, Variable
from smup.panel import Flag, Panel, Status
from smup.panel.grouping import Mask, existence
from smup.panel.panel import FIRST_GAP, Codes
from smup.quality import Finding
from smup.store.lineage import Lineage
from smup.store.tidy import TidyTable
from smup.territory import GMINA_KINDS, Kind, Territory

# Sources publish by level: a figure of one unit of the first kinds says that units of the second
# were asked. A city with powiat rights stands in tables of gminas and of powiats, so its own figure
# speaks for neither.
_ASKED_WITH: tuple[tuple[frozenset[Kind], frozenset[Kind]], ...] = (
    (frozenset(GMINA_KINDS), frozenset({*GMINA_KINDS, Kind.MIASTO})),
    (frozenset({Kind.POWIAT}), frozenset({Kind.POWIAT, Kind.MIASTO})),
    *(
        (frozenset({kind}), frozenset({kind}))
        for kind in (Kind.MIASTO, Kind.WOJEWODZTWO, Kind.KRAJ)
    ),
)


def assemble_variables(
    tables: Sequence[TidyTable], catalogue: Catalogue, territory: Territory
) -> tuple[Panel, list[Finding], Lineage]:
    """All variables that the tables hold on every year between the oldest and the newest figure and
    every unit of the territory, and what is noticed on the way.

    Where several sources know a cell, the first in the variable's list is taken, except that a
    value goes before a mere ``missing``; another value elsewhere is a finding. A figure of a unit
    that did not exist on 31 December of the year is left out, with a finding. Beside them the rows
    they came from. Raises BuildError when a table names a variable, unit or source that the
    definitions do not know.
    """
    labels = labels_of(tables, catalogue, territory)
    exists = existence(territory, labels.years, labels.units)
    every = read_rows(tables, catalogue, labels)
    rows, gone = only_existing(every, exists)
    first, chosen = preferred(rows)
    panel = _filled(labels, rows, first, _gaps(rows, labels, exists, catalogue, territory))
    flag_breaks(panel, catalogue)
    findings = [
        *differences(rows, chosen, labels, tables, _tolerated(catalogue)),
        *figures_of_nobody(gone, labels, tables, territory),
    ]
    return panel, findings, lineage_of(tables, every)


def _tolerated(catalogue: Catalogue) -> float:
    """The share of a value by which two sources may differ without a word."""
    rule = catalogue.quality.sources
    return 0.0 if rule is None else rule.share


def _gaps(
    rows: Rows, labels: Labels, exists: Mask, catalogue: Catalogue, territory: Territory
) -> Codes:
    """The reason of every cell, were there no row for it: [item, year, unit]."""
    kinds = np.array([territory.units[unit].kind.value for unit in labels.units])
    told = np.zeros(labels.shape, np.bool_)
    told.ravel()[rows.cell] = True
    asked = np.zeros(labels.shape, np.bool_)
    for some, others in _ASKED_WITH:
        known = np.any(told[:, :, _of_kinds(kinds, some)], axis=2, keepdims=True)
        asked[:, :, _of_kinds(kinds, others)] |= known
    status = np.where(asked, np.uint8(Status.MISSING), np.uint8(Status.NOT_COLLECTED))
    for i, item in enumerate(labels.items):
        status[i][:, ~applicable(catalogue.variables[item], kinds)] = Status.NOT_APPLICABLE
    status[:, ~exists] = Status.NOT_EXISTING
    return status


def _of_kinds(kinds: NDArray[np.str_], wanted: Iterable[Kind]) -> Indices:
    """Positions of the units of the kinds wanted."""
    return np.flatnonzero(np.isin(kinds, [kind.value for kind in wanted]))


def applicable(variable: Variable, kinds: NDArray[np.str_]) -> Mask:
    """[unit]: may a source publish this variable for it? The rows of several units together, for
    which ``kinds`` of a variable has no word, always may."""
    single = {*GMINA_KINDS, Kind.MIASTO, Kind.POWIAT}
    exact = {Kind(kind) for kind in variable.kinds if kind != "gmina"}
    exact |= set(GMINA_KINDS) if "gmina" in variable.kinds else set()
    return np.isin(kinds, [kind.value for kind in Kind if kind in exact or kind not in single])


def flag_breaks(panel: Panel, catalogue: Catalogue) -> None:
    """Mark, before anyone has seen the panel, the values of the years in which a series breaks."""
    for item, years in enumerate(panel.flags):
        for each in catalogue.variables[panel.items[item]].breaks:
            at = panel.year_index.get(each.year)
            if at is not None:
                years[at][panel.status[item, at] < FIRST_GAP] |= np.uint8(Flag.BREAK)


def _filled(labels: Labels, rows: Rows, first: Indices, gaps: Codes) -> Panel:
    values, flags = np.full(labels.shape, np.nan), np.zeros(labels.shape, np.uint8)
    at = rows.cell[first]
    values.ravel()[at] = rows.values[first]
    gaps.ravel()[at] = rows.status[first]
    flags.ravel()[at] = rows.flags[first]
    return Panel(labels.items, labels.years, labels.units, values, gaps, flags)
