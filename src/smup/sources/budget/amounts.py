"""Money as reports write it, into whole grosze.

The same writing as ``ingest.numbers`` knows, for millions of cells at once.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smup.ingest.numbers import number_pattern

MOST = 10**13  # grosze: 100 billion zł, three times the largest budget
_WRITINGS = ((",", " "), (".", ""))  # decimal mark and separator of thousands: forms, XML


class NotMoney(ValueError):
    """A cell that is no amount: ``row`` counts from 0."""

    def __init__(self, row: int, text: str) -> None:
        self.row = row
        super().__init__(text)


def grosze(texts: pa.ChunkedArray) -> NDArray[np.int64]:
    """[row]: amounts in grosze; an empty cell of a row that stands in a report is 0.

    All cells of a column are written in one way, "1 000,00" or "1000.00". Raises NotMoney for the
    first cell that is not, has more than two decimals, or is larger than any budget.
    """
    cells = pc.fill_null(pc.utf8_trim_whitespace(texts.cast(pa.string())), "")
    cells = pc.if_else(pc.equal(cells, ""), "0", cells)
    faults = []
    for decimal, thousands in _WRITINGS:
        pattern = f"^(?:{number_pattern(decimal, thousands).pattern})$"
        fits = pc.match_substring_regex(cells, pattern)
        if pc.all(fits).as_py() is not False:
            return _counted(cells, decimal)
        faults.append(pc.index(fits, False).as_py())
    row = max(faults)  # the writing that fits longer is the one of this column
    raise NotMoney(row, cells[row].as_py())


def _counted(cells: pa.ChunkedArray, decimal: str) -> NDArray[np.int64]:
    plain = pc.replace_substring_regex(cells, "[^-\u22120-9,.]", "")
    plain = pc.replace_substring(pc.replace_substring(plain, "\u2212", "-"), decimal, ".")
    hundredfold: NDArray[np.float64] = np.asarray(plain.cast(pa.float64())) * 100
    whole: NDArray[np.float64] = np.rint(hundredfold)
    wrong = ~(np.abs(hundredfold) <= MOST) | (np.abs(hundredfold - whole) > 1e-2)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise NotMoney(row, cells[row].as_py())
    return whole.astype(np.int64)
