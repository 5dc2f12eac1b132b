"""What it would take: checked by putting the change into the formula, not by the solution."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.catalogue import Group, Text
from smup.compare import Comparison, Frame, compare_unit
from smup.compare.needed import Needed, needed, to_goal
from smup.compute.evaluate import evaluate
from smup.panel import Status
from tests.compare.places import VARIABLES, YEARS, Cells, a_rate, catalogue_of, cells_of, codes_of
from tests.compare.places import frame_of as framed
from tests.helpers.country import panel_of
from tests.helpers.definitions import TEXT

CODES = codes_of()
OWN = CODES[0]


def ask(frame: Frame, indicator: str = "wskaznik") -> Comparison:
    return compare_unit(frame, OWN, indicator, 2024)


def small(a: float, ludnosc: float, b: float = 100, **how: object) -> Frame:
    """One gmina with these figures in 2024."""
    cells: Cells = {}
    for year in YEARS:
        cells |= {("a", year, OWN): a, ("b", year, OWN): b, ("ludnosc", year, OWN): ludnosc}
        cells |= {("dzieci", year, OWN): 50, ("waga", year, OWN): 7}
    return framed(cells, a_rate(**how), a_rate("inny", "a / b", decimals=2), count=1)


def one(frame: Frame, goal: float | None) -> Needed:
    return to_goal(frame, ask(frame), "group", goal)


def test_places_for_children() -> None:
    """30 places for 1,000 people are 3 %; the median of 4.25 % asks for 42.5, that is 43."""
    found = one(small(30, 1000), 4.25)
    (lever,) = found.levers
    assert (lever.variable, lever.before, lever.change, lever.after) == ("a", 30, 13, 43)
    assert lever.reached == 4.3
    (effect,) = lever.effects
    assert (effect.indicator, effect.before, effect.after) == ("inny", 0.3, 0.43)


def test_down_to_a_median() -> None:
    (lever,) = one(small(43, 1000, better="lower"), 3.05).levers
    assert (lever.change, lever.after, lever.reached) == (-13, 30, 3.0)


def test_kilometres_come_in_tenths() -> None:
    (lever,) = one(small(30, 1000, b=12.34, formula="100 * b / ludnosc"), 1.5).levers
    assert lever.change == 2.7
    assert lever.after == pytest.approx(15.04)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 5000),
    st.integers(50, 100_000),
    st.floats(0.01, 20),
    st.sampled_from(["higher", "lower"]),
)
def test_the_goal_is_met_and_one_less_would_not_meet_it(
    a: int, people: int, goal: float, better: str
) -> None:
    found = one(small(a, people, better=better), goal)
    assert found.goal is not None
    if found.reason == "already":
        met = (found.value or 0) - found.goal
        assert met >= 0 if better == "higher" else met <= 0
        return
    if found.reason == "no_lever":
        assert dict(found.blocked) == {"a": "unreachable"}
        return
    (lever,) = found.levers
    towards = 1 if better == "higher" else -1
    assert towards * (100 * lever.after / people - found.goal) >= -1e-9
    assert towards * (100 * (lever.after - towards) / people - found.goal) < 1e-9
    assert lever.change == int(lever.change)


def test_each_variable_of_the_numerator_is_a_way_of_its_own() -> None:
    found = one(small(30, 1000, formula="100 * (a + 2 * dzieci) / ludnosc"), 20)
    assert [(lever.variable, lever.change) for lever in found.levers] == [("a", 70), ("dzieci", 35)]


def test_a_share_of_the_whole_it_is_part_of() -> None:
    """30 / (30 + 100); 40 % asks for x / (x + 100) = 0.4, that is 66.67."""
    (lever,) = one(small(30, 1000, formula="100 * a / (a + b)"), 40).levers
    assert (lever.after, lever.reached) == (67, 40.12)


def test_the_goal_is_a_target_where_there_is_one() -> None:
    target = {"at": "at_least", "value": 4, "basis": Text(pl="Ustawa.", en="An act.").model_dump()}
    frame = small(30, 1000, better="target", target=target)
    (found,) = needed(frame, ask(frame))
    assert (found.to, found.goal) == ("target", 4)
    assert [lever.change for lever in found.levers] == [10]


def test_goals_are_the_medians_of_the_comparison() -> None:
    group = Group(id="wiejskie", name=TEXT, kinds=("gmina-wiejska",))
    frame = framed(cells_of(CODES), a_rate(), groups={group.id: group})
    result = ask(frame)
    comparator = result.comparator("group")
    assert comparator is not None
    assert comparator.median is not None
    found = next(way for way in needed(frame, result) if way.to == "group")
    assert found.goal == pytest.approx(comparator.median, abs=0.001)


def test_recomputed_as_the_release_would_be() -> None:
    """The effects are what evaluating the whole catalogue on the changed variable gives."""
    cells = cells_of(CODES)
    indicators = (
        a_rate(),
        a_rate("na-km", "1000 * a / b", decimals=1),
        a_rate("laczna", "100 * (a + dzieci) / ludnosc"),
        a_rate("obca", "100 * dzieci / ludnosc"),
        a_rate("zmiana", "100 * (a / a[-1] - 1)", decimals=1),
    )
    frame = framed(cells, *indicators)
    (lever,) = to_goal(frame, ask(frame), "group", 40).levers
    cells["a", 2024, OWN] = lever.after
    codes = frame.variables.units
    changed = evaluate(
        catalogue_of(*indicators), panel_of(cells, VARIABLES, None, YEARS, codes), frame.territory
    )
    assert changed.cell("wskaznik", 2024, OWN)[0] == lever.reached
    expected = {}
    for name in ("na-km", "laczna", "obca", "zmiana"):
        before, after = (panel.cell(name, 2024, OWN)[0] for panel in (frame.indicators, changed))
        if before != after:
            expected[name] = (before, after)
    assert {e.indicator: (e.before, e.after) for e in lever.effects} == expected
    assert set(expected) == {"na-km", "laczna", "zmiana"}


def test_what_cannot_be_changed() -> None:
    assert dict(one(small(30, 1000, formula="100 * (a / a[-1] - 1)"), 9).blocked) == {"a": "past"}
    assert dict(one(small(30, 1000, formula="sum(a, 2) / b"), 9).blocked) == {"a": "past"}
    assert dict(one(small(30, 1000, formula="waga"), 9).blocked) == {"waga": "rate"}
    assert dict(one(small(30, 1000, formula="ludnosc / b"), 99).blocked) == {"ludnosc": "place"}
    assert dict(one(small(9, 1000, formula="100 * a / (a + b)"), 100).blocked) == {
        "a": "unreachable"
    }
    assert dict(one(small(30, 1000, better="lower"), -1).blocked) == {"a": "unreachable"}


def test_an_earlier_year_below_the_line_is_no_hindrance() -> None:
    (lever,) = one(small(30, 1000, formula="a / (2 * dzieci[-1] / 3 + dzieci / 3)"), 1).levers
    assert (lever.change, lever.reached) == (20, 1)


def test_refusals() -> None:
    assert one(small(30, 1000, service=None), 9).reason == "no_service"
    assert one(small(30, 1000), None).reason == "no_goal"
    assert one(small(30, 1000), 3).reason == "already"
    assert one(small(30, 1000), 3.0004).reason == "already"  # reads the same
    assert one(small(30, 0), 3).reason == "no_value"  # no denominator
    assert one(small(30, 1000, formula="min(a, b)", aggregate="none"), 99).reason == "not_linear"
    assert one(small(30, 1000, formula="a * b / ludnosc"), 99).reason == "not_linear"


def test_a_distance_from_the_country_is_not_solved() -> None:
    cells = cells_of(CODES)
    frame = framed(cells, a_rate(against="country"))
    result = ask(frame)
    assert result.value is not None
    assert to_goal(frame, result, "group", result.value + 1).reason == "against"


def test_a_value_that_the_own_figures_do_not_give() -> None:
    frame = framed(cells_of(CODES), a_rate(kinds=("gmina", "powiat")))
    powiat = compare_unit(frame, "0201", "wskaznik", 2024)
    assert powiat.value is not None
    assert to_goal(frame, powiat, "group", powiat.value + 1).reason == "no_inputs"


def test_a_confidential_value_is_never_worked_out() -> None:
    cells = cells_of(CODES)
    cells["a", 2024, OWN] = Status.CONFIDENTIAL
    frame = framed(cells, a_rate(), a_rate("na-km", "1000 * a / b"))
    found = to_goal(frame, ask(frame), "group", 20)
    assert (found.reason, found.levers) == ("no_value", ())
    assert found.value is None
