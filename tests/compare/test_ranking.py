"""The kernels against a naive twin, against NumPy and against SciPy."""

import math
from dataclasses import astuple
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import rankdata

from smup.compare.kernels import STATISTICS, Ranked, most_steps, unit_bits
from smup.compare.ranking import (
    Scale,
    describe,
    empty_ranked,
    last_of_tie,
    make_parts,
    rank_into,
)
from smup.panel import Status
from smup.panel.panel import Values
from tests.compare.naive import standings, summary


def rank_all(
    values: Values,
    labels: NDArray[np.int64],
    decimals: int = 1,
    higher: bool = True,
    gap: Status = Status.MISSING,
) -> Ranked:
    """Rank a block [item, year, unit]; every gap has the same reason."""
    status = np.where(np.isnan(values), np.uint8(gap), np.uint8(Status.OBSERVED))
    items, years, units = values.shape
    parts = make_parts(labels)
    out = empty_ranked(items, years, units, len(labels), len(parts.size))
    scale = Scale.of([decimals] * items, [higher] * items)
    rank_into(out, values, status, range(items), np.arange(units), scale, parts)
    return out


def one_row(row: list[float], **options: int) -> Ranked:
    return rank_all(np.array(row)[None, None], np.zeros((1, len(row)), np.int64), **options)


def position(row: list[float], **options: int) -> list[int]:
    return [int(p) for p in one_row(row, **options).position[0, 0, 0]]


def last(found: Ranked, item: int = 0, g: int = 0, year: int = 0) -> list[int]:
    """Not in one grouping but in one part: the rows of these tests have one part only."""
    row = found.position[item, g, year]
    return [last_of_tie(row, unit) for unit in range(row.size)]


GAP = math.nan


def test_ties_share_the_best_place_and_the_next_is_left_out() -> None:
    found = one_row([5.0, 3.0, 5.0, 1.0, 9.0, 3.0, 3.0, 0.0])
    assert found.position[0, 0, 0].tolist() == [2, 4, 2, 7, 1, 4, 4, 8]
    assert last(found) == [3, 6, 3, 7, 1, 6, 6, 8]


def test_lower_is_better_turns_the_order() -> None:
    assert position([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 7.0], higher=False) == [
        1, 2, 3, 4, 5, 6, 7, 7,
    ]  # fmt: skip


def test_all_equal() -> None:
    found = one_row([4.2] * 8)
    assert found.position[0, 0, 0].tolist() == [1] * 8
    assert last(found) == [8] * 8
    assert found.percentile[0, 0].tolist() == [50.0] * 8
    assert found.statistics[0, 0, 0].tolist() == [4.2] * 6


def test_no_position_for_fewer_than_eight_or_less_than_seventy_per_cent() -> None:
    assert position([1.0] * 7) == [0] * 7
    assert position([1.0] * 8 + [GAP] * 3) == [1] * 8 + [0] * 3  # 8 of 11: 73 %
    assert position([1.0] * 8 + [GAP] * 4) == [0] * 12  # 8 of 12: 67 %
    assert position([1.0] * 14 + [GAP] * 6) == [1] * 14 + [0] * 6  # 70 % exactly


@pytest.mark.parametrize("reason", [Status.NOT_EXISTING, Status.NOT_APPLICABLE])
def test_units_it_does_not_concern_are_no_members(reason: Status) -> None:
    found = one_row([1.0] * 8 + [GAP] * 9, gap=reason)
    assert int(found.members[0, 0, 0]) == int(found.with_data[0, 0, 0]) == 8
    assert found.position[0, 0, 0, :8].tolist() == [1] * 8


def test_a_gap_is_a_member_without_data() -> None:
    found = one_row([1.0] * 8 + [GAP])
    assert (int(found.members[0, 0, 0]), int(found.with_data[0, 0, 0])) == (9, 8)


def test_one_unit_no_data_and_no_units() -> None:
    assert one_row([3.5]).statistics[0, 0, 0].tolist() == [3.5] * 6
    assert np.isnan(one_row([GAP, GAP]).statistics[0, 0, 0]).all()
    assert one_row([GAP, GAP]).with_data[0, 0, 0] == 0
    assert rank_all(np.empty((2, 3, 0)), np.empty((1, 0), np.int64)).position.shape == (2, 1, 3, 0)
    assert rank_all(np.empty((0, 3, 4)), np.zeros((1, 4), np.int64)).position.shape == (0, 1, 3, 4)


def test_amounts_of_a_trillion_differ_in_the_last_grosz() -> None:
    row = [1e12 + grosz / 100 for grosz in (3, 1, 2, 2, 0, 7, 5, 6)]
    assert position(row, decimals=2) == [4, 7, 5, 5, 8, 1, 3, 2]
    assert position([-v for v in row], decimals=2) == [5, 2, 3, 3, 1, 8, 6, 7]


