"""Changes from year to year: planted faults are found and named, quiet figures stay quiet."""

import math
import statistics
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smup.catalogue import Text
from smup.catalogue.quality import DigitShift, Jump, Population, Rules, UnitSwap
from smup.panel import Flag, Panel, Status
from smup.quality.jumps import jump_breaches
from smup.quality.steps import medians, without_returns
from smup.territory import Kind, Level, Territory, Unit
from smup.territory.successions import Succession, What

WHY = Text(pl="Bo tak.", en="Because.")
RULES = Rules(
    population=Population(why=WHY, variable="ludnosc", share=0.08),
    unit_swap=UnitSwap(why=WHY, severity="error", factor=1000, within=0.3, units=8),
    digit_shift=DigitShift(
        why=WHY, factors=(10, 100, 1000), left=0.15, deviations=6, units=12, least=100
    ),
    jump=Jump(why=WHY, deviations=10, times=2.5, chance=10, units=12, least=100),
)
YEARS = tuple(range(2015, 2025))
CODES = tuple(f"0201{number:02}" for number in range(1, 41))
AT = {year: place for place, year in enumerate(YEARS)}


def gminas(*moves: Succession) -> Territory:
    units = {code: Unit(code, code, Kind.GMINA_WIEJSKA, "0201", "02") for code in CODES}
    return Territory(units, (), {}, moves)


def quiet(seed: int = 1) -> np.ndarray:
    """[year, unit]: amounts of very different size that grow by some percent a year."""
    rng = np.random.default_rng(seed)
    first = np.exp(rng.normal(9, 1.5, len(CODES)))
    steps = rng.normal(0.04, 0.05, (len(YEARS) - 1, len(CODES)))
    return np.round(first * np.exp(np.vstack([np.zeros(len(CODES)), np.cumsum(steps, axis=0)])))


def panel(values: np.ndarray, name: str = "dochody", flags: np.ndarray | None = None) -> Panel:
    known = np.isfinite(values)
    status = np.where(known, np.where(values == 0, Status.ZERO, Status.OBSERVED), Status.MISSING)
    bits = np.zeros(values.shape, np.uint8) if flags is None else flags
    cube = values[None], status[None].astype(np.uint8), bits[None]
    return Panel((name,), YEARS, CODES, *cube)


def told(values: np.ndarray, territory: Territory | None = None, name: str = "dochody", **more):
    found = jump_breaches(panel(values, name, **more), territory or gminas(), RULES)
    return [(one.code, one.unit, one.year) for one in found]


@pytest.mark.parametrize("seed", range(20))
def test_figures_that_grow_quietly_give_no_finding(seed: int):
    assert told(quiet(seed)) == []


def test_growth_of_everybody_at_once_is_no_jump():
    values = quiet()
    values[AT[2020] :] *= 3
    assert told(values) == []


def test_a_planted_jump_is_found_once_although_it_returns():
    values = quiet()
    values[AT[2019], 7] *= 4
    assert told(values) == [("skok-wartosci", CODES[7], 2019)]


def test_a_jump_that_stays_is_found_in_its_first_year():
    values = quiet()
    values[AT[2019] :, 7] *= 4
    assert told(values) == [("skok-wartosci", CODES[7], 2019)]


@pytest.mark.parametrize("factor", [10, 100, 1000, 0.1, 0.01, 0.001])
@pytest.mark.parametrize("year", [2016, 2020, 2024])
def test_a_shifted_digit_is_named_as_such_in_every_year(factor: float, year: int):
    values = quiet()
    values[AT[year], 11] *= factor
    assert told(values) == [("przesuniecie-cyfr", CODES[11], year)]
    (one,) = jump_breaches(panel(values), gminas(), RULES)
    side = "dużo" if factor > 1 else "mało"
    assert f"{max(factor, round(1 / factor)):g} razy za {side}" in one.detail


def test_without_the_rule_a_shifted_digit_is_a_jump():
    values = quiet()
    values[AT[2020], 11] *= 10
    bare = RULES.model_copy(update={"digit_shift": None})
    assert [b.code for b in jump_breaches(panel(values), gminas(), bare)] == ["skok-wartosci"]


