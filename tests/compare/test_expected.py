"""The expected value of a place: found again from numbers made by a known rule, or refused."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from smup.compare import ComparisonError, Frame
from smup.compare.expected import FEWEST, Expected, Model, Refusal, expected_value, model_of
from smup.compare.features import measure
from smup.panel import Status
from smup.territory import Kind, Level
from tests.compare.places import YEARS, Cells, a_rate, cells_of, codes_of, frame_of

CODES = codes_of()


def model(frame: Frame, name: str = "wskaznik") -> Model:
    indicator = frame.catalogue.indicators[name]
    found = model_of(frame, indicator, 2024, Kind.GMINA_WIEJSKA, Level.GMINA)
    assert isinstance(found, Model)
    return found


def of(frame: Frame, code: str = CODES[0]) -> Expected:
    return expected_value(frame, code, "wskaznik", 2024)


def test_the_rule_is_found_again() -> None:
    """The places were made by 20 + 0.5 log(population) - 0.3 share of children, noise 0.1."""
    found = model(frame_of(cells_of(CODES), a_rate()))
    assert [one.feature for one in found.terms] == ["ludnosc", "dzieci"]
    population, children = (one.coefficient / one.spread for one in found.terms)
    assert math.isclose(population, 0.5, abs_tol=0.05)
    assert math.isclose(children, -0.3, abs_tol=0.01)
    middle = sum(one.coefficient / one.spread * one.mean for one in found.terms)
    assert math.isclose(found.intercept - middle, 20, abs_tol=0.5)
    assert found.r2 > 0.8
    assert math.isclose(found.half_width, 1.96 * 0.1, rel_tol=0.35)
    assert 0.85 <= found.coverage <= 1


def test_the_published_table_is_enough_to_work_it_out_again() -> None:
    cells = cells_of(CODES)
    found = model(frame_of(cells, a_rate()))
    for at, code in enumerate(found.codes):
        people, children = cells["ludnosc", 2024, code], cells["dzieci", 2024, code]
        given = {"ludnosc": math.log(people), "dzieci": 100 * children / people}
        by_hand = found.intercept + sum(
            one.coefficient * (given[one.feature] - one.mean) / one.spread for one in found.terms
        )
        assert math.isclose(by_hand, float(found.fit.fitted[at]), rel_tol=1e-9)


def test_a_unit_is_not_compared_with_itself() -> None:
    """A unit's own value, however wild, does not move what is expected of it."""
    cells = cells_of(CODES)
    before = of(frame_of(cells, a_rate()))
    cells["a", 2024, CODES[0]] = 50 * cells["a", 2024, CODES[0]]  # type: ignore[operator]
    after = of(frame_of(cells, a_rate()))
    assert before.expected is not None
    assert after.expected == pytest.approx(before.expected, abs=0.02)
    assert after.beyond == 1
    assert after.residual == pytest.approx((after.value or 0) - (after.expected or 0))


def rho(distance: float) -> float:
    inside = min(abs(distance) / 4.685, 1)
    return 1 - (1 - inside * inside) ** 3


def test_out_of_sample_fit_and_interval_by_loops() -> None:
    found = model(frame_of(cells_of(CODES), a_rate()))
    values, crossed = found.values.tolist(), found.fit.crossed.tolist()
    missed = sum(rho((v - c) / found.fit.scale) for v, c in zip(values, crossed, strict=True))
    middles = found.fit.baseline.tolist()
    around = sum(rho((v - m) / found.fit.scale) for v, m in zip(values, middles, strict=True))
    assert found.r2 == pytest.approx(1 - missed / around)
    apart = sorted(abs(v - c) for v, c in zip(values, crossed, strict=True))
    half = 1.959963984540054 * (apart[59] + apart[60]) / 2 / 0.6744897501960817
    assert found.half_width == pytest.approx(half)
    assert found.coverage == pytest.approx(sum(a <= half for a in apart) / 120)


def test_the_order_of_units_does_not_matter() -> None:
    cells = cells_of(CODES)
    one, two = (frame_of(cells, a_rate(), order=way) for way in (1, -1))
    for code in CODES[:5]:
        first, second = of(one, code), of(two, code)
        for name in ("value", "expected", "low", "high", "residual", "beyond"):
            assert getattr(first, name) == pytest.approx(getattr(second, name), abs=0.0011), name


def test_a_unit_without_the_service_changes_nothing() -> None:
    cells = cells_of(codes_of(121))
    last = codes_of(121)[-1]
    without = {key: value for key, value in cells.items() if key[2] != last}
    one = of(frame_of(without, a_rate(), count=120))
    cells |= {("a", year, last): Status.NOT_APPLICABLE for year in YEARS}
    assert of(frame_of(cells, a_rate(), count=121)).expected == one.expected


def test_the_unit_of_measure_does_not_matter() -> None:
    thousand = a_rate(formula="100000 * a / ludnosc", decimals=0)
    one, two = (of(frame_of(cells_of(CODES), rate)) for rate in (a_rate(), thousand))
    assert two.expected == pytest.approx(1000 * (one.expected or 0), abs=1)


