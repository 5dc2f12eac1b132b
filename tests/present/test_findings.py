"""What stands out: who is chosen, and how it is said in both languages."""

from typing import Any

import pytest

from smup.catalogue import Indicator
from smup.present.findings import Finding, finding_sentence, strongest, weakest
from tests.present.making import indicator, measure


def monitored(name: str = "a", service: str = "biblioteki", **other: Any) -> Indicator:
    told = {"id": name, "service": service, "role": "monitoring", "dimension": "quality"}
    return indicator(**(told | {"better": "higher"} | other))


def finding(one: Indicator, percentile: float, value: float = 9.0, **other: Any) -> Finding:
    behind = round(percentile * 15 / 100)
    told: dict[str, Any] = {
        "indicator": one, "year": 2024, "value": value, "median": 5.0, "spread": 2.0,
        "percentile": percentile, "ahead": 15 - behind, "behind": behind, "compared": 15,
    }  # fmt: skip
    return Finding(**(told | other))


def test_only_far_places_that_may_be_judged_are_told() -> None:
    told = [
        finding(monitored("dobry", "s1"), 95.0),
        finding(monitored("sredni", "s2"), 79.0),
        finding(monitored("bez-oceny", "s3", better="neither"), 99.0),
        finding(monitored("rowny", "s4"), 90.0, value=5.04),
        finding(monitored("slaby", "s5"), 4.0, value=1.0),
    ]
    assert [one.indicator.id for one in strongest(told)] == ["dobry"]
    assert [one.indicator.id for one in weakest(told)] == ["slaby"]


def test_one_of_each_service_the_most_outstanding_first_and_five_at_most() -> None:
    told = [finding(monitored(f"i{n}", f"s{n}"), 85.0 + n) for n in range(8)]
    told.append(finding(monitored("drugi", "s7"), 99.0))
    told.append(finding(monitored("dalszy", "s9"), 99.0, value=20.0))
    assert [one.indicator.id for one in strongest(told)] == ["dalszy", "drugi", "i6", "i5", "i4"]


@pytest.mark.parametrize(
    ("better", "percentile", "value", "others", "of", "polish", "english"),
    [
        ("higher", 95.0, 9.0, "peers", "gmina",
         "9,0\u00a0‰ (2024), więcej niż w 14 z 15 podobnych gmin (mediana: 5,0).",
         "9.0\u00a0‰ (2024), more than in 14 of 15 similar gminas (median: 5.0)."),
        ("lower", 100.0, 1.0, "peers", "powiat",
         "1,0\u00a0‰ (2024), mniej niż w każdym z 15 podobnych powiatów (mediana: 5,0).",
         "1.0\u00a0‰ (2024), less than in each of 15 similar powiats (median: 5.0)."),
        ("higher", 0.0, 1.0, "group", "gmina",
         "1,0\u00a0‰ (2024), mniej niż w każdej z 15 innych gmin tej samej grupy (mediana: 5,0).",
         "1.0\u00a0‰ (2024), less than in each of 15 other gminas of the same group "
         "(median: 5.0)."),
        ("lower", 6.0, 9.0, "wojewodztwa", "wojewodztwo",
         "9,0\u00a0‰ (2024), więcej niż w 14 z 15 pozostałych województw (mediana: 5,0).",
         "9.0\u00a0‰ (2024), more than in 14 of 15 other voivodeships (median: 5.0)."),
    ],
)  # fmt: skip
def test_the_sentence_says_which_way_and_than_how_many(
    better: str, percentile: float, value: float, others: Any, of: Any, polish: str, english: str
) -> None:
    one = finding(monitored(better=better), percentile, value)
    assert finding_sentence(one, others, of, measure(), "pl") == polish
    assert finding_sentence(one, others, of, measure(), "en") == english


def test_a_target_is_near_or_far() -> None:
    target = {"value": 5.0, "at": "exactly", "basis": {"pl": "Podstawa.", "en": "Basis."}}
    one = monitored(better="target", target=target)
    near = finding_sentence(finding(one, 95.0, 5.1), "peers", "miasto", measure(), "pl")
    far = finding_sentence(finding(one, 5.0, 9.9), "peers", "miasto", measure(), "en")
    assert "bliżej wartości docelowej niż w 14 z 15 podobnych miast" in near
    assert "farther from the target than in 14 of 15 similar cities" in far
