"""Sums, ratios of sums and weighted means over the country of ``tests.helpers.country``.

The numbers are worked out by hand; ``test_evaluate`` holds the naive twin.
"""

from typing import Any

import numpy as np
import pytest

from smup.compute.aggregate import denominator
from smup.compute.evaluate import Evaluation, evaluate_with_coverage
from smup.compute.formula import parse, to_text
from smup.panel import Flag, Status
from tests.helpers.country import ABOLISHED, CITY, CREATED, country, panel_of
from tests.helpers.definitions import a_catalogue, an_indicator

Given = dict[tuple[str, int, str], float | Status]

GMINAS_2024 = (
    "020101", "020102", "020103", "020201", "020202", "020203",
    "040101", "040102", "040103", CREATED,
)  # fmt: skip


def everywhere(item: str, value: float, year: int = 2024) -> Given:
    """The same value in the ten gminas of 2024 and the city."""
    return {(item, year, unit): value for unit in (*GMINAS_2024, CITY)}


def evaluated(formula: str, given: Given, **changes: Any) -> Evaluation:
    flags = changes.pop("flags", None)
    panel = panel_of(given, ("a", "b", "w"), flags)
    return evaluate_with_coverage(
        a_catalogue(an_indicator("x", formula, **changes)), panel, country()
    )


def cell(found: Evaluation, unit: str, year: int = 2024) -> tuple[float | None, Status]:
    return found.panel.cell("x", year, unit)[:2]


def share(found: Evaluation, unit: str, year: int = 2024) -> float:
    at = found.panel.year_index[year], found.panel.unit_index[unit]
    return round(float(found.coverage[0][at]), 6)


def test_a_city_is_counted_once() -> None:
    found = evaluated("a", everywhere("a", 1.0), aggregate="sum")
    assert cell(found, "PL") == (11.0, Status.OBSERVED)
    assert cell(found, "04") == (5.0, Status.OBSERVED)
    assert cell(found, "0401") == cell(found, "0401G") == (4.0, Status.OBSERVED)
    assert cell(found, CITY) == (1.0, Status.OBSERVED)
    assert share(found, "PL") == 1.0
    assert np.isnan(found.coverage[0, 4, found.panel.unit_index[CITY]])


def test_members_are_those_that_existed() -> None:
    given = {**everywhere("a", 1.0, 2021), ("a", 2021, ABOLISHED): 1.0}
    del given["a", 2021, CREATED]
    found = evaluated("a", given, aggregate="sum")
    assert cell(found, "PL", 2021) == (11.0, Status.OBSERVED)
    assert cell(found, "0201", 2021) == (4.0, Status.OBSERVED)
    assert cell(found, "0401", 2021) == (3.0, Status.OBSERVED)


def test_a_ratio_of_sums_is_no_mean_of_ratios() -> None:
    given: Given = {
        ("a", 2024, "020201"): 1.0, ("b", 2024, "020201"): 1.0,
        ("a", 2024, "020202"): 1.0, ("b", 2024, "020202"): 8.0,
        ("a", 2024, "020203"): 1.0, ("b", 2024, "020203"): 3.0,
    }  # fmt: skip
    found = evaluated("100 * a / b", given)
    assert cell(found, "0202") == (25.0, Status.OBSERVED)  # 3/12, the mean of ratios is 48.6


def test_a_ratio_takes_members_that_have_all_variables() -> None:
    given = {**everywhere("a", 1.0), **everywhere("b", 4.0)}
    given["b", 2024, "040101"] = Status.MISSING
    given["a", 2024, "040101"] = 1000.0
    found = evaluated("100 * a / b", given)
    assert cell(found, "PL") == (25.0, Status.OBSERVED)
    assert share(found, "PL") == round(10 / 11, 6)
    assert cell(found, "04") == (None, Status.MISSING)
    assert share(found, "04") == 0.8, "4 of 5 denominators"


