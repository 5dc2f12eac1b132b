"""One formula on whole cubes: values, the reason of every gap, and flags, in one go.

A reason is a gap status, or ``HAS_VALUE``, which is larger than every gap status. So the reason a
computed cell inherits is the minimum over its inputs, by the order of the numbers of ``Status``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from smup.compute.formula import Binary, Lag, MinMax, Name, Negate, Node, Number, RollingSum, atoms
from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP, Codes, Values

HAS_VALUE = 255

Reference: TypeAlias = tuple[str, int]  # a variable and how many calendar years back


class Cells(NamedTuple):
    """Arrays of one shape, [year, unit] as a rule. NaN exactly where ``reason`` is a gap."""

    values: Values
    reason: Codes
    flags: Codes

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.equal(self.reason, HAS_VALUE)


Look: TypeAlias = Callable[[str, int], Cells]  # the cells of a reference


@dataclass(frozen=True)
class Source:
    """Cells of variables, for ``evaluate_cells``. A variable without any data is not collected.

    ``columns`` are the units looked at, by default all.
    """

    panel: Panel
    columns: NDArray[np.intp] | None = None

    def __call__(self, variable: str, back: int) -> Cells:
        """[year, unit] of ``variable``, each year showing the calendar year ``back`` earlier.

        The years of a panel may have holes: a year it does not hold is not collected.
        """
        at = self.panel.item_index.get(variable)
        if at is None:
            return gaps((len(self.panel.years), *self._units), Status.NOT_COLLECTED)
        cells = self._cells((at,))
        return self._earlier(cells, back) if back else cells

    def in_year(self, variable: str, year: int) -> Cells:
        """[unit] of ``variable`` in one calendar year."""
        at, year_at = self.panel.item_index.get(variable), self.panel.year_index.get(year)
        if at is None or year_at is None:
            return gaps(self._units, Status.NOT_COLLECTED)
        return self._cells((at, year_at))

    def in_years(self, variable: str, years: Sequence[int]) -> Cells:
        """[year, unit] of ``variable`` in some calendar years."""
        at = self.panel.item_index.get(variable)
        if at is None or not all(year in self.panel.year_index for year in years):
            each = [self.in_year(variable, year) for year in years]
            return Cells(*(np.stack(parts) for parts in zip(*each, strict=True)))
        return self._cells((at, [self.panel.year_index[year] for year in years]))

    @property
    def _units(self) -> tuple[int]:
        return (len(self.panel.units if self.columns is None else self.columns),)

    def _cells(self, at: tuple[int | list[int], ...]) -> Cells:
        panel, mine = self.panel, slice(None) if self.columns is None else self.columns
        return Cells(
            panel.values[at][..., mine],
            reason_of(panel.status[at][..., mine]),
            panel.flags[at][..., mine],
        )

    def _earlier(self, cells: Cells, back: int) -> Cells:
        moved = gaps(cells.values.shape, Status.NOT_COLLECTED)
        for to, year in enumerate(self.panel.years):
            of = self.panel.year_index.get(year - back)
            if of is not None:
                moved.values[to] = cells.values[of]
                moved.reason[to] = cells.reason[of]
                moved.flags[to] = cells.flags[of]
        return moved


def reason_of(status: Codes) -> Codes:
    """The reasons of statuses. On bytes: ``np.where`` takes ten times as long."""
    known = (status < FIRST_GAP).view(np.uint8)
    reasons: Codes = status | np.negative(known)  # -1 is HAS_VALUE
    return reasons


def status_of(cells: Cells) -> Codes:
    """The statuses of computed cells: a value of exactly 0 is a true zero."""
    known = cells.known.view(np.uint8)
    zero = (cells.values == 0).view(np.uint8)  # Status.ZERO; NaN is not 0
    status: Codes = (cells.reason & (known - np.uint8(1))) | zero
    return status


def gaps(shape: tuple[int, ...], status: Status) -> Cells:
    """Cells without a value, all for the same reason."""
    return Cells(
        np.full(shape, np.nan), np.full(shape, int(status), np.uint8), np.zeros(shape, np.uint8)
    )


@lru_cache(maxsize=4096)
def references(node: Node) -> tuple[Reference, ...]:
    """Every variable of an expanded formula with its lag, each once, in order of appearance."""
    found: dict[Reference, None] = {}
    for atom in atoms(node):
        match atom:
            case Name(id):
                found[id, 0] = None
            case Lag(of, years):
                found[of.id, years] = None
            case RollingSum(of, years):
                found.update({(of.id, back): None for back in range(years)})
    return tuple(found)


def evaluate_cells(node: Node, look: Look, shape: tuple[int, ...]) -> Cells:
    """The formula (over variables only, see ``formula.expand``) on every cell of ``shape``.

    A cell takes the first reason of its inputs and the union of the flags of all inputs. A
    division by zero, 0/0, and any result that is no finite number have no denominator.
    """
    inputs = {reference: look(*reference) for reference in references(node)}
    with np.errstate(all="ignore"):
        values, reason = _refuse_infinite(*_part(node, inputs))
    flags = np.zeros((), np.uint8)
    for one in inputs.values():
        flags = flags | one.flags if flags.ndim else one.flags
    return Cells(
        np.broadcast_to(values, shape),
        np.broadcast_to(np.uint8(HAS_VALUE) if reason is None else reason, shape),
        np.broadcast_to(flags, shape),
    )


_Part: TypeAlias = tuple[Values, Codes | None]  # a constant has no reasons


def _part(node: Node, inputs: dict[Reference, Cells]) -> _Part:
    match node:
        case Number(value):
            return np.asarray(value, np.float64), None
        case Name(id):
            return inputs[id, 0][:2]
        case Lag(of, years):
            return inputs[of.id, years][:2]
        case RollingSum(of, years):
            return _fold(np.add, [inputs[of.id, back][:2] for back in range(years)])
        case Negate(of):
            values, reason = _part(of, inputs)
            return np.negative(values), reason
        case MinMax(which, of_all):
            operation = np.minimum if which == "min" else np.maximum
            return _fold(operation, [_part(one, inputs) for one in of_all])
        case Binary(operator, left, right):
            both = [_part(left, inputs), _part(right, inputs)]
            result = _fold(_OPERATIONS[operator], both)
            return _refuse_infinite(*result) if operator == "/" else result


_OPERATIONS = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}


def _fold(operation: np.ufunc, parts: list[_Part]) -> _Part:
    """NaN stands in every gap, and every operation here hands it on."""
    reasons = [reason for _, reason in parts if reason is not None]
    return (
        reduce(operation, (values for values, _ in parts)),
        reduce(np.minimum, reasons) if reasons else None,
    )


def _refuse_infinite(values: Values, reason: Codes | None) -> _Part:
    """Called after each division: 1 / (1 / 0) would otherwise come back as a finite 0."""
    finite = np.isfinite(values)
    known = np.full(finite.shape, HAS_VALUE, np.uint8) if reason is None else reason
    lost = np.greater(known == HAS_VALUE, finite)
    if not lost.any():
        return values, reason
    return (
        np.where(lost, np.nan, values),
        np.where(lost, np.uint8(Status.NO_DENOMINATOR), known),
    )