def test_a_feature_of_the_numerator_is_left_out() -> None:
    found = model(frame_of(cells_of(CODES), a_rate(formula="100 * dzieci / a")))
    assert found.left_out == {"dzieci": "outcome"}
    assert [one.feature for one in found.terms] == ["ludnosc"]


def test_a_feature_that_the_area_compares_is_left_out() -> None:
    frame = frame_of(cells_of(CODES), a_rate())
    peers = dict(frame.catalogue.peers)
    own = peers["common"].model_copy(update={"id": "kontekst", "weights": {"ludnosc": 0.0}})
    catalogue = frame.catalogue.model_copy(update={"peers": peers | {"kontekst": own}})
    other = Frame(catalogue, frame.territory, frame.indicators, frame.variables)
    assert model(other).left_out == {"ludnosc": "outcome"}


def test_a_feature_is_taken_from_the_nearest_year() -> None:
    cells = cells_of(CODES)
    for year in (2023, 2024):
        for code in CODES[:60]:
            cells["dzieci", year, code] = Status.NOT_COLLECTED
    found = model(frame_of(cells, a_rate()))
    assert {one.feature: one.year for one in found.terms} == {"ludnosc": 2024, "dzieci": 2022}


def refused(change: Callable[[Cells], None], **how: object) -> Refusal | None:
    cells = cells_of(CODES)
    change(cells)
    return of(frame_of(cells, a_rate(**how))).refusal


def set_all(item: str, value: float | Status) -> Callable[..., None]:
    def change(cells: Cells) -> None:
        cells.update({key: value for key in cells if key[0] == item})

    return change


def test_refusals() -> None:
    def nothing(cells: object) -> None: ...

    def own_gap(cells: Cells) -> None:
        cells["a", 2024, CODES[0]] = Status.CONFIDENTIAL

    def own_feature(cells: Cells) -> None:
        cells.update({("dzieci", year, CODES[0]): Status.MISSING for year in YEARS})

    def few(cells: Cells) -> None:
        cells.update({("a", 2024, code): Status.MISSING for code in CODES[FEWEST - 1 :]})

    assert refused(nothing) is None
    assert refused(nothing, service=None) == Refusal("no_service")
    assert refused(nothing, formula="a", aggregate="sum") == Refusal("count")
    assert refused(nothing, kinds=("powiat",)) == Refusal("not_compared")
    assert refused(own_gap) == Refusal("no_value")
    assert refused(own_feature) == Refusal("feature_missing")
    assert refused(few) == Refusal("few_units", FEWEST - 1)
    assert refused(set_all("a", Status.CONFIDENTIAL)) == Refusal("no_value")
    assert refused(set_all("ludnosc", 0)) == Refusal("no_value")  # no denominator
    assert refused(nothing, formula="100 * b / ludnosc") == Refusal("no_spread")  # all equal


def test_noise_explains_too_little() -> None:
    found = of(frame_of(cells_of(CODES, noise=1000), a_rate()))
    assert found.refusal is not None
    assert found.refusal.reason == "low_fit"
    assert found.refusal.number is not None
    assert found.refusal.number < 0.2
    assert found.expected is found.low is found.high is found.residual is None


def test_without_features_there_is_no_expectation() -> None:
    frame = frame_of(cells_of(CODES), a_rate(), expected=None)
    assert of(frame).refusal == Refusal("no_features")
    assert measure(frame, np.array([3, 4]), Kind.GMINA_WIEJSKA, 2024).used == ()


def test_one_unit() -> None:
    frame = frame_of(cells_of(CODES[:1]), a_rate(), count=1)
    assert of(frame).refusal == Refusal("few_units", 1)


def test_unknown_questions_are_refused_in_words() -> None:
    frame = frame_of(cells_of(CODES), a_rate())
    with pytest.raises(ComparisonError, match="999999"):
        expected_value(frame, "999999", "wskaznik")
    with pytest.raises(ComparisonError, match="nieznany"):
        expected_value(frame, CODES[0], "nieznany")


def test_a_share_never_leaves_its_range() -> None:
    frame = frame_of(
        cells_of(CODES, noise=4), a_rate(formula="20 * a / ludnosc - 0.02 * ludnosc / ludnosc")
    )
    for code in CODES:
        found = of(frame, code)
        for number in (found.expected, found.low, found.high):
            assert number is None or 0 <= number <= 100


def test_a_place_far_from_the_others_is_told() -> None:
    cells = cells_of(CODES)
    for year in YEARS:
        cells["ludnosc", year, CODES[0]] = 5e6
        cells["dzieci", year, CODES[0]] = 0.9 * 5e6
        cells["a", year, CODES[0]] = 5e6
    found = of(frame_of(cells, a_rate()))
    assert found.extrapolated
    assert found.influential == (CODES[0] in (found.model.influential if found.model else ()))
