"""The scatter: every unit by two indicators, groups told apart by form and colour, size by a third.

Chosen units are named and lie on top. Units far beyond the others stand at the edge, and the
chart says how many, so that the rest can be told apart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.language import format_number
from smup.language.numbers import Lang
from smup.present.charts.axes import grid, grid_numbers
from smup.present.charts.labels import spread
from smup.present.figure import Figure, Heading
from smup.present.scales import Scale, decimals_of, ticks
from smup.present.svg import (
    COLOURS,
    WIDTH,
    element,
    escape_text,
    number,
    percent,
    picture,
    text,
)
from smup.present.tables import Table

TOP, BOTTOM = 44.0, 344.0
_PLOT = 0.96 * WIDTH  # px of the stretched inner picture where the chart stands alone
_KEPT = (0.5, 99.5)  # percentiles inside which the axes lie
_SIZES = (3.0, 5.0, 8.0, 12.0, 17.0)  # px across: the classes a size is drawn in
_ONE_SIZE, _OURS, _ROW, _STEP = 5.0, 7.0, 20.0, 2
_EDGE: dict[Lang, str] = {
    "pl": "Na krawędzi, bo poza osiami: {n}.",
    "en": "At the edge, for beyond the axes: {n}.",
}


@dataclass(frozen=True)
class Dot:
    """A unit. ``group`` counts from 0; ``size`` (not negative) is shown by area; ``told`` is the
    unit with its values in words; ``chosen`` ones are named on the chart."""

    name: str
    x: float
    y: float
    told: str
    group: int = 0
    size: float | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Line:
    """A fitted straight line ``y = slope * x + intercept`` and what is to be said of it."""

    slope: float
    intercept: float
    words: str


_LETTERS = 26  # of all numbers along the axis, that fit the width of a phone


@dataclass(frozen=True)
class ScatterSpec:
    """``axes`` say what x and y are; ``groups`` names the groups (one: no key); ``size_words`` what
    the area shows. ``table`` is given by who knows the numbers: thousands of rows are no table."""

    heading: Heading
    dots: Sequence[Dot]
    axes: tuple[str, str]
    sentence: str
    table: Table
    groups: tuple[str, ...] = ("",)
    size_words: str = ""
    fitted: Line | None = None
    lang: Lang = "pl"


def scatter(spec: ScatterSpec) -> Figure:
    """Raises ValueError without dots."""
    if not spec.dots:
        raise ValueError("a scatter needs at least one dot")
    steps, marks = _round_values(spec, 0), _round_values(spec, 1)
    across, up = Scale(steps[0], steps[-1]), Scale(marks[0], marks[-1])
    top = TOP + _ROW * (len(spec.groups) if len(spec.groups) > 1 else 0)
    bottom = top + BOTTOM - TOP

    def down(value: float) -> float:
        return bottom - (bottom - top) * up.clipped(value)

    parts = [
        *_key(spec),
        text(f"↑ {spec.axes[1]}", "0%", top - 23, "c-note"),
        *grid(marks, down),
        *_along(steps, across, bottom, spec.lang),
        _stretched(spec, across, up, top, bottom),
        *grid_numbers(marks, down, spec.lang),
        *_chosen(spec, across, down, (top, bottom)),
        text(f"→ {spec.axes[0]}", "0%", bottom + 40, "c-note"),
    ]
    height = bottom + 48
    for note in _notes(spec, across, up):
        height += _ROW
        parts.append(text(note, "0%", height - 6, "c-note"))
    plot = element("svg", *parts, x="2%", width="96%", height=height, overflow="visible")
    heading = spec.heading
    svg = picture(heading.ident, heading.title, spec.sentence, height, [plot], heading.mark)
    return Figure(heading, svg, spec.table, spec.sentence)


def _round_values(spec: ScatterSpec, axis: int) -> list[float]:
    """Round values along an axis about nearly all dots, the chosen ones included."""
    values = np.array([(dot.x, dot.y)[axis] for dot in spec.dots])
    low, high = (float(v) for v in np.percentile(values, _KEPT))
    chosen = [(dot.x, dot.y)[axis] for dot in spec.dots if dot.chosen]
    return ticks(min([low, *chosen]), max([high, *chosen]))


def _key(spec: ScatterSpec) -> list[str]:
    """Groups, one under the other: they must fit a narrow screen."""
    if len(spec.groups) < 2:
        return []
    parts = []
    for i, name in enumerate(spec.groups):
        y = _ROW * (i + 1) - 9
        mark = _marks(i, 8.0, "M6 0h0")
        parts.append(element("svg", *mark, y=y, overflow="visible", height=1, width=12))
        parts.append(text(name, 18, y + 5, "c-note"))
    return parts


def _along(marks: Sequence[float], across: Scale, bottom: float, lang: Lang) -> list[str]:
    places = decimals_of(marks)
    parts = [element("line", cls="c-axis", x1="0%", x2="100%", y1=bottom, y2=bottom)]
    letters = sum(len(format_number(mark, places, lang)) for mark in marks)
    last = len(marks) - 1
    every = 1 if letters <= _LETTERS else 2 if last % 2 == 0 else last
    for i, mark in enumerate(marks):
        anchor = "start" if i == 0 else "end" if i == last else "middle"
        x = percent(across(mark))
        parts.append(element("line", cls="c-axis", x1=x, x2=x, y1=bottom, y2=bottom + 5))
        if i % every:
            continue
        words = format_number(mark, places, lang)
        parts.append(text(words, x, bottom + 20, "c-note", text_anchor=anchor))
    return parts


def _stretched(spec: ScatterSpec, across: Scale, up: Scale, top: float, bottom: float) -> str:
    """All dots as a few paths in a picture stretched to the width; strokes keep their width, so a
    dot costs ten letters."""
    places: dict[tuple[int, float], dict[tuple[int, int], None]] = {}
    right = _steps(np.array([dot.x for dot in spec.dots]), across, _PLOT)
    above = _steps(np.array([dot.y for dot in spec.dots]), up, bottom - top)
    low = round((bottom - top) / _STEP)
    for dot, size, x, y in zip(spec.dots, _classes(spec.dots), right, above, strict=True):
        places.setdefault((dot.group, size), {})[x, low - y] = None
    parts = _fitted(spec, across, up, bottom - top)
    # Large ones first, so that small ones lie on top of them.
    for (group, size), found in sorted(places.items(), key=lambda item: -item[0][1]):
        way = "".join(f"M{x * _STEP} {y * _STEP}h0" for x, y in found)
        parts += _marks(group, size, way)
    return element(
        "svg",
        *parts,
        viewBox=f"0 0 {number(_PLOT)} {number(bottom - top)}",
        preserveAspectRatio="none",
        y=top,
        width="100%",
        height=bottom - top,
        overflow="visible",
    )


def _steps(values: NDArray[np.float64], scale: Scale, length: float) -> list[int]:
    """Places along an axis in steps of ``_STEP`` px: dots closer than that are one."""
    shares = np.clip((values - scale.low) / (scale.high - scale.low), 0.0, 1.0)
    found: list[int] = np.rint(shares * length / _STEP).astype(int).tolist()
    return found


def _marks(group: int, size: float, way: str) -> list[str]:
    """Dots of one group and size: full and hollow circles and squares, each with its colour."""
    cap = "square" if group % 2 else "round"
    given = {"fill": "none", "stroke_linecap": cap, "vector_effect": "non-scaling-stroke"}
    full = element("path", cls=f"c-k{group % COLOURS} c-k-line c-many", d=way, stroke_width=size,
                   stroke_opacity=0.6, **given)  # fmt: skip
    if group % 4 < 2:
        return [full]
    hole = element("path", cls="c-hole", stroke="#ffffff", d=way, stroke_width=size / 2, **given)
    return [full, hole]


def _classes(dots: Sequence[Dot]) -> list[float]:
    """The width of each dot: its area is about in proportion to its size."""
    greatest = max((dot.size for dot in dots if dot.size is not None), default=0.0)
    if greatest <= 0:
        return [_ONE_SIZE] * len(dots)
    sizes = np.array([dot.size or 0.0 for dot in dots])
    limits = (np.array(_SIZES[1:]) + np.array(_SIZES[:-1])) / 2
    classes = np.searchsorted(limits, _SIZES[-1] * np.sqrt(sizes / greatest))
    return [_SIZES[i] for i in classes.tolist()]


def _fitted(spec: ScatterSpec, across: Scale, up: Scale, height: float) -> list[str]:
    """The line as far as it lies within the axes."""
    if spec.fitted is None:
        return []
    line = spec.fitted
    ends = [across.low, across.high]
    if line.slope:
        crossings = [(edge - line.intercept) / line.slope for edge in (up.low, up.high)]
        ends = [min(max(x, across.low), across.high) for x in ends]
        inside = sorted([max(min(crossings), ends[0]), min(max(crossings), ends[1])])
        ends = inside if min(crossings) < ends[1] and max(crossings) > ends[0] else []
    if not ends:
        return []
    (x1, y1), (x2, y2) = (
        (_PLOT * across(x), height * (1 - up(line.slope * x + line.intercept))) for x in ends
    )
    way = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
    return [element("path", cls="c-median c-dash", fill="none", d=way,
                    vector_effect="non-scaling-stroke")]  # fmt: skip


def _chosen(
    spec: ScatterSpec, across: Scale, down: Callable[[float], float], ends: tuple[float, float]
) -> list[str]:
    """Named dots on top; names on the side with more room, moved apart."""
    chosen = [(dot, across.clipped(dot.x), down(dot.y)) for dot in spec.dots if dot.chosen]
    parts = []
    for left in (True, False):
        side = [one for one in chosen if (one[1] > 0.5) is left]
        rows = spread([y for _, _, y in side], 17.0, *ends)
        for (dot, x, y), row in zip(side, rows, strict=True):
            title = element("title", escape_text(dot.told))
            place = percent(x)
            parts.append(element("circle", title, cls="c-ours c-dot", cx=place, cy=y, r=_OURS))
            parts.append(
                text(dot.name, place, row + 5, "c-ours-text c-halo", dx=-11 if left else 11,
                     text_anchor="end" if left else "start", paint_order="stroke")
            )  # fmt: skip
    return parts


def _notes(spec: ScatterSpec, across: Scale, up: Scale) -> list[str]:
    beyond = sum(
        not (across.low <= dot.x <= across.high and up.low <= dot.y <= up.high) for dot in spec.dots
    )
    notes = [spec.fitted.words] if spec.fitted else []
    if spec.size_words:
        notes.append(spec.size_words)
    if beyond:
        notes.append(_EDGE[spec.lang].format(n=format_number(beyond, 0, spec.lang)))
    return notes