def test_a_published_value_is_preferred_to_a_sum() -> None:
    given = {**everywhere("a", 1.0), ("a", 2024, "02"): 7.5, ("a", 2024, "0201"): 3.5}
    found = evaluated("a", given, aggregate="sum")
    assert cell(found, "02") == (7.5, Status.OBSERVED)
    assert cell(found, "0201") == (3.5, Status.OBSERVED)
    assert cell(found, "0201G") == (3.0, Status.OBSERVED), "a sum row is always a sum"
    assert np.isnan(found.coverage[0, 4, found.panel.unit_index["02"]])


def test_a_ratio_uses_published_variables_only_where_all_are_published() -> None:
    given = {**everywhere("a", 1.0), **everywhere("b", 4.0), ("b", 2024, "02"): 24.5}
    assert cell(evaluated("100 * a / b", given), "02") == (25.0, Status.OBSERVED)
    given["a", 2024, "02"] = 12.25
    assert cell(evaluated("100 * a / b", given), "02") == (50.0, Status.OBSERVED)


@pytest.mark.parametrize(("known", "status"), [(89.0, Status.OBSERVED), (90.0, Status.MISSING)])
def test_coverage_against_the_published_denominator(known: float, status: Status) -> None:
    """The members known make up 80.1 of a published total of 89 (90 % of it) or 90."""
    given = {**everywhere("a", 1.0), **everywhere("b", 8.0), ("b", 2024, "PL"): known}
    given["b", 2024, CITY] = Status.MISSING
    given["b", 2024, "020101"] = 8.1
    found = evaluated("100 * a / b", given)
    assert cell(found, "PL")[1] is status
    assert share(found, "PL") == round(80.1 / known, 6)


def test_ninety_per_cent_is_enough() -> None:
    given = {**everywhere("a", 1.0), **everywhere("b", 9.0), ("b", 2024, "PL"): 110.0}
    found = evaluated("a / b", given)
    assert share(found, "PL") == 0.9
    assert cell(found, "PL")[1] is Status.OBSERVED


def test_members_without_a_known_denominator_count_as_average_ones() -> None:
    given = {**everywhere("a", 1.0), **everywhere("b", 4.0)}
    given["a", 2024, "020101"] = Status.MISSING  # its denominator is known: 40 of 44
    given["b", 2024, "020102"] = Status.MISSING  # its denominator is not
    found = evaluated("a / b", given)
    assert share(found, "PL") == round((36 / 40) * (10 / 11), 6)


def test_one_large_missing_member_is_enough_to_refuse() -> None:
    given = {**everywhere("a", 1.0), **everywhere("b", 1.0)}
    given["b", 2024, CITY] = 50.0
    given["a", 2024, CITY] = Status.MISSING
    assert cell(evaluated("a / b", given), "PL") == (None, Status.MISSING)


def test_members_to_which_it_does_not_apply_are_no_members() -> None:
    given = {**everywhere("a", 1.0), **everywhere("b", 4.0)}
    given["a", 2024, "020201"] = given["a", 2024, "020202"] = Status.NOT_APPLICABLE
    found = evaluated("100 * a / b", given)
    assert cell(found, "0202") == (25.0, Status.OBSERVED)
    assert share(found, "0202") == 1.0


@pytest.mark.parametrize(
    "reason", [Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.CONFIDENTIAL, Status.NOT_YET]
)
def test_a_reason_that_all_members_share_is_the_reason_of_the_row(reason: Status) -> None:
    given: Given = {("a", 2024, unit): reason for unit in (*GMINAS_2024, CITY)}
    found = evaluated("a", given, aggregate="sum")
    assert cell(found, "PL") == cell(found, "0201G") == (None, reason)
    given["a", 2024, "020101"] = Status.MISSING
    assert cell(evaluated("a", given, aggregate="sum"), "PL") == (None, Status.MISSING)


