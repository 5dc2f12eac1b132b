"""Sentences about change, in both languages."""

from dataclasses import replace

import pytest

from smup.compare.breaks import Break
from smup.compare.chance import Chance
from smup.compare.change import Among, Change
from smup.compare.trend import Segment, trend
from smup.language import Lang
from smup.panel import Status
from smup.present.changing import (
    among_sentence,
    amount_words,
    breaks_sentence,
    chance_sentence,
    change_sentence,
    constant_sentence,
    trend_test_sentence,
)
from smup.territory import Level
from tests.present.making import indicator, measure


def change(**other: object) -> Change:
    plain = Change(
        "020101", "probny", Level.GMINA, 2019, 2024, "absolute", 4.8, 5.1, Status.OBSERVED,
        Status.OBSERVED, 0.3, 0.3, None, None, None, (), None, None,
    )  # fmt: skip
    return Change(**{name: getattr(plain, name) for name in plain.__dataclass_fields__} | other)


@pytest.mark.parametrize(
    ("how", "amount", "lang", "expected"),
    [
        ("absolute", 1.25, "pl", "+1,3\u00a0‰"),
        ("absolute", -1.0, "en", "−1.0\u00a0‰"),
        ("percent", -4.4, "pl", "−4,4%"),
        ("percentage_points", 2.0, "pl", "+2,0\u00a0pkt proc."),
        ("percentage_points", 0.0, "en", "0.0\u00a0percentage points"),
    ],
)
def test_an_amount_says_what_it_is(how: str, amount: float, lang: Lang, expected: str) -> None:
    assert amount_words(amount, indicator(change=how), measure(), lang) == expected


def test_the_change_in_words() -> None:
    told = measure("‰", "na 1000 ludności")
    assert change_sentence("Hel", change(), indicator(), told, "pl") == (
        "Hel: z 4,8 na 1000 ludności w 2019 r. do 5,1 w 2024 r. (+0,3\u00a0‰)."
    )
    assert change_sentence("Hel", change(), indicator(), measure(), "en") == (
        "Hel: from 4.8\u00a0‰ in 2019 to 5.1 in 2024 (+0.3\u00a0‰)."
    )


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"after": None, "amount": None, "reason": "no_value_after"}, "brak wartości"),
        ({"amount": None, "reason": "not_comparable"}, "różne skale"),
        ({"amount": None, "reason": "no_base"}, "procentu nie liczymy"),
    ],
)
def test_why_there_is_no_change(other: dict[str, object], words: str) -> None:
    assert words in change_sentence("Hel", change(**other), indicator(), measure(), "pl")


@pytest.mark.parametrize(
    ("chance", "unsure", "pl", "en"),
    [
        (Chance("usual_variation", True, limit=0.2), None,
         "Zmiana jest wyraźna: zwykłe wahania z roku na rok sięgają 0,2\u00a0‰.",
         "The change is real: usual variation from year to year reaches 0.2\u00a0‰."),
        (Chance("ratio_of_rates", False, p=0.31), None,
         "Zmiana mieści się w granicach przypadku: przy tej samej częstości zdarzeń taka różnica "
         "trafia się w 31,0% przypadków.",
         "The change is within what chance explains: with an unchanged rate such a difference "
         "comes up in 31.0% of cases."),
        (Chance("difference_of_shares", True, low=0.1, high=0.5), None,
         "Zmiana jest wyraźna: przypadkiem mogłaby wynieść od +0,1 do +0,5 (95%).",
         "The change is real: by chance it could have come out from +0.1 to +0.5 (95%)."),
        (None, "break",
         "Czy zmiana jest wyraźna, nie da się powiedzieć: między tymi latami jest przerwa w "
         "porównywalności.",
         "Whether the change is real cannot be told: there is a break in the series between "
         "these years."),
    ],
)  # fmt: skip
def test_real_or_chance(chance: Chance | None, unsure: str | None, pl: str, en: str) -> None:
    one = change(chance=chance, unsure=unsure)
    assert chance_sentence(one, indicator(), measure(), "pl") == pl
    assert chance_sentence(one, indicator(), measure(), "en") == en


