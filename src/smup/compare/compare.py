"""One unit against its neighbours, its group, its powiat, its województwo and the country."""

import math
from collections.abc import Sequence

import numpy as np

from smup.catalogue import DEFAULT_SYSTEM
from smup.compare.certainty import Certainty
from smup.compare.comparison import Comparator, Comparison, Rank, Reason, place
from smup.compare.frame import Frame
from smup.compare.kernels import Ranked
from smup.compare.peers import is_alone
from smup.compare.question import ComparisonError, Question, ask, newest
from smup.compare.ranking import Scale, empty_ranked, last_of_tie, make_parts, rank_into
from smup.compare.score import best_first, distance_to_target
from smup.compare.sets import Mask, UnitSet, sets_of
from smup.compare.weighted import weighted_value
from smup.panel import Status
from smup.panel.panel import Values
from smup.territory import Level

__all__ = ["ComparisonError", "compare_unit"]


def compare_unit(
    frame: Frame,
    unit: str,
    indicator: str,
    year: int | None = None,
    role: Level | None = None,
    groups: str = DEFAULT_SYSTEM,
    units: Sequence[str] = (),
) -> Comparison:
    """The unit (code or alias) among others in one indicator.

    ``role`` is the level at which it is compared, by default the first that the indicator allows.
    ``year`` is by default the newest with values for 80 % of the units concerned; without one, the
    newest in which the unit has a value; without one, the newest of all.
    ``groups`` is the system of fixed groups in which the comparator ``group`` is sought, ``units``
    (codes or aliases) the reader's own list, the comparator ``list``.
    Raises ComparisonError for an unknown unit, indicator, year or system of groups and for a role
    the unit lacks.
    """
    question = ask(frame, unit, indicator, year, role, groups, units)
    value, status, flags = frame.indicators.cell(indicator, question.year, question.unit.code)
    absent: Reason | None = "no_value" if value is None else None
    if not question.takes_part:
        absent = "not_compared"
    certainty = Certainty(question)
    if absent is None and certainty.too_small:
        absent = "small_base"
    comparators = _comparators(question, absent, certainty)
    interval, no_interval = certainty.interval
    return Comparison(
        question.unit.code,
        indicator,
        question.year,
        question.role,
        value,
        status,
        flags,
        newest(frame, indicator, question.unit.code) if value is None else None,
        next(c.rank for c in comparators if c.id == "kraj"),
        comparators,
        groups,
        interval,
        no_interval,
        certainty.basis,
        certainty.smoothed,
    )


def _comparators(
    question: Question, absent: Reason | None, certainty: Certainty
) -> tuple[Comparator, ...]:
    sets = sets_of(question)
    members = _statistics(question, [s.members for s in sets])
    placed = _places(question, [s.placed for s in sets])
    return tuple(
        _comparator(
            question,
            one,
            part,
            members,
            _rank_of(placed, part, question.place, absent, certainty.places(one.placed)),
        )
        for part, one in enumerate(sets)
    )


def _statistics(question: Question, masks: list[Mask]) -> Ranked:
    scale = Scale.of([question.indicator.decimals], [best_first(question.indicator)])
    return _run(question, masks, question.values, scale)


def _places(question: Question, masks: list[Mask]) -> Ranked:
    if question.indicator.target is None:
        return _statistics(question, masks)
    distance, decimals = distance_to_target(question.values, question.indicator)
    return _run(question, masks, distance, Scale.of([decimals], [False]))


def _run(question: Question, masks: list[Mask], values: Values, scale: Scale) -> Ranked:
    """Each mask is a grouping with one part."""
    columns = question.frame.role(question.role).columns
    labels = np.stack([np.where(mask, part, -1) for part, mask in enumerate(masks)])
    parts = make_parts(labels, len(masks))
    out = empty_ranked(1, 1, len(columns), len(masks), len(masks))
    rank_into(
        out, values[None, None], question.status[None, None], [0], columns, scale, parts, threads=1
    )
    return out


def _rank_of(
    placed: Ranked, part: int, at: int, absent: Reason | None, reach: tuple[int, int]
) -> Rank:
    return place(
        int(placed.position[0, part, 0, at]),
        last_of_tie(placed.position[0, part, 0], at),
        int(placed.members[0, 0, part]),
        int(placed.with_data[0, 0, part]),
        absent,
        reach,
    )


def _comparator(
    question: Question, one: UnitSet, part: int, members: Ranked, rank: Rank
) -> Comparator:
    role = question.frame.role(question.role)
    existing = one.members & (question.status[role.columns] != Status.NOT_EXISTING)
    mean, median, q1, q3, low, high = (
        None if math.isnan(x) else float(x) for x in members.statistics[0, 0, part]
    )
    return Comparator(
        id=one.name,
        members=tuple(role.codes[existing].tolist()),
        n=int(members.members[0, 0, part]),
        with_data=int(members.with_data[0, 0, part]),
        weighted=weighted_value(
            question.frame, question.indicator, role.columns[existing], question.year
        ),
        mean=mean,
        median=median,
        q1=q1,
        q3=q3,
        min=low,
        max=high,
        rank=rank,
        outside_stratum=one.name == "peers"
        and is_alone(question.frame.catalogue, question.unit.code),
    )