def test_values_beyond_the_keys_are_ranked_all_the_same() -> None:
    row = [8e15, -8e15, 1e300, 8e15 + 1, 0.0, 2.5, 1e300, -1e300, 1.0]
    found = one_row(row, decimals=2)
    assert found.position[0, 0, 0].tolist() == [4, 8, 1, 3, 7, 5, 1, 9, 6]
    assert found.statistics[0, 0, 0, STATISTICS.index("median")] == 2.5
    assert found.statistics[0, 0, 0, STATISTICS.index("max")] == 1e300


def test_one_item_beyond_the_keys_leaves_the_others_of_its_batch_alone() -> None:
    values = np.arange(40.0).reshape(4, 1, 10)
    values[2, 0, 3] = 1e18
    labels = np.zeros((1, 10), np.int64)
    plain = rank_all(np.delete(values, 2, axis=0), labels)
    mixed = rank_all(values, labels)
    for name in Ranked._fields:
        rest = np.delete(getattr(mixed, name), 2, axis=0)
        assert np.array_equal(rest, getattr(plain, name), equal_nan=True), name
    assert mixed.position[2, 0, 0].tolist() == [10, 9, 8, 1, 7, 6, 5, 4, 3, 2]
    assert mixed.with_data[2, 0, 0] == 10


def test_more_units_than_fit_into_twelve_bits() -> None:
    units = 5000
    row = np.random.default_rng(3).integers(0, 900, units) / 10
    found = rank_all(row[None, None], np.zeros((1, units), np.int64))
    expected = rankdata(-row, method="min")
    assert np.array_equal(found.position[0, 0, 0], expected)


def test_what_does_not_fit_into_keys_or_positions_is_known() -> None:
    assert unit_bits(1) == 1
    assert unit_bits(4096) == 12
    assert unit_bits(4097) == 13
    assert most_steps(12) == most_steps(5) == 2**51
    assert most_steps(13) == 2**50
    with pytest.raises(ValueError, match="65535"):
        make_parts(np.zeros((1, 70_000), np.int64))


def test_a_part_belongs_to_one_grouping() -> None:
    with pytest.raises(ValueError, match="two groupings"):
        make_parts(np.array([[0, 1], [1, 2]]))


# Against the twin, on blocks with three groupings.

STEPS = st.one_of(st.none(), st.integers(-30, 30), st.integers(-(10**14), 10**14))


@st.composite
def blocks(draw: st.DrawFn) -> tuple[Values, NDArray[np.int64], int]:
    units = draw(st.integers(1, 30))
    items, years = draw(st.integers(1, 12)), draw(st.integers(1, 2))
    decimals = draw(st.integers(0, 3))
    seed = draw(st.randoms(use_true_random=False))
    palette = draw(st.lists(STEPS, min_size=1, max_size=12))
    steps = [
        [[seed.choice(palette) for _ in range(units)] for _ in range(years)] for _ in range(items)
    ]
    values = np.array(
        [[[GAP if s is None else s / 10**decimals for s in r] for r in i] for i in steps]
    )
    parts = iter(range(10_000))
    labels = []
    for most in (1, 3, 5):
        names = [next(parts) for _ in range(most)]
        labels.append([seed.choice([-1, *names]) if most > 1 else names[0] for _ in range(units)])
    return values, np.array(labels), decimals


@settings(max_examples=60, deadline=None)
@given(blocks(), st.booleans())
def test_twin(block: tuple[Values, NDArray[np.int64], int], higher: bool) -> None:
    values, labels, decimals = block
    found = rank_all(values, labels, decimals, higher)
    for item, year in np.ndindex(values.shape[:2]):
        row = values[item, year]
        for g, grouping in enumerate(labels):
            for part in set(grouping.tolist()) - {-1}:
                inside = np.flatnonzero(grouping == part)
                known = {str(u): float(row[u]) for u in inside if not math.isnan(row[u])}
                check_part(found, (item, g, year, part), inside, known, higher)


def check_part(
    found: Ranked,
    at: tuple[int, int, int, int],
    inside: NDArray[np.intp],
    known: dict[str, float],
    higher: bool,
) -> None:
    item, g, year, part = at
    assert found.members[item, year, part] == len(inside)
    assert found.with_data[item, year, part] == len(known)
    expected = summary(list(known.values()))
    got = found.statistics[item, year, part].tolist()
    if expected is None:
        assert all(math.isnan(x) for x in got)
    else:  # one rounding on each side
        assert got == pytest.approx(astuple(expected)[1:], rel=1e-15, abs=0)
    places = standings(known, len(inside), higher_is_better=higher)
    for unit in inside:
        standing = places.get(str(unit))
        assert found.position[item, g, year, unit] == (standing.position if standing else 0)
        if g == 0:
            percentile = found.percentile[item, year, unit]
            assert percentile == np.float32(standing.percentile if standing else 0)
            assert found.quartile[item, year, unit] == (standing.quartile if standing else 0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-1000, 1000), min_size=8, max_size=300), st.booleans())
