"""One unit against its sets. Twelve units at gmina level; in 2024 eleven of them exist."""

import math
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smup.compare import ComparisonError, Frame, compare_unit, positions
from smup.compute.evaluate import evaluate
from smup.panel import Flag, Status
from smup.territory import Level
from tests.compare.naive import standings, summary
from tests.helpers.country import ABOLISHED, CITY, CREATED, YEARS, country, panel_of
from tests.helpers.definitions import TEXT, a_catalogue, a_group, an_indicator

MakeFrame = Callable[..., Frame]
Given = dict[tuple[str, int, str], float | Status]

IN_2024 = (
    CITY, "020101", "020102", "020103", "020201", "020202", "020203",
    "040101", "040102", "040103", CREATED,
)  # fmt: skip
VALUES = dict(zip(IN_2024, (7.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 5.0, 8.0, 9.0, 2.0), strict=True))
GROUPS = (
    a_group("wiejskie", "gmina-wiejska"),
    a_group("inne", "gmina-miejska", "gmina-miejsko-wiejska", "miasto-na-prawach-powiatu"),
)


def in_2024(values: dict[str, float] | None = None, item: str = "a") -> Given:
    return {(item, 2024, unit): value for unit, value in (values or VALUES).items()}


def test_the_whole_answer_for_one_unit(frame: MakeFrame) -> None:
    made = frame(
        an_indicator("x", "a / b"),
        given={**in_2024(), **in_2024(dict.fromkeys(VALUES, 1.0), "b")},
        groups=GROUPS,
    )
    found = compare_unit(made, "020203", "x").to_dict()
    comparators = found.pop("comparators")
    assert found == {
        "unit": "020203",
        "indicator": "x",
        "value": 6.0,
        "status": "observed",
        "flags": [],
        "year": 2024,
        "role": "gmina",
        "groups": "rodzaj",
        "newest": None,
        "interval": None,
        "interval_reason": None,
        "basis": None,
        "smoothed": None,
        "rank": {
            "position": 4, "low": 4, "high": 4, "of": 11, "with_data": 11, "tied": 1,
            "percentile": 100 * 15 / 22, "quartile": 2, "reason": None,
        },
    }  # fmt: skip
    by_id = {c["id"]: c for c in comparators}
    assert list(by_id) == ["neighbours", "group", "powiat", "wojewodztwo", "kraj"]
    assert {k: v for k, v in by_id["powiat"].items() if k != "rank"} == {
        "id": "powiat", "n": 3, "with_data": 3, "weighted": 5.0, "mean": 5.0, "median": 5.0,
        "q1": 4.5, "q3": 5.5, "min": 4.0, "max": 6.0, "outside_stratum": False,
    }  # fmt: skip
    assert by_id["powiat"]["rank"]["reason"] == "few_units"
    assert by_id["wojewodztwo"]["n"] == 6
    assert by_id["kraj"]["n"] == 11


def test_neighbours_are_described_without_the_unit_and_placed_with_it(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "a"), given=in_2024())
    found = compare_unit(made, "040101", "x").comparator("neighbours")
    assert found is not None
    assert found.members == ("020203", "040102", CREATED)
    assert (found.n, found.mean) == (3, pytest.approx(16 / 3))
    assert found.rank.of == 4


def test_the_city_in_both_roles(frame: MakeFrame) -> None:
    given = {**in_2024(), **{("a", 2024, p): 1.0 for p in ("0201", "0202", "0401")}}
    made = frame(an_indicator("x", "a"), given=given, groups=GROUPS)
    as_gmina = compare_unit(made, CITY, "x")
    as_powiat = compare_unit(made, CITY, "x", role=Level.POWIAT)
    assert [c.id for c in as_gmina.comparators] == ["neighbours", "group", "wojewodztwo", "kraj"]
    assert as_gmina.comparators[0].members == ("040102", "040103")
    assert as_powiat.comparators[0].members == ("0401",)
    assert (as_gmina.rank.of, as_powiat.rank.of) == (11, 4)
    assert as_gmina.value == as_powiat.value == 7.0


