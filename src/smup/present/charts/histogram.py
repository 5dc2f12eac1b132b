"""How values of all units are spread: columns of equal width, our unit and the median marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from smup.language import format_number
from smup.language.numbers import Lang
from smup.present.figure import Figure, Heading
from smup.present.scales import Scale, decimals_of, ticks
from smup.present.svg import element, escape_text, percent, picture, text
from smup.present.tables import Table

TOP, BOTTOM, HEIGHT = 40.0, 180.0, 208.0
_ROW = 17.0


@dataclass(frozen=True)
class HistogramSpec:
    """``values`` without gaps. ``marked`` are (name, value) of
    chosen units. The last column is open
    (``and more``) when a long tail would squeeze the rest."""

    heading: Heading
    values: Sequence[float]
    median: float
    median_word: str
    more_word: str
    head: tuple[str, str]
    sentence: str
    marked: Sequence[tuple[str, float]] = ()
    lang: Lang = "pl"


def histogram(spec: HistogramSpec) -> Figure:
    """Raises ValueError without values."""
    data = np.asarray(spec.values, dtype=np.float64)
    if not data.size:
        raise ValueError("a histogram needs at least one value")
    edges, is_open = _edges(data)
    counts, _ = np.histogram(np.clip(data, edges[0], edges[-1]), bins=np.asarray(edges))
    scale = Scale(edges[0], edges[-1])
    tallest = int(counts.max())
    words = _names(edges, is_open, spec)
    columns = [
        _column(scale, edges[i], edges[i + 1], int(n) / tallest, f"{words[i]}: {n}")
        for i, n in enumerate(counts)
    ]
    top = _ROW * max(len(spec.marked) - 1, 0)  # more chosen units, more lines for their names
    parts = [element("svg", *columns, y=top, height=HEIGHT, overflow="visible")]
    axis = _axis(edges, scale, is_open, spec)
    parts.append(element("svg", *axis, y=top, height=HEIGHT, overflow="visible"))
    parts += _mark(
        spec.median_word, scale.clipped(spec.median), (14, top), "c-median c-dash", "c-note"
    )
    for i, (name, value) in enumerate(spec.marked):
        place = (30 + _ROW * i, top)
        parts += _mark(name, scale.clipped(value), place, "c-ours-line", "c-ours-text")
    svg = picture(
        spec.heading.ident,
        spec.heading.title,
        spec.sentence,
        HEIGHT + top,
        parts,
        spec.heading.mark,
    )
    return Figure(spec.heading, svg, _table(spec, words, counts.tolist()), spec.sentence)


def _edges(data: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[list[float], bool]:
    """Round column limits; a long tail is cut where it would squeeze the rest: at the 99th
    percentile, at the 95th where even the 99th lies far beyond it."""
    low, high = float(data.min()), float(data.max())
    median, most, bulk = (float(q) for q in np.quantile(data, (0.5, 0.95, 0.99)))
    if bulk - most > most - median > 0:
        bulk = most
    is_open = high - low > 1.5 * (bulk - low) > 0
    return ticks(low, bulk if is_open else high, count=18), is_open


def _column(scale: Scale, left: float, right: float, share: float, told: str) -> str:
    height = (BOTTOM - TOP) * share
    start = scale(left)
    return element(
        "rect",
        element("title", escape_text(told)),
        cls="c-peer c-column",
        x=percent(start),
        width=percent((scale(right) - start) * 0.94),
        y=BOTTOM - height,
        height=height,
    )


def _axis(edges: list[float], scale: Scale, is_open: bool, spec: HistogramSpec) -> list[str]:
    places = decimals_of(edges)
    shown = [edges[0], edges[len(edges) // 2], edges[-1]]
    anchors = ("start", "middle", "end")
    parts = [element("line", cls="c-axis", x1="0%", x2="100%", y1=BOTTOM, y2=BOTTOM)]
    for edge, anchor in zip(shown, anchors, strict=True):
        words = format_number(edge, places, spec.lang)
        if is_open and edge == edges[-1]:  # the open column is named by where it begins
            words = f"{format_number(edges[-2], places, spec.lang)} {spec.more_word}"
        parts.append(text(words, percent(scale(edge)), BOTTOM + 20, "c-note", text_anchor=anchor))
    return parts


def _mark(name: str, share: float, where: tuple[float, float], line: str, words: str) -> list[str]:
    """A named vertical mark; the name stands on the side with more room. ``where`` is the height
    of the name and how much the columns are moved down."""
    y, down = where
    place = percent(share)
    left = share > 0.5
    return [
        element("line", cls=line, x1=place, x2=place, y1=y - 9, y2=BOTTOM + down),
        text(name, place, y, words, dx=-7 if left else 7, text_anchor="end" if left else "start"),
    ]


def _names(edges: list[float], is_open: bool, spec: HistogramSpec) -> list[str]:
    """The ranges of the columns in words."""
    places = decimals_of(edges)
    written = [format_number(edge, places, spec.lang) for edge in edges]
    names = [f"{a} – {b}" for a, b in pairwise(written)]
    if is_open:
        names[-1] = f"{written[-2]} {spec.more_word}"
    return names


def _table(spec: HistogramSpec, names: list[str], counts: list[int]) -> Table:
    rows = tuple((name, str(n)) for name, n in zip(names, counts, strict=True))
    return Table(spec.heading.subtitle, spec.head, rows, frozenset({1}))
