"""One unit beside a set of others in many indicators at once, as a page of a unit needs it.

``compare_unit`` answers one question in full and takes milliseconds; this gives places and five
numbers of hundreds of indicators in as long, by the same rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.comparison import Rank, Reason, place
from smup.compare.frame import OUTSIDE, Frame
from smup.compare.kernels import ENOUGH_PERCENT, FEWEST
from smup.compare.positions import Summary
from smup.compare.score import best_first, distance_to_target
from smup.panel import Status
from smup.panel.panel import FIRST_GAP, Codes, Values
from smup.territory import Level, Unit

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Beside:
    """A unit in one indicator and year among some others.

    ``summary`` is of the others, None where none of them has a value; ``rank`` is with the unit.
    ``worse`` counts the others with data placed after the unit, ``compared`` those with data.
    """

    summary: Summary | None
    rank: Rank
    worse: int
    compared: int


@dataclass(frozen=True)
class _Block:
    """Arrays [question, other]; ``own``, ``there`` (it exists and the indicator applies to it) and
    ``takes_part`` are of the unit itself, [question]."""

    values: Values
    member: Mask
    known: Mask
    own: Values
    there: Mask
    takes_part: Mask

    @property
    def placed(self) -> Mask:
        """[question]: has the unit a value that takes part?"""
        found: Mask = self.takes_part & ~np.isnan(self.own)
        return found


def beside(
    frame: Frame,
    unit: Unit,
    role: Level,
    asked: Sequence[tuple[Indicator, int]],
    others: Iterable[str],
    *,
    itself: bool = False,
) -> list[Beside]:
    """The unit among ``others`` (codes; those without the role are passed over) in each indicator
    and year asked for.

    Only others of the unit's own stratum count; a unit that takes no part is beside those it would
    stand among, and is not placed. With ``itself`` it is a member of the set, as of a fixed group,
    and the summary is with it. Whether a rate stands on too small a base for a place is not asked
    here. Raises KeyError for an indicator or year without data.
    """
    if not asked:
        return []
    block = _block(frame, unit, role, asked, [code for code in others if code != unit.code])
    scores, own = _scores(block, [indicator for indicator, _ in asked])
    with np.errstate(invalid="ignore"):
        ahead = (block.known & (scores > own[:, None])).sum(axis=1)
        equal = (block.known & (scores == own[:, None])).sum(axis=1)
    ranks = _ranks(block, ahead, equal)
    worse = block.known.sum(axis=1) - ahead - equal
    return [
        Beside(summary, rank, after if rank.position else 0, compared)
        for summary, rank, after, compared in zip(
            _summaries(block, itself),
            ranks,
            worse.tolist(),
            block.known.sum(axis=1).tolist(),
            strict=True,
        )
    ]


def _block(
    frame: Frame,
    unit: Unit,
    role: Level,
    asked: Sequence[tuple[Indicator, int]],
    others: Sequence[str],
) -> _Block:
    panel, units = frame.indicators, frame.role(role)
    places = np.array([units.place[c] for c in others if c in units.place], np.intp)
    items = np.array([panel.item_index[indicator.id] for indicator, _ in asked], np.intp)
    years = np.array([panel.year_index[year] for _, year in asked], np.intp)
    columns, mine = units.columns[places], panel.unit_index[unit.code]
    cells = items[:, None], years[:, None], columns[None, :]
    status = np.asarray(panel.status[cells])
    stands, alike = _strata(frame, unit, role, [one for one, _ in asked], places)
    return _Block(
        np.asarray(panel.values[cells]),
        alike & _exists(status),
        alike & (status < FIRST_GAP),
        np.asarray(panel.values[items, years, mine]),
        _exists(np.asarray(panel.status[items, years, mine])),
        stands != OUTSIDE,
    )


def _strata(
    frame: Frame, unit: Unit, role: Level, indicators: Sequence[Indicator], places: NDArray[np.intp]
) -> tuple[NDArray[np.int8], Mask]:
    """The unit's stratum [question], and whether others are of it [question, other]."""
    at = frame.role(role).place.get(unit.code)
    found: dict[tuple[object, ...], tuple[int, Mask]] = {}
    keys = [(one.cities, one.kinds) for one in indicators]
    for key, one in zip(keys, indicators, strict=True):
        if key not in found:
            strata = frame.strata(one, role)
            own = OUTSIDE if at is None else int(strata[at])
            found[key] = own, strata[places] == max(own, 0)
    stands = np.array([found[key][0] for key in keys], np.int8)
    return stands, np.array([found[key][1] for key in keys], bool)


def _exists(status: Codes) -> Mask:
    """Units that exist and to which the indicator applies, with or without data."""
    found: Mask = (status != Status.NOT_EXISTING) & (status != Status.NOT_APPLICABLE)
    return found


def _scores(block: _Block, indicators: Sequence[Indicator]) -> tuple[Values, Values]:
    """[question, other] and [question]: larger is placed first."""
    sign = np.array([1.0 if best_first(one) else -1.0 for one in indicators])
    scores, own = block.values * sign[:, None], block.own * sign
    for at, one in enumerate(indicators):
        if one.target is not None:
            distance, _ = distance_to_target(np.append(block.values[at], block.own[at]), one)
            scores[at], own[at] = -distance[:-1], -distance[-1]
    return scores, own


def _ranks(block: _Block, ahead: NDArray[np.intp], equal: NDArray[np.intp]) -> list[Rank]:
    """Places of the unit with it among the others."""
    of = block.member.sum(axis=1) + (block.takes_part & block.there)
    placed = block.placed
    with_data = block.known.sum(axis=1) + placed
    enough = (with_data >= FEWEST) & (100 * with_data >= ENOUGH_PERCENT * of) & placed
    found = []
    for at in range(len(of)):
        absent: Reason | None = None
        if not block.takes_part[at]:
            absent = "not_compared"
        elif not placed[at]:
            absent = "no_value"
        first = int(ahead[at]) + 1 if enough[at] else 0
        last = first + int(equal[at])
        found.append(place(first, last, int(of[at]), int(with_data[at]), absent))
    return found


def _summaries(block: _Block, itself: bool) -> list[Summary | None]:
    """Of the others, or of them and the unit."""
    values, known, member = block.values, block.known, block.member
    if itself:
        values = np.column_stack([values, block.own])
        known = np.column_stack([known, block.placed])
        member = np.column_stack([member, block.takes_part & block.there])
    counts = zip(member.sum(axis=1).tolist(), known.sum(axis=1).tolist(), strict=True)
    return [
        Summary(n, with_data, *five) if with_data else None
        for (n, with_data), five in zip(counts, _five(values, known).tolist(), strict=True)
    ]


def _five(values: Values, known: Mask) -> Values:
    """[question, 5]: minimum, quartiles and maximum (Hyndman-Fan 7) of what is known; NaN for
    nothing."""
    if not values.shape[1]:
        return np.full((len(values), len(QUARTERS)), np.nan)
    ordered = np.sort(np.where(known, values, np.nan), axis=1)
    last = np.maximum(known.sum(axis=1) - 1, 0)[:, None]
    at = last * np.array(QUARTERS)
    low = np.floor(at).astype(np.intp)
    lower, upper = (
        np.take_along_axis(ordered, one, axis=1) for one in (low, np.minimum(low + 1, last))
    )
    found: Values = lower + (upper - lower) * (at - low)
    return found