def test_percentage_points_end_with_one_stop_and_are_the_slope_of_a_per_cent() -> None:
    points = indicator(change="percentage_points")
    real = change(chance=Chance("usual_variation", True, limit=0.2))
    assert chance_sentence(real, points, measure(), "pl").endswith("sięgają 0,2\u00a0pkt proc.")
    rising = [Segment(2015, 2019, 5, 10, 0.017, 1.9)]
    told = trend_test_sentence(rising, points, measure(), "pl")
    assert "przeciętnie +1,9\u00a0pkt proc. rocznie" in told


def test_constant_prices() -> None:
    one = change(constant=-1.5)
    assert constant_sentence(one, indicator(change="percent"), measure(), "pl") == (
        "W cenach stałych z 2024 r.: −1,5%."
    )
    assert constant_sentence(one, indicator(), measure(), "en").startswith("In constant prices")
    assert constant_sentence(change(), indicator(), measure(), "pl") == ""


def test_the_group() -> None:
    one = Among("group", 20, 18, 0.1, 4, None)
    assert among_sentence(one, "gminy wiejskie", indicator(), measure(), "pl") == (
        "W grupie „gminy wiejskie” mediana zmian to +0,1\u00a0‰ (jednostek z danymi: 18); "
        "ta jednostka jest na miejscu 4."
    )
    assert among_sentence(one, "rural", indicator(), measure(), "en").endswith("number 4.")
    peers = replace(one, id="peers")
    assert among_sentence(peers, "", indicator(), measure(), "pl").startswith(
        "Wśród jednostek podobnych mediana zmian to"
    )
    assert among_sentence(peers, "", indicator(), measure(), "en").startswith("Among similar units")
    assert among_sentence(Among("group", 3, 0, None, None, "no_change"), "g", indicator(),
                          measure(), "pl") == ""  # fmt: skip


def points(*values: float, start: int = 2015) -> list[tuple[int, float]]:
    return [(start + at, value) for at, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "cuts", "expected"),
    [
        ((1, 2, 3, 4, 5), (), "Trend rosnący (2015–2019, lat z wartością: 5): przeciętnie "
         "+1,0\u00a0‰ rocznie (p\u00a0=\u00a00,017)."),
        ((5, 4, 3, 2, 1, 0), (), "Trend malejący (2015–2020, lat z wartością: 6): przeciętnie "
         "−1,0\u00a0‰ rocznie (p\u00a0=\u00a00,003)."),
        ((1, 3, 2, 3, 1), (), "Bez wyraźnego trendu (2015–2019, lat z wartością: 5): kolejność "
         "wartości może być przypadkiem (p\u00a0=\u00a01,000)."),
        ((1, 2), (), "Tylko 2 lata z wartością; do oceny trendu trzeba pięciu."),
        ((1, 2, 3, 4, 5, 9), (2020,), "Tylko 1 rok z wartością od przerwy w 2020 r.; do oceny "
         "trendu trzeba pięciu. Trend rosnący (2015–2019, lat z wartością: 5): przeciętnie "
         "+1,0\u00a0‰ rocznie (p\u00a0=\u00a00,017)."),
        ((), (), "Brak wartości."),
    ],
)  # fmt: skip
def test_the_trend_in_words(
    values: tuple[float, ...], cuts: tuple[int, ...], expected: str
) -> None:
    found = trend_test_sentence(trend(points(*values), cuts), indicator(), measure(), "pl")
    assert found == expected


def test_the_trend_in_english() -> None:
    found = trend_test_sentence(trend(points(1, 2, 3, 4, 5)), indicator(), measure(), "en")
    assert found == (
        "The trend is rising (2015–2019, 5 years with a value): typically +1.0\u00a0‰ a year "
        "(p\u00a0=\u00a00.017)."
    )


def test_every_break_is_listed_with_its_reason() -> None:
    from tests.helpers.definitions import TEXT

    found = [Break(2020, ("a",), TEXT, 2020, 2020), Break(2022, (), None, 2022, 2022)]
    assert breaks_sentence(found, "pl") == (
        "Przerwa w porównywalności: 2020 r. (Opis na potrzeby testów.); "
        "2022 r. (oznaczona przez źródło)."
    )
    assert breaks_sentence([], "pl") == ""
    assert breaks_sentence(found[1:], "en") == "Break in the series: 2022 (marked by the source)."