def test_cities_apart_meet_only_cities(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "a", cities="apart"), given=in_2024(), groups=GROUPS)
    city, gmina = compare_unit(made, CITY, "x"), compare_unit(made, "040102", "x")
    assert city.rank.of == 1
    assert all(CITY not in c.members for c in gmina.comparators)
    assert gmina.rank.of == 10


def test_a_unit_outside_the_comparison_is_told_so(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "a", cities="with_powiats"), given=in_2024())
    found = compare_unit(made, CITY, "x", role=Level.GMINA)
    assert (found.rank.position, found.rank.reason) == (None, "not_compared")
    assert found.rank.of == 10
    assert compare_unit(made, CITY, "x").role is Level.POWIAT


def test_without_a_value_the_reason_and_the_newest_own_value(frame: MakeFrame) -> None:
    given = {**in_2024(), ("a", 2024, "020101"): Status.CONFIDENTIAL, ("a", 2021, "020101"): 3.0}
    found = compare_unit(frame(an_indicator("x", "a"), given=given), "020101", "x")
    assert (found.value, found.status) == (None, Status.CONFIDENTIAL)
    assert found.rank.reason == "no_value"
    assert found.newest is not None
    assert (found.newest.year, found.newest.value) == (2021, 3.0)
    assert (found.rank.of, found.rank.with_data) == (11, 10)


def test_limits_of_a_rank_have_their_reasons(frame: MakeFrame) -> None:
    indicator = an_indicator("x", "a")
    sparse = {unit: VALUES[unit] for unit in IN_2024[:7]}
    few = compare_unit(frame(indicator, given=in_2024(sparse)), CITY, "x", 2024)
    assert few.rank.reason == "few_units"
    units = [u for u in IN_2024 if u not in ("040102", "040103")]
    nine = compare_unit(frame(indicator, given=in_2024({u: VALUES[u] for u in units})), CITY, "x")
    assert (nine.rank.position, nine.rank.reason) == (1, None)


def test_default_year_is_the_newest_with_eighty_per_cent(frame: MakeFrame) -> None:
    """In 2023 eleven units exist: 9 of 11 are enough, 8 are not."""
    known = {("a", 2023, u): 1.0 for u in IN_2024[:9]}
    late = {("a", 2024, u): 1.0 for u in IN_2024[:8]}
    made = frame(an_indicator("x", "a"), given={**known, **late})
    assert made.default_year("x", Level.GMINA) == 2023
    assert compare_unit(made, CITY, "x").year == 2023
    assert made.default_year("x", Level.POWIAT) is None
    nothing = frame(an_indicator("x", "a"), given={})
    assert nothing.default_year("x", Level.GMINA) is None
    assert compare_unit(nothing, CITY, "x").year == 2024


def test_without_a_default_year_the_newest_of_the_unit(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "a"), given={("a", 2022, "020101"): 1.0})
    assert compare_unit(made, "020101", "x").year == 2022


def test_units_that_do_not_exist_count_nowhere(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "a"), given={("a", y, u): 1.0 for y in YEARS for u in IN_2024})
    assert compare_unit(made, "020103", "x", 2024).rank.of == 11
    gone = compare_unit(made, ABOLISHED, "x", 2024)
    assert (gone.status, gone.rank.position) == (Status.NOT_EXISTING, None)
    before = compare_unit(made, "040101", "x", 2022).comparator("neighbours")
    assert before is not None
    assert CREATED not in before.members
    assert before.n == 2


