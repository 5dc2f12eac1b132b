"""What must come out, worked out from the world of the contract server in plain dictionaries."""

from collections.abc import Iterable

from smup.panel import STATUS_NAMES, Flag, Status, flag_names
from smup.store.tidy import TidyTable
from tests.contract.bdl_world import Cell, World

# contracts.md 1.4: what each sign means; the value of a sign that stands for none is a gap.
MEANING = {
    "1": ("observed", ""),
    "0": ("missing", ""),
    "-": ("not_collected", ""),
    "n": ("not_yet", ""),
    "x": ("missing", ""),
    "X": ("missing", "break"),
    "a": ("below_format", ""),
    "A": ("below_format", "break"),
    "z": ("zero", ""),
    "Z": ("zero", "break"),
    "k": ("observed", "low_precision"),
    "K": ("observed", "low_precision break"),
    "M": ("observed", "break"),
    "p": ("observed", "joint"),
    "s": ("observed", "provisional"),
    "v": ("observed", "low_precision"),
}
Facts = dict[tuple[str, int], tuple[float | None, str, frozenset[str]]]


def meant(cell: Cell) -> tuple[float | None, str, frozenset[str]]:
    status, flags = MEANING[cell.symbol]
    named = frozenset(flags.split())
    if status == "observed":
        return cell.value, "observed" if cell.value else "zero", named
    return (0.0 if status == "zero" else None), status, named


def expected(
    world: World,
    variable: int,
    levels: Iterable[int],
    years: Iterable[int],
    revision: int = 0,
    revised_from: int = 9999,
) -> Facts:
    """By unit and year: value, status, flags."""
    found: Facts = {}
    for level in levels:
        for row in world.rows(level):
            for year in years:
                if row.code and not row.part and row.first <= year <= row.last:
                    added = revision if year >= revised_from else 0
                    found[row.code, year] = meant(world.cell(variable, row, year, added))
    return found


def landed(table: TidyTable) -> Facts:
    """The same of a table that was written."""
    columns = zip(table.unit, table.year, table.value, table.status, table.flags, strict=True)
    return {
        (str(unit), int(year)): (
            None if value != value else float(value),
            STATUS_NAMES[Status(status)],
            frozenset(flag_names(Flag(int(flags)))),
        )
        for unit, year, value, status, flags in columns
    }
