"""The funnel: every unit's rate over the size of its base, and how far chance alone can lead.

Small units scatter widely by chance, large ones hardly; the limits show how widely. Sizes stand on
a logarithmic axis. Marks differ in shape, not only in colour.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from smup.language import format_number
from smup.language.numbers import Lang
from smup.present.figure import Figure, Heading
from smup.present.scales import Scale, decimals_of, ticks
from smup.present.svg import WIDTH, element, escape_text, number, percent, picture, text
from smup.present.tables import Table

ROW, TOP, BOTTOM, HEIGHT = 20.0, 96.0, 336.0, 384.0
_WIDTH = 0.97 * WIDTH  # of the stretched inner picture: true where the chart stands alone
_TAIL = 1.5  # values this many times beyond the bulk stand on the upper edge

Place = Callable[[float], float]


@dataclass(frozen=True)
class FunnelPoint:
    """A unit. ``standing`` is 0 within limits, +-1 outside the inner, +-2 outside the outer ones;
    ``shown`` its value in words."""

    name: str
    base: float
    value: float
    standing: int
    shown: str


@dataclass(frozen=True)
class FunnelSpec:
    """``limits`` are the lower outer, lower inner, upper inner and upper outer limit at each of
    ``bases`` (ascending); ``standings`` says a standing from -2 to 2 in words; ``legend`` explains
    the three marks; ``whole`` is the row of all units together (name, base, value). The table holds
    our unit and those outside the outer limits, in the order of ``points``."""

    heading: Heading
    points: Sequence[FunnelPoint]
    bases: Sequence[float]
    limits: tuple[Sequence[float], Sequence[float], Sequence[float], Sequence[float]]
    target: float
    target_words: str
    base_words: str
    legend: tuple[str, str, str]
    standings: tuple[str, str, str, str, str]
    head: tuple[str, str, str, str]
    whole: tuple[str, str, str]
    sentence: str
    marked: FunnelPoint | None = None
    lang: Lang = "pl"


def funnel_chart(spec: FunnelSpec) -> Figure:
    """Raises ValueError without points or with a base that is not positive."""
    if not spec.points or min(p.base for p in spec.points) <= 0 or min(spec.bases) <= 0:
        raise ValueError("a funnel needs points, all with a positive base")
    across = Scale(math.log10(spec.bases[0]), math.log10(spec.bases[-1]))
    marks = _value_ticks(spec)
    up = Scale(marks[0], marks[-1])

    def right(base: float) -> float:
        return across.clipped(math.log10(base))

    def down(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * up.clipped(value)

    parts = [
        *_legend(spec.legend),
        *_grid(marks, down, spec.lang),
        *_sizes(spec, right),
        _stretched(spec, right, down),
        *(_outlier(p, right, down) for p in spec.points if abs(p.standing) == 2),
        text(spec.target_words, "100%", down(spec.target) - 6, "c-note c-halo", text_anchor="end",
             paint_order="stroke"),
    ]  # fmt: skip
    if spec.marked:
        parts += _ours(spec.marked, right, down)
    plot = element("svg", *parts, x="1%", width="97%", height=HEIGHT, overflow="visible")
    svg = picture(
        spec.heading.ident, spec.heading.title, spec.sentence, HEIGHT, [plot], spec.heading.mark
    )
    return Figure(spec.heading, svg, _table(spec), spec.sentence)


def _value_ticks(spec: FunnelSpec) -> list[float]:
    values = np.array([p.value for p in spec.points])
    low, bulk, high = (float(v) for v in np.quantile(values, (0.0, 0.995, 1.0)))
    if high > _TAIL * bulk > 0:
        high = bulk
    if spec.marked:
        high = max(high, spec.marked.value)
    return ticks(min(low, spec.target), max(high, spec.target))


def _legend(words: tuple[str, str, str]) -> list[str]:
    """The three marks, one under the other: they must fit a narrow screen."""
    shapes = (
        element("circle", cls="c-peer", cx=6, cy=ROW - 9, r=3),
        element("rect", cls="c-text", x=3, y=2 * ROW - 12, width=6, height=6),
        _triangle(6, 3 * ROW - 9, 2),
    )
    rows = [text(said, 18, ROW * (i + 1) - 4, "c-note") for i, said in enumerate(words)]
    return [*shapes, *rows]


def _grid(marks: list[float], down: Place, lang: Lang) -> list[str]:
    places = decimals_of(marks)
    return [
        part
        for mark in marks
        for part in (
            element("line", cls="c-grid", x1="0%", x2="100%", y1=down(mark), y2=down(mark)),
            text(format_number(mark, places, lang), "0%", down(mark) - 5, "c-note"),
        )
    ]


def _sizes(spec: FunnelSpec, right: Place) -> list[str]:
    """Powers of ten along the axis, or its two ends where hardly any fits, and what they count."""
    first, last = spec.bases[0], spec.bases[-1]
    powers = range(math.ceil(math.log10(first)), math.floor(math.log10(last)) + 1)
    shown = [10.0**p for p in powers] if len(powers) > 1 else [first, last]
    parts = []
    for base in shown:
        share = right(base)
        anchor = "start" if share < 0.08 else "end" if share > 0.92 else "middle"
        words = format_number(base, 0 if base >= 1 else 2, spec.lang)
        place = percent(share)
        parts.append(element("line", cls="c-axis", x1=place, x2=place, y1=BOTTOM, y2=BOTTOM + 5))
        parts.append(text(words, place, BOTTOM + 22, "c-note", text_anchor=anchor))
    parts.append(text(spec.base_words, "0%", BOTTOM + 42, "c-note"))
    return parts


def _stretched(spec: FunnelSpec, right: Place, down: Place) -> str:
    """Dots, squares and limits as a few paths in a picture stretched to the width; strokes keep
    their width, so thousands of marks cost ten letters each."""

    def dots(standing: int) -> str:
        chosen = (p for p in spec.points if abs(p.standing) == standing)
        return "".join(
            f"M{number(_WIDTH * right(p.base))} {number(down(p.value) - TOP)}h0" for p in chosen
        )

    def curve(values: Sequence[float]) -> str:
        places = [
            f"{number(_WIDTH * right(b))} {number(down(v) - TOP)}"
            for b, v in zip(spec.bases, values, strict=True)
        ]
        return "M" + "L".join(places)

    keep = {"fill": "none", "vector_effect": "non-scaling-stroke"}
    level = number(down(spec.target) - TOP)
    parts = [
        element("path", cls="c-peer-line", d=dots(0), stroke_width=4, **keep),
        element("path", cls="c-median", d=f"M0 {level}H{number(_WIDTH)}", stroke_width=1, **keep),
    ]
    for values, inner in zip(spec.limits, (False, True, True, False), strict=True):
        dash = "5 4" if inner else None
        parts.append(
            element("path", cls="c-ours-line", d=curve(values), stroke_width=1.25,
                    stroke_dasharray=dash, **keep)
        )  # fmt: skip
    parts.append(
        element("path", cls="c-median", d=dots(1), stroke_width=6, stroke_linecap="square", **keep)
    )
    return element(
        "svg",
        *parts,
        viewBox=f"0 0 {number(_WIDTH)} {number(BOTTOM - TOP)}",
        preserveAspectRatio="none",
        y=TOP,
        width="100%",
        height=BOTTOM - TOP,
        overflow="visible",
    )


def _outlier(point: FunnelPoint, right: Place, down: Place) -> str:
    """A triangle that points away from the target, named on hover."""
    return element(
        "svg",
        element("title", escape_text(f"{point.name}: {point.shown}")),
        _triangle(0, down(point.value), point.standing),
        x=percent(right(point.base)),
        overflow="visible",
    )


def _triangle(x: float, y: float, standing: int) -> str:
    tip = -6 if standing > 0 else 6
    corners = ((x, y + tip), (x - 5, y - tip / 2), (x + 5, y - tip / 2))
    points = " ".join(f"{number(a)},{number(b)}" for a, b in corners)
    return element("polygon", cls="c-text", points=points)


def _ours(point: FunnelPoint, right: Place, down: Place) -> list[str]:
    share, y = right(point.base), down(point.value)
    place, left = percent(share), share > 0.5
    return [
        element("circle", element("title", escape_text(f"{point.name}: {point.shown}")),
                cls="c-ours c-dot", cx=place, cy=y, r=7),
        text(point.name, place, y - 11 if y > TOP + 24 else y + 24, "c-ours-text c-halo",
             text_anchor="end" if left else "start", paint_order="stroke"),
    ]  # fmt: skip


def _table(spec: FunnelSpec) -> Table:
    listed = [p for p in spec.points if abs(p.standing) == 2]
    if spec.marked:
        listed = [spec.marked, *(p for p in listed if p != spec.marked)]
    rows = tuple(
        (p.name, format_number(p.base, 0, spec.lang), p.shown, spec.standings[p.standing + 2])
        for p in listed
    )
    return Table(spec.heading.subtitle, spec.head, ((*spec.whole, "–"), *rows), frozenset({1, 2}))