@pytest.mark.parametrize("reason", [Status.CONFIDENTIAL, Status.SUPPRESSED_SMALL])
def test_a_secret_of_the_level_is_not_computed_around(reason: Status) -> None:
    given = {**everywhere("a", 1.0), ("a", 2024, "0201"): reason}
    found = evaluated("a", given, aggregate="sum")
    assert cell(found, "0201") == (None, reason)


def test_a_count_without_a_suppressed_member_is_no_count_of_the_area() -> None:
    given = {**everywhere("a", 1.0), ("a", 2024, "020101"): Status.SUPPRESSED_SMALL}
    found = evaluated("a", given, aggregate="sum")
    assert cell(found, "PL") == (None, Status.MISSING)
    assert cell(found, "04") == (5.0, Status.OBSERVED)
    assert share(found, "PL") == round(10 / 11, 6)
    assert cell(found, "0201") == (None, Status.MISSING)


def test_weighted_means_are_marked_as_estimated() -> None:
    given: Given = {
        ("a", 2024, "020201"): 10.0, ("w", 2024, "020201"): 1.0,
        ("a", 2024, "020202"): 20.0, ("w", 2024, "020202"): 2.0,
        ("a", 2024, "020203"): 40.0, ("w", 2024, "020203"): 7.0,
    }  # fmt: skip
    found = evaluated("a", given, aggregate="weighted: w")
    assert found.panel.cell("x", 2024, "0202") == (33.0, Status.OBSERVED, Flag.ESTIMATED)
    assert found.panel.cell("x", 2024, "020201")[2] == 0


def test_weights_of_zero_have_no_mean() -> None:
    given = {**everywhere("a", 1.0), **everywhere("w", 0.0)}
    found = evaluated("a", given, aggregate="weighted: w")
    assert cell(found, "PL") == (None, Status.NO_DENOMINATOR)


def test_none_leaves_rows_to_the_source() -> None:
    given = {**everywhere("a", 1.0), ("a", 2024, "PL"): 4.0}
    found = evaluated("a", given, aggregate="none")
    assert cell(found, "PL") == (4.0, Status.OBSERVED)
    assert cell(found, "02") == (None, Status.NOT_COLLECTED)
    assert np.isnan(found.coverage).all()


def test_a_body_keeps_its_own_values_beside_the_sum_of_its_gminas() -> None:
    given = {**everywhere("a", 1.0), ("a", 2024, "0201"): 100.0}
    found = evaluated("a", given, aggregate="sum", scope="body")
    assert cell(found, "0201") == (100.0, Status.OBSERVED)
    assert cell(found, "0201G") == (3.0, Status.OBSERVED)
    assert cell(found, "0202") == (None, Status.NOT_COLLECTED)
    assert cell(found, "02") == (6.0, Status.OBSERVED), "bodies of two levels are never mixed"


def test_a_powiat_task_is_added_up_over_powiats_and_cities() -> None:
    given: Given = {("a", 2024, unit): 1.0 for unit in ("0201", "0202", "0401", CITY)}
    kinds = ("powiat", "miasto-na-prawach-powiatu")
    found = evaluated("a", given, aggregate="sum", scope="body", kinds=kinds)
    assert cell(found, "PL") == (4.0, Status.OBSERVED)
    assert cell(found, "04") == (2.0, Status.OBSERVED)
    assert cell(found, "0401G") == (None, Status.NOT_APPLICABLE)


def test_years_published_by_powiat_only_still_give_the_wojewodztwo() -> None:
    given: Given = {("a", 2020, unit): 5.0 for unit in ("0201", "0202", "0401", CITY)}
    found = evaluated("a", given, aggregate="sum")
    assert cell(found, "02", 2020) == (10.0, Status.OBSERVED)
    assert cell(found, "PL", 2020) == (20.0, Status.OBSERVED)
    assert cell(found, "0201G", 2020) == (None, Status.NOT_COLLECTED)


