"""The table behind every picture, as data and as HTML."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Table:
    """Column heads and rows of ready words; ``numeric`` says which columns are aligned right.

    The first cell of a row is its head.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"table {self.caption!r}: a row and the head differ in length")


def html(table: Table) -> str:
    """A plain HTML table with scopes, for a page, a report or a mail."""
    head = "".join(
        f'<th scope="col"{_align(table, i)}>{escape(cell)}</th>'
        for i, cell in enumerate(table.head)
    )
    rows = "".join(_row(table, row) for row in table.rows)
    return (
        f"<table><caption>{escape(table.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(table: Table, row: tuple[str, ...]) -> str:
    first, *rest = row
    cells = "".join(
        f"<td{_align(table, i)}>{escape(cell)}</td>" for i, cell in enumerate(rest, start=1)
    )
    return f'<tr><th scope="row"{_align(table, 0)}>{escape(first)}</th>{cells}</tr>'


def _align(table: Table, column: int) -> str:
    return ' class="num"' if column in table.numeric else ""
