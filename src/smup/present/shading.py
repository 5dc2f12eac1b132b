"""Which colour class each unit of a map belongs to, and the legend that says so."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from smup.language import Lang, format_number
from smup.panel import Status
from smup.present.scales import class_of, quantile_limits

ZERO, NO_DATA, NOT_APPLICABLE, CONFIDENTIAL = "z", "n", "a", "c"
_PATTERN = {
    Status.NOT_APPLICABLE: NOT_APPLICABLE,
    Status.CONFIDENTIAL: CONFIDENTIAL,
    Status.SUPPRESSED_SMALL: CONFIDENTIAL,
}
_WORDS: dict[str, dict[Lang, str]] = {
    ZERO: {"pl": "zero", "en": "zero"},
    NO_DATA: {"pl": "brak danych", "en": "no data"},
    NOT_APPLICABLE: {"pl": "nie dotyczy", "en": "not applicable"},
    CONFIDENTIAL: {"pl": "wartość poufna", "en": "confidential"},
}
Cells = Mapping[str, tuple[float | None, Status]]


@dataclass(frozen=True)
class LegendRow:
    """``key`` is the class of the map; ``words`` its limits (lowest and highest value in it)."""

    key: str
    words: str
    count: int


@dataclass(frozen=True)
class Shading:
    """``keys`` gives every unit one character: ``0``-``4`` from low to high, else a gap's key.

    ``diverging``: values lie on both sides of zero, classes 0-1 below it and 3-4 above.
    """

    keys: Mapping[str, str]
    legend: tuple[LegendRow, ...]
    diverging: bool

    @property
    def palette(self) -> str:
        return "d" if self.diverging else "s"


def shade(cells: Cells, decimals: int, lang: Lang = "pl") -> Shading:
    """Five classes of about equal numbers of units; differences get two classes a side.

    ``cells`` are rounded published values with their status. Zero is a class of its own.
    """
    values = [v for v, _ in cells.values() if v is not None and v != 0]
    diverging = bool(values) and min(values) < 0 < max(values)
    make = _two_sided if diverging else _one_sided
    keys = make(cells, values)
    return Shading(keys, _legend(cells, keys, diverging, decimals, lang), diverging)


def _one_sided(cells: Cells, values: list[float]) -> dict[str, str]:
    limits = quantile_limits(values)
    # Fewer classes than five are spread over the palette, so that they stay easy to tell apart.
    colours = np.linspace(0, 4, len(limits) + 1).round().astype(int) if limits else [2]
    return {
        unit: _gap_key(status, value) or str(colours[class_of(value, limits)])
        for unit, (value, status) in cells.items()
        for value in [0.0 if value is None else value]
    }


def _two_sided(cells: Cells, values: list[float]) -> dict[str, str]:
    below = quantile_limits([v for v in values if v < 0], classes=2)
    above = quantile_limits([v for v in values if v > 0], classes=2)

    def key(value: float) -> str:
        if value < 0:
            return str(class_of(value, below) if below else 1)
        return str(3 + class_of(value, above) if above else 3)

    return {
        unit: _gap_key(status, value) or key(value)
        for unit, (value, status) in cells.items()
        for value in [0.0 if value is None else value]
    }


def _gap_key(status: Status, value: float) -> str:
    if status not in (Status.OBSERVED, Status.ZERO):
        return _PATTERN.get(status, NO_DATA)
    return ZERO if value == 0 else ""


def _legend(
    cells: Cells, keys: Mapping[str, str], diverging: bool, decimals: int, lang: Lang
) -> tuple[LegendRow, ...]:
    counts = Counter(keys.values())
    rows = []
    known = [v for v, _ in cells.values() if v is not None]
    order = "01z234nac" if diverging else "z01234nac" if min(known, default=0) >= 0 else "01234znac"
    for key in sorted(counts, key=order.index):
        if key in _WORDS:
            words = _WORDS[key][lang]
        else:
            inside = [cells[u][0] or 0.0 for u, k in keys.items() if k == key]
            ends = [format_number(v, decimals, lang) for v in (min(inside), max(inside))]
            words = ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"
        rows.append(LegendRow(key, words, counts[key]))
    return tuple(rows)
