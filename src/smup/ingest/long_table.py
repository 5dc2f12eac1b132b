"""A long table as columns: its rows as they were read, and the figures that landed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smup.panel import STATUS_NAMES, Flag, Panel, Status, flag_names
from smup.store.tidy import COLUMNS, Fact, header_lines, number_text

Codes = NDArray[np.int32]
_STATUSES = [{int(s): name for s, name in STATUS_NAMES.items()}.get(n, "") for n in range(256)]
_CHUNK = 1 << 19  # rows of a stretch
_PLAIN = (1e-4, 1e16)  # sizes that both libraries write without an exponent


@dataclass(frozen=True)
class Rows:
    """Every row: numbers of its texts, what stands as its value, and its line."""

    variable: Codes
    unit: Codes
    year: Codes
    named_status: Codes
    named_flags: Codes
    value: NDArray[np.float64]
    status: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    line: NDArray[np.int32]
    texts: tuple[list[str], ...]  # of the five coded columns

    def __len__(self) -> int:
        return len(self.value)


@dataclass(frozen=True)
class LongTable:
    """The figures that landed. ``cell`` is the place of each in a cube of variables by years by
    units; ``value`` is NaN exactly where ``status`` is a gap. ``rows`` counts those of the file."""

    variables: tuple[str, ...]
    years: tuple[int, ...]
    units: tuple[str, ...]
    cell: Codes
    value: NDArray[np.float64]
    status: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    rows: int

    def __len__(self) -> int:
        return len(self.value)

    def facts(self) -> Iterator[Fact]:
        """The figures one by one."""
        columns = (self.cell, self.value, self.status, self.flags)
        for cell, value, status, flags in zip(*(c.tolist() for c in columns), strict=True):
            rest, unit = divmod(cell, len(self.units))
            variable, year = divmod(rest, len(self.years))
            of = (self.variables[variable], self.units[unit], self.years[year])
            yield Fact(*of, None if value != value else value, Status(status), Flag(flags))

    def panel(self, units: Sequence[str]) -> Panel:
        """The figures as a cube over these units. Raises KeyError for a unit not among them."""
        number = {unit: i for i, unit in enumerate(units)}
        places = np.array([number[unit] for unit in self.units] or [0], np.int64)
        shape = (len(self.variables), len(self.years), len(units))
        values = np.full(shape, np.nan)
        status = np.full(shape, int(Status.NOT_COLLECTED), np.uint8)
        flags = np.zeros(shape, np.uint8)
        for some in stretches(len(self)):
            row, unit = np.divmod(self.cell[some], max(1, len(self.units)), dtype=np.int64)
            at = row * len(units) + places[unit]
            values.reshape(-1)[at] = self.value[some]
            status.reshape(-1)[at] = self.status[some]
            flags.reshape(-1)[at] = self.flags[some]
        return Panel(self.variables, self.years, tuple(units), values, status, flags)

    def pieces(self, meta: Sequence[tuple[str, str]]) -> Iterator[bytes]:
        """The tidy table, byte for byte as ``store.tidy.table_bytes`` writes it of the facts."""
        yield "".join(f"{line}\n" for line in [*header_lines(meta), ",".join(COLUMNS)]).encode()
        row, unit = np.divmod(self.cell, max(1, len(self.units)))
        variable, year = np.divmod(row, max(1, len(self.years)))
        order = np.argsort((variable * np.int64(len(self.units)) + unit) * len(self.years) + year)
        for some in stretches(len(order)):
            at = order[some]
            columns = (
                _named(self.variables, variable[at]),
                _named(self.units, unit[at]),
                _named([str(one) for one in self.years], year[at]),
                _numbers(self.value[at]),
                _named(_STATUSES, self.status[at]),
                _named([" ".join(flag_names(n)) for n in range(256)], self.flags[at]),
            )
            lines = pc.binary_join_element_wise(*columns, ",")
            yield ("\n".join(lines.to_pylist()) + "\n").encode()


def stretches(rows: int) -> Iterator[slice]:
    """All rows a stretch at a time: what is worked out of one takes the memory of the last."""
    return (slice(start, start + _CHUNK) for start in range(0, rows, _CHUNK))


def _named(names: Sequence[str], codes: NDArray[np.integer]) -> pa.Array:
    """[row] the name of each code."""
    return pa.array(names, pa.string()).take(pa.array(codes))


def _numbers(values: NDArray[np.float64]) -> pa.Array:
    """[row] what ``number_text`` gives, "" for a gap."""
    gap = np.isnan(values)
    filled = np.where(gap, 0.0, values)
    size = np.abs(filled)
    whole = (filled == np.floor(filled)) & (size < 2**53)
    texts = pc.if_else(
        pa.array(whole),
        pc.cast(pa.array(np.where(whole, filled, 0).astype(np.int64)), pa.string()),
        pc.cast(pa.array(filled), pa.string()),
    )
    odd = np.flatnonzero(~whole & ((size < _PLAIN[0]) | (size >= _PLAIN[1])))
    if len(odd):
        said = pa.array([number_text(value) for value in filled[odd].tolist()], pa.string())
        texts = pc.replace_with_mask(texts, _mask(odd, len(values)), said)
    return pc.if_else(pa.array(gap), "", texts)


def _mask(at: NDArray[np.intp], rows: int) -> pa.Array:
    found = np.zeros(rows, np.bool_)
    found[at] = True
    return pa.array(found)
