"""What putting the tables together shows: sources that disagree, figures that have no unit."""

from collections.abc import Sequence

import numpy as np

from smup.build.rows import Indices, Labels, Rows
from smup.panel.panel import FIRST_GAP
from smup.quality import Finding, finding
from smup.quality.breach import said
from smup.store.tidy import TidyTable
from smup.territory import Territory


def differences(
    rows: Rows, chosen: Indices, labels: Labels, tables: Sequence[TidyTable], share: float
) -> list[Finding]:
    """Values that another source gives otherwise, by more than ``share`` of the one taken."""
    both = (rows.status < FIRST_GAP) & (rows.status[chosen] < FIRST_GAP)
    taken_values = rows.values[chosen]
    apart = np.abs(rows.values - taken_values) > share * np.abs(taken_values)
    found = []
    for row in np.flatnonzero(both & apart):
        item, year, unit = labels.names(int(rows.cell[row]))
        other, taken = tables[rows.table[row]], tables[rows.table[chosen[row]]].source
        found.append(
            finding(
                "niezgodne-zrodla",
                other.source,
                f"{other.name}.csv",
                f"{item}: {said(rows.values[row])}, a w {taken}: {said(taken_values[row])}; "
                f"wydanie podaje wartość z {taken}.",
                unit=unit,
                year=year,
                variable=item,
            )
        )
    return found


def figures_of_nobody(
    rows: Rows, labels: Labels, tables: Sequence[TidyTable], territory: Territory
) -> list[Finding]:
    """Figures of units that did not exist at the end of the year."""
    found = []
    for row in np.flatnonzero(rows.status < FIRST_GAP):
        item, year, code = labels.names(int(rows.cell[row]))
        table, unit = tables[rows.table[row]], territory.units[code]
        abolished = unit.valid_to is not None and unit.valid_to.year <= year
        found.append(
            finding(
                "zniesiona-jednostka" if abolished else "przyszla-jednostka",
                table.source,
                f"{table.name}.csv",
                f"{item}: {said(rows.values[row])}; jednostki {unit.name} ({code}) nie było "
                f"31 grudnia {year}, więc wydanie pomija tę wartość.",
                unit=code,
                year=year,
                variable=item,
            )
        )
    return found
