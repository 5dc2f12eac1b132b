"""Situation and change: every unit of a group as a dot, our unit marked, four named quarters.

The lines are the medians of the group. A unit on a line belongs to no quarter. Dots that lie far
beyond the others stand at the edge, so that the rest can be told apart.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smup.language import format_number
from smup.language.numbers import Lang
from smup.present.figure import Figure, Heading
from smup.present.scales import Scale, decimals_of, ticks
from smup.present.svg import element, escape_text, percent, picture, text
from smup.present.tables import Table

TOP, BOTTOM, HEIGHT = 30.0, 290.0, 354.0
_DOT, _OURS = 3.0, 7.0
_STEP_X, _STEP_Y = 0.005, 2.0  # dots closer than this are one: they would hide each other
_KEPT = (1.0, 99.0)  # percentiles inside which the axes lie
Quarter = tuple[int, int]  # side of the situation, side of the change: -1 or 1
QUARTERS: tuple[Quarter, ...] = ((-1, 1), (1, 1), (-1, -1), (1, -1))  # as they lie on the page


@dataclass(frozen=True)
class QuadrantSpec:
    """``points`` are (situation, change) of the group, ``medians`` of both, ``ours`` our unit's.

    ``names`` says what each quarter is called: (side of the situation, side of the change), where
    1 is to the right and upwards. ``head`` heads the table: quarter, number of units.
    """

    heading: Heading
    points: Sequence[tuple[float, float]]
    medians: tuple[float, float]
    ours: tuple[float, float]
    name: str
    names: dict[Quarter, str]
    axes: tuple[str, str]
    head: tuple[str, str]
    on_line: str
    ours_word: str
    sentence: str
    lang: Lang = "pl"


def quarter(point: tuple[float, float], medians: tuple[float, float]) -> Quarter | None:
    """Where a point lies; None on a median line."""
    sides = tuple((a > b) - (a < b) for a, b in zip(point, medians, strict=True))
    return None if 0 in sides else (sides[0], sides[1])


def quadrant(spec: QuadrantSpec) -> Figure:
    """Raises ValueError without points."""
    if not spec.points:
        raise ValueError("a quadrant chart needs at least one point")
    across, up = (_scale(spec, axis) for axis in (0, 1))
    parts = [
        *_dots(spec, across, up),
        *_medians(spec, across, up),
        *_names(spec),
        *_axis(spec, across, up),
        *_ours(spec, across, up),
    ]
    plot = element("svg", *parts, x="2%", width="96%", height=HEIGHT, overflow="visible")
    heading = spec.heading
    svg = picture(heading.ident, heading.title, spec.sentence, HEIGHT, [plot], heading.mark)
    return Figure(heading, svg, _table(spec), spec.sentence)


def _scale(spec: QuadrantSpec, axis: int) -> Scale:
    """From the first to the 99th percentile of the group, our unit and the median included."""
    values = np.array([point[axis] for point in spec.points])
    low, high = (float(q) for q in np.percentile(values, _KEPT))
    inside = [low, high, spec.ours[axis], spec.medians[axis]]
    marks = ticks(min(inside), max(inside))
    return Scale(marks[0], marks[-1])


def _height(up: Scale, value: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * up.clipped(value)


def _dots(spec: QuadrantSpec, across: Scale, up: Scale) -> list[str]:
    places = {
        (
            round(across.clipped(x) / _STEP_X) * _STEP_X,
            round(_height(up, y) / _STEP_Y) * _STEP_Y,
        )
        for x, y in spec.points
    }
    dots = (f'<circle cx="{percent(x)}" cy="{y:g}" r="{_DOT:g}"/>' for x, y in sorted(places))
    return [element("g", *dots, cls="c-peer", fill_opacity=0.55)]


def _medians(spec: QuadrantSpec, across: Scale, up: Scale) -> list[str]:
    x, y = percent(across.clipped(spec.medians[0])), _height(up, spec.medians[1])
    return [
        element("line", cls="c-median", x1=x, x2=x, y1=TOP, y2=BOTTOM),
        element("line", cls="c-median", x1="0%", x2="100%", y1=y, y2=y),
    ]


def _names(spec: QuadrantSpec) -> list[str]:
    """The quarters' names in the corners, above and below the dots."""
    return [
        text(
            spec.names[side],
            "100%" if side[0] > 0 else "0%",
            TOP - 10 if side[1] > 0 else BOTTOM + 18,
            "c-note",
            text_anchor="end" if side[0] > 0 else "start",
        )
        for side in QUARTERS
    ]


def _axis(spec: QuadrantSpec, across: Scale, up: Scale) -> list[str]:
    """What is measured and the ends of both axes."""
    horizontal, vertical = spec.axes
    low, high = _written((across.low, across.high), spec.lang)
    least, most = _written((up.low, up.high), spec.lang)
    return [
        element("line", cls="c-axis", x1="0%", x2="0%", y1=TOP, y2=BOTTOM),
        element("line", cls="c-axis", x1="0%", x2="100%", y1=BOTTOM, y2=BOTTOM),
        text(f"→ {horizontal}: {low} – {high}", "0%", BOTTOM + 40, "c-note"),
        text(f"↑ {vertical}: {least} – {most}", "0%", BOTTOM + 60, "c-note"),
    ]


def _ours(spec: QuadrantSpec, across: Scale, up: Scale) -> list[str]:
    share, y = across.clipped(spec.ours[0]), _height(up, spec.ours[1])
    left = share > 0.5
    name = text(
        spec.name,
        percent(share),
        y + 5,
        "c-ours-text c-halo",
        dx=-12 if left else 12,
        text_anchor="end" if left else "start",
        paint_order="stroke",
    )
    told = element("title", escape_text(f"{spec.name}: {spec.sentence}"))
    return [element("circle", told, cls="c-ours c-dot", cx=percent(share), cy=y, r=_OURS), name]


def _written(ends: tuple[float, float], lang: Lang) -> list[str]:
    places = decimals_of(ends)
    return [format_number(end, places, lang) for end in ends]


def _table(spec: QuadrantSpec) -> Table:
    """How many units lie in each quarter, and in which one ours does."""
    counts = Counter(quarter(point, spec.medians) for point in spec.points)
    own = quarter(spec.ours, spec.medians)
    rows = [(side, spec.names[side]) for side in QUARTERS]
    named: list[tuple[Quarter | None, str]] = [*rows]
    if counts[None] or own is None:
        named.append((None, spec.on_line))
    return Table(
        spec.heading.subtitle,
        spec.head,
        tuple(
            (
                f"{words} ({spec.ours_word})" if side == own else words,
                format_number(counts[side], 0, spec.lang),
            )
            for side, words in named
        ),
        frozenset({1}),
    )
