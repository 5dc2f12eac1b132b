"""Places among the others: in words, within reach, and refused on too small a base."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from smup.catalogue import Indicator
from smup.compare.intervals import intervals_of
from smup.compare.rank_interval import costs, reached
from smup.language import Lang, format_number
from smup.store.releases import Release
from smup.telling.strings import strings
from smup.telling.units.standing import columns_of_level
from smup.territory import Level


def small_base_words(key: str, release: Release, indicator: Indicator, lang: Lang) -> str:
    """``key`` of the words with the smallest base on which the indicator gives places."""
    smallest = release.catalogue.uncertainty.minimum_denominator
    fewest = 0.0 if indicator.interval == "none" else smallest[indicator.interval]
    return strings(lang)[key].format(n=format_number(fewest, 0, lang))


def place_words(rank: Mapping[str, Any], lang: Lang) -> str:
    """12 z 380, and the places within reach where they are more than the tie."""
    t = strings(lang)
    if not rank["position"]:
        return "–"
    words = t["place_of"].format(
        place=format_number(rank["position"], 0, lang), of=format_number(rank["with_data"], 0, lang)
    )
    if rank["high"] - rank["low"] + 1 == rank["tied"]:
        return words
    return f"{words} ({reach_words(rank['low'], rank['high'], lang)})"


def reach_words(low: int, high: int, lang: Lang) -> str:
    """5–60."""
    first, last = format_number(low, 0, lang), format_number(high, 0, lang)
    return first if low == high else f"{first}–{last}"


@lru_cache(maxsize=128)
def places_within_reach(
    release: Release, indicator: str, level: Level, year: int
) -> Mapping[str, tuple[int, int] | None]:
    """Unit of a level -> best and worst place within reach among all of them; None for a unit on
    too small a base. Empty for an indicator without intervals, or placed by a target."""
    frame, chosen = release.frame, release.catalogue.indicators[indicator]
    found = intervals_of(frame, chosen, year)
    if found is None or chosen.target is not None:
        return {}
    panel = frame.indicators
    columns = np.asarray(columns_of_level(release, level))
    values = panel.values[panel.item_index[indicator], panel.year_index[year]]
    better, worse = costs(values, found, chosen)
    low, high = reached(better[columns], worse[columns])
    smallest = frame.catalogue.uncertainty.minimum_denominator[found.counts.model]
    small = found.counts.has_base & (found.counts.base[columns] < smallest)
    return {
        panel.units[column]: None if is_small else (int(first), int(last))
        for column, first, last, is_small in zip(columns, low, high, small, strict=True)
        if first
    }
