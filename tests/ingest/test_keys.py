"""From what stands in the code column to a unit."""

import pytest

from smup.ingest.keys import NoPlace, Place, Units
from smup.territory import Territory
from smup.territory.load import load_parts
from tests.ingest.small import mapping, units


def read_as(scheme, **changes):
    return mapping(unit={"columns": [{"header": "kod"}], "code": scheme, **changes})


@pytest.mark.parametrize(
    ("scheme", "code", "unit"),
    [
        ("teryt6", "020101", "020101"),
        ("teryt6", "20101", "020101"),  # a spreadsheet lost the zero
        ("teryt6", 20101.0, "020101"),
        ("teryt6", "046101", "0461"),  # the city by its gmina code
        ("teryt7", "0201033", "020103"),
        ("teryt7", "0201031", "020103"),  # as it was before it became a mixed gmina
        ("teryt7", 201000.0, "0201"),
        ("teryt7", "0461000", "0461"),
        ("teryt7", "0200000", "02"),
        ("teryt7", "0000000", "PL"),
        ("teryt4", "0201", "0201"),
        ("teryt4", "201", "0201"),
        ("teryt", "00", "PL"),
        ("teryt", "02", "02"),
        ("teryt", "02 01  ", "0201"),
        ("teryt", "02 01 01 1", "020101"),
        ("bdl12", 20210201000.0, "0201"),
        ("bdl12", "020210201011", "020101"),
    ],
)
def test_codes_of_every_form_lead_to_the_unit(scheme, code, unit):
    place = units().place(read_as(scheme), code)
    assert isinstance(place, Place)
    assert (place.unit, place.part) == (unit, None)


@pytest.mark.parametrize(
    ("scheme", "code", "unit", "part"),
    [
        ("teryt7", "0401014", "040101", "czesc-gminy"),
        ("teryt7", "0401015", "040101", "czesc-gminy"),
        ("teryt7", "0201035", "020103", "czesc-gminy"),  # not in the list of parts, by its kind
        ("teryt6", "046102", "0461", "czesc-miasta"),
    ],
)
def test_parts_of_units_are_known_as_parts(scheme, code, unit, part):
    place = units().place(read_as(scheme), code)
    assert place == Place(unit, code, part)


@pytest.mark.parametrize(
    ("scheme", "code", "reason"),
    [
        ("teryt6", "", "brak-kodu"),
        ("teryt6", "  ", "brak-kodu"),
        ("teryt6", "027001", "nieznana-jednostka"),
        ("teryt6", "149901", "wiersz-spoza-podzialu"),
        ("teryt6", "149801", "wiersz-spoza-podzialu"),
        ("teryt6", "0201", "nieczytelny-kod"),  # two digits lost: no spreadsheet does that
        ("teryt6", "02O101", "nieczytelny-kod"),
        ("teryt6", 20101.5, "nieczytelny-kod"),
        ("teryt", "02 01 1", "nieczytelny-kod"),
        ("teryt7", "0463011", "nieznana-jednostka"),
    ],
)
def test_the_rest_has_a_reason(scheme, code, reason):
    place = units().place(read_as(scheme), code)
    assert isinstance(place, NoPlace)
    assert place.code == reason


def test_units_older_than_the_register_are_told_from_unknown_ones():
    old = mapping(historical={"020199": "dawna gmina"})
    place = units().place(old, "20199")
    assert place == NoPlace("jednostka-historyczna", "020199: dawna gmina")


@pytest.mark.parametrize(
    ("name", "unit"),
    [("KRAJ  COUNTRY", "PL"), ("WOJ. DOLINA", "02"), ("Wyżyna", "04"), ("wyzyna", "04")],
)
def test_rows_without_a_code_are_known_by_the_name(name, unit):
    by_name = read_as("teryt7", name={"header": "nazwa"}, by_name=True)
    assert units().place(by_name, "", name) == Place(unit, unit)


def test_a_footer_is_no_name():
    by_name = read_as("teryt7", name={"header": "nazwa"}, by_name=True)
    place = units().place(by_name, "", "a Dane szacunkowe.")
    assert isinstance(place, NoPlace)
    assert place.code == "brak-kodu"


def test_every_code_of_the_real_register_comes_back(territory: Territory, root):
    """Each form in which a register writes a unit leads to that unit, with and without its zero."""
    real = Units(territory, load_parts(root / "territory"))
    for unit in territory:
        if unit.level is None:
            continue
        for scheme, code in [
            ("teryt7", unit.teryt7),
            ("teryt6", unit.teryt6),
            ("bdl12", unit.bdl_gmina),
            ("bdl12", unit.bdl_powiat),
            ("teryt", unit.code if unit.code != "PL" else "00"),
        ]:
            for text in {code, code.removeprefix("0")} if code and scheme != "teryt" else {code}:
                place = real.place(read_as(scheme), text) if text else None
                assert place is None or place == Place(unit.code, place.key)


def test_every_real_district_and_delegatura_is_a_part_of_its_city(territory: Territory, root):
    parts = load_parts(root / "territory")
    real = Units(territory, parts)
    districts = {code: unit for code, unit in parts.items() if len(code) == 6}
    assert len(districts) == 18 + 19
    for code, unit in districts.items():
        assert real.place(read_as("teryt6"), code) == Place(unit, code, "czesc-miasta")