def test_numpy_and_scipy(steps: list[int], higher: bool) -> None:
    row = np.array(steps) / 10
    found = rank_all(row[None, None], np.zeros((1, row.size), np.int64), 1, higher)
    signed = -row if higher else row
    assert np.array_equal(found.position[0, 0, 0], rankdata(signed, method="min"))
    assert last(found) == rankdata(signed, method="max").tolist()
    expected = [
        row.mean(),
        *np.percentile(row, (50, 25, 75), method="linear"),
        row.min(),
        row.max(),
    ]
    assert found.statistics[0, 0, 0].tolist() == pytest.approx(expected, rel=1e-12, abs=1e-12)
    middle = rankdata(signed, method="average") - 0.5
    assert np.allclose(found.percentile[0, 0], 100 * (1 - middle / row.size), atol=1e-4)


@settings(max_examples=30, deadline=None)
@given(blocks(), st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(
    block: tuple[Values, NDArray[np.int64], int], random: Random
) -> None:
    values, labels, decimals = block
    order = list(range(values.shape[2]))
    random.shuffle(order)
    straight, shuffled = (
        rank_all(v, lab, decimals)
        for v, lab in ((values, labels), (values[:, :, order], labels[:, order]))
    )
    assert np.array_equal(straight.position[..., order], shuffled.position)
    assert np.array_equal(straight.quartile[..., order], shuffled.quartile)
    assert np.array_equal(straight.statistics, shuffled.statistics, equal_nan=True)


@settings(max_examples=30, deadline=None)
@given(blocks(), st.integers(1, 9), st.integers(-50, 50))
def test_another_unit_of_measure_changes_no_position(
    block: tuple[Values, NDArray[np.int64], int], factor: int, shift: int
) -> None:
    values, labels, decimals = block
    scale = 10**decimals
    moved = (np.rint(values * scale) * factor + shift) / scale
    straight, other = rank_all(values, labels, decimals), rank_all(moved, labels, decimals)
    assert np.array_equal(straight.position, other.position)
    assert np.array_equal(straight.percentile, other.percentile)


def test_columns_pick_the_units_and_threads_do_not_matter() -> None:
    random = np.random.default_rng(5)
    values = random.integers(0, 50, (45, 2, 40)) / 10
    status = np.zeros(values.shape, np.uint8)
    columns = random.permutation(40)[:25]
    parts = make_parts(np.zeros((1, 25), np.int64))
    scale = Scale.of([1] * 45, [True] * 45)
    results = []
    for threads in (1, 3):
        out = empty_ranked(45, 2, 25, 1, 1)
        rank_into(out, values, status, range(45), columns, scale, parts, threads)
        results.append(out)
    picked = rank_all(values[:, :, columns], np.zeros((1, 25), np.int64))
    for name in Ranked._fields:
        assert np.array_equal(getattr(results[0], name), getattr(results[1], name)), name
        assert np.array_equal(getattr(results[0], name), getattr(picked, name)), name


def test_items_not_asked_for_stay_empty() -> None:
    values = np.ones((3, 1, 8))
    out = empty_ranked(3, 1, 8, 1, 1)
    parts = make_parts(np.zeros((1, 8), np.int64))
    scale = Scale.of([0] * 3, [True] * 3)
    rank_into(out, values, np.zeros((3, 1, 8), np.uint8), [1], np.arange(8), scale, parts)
    assert out.position[:, 0, 0, 0].tolist() == [0, 1, 0]


def test_what_stood_there_before_is_overwritten() -> None:
    parts = make_parts(np.zeros((1, 9), np.int64))
    scale = Scale.of([0], [True])
    out = empty_ranked(1, 1, 9, 1, 1)
    for gap in (8, 0):
        values = np.arange(9.0)[None, None]
        values[0, 0, gap] = np.nan
        rank_into(
            out,
            values,
            np.where(np.isnan(values), 19, 0).astype(np.uint8),
            [0],
            np.arange(9),
            scale,
            parts,
        )
    assert out.position[0, 0, 0].tolist() == [0, 8, 7, 6, 5, 4, 3, 2, 1]
    assert out.percentile[0, 0, 0] == 0
    assert out.quartile[0, 0].tolist() == [0, 4, 4, 3, 3, 2, 2, 1, 1]


def test_describe_in_floating_point() -> None:
    assert describe(np.array([1.0, 2.0, 3.0, 4.0])) == [2.5, 2.5, 1.75, 3.25, 1.0, 4.0]
    assert all(math.isnan(x) for x in describe(np.empty(0)))
