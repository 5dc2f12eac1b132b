"""Rules over landed figures, each against a twin with plain loops."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from smup.catalogue import Catalogue, Text
from smup.catalogue.quality import (
    AtMost,
    Balance,
    Levels,
    NoLoneZero,
    Range,
    Total,
    relations,
    variables_of,
)
from smup.panel import Status
from smup.quality import CODES
from smup.quality.breach import Breach
from smup.quality.levels import level_breaches, rounding
from smup.quality.rules import breaches
from tests.helpers.country import YEARS, country, panel_of

WHY = Text(pl="Bo tak.", en="Because.")
TOTAL = Total(why=WHY, whole="a", parts=("b", "c"))
BALANCE = Balance(why=WHY, net="a", plus="b", minus="c")
AT_MOST = AtMost(why=WHY, part="a", whole="b")
LONE_ZERO = NoLoneZero(why=WHY, variables=("a",))
LEVELS = Levels(why=WHY)
UNITS = ("020101", "020102")
ITEMS = ("a", "b", "c")
VALUES = st.one_of(st.just(Status.MISSING), st.integers(0, 4).map(float))
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(ITEMS), st.sampled_from(YEARS), st.sampled_from(UNITS)), VALUES
)


def told(cells, rule):
    panel = panel_of(cells, ITEMS, units=UNITS)
    return {(b.unit, b.year) for b in breaches(panel, [rule], {})}


def number(cells, item, year, unit):
    value = cells.get((item, year, unit), Status.MISSING)
    return math.nan if isinstance(value, Status) else value


@given(CELLS)
def test_rules_agree_with_plain_loops(cells):
    grid = [(unit, year) for year in YEARS for unit in UNITS]
    abc = {(u, y): [number(cells, item, y, u) for item in ITEMS] for u, y in grid}
    assert told(cells, TOTAL) == {
        k for k, (a, b, c) in abc.items() if a != b + c and not math.isnan(a + b + c)
    }
    assert told(cells, BALANCE) == {
        k for k, (a, b, c) in abc.items() if a != b - c and not math.isnan(a + b + c)
    }
    assert told(cells, AT_MOST) == {k for k, (a, b, _) in abc.items() if a > b}
    lone = set()
    for unit in UNITS:
        for before, year, after in zip(YEARS, YEARS[1:], YEARS[2:], strict=False):
            trio = [number(cells, "a", y, unit) for y in (before, year, after)]
            if trio[0] > 0 and trio[1] == 0 and trio[2] > 0:
                lone.add((unit, year))
    assert told(cells, LONE_ZERO) == lone


def test_a_breach_says_what_disagrees():
    cells = {("a", 2020, "020101"): 5.0, ("b", 2020, "020101"): 2.0, ("c", 2020, "020101"): 2.0}
    panel = panel_of(cells, ITEMS, units=UNITS)
    assert list(breaches(panel, [TOTAL], {})) == [
        Breach("niezgodna-suma", "warning", "a", "020101", 2020, "a = 5, a b + c = 4")
    ]


def test_rules_about_variables_the_panel_lacks_are_left_out():
    panel = panel_of({("a", 2020, "020101"): 5.0}, ("a",), units=UNITS)
    rules = [TOTAL, AT_MOST, NoLoneZero(why=WHY, variables=("x",))]
    assert list(breaches(panel, rules, {})) == []


def test_a_value_outside_its_range_is_said_by_variable_or_by_measure(catalogue: Catalogue):
    cells = {("ludnosc", 2020, "020101"): -1.0, ("powierzchnia_ha", 2020, "020101"): -1.0}
    panel = panel_of(cells, ("ludnosc", "powierzchnia_ha"), units=UNITS)
    persons = Range(why=WHY, measures=("os",), least=0)
    (one,) = breaches(panel, [persons], catalogue.variables)
    assert (one.code, one.variable, one.detail) == ("poza-zakresem", "ludnosc", "ludnosc = -1 < 0")
    but = persons.model_copy(update={"but": ("ludnosc",)})
    assert list(breaches(panel, [but], catalogue.variables)) == []
    named = Range(why=WHY, variables=("powierzchnia_ha",), least=-5, most=-2)
    assert [b.variable for b in breaches(panel, [named], {})] == ["powierzchnia_ha"]


def test_a_published_level_must_be_the_sum_of_its_members():
    members = {("a", 2020, code): 1.0 for code in ("020101", "020102", "020103", "020104")}
    whole = panel_of({**members, ("a", 2020, "0201"): 5.0}, ("a",))
    (one,) = level_breaches(whole, country(), LEVELS, ["a"])
    assert (one.code, one.unit, one.year) == ("niezgodny-poziom", "0201", 2020)
    assert list(level_breaches(whole, country(), LEVELS, ["b"])) == []
    agreed = panel_of({**members, ("a", 2020, "0201"): 4.0}, ("a",))
    assert list(level_breaches(agreed, country(), LEVELS, ["a"])) == []


def test_an_incomplete_sum_proves_nothing():
    members = {("a", 2020, code): 1.0 for code in ("020101", "020102", "020103")}
    panel = panel_of({**members, ("a", 2020, "0201"): 5.0}, ("a",))
    assert list(level_breaches(panel, country(), LEVELS, ["a"])) == []
    # From 2022 the fourth gmina no longer exists: three are all of them.
    later = {("a", 2022, code): value for (_, _, code), value in members.items()}
    panel = panel_of({**later, ("a", 2022, "0201"): 5.0}, ("a",))
    assert [b.unit for b in level_breaches(panel, country(), LEVELS, ["a"])] == ["0201"]


def test_decimals_leave_room_for_rounding_and_counts_do_not():
    members = {("a", 2020, code): 1.3 for code in ("020101", "020102", "020103", "020104")}
    for published, odd in ((5.4, False), (5.5, True)):
        panel = panel_of({**members, ("a", 2020, "0201"): published}, ("a",))
        assert bool(list(level_breaches(panel, country(), LEVELS, ["a"]))) == odd
    assert rounding(np.array([1.0, 12345678901.0, np.nan])) < 1e-5
    assert rounding(np.array([1.0, 0.25])) == 0.005


def test_a_wojewodztwo_is_asked_by_powiats_where_gminas_have_no_figure():
    powiats = {("a", 2020, code): 10.0 for code in ("0201", "0202")}
    panel = panel_of({**powiats, ("a", 2020, "02"): 21.0}, ("a",))
    assert [b.unit for b in level_breaches(panel, country(), LEVELS, ["a"])] == ["02"]


def test_the_shipped_rules_speak_of_known_variables(catalogue: Catalogue):
    rules = list(relations(catalogue.quality))
    assert len(rules) >= 11
    assert {name for rule in rules for name in variables_of(rule)} <= catalogue.variables.keys()
    assert {name for _, name in catalogue.quality.names()} <= catalogue.variables.keys()


def test_every_breach_has_a_known_code():
    codes = {"niezgodna-suma", "niezgodna-roznica", "czesc-wieksza-od-calosci", "samotne-zero"}
    assert {*codes, "niezgodny-poziom", "poza-zakresem"} <= CODES.keys()
