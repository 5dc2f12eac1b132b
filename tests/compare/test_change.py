"""One figure between two years: amount, others, refusals. Twins in plain Python."""

from dataclasses import replace
from datetime import date
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.compare import ComparisonError, Frame
from smup.compare.change import Change, border_changes, change_of, goes_well, own_change
from smup.compare.steps import steps_of_all
from smup.compute.prices import in_constant_prices
from smup.panel import Flag, Status
from smup.territory import Level, Succession, Territory
from smup.territory.successions import What
from tests.compare.series import GMINAS, START, figures
from tests.helpers.country import ABOLISHED, CITY, CREATED, country
from tests.helpers.definitions import an_indicator

UNIT, END = "020101", START + 1
TWO = st.tuples(st.none() | st.integers(-20, 40), st.none() | st.integers(-20, 40))
COUNTRY = st.lists(TWO, min_size=9, max_size=9)
HOW = st.sampled_from(["absolute", "percent", "percentage_points"])
BETTER = st.sampled_from(["higher", "lower", "neither"])


def made(rows: list[tuple[int | None, int | None]], **settings: Any) -> Any:
    series = {
        unit: [None if one is None else float(one) for one in row]
        for unit, row in zip(GMINAS, rows, strict=True)
    }
    return figures(series, **settings)


def naive(before: int | None, after: int | None, how: str) -> float | None:
    if before is None or after is None:
        return None
    if how != "percent":
        return float(after - before)
    if before <= 0:
        return None
    exact = 100 * (after - before) / before
    return (1 if exact >= 0 else -1) * int(abs(exact) * 10 + 0.5 + 1e-9) / 10


@given(COUNTRY, HOW, BETTER)
def test_amount_median_and_position_by_loops(
    rows: list[tuple[int | None, int | None]], how: str, better: str
) -> None:
    frame = made(rows, change=how, better=better)
    amounts = {unit: naive(*row, how=how) for unit, row in zip(GMINAS, rows, strict=True)}
    known = {unit: one for unit, one in amounts.items() if one is not None}
    for unit in GMINAS:
        found = change_of(frame, unit, "x", START, END)
        assert found.amount == (None if amounts[unit] is None else pytest.approx(amounts[unit]))
        whole = next(one for one in found.among if one.id == "kraj")
        assert whole.with_data == len(known)
        assert whole.median == (pytest.approx(median(known.values())) if known else None)
        sign = -1 if better == "lower" else 1
        if amounts[unit] is not None and len(known) >= 8 and 100 * len(known) >= 70 * whole.n:
            ahead = sum(sign * one > sign * known[unit] for one in known.values())
            assert whole.position == 1 + ahead
        else:
            assert whole.position is None
            assert whole.reason is not None


@given(COUNTRY, st.permutations(GMINAS))
def test_the_order_of_units_is_of_no_account(
    rows: list[tuple[int | None, int | None]], order: list[str]
) -> None:
    frame = made(rows)
    series = dict(zip(GMINAS, rows, strict=True))
    other = figures(
        {unit: [None if v is None else float(v) for v in series[unit]] for unit in order}
    )
    for unit in GMINAS[:3]:
        assert change_of(frame, unit, "x", START, END) == change_of(other, unit, "x", START, END)


@given(COUNTRY, st.sampled_from([10, 1000]))
def test_per_cent_do_not_depend_on_the_unit_of_measure(
    rows: list[tuple[int | None, int | None]], factor: int
) -> None:
    scaled = [tuple(None if one is None else one * factor for one in row) for row in rows]
    one = change_of(made(rows, change="percent"), UNIT, "x", START, END)
    other = change_of(made(scaled, change="percent"), UNIT, "x", START, END)  # type: ignore[arg-type]
    assert (one.amount, one.among, one.real) == (other.amount, other.among, other.real)


def test_a_unit_without_the_service_changes_nothing() -> None:
    rows = [(at, 2 * at + 1) for at in range(9)]
    plain = change_of(made(rows), UNIT, "x", START, END)
    gaps = {"040104": [Status.NOT_APPLICABLE, Status.NOT_APPLICABLE]}
    series = {unit: [float(v) for v in row] for unit, row in zip(GMINAS, rows, strict=True)}
    other = change_of(figures(series | gaps), UNIT, "x", START, END)
    assert (plain.amount, plain.real) == (other.amount, other.real)
    for one, two in zip(plain.among, other.among, strict=True):
        assert (one.median, one.with_data, one.position) == (
            two.median,
            two.with_data,
            two.position,
        )


