"""Which years may be compared: the break itself, formulas that look back, marks of the source."""

import pytest

from smup.compare.breaks import between, breaks_of, cuts, defined_breaks
from smup.panel import Flag
from tests.compare.series import START, figures

UNIT = "020101"
ROW = {UNIT: [float(at) for at in range(10)]}  # 2012-2021


def parted(formula: str, year: int) -> set[tuple[int, int]]:
    frame = figures(ROW, breaks={"a": [year]}, formula=formula)
    found = defined_breaks(frame, "x")
    span = range(START, START + 10)
    return {(s, e) for s in span for e in span if s < e and between(found, s, e)}


@pytest.mark.parametrize(
    ("formula", "back"),
    [("a", {0}), ("a - a[-1]", {0, 1}), ("sum(a, 3)", {0, 1, 2}), ("a[-1] * 1", {1})],
)
def test_two_years_are_parted_unless_all_their_inputs_stand_on_one_side(
    formula: str, back: set[int]
) -> None:
    year = 2016
    expected = set()
    for s in range(START, START + 10):
        for e in range(s + 1, START + 10):
            sides = {y - b >= year for y in (s, e) for b in back}
            if len(sides) == 2:
                expected.add((s, e))
    assert parted(formula, year) == expected


def test_a_break_of_two_variables_for_one_reason_is_one() -> None:
    frame = figures(ROW, more={"b": ROW}, breaks={"a": [2016], "b": [2016, 2018]}, formula="a + b")
    found = breaks_of(frame, "x", UNIT)
    assert [(one.year, one.variables) for one in found] == [(2016, ("a", "b")), (2018, ("b",))]


def test_a_mark_of_the_source_is_a_break_unless_the_catalogue_explains_it() -> None:
    flags = {("a", year, UNIT): int(Flag.BREAK) for year in (2015, 2018)}
    frame = figures(ROW, breaks={"a": [2015]}, flags=flags)
    found = breaks_of(frame, "x", UNIT)
    assert [(one.year, one.reason is None) for one in found] == [(2015, False), (2018, True)]
    assert between(found, 2016, 2017) == ()
    assert between(found, 2017, 2018) == (found[1],)
    assert found[1].to_dict() == {"year": 2018, "variables": [], "reason": None}
    assert [one.year for one in breaks_of(frame, "x", "020102")] == [2015]


def test_cuts_stand_at_the_first_known_year_after_a_break() -> None:
    frame = figures(ROW, breaks={"a": [2015]})
    found = defined_breaks(frame, "x")
    assert cuts(found, [2012, 2013, 2014, 2015, 2016]) == [2015]
    assert cuts(found, [2013, 2017, 2018]) == [2017]
    assert cuts(found, []) == []
