"""The pivot table: one of units, indicators and years as rows, the two others as columns.

Rows are sorted, filtered and cut into pages as arrays; only what is shown is written as words.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.language import Lang, fold, sort_key
from smup.panel.panel import FIRST_GAP, Codes, Values
from smup.store.releases import Release
from smup.telling.naming import title
from smup.territory import Unit
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.cube import Cube
from smup.web.portal.explorer.question import Question

PAGE = 100
MOST_COLUMNS = 48
NAME = "nazwa"
_PLACE = {q.INDICATORS: 0, q.YEARS: 1, q.UNITS: 2}  # of an axis in the cube
Member = Indicator | int | Unit
Places = NDArray[np.intp]
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class Column:
    """``upper`` and ``lower`` are places on the two axes of columns."""

    upper: int
    lower: int
    key: str  # by which rows are sorted


@dataclass(frozen=True)
class Pivot:
    """``axes`` are rows, upper and lower columns; ``members`` what stands on each.

    ``order`` are the rows that passed the filter, sorted; ``shown`` those of the page asked for.
    ``empty`` are columns left out because no row has a value there, ``cut`` counts those that are
    too many. Arrays are [row, column] of ``columns``.
    """

    axes: tuple[str, str, str]
    members: tuple[tuple[Member, ...], tuple[Member, ...], tuple[Member, ...]]
    columns: tuple[Column, ...]
    empty: tuple[Column, ...]
    cut: int
    values: Values
    status: Codes
    flags: Codes
    order: Places
    page: int
    pages: int
    sort: str

    @property
    def shown(self) -> Places:
        return self.order[(self.page - 1) * PAGE : self.page * PAGE]

    @property
    def sortable(self) -> bool:
        """Values of one column can be put in order where they are of one indicator."""
        return self.axes[0] != q.INDICATORS

    def indicator_at(self, row: int, column: int) -> Indicator:
        """The indicator of a cell."""
        found = self.along(q.INDICATORS, row, column)
        assert isinstance(found, Indicator)
        return found

    def along(self, axis: str, row: int, column: int) -> Member:
        """What stands on ``axis`` for a cell."""
        place = self.axes.index(axis)
        one = self.columns[column]
        return self.members[place][(row, one.upper, one.lower)[place]]


def pivot_of(release: Release, question: Question, cube: Cube, lang: Lang) -> Pivot:
    """The table of a question."""
    third = next(axis for axis in q.AXES if axis not in (question.rows, question.columns))
    axes = (question.rows, question.columns, third)
    members = tuple(_members(cube, axis) for axis in axes)
    turn = tuple(_PLACE[axis] for axis in axes)
    held = np.any(_turned(cube.status < FIRST_GAP, turn), axis=0)
    columns = tuple(
        Column(upper, lower, f"{_key(one)}.{_key(other)}")
        for upper, one in enumerate(members[1])
        for lower, other in enumerate(members[2])
    )
    kept = np.flatnonzero(held if held.any() else ~held)
    empty = tuple(one for one, it_is in zip(columns, held.tolist(), strict=True) if not it_is)
    columns = tuple(columns[at] for at in kept)
    values, status = _turned(cube.values, turn)[:, kept], _turned(cube.status, turn)[:, kept]
    order, sort = _order(release, question, cube, columns, values, members[0], lang)
    order = _filtered(question, order, status, members[0], lang)
    pages = max(1, -(-len(order) // PAGE))
    return Pivot(
        axes,
        (members[0], members[1], members[2]),
        columns[:MOST_COLUMNS],
        empty if held.any() else (),
        max(0, len(columns) - MOST_COLUMNS),
        values,
        status,
        _turned(cube.flags, turn)[:, kept],
        order,
        min(question.page, pages),
        pages,
        sort,
    )


def _turned(part: NDArray[Scalar], turn: tuple[int, ...]) -> NDArray[Scalar]:
    """An array of the cube as [row, column], the lower axis of columns running fastest."""
    turned = np.transpose(part, turn)
    return turned.reshape(len(turned), -1)


def _members(cube: Cube, axis: str) -> tuple[Member, ...]:
    held: dict[str, tuple[Member, ...]] = {
        q.INDICATORS: cube.indicators,
        q.YEARS: cube.years,
        q.UNITS: cube.units,
    }
    return held[axis]


def _key(member: Member) -> str:
    if isinstance(member, Indicator):
        return member.id
    return member.code if isinstance(member, Unit) else str(member)


def member_name(member: Member, lang: Lang) -> str:
    """A unit, indicator or year as the head of a row or column."""
    if isinstance(member, Indicator):
        return str(getattr(member.label, lang))
    return title(member, lang) if isinstance(member, Unit) else str(member)


def _order(
    release: Release,
    question: Question,
    cube: Cube,
    columns: tuple[Column, ...],
    values: Values,
    rows: tuple[Member, ...],
    lang: Lang,
) -> tuple[Places, str]:
    """Places of the rows in order, and what they were sorted by.

    Gaps stand last in both directions; ties, and rows without a sort, go by name – except that
    units listed by the reader keep the order of the list, and years and indicators theirs.
    """
    wanted = question.sort.removeprefix("-")
    down = question.sort.startswith("-")
    natural = np.arange(len(rows))
    by_name = _by_name(release, rows, lang) if question.rows == q.UNITS else natural
    if wanted == NAME:
        return (by_name[::-1] if down else by_name), question.sort
    at = next((i for i, one in enumerate(columns) if one.key == wanted), None)
    if at is None or question.rows == q.INDICATORS:
        listed = question.rows == q.UNITS and not (question.has_sets or question.has_rules)
        listed = listed and bool(question.units)
        return (natural if listed else by_name), ""
    column = values[by_name, at]
    ranked = np.argsort(-column if down else column, kind="stable")  # NaN goes last
    return by_name[ranked], question.sort


def _by_name(release: Release, rows: tuple[Member, ...], lang: Lang) -> Places:
    rank = _name_ranks(release, lang)
    ranks = np.array([rank[row.code] for row in rows if isinstance(row, Unit)], np.intp)
    return np.argsort(ranks, kind="stable")


@lru_cache(maxsize=4)
def _name_ranks(release: Release, lang: Lang) -> dict[str, int]:
    """Unit -> its place in the alphabet; of one name, by code."""
    names = sorted((sort_key(title(unit, lang)), unit.code) for unit in release.territory)
    return {code: place for place, (_, code) in enumerate(names)}


def _filtered(
    question: Question, order: Places, status: Codes, rows: tuple[Member, ...], lang: Lang
) -> Places:
    """Without rows that do not hold the text asked for or, if so asked, have no value at all."""
    if question.gaps == q.WITHOUT_GAPS:
        order = order[np.any(status < FIRST_GAP, axis=1)[order]]
    if question.filter:
        wanted = fold(question.filter)
        kept = [at for at in order if wanted in fold(member_name(rows[at], lang))]
        order = np.array(kept, np.intp)
    return order


@dataclass(frozen=True)
class Summary:
    """Of every column over the rows that passed the filter: median (NaN without a value) and how
    many rows have a value. Every row counts the same, however large its unit is."""

    medians: Values
    known: NDArray[np.int64]
    rows: int


def summary_of(pivot: Pivot) -> Summary | None:
    """None where rows are not units: a median of years or of different indicators says nothing."""
    if pivot.axes[0] != q.UNITS or len(pivot.order) < 2:
        return None
    values = pivot.values[pivot.order, : len(pivot.columns)]
    known = np.isfinite(values).sum(axis=0)
    medians = np.full(len(known), np.nan)
    if known.any():
        medians[known > 0] = np.nanmedian(values[:, known > 0], axis=0)
    return Summary(medians, known, len(pivot.order))