def test_a_target_gives_the_order_and_leaves_the_statistics(frame: MakeFrame) -> None:
    target = {"at": "at_least", "value": 5.0, "basis": TEXT}
    made = frame(an_indicator("x", "a", better="target", target=target), given=in_2024())
    best = compare_unit(made, "040103", "x").rank
    assert (best.position, best.high) == (1, 6), "six units reach 5"
    kraj = compare_unit(made, "020101", "x").comparator("kraj")
    assert kraj is not None
    assert (kraj.rank.position, kraj.max) == (11, 9.0)
    stored = positions(made, Level.GMINA)
    at = stored.units.index("020101"), stored.units.index("040103")
    assert stored.position[0, 0, 4, list(at)].tolist() == [11, 1]
    assert stored.statistics[0, 4, 0].tolist()[-1] == 9.0


def test_wojewodztwa_are_compared_with_each_other(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "a", aggregate="sum"), given=in_2024())
    found = compare_unit(made, "02", "x")
    assert found.role is Level.WOJEWODZTWO
    assert [(c.id, c.n) for c in found.comparators] == [("neighbours", 1), ("kraj", 2)]
    assert compare_unit(made, "PL", "x").rank.of == 1


def test_flags_and_aliases(frame: MakeFrame) -> None:
    territory = country()
    variables = panel_of(in_2024(), ("a",), {("a", 2024, CITY): Flag.BREAK})
    catalogue = a_catalogue(an_indicator("x", "a"))
    made = Frame(catalogue, territory, evaluate(catalogue, variables, territory), variables)
    found = compare_unit(made, "046101", "x").to_dict()
    assert (found["unit"], found["flags"]) == (CITY, ["break"])


@pytest.mark.parametrize(
    ("unit", "indicator", "year", "role", "message"),
    [
        ("999999", "x", None, None, "999999"),
        (CITY, "nie-ma", None, None, "nie-ma"),
        (CITY, "x", 1999, None, "2020–2024"),
        ("020101", "x", None, Level.POWIAT, "powiat"),
        ("0201G", "x", None, None, "0201G"),
    ],
)
def test_questions_without_an_answer(
    frame: MakeFrame,
    unit: str,
    indicator: str,
    year: int | None,
    role: Level | None,
    message: str,
) -> None:
    made = frame(an_indicator("x", "a"), given=in_2024())
    with pytest.raises(ComparisonError, match=message):
        compare_unit(made, unit, indicator, year, role)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=11, max_size=11),
    st.sampled_from(["higher", "lower", "neither"]),
    st.sampled_from(["both", "apart", "with_gminas", "with_powiats"]),
)
def test_twin_of_the_country_and_release_agrees(
    frame: MakeFrame, steps: list[int | None], better: str, cities: str
) -> None:
    values = {
        unit: step / 10 for unit, step in zip(IN_2024, steps, strict=True) if step is not None
    }
    indicator = an_indicator("x", "a", better=better, cities=cities)
    made = frame(indicator, given=in_2024(values) if values else {}, groups=GROUPS)
    inside = [u for u in IN_2024 if u != CITY or cities in ("both", "with_gminas")]
    known = {u: values[u] for u in inside if u in values}
    places = standings(known, len(inside), higher_is_better=better != "lower")
    expected = summary(list(known.values()))
    stored = positions(made, Level.GMINA)
    for unit in inside:
        found = compare_unit(made, unit, "x", 2024, Level.GMINA)
        kraj = found.comparator("kraj")
        assert kraj is not None
        assert (kraj.n, kraj.with_data) == (len(inside), len(known))
        assert (kraj.median is None) == (expected is None)
        if expected is not None and kraj.mean is not None:
            assert math.isclose(kraj.mean, expected.mean, rel_tol=1e-15)
            assert (kraj.median, kraj.q1, kraj.q3) == (expected.median, expected.q1, expected.q3)
        place = places.get(unit)
        assert kraj.rank.position == (place.position if place else None)
        assert kraj.rank.quartile == (place.quartile if place else None)
        at = (0, stored.years.index(2024), stored.units.index(unit))
        assert stored.position[0, 0, at[1], at[2]] == (place.position if place else 0)
        assert stored.percentile[at] == pytest.approx(kraj.rank.percentile or 0, rel=1e-6)
        assert stored.quartile[at] == (kraj.rank.quartile or 0)
