"""Findings: stable codes with a Polish meaning, written and read back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.quality import CODES, Finding, finding, write_findings
from smup.quality.findings import read_findings, sort_key

FINDINGS = st.builds(
    finding,
    st.sampled_from(sorted(CODES)),
    st.sampled_from(["pierwsze", "drugie"]),
    st.sampled_from(["a.csv", "b.xlsx"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=20),
    row=st.one_of(st.none(), st.integers(1, 9999)),
    unit=st.one_of(st.none(), st.sampled_from(["0201", "1408G"])),
    year=st.one_of(st.none(), st.integers(1995, 2030)),
)


@given(st.lists(FINDINGS, max_size=10))
def test_findings_come_back_in_order(found):
    assert read_findings(write_findings(found)) == sorted(found, key=sort_key)


@given(st.lists(FINDINGS, max_size=10), st.randoms())
def test_their_order_does_not_change_the_bytes(found, random):
    mixed = list(found)
    random.shuffle(mixed)
    assert write_findings(mixed) == write_findings(found)


def test_the_gravest_stand_first_within_a_source():
    found = [
        finding(code, "zrodlo", "plik", "opis")
        for code in ("czesc-gminy", "pusty-rok", "zdublowany-klucz")
    ]
    text = write_findings(found).decode().splitlines()
    assert [line.split(",")[1] for line in text[1:]] == ["error", "warning", "info"]


def test_gravity_is_that_of_the_code():
    assert finding("zdublowany-klucz", "z", "p", "opis", row=3) == Finding(
        "zdublowany-klucz", "error", "z", "p", 3, None, None, "opis"
    )


def test_an_unknown_code_is_refused():
    with pytest.raises(KeyError):
        finding("cos-nie-tak", "z", "p", "opis")


def test_every_code_has_a_meaning_in_one_sentence():
    for code in CODES.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.id)
        assert all(
            text.pl.endswith(".") and text.en.endswith(".")
            for text in (code.meaning, code.why, code.do)
        )
        assert code.severity in ("error", "warning", "info")
