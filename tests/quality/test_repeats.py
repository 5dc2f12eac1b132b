"""Copied years and copied rows, against plain loops."""

import itertools
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smup.catalogue import Catalogue, Text
from smup.catalogue.quality import Repeated, TwinRows
from smup.panel import Panel, Status
from smup.quality.repeats import repeated_breaches, twin_breaches, twins
from smup.territory import Kind, Territory, Unit

WHY = Text(pl="Bo tak.", en="Because.")
REPEATED = Repeated(why=WHY, years=4, least=1000, usual=0.05)
TWINS = TwinRows(why=WHY, figures=3, years=6, least=1000)
YEARS = tuple(range(2015, 2025))
CODES = tuple(f"0201{number:02}" for number in range(1, 31))
TERRITORY = Territory(
    {code: Unit(code, code, Kind.GMINA_WIEJSKA, "0201", "02") for code in CODES}, (), {}
)


def amounts(items: int = 1, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.round(np.exp(rng.normal(11, 1, (items, len(YEARS), len(CODES)))))


def panel(values: np.ndarray, names: tuple[str, ...]) -> Panel:
    status = np.where(np.isfinite(values), Status.OBSERVED, Status.MISSING).astype(np.uint8)
    return Panel(names, YEARS, CODES, values, status, np.zeros(values.shape, np.uint8))


def repeated(values: np.ndarray) -> list[tuple[str | None, int | None]]:
    found = repeated_breaches(panel(values, ("a",)), TERRITORY, REPEATED)
    return [(one.unit, one.year) for one in found]


def test_the_same_amount_for_four_years_is_found_in_the_last_of_them():
    values = amounts()
    values[0, 2:6, 5] = 123456
    values[0, 6:10, 5] = 654321  # until the newest year
    values[0, 2:5, 6] = 123456  # three years are too few
    values[0, 2:8, 7] = 500  # and so is a small amount
    assert repeated(values) == [(CODES[5], 2020), (CODES[5], 2024)]
    (first, _) = repeated_breaches(panel(values, ("a",)), TERRITORY, REPEATED)
    assert first.detail == "a: 123456 w każdym roku 2017–2020"


def test_a_gap_ends_a_run():
    values = amounts()
    values[0, 2:6, 5] = 123456
    values[0, 4, 5] = np.nan
    assert repeated(values) == []


def test_where_figures_usually_stay_nobody_copied_them():
    values = amounts()
    values[0, :, :15] = values[0, 0, :15]
    assert repeated(values) == []


def naive_twins(figures: np.ndarray) -> set[tuple[int, int]]:
    columns = [tuple(str(x) for x in column) for column in figures.T.tolist()]
    found = set()
    for one, other in itertools.combinations(range(len(columns)), 2):
        if columns[one] != columns[other] or columns.count(columns[one]) != 2:
            continue
        sizes = {abs(x) for x in figures[:, one].tolist() if not math.isnan(x) and x != 0}
        if sum(size >= 1000 for size in sizes) >= 2:
            found.add((one, other))
    return found


FIGURES = st.one_of(st.just(math.nan), st.sampled_from([0.0, 0.5, 7.0, 1000.0, 12345.0, -99999.0]))


@given(arrays(np.float64, (5, 2), elements=FIGURES), st.permutations(range(6)))
def test_twins_agree_with_plain_loops(pair: np.ndarray, order: list[int]):
    columns = np.hstack([pair, pair[:, :1], pair, pair[:, :1] + 1])[:, order]
    for figures in (columns, columns[:, :3], pair):
        assert set(twins(figures, 2, 1000)) == naive_twins(figures)


def test_a_row_copied_into_another_is_found(catalogue: Catalogue):
    names = ("wyborcy_sejm", "glosujacy_sejm", "glosy_wazne_sejm", "ludnosc")
    values = amounts(len(names))
    assert list(twin_breaches(panel(values, names), TERRITORY, TWINS, catalogue.variables)) == []
    values[:3, 4, 9] = values[:3, 4, 2]
    (one,) = twin_breaches(panel(values, names), TERRITORY, TWINS, catalogue.variables)
    assert (one.code, one.variable, one.unit) == ("wiersz-innej-jednostki", None, CODES[9])
    assert one.year == 2019
    assert CODES[2] in one.detail


def test_a_series_copied_into_another_is_found(catalogue: Catalogue):
    values = amounts()
    values[0, :, 9] = values[0, :, 2]
    (one,) = twin_breaches(panel(values, ("ludnosc",)), TERRITORY, TWINS, catalogue.variables)
    assert (one.variable, one.unit, one.year) == ("ludnosc", CODES[9], None)