def test_the_whole_answer_as_a_record() -> None:
    found = change_of(made([(10, 12)] * 9), UNIT, "x", START, END).to_dict()
    among = found.pop("among")
    assert found == {
        "unit": UNIT, "indicator": "x", "role": "gmina", "start": START, "end": END,
        "how": "absolute", "before": 10.0, "after": 12.0, "status_before": "observed",
        "status_after": "observed", "amount": 2.0, "difference": 2.0, "constant": None,
        "better": True, "reason": None, "breaks": [], "real": None, "chance": None,
        "unsure": "few_years",
    }  # fmt: skip
    assert isinstance(among, list)
    assert among[-1] == {
        "id": "kraj", "n": 11, "with_data": 9, "median": 2.0, "position": 1, "reason": None,
    }  # fmt: skip


def test_years_on_different_scales_are_never_compared() -> None:
    found = change_of(made([(10, 12)] * 9, comparable_over_time=False), UNIT, "x", START, END)
    assert (found.amount, found.difference, found.better) == (None, None, None)
    assert (found.reason, found.unsure, found.among) == ("not_comparable", "not_comparable", ())
    assert (found.before, found.after) == (10.0, 12.0)


def test_a_break_in_between_is_said_and_nothing_is_called_real() -> None:
    series = {unit: [1.0, 2.0, 3.0, 4.0, 5.0, 60.0] for unit in GMINAS}
    frame = figures(series, breaks={"a": [START + 2]})
    across = change_of(frame, UNIT, "x", START, START + 5)
    assert [one.year for one in across.breaks] == [START + 2]
    assert (across.real, across.unsure, across.amount) == (None, "break", 59.0)
    after = change_of(frame, UNIT, "x", START + 2, START + 5)
    assert (after.breaks, after.unsure, after.real) == ((), None, True)


def test_a_mark_of_the_source_in_between_counts_though_neither_end_bears_it() -> None:
    flags = {("a", START + 2, UNIT): int(Flag.BREAK)}
    frame = figures({UNIT: [1.0] * 5}, flags=flags)
    found = change_of(frame, UNIT, "x", START + 1, START + 4)
    assert [one.year for one in found.breaks] == [START + 2]


@pytest.mark.parametrize(
    ("before", "after", "how", "reason"),
    [
        (None, 1, "absolute", "no_value_before"),
        (1, None, "absolute", "no_value_after"),
        (None, None, "percent", "no_value_before"),
        (0, 5, "percent", "no_base"),
        (-3, 5, "percent", "no_base"),
        (0, 5, "percentage_points", None),
    ],
)
def test_why_there_is_no_amount(
    before: int | None, after: int | None, how: str, reason: str | None
) -> None:
    found = change_of(made([(before, after)] * 9, change=how), UNIT, "x", START, END)
    assert found.reason == reason
    assert (found.amount is None) == (reason is not None)


def target(at: str) -> dict[str, Any]:
    from tests.helpers.definitions import TEXT

    return {"better": "target", "target": {"at": at, "value": 50, "basis": TEXT}}


@pytest.mark.parametrize(
    ("settings", "before", "after", "expected"),
    [
        ({"better": "higher"}, 1, 2, True),
        ({"better": "lower"}, 1, 2, False),
        ({"better": "neither"}, 1, 2, None),
        ({"better": "higher"}, 2, 2, None),
        (target("at_least"), 40, 45, True),
        (target("at_least"), 60, 55, None),
        (target("at_most"), 40, 60, False),
        (target("exactly"), 40, 55, True),
    ],
)
def test_which_way_is_better(
    settings: dict[str, Any], before: float, after: float, expected: bool | None
) -> None:
    assert goes_well(an_indicator("x", "a", **settings), before, after) is expected


def test_with_a_target_the_position_is_by_the_way_towards_it() -> None:
    rows = [(40, 50), (40, 45), (60, 50), (60, 61), (50, 50), (0, 1), (50, 40), (50, 30), (50, 20)]
    frame = made(rows, **target("exactly"))
    # how much nearer each came: 10, 5, 10, -1, 0, 1, -10, -20, -30
    places = []
    for unit in GMINAS:
        whole = change_of(frame, unit, "x", START, END).among[-1]
        places.append(whole.position)
    assert places == [1, 3, 1, 6, 5, 4, 7, 8, 9]


