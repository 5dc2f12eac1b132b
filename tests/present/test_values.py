"""Values in words: symbols, gaps, flags."""

import pytest

from smup.panel import VALUE_STATUSES, Flag, Status
from smup.present.values import flag_words, gap, reason, value_text
from tests.present.making import indicator, measure


@pytest.mark.parametrize(
    ("value", "decimals", "symbol", "words"),
    [
        (1234567, 0, "os.", "1\u00a0234\u00a0567\u00a0os."),
        (-0.05, 1, "%", "\u22120,1\u00a0%"),
        (12.5, 1, "zł/os.", "12,5\u00a0zł/os."),
    ],
)
def test_a_value_in_polish(value: float, decimals: int, symbol: str, words: str) -> None:
    assert value_text(value, indicator(decimals=decimals), measure(symbol)) == words


def test_a_value_in_english() -> None:
    assert value_text(1234.5, indicator(), measure("%"), "en") == "1,234.5%"


def test_every_gap_has_a_reason_in_both_languages() -> None:
    for status in Status:
        if status in VALUE_STATUSES:
            with pytest.raises(KeyError):
                reason(status)
        else:
            assert gap(status).startswith("Brak danych: ")
            assert gap(status, "en").startswith("No data: ")
    assert gap(Status.CONFIDENTIAL) == "Brak danych: tajemnica statystyczna"


def test_every_flag_has_words() -> None:
    for flag in Flag:
        if flag is not Flag.NONE:
            assert len(flag_words(int(flag))) == 1
    assert flag_words(int(Flag.ESTIMATED | Flag.PROVISIONAL)) == [
        "dane wstępne",
        "wartość szacowana",
    ]
    assert flag_words(0) == []
