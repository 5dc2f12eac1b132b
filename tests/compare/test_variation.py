"""The usual variation of all groups at once, against one group worked out by itself."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from smup.compare import Frame
from smup.compare.change import change_of, own_change
from smup.compare.positions import group_part
from smup.compare.steps import group_steps, steps_of_all
from smup.compare.usual import usual_of
from smup.compare.variation import Variation, Varied, Varier
from smup.panel import Flag
from smup.territory import Level
from tests.compare.series import GMINAS, START, figures
from tests.helpers.country import ABOLISHED, CITY

ROW = st.lists(st.none() | st.integers(-20, 40).map(float), min_size=9, max_size=9)
COUNTRY = st.lists(ROW, min_size=len(GMINAS), max_size=len(GMINAS))


def variation(frame: Frame, level: Level = Level.GMINA) -> Variation:
    varier = Varier(frame, level)
    return varier.variation(varier.vary(0, len(frame.indicators.items), threads=1))


def assert_as_one_by_one(frame: Frame, units: tuple[str, ...] = GMINAS) -> None:
    found, indicator = variation(frame), frame.catalogue.indicators["x"]
    for unit in units:
        one = frame.territory.units[unit]
        part = group_part(frame, one, indicator, Level.GMINA)
        for end in frame.indicators.years:
            steps = group_steps(frame, frame.indicators, indicator, one, Level.GMINA, end)
            alone, all_ = usual_of(steps), found.of("x", part, end)
            assert all_.common.tolist() == alone.common.tolist()
            assert all_.deviation == alone.deviation or (
                math.isnan(all_.deviation) and math.isnan(alone.deviation)
            )


@given(COUNTRY, st.sampled_from(["absolute", "percent"]))
def test_every_year_and_unit_is_as_worked_out_alone(
    rows: list[list[float | None]], how: str
) -> None:
    series = dict(zip(GMINAS, rows, strict=True))
    assert_as_one_by_one(figures(series, change=how))


def test_breaks_of_the_catalogue_and_of_the_source() -> None:
    rows = {unit: [float(7 * at % 5 + at * y) for y in range(9)] for at, unit in enumerate(GMINAS)}
    flags = {("a", START + 6, GMINAS[2]): int(Flag.BREAK)}
    assert_as_one_by_one(figures(rows, breaks={"a": [START + 3]}, flags=flags))


def test_one_year_has_no_steps() -> None:
    frame = figures({unit: [1.0] for unit in GMINAS})
    assert variation(frame).varied.common.shape[-1] == 0
    assert_as_one_by_one(frame)


def test_a_unit_of_no_group_and_a_year_before_all_know_nothing() -> None:
    found = variation(figures({unit: [1.0, 2.0, 3.0] for unit in GMINAS}))
    assert math.isnan(found.of("x", None, START + 2).deviation)
    assert math.isnan(found.of("x", "group:nie-ma", START + 2).deviation)
    assert found.of("x", None, START - 1).common.size == 0


def test_what_is_held_decides_like_what_is_worked_out() -> None:
    wobble = [10.0, 11.0, 10.0, 12.0, 11.0, 10.0, 11.0, 12.0, 10.0]
    units = (*GMINAS, CITY, ABOLISHED)
    frame = figures({unit: wobble[at % 9 :] + wobble[: at % 9] for at, unit in enumerate(units)})
    held = Frame(
        frame.catalogue,
        frame.territory,
        frame.indicators,
        frame.variables,
        variation={Level.GMINA: variation(frame)},
    )
    for unit in units:
        own = frame.indicators.of_unit(unit)
        plain = change_of(frame, unit, "x", START, START + 6)
        assert change_of(held, unit, "x", START, START + 6) == plain
        assert (
            own_change(held, own, steps_of_all(held, own), "x", START, START + 6).chance
            == plain.chance
        )


def test_blocks_are_parts_of_the_whole() -> None:
    frame = figures({unit: [1.0, 3.0, 2.0, 5.0, 4.0, 9.0, 2.0] for unit in GMINAS})
    varier = Varier(frame, Level.GMINA)
    whole, none = varier.vary(0, 1), varier.vary(1, 1)
    assert [array.shape[0] for array in none] == [0, 0]
    again = Varied(*(np.concatenate(both) for both in zip(whole, none, strict=True)))
    for one, other in zip(whole, again, strict=True):
        np.testing.assert_array_equal(one, other)