def test_amounts_in_constant_prices() -> None:
    from smup.catalogue.models import Measure, Prices
    from tests.helpers.definitions import TEXT

    frame = figures({unit: [100.0, 110.0] for unit in GMINAS}, unit="zl", change="percent")
    measure = Measure.model_validate(
        {"id": "zl", "name": TEXT, "symbol": TEXT, "dimension": {"zl": 1}}
    )
    prices = Prices.model_validate(
        {"title": TEXT, "publisher": "GUS", "note": TEXT, "previous_year_100": {END: 110.0}}
    )
    catalogue = frame.catalogue.model_copy(update={"measures": {"zl": measure}, "prices": prices})
    indicator = catalogue.indicators["x"]
    constant = in_constant_prices(catalogue, frame.variables, frame.territory, indicator, END)
    priced = Frame(catalogue, frame.territory, frame.indicators, frame.variables)
    current = change_of(priced, UNIT, "x", START, END)
    assert (current.amount, current.constant) == (10.0, 0.0)
    assert change_of(frame, UNIT, "x", START, END).constant is None  # no prices known
    found = change_of(priced, UNIT, "x", START, END, amounts=constant)
    assert (found.before, found.after, found.amount) == (110.0, 110.0, 0.0)
    assert found.constant is None
    assert found.among[-1].median == 0.0


def test_a_unit_that_did_not_exist_has_no_change() -> None:
    rows = {unit: [1.0, 2.0, 3.0, 4.0, 5.0] for unit in (*GMINAS, CREATED, ABOLISHED)}
    frame = figures(rows, start=2020)
    created = change_of(frame, CREATED, "x", 2020, 2024)
    assert (created.reason, created.status_before) == ("no_value_before", Status.NOT_EXISTING)
    gone = change_of(frame, ABOLISHED, "x", 2020, 2024)
    assert (gone.reason, gone.status_after) == ("no_value_after", Status.NOT_EXISTING)
    whole = change_of(frame, UNIT, "x", 2020, 2024).among[-1]
    assert whole.n == 10  # nine gminas and the city; neither the created nor the abolished one


def test_everything_secret_is_no_change() -> None:
    frame = figures({unit: [Status.CONFIDENTIAL] * 2 for unit in GMINAS})
    found = change_of(frame, UNIT, "x", START, END)
    assert (found.reason, found.status_after) == ("no_value_before", Status.CONFIDENTIAL)
    assert all(one.median is None and one.position is None for one in found.among)


def test_one_unit_alone_and_all_equal() -> None:
    alone = change_of(figures({UNIT: [1.0, 2.0]}), UNIT, "x", START, END)
    assert alone.among[-1].reason == "few_units"
    equal = change_of(made([(5, 5)] * 9), UNIT, "x", START, END)
    assert (equal.amount, equal.better, equal.among[-1].position) == (0.0, None, 1)


def test_a_sum_row_changes_and_is_compared_with_nobody() -> None:
    frame = figures({unit: [1.0, 2.0] for unit in GMINAS}, aggregate="sum")
    found = change_of(frame, "0202G", "x", START, END)
    assert (found.amount, found.role, found.among) == (3.0, None, ())


def test_a_city_in_both_roles() -> None:
    frame = figures({CITY: [1.0, 2.0]})
    assert change_of(frame, CITY, "x", START, END, Level.POWIAT).role is Level.POWIAT
    assert change_of(frame, "046101", "x", START, END).unit == CITY


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("999999", "x", START, END), "Nie ma jednostki"),
        ((UNIT, "y", START, END), "Nie ma wskaźnika"),
        ((UNIT, "x", 1900, END), "nie obejmują roku 1900"),
        ((UNIT, "x", END, END), "nie jest wcześniejszy"),
        ((UNIT, "x", END, START), "nie jest wcześniejszy"),
        ((UNIT, "x", START, END, Level.POWIAT), "nie jest porównywana w roli"),
    ],
)
def test_what_has_no_answer_is_said(asked: tuple[Any, ...], words: str) -> None:
    with pytest.raises(ComparisonError, match=words):
        change_of(made([(1, 2)] * 9), *asked)


def test_a_unit_by_itself_changes_as_it_does_among_others() -> None:
    frame = made([(1, 2)] * 9)
    own = frame.indicators.of_unit(UNIT)
    alone: Change = own_change(frame, own, steps_of_all(frame, own), "x", START, END)
    assert alone == replace(change_of(frame, UNIT, "x", START, END), among=())


def test_nothing_is_called_real_where_the_borders_changed() -> None:

    def moved(day: date, what: What) -> Succession:
        return Succession(Level.GMINA, UNIT, "020102", day, what, None, None, None, "x", "")

    plain = country()
    parts = moved(date(END, 1, 1), What.PART), moved(date(END, 1, 1), What.RENUMBERED)
    land = Territory(plain.units, plain.changes, plain.neighbours, parts)
    assert border_changes(land, UNIT, START, END) == parts[:1]
    assert border_changes(land, "020102", START, END) == parts[:1]
    assert border_changes(land, UNIT, END, END + 1) == ()
    frame = figures({unit: [1.0, 2.0] for unit in GMINAS}, territory=land)
    found = change_of(frame, UNIT, "x", START, END)
    assert (found.amount, found.real, found.unsure) == (1.0, None, "borders")
    assert change_of(frame, "020103", "x", START, END).unsure == "few_years"
