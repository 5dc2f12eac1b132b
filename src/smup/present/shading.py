"""Which colour class each unit of a map belongs to, and the legend that says so."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from smup.language import Lang, format_number
from smup.panel import Status
from smup.present.classes import Classes

ZERO, NO_DATA, NOT_APPLICABLE, CONFIDENTIAL = "z", "n", "a", "c"
GAPS = NO_DATA + NOT_APPLICABLE + CONFIDENTIAL
PATTERN = {
    Status.NOT_APPLICABLE: NOT_APPLICABLE,
    Status.CONFIDENTIAL: CONFIDENTIAL,
    Status.SUPPRESSED_SMALL: CONFIDENTIAL,
}
WORDS: dict[str, dict[Lang, str]] = {
    ZERO: {"pl": "zero", "en": "zero"},
    NO_DATA: {"pl": "brak danych", "en": "no data"},
    NOT_APPLICABLE: {"pl": "nie dotyczy", "en": "not applicable"},
    CONFIDENTIAL: {"pl": "wartość poufna", "en": "confidential"},
}
_LOWEST: dict[Lang, str] = {"pl": "do {}", "en": "up to {}"}
_HIGHEST: dict[Lang, str] = {"pl": "powyżej {}", "en": "above {}"}
_ALL: dict[Lang, str] = {"pl": "każda wartość", "en": "any value"}
Cells = Mapping[str, tuple[float | None, Status]]


@dataclass(frozen=True)
class LegendRow:
    """``key`` is the class of the map; ``words`` its limits; ``count`` the units in it."""

    key: str
    words: str
    count: int


@dataclass(frozen=True)
class Shading:
    """``keys`` gives every unit one character: ``0``-``4``, its place in the palette, or the key
    of zero or of a gap. ``palette`` is ``s`` (amounts) or ``d`` (on both sides of zero)."""

    keys: Mapping[str, str]
    legend: tuple[LegendRow, ...]
    palette: str


def shade(
    cells: Cells,
    classes: Classes,
    decimals: int,
    lang: Lang = "pl",
    listed: Set[str] = frozenset(),
) -> Shading:
    """The class of every unit. ``cells`` are rounded published values with their status.

    The legend holds every class, and zero and the gaps that occur here or are ``listed``, so that
    maps of several years have one legend.
    """
    known = {unit: value for unit, (value, _) in cells.items() if value}
    colours = classes.colour_of(np.fromiter(known.values(), np.float64, len(known)))
    keys = {unit: key_of(value, status) for unit, (value, status) in cells.items()}
    keys |= {unit: str(colour) for unit, colour in zip(known, colours.tolist(), strict=True)}
    rows = _legend(Counter(keys.values()), classes, decimals, lang, listed)
    return Shading(keys, rows, "d" if classes.diverging else "s")


def key_of(value: float | None, status: Status) -> str:
    """The key of zero or of a gap; "" for any other value."""
    if value is None:
        return PATTERN.get(status, NO_DATA)
    return ZERO if value == 0 else ""


def legend_words(classes: Classes, decimals: int, lang: Lang) -> list[str]:
    """The limits of every class as published values: "do 2,0", "2,1 – 4,0", "powyżej 4,0"."""
    limits, step = classes.limits, 10.0**-decimals
    if not limits:
        return [_ALL[lang]]

    def shown(value: float) -> str:
        return format_number(value, decimals, lang)

    def upper(limit: float) -> float:
        return limit - step if limit == 0 else limit  # zero is a class of its own

    words = [_LOWEST[lang].format(shown(upper(limits[0])))]
    for low, high in pairwise(limits):
        ends = shown(low + step), shown(upper(high))
        words.append(ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}")
    return [*words, _HIGHEST[lang].format(shown(limits[-1]))]


def gap_rows(counts: Mapping[str, int], lang: Lang, listed: Set[str]) -> list[LegendRow]:
    """Lines of the legend for units without a value, those that occur or are ``listed``."""
    return [
        LegendRow(key, WORDS[key][lang], counts.get(key, 0))
        for key in GAPS
        if counts.get(key, 0) or key in listed
    ]


def _legend(
    counts: Mapping[str, int], classes: Classes, decimals: int, lang: Lang, listed: Set[str]
) -> tuple[LegendRow, ...]:
    words = legend_words(classes, decimals, lang)
    rows = [
        LegendRow(str(colour), words[at], counts.get(str(colour), 0))
        for at, colour in enumerate(classes.colours)
    ]
    if counts.get(ZERO, 0) or ZERO in listed:
        rows.insert(classes.zero_at, LegendRow(ZERO, WORDS[ZERO][lang], counts.get(ZERO, 0)))
    return (*rows, *gap_rows(counts, lang, listed))
