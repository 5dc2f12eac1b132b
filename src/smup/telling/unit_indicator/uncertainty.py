"""Words about chance: the interval of a value, its smoothed value, its place in the funnel."""

from collections.abc import Mapping
from typing import Any

from smup.catalogue import Indicator
from smup.language import Lang, format_number
from smup.present.values import value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.strings import strings
from smup.telling.units.places import (
    small_base_words,
)
from smup.territory import Unit


def chance_words(
    release: Release, unit: Unit, indicator: Indicator, result: Mapping[str, Any], lang: Lang
) -> dict[str, str]:
    """One sentence on the interval of ``smup compare``'s value, or on why it has none; others on
    the smoothed value and on a base too small for a place; where the unit stands in the funnel.
    Empty strings where there is nothing to say."""
    t, measure = strings(lang), release.catalogue.measures[indicator.unit]
    told = {"interval": "", "smoothed": "", "href": "", "small_base": ""}
    found, refused = result["interval"], result["interval_reason"]
    if found is None:
        if refused not in (None, "no_value"):
            told["interval"] = t[f"no_interval_{refused}"]
        return told

    def words(value: float) -> str:
        return value_text(value, indicator, measure, lang)

    told["interval"] = t["interval_sentence"].format(
        level=format_number(100 * found["level"], 0, lang),
        low=format_number(found["low"], indicator.decimals, lang),
        high=words(found["high"]),
        method=t[f"interval_{found['method']}"],
        counts=_counted(result["basis"], lang),
    )
    if result["rank"]["reason"] == "small_base":
        told["small_base"] = small_base_words("small_base", release, indicator, lang)
    smoothed = result["smoothed"]
    if smoothed is not None:
        key = "smoothed_sentence" if smoothed["weight"] else "smoothed_alone"
        told["smoothed"] = t[key].format(
            value=words(smoothed["value"]),
            centre=words(smoothed["centre"]),
            weight=format_number(100 * smoothed["weight"], 0, lang),
        )
        told["href"] = (
            Addresses(lang).indicator(
                indicator.id, poziom=result["role"], rok=result["year"], jst=unit.code
            )
            + "#lejek"
        )
    return told


def _counted(basis: Mapping[str, Any], lang: Lang) -> str:
    t = strings(lang)
    events = format_number(basis["events"], 0, lang)
    if basis["base"] is None:
        return t["counted_only"].format(events=events)
    return t["counted_of"].format(events=events, base=format_number(basis["base"], 0, lang))
