"""The ratio of sums of a set of units, by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from smup.compare import Frame
from smup.compare.weighted import weighted_value
from smup.panel import Status
from tests.helpers.country import ABOLISHED
from tests.helpers.definitions import an_indicator

MakeFrame = Callable[..., Frame]
Given = dict[tuple[str, int, str], float | Status]

RATIO: Given = {
    ("a", 2024, "020201"): 1.0, ("b", 2024, "020201"): 1.0,
    ("a", 2024, "020202"): 1.0, ("b", 2024, "020202"): 8.0,
    ("a", 2024, "020203"): 1.0, ("b", 2024, "020203"): 3.0,
}  # fmt: skip
LESNY = ("020201", "020202", "020203")


def weighted(made: Frame, *units: str, year: int = 2024) -> float | None:
    columns = np.array([made.indicators.unit_index[u] for u in units], np.intp)
    return weighted_value(made, made.catalogue.indicators["x"], columns, year)


def test_ratio_of_sums(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "100 * a / b"), given=RATIO)
    assert weighted(made, *LESNY) == 25.0
    assert weighted(made, "020201", "020203") == 50.0


def test_a_powiat_stands_for_its_gminas_where_it_has_no_variables(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "100 * a / b"), given=RATIO)
    assert weighted(made, "0202") == 25.0
    published = {**RATIO, ("a", 2024, "0202"): 6.0, ("b", 2024, "0202"): 12.0}
    assert weighted(frame(an_indicator("x", "100 * a / b"), given=published), "0202") == 50.0


def test_lags_count_calendar_years(frame: MakeFrame) -> None:
    given: Given = {("a", 2023, "020201"): 2.0, ("a", 2024, "020201"): 3.0}
    made = frame(an_indicator("x", "100 * (a - a[-1]) / a[-1]"), given=given)
    assert weighted(made, "020201") == 50.0
    assert weighted(made, "020201", year=2023) is None


def test_too_little_known_gives_nothing(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "a / b"), given={**RATIO, ("a", 2024, "020203"): Status.MISSING})
    assert weighted(made, *LESNY) is None
    assert weighted(made, "020201", "020202") == 2 / 9
    assert weighted(made) is None


def test_units_that_do_not_exist_are_no_gap(frame: MakeFrame) -> None:
    made = frame(an_indicator("x", "100 * a / b"), given=RATIO)
    assert weighted(made, *LESNY, ABOLISHED) == 25.0


def test_a_denominator_of_zero_gives_nothing(frame: MakeFrame) -> None:
    given: Given = {("a", 2024, "020201"): 1.0, ("b", 2024, "020201"): 0.0}
    assert weighted(frame(an_indicator("x", "a / b"), given=given), "020201") is None


def test_weighted_mean_of_published_ratios(frame: MakeFrame) -> None:
    given: Given = {
        ("a", 2024, "020201"): 10.0, ("w", 2024, "020201"): 1.0,
        ("a", 2024, "020202"): 20.0, ("w", 2024, "020202"): 3.0,
    }  # fmt: skip
    made = frame(an_indicator("x", "a", aggregate="weighted: w"), given=given)
    assert weighted(made, "020201", "020202") == 17.5
    assert weighted(made, *LESNY) is None
    given["w", 2024, "020201"] = given["w", 2024, "020202"] = 0.0
    zero = frame(an_indicator("x", "a", aggregate="weighted: w"), given=given)
    assert weighted(zero, "020201", "020202") is None


@pytest.mark.parametrize("aggregate", ["sum", "none"])
def test_what_cannot_be_added_up_has_no_weighted_value(frame: MakeFrame, aggregate: str) -> None:
    made = frame(an_indicator("x", "a", aggregate=aggregate), given=RATIO)
    assert weighted(made, *LESNY) is None
