"""Places within reach: a naive twin moves every unit; ties, targets and small bases."""

from collections.abc import Callable
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from smup.compare import Frame, compare_unit
from smup.compare.counts import Counts
from smup.compare.intervals import Intervals
from smup.compare.rank_interval import costs, reached
from smup.panel import Status
from tests.compare.test_compare import IN_2024, VALUES, in_2024
from tests.helpers.country import ABOLISHED, CITY, CREATED
from tests.helpers.definitions import TEXT, an_indicator

MakeFrame = Callable[..., Frame]
Ends = list[tuple[int, int]]
INTERVALS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda p: (min(p), max(p))),
    min_size=1,
    max_size=5,
)


def found_for(ends: Ends) -> list[tuple[int, int]]:
    better, worse = (np.array(side, np.float64) for side in zip(*ends, strict=True))
    low, high = reached(better, worse)
    return list(zip(low.tolist(), high.tolist(), strict=True))


@given(INTERVALS)
def test_against_moving_every_unit_to_either_end(ends: Ends) -> None:
    """A place is reached when it is taken in some combination of ends, ties either way."""
    reach: list[set[int]] = [set() for _ in ends]
    for costs_now in product(*ends):
        for unit, own in enumerate(costs_now):
            ahead = sum(c < own for c in costs_now)
            behind = sum(c > own for c in costs_now)
            reach[unit] |= {ahead + 1, len(ends) - behind}
    assert found_for(ends) == [(min(places), max(places)) for places in reach]


@given(INTERVALS, st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(ends: Ends, random: object) -> None:
    order = list(range(len(ends)))
    random.shuffle(order)  # type: ignore[attr-defined]
    mixed = found_for([ends[i] for i in order])
    assert [mixed[order.index(i)] for i in range(len(ends))] == found_for(ends)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_without_intervals_the_places_of_the_tie(values: list[int]) -> None:
    for value, (low, high) in zip(values, found_for([(v, v) for v in values]), strict=True):
        assert low == 1 + sum(v < value for v in values)
        assert high == sum(v <= value for v in values)


def test_units_without_a_value_stand_outside() -> None:
    low, high = reached(np.array([1.0, np.nan, 0.0]), np.array([2.0, np.nan, 0.5]))
    assert (low.tolist(), high.tolist()) == ([2, 0, 1], [2, 0, 1])


def made_intervals(low: list[float], high: list[float]) -> Intervals:
    nothing = np.zeros(len(low))
    return Intervals(
        np.array(low), np.array(high), Counts("binomial", 1.0, nothing, nothing, True), 0.95
    )


def test_costs_follow_the_direction_and_the_target() -> None:
    values, found = np.array([5.0, 7.0]), made_intervals([4.0, np.nan], [6.0, np.nan])

    def ends(**changes: object) -> list[list[float]]:
        return [c.tolist() for c in costs(values, found, an_indicator("x", "a", **changes))]

    assert ends(better="higher") == [[-6.0, -7.0], [-4.0, -7.0]]
    assert ends(better="lower") == [[4.0, 7.0], [6.0, 7.0]]
    at = {"at": "exactly", "value": 5.5, "basis": TEXT}
    assert ends(better="target", target=at) == [[0.0, 1.5], [1.5, 1.5]]
    least = {"at": "at_least", "value": 5.0, "basis": TEXT}
    assert ends(better="target", target=least) == [[0.0, 0.0], [1.0, 0.0]]


def test_the_rank_of_a_unit_widens_with_its_interval(frame: MakeFrame) -> None:
    """Bases of 100 events and more leave the order alone; shares of 20 do not."""
    for base, sure in ((1e9, True), (20.0, False)):
        counts = {u: base * v / 10 for u, v in VALUES.items()}
        given_ = {**in_2024(counts), **in_2024(dict.fromkeys(IN_2024, base), "b")}
        made = frame(an_indicator("x", "100 * a / b", interval="binomial"), given=given_)
        rank = compare_unit(made, CITY, "x").rank
        assert rank.position == 3
        assert ((rank.low, rank.high) == (3, 3)) is sure
        assert rank.low is not None
        assert rank.high is not None
        assert rank.low <= 3 <= rank.high
        assert (rank.tied, rank.percentile) == (1, 100 * 17 / 22)


def test_too_small_a_base_gives_no_place_but_keeps_the_others(frame: MakeFrame) -> None:
    bases = dict.fromkeys(IN_2024, 100.0) | {CITY: 9.0}
    given_ = {**in_2024(), **in_2024(bases, "b")}
    made = frame(an_indicator("x", "100 * a / b", interval="binomial"), given=given_)
    small, other = compare_unit(made, CITY, "x"), compare_unit(made, "020101", "x")
    assert (small.rank.position, small.rank.low, small.rank.reason) == (None, None, "small_base")
    assert small.interval is not None
    assert small.basis is not None
    assert small.basis.to_dict() == {"events": 7.0, "base": 9.0}
    assert (other.rank.with_data, other.rank.reason) == (11, None)


def test_a_unit_without_the_service_changes_nothing(frame: MakeFrame) -> None:
    """The city is left out of the comparison: the others' places are as if it did not exist."""
    bases = in_2024(dict.fromkeys(IN_2024, 30.0), "b")
    gminas = {u: v for u, v in VALUES.items() if u != CITY}
    ranks = []
    for values in (VALUES, gminas):
        indicator = an_indicator("x", "100 * a / b", interval="binomial", kinds=("gmina",))
        made = frame(indicator, given={**in_2024(values), **bases})
        ranks.append([compare_unit(made, u, "x", 2024).rank for u in gminas])
    assert ranks[0] == ranks[1]


def test_bad_input_gives_reasons_and_no_numbers(frame: MakeFrame) -> None:
    """Everything confidential, all equal, a unit created last year, an abolished one."""
    indicator = an_indicator("x", "100 * a / b", interval="binomial")
    hidden = {("a", 2024, u): Status.CONFIDENTIAL for u in IN_2024}
    known = in_2024(dict.fromkeys(IN_2024, 50.0), "b")
    secret = compare_unit(frame(indicator, given={**hidden, **known}), CITY, "x", 2024)
    assert (secret.interval, secret.interval_reason) == (None, "no_value")
    assert (secret.rank.low, secret.rank.high, secret.rank.reason) == (None, None, "no_value")
    assert (secret.basis, secret.smoothed) == (None, None)
    equal = frame(indicator, given={**in_2024(dict.fromkeys(IN_2024, 5.0)), **known})
    same = compare_unit(equal, CREATED, "x", 2024)
    assert (same.rank.position, same.rank.low, same.rank.high, same.rank.tied) == (1, 1, 11, 11)
    assert same.smoothed is not None
    assert (same.smoothed.value, same.smoothed.weight) == (10.0, 0.0)
    before = compare_unit(equal, CREATED, "x", 2022)
    assert (before.interval, before.rank.low) == (None, None)
    gone = compare_unit(equal, ABOLISHED, "x", 2024)
    assert (gone.interval, gone.interval_reason, gone.rank.reason) == (None, "no_value", "no_value")
