"""Long delimited text in blocks of whole lines, parsed into columns with names written once."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from smup.ingest.refusing import SourceError, unreadable

Number = TypeVar("Number", np.int32, np.uint8, np.float64)
_BLOCK = 1 << 24  # bytes
_WORKERS = 2
_AHEAD = 2 * _WORKERS  # blocks parsed before they are asked for


@dataclass(frozen=True)
class Block:
    """``columns`` in the order asked for: dictionary-coded texts, the values as numbers or texts.

    ``lines`` is the line of the file of every row; ``wrong`` are lines with another number of
    cells, with that number.
    """

    columns: tuple[pa.Array, ...]
    lines: NDArray[np.int32]
    wrong: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Layout:
    """``width`` cells in a line; ``columns`` are indexes of those read, ``plain`` that of values.

    ``numbers``: a block in which every value is a number gives them as such, any other as texts.
    """

    path: str
    separator: str
    width: int
    columns: tuple[int, ...]
    plain: int
    numbers: bool


def blocks(content: bytes, start: int, first_line: int, layout: Layout) -> Iterator[Block]:
    """The blocks from the byte ``start`` in order, parsed by two threads ahead of who takes them.

    Raises SourceError for a quotation mark that is not closed and for a cell of several lines.
    """
    waiting: deque[Future[Block]] = deque()
    line = first_line
    with ThreadPoolExecutor(_WORKERS) as crew:
        for begin, end in _pieces(content, start):
            there = content.count(b"\n", begin, end) + (content[end - 1] != ord("\n"))
            piece = memoryview(content)[begin:end]
            waiting.append(crew.submit(_parsed, piece, line, there, layout))
            line += there
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _pieces(content: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Where stretches of whole lines begin and end."""
    while start < len(content):
        end = min(start + _BLOCK, len(content))
        if end < len(content):
            end = content.rfind(b"\n", start, end) + 1 or end
        yield start, end
        start = end


def _parsed(piece: memoryview, line: int, there: int, layout: Layout) -> Block:
    """The ``there`` lines of a piece, the first of which is ``line``."""
    wrong: list[tuple[int, int]] = []
    table = _numbers_only(piece, line, layout, wrong) if layout.numbers else None
    if table is None:
        wrong.clear()
        table = _table(piece, line, layout, pa.string(), wrong)
    if there != table.num_rows + len(wrong):  # all lines below would be said to be others
        raise unreadable(
            f"{layout.path}, od wiersza {line}",
            "komórka zawiera koniec wiersza albo cudzysłów nie jest zamknięty",
        )
    columns = (table[str(column)].combine_chunks() for column in layout.columns)
    return Block(tuple(columns), _lines(line, there, wrong), tuple(wrong))


def _numbers_only(
    piece: memoryview, line: int, layout: Layout, wrong: list[tuple[int, int]]
) -> pa.Table | None:
    """The table with its values as numbers, where all are; None where one is anything else."""
    try:
        table = _table(piece, line, layout, pa.float64(), wrong)
    except SourceError:
        return None
    values = table[str(layout.plain)]
    return table if pc.all(pc.is_finite(values), min_count=0).as_py() else None


def _table(
    piece: memoryview,
    line: int,
    layout: Layout,
    plain: pa.DataType,
    wrong: list[tuple[int, int]],
) -> pa.Table:
    def noted(row: pcsv.InvalidRow) -> str:
        wrong.append((line + row.number - 1, row.actual_columns))
        return "skip"

    coded = pa.dictionary(pa.int32(), pa.string())
    types = {str(c): plain if c == layout.plain else coded for c in layout.columns}
    names = [str(column) for column in range(layout.width)]
    try:
        return pcsv.read_csv(
            pa.BufferReader(pa.py_buffer(piece)),
            pcsv.ReadOptions(use_threads=False, block_size=len(piece) + 1, column_names=names),
            pcsv.ParseOptions(
                delimiter=layout.separator, invalid_row_handler=noted, ignore_empty_lines=False
            ),
            pcsv.ConvertOptions(
                column_types=types,
                include_columns=list(types),
                strings_can_be_null=False,
                null_values=[],
            ),
        )
    except pa.ArrowException as error:
        where = f"{layout.path}, od wiersza {line}"
        raise unreadable(where, f"błędny zapis CSV ({error})") from error


def _lines(first: int, there: int, wrong: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
    """The line of each row that has the right number of cells."""
    every = np.arange(first, first + there, dtype=np.int32)
    return np.delete(every, [line - first for line, _ in wrong]) if wrong else every


def as_numbers(array: pa.Array, kind: type[Number]) -> NDArray[Number]:
    """The numbers of an array without gaps, in place; the library's own way imports pandas."""
    whole = np.frombuffer(array.buffers()[1], kind)
    return whole[array.offset : array.offset + len(array)]


class Texts:
    """Texts of a column numbered over all blocks as they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._next = count()

    def codes(self, column: pa.DictionaryArray) -> NDArray[np.int32]:
        """[row] the number of its text."""
        own = [self._number(text) for text in column.dictionary.to_pylist()]
        numbers = np.array(own or [0], np.int32)
        return numbers[as_numbers(column.indices, np.int32)]

    def _number(self, text: str) -> int:
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = next(self._next)
        return found

    @property
    def texts(self) -> list[str]:
        return list(self._numbers)
