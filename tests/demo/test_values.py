"""Single figures against numbers worked out by hand."""

import numpy as np
import pytest

from smup.catalogue import Variable
from smup.catalogue.base import Text
from smup.demo.country import YEARS, Country, base_units, make_country
from smup.demo.profiles import Profile
from smup.demo.values import invent
from smup.territory import Kind, Territory


@pytest.fixture(scope="module")
def country(territory: Territory) -> Country:
    size = np.full(len(base_units(territory)), 1000.0)
    return make_country(territory, {"people": size * 5, "area": size}, seed=1)


def variable(*, additive: bool = True, scope: str = "body") -> Variable:
    return Variable.model_validate(
        {
            "id": "x",
            "name": Text(pl="x", en="x"),
            "unit": "os",
            "additive": additive,
            "scope": scope,
            "kinds": ("gmina",),
            "sources": ({"source": "spis"},),
            "reference_day": "rok",
        }
    )


def certain(**more: object) -> Profile:
    """A profile without any chance in it."""
    return Profile.model_validate(
        {"id": "x", "of": None, "rate": 100.0, "spread": 0, "noise": 0} | more
    )


def test_without_chance_the_rate_and_the_trend_are_everything(country: Country) -> None:
    values = invent(certain(trend=0.1), variable(), country, None, 1)
    for row, year in enumerate(YEARS):
        assert values[row] == pytest.approx(round(100 * 1.1 ** (year - 2024), 2))


def test_multipliers_are_of_kinds(country: Country) -> None:
    values = invent(certain(cities=3, rural=0), variable(), country, None, 1)
    expected = {Kind.MIASTO: 300.0, Kind.GMINA_WIEJSKA: 0.0}
    for column, unit in enumerate(country.units):
        assert values[0, column] == expected.get(unit.kind, 100.0)


def test_a_share_near_its_bound_stays_below_it(country: Country) -> None:
    base = np.full(country.shape, 50.0)
    wild = {"of": "y", "rate": 0.9, "at_most": 1.0, "spread": 0.5, "noise": 0.1}
    values = invent(certain(**wild), variable(), country, base, 1)
    assert values.max() <= 50.0
    assert values.min() < 25.0
    assert np.median(values) == pytest.approx(45.0, rel=0.05)


def test_counts_keep_their_mean_when_they_are_made_whole(country: Country) -> None:
    """0.4 of a school a gmina is no school in six of ten gminas and one in the others."""
    values = invent(certain(rate=0.4, whole=True), variable(), country, None, 1)
    assert set(np.unique(values)) == {0.0, 1.0}
    assert values.mean() == pytest.approx(0.4, abs=0.03)
    assert np.array_equal(values[0], values[-1])  # and the same ones in every year


def test_only_what_lies_in_a_territory_and_adds_up_is_summed(
    country: Country, territory: Territory
) -> None:
    columns = {unit.code: at for at, unit in enumerate(country.units)}
    made = {
        (additive, scope): invent(
            certain(), variable(additive=additive, scope=scope), country, None, 1
        )[-1, columns["0201"]]
        for additive in (True, False)
        for scope in ("territory", "body")
    }
    gminas = len([m for m in territory.members("0201") if m.exists_in(YEARS[-1])])
    assert made == {
        (True, "territory"): 100.0 * gminas,
        (True, "body"): 100.0,
        (False, "territory"): 100.0,
        (False, "body"): 100.0,
    }


def test_scores_are_standard_and_powiats_are_between_their_gminas(country: Country) -> None:
    columns = {unit.code: at for at, unit in enumerate(country.units)}
    base = [at for at, unit in enumerate(country.units) if unit.kind is not Kind.POWIAT]
    assert abs(country.wealth[base].mean()) < 0.1
    assert country.wealth[base].std() == pytest.approx(1, abs=0.15)
    members = [columns[u.code] for u in country.units if u.powiat == "0201"]
    assert (
        country.wealth[members].min()
        <= country.wealth[columns["0201"]]
        <= country.wealth[members].max()
    )
