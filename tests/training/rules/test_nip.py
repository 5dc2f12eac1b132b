"""The NIP of rule 1: checksum, and no zeros."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.training.rules.nip import check_nip
from smup.training.rules.refusal import Refusal

WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)  # of the first nine digits; the tenth is the sum modulo 11


@pytest.mark.parametrize(
    "text",
    ["5261040828", "526-10-40-828", "526 104 08 28", " PL 526-10-40-828 ", "pl5261040828",
     "526\u00a0104\u00a008\u00a028"],
)  # fmt: skip
def test_one_number_in_the_ways_people_write_it(text: str) -> None:
    assert check_nip(text) == "5261040828"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "nip_missing"),
        ("   ", "nip_missing"),
        ("0000000000", "nip_zeros"),
        ("000-000-00-00", "nip_zeros"),
        ("5261040829", "nip_checksum"),
        ("6251040828", "nip_checksum"),  # two digits in the wrong order
        ("526104082", "nip_length"),
        ("52610408280", "nip_length"),
        ("526104082O", "nip_length"),
        ("٥٢٦١٠٤٠٨٢٨", "nip_length"),
        ("DE5261040828", "nip_length"),
    ],
)
def test_anything_else_is_refused(text: str, key: str) -> None:
    assert check_nip(text) == Refusal(1, key, "nip")


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9), st.integers(0, 9))
def test_the_tenth_digit_is_the_weighted_sum(digits: list[int], last: int) -> None:
    right = sum(w * d for w, d in zip(WEIGHTS, digits, strict=True)) % 11
    text = "".join(map(str, [*digits, last]))
    accepted = check_nip(text) == text
    assert accepted == (last == right and any(digits))
