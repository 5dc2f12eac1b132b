"""One unit beside others in many indicators at once, against counting by hand and the kernel."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smup.compare import Frame, compare_unit
from smup.compare.beside import beside
from smup.panel import Status
from smup.territory import Level
from tests.compare.naive import standings, summary
from tests.helpers.country import CITY, CREATED
from tests.helpers.definitions import an_indicator

MakeFrame = Callable[..., Frame]
UNITS = (
    "020101", "020102", "020103", "020201", "020202", "020203", "040101", "040102", "040103",
    CREATED,
)  # fmt: skip
STEPS = st.one_of(st.none(), st.integers(-40, 40).map(lambda tenth: tenth / 10))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(STEPS, min_size=len(UNITS), max_size=len(UNITS)),
    st.sampled_from(["higher", "lower", "neither"]),
    st.integers(2, len(UNITS) - 1),
)
def test_places_and_quartiles_are_those_counted_by_hand(
    frame: MakeFrame, values: list[float | None], better: str, count: int
) -> None:
    known = {u: v for u, v in zip(UNITS, values, strict=True) if v is not None}
    made = frame(
        an_indicator("x", "a", better=better),
        given={("a", 2024, u): known.get(u, Status.MISSING) for u in UNITS},
    )
    own, others = UNITS[0], UNITS[1 : count + 1]
    unit = made.territory.units[own]
    found = beside(made, unit, Level.GMINA, [(made.catalogue.indicators["x"], 2024)], others)[0]
    ranked = {u: v for u, v in known.items() if u == own or u in others}
    by_hand = standings(ranked, 1 + len(others), higher_is_better=better != "lower").get(own)
    assert found.rank.position == (by_hand.position if by_hand else None)
    if by_hand:
        assert found.rank.percentile == pytest.approx(by_hand.percentile)
        ahead = (lambda v: v < known[own]) if better == "lower" else (lambda v: v > known[own])
        level = sum(ranked[u] == known[own] for u in others if u in ranked)
        assert found.worse == sum(not ahead(ranked[u]) for u in others if u in ranked) - level
    five = summary([known[u] for u in others if u in known])
    if five is None:
        assert found.summary is None
    else:
        assert found.summary is not None
        assert found.summary.median == pytest.approx(five.median)
        assert (found.summary.q1, found.summary.q3) == (
            pytest.approx(five.q1), pytest.approx(five.q3)
        )  # fmt: skip
        assert (found.summary.low, found.summary.high) == (five.min, five.max)
        assert found.summary.with_data == five.n


def test_the_same_as_the_answer_to_one_question(frame: MakeFrame) -> None:
    """Many indicators at once, a target, cities apart and gaps among them."""
    target = {
        "value": 5.0,
        "at": "exactly",
        "basis": {"pl": "Podstawa prawna.", "en": "Legal basis."},
    }
    indicators = [
        an_indicator("x", "a"),
        an_indicator("y", "b", better="lower"),
        an_indicator("z", "a + b", better="target", target=target),
        an_indicator("city", "a", cities="apart"),
    ]
    values = dict(zip((CITY, *UNITS), (7.0, 1, 2, 3, 4, 5, 6, 5, 8, 9, 2), strict=True))
    given_ = {("a", 2024, u): v for u, v in values.items()}
    given_ |= {("b", 2024, u): 10.0 - v for u, v in values.items()}
    given_["b", 2024, "040103"] = Status.CONFIDENTIAL
    made = frame(*indicators, given=given_)
    for code in ("020101", CITY, "040103"):
        unit, others = made.territory.units[code], [u for u in (CITY, *UNITS) if u != code]
        found = beside(made, unit, Level.GMINA, [(i, 2024) for i in indicators], others)
        for indicator, one in zip(indicators, found, strict=True):
            asked = compare_unit(made, code, indicator.id, 2024, Level.GMINA, units=others)
            theirs = asked.comparator("list")
            assert theirs is not None
            assert (one.rank.position, one.rank.of, one.rank.with_data, one.rank.tied) == (
                theirs.rank.position, theirs.rank.of, theirs.rank.with_data, theirs.rank.tied,
            )  # fmt: skip
            assert one.rank.reason == theirs.rank.reason
            assert (one.summary.median if one.summary else None) == theirs.median


def test_a_set_of_which_the_unit_is_a_member_is_described_with_it(frame: MakeFrame) -> None:
    made = frame(
        an_indicator("x", "a"),
        given={("a", 2024, u): float(n) for n, u in enumerate(UNITS)},
    )
    unit, asked = made.territory.units["020101"], [(made.catalogue.indicators["x"], 2024)]
    without = beside(made, unit, Level.GMINA, asked, UNITS)[0]
    with_it = beside(made, unit, Level.GMINA, asked, UNITS, itself=True)[0]
    assert without.summary is not None
    assert with_it.summary is not None
    assert (without.summary.low, without.summary.n) == (1.0, 9)
    assert (with_it.summary.low, with_it.summary.n) == (0.0, 10)
    assert without.rank == with_it.rank
    assert (without.rank.position, without.worse) == (10, 0)


def test_nothing_asked_and_nobody_beside(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "a"), given={("a", 2024, "020101"): 1.0})
    unit, asked = made.territory.units["020101"], [(made.catalogue.indicators["x"], 2024)]
    assert beside(made, unit, Level.GMINA, [], UNITS) == []
    alone = beside(made, unit, Level.GMINA, asked, [])[0]
    assert (alone.summary, alone.rank.position, alone.compared) == (None, None, 0)
