"""Sentences agree with the numbers in them and with Polish grammar."""

import pytest

from smup.catalogue import Catalogue
from smup.present.sentences import (
    as_title,
    one_year_sentence,
    order_words,
    out_of,
    position_sentence,
    trend_sentence,
    units_counted,
    verdict,
)
from tests.present.making import indicator, measure

LANGS = ("pl", "en")


@pytest.mark.parametrize(
    ("better", "value", "words"),
    [
        ("higher", 8.0, "korzystnie"),
        ("higher", 6.0, "niekorzystnie"),
        ("lower", 8.0, "niekorzystnie"),
        ("lower", 6.0, "korzystnie"),
        ("neither", 8.0, ""),
        ("higher", 7.0, ""),
    ],
)
def test_judgement_follows_the_better_direction(better: str, value: float, words: str) -> None:
    assert verdict(value, 7.0, indicator(better=better)).judgement == words


def test_what_reads_the_same_is_the_same() -> None:
    found = verdict(72.66, 72.655, indicator(decimals=2))
    assert (found.side, found.words, found.arrow) == (0, "równo z medianą", "=")
    assert verdict(72.66, 72.65, indicator(decimals=2)).arrow == "▲"
    assert verdict(72.64, 72.65, indicator(decimals=2)).arrow == "▼"


def test_position_in_polish() -> None:
    said = position_sentence(
        "Bolesławiec", 2024, 4.8, "gminy wiejskie", 7.1, indicator(), measure(per="na 1000 osób")
    )
    assert said == (
        "Bolesławiec, 2024 r.: 4,8 na 1000 osób, mniej niż mediana grupy „gminy wiejskie” (7,1)."
    )


def test_position_in_english() -> None:
    said = position_sentence("Hel", 2024, 7.1, "urban gminas", 7.1, indicator(), measure(), "en")
    assert (
        said == "Hel, 2024: 7.1\u00a0‰, the same as the median of the group “urban gminas” (7.1)."
    )


@pytest.mark.parametrize(
    ("change", "start", "end", "expected"),
    [
        ("percent", 100.0, 112.5, "wzrosła z 100,0 do 112,5, o 12,5%."),
        ("percentage_points", 20.0, 18.9, "zmalała z 20,0 do 18,9, o 1,1 pkt proc."),
        ("absolute", 20.0, 25.0, "wzrosła z 20,0 do 25,0, o 5,0\u00a0‰."),
        ("percent", 0.0, 3.0, "wzrosła z 0,0 do 3,0."),
        ("percent", 4.0, 4.0, "nie zmieniła się (4,0)."),
    ],
)
def test_trend(change: str, start: float, end: float, expected: str) -> None:
    said = trend_sentence(
        "Hel", [(2015, start), (2019, 1.0), (2023, end)], indicator(change=change), measure()
    )
    assert said.startswith("Hel: między 2015 a 2023 r. wartość ")
    assert said.endswith(expected)


def test_a_title_keeps_the_stop_of_percentage_points() -> None:
    points = indicator(change="percentage_points")
    said = trend_sentence("Hel", [(2015, 1.0), (2023, 2.5)], points, measure())
    assert as_title(said).endswith("o 1,5 pkt proc.")
    assert as_title("Wartość wzrosła.") == "Wartość wzrosła"


def test_a_title_keeps_the_stop_of_every_measure(catalogue: Catalogue) -> None:
    symbols = {getattr(one.symbol, lang) for one in catalogue.measures.values() for lang in LANGS}
    shortened = [symbol for symbol in symbols if symbol.endswith(".")]
    assert {"os./oddz.", "szt."} <= set(shortened)
    assert [as_title(f"z 1 do 2, o 1 {symbol}") for symbol in shortened] == [
        f"z 1 do 2, o 1 {symbol}" for symbol in shortened
    ]


@pytest.mark.parametrize(
    ("n", "words"), [(1, "1 jednostki"), (2, "2 jednostek"), (382, "382 jednostek")]
)
def test_a_part_is_out_of_the_genitive(n: int, words: str) -> None:
    assert out_of(n) == words


def test_one_year_is_said_not_drawn() -> None:
    expected = "Źródło zawiera jeden rok (2024), więc nie można pokazać zmiany w czasie."
    assert one_year_sentence(2024) == expected
    assert trend_sentence("Hel", [(2024, 1.0)], indicator(), measure()) == expected


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "1 jednostka"),
        (2, "2 jednostki"),
        (5, "5 jednostek"),
        (12, "12 jednostek"),
        (22, "22 jednostki"),
        (112, "112 jednostek"),
        (2477, "2\u00a0477 jednostek"),
    ],
)
def test_numerals_agree(n: int, words: str) -> None:
    assert units_counted(n) == words


def test_order_says_from_which_end() -> None:
    assert order_words(indicator(better="lower")) == "od najniższej (najlepszej) wartości"
    assert order_words(indicator()) == "od najwyższej wartości"
    assert order_words(indicator(better="higher"), "en") == "from the highest (best) value"
