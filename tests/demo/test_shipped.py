"""The profiles of this repository: one for every variable, and a country that shows everything."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from smup.catalogue import Catalogue
from smup.compute.evaluate import evaluate
from smup.demo.country import BASE_KINDS
from smup.demo.figures import synthetic_figures
from smup.demo.profiles import FOLDER, Profile, load_profiles
from smup.panel import Panel, Status
from smup.quality.judging import judged
from smup.quality.rules import breaches
from smup.store.draft import silent
from smup.territory import Territory

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def profiles(root: Path, catalogue: Catalogue) -> Mapping[str, Profile]:
    return load_profiles(root / FOLDER, catalogue)


@pytest.fixture(scope="module")
def variables(root: Path, catalogue: Catalogue, territory: Territory) -> Panel:
    return synthetic_figures(root, root, catalogue, territory, silent, seed=1).variables


@pytest.fixture(scope="module")
def indicators(catalogue: Catalogue, variables: Panel, territory: Territory) -> Panel:
    return evaluate(catalogue, variables, territory)


def test_every_variable_with_data_has_a_profile(
    profiles: Mapping[str, Profile], catalogue: Catalogue
) -> None:
    assert set(profiles) == {variable.id for variable in catalogue.inputs}


def test_every_variable_has_values(variables: Panel) -> None:
    known = variables.has_value.any(axis=(1, 2))
    assert [i for i, any_ in zip(variables.items, known, strict=True) if not any_] == []


def test_every_indicator_of_every_area_has_values(catalogue: Catalogue, indicators: Panel) -> None:
    known = indicators.has_value.any(axis=(1, 2))
    assert [i for i, any_ in zip(indicators.items, known, strict=True) if not any_] == []
    numbered = {area.id for area in catalogue.areas.values() if area.number is not None}
    assert numbered <= {catalogue.indicators[item].area for item in indicators.items}


def test_larger_areas_are_added_up(catalogue: Catalogue, indicators: Panel) -> None:
    """Most indicators that are added up at all have a value for the country in some year."""
    country = indicators.unit_index["PL"]
    added = [
        bool(indicators.has_value[at, :, country].any())
        for item, at in indicators.item_index.items()
        if catalogue.indicators[item].aggregate != "none"
    ]
    assert np.mean(added) > 0.9


def test_every_reason_for_a_gap_appears(variables: Panel, indicators: Panel) -> None:
    found = {int(s) for panel in (variables, indicators) for s in np.unique(panel.status)}
    assert found == {int(status) for status in Status}


def test_gaps_are_the_exception(variables: Panel, indicators: Panel) -> None:
    """Of the figures that a source gives at all, nearly all are there."""
    lost = [
        Status.CONFIDENTIAL,
        Status.SUPPRESSED_SMALL,
        Status.DELEGATED,
        Status.NOT_BRIDGEABLE,
        Status.BELOW_FORMAT,
        Status.MISSING,
        Status.NOT_YET,
    ]
    for panel in (variables, indicators):
        gone = np.isin(panel.status, [int(s) for s in lost]).sum()
        assert 0.01 < gone / (gone + panel.has_value.sum()) < 0.12


def test_no_part_is_more_than_its_bound(
    profiles: Mapping[str, Profile], variables: Panel, territory: Territory
) -> None:
    columns = [i for i, u in enumerate(variables.units) if territory.units[u].kind in BASE_KINDS]
    over = []
    for name, profile in profiles.items():
        if profile.of is None or profile.at_most is None:
            continue
        part = variables.values[variables.item_index[name]][:, columns]
        whole = variables.values[variables.item_index[profile.of]][:, columns]
        both = np.isfinite(part) & np.isfinite(whole)
        rounding = 0.0 if profile.whole else 0.006
        if np.any(part[both] > profile.at_most * whole[both] * (1 + 1e-9) + rounding):
            over.append(name)
    assert over == []


def test_invented_parts_make_up_their_whole_and_balances_hold(
    catalogue: Catalogue, variables: Panel
) -> None:
    rules = catalogue.quality
    sums = [*rules.total.values(), *rules.balance.values(), *rules.range.values()]
    assert len(sums) > 5
    assert list(breaches(variables, sums, catalogue.variables)) == []


@pytest.mark.nightly
def test_invented_figures_raise_few_false_alarms(
    catalogue: Catalogue, variables: Panel, territory: Territory
) -> None:
    """Of 567 variables, 3,127 units and 16 years: a list that a person can read."""
    assert len(list(judged(variables, territory, catalogue))) < 100


def test_the_newest_years_can_be_compared(catalogue: Catalogue, indicators: Panel) -> None:
    """Nine of ten yearly indicators of gminas have enough values to compare in 2023 or later."""
    years = [indicators.year_index[year] for year in (2023, 2024, 2025)]
    asked = [
        at
        for item, at in indicators.item_index.items()
        if set(catalogue.indicators[item].kinds) & {"gmina", "powiat"}
        and catalogue.indicators[item].status != "archived"
    ]
    told = np.array([indicators.has_value[at][years].any() for at in asked])
    assert told.mean() > 0.9
