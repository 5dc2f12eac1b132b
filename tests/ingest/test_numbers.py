"""A cell is a number only when it is written as the mapping says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.ingest.numbers import Reading, Sign, read_number, signs_of
from smup.panel import Flag, Status
from tests.ingest.small import mapping

POLISH = mapping(decimal=",", thousands=" ")
AMERICAN = mapping(thousands=",")


@pytest.mark.parametrize(
    ("text", "read_as", "value"),
    [
        ("31,388", AMERICAN, 31388.0),
        ("1,234,567", AMERICAN, 1234567.0),
        ("31388", AMERICAN, 31388.0),
        ("1 234,5", POLISH, 1234.5),
        ("1\u00a0234\u202f567,5", POLISH, 1234567.5),
        ("63,35714286", mapping(decimal=","), 63.35714286),
        ("-12", mapping(), -12.0),
        ("\u221212", mapping(), -12.0),
        (" 7 ", mapping(), 7.0),
    ],
)
def test_numbers_are_read_as_the_file_writes_them(text, read_as, value):
    assert read_number(text, read_as, {}) == Reading(value, Status.OBSERVED)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("31,38", AMERICAN),  # no group of three: a decimal comma in a file that has none
        ("3,1388", AMERICAN),
        ("1.234.567", mapping()),
        ("12,5", mapping()),
        ("12.5", mapping(decimal=",")),
        ("12 zł", mapping()),
        ("1e5", mapping()),
        ("nan", mapping()),
        ("\u0661\u0662", mapping()),  # digits, but not ours
        ("-", mapping()),
        ("1 23", POLISH),
    ],
)
def test_what_is_written_otherwise_is_no_number(text, read_as):
    assert read_number(text, read_as, {}) is None


@pytest.mark.parametrize("cell", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(cell):
    assert read_number(cell, mapping(), {}) is None


@given(st.integers(-(10**12), 10**12), st.sampled_from(["", ",", " "]))
def test_whole_numbers_come_back_from_any_grouping(number, separator):
    read_as = mapping(thousands=separator)
    text = f"{number:,}".replace(",", separator)
    reading = read_number(text, read_as, {})
    assert reading is not None
    assert reading.value == number
    assert reading.status is (Status.OBSERVED if number else Status.ZERO)


def test_zero_is_a_true_zero_and_never_negative():
    reading = read_number("-0", mapping(), {})
    assert reading == Reading(0.0, Status.ZERO)
    assert str(reading.value) == "0.0"


def test_the_same_sign_means_what_its_publisher_says():
    yearbook = {"-": Sign(Status.ZERO)}
    bank = {"-": Sign(Status.NOT_COLLECTED, Flag.BREAK)}
    assert read_number("-", mapping(), yearbook) == Reading(0.0, Status.ZERO, sign=True)
    assert read_number("-", mapping(), bank) == Reading(
        None, Status.NOT_COLLECTED, Flag.BREAK, sign=True
    )


def test_an_empty_cell_is_missing_unless_the_file_says_otherwise():
    assert read_number("  ", mapping(), {}) == Reading(None, Status.MISSING, sign=True)
    signs = signs_of(mapping(blank="not_existing"), {})
    assert read_number("", mapping(), signs) == Reading(None, Status.NOT_EXISTING, sign=True)


def test_signs_of_a_file_stand_over_those_of_its_publisher():
    conventions = {"bank": {"-": Sign(Status.NOT_COLLECTED), "x": Sign(Status.MISSING)}}
    signs = signs_of(mapping(convention="bank", signs={"-": "not_existing"}), conventions)
    assert signs == {"-": Sign(Status.NOT_EXISTING), "x": Sign(Status.MISSING)}
