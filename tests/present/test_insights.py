"""Every refusal is a sentence in both languages."""

from typing import get_args

import pytest

from smup.compare import compare_unit
from smup.compare.expected import Reason as NotExpected
from smup.compare.improvers import Reason as NobodySought
from smup.compare.needed import Blocked
from smup.compare.needed import Reason as NoWay
from smup.language import Lang
from smup.present.insights import blocked_words, explanation, no_expected, no_improvers, no_way
from tests.compare.places import a_rate, cells_of, codes_of, frame_of


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_every_reason_is_told(lang: Lang) -> None:
    told = [no_expected(one, 0.1, lang) for one in get_args(NotExpected)]
    told += [no_improvers(one, lang) for one in get_args(NobodySought)]
    told += [no_way(one, lang) for one in get_args(NoWay)]
    for sentence in told:
        assert sentence.endswith(".")
        assert "{" not in sentence
    assert all(blocked_words(one, lang) for one in get_args(Blocked))


def test_numbers_that_decided() -> None:
    assert "10%" in no_expected("low_fit", 0.104)
    assert "0%" in no_expected("low_fit", -0.4)
    assert "Tylko 12 jednostek" in no_expected("few_units", 12)


def test_an_explained_comparison() -> None:
    codes = codes_of()
    frame = frame_of(cells_of(codes), a_rate(), a_rate("opis", service=None, better="neither"))
    found = explanation(frame, compare_unit(frame, codes[0], "wskaznik", 2024))
    assert set(found) == {"expected", "improvers", "needed"}
    expected, improvers = found["expected"], found["improvers"]
    assert isinstance(expected, dict)
    assert isinstance(improvers, dict)
    assert expected["why"] == improvers["why"] == ""
    assert expected["low"] < expected["expected"] < expected["high"]
    other = explanation(frame, compare_unit(frame, codes[0], "opis", 2024))
    assert isinstance(other["expected"], dict)
    assert other["expected"]["why"] == "Wskaźnik opisuje miejsce, a nie usługę."
