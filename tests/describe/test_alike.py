"""The worked example of the section on similar units, against numbers worked out by hand."""

import math

import pytest

from smup.describe.alike import peer_numbers


def test_the_example_is_what_the_text_says() -> None:
    numbers = peer_numbers("en")
    # median 6, MAD the median of 4, 3, 2, 0, 2, 3, 84 = 3; 0.6745 * (8 - 6) / 3
    assert numbers["peer_score"] == f"{0.6745 * 2 / 3:.2f}"
    assert numbers["peer_cut"] == "3.5"  # 0.6745 * 84 / 3 is 18.9
    assert float(str(numbers["peer_distance"])) == pytest.approx(
        math.sqrt(0.5) / math.sqrt(0.75), abs=0.005
    )
    assert numbers["peer_share"] == "67"  # 1 of 1.5


def test_the_limits_are_those_of_the_text() -> None:
    numbers = peer_numbers("pl")
    assert (numbers["peer_count"], numbers["peer_runs"], numbers["peer_least"]) == (15, 50, 50)
    assert numbers["peer_limit"] == "3,5"
