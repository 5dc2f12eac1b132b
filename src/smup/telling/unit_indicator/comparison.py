"""One figure of one unit against neighbours, group, powiat, województwo and country."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from smup.catalogue import Indicator
from smup.language import Lang, format_number
from smup.present.charts import StripSpec, strip
from smup.present.sentences import verdict
from smup.present.values import value_text
from smup.store.releases import Release
from smup.telling.strings import strings
from smup.telling.units.company import comparator_name
from smup.telling.units.places import place_words
from smup.territory import Unit


@dataclass(frozen=True)
class Compared:
    """One comparator in words; empty strings where it has no such number."""

    name: str
    n: str
    median: str
    mean: str
    weighted: str
    strip: str
    verdict: str
    rank: str


def compared(
    release: Release, unit: Unit, indicator: Indicator, result: Mapping[str, Any], lang: Lang
) -> list[Compared]:
    """The comparators of ``smup compare`` that have at least one unit with data."""
    return [
        _row(release, unit, indicator, result, one, lang)
        for one in result["comparators"]
        if one["with_data"]
    ]


def _row(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    result: Mapping[str, Any],
    one: Mapping[str, Any],
    lang: Lang,
) -> Compared:
    measure, value = release.catalogue.measures[indicator.unit], result["value"]

    def words(number: float | None) -> str:
        return "" if number is None else value_text(number, indicator, measure, lang)

    t, name = strings(lang), comparator_name(release, unit, one["id"], lang, result["groups"])
    judged = ""
    if value is not None and one["median"] is not None:
        found = verdict(value, one["median"], indicator, lang)
        judged = f"{found.arrow} {found.words}" + (
            f", {found.judgement}" if found.judgement else ""
        )
    return Compared(
        name=name,
        n=t["n_with_data"].format(
            with_data=format_number(one["with_data"], 0, lang), n=format_number(one["n"], 0, lang)
        ),
        median=words(one["median"]),
        mean=words(one["mean"]),
        weighted=words(one["weighted"]),
        strip=_strip(indicator, value, one, name, words, t["strip_label"], lang),
        verdict=judged,
        rank=place_words(one["rank"], lang),
    )


def _strip(
    indicator: Indicator,
    value: float | None,
    one: Mapping[str, Any],
    name: str,
    words: Callable[[float | None], str],
    pattern: str,
    lang: Lang,
) -> str:
    """Drawn only where it says more than the numbers: three units and a spread."""
    five = [one[key] for key in ("min", "q1", "median", "q3", "max")]
    if one["with_data"] < 3 or None in five or five[0] == five[-1]:
        return ""
    least, q1, median, q3, most = five
    low, middle, high = (format_number(v, indicator.decimals, lang) for v in (least, median, most))
    label = pattern.format(value=words(value) or "–", low=low, median=middle, high=high, group=name)
    return strip(StripSpec(least, q1, median, q3, most, value, label))
