"""Widths of letters, as the makers of Source Sans Pro publish them (in thousandths)."""

import pytest

from smup.documents.metrics import most_lines, width_of


@pytest.mark.parametrize(("text", "width"), [("m", 0.829), ("a", 0.504), ("W0", 1.283), ("", 0)])
def test_letters_are_as_wide_as_in_the_font(text: str, width: float) -> None:
    assert width_of(text) == pytest.approx(width)


def test_a_letter_the_font_has_not_counts_as_the_widest() -> None:
    assert width_of("\u05d0") == 1.0


def test_lines_break_at_spaces_and_never_within_a_word() -> None:
    assert most_lines("", 1) == 1
    assert most_lines("m m m", 2.5) == 2  # "m m" takes 1.858 heights, "m m m" 2.887
    assert most_lines("m m m", 1.8) == 3
    assert most_lines("mmm m", 2.4) is None  # the word alone takes 2.487
