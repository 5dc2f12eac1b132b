"""Text without case and diacritics."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.language import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("ŁÓDŹ", "lodz"),
        ("Bielsko-Biała", "bielsko-biala"),
        ("o\u0301semka", "osemka"),  # a letter and a combining mark
        ("Straße", "strasse"),
        ("1408G", "1408g"),
    ],
)
def test_letters_lose_case_and_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text(alphabet="aąbcćeęlłnńoósśzźż ABCŁŻ-", max_size=30))
def test_folding_is_ascii_keeps_length_and_ignores_case(text: str) -> None:
    assert fold(text).isascii()
    assert len(fold(text)) == len(text)
    assert fold(text) == fold(text.upper()) == fold(fold(text))