@pytest.mark.parametrize("factor", [1000, 0.001])
def test_a_column_in_other_units_of_measure_is_one_finding(factor: float):
    values = quiet() * (1000 if factor < 1 else 1)
    values[AT[2020] :] *= factor
    assert told(values) == [("zmiana-jednostki-miary", None, 2020)]
    assert [b.severity for b in jump_breaches(panel(values), gminas(), RULES)] == ["error"]


def test_small_counts_vary_by_chance():
    rng = np.random.default_rng(3)
    assert told(rng.poisson(8, (len(YEARS), len(CODES))).astype(float)) == []


def test_where_the_series_breaks_nothing_is_a_jump():
    values = quiet()
    values[AT[2019] :, 7] *= 4
    flags = np.zeros(values.shape, np.uint8)
    flags[AT[2019]] = int(Flag.BREAK)
    assert told(values, flags=flags) == []


def test_a_gap_or_a_zero_between_is_no_change():
    values = quiet()
    values[AT[2019], 7] = np.nan
    values[AT[2020] :, 7] *= 4
    values[AT[2021], 8] = 0
    assert told(values) == []


def test_few_units_say_nothing_about_what_is_usual():
    values = quiet()
    values[AT[2019], 7] *= 4
    values[:, 11:] = np.nan
    assert told(values) == []


def moved(day: date) -> Succession:
    return Succession(
        Level.GMINA, CODES[7], CODES[8], day, What.PART, None, 0.1, None, "wymyślone", ""
    )


def test_population_jumps_with_the_borders_or_without_a_reason():
    values = quiet()
    values[AT[2019] :, 7] *= 0.8
    name = "ludnosc"
    values = np.round(values[:1] * (values / values[:1]) ** 0.2)  # people move more slowly
    values[AT[2019] :, 7] = values[AT[2018], 7] * 0.9
    assert ("skok-ludnosci", CODES[7], 2019) in told(values, name=name)
    for day in (date(2019, 1, 1), date(2020, 1, 1)):
        assert ("zmiana-granic", CODES[7], 2019) in told(values, gminas(moved(day)), name)
    assert ("skok-ludnosci", CODES[7], 2019) in told(values, gminas(moved(date(2018, 1, 1))), name)


def test_what_borders_explain_is_not_told_of_other_figures():
    people, money = np.full((len(YEARS), len(CODES)), 5000.0), quiet()
    people[AT[2019] :, 7] = 1500
    money[AT[2019] :, 7] *= 0.3
    both = Panel(
        ("ludnosc", "dochody"),
        YEARS,
        CODES,
        np.stack([people, money]),
        np.zeros((2, *money.shape), np.uint8),
        np.zeros((2, *money.shape), np.uint8),
    )
    found = list(jump_breaches(both, gminas(moved(date(2019, 1, 1))), RULES))
    assert [(b.code, b.variable) for b in found] == [("zmiana-granic", "ludnosc")]
    alone = list(jump_breaches(both.select(items=("dochody",)), gminas(), RULES))
    assert [b.code for b in alone] == ["skok-wartosci"]


NUMBERS = st.one_of(st.just(math.nan), st.integers(-5, 5).map(float))


@given(arrays(np.float64, (3, 5), elements=NUMBERS))
def test_medians_agree_with_the_library_of_the_language(values: np.ndarray):
    for row, found in zip(values, medians(values), strict=True):
        known = [one for one in row.tolist() if not math.isnan(one)]
        assert math.isnan(found) if not known else found == statistics.median(known)


@given(arrays(np.int8, 6, elements=st.integers(-1, 1)))
def test_returns_agree_with_a_walk_through_the_years(steps: np.ndarray):
    """1 a jump up, -1 a jump down, 0 none."""
    kept, before = [], 0
    for step in steps.tolist():
        one = 0 if step * before < 0 else step
        kept.append(one)
        before = one
    found = without_returns((steps != 0)[:, None], steps[:, None].astype(float))
    assert found[:, 0].tolist() == [one != 0 for one in kept]
