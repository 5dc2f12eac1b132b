"""Rules over landed figures, each against a twin with plain loops."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.catalogue import Catalogue
from smup.panel import Status
from smup.quality import CODES
from smup.quality.rules import (
    RULES,
    AtMost,
    Balance,
    Breach,
    NoLoneZero,
    Total,
    breaches,
    level_breaches,
)
from tests.helpers.country import YEARS, country, panel_of

UNITS = ("020101", "020102")
ITEMS = ("a", "b", "c")
VALUES = st.one_of(st.just(Status.MISSING), st.integers(0, 4).map(float))
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(ITEMS), st.sampled_from(YEARS), st.sampled_from(UNITS)), VALUES
)


def told(cells, rule):
    panel = panel_of(cells, ITEMS, units=UNITS)
    return {(b.unit, b.year) for b in breaches(panel, [rule])}


def number(cells, item, year, unit):
    value = cells.get((item, year, unit), Status.MISSING)
    return math.nan if isinstance(value, Status) else value


@given(CELLS)
def test_rules_agree_with_plain_loops(cells):
    grid = [(unit, year) for year in YEARS for unit in UNITS]
    abc = {(u, y): [number(cells, item, y, u) for item in ITEMS] for u, y in grid}
    assert told(cells, Total("a", ("b", "c"))) == {
        k for k, (a, b, c) in abc.items() if a != b + c and not math.isnan(a + b + c)
    }
    assert told(cells, Balance("a", "b", "c")) == {
        k for k, (a, b, c) in abc.items() if a != b - c and not math.isnan(a + b + c)
    }
    assert told(cells, AtMost("a", "b")) == {k for k, (a, b, _) in abc.items() if a > b}
    lone = set()
    for unit in UNITS:
        for before, year, after in zip(YEARS, YEARS[1:], YEARS[2:], strict=False):
            trio = [number(cells, "a", y, unit) for y in (before, year, after)]
            if trio[0] > 0 and trio[1] == 0 and trio[2] > 0:
                lone.add((unit, year))
    assert told(cells, NoLoneZero("a")) == lone


def test_a_breach_says_what_disagrees():
    cells = {("a", 2020, "020101"): 5.0, ("b", 2020, "020101"): 2.0, ("c", 2020, "020101"): 2.0}
    panel = panel_of(cells, ITEMS, units=UNITS)
    assert list(breaches(panel, [Total("a", ("b", "c"))])) == [
        Breach("niezgodna-suma", "a", "020101", 2020, "a = 5, a b + c = 4")
    ]


def test_rules_about_variables_the_panel_lacks_are_left_out():
    panel = panel_of({("a", 2020, "020101"): 5.0}, ("a",), units=UNITS)
    assert list(breaches(panel, [Total("a", ("x",)), AtMost("a", "x"), NoLoneZero("x")])) == []


def test_a_published_level_must_be_the_sum_of_its_members():
    members = {("a", 2020, code): 1.0 for code in ("020101", "020102", "020103", "020104")}
    whole = panel_of({**members, ("a", 2020, "0201"): 5.0}, ("a",))
    (one,) = level_breaches(whole, country(), ["a"])
    assert (one.code, one.unit, one.year) == ("niezgodny-poziom", "0201", 2020)
    assert list(level_breaches(whole, country(), ["b"])) == []
    agreed = panel_of({**members, ("a", 2020, "0201"): 4.0}, ("a",))
    assert list(level_breaches(agreed, country(), ["a"])) == []


def test_an_incomplete_sum_proves_nothing():
    members = {("a", 2020, code): 1.0 for code in ("020101", "020102", "020103")}
    panel = panel_of({**members, ("a", 2020, "0201"): 5.0}, ("a",))
    assert list(level_breaches(panel, country(), ["a"])) == []
    # From 2022 the fourth gmina no longer exists: three are all of them.
    later = {("a", 2022, code): value for (_, _, code), value in members.items()}
    panel = panel_of({**later, ("a", 2022, "0201"): 5.0}, ("a",))
    assert [b.unit for b in level_breaches(panel, country(), ["a"])] == ["0201"]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_shipped_rules_speak_of_known_variables(rule, catalogue: Catalogue):
    match rule:
        case Total(whole, parts):
            names = [whole, *parts]
        case Balance(net, plus, minus):
            names = [net, plus, minus]
        case AtMost(part, whole):
            names = [part, whole]
        case NoLoneZero(variable):
            names = [variable]
    assert set(names) <= catalogue.variables.keys()


def test_every_breach_has_a_known_code():
    codes = {"niezgodna-suma", "niezgodna-roznica", "czesc-wieksza-od-calosci", "samotne-zero"}
    assert {*codes, "niezgodny-poziom"} <= CODES.keys()
