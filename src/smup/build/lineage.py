"""The rows a release is built from: numbered, and carried along without what is kept secret."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smup.build.rows import Rows, in_order
from smup.compute.secrecy import Secret
from smup.panel import Status
from smup.store.lineage import Lineage, write_lineage
from smup.store.tidy import TidyTable


def lineage_of(tables: Sequence[TidyTable], rows: Rows) -> Lineage:
    """All rows by the cells they speak of, those of units that did not exist included."""
    order = in_order(rows)
    return Lineage(
        tuple(table.name for table in tables),
        rows.cell[order].astype(np.int64),
        rows.table[order].astype(np.uint16),
        rows.line[order].astype(np.uint32),
    )


def carry(folder: Path, tables: Mapping[str, Path], lineage: Lineage, secret: Secret) -> None:
    """Write the rows and the tables, whose files are given by name, into the release ``folder``."""
    contents = {name: tables[name].read_bytes() for name in lineage.tables}
    write_lineage(folder, lineage, contents, _secret_cells(secret).ravel()[lineage.cell])


def _secret_cells(secret: Secret) -> NDArray[np.bool_]:
    """[item, year, unit]: what is hidden and, in a year that hides something of a variable, the
    figures of units that did not exist: nobody has judged whether these may be told."""
    panel = secret.variables
    found = np.zeros(panel.values.shape, np.bool_)
    for name, where in (*secret.hidden.items(), *secret.closed.items()):
        at = panel.item_index[name]
        gone = panel.status[at] == Status.NOT_EXISTING
        found[at] |= where | (gone & where.any(axis=1, keepdims=True))
    return found
