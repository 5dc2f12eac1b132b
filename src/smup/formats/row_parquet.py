"""The same rows as Parquet, written while they are sent."""

import io
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from smup.formats import synthetic
from smup.formats.extract import Extract
from smup.formats.fields import FIELDS, Block
from smup.formats.row_tables import cells_of, plain

_GROUP = 1 << 17  # rows of a row group


class _Pipe(io.RawIOBase):
    """A file that hands on what was written and forgets it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.at = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def write(self, content: "bytes | memoryview | object") -> int:
        part = bytes(memoryview(content))  # type: ignore[arg-type]
        self.parts.append(part)
        self.at += len(part)
        return len(part)

    def taken(self) -> bytes:
        found = b"".join(self.parts)
        self.parts.clear()
        return found


def parquet_chunks(
    extract: Extract, blocks: Iterable[Block], fields: Sequence[str]
) -> Iterator[bytes]:
    """Parquet, labels as dictionaries, a gap as null; release and completeness in the metadata."""
    told = {"release": extract.release, "complete": "true"}
    told |= {synthetic.KEY: "true"} if extract.synthetic else {}
    schema = pa.schema(
        [(name, _kind(name)) for name in fields]
        + ([(synthetic.KEY, pa.bool_())] if extract.synthetic else []),
        metadata=told,
    )
    pipe = _Pipe()
    with pq.ParquetWriter(pipe, schema, compression="zstd") as writer:
        waiting: list[pa.Table] = []
        for block in blocks:
            waiting.append(_table(block, fields, schema))
            if sum(len(table) for table in waiting) >= _GROUP:
                writer.write_table(pa.concat_tables(waiting))
                waiting.clear()
                yield pipe.taken()
        if waiting:
            writer.write_table(pa.concat_tables(waiting))
    yield pipe.taken()


_NUMBERS = {"value": pa.float64(), "year": pa.int16(), "decimals": pa.int16()}


def _kind(name: str) -> pa.DataType:
    return _NUMBERS.get(name, pa.dictionary(pa.int32(), pa.string()))


def _table(block: Block, fields: Sequence[str], schema: pa.Schema) -> pa.Table:
    columns = [_array(block, name) for name in fields]
    if block.extract.synthetic:
        columns.append(pa.array(np.ones(block.count, np.bool_)))
    return pa.table(
        [column.cast(kind.type) for column, kind in zip(columns, schema, strict=True)],
        schema=schema,
    )


def _array(block: Block, name: str) -> pa.Array:
    field = FIELDS[name]
    if field.by == "value":
        return pa.array(block.cells(block.panel.values), from_pandas=True)
    if field.by in ("status", "flags"):
        codes: NDArray[np.uint8] = block.cells(
            block.panel.status if field.by == "status" else block.panel.flags
        )
        present, place = np.unique(codes, return_inverse=True)
        words = [plain(field.told(block.extract, code)) for code in present.tolist()]
        return pa.DictionaryArray.from_arrays(
            pa.array(place, pa.int32()), pa.array(words, pa.string())
        )
    cells = pa.array(cells_of(block, name))
    return cells if name in _NUMBERS else cells.cast(pa.string()).dictionary_encode()