def test_cities_alone_never_stand_for_the_country() -> None:
    kinds = ("gmina", "miasto-na-prawach-powiatu")
    found = evaluated("a", {("a", 2024, CITY): 5.0}, aggregate="sum", kinds=kinds)
    assert cell(found, "PL") == cell(found, "04") == (None, Status.MISSING)
    assert share(found, "PL") == round(1 / 11, 6)


def test_a_unit_abolished_meanwhile_is_no_member_through_its_lag() -> None:
    given = {**everywhere("a", 1.0, 2021), ("a", 2021, ABOLISHED): 1.0}
    del given["a", 2021, CREATED]
    found = evaluated("a[-1]", given, aggregate="sum")
    assert cell(found, "0201", 2022) == (3.0, Status.OBSERVED)


def test_flags_of_the_members_used() -> None:
    given = {**everywhere("a", 1.0), ("a", 2024, "020101"): Status.MISSING}
    flags = {("a", 2024, CITY): Flag.BREAK, ("a", 2024, "020101"): Flag.PROVISIONAL}
    found = evaluated("a", given, aggregate="sum", flags=flags)
    assert found.panel.cell("x", 2024, "PL")[2] == Flag.BREAK


def test_change_of_an_area_whose_members_changed_stands_on_everybody() -> None:
    """020104 (30 people) went to its neighbour 020101 in 2022: nobody was born, nobody died."""
    before = {**everywhere("a", 10.0, 2021), ("a", 2021, ABOLISHED): 30.0}
    after = {**everywhere("a", 10.0, 2022), ("a", 2022, "020101"): 40.0}
    del before["a", 2021, CREATED], after["a", 2022, CREATED]
    found = evaluated("100 * (a - a[-1]) / a[-1]", {**before, **after})
    assert cell(found, "020101", 2022) == (300.0, Status.OBSERVED)
    assert cell(found, "PL", 2022) == cell(found, "02", 2022) == (0.0, Status.ZERO)
    assert share(found, "PL", 2022) == 1.0


def test_change_over_a_change_of_members_is_not_bridged_with_somebody_unknown() -> None:
    before = {**everywhere("a", 10.0, 2021), ("a", 2021, ABOLISHED): 30.0}
    after = {**everywhere("a", 10.0, 2022), ("a", 2022, "020101"): 40.0}
    del before["a", 2021, CREATED], after["a", 2022, CREATED], after["a", 2022, "020102"]
    found = evaluated("100 * (a - a[-1]) / a[-1]", {**before, **after})
    assert cell(found, "02", 2022) == (None, Status.NOT_BRIDGEABLE)
    assert cell(found, "04", 2022) == (0.0, Status.ZERO)


def test_a_row_the_source_says_did_not_exist_stays_so() -> None:
    given = {("a", 2024, "0201"): Status.NOT_EXISTING}
    found = evaluated("a", given, aggregate="sum", kinds=("powiat",))
    assert cell(found, "0201") == (None, Status.NOT_EXISTING)


def test_a_lag_is_a_variable_of_its_own() -> None:
    """The members that have both years, 8 of 9 gminas and the city that exist in both."""
    given = {**everywhere("a", 3.0), **everywhere("a", 2.0, 2023), **everywhere("b", 10.0)}
    del given["a", 2023, "020101"]
    found = evaluated("100 * (a - a[-1]) / b", given)
    assert cell(found, "PL") == (10.0, Status.OBSERVED)
    assert share(found, "PL") == round(10 / 11, 6)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("100 * a / b", "b"),
        ("a / (b + w) * 1000", "b + w"),
        ("(a - b) / w - b / w", "w"),
        ("-(a / b[-1])", "b[-1]"),
        ("min(a / b, 100)", "b"),
        ("a / 100", None),
        ("a / b + b / w", None),
        ("a - b", None),
    ],
)
def test_denominator(formula: str, expected: str | None) -> None:
    found = denominator(parse(formula))
    assert (found and to_text(found)) == expected
