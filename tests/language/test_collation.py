"""Order of Polish words."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from smup.language import sort_key

# As a Polish dictionary orders them.
WORDS = [
    "Adamów",
    "Ąck",
    "Biała",
    "Biała Podlaska",
    "Biała Rawska",
    "Białaczów",
    "Cmolas",
    "Czyżew",
    "Ćmielów",
    "Elbląg",
    "Ełk",
    "Łask",
    "Łódź",
    "Nysa",
    "Opole",
    "Osieck",
    "Ósemka",
    "Sopot",
    "Ścinawa",
    "Zator",
    "Złotów",
    "Zwoleń",
    "Źródła",
    "Żary",
]


def test_names_stand_as_in_a_dictionary() -> None:
    shuffled = WORDS[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == WORDS


def test_a_prefix_comes_first_and_polish_letters_follow_their_base() -> None:
    assert sorted(["Lubań", "Lubaczów", "Luba"], key=sort_key) == ["Luba", "Lubaczów", "Lubań"]


def test_every_letter_of_the_alphabet_is_in_its_place() -> None:
    alphabet = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
    assert sorted(alphabet, key=sort_key) == list(alphabet)
    assert sorted(alphabet.upper(), key=sort_key) == list(alphabet.upper())


def test_digits_come_before_letters_and_signs_before_digits() -> None:
    assert sorted(["a", "1", "-", "ż"], key=sort_key) == ["-", "1", "a", "ż"]


def test_case_only_breaks_ties() -> None:
    assert sorted(["Łom", "łąka", "łom", "Łąka"], key=sort_key) == ["łąka", "Łąka", "łom", "Łom"]


def test_a_foreign_letter_stands_with_its_base() -> None:
    names = ["Mullera", "Müller", "Muller"]
    assert sorted(names, key=sort_key) == ["Muller", "Müller", "Mullera"]


@settings(deadline=None)
@given(st.text(), st.text())
def test_only_equal_texts_have_equal_keys(one: str, two: str) -> None:
    assert (sort_key(one) == sort_key(two)) == (one == two)
