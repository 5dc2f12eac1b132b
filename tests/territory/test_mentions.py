"""Units named in sentences: in cases, misspelt, told apart by what stands beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.territory import Territory
from smup.territory.mentions import mentions
from smup.territory.names import one_error

SENTENCES = [
    ("przedszkole w Gdyni", ["2262"]),
    ("w lodzi", ["1061"]),
    ("w Białymstoku", ["2061"]),
    ("w Bielsku-Białej", ["2461"]),
    ("do Zielonej Góry", ["0862"]),
    ("ludność Nowego Sącza", ["1262"]),
    ("w Jastrzębiu-Zdroju", ["2467"]),
    ("w Rudzie Śląskiej", ["2472"]),
    ("w Piotrkowie Trybunalskim", ["1062"]),
    ("w Gorzowie", ["0861"]),
    ("w powiecie piaseczyńskim", ["1418"]),
    ("powiat radomski", ["1425"]),
    ("w Radomsku", ["101201"]),
    ("w województwie mazowieckim", ["14"]),
    ("na Mazowszu", ["14"]),
    ("na Śląsku", ["24"]),
    ("w gminie wiejskiej Bolesławiec", ["020102"]),
    ("Bolesławiec miasto", ["020101"]),
    ("Płock i Włocławek", ["1462", "0464"]),
    ("Wrocalw", ["0264"]),
    ("Gdansk", ["2261"]),
    ("Polska", ["PL"]),
    ("w Polsce", ["PL"]),
    ("in Warsaw", ["1465"]),
]


@pytest.mark.parametrize(("text", "codes"), SENTENCES)
def test_a_sentence_names_its_units(territory: Territory, text: str, codes: list[str]) -> None:
    assert [one.unit.code for one in mentions(territory, text)] == codes


def test_units_of_one_name_are_kept_as_others(territory: Territory) -> None:
    found = mentions(territory, "Dobra")[0]
    assert found.unit.name == "Dobra"
    codes = {found.unit.code, *(unit.code for unit in found.others)}
    assert {unit.code for unit in territory if unit.name == "Dobra"} <= codes


def test_a_place_beside_the_name_decides(territory: Territory) -> None:
    assert mentions(territory, "Bolesławiec wieruszowski")[0].unit.code == "101801"


def test_every_unit_is_found_by_its_own_name(territory: Territory) -> None:
    """The name of the register, and enough of the kind, leads to a unit of that name, or to
    one spelt the same without diacritics that keeps it among the others."""
    missed = [
        unit.code
        for unit in territory
        if unit.levels and unit.valid_to is None and unit.name != "Polska"
        if not any(
            unit.name in (one.unit.name, *(other.name for other in one.others))
            for one in mentions(territory, f"{unit.kind.value.split('-')[0]} {unit.name}")
        )
    ]
    assert missed == []


@given(st.text(max_size=100))
def test_any_text_is_borne(territory: Territory, text: str) -> None:
    for one in mentions(territory, text):
        assert 0 <= one.start < one.end


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("wrocalw", "wroclaw", True),
        ("krakw", "krakow", True),
        ("krakoow", "krakow", True),
        ("krajow", "krakow", True),
        ("krakow", "krakow", False),
        ("karkwo", "krakow", False),
        ("radom", "radomsko", False),
    ],
)
def test_one_typing_error(word: str, other: str, expected: bool) -> None:
    assert one_error(word, other) is expected
