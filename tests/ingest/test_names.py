"""Names as tables write them: the one unit that is meant, or all that could be."""

import pytest

from smup.ingest.keys import NoPlace, Place, Units
from smup.ingest.names import Names
from tests.ingest.small import mapping


@pytest.fixture(scope="module")
def names(territory):
    return Names(territory)


def codes(names, text, powiat="", wojewodztwo=""):
    return [unit.code for unit in names.meant(text, powiat, wojewodztwo).units]


# Codes by TERC of 1 January 2026.
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("m. st. Warszawa", "1465"),
        ("Miasto Stołeczne Warszawa", "1465"),
        ("WARSZAWA", "1465"),
        ("Powiat m. Łódź", "1061"),
        ("M.Łódź", "1061"),
        ("lodz", "1061"),
        ("POLSKA", "PL"),
        ("WOJ. DOLNOŚLĄSKIE", "02"),
        ("województwo śląskie", "24"),
        ("Powiat bolesławiecki", "0201"),
        ("pow. bolesławiecki", "0201"),
        ("m. Bolesławiec", "020101"),
        ("Kleszczów", "100104"),
        ("gm. Kleszczów", "100104"),
        ("Kleszczów (gmina wiejska)", "100104"),
        ("Kleszczów (2)", "100104"),
        ("M-W.Nowogrodziec", "020104"),
        ("Nowogrodziec", "020104"),
    ],
)
def test_a_name_of_one_unit_is_that_unit(names, text, code):
    assert codes(names, text) == [code]


def test_a_town_in_a_mixed_gmina_is_a_part_of_it(names):
    for text in ("Nowogrodziec - miasto", "Nowogrodziec – obszar wiejski"):
        meant = names.meant(text)
        assert [unit.code for unit in meant.units] == ["020104"]
        assert meant.part


def test_a_name_that_several_units_bear_is_all_of_them(names):
    assert set(codes(names, "Bolesławiec")) == {"020101", "020102", "101801"}
    assert set(codes(names, "Gmina Bolesławiec")) == {"020101", "020102", "101801"}
    assert set(codes(names, "gm. Bolesławiec")) == {"020102", "101801"}


def test_what_stands_beside_a_name_tells_units_apart(names):
    assert codes(names, "Bolesławiec", "wieruszowski") == ["101801"]
    assert codes(names, "gm. Bolesławiec", "Powiat bolesławiecki") == ["020102"]
    assert codes(names, "gm. Bolesławiec", "", "WOJ. ŁÓDZKIE") == ["101801"]
    assert codes(names, "Bolesławiec (gmina wiejska)", "", "dolnośląskie") == ["020102"]
    assert codes(names, "Bolesławiec", "kolski") == []


def test_nothing_is_guessed_from_a_name_spelt_otherwise(names):
    assert codes(names, "Bolesawiec") == []
    assert codes(names, "Nibylandia") == []


def test_every_gmina_is_found_by_its_name_powiat_and_kind(names, territory):
    """Names beside powiat and kind are those of the register: each leads back to one unit."""
    kinds = {
        "gmina-miejska": "gmina miejska",
        "gmina-wiejska": "gmina wiejska",
        "gmina-miejsko-wiejska": "gmina miejsko-wiejska",
    }
    wrong = [
        unit.code
        for unit in territory
        if unit.kind in kinds and unit.valid_to is None
        and codes(names, f"{unit.name} ({kinds[unit.kind]})", territory.units[unit.powiat].name)
        != [unit.code]
    ]  # fmt: skip
    assert wrong == []


def test_rows_by_name_are_placed_asked_or_refused(territory):
    units = Units(territory)
    key = {
        "columns": [{"header": "gmina"}],
        "code": "name",
        "powiat": {"header": "powiat"},
        "named": {"Bolesławiec": "020101"},
    }
    read_as = mapping(unit=key)
    assert units.place(read_as, "Bolesławiec") == Place("020101", "Bolesławiec")
    asked = units.place(read_as, "Bolesławiec", "", ("bolesławiecki", ""))
    assert isinstance(asked, NoPlace)
    assert asked.code == "niejednoznaczna-nazwa"
    assert "020102" in asked.detail
    assert units.place(read_as, "Kleszczów") == Place("100104", "Kleszczów")
    unknown = units.place(read_as, "Nibylandia")
    assert isinstance(unknown, NoPlace)
    assert unknown.code == "nieznana-jednostka"
