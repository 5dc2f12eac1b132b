"""Who is compared with whom."""

import pytest

from smup.compare.groups import default_role, group_of, populations, stratum
from smup.panel import Status
from smup.territory import Level
from tests.helpers.country import CITY, country, panel_of
from tests.helpers.definitions import a_group, an_indicator

UNITS = country().units
ALL = ("gmina", "miasto-na-prawach-powiatu", "powiat")


@pytest.mark.parametrize(
    ("cities", "as_gmina", "as_powiat"),
    [
        ("with_gminas", "", None),
        ("with_powiats", None, ""),
        ("both", "", ""),
        ("apart", "miasta", "miasta"),
    ],
)
def test_the_city_stands_where_the_indicator_says(
    cities: str, as_gmina: str | None, as_powiat: str | None
) -> None:
    indicator = an_indicator("x", "a", cities=cities, kinds=ALL)
    assert stratum(UNITS[CITY], indicator, Level.GMINA) == as_gmina
    assert stratum(UNITS[CITY], indicator, Level.POWIAT) == as_powiat
    assert stratum(UNITS["020101"], indicator, Level.GMINA) == ""
    assert stratum(UNITS["0201"], indicator, Level.POWIAT) == ""


def test_units_of_other_levels_and_kinds_take_no_part() -> None:
    indicator = an_indicator("x", "a", kinds=("gmina",))
    assert stratum(UNITS["020101"], indicator, Level.POWIAT) is None
    assert stratum(UNITS["0201"], indicator, Level.POWIAT) is None
    assert stratum(UNITS[CITY], indicator, Level.GMINA) is None
    assert stratum(UNITS["0201G"], indicator, Level.POWIAT) is None
    assert stratum(UNITS["02"], indicator, Level.WOJEWODZTWO) == ""


@pytest.mark.parametrize(
    ("cities", "kinds", "role"),
    [
        ("both", ALL, Level.GMINA),
        ("apart", ALL, Level.GMINA),
        ("with_powiats", ALL, Level.POWIAT),
        ("both", ("gmina",), Level.GMINA),  # at none: its own first level
    ],
)
def test_default_role_of_the_city(cities: str, kinds: tuple[str, ...], role: Level) -> None:
    assert default_role(UNITS[CITY], an_indicator("x", "a", cities=cities, kinds=kinds)) is role


def test_default_role_of_the_others() -> None:
    indicator = an_indicator("x", "a")
    assert default_role(UNITS["0201"], indicator) is Level.POWIAT
    assert default_role(UNITS["02"], indicator) is Level.WOJEWODZTWO
    assert default_role(UNITS["0201G"], indicator) is None


def test_population_is_the_newest_known() -> None:
    panel = panel_of(
        {
            ("ludnosc", 2020, "020101"): 900.0,
            ("ludnosc", 2023, "020101"): 1000.0,
            ("ludnosc", 2024, "020101"): Status.NOT_YET,
            ("ludnosc", 2021, CITY): 50_000.0,
        },
        ("a", "ludnosc"),
    )
    assert populations(panel) == {"020101": 1000.0, CITY: 50_000.0}
    assert populations(panel_of({}, ("a",))) == {}


def test_the_first_rule_that_fits_gives_the_group() -> None:
    groups = {
        g.id: g
        for g in (
            a_group("duze", "gmina-wiejska", "gmina-miejska", low=1000),
            a_group("male-wiejskie", "gmina-wiejska", below=1000),
            a_group("wiejskie", "gmina-wiejska"),
            a_group("miasta", "miasto-na-prawach-powiatu"),
        )
    }
    people = {"020101": 1000.0, "020102": 999.9, "020203": 1000.0}
    found = group_of(UNITS.values(), groups, people)
    assert found["020101"] == found["020203"] == "duze"
    assert found["020102"] == "male-wiejskie"
    assert found["020202"] == "wiejskie", "without a known population only a rule without one fits"
    assert found[CITY] == "miasta"
    assert "020103" not in found
    assert "0201" not in found
